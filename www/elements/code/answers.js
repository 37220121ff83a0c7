/** The public figure methods as a code cell implements them. A program has nothing to step through. */

import { Spec } from "./spec.js";

/** @import {Answering} from "../lifecycle.js" */

/**
 * @param {import("./cell.js").Cell} cell
 * @returns {Answering}
 */
export function answers(cell) {
  /** @type {Record<string, () => void>} */
  const acts = { play: () => cell.editor.run(), pause: () => cell.editor.stop(), reset: () => cell.editor.original() };
  return /** @type {Answering} */ (/** @type {unknown} */ ({
    fieldNames: () => Spec.names,
    spec: () => cell.spec.values(),
    value: (/** @type {string} */ field) => /** @type {Record<string, unknown>} */ (cell.spec.values())[field],
    query: () => cell.spec.query(),
    snapshot: () => cell.snapshot(),
    toCSV: () => "",
    act: (/** @type {string} */ action) => acts[action]?.(),
    step() {},
    seek() {},
    drop() {},
  }));
}
