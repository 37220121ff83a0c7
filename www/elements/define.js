/** Registers the elements. Loading this twice, or from two places, is harmless. */

import { GdFigure } from "./figure.js";

/** The figures there are, with the WebAssembly module that has them; each is the element `gd-` and its name. */
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

/** Those that Rust has no part in: each brings itself when it comes near the screen. */
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
  // Where a page is rendered by a server there is nothing to register them with.
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
