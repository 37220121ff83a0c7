/** Colours by role for elements without a backend, fetched once from beside the style sheets. */

import { fetched } from "./files.js";

/** @typedef {Pick<import("../boundary.js").Boundary, "palette">} Palette */

/** @type {Promise<Palette> | undefined} */
let coming;

export const palette = () => (coming ??= fetching());

/** @returns {Promise<Palette>} */
async function fetching() {
  const colours = JSON.parse(await fetched("../style/palette.json"));
  return { palette: (theme) => colours[theme] };
}
