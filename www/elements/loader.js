/** Fetches the style sheets and WebAssembly modules, each once, when the first figure needs it. */

/** @import {Boundary} from "../boundary.js" */

/**
 * The same function, called once for each name.
 * @template T
 * @param {(name: string) => T} get
 */
export function onceEach(get) {
  /** @type {Map<string, T>} */
  const known = new Map();
  return (/** @type {string} */ name) => {
    const value = known.get(name) ?? get(name);
    known.set(name, value);
    return value;
  };
}

/** @type {(name: string) => Promise<Boundary>} */
const moduleOnce = onceEach(module);

/**
 * The text of a style sheet, fetched once.
 * @type {(name: string) => Promise<string>}
 */
export const style = onceEach(fetched);

/**
 * Failures are cached too: every figure reports the reason, and none retries.
 * @param {string} name
 */
export async function load(name) {
  const loading = moduleOnce(name);
  const css = style("figure.css");
  return { wasm: await loading, css: await css };
}

/**
 * A WebAssembly module, initialized.
 * @param {string} name
 */
export async function module(name) {
  const address = new URL(`../downhill-${name}.js`, import.meta.url).href;
  const wasm = await import(address);
  await wasm.default();
  return wasm;
}

/**
 * The URL of a file relative to this script, which stays in place when the others are bundled.
 * @param {string} path
 */
export const beside = (path) => new URL(path, import.meta.url);

/**
 * The text of a file beside this script.
 * @param {string} name
 */
export async function fetched(name) {
  const answer = await fetch(beside(name));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.text();
}

/** @type {WeakMap<Document, Map<string, CSSStyleSheet>>} */
const sheets = new WeakMap();

/**
 * A style sheet for a shadow tree, shared by the figures of one document; documents cannot share one.
 * @param {Element} element
 * @param {string} css
 */
export function sheetFor(element, css) {
  const page = element.ownerDocument;
  const here = sheets.get(page) ?? new Map();
  sheets.set(page, here);
  const sheet = here.get(css) ?? ownSheet(element, css);
  here.set(css, sheet);
  return sheet;
}

/**
 * The window that shows an element. It is not always this script's: the element may have been moved into a frame.
 * @param {Node} node
 */
export const windowOf = ({ ownerDocument }) => ownerDocument?.defaultView ?? window;

/**
 * An adopted sheet has to be created by the window that shows it.
 * @param {Node} node in that window's document
 */
export function ownSheet(node, css = "") {
  const sheet = new (windowOf(node).CSSStyleSheet)();
  sheet.replaceSync(css);
  return sheet;
}

/**
 * Explains to the reader why a figure remains a still picture. The backend, which has all other messages, is not there for
 * this.
 * @param {unknown} error
 */
export function why(error) {
  const message = String(error instanceof Error ? error.message : error);
  const still = "This figure stays a still picture: ";
  if (typeof WebAssembly === "undefined") return `${still}this browser has WebAssembly switched off.`;
  if (/unsafe-eval|Content.Security|CSP|blocked|disallowed/i.test(message))
    return `${still}the page’s security policy blocks WebAssembly (it needs script-src 'wasm-unsafe-eval').`;
  return `${still}its WebAssembly module could not be loaded (${message}).`;
}
