/** Fetches the style sheet and the WebAssembly modules, each once, when the first figure asks for it. */

/** @import {Boundary} from "../boundary.js" */

/** @type {Map<string, Promise<Boundary>>} */
const modules = new Map();
/** @type {Map<string, Promise<CSSStyleSheet>>} */
const sheets = new Map();

/**
 * A failure is kept too: each figure says why, and none asks again.
 * @param {string} name
 */
export async function load(name) {
  const loading = modules.get(name) ?? module(name);
  modules.set(name, loading);
  const sheet = style("figure.css");
  return { wasm: await loading, sheet: await sheet };
}

/** @param {string} name */
async function module(name) {
  const address = new URL(`../downhill-${name}.js`, import.meta.url).href;
  /** @type {Boundary} */
  const wasm = await import(address);
  await wasm.default();
  return wasm;
}

/**
 * The address of a file, from the folder of this script: bundled, others may have moved.
 * @param {string} path
 */
export const beside = (path) => new URL(path, import.meta.url);

/**
 * A style sheet, once.
 * @param {string} name
 */
export function style(name) {
  const fetching = sheets.get(name) ?? fetched(name);
  sheets.set(name, fetching);
  return fetching;
}

/** @param {string} name */
async function fetched(name) {
  const answer = await fetch(beside(name));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return new CSSStyleSheet().replace(await answer.text());
}

/**
 * Why a figure stays a still picture, in a sentence for the reader. These are the only words the Rust side cannot give.
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
