/** Entry point of the script that a notebook runs for each figure, in the form of anywidget. */

import "../elements/define.js";
import { Binding } from "./binding.js";

/** @import {GdFigure} from "../elements/figure.js" */
/** @import {Model} from "./binding.js" */

/**
 * Shows a figure in the output of a cell; returns what takes it away.
 * @param {{ model: Model, el: HTMLElement }} place
 */
function render({ model, el }) {
  const figure = /** @type {GdFigure} */ (document.createElement(`gd-${model.get("_name")}`));
  // The shortcuts of JupyterLab would take the keys first: an x cuts the cell. It looks for this where the focus is.
  figure.dataset.lmSuppressShortcuts = "true";
  const binding = new Binding(model, figure);
  el.append(figure);
  return () => binding.end();
}

export default { render };
