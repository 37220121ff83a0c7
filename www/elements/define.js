/** Registers the elements. Loading this twice, or from two places, is harmless. */

import { GdFigure } from "./figure.js";

/** @param {string} name */
function define(name) {
  const tag = `gd-${name}`;
  if (customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends GdFigure {
      static figure = name;
    },
  );
}

define("bowl");
define("scrubber");
define("ravine");
