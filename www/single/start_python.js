/** Starts a worker that runs Python, where nothing can be fetched. */

/**
 * @param {Uint8Array<ArrayBuffer>} script
 * @param {Uint8Array<ArrayBuffer>} module comes with the first message
 */
export function startPython(script, module) {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address);
  worker.postMessage({ python: module });
  // By then it has been read, or has failed.
  for (const type of ["message", "error"]) worker.addEventListener(type, () => URL.revokeObjectURL(address), { once: true });
  return worker;
}
