/** Fetches the modules of figures further down, while the reader reads. */

import { load } from "./loader.js";
import { rest } from "./tasks.js";

/** Signs that someone is reading: who opens the page and leaves fetches nothing ahead. */
const signs = ["scroll", "pointermove", "keydown", "touchstart"];

/** Modules in the order of their figures. @type {Set<string>} */
const coming = new Set();
let watching = false;

/** A module for a figure of this page. @param {string} name */
export function ahead(name) {
  coming.add(name);
  if (watching) return;
  watching = true;
  const begin = () => {
    for (const sign of signs) removeEventListener(sign, begin);
    void fetchAll();
  };
  for (const sign of signs) addEventListener(sign, begin, { passive: true });
}

/** One after the other, each when the page is at rest. */
async function fetchAll() {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  if (connection?.saveData) return;
  for (const name of coming) {
    await rest();
    // A figure that needs the module says why it is not there.
    await load(name).catch(() => {});
  }
}
