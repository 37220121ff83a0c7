/**
 * Python for the worker of a page that is one file. It is part of the worker's script, and its module comes with the first
 * message, which is for nobody else.
 */

import { loadMicroPython } from "../micropython/micropython.mjs";

/** @type {(module: Uint8Array<ArrayBuffer>) => void} */
let come;
/** @type {Promise<Uint8Array<ArrayBuffer>>} */
const coming = new Promise((resolve) => (come = resolve));

addEventListener("message", (event) => {
  if (!event.data.python) return;
  event.stopImmediatePropagation();
  come(event.data.python);
});

// MicroPython asks for its module, and for nothing else.
const fetch = async () => new Response(await coming, { headers: { "content-type": "application/wasm" } });
Object.assign(self, { gdPython: { loadMicroPython }, fetch });
