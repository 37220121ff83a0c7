/** Fetches the programs from beside the scripts, each once when it is first shown. */

import { beside } from "../loader.js";

/** @typedef {{ language: string, title: string, source: string, parts: string[], output: string }} Program */
/** @typedef {{ name: string, formula: [part: string, mathml: string][][], listings: Program[], check: string | null }} Programs */

export const names = ["descent", "until-flat", "fit", "minibatch", "adam"];
export const languages = ["python", "numpy", "pytorch"];

/** @type {Map<string, Promise<Programs>>} */
const fetched = new Map();

/**
 * @param {string} name
 * @returns {Promise<Programs>}
 */
export function program(name) {
  const fetching = fetched.get(name) ?? fetchOne(name);
  fetched.set(name, fetching);
  return fetching;
}

/** @param {string} name */
async function fetchOne(name) {
  const answer = await fetch(beside(`../programs/${name}.json`));
  if (!answer.ok) throw new Error(`${name}.json: ${answer.status}`);
  return answer.json();
}
