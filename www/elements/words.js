/** Messages of elements without a backend, in the reader's language where there is a translation. */

import { words } from "./words/en.js";

/**
 * The text of a key, with its {placeholders} filled.
 * @param {keyof typeof words} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
}
