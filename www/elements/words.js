/** What elements without a Rust side say, in the reader's language as far as there is a table for it. */

import { words } from "./words/en.js";

/**
 * The text of a key, its {braces} filled.
 * @param {keyof typeof words} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
}
