/**
 * Losses by formula. A module of their own reads them, which is fetched when the first one is met: few readers type a formula, and
 * the module of a figure is nearly a fifth smaller without a parser.
 */

import { beside, module } from "./loader.js";

/** @import {Boundary} from "../boundary.js" */
/** @typedef {{ readFormula(text: string): Uint8Array, typeset(text: string): string }} Reader */

/** @type {Reader | undefined} */
let reader;
/** @type {Promise<Reader> | undefined} */
let fetching;
/** @type {Promise<Record<string, string>> | undefined} */
let landscapes;

/** A failure is not kept: the next formula asks again. */
function fetched() {
  return (fetching ??= module("formulas").then(
    (/** @type {Reader} */ arrived) => (reader = arrived),
    (error) => {
      fetching = undefined;
      throw error;
    },
  ));
}

/**
 * Acts once these losses are known to a module of figures: at once, unless a formula is the first to be read.
 *
 * Where none can be read it acts as well, and the figure says that it could not.
 * @param {Boundary} wasm
 * @param {string[]} losses
 * @param {() => unknown} act
 * @returns {void | Promise<unknown>}
 */
export function knowing(wasm, losses, act) {
  const unread = losses.filter((text) => !wasm.knowsLoss(text));
  const supply = (/** @type {Reader} */ { readFormula }) => {
    for (const text of unread) wasm.supplyFormula(text, readFormula(text));
  };
  if (unread.length && !reader)
    return fetched()
      .then(supply, () => {})
      .then(act);
  if (reader) supply(reader);
  act();
}

/**
 * A loss typeset as it is understood, as the content of a `math` element; nothing if the text is none.
 * @param {string} text
 */
export async function typeset(text) {
  const known = await (landscapes ??= table());
  const name = text.trim();
  return Object.hasOwn(known, name) ? (known[name] ?? "") : (await fetched()).typeset(text);
}

/** @returns {Promise<Record<string, string>>} */
async function table() {
  try {
    const answer = await fetch(beside("../style/landscapes.json"));
    if (answer.ok) return await answer.json();
  } catch {
    // Then formulas are typeset by what reads them.
  }
  landscapes = undefined;
  return {};
}
