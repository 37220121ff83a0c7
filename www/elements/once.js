/** Handles parameters that a URL gives twice: the first value counts, the others are reported. */

import { say } from "./words.js";

/** @param {string} text */
const short = (text) => text.slice(0, 40);

/**
 * @param {[name: string, text: string][]} entries
 * @param {(name: string, message: string) => void} tell
 * @returns {Map<string, string>} the first value of each name
 */
export function once(entries, tell) {
  /** @type {Map<string, string>} */
  const first = new Map();
  for (const [name, text] of entries) {
    const got = first.get(name);
    if (got === undefined) first.set(name, text);
    else tell(name, say("given-twice", { name: short(name), got: short(got), other: short(text) }));
  }
  return first;
}
