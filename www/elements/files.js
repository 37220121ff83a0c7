/**
 * The files that the scripts need: fetched from beside them. Where a page is one file, `../single/files.js` stands here
 * instead.
 */

/** Where the pages are, from here. The build that is published puts the scripts one folder deeper. */
const PAGES = "../";

/**
 * The URL of a file relative to this script, which stays in place when the others are bundled.
 * @param {string} path
 */
export const beside = (path) => new URL(path, import.meta.url);

/**
 * The address of the page that shows one figure.
 * @param {string} figure
 * @param {string} query its parameters, escaped
 */
export const page = (figure, query) => beside(`${PAGES}embed.html?figure=${figure}${query && `&${query}`}`).href;

/**
 * What a page that takes in a tag has to load: the address of a script, or the name of a module.
 * @param {string} _figure
 */
export const definitions = (_figure) => beside(`${PAGES}elements/define.js`).href;

/**
 * The address of a page of the site, or of what lies beside it; empty where no site is known.
 * @param {string} path
 */
export const published = (path) => beside(`${PAGES}${path}`).href;

/**
 * The text of a file beside this script.
 * @param {string} name
 */
export async function fetched(name) {
  const isStyle = name.endsWith(".css");
  const what = isStyle ? "its style sheet" : "a file that it needs";
  const answer = await answered(name, what);
  // Some servers answer with a page whatever they are asked for.
  const type = answer.headers.get("content-type") ?? "";
  if (isStyle && type.includes("html")) throw new Error(`${name} came as ${type}`, { cause: what });
  return answer.text();
}

/**
 * Compiles a WebAssembly module while it arrives, where the host says that it is one.
 * @param {string} path
 */
export async function compiled(path) {
  const answer = await answered(path, "its WebAssembly module");
  const { headers } = answer;
  return headers.get("content-type") === "application/wasm" ? WebAssembly.compileStreaming(answer) : WebAssembly.compile(await answer.arrayBuffer());
}

/**
 * The script of a WebAssembly module.
 * @param {string} path
 */
export const script = (path) => import(beside(path).href);

/** Whether the page may start workers of this site: only a page of the same origin may. */
export const startsWorkers = () => beside("").origin === location.origin && self.origin !== "null";

/** Whether Python is among the files. */
export const hasPython = () => true;

/** A worker that runs Python. */
export const python = () => new Worker(beside("code/worker.js"), { type: "module" });

/**
 * The server's answer.
 * @param {string} name a file relative to this script
 * @param {string} cause what it is to the reader
 */
async function answered(name, cause) {
  const address = beside(name);
  const answer = await fetch(address).catch((error) => {
    const policy = `if the page has a security policy, its connect-src must allow ${address.origin}`;
    throw new Error(`${error instanceof Error ? error.message : error}; ${policy}`, { cause });
  });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`, { cause });
  return answer;
}
