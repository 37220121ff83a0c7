/** Saves files from the page. */

import { el } from "./dom.js";

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const address = URL.createObjectURL(blob);
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * Whether that may come to nothing: a frame in a sandbox may not save files, and is not told. What a page of another site
 * allows its frame cannot be seen.
 */
export function mayNotSave() {
  if (parent === window) return false;
  const sandbox = frameElement ? frameElement.getAttribute("sandbox") : "";
  return sandbox !== null && !/(^|\s)allow-downloads(\s|$)/i.test(sandbox);
}
