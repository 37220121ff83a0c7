/** Links and embedding of a code cell, by the modules that the other figures use. */

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
  const keys = /** @type {const} */ (["copied", "copy-failed", "copy", "close"]);
  const words = Object.fromEntries(keys.map((key) => [key, say(key)]));
  const things = ["program", "language", "formula", "listing", "transport", "readouts", "share"].map((name) => ({ name, label: "", group: name, also: [] }));
  return shared(action, { backend: { ...backend, declaration }, host, words, view, things });
}
