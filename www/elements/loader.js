/** Fetches the style sheets and WebAssembly modules, each once, when the first figure needs it. */

import { compiled, fetched, script } from "./files.js";
import { bases, parts } from "./parts.js";

/** @import {Boundary} from "../boundary.js" */
/** @typedef {Boundary & { default(options: { module_or_path: Promise<WebAssembly.Module> }): Promise<WebAssembly.Exports> }} Glue */

/**
 * The same function, called once for each name until it fails: then the next call tries again.
 * @template T
 * @param {(name: string) => Promise<T>} get
 */
export function onceEach(get) {
  /** @type {Map<string, Promise<T>>} */
  const known = new Map();
  return (/** @type {string} */ name) => {
    const value = known.get(name) ?? get(name);
    known.set(name, value);
    value.catch(() => known.delete(name));
    return value;
  };
}

/**
 * The text of a style sheet, fetched once.
 * @type {(name: string) => Promise<string>}
 */
export const style = onceEach(fetched);

const core = onceEach(module);

/**
 * What a figure needs. Everything is asked for at once; what arrives early waits.
 * @param {string} figure
 */
export async function load(figure) {
  const css = style("figure.css");
  const needed = partsOf(figure);
  const [{ wasm }] = await Promise.all([core("web"), ...needed.map(part)]);
  // The whole module has them too.
  if (needed.includes("kernels") || needed.length === 0) wasm.loadKernels();
  return { wasm, css: await css };
}

/**
 * A WebAssembly module with its script, initialized.
 * @param {string} name
 */
export async function module(name) {
  const compiling = compiled(`../downhill-${name}_bg.wasm`);
  // The script may fail first.
  compiling.catch(() => {});
  /** @type {Glue} */
  const wasm = await script(`../downhill-${name}.js`);
  return { wasm, exports: await wasm.default({ module_or_path: compiling }) };
}

/** @param {string} figure */
const partsOf = (figure) => (Object.hasOwn(parts, figure) ? parts[figure] : undefined) ?? [];

/** What answers the reader: a file that the first figures show themselves without. */
const input = "input";

/** Whether that is there. The whole module has it. */
let answers = !Object.hasOwn(bases, input);

export const isAnswering = () => answers;

/**
 * Fetches what answers the reader: what responds to input, and what reads any text. Nothing of it may be called before.
 * Returns undefined once it is there.
 */
export const answering = () => (answers ? undefined : part(input));

/** Files that are coming or there. After a failure the next figure, or the reader, asks again. @type {Map<string, Promise<WebAssembly.Exports>>} */
const files = new Map();

/**
 * Adds a file to the core: its functions go into the core's table, its data into the core's memory.
 * @param {string} name
 * @returns {Promise<WebAssembly.Exports>}
 */
function part(name) {
  const known = files.get(name) ?? added(name);
  files.set(name, known);
  known.catch(() => files.delete(name));
  return known;
}

/** @param {string} name @returns {Promise<WebAssembly.Exports>} */
async function added(name) {
  const compiling = compiled(`../parts/${name}.wasm`);
  const needed = bases[name] ?? [];
  const [base, code, ...others] = await Promise.all([core("web"), compiling, ...needed.map(part)]);
  const { exports } = await WebAssembly.instantiate(code, { a: Object.assign({}, base.exports, ...others) });
  answers ||= name === input;
  return exports;
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
 * Explains why a figure does not react.
 * @param {unknown} error
 */
export const unanswered = (error) =>
  `What this figure needs to answer you could not be loaded (${error instanceof Error ? error.message : error}). Try again.`;

/**
 * Explains to the reader why a figure remains a still picture. The backend, which has all other messages, is not there for
 * this.
 * @param {unknown} error
 */
export function why(error) {
  const message = String(error instanceof Error ? error.message : error);
  const still = "This figure stays a still picture: ";
  if (typeof WebAssembly === "undefined") return `${still}this browser has WebAssembly switched off.`;
  const cause = error instanceof Error && typeof error.cause === "string" ? error.cause : "";
  if (!cause && /unsafe-eval|Content.Security|CSP|blocked|disallowed/i.test(message))
    return `${still}the page’s security policy blocks WebAssembly (it needs script-src 'wasm-unsafe-eval').`;
  return `${still}${cause || "its WebAssembly module"} could not be loaded (${message}).`;
}
