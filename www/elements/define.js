/** Registers the elements. Loading this twice, or from two places, is harmless. */

import { GdFigure } from "./figure.js";

/** The figures there are; each is the element `gd-` and its name. */
export const figures = [
  "hill",
  "bowl",
  "scrubber",
  "starts",
  "ravine",
  "plane",
  "race",
];

for (const name of figures) {
  const tag = `gd-${name}`;
  if (customElements.get(tag)) continue;
  customElements.define(
    tag,
    class extends GdFigure {
      static figure = name;
    },
  );
}
