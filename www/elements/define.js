/** Registers the custom elements. Loading it more than once is harmless. */

import { GdFigure } from "./figure.js";

/** Every figure with the WebAssembly module that contains it; each becomes the element `gd-` plus its name. */
const modules = {
  hill: "hill",
  bowl: "walks",
  scrubber: "walks",
  lab: "labs",
  fit: "data",
  starts: "maps",
  ravine: "walks",
  plane: "walks",
  race: "maps",
  chain: "labs",
};

/** Elements without a backend: each fetches its own code when it comes near the screen. */
const others = {
  code: () => import("./code/cell.js"),
  quiz: () => import("./quiz/quiz.js"),
};

export const figures = [...Object.keys(modules), ...Object.keys(others)];

/**
 * @param {string} name
 * @param {typeof GdFigure} element
 */
function define(name, element) {
  const tag = `gd-${name}`;
  // On a server that renders the page there is no registry.
  if (globalThis.customElements && !customElements.get(tag)) customElements.define(tag, element);
}

for (const [name, module] of Object.entries(modules))
  define(
    name,
    class extends GdFigure {
      static figure = name;
      static module = module;
    },
  );

for (const [name, fetched] of Object.entries(others))
  define(
    name,
    class extends GdFigure {
      static figure = name;
      static arrive = async () => (await fetched()).arrive();
    },
  );
