/** The files that the scripts need, in a page that has them in itself. It stands in the place of `elements/files.js`. */

import * as formulas from "../downhill-formulas.js";
import * as web from "../downhill-web.js";
import { startPython } from "../single/start_python.js";

/** What `unpack.js` has found in the page, by path in the site. @type {Map<string, Uint8Array<ArrayBuffer>>} */
const files = Reflect.get(self, "gdFiles");

/**
 * @param {string} path relative to the folder of elements, as everywhere
 */
function bytes(path) {
  const found = files.get(new URL(path, "file:///elements/").pathname.slice(1));
  if (!found) throw new Error(`${path} is not in this file`, { cause: "a file that it needs" });
  return found;
}

/** @param {string} path */
export const beside = (path) => new URL(path, location.href);

/**
 * The address of this page, which shows the figure. A document without one of its own, such as a `srcdoc`, knows only the name
 * that it was saved under.
 * @param {string} figure
 * @param {string} query
 */
export function page(figure, query) {
  const { file = "", figure: only } = document.documentElement.dataset;
  const here = /^(file|https?):/.test(location.protocol) ? location.href.replace(/[?#].*/, "") : file;
  const asked = [only ? "" : `figure=${figure}`, query].filter(Boolean).join("&");
  return here + (asked && `?${asked}`);
}

/** There is no script that another page could refer to. */
export const definitions = () => "";

/** There is no site that this page knows of. */
export const published = () => "";

/** @param {string} name */
export const fetched = async (name) => new TextDecoder().decode(bytes(name));

/** @param {string} path */
export const compiled = async (path) => WebAssembly.compile(bytes(path));

/** @param {string} path */
export const script = async (path) => (path.includes("formulas") ? formulas : web);

export const startsWorkers = () => true;

/** The whole lesson goes without: Python would be a third of the file. */
export const hasPython = () => files.has("worker.js");

/** A worker that runs Python. */
export const python = () => startPython(bytes("../worker.js"), bytes("../micropython/micropython.wasm"));
