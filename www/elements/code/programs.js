/** Fetches the programs from beside the scripts, each once when it is first shown. */

import { fetched } from "../files.js";
import { onceEach } from "../loader.js";

/** @typedef {{ language: string, title: string, source: string, parts: string[], output: string }} Program */
/** @typedef {{ name: string, formula: [part: string, mathml: string][][], listings: Program[], check: string | null }} Programs */

export const names = ["descent", "until-flat", "fit", "minibatch", "adam"];
export const languages = ["python", "numpy", "pytorch"];

/** @type {(name: string) => Promise<Programs>} */
export const program = onceEach(async (name) => JSON.parse(await fetched(`../programs/${name}.json`)));
