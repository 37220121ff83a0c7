/** Runs the reader's Python: MicroPython in a worker that the page can end at any time. */

/** Output is cut at this length, so that a runaway program does not fill the page’s memory. */
const MOST_CHARACTERS = 20_000;
const MOST_LINES = 500;

/** Memory limit of a program. */
const MOST_BYTES = 64 * 2 ** 20;

/** Longest time to hold back output while waiting for the end of its line. */
const WAIT_MS = 20;

const page = /** @type {{ postMessage(message: object): void }} */ (/** @type {unknown} */ (self));

// MicroPython then raises a MemoryError, as on a small machine.
const grow = WebAssembly.Memory.prototype.grow;
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength + pages * 2 ** 16 > MOST_BYTES) throw new RangeError("a program may not hold more memory");
  return grow.call(this, pages);
};
// The runtime would log every refusal to the console.
console.error = console.warn = () => {};

const decoder = new TextDecoder();
let held = "";
let since = 0;
let characters = 0;
let lines = 0;
let cut = false;
/** Output of the check, which goes to the cell. @type {string | null} */
let told = null;

/** @param {Uint8Array} bytes */
function print(bytes) {
  const text = decoder.decode(bytes, { stream: true });
  if (told !== null) {
    told += text;
    return;
  }
  if (cut) return;
  const kept = text.slice(0, MOST_CHARACTERS - characters).split("\n").slice(0, MOST_LINES - lines + 1).join("\n");
  characters += kept.length;
  lines += kept.split("\n").length - 1;
  held += kept;
  cut = kept.length < text.length || lines >= MOST_LINES;
  const now = performance.now();
  if (text.includes("\n") || cut || now - since > WAIT_MS) flush(now);
  if (cut) page.postMessage({ kind: "cut" });
}

function flush(now = performance.now()) {
  since = now;
  if (held) page.postMessage({ kind: "output", text: held });
  held = "";
}

/** `input()` cannot work while the program runs. */
const PRELUDE = `
import builtins
def input(prompt=""):
    raise EOFError("this page has no one to type an answer to input()")
builtins.input = input
del input
`;

/** Collects the reader's plain numbers, strings and lists of numbers, up to a limit. */
const COLLECT = `
def _collect(found):
    def plain(value):
        return isinstance(value, (int, float)) and abs(value) < 1e300 or isinstance(value, str) and len(value) < 200
    kept = {}
    for name in sorted(found):
        value = found[name]
        few = isinstance(value, (list, tuple)) and len(value) <= 100 and all(plain(one) for one in value)
        if name[0] != "_" and len(kept) < 50 and (plain(value) or few):
            kept[name] = value
    import json
    return json.dumps(kept)
_collected = _collect(globals())
`;

/** @param {{ runPython(source: string): void, globals: { get(name: string): any } }} python */
function variables(python) {
  try {
    python.runPython(COLLECT);
    return JSON.parse(python.globals.get("_collected"));
  } catch {
    return {};
  }
}

/** @param {{ source: string, check: string | null, name: string }} asked */
async function run({ source, check, name }) {
  const { loadMicroPython } = Reflect.get(self, "gdPython") ?? (await import(new URL("../../micropython/micropython.mjs", import.meta.url).href));
  const url = Reflect.get(self, "gdPython") ? undefined : new URL("../../micropython/micropython.wasm", import.meta.url).href;
  const python = await loadMicroPython({ url, linebuffer: false, stdout: print, stderr: print, stdin: () => null });
  // As text inside a program, so that its lines are distinct from the reader's.
  python.runPython(`exec(${JSON.stringify(PRELUDE)}, {})`);
  page.postMessage({ kind: "started" });
  try {
    python.runPython(source);
  } catch (error) {
    flush();
    return page.postMessage({ kind: "error", ...raised(error, name), variables: variables(python) });
  }
  flush();
  const found = variables(python);
  told = "";
  if (check) python.runPython(check);
  page.postMessage({ kind: "done", variables: found, verdict: told });
}

/**
 * The last line of the program on the way to the failure, and the traceback as Python prints it.
 * @param {any} error
 * @param {string} name
 */
function raised(error, name) {
  const told = String(error?.message ?? error).replace(/ {2}File "<string>".*\n/g, "");
  const traceback = told.replaceAll("<stdin>", name).trim();
  const frames = [...traceback.matchAll(/line (\d+)/g)];
  const line = Number(frames.at(-1)?.[1] ?? 0);
  return { traceback: short(traceback), line };
}

/** Shortens the traceback, which in a deep recursion has a frame for each call. @param {string} traceback */
function short(traceback) {
  const rows = traceback.split("\n");
  return rows.length <= 14 ? traceback : [...rows.slice(0, 6), `  [${rows.length - 12} more]`, ...rows.slice(-6)].join("\n");
}

addEventListener("message", ({ data }) => {
  run(data).catch((error) => page.postMessage({ kind: "failed", why: String(error?.message ?? error) }));
});
