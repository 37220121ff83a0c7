/** Registers the custom elements. Loading it more than once is harmless. */

import { register } from "./register.js";

/** The figures of the backend; each becomes the element `gd-` plus its name. */
const backed = ["hill", "bowl", "scrubber", "lab", "fit", "starts", "ravine", "plane", "race", "chain", "net"];

/** Elements without a backend: each fetches its own code when it comes near the screen. */
const others = {
  code: () => import("./code/cell.js"),
  quiz: () => import("./quiz/quiz.js"),
};

export const figures = [...backed, ...Object.keys(others)];

for (const name of backed) register(name);
for (const [name, fetched] of Object.entries(others)) register(name, fetched);
