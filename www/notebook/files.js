/**
 * The files that the scripts need, in a script that has them in itself. It stands in the place of `elements/files.js`.
 *
 * A notebook runs the script again for each of its figures, and only the first one, which defines the elements, needs the
 * files. So they are unpacked when they are asked for.
 */

import { packed } from "../packed.js";
import { startPython } from "../single/start_python.js";
import { unpacked } from "../single/unpacked.js";

export { beside, definitions, published, script, startsWorkers } from "../single/files.js";

/** By path in the site. @type {Map<string, Uint8Array<ArrayBuffer>> | undefined} */
let files;
/** @type {Promise<void> | undefined} */
let opening;

/** @param {string} path relative to the folder of elements, as everywhere */
function found(path) {
  const bytes = files?.get(new URL(path, "file:///elements/").pathname.slice(1));
  if (!bytes) throw new Error(`${path} is not in this script`, { cause: "a file that it needs" });
  return bytes;
}

/** @param {string} path */
async function bytes(path) {
  await (opening ??= unpacked(packed).then((all) => void (files = all)));
  return found(path);
}

/** In a notebook a figure has no address of its own. */
export const page = () => "";

/** @param {string} name */
export const fetched = async (name) => new TextDecoder().decode(await bytes(name));

/** @param {string} path */
export const compiled = async (path) => WebAssembly.compile(await bytes(path));

export const hasPython = () => true;

/** A worker that runs Python. The files are there by now: what it runs was among them. */
export const python = () => startPython(found("../worker.js"), found("../micropython/micropython.wasm"));
