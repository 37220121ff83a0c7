/** Registers the custom elements. Loading it more than once is harmless. */

import { GdFigure } from "./figure.js";

/** The figures of the backend; each becomes the element `gd-` plus its name. */
const backed = ["hill", "bowl", "scrubber", "lab", "fit", "starts", "ravine", "plane", "race", "chain"];

/** Elements without a backend: each fetches its own code when it comes near the screen. */
const others = {
  code: () => import("./code/cell.js"),
  quiz: () => import("./quiz/quiz.js"),
};

export const figures = [...backed, ...Object.keys(others)];

/**
 * @param {string} name
 * @param {typeof GdFigure} element
 */
function define(name, element) {
  const tag = `gd-${name}`;
  // On a server that renders the page there is no registry.
  if (globalThis.customElements && !customElements.get(tag)) customElements.define(tag, element);
}

for (const name of backed)
  define(
    name,
    class extends GdFigure {
      static figure = name;
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
