/** Registers the elements. Loading this twice, or from two places, is harmless. */

import { GdFigure } from "./figure.js";

/** The figures there are, with the WebAssembly module that has them; each is the element `gd-` and its name. */
const modules = {
  hill: "hill",
  bowl: "walks",
  scrubber: "walks",
  lab: "labs",
  starts: "maps",
  ravine: "walks",
  plane: "walks",
  race: "maps",
};

export const figures = Object.keys(modules);

for (const [name, module] of Object.entries(modules)) {
  const tag = `gd-${name}`;
  if (customElements.get(tag)) continue;
  customElements.define(
    tag,
    class extends GdFigure {
      static figure = name;
      static module = module;
    },
  );
}
