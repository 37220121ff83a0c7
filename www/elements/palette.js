/** Colours by role for elements without a backend, fetched once from beside the style sheets. */

import { beside } from "./loader.js";

/** @typedef {Pick<import("../boundary.js").Boundary, "palette">} Palette */

/** @type {Promise<Palette> | undefined} */
let fetched;

export const palette = () => (fetched ??= fetching());

/** @returns {Promise<Palette>} */
async function fetching() {
  const answer = await fetch(beside("../style/palette.json"));
  if (!answer.ok) throw new Error(`palette.json: ${answer.status}`);
  const colours = await answer.json();
  return { palette: (theme) => colours[theme] };
}
