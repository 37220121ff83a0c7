/** Fetches the parts of figures further down, while the reader reads. */

import { answering, load } from "./loader.js";
import { rest } from "./tasks.js";

/** Signs that someone is reading: who opens the page and leaves fetches nothing ahead. */
const signs = ["scroll", "pointermove", "keydown", "touchstart"];

/** In the order of the page. @type {Set<string>} */
const coming = new Set();
let watching = false;

/** A figure of this page will need its parts. @param {string} name */
export function ahead(name) {
  coming.add(name);
  if (watching) return;
  watching = true;
  onceRead(fetchAll);
}

/** Calls back at the first sign that someone is reading. @param {() => unknown} begin */
export function onceRead(begin) {
  const seen = () => {
    for (const sign of signs) removeEventListener(sign, seen);
    void begin();
  };
  for (const sign of signs) addEventListener(sign, seen, { passive: true });
}

/** One after the other, each when the page is at rest. */
async function fetchAll() {
  const { connection } = /** @type {{ connection?: { saveData?: boolean } }} */ (navigator);
  if (connection?.saveData) return;
  // A figure says itself that it cannot answer.
  await answering()?.catch(() => {});
  for (const name of coming) {
    await rest();
    // A figure whose part does not arrive says so itself.
    await load(name).catch(() => {});
  }
}
