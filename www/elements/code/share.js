/** Link and embed code of a code cell, built by the module that the other figures use. */

import { share as shared } from "../share.js";
import { say } from "../words.js";

/**
 * @param {"link" | "embed"} action
 * @param {import("./cell.js").Cell} cell
 */
export function share(action, cell) {
  const { view, host, backend } = cell;
  const labels = /** @type {const} */ (["link", "embed"]).map((id) => ({ id, label: say(`code-${id}`) }));
  const declaration = () => ({ figure: "code", name: view?.name ?? "", controls: labels });
  const keys = /** @type {const} */ (["copied", "copy-failed", "copy", "close", "embed-frame", "embed-tag"]);
  const words = Object.fromEntries(keys.map((key) => [key, say(key)]));
  return shared(action, { backend: { ...backend, declaration }, host, words, view });
}
