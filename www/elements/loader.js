/** Fetches the WebAssembly module and the style sheet, once for all figures, when the first one asks. */

/** @import {Boundary} from "../boundary.js" */

/** @type {Promise<{ wasm: Boundary, sheet: CSSStyleSheet }> | undefined} */
let loading;

/** A failure is kept too: each figure says why, and none asks again. */
export function load() {
  return (loading ??= Promise.all([module(), style()]).then(([wasm, sheet]) => ({ wasm, sheet })));
}

async function module() {
  const address = new URL("../downhill-web.js", import.meta.url).href;
  /** @type {Boundary} */
  const wasm = await import(address);
  await wasm.default();
  return wasm;
}

async function style() {
  const answer = await fetch(new URL("figure.css", import.meta.url));
  if (!answer.ok) throw new Error(`figure.css: ${answer.status}`);
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
