/** The spec and state of a code cell. */

import { Spec } from "./spec.js";

/** @import {State} from "../lifecycle.js" */

/**
 * @param {import("./cell.js").Cell} cell
 * @returns {State}
 */
export const state = (cell) => ({
  fieldNames: () => Spec.names,
  spec: () => cell.spec.values(),
  value: (field) => new Map(Object.entries(cell.spec.values())).get(field),
  query: () => cell.spec.query(),
  snapshot: () => cell.snapshot(),
});
