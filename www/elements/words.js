/** Messages of elements without a backend, in the reader's language where there is a translation. */

import { words } from "./words/en.js";

/**
 * The text of a key, with its {placeholders} filled. A number may bring the form of the noun after it: {n step|steps}.
 * @param {keyof typeof words} key
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)(?: ([^|}]*)\|([^}]*))?\}/g, (all, name, one, many) => {
    const value = String(values[name] ?? all);
    return one === undefined ? value : `${value} ${value === "1" ? one : many}`;
  });
}
