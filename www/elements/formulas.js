/**
 * Losses given as formulas. They are parsed by a module of their own, fetched with the first formula: few readers type one,
 * and a figure's module is nearly a fifth smaller without a parser. It reads the numbers of answers too.
 */

import { fetched } from "./files.js";
import { answering, isAnswering, module } from "./loader.js";

/** @import {Boundary} from "../boundary.js" */
/** @typedef {{ readFormula(text: string): Uint8Array, typeset(text: string): string, readAnswer(text: string, decimal: string, group: string): Float64Array }} Reader */

/** @type {Reader | undefined} */
let reader;
/** @type {Promise<Reader> | undefined} */
let fetching;
/** @type {Promise<Record<string, string>> | undefined} */
let landscapes;

/** A failure is not cached: the next formula tries again. */
function parser() {
  return (fetching ??= module("formulas").then(
    ({ wasm }) => (reader = /** @type {Reader} */ (/** @type {unknown} */ (wasm))),
    (error) => {
      fetching = undefined;
      throw error;
    },
  ));
}

/**
 * Acts once a module of figures knows these losses: at once, unless a formula has to be parsed first.
 *
 * If none can be parsed it acts as well, and the figure reports the problem. Returns what acting returns, or a promise of it.
 * @param {Boundary} wasm
 * @param {string[]} losses
 * @param {() => unknown} act
 * @returns {unknown}
 */
export function knowing(wasm, losses, act) {
  const unread = losses.filter((text) => !wasm.knowsLoss(text));
  const supply = (/** @type {Reader} */ { readFormula }) => {
    for (const text of unread) wasm.supplyFormula(text, readFormula(text));
  };
  if (unread.length && !(reader && isAnswering()))
    return Promise.all([parser(), answering()])
      .then(([module]) => supply(module), () => {})
      .then(act);
  if (reader) supply(reader);
  return act();
}

/**
 * A loss typeset as parsed, as the content of a `math` element; empty if the text is not a formula.
 * @param {string} text
 */
export async function typeset(text) {
  const known = await (landscapes ??= table());
  const name = text.trim();
  return Object.hasOwn(known, name) ? (known[name] ?? "") : (await parser()).typeset(text);
}

/**
 * The numbers that a reader may mean by an answer: one if it is clear, none if it is no number.
 * @param {string} text
 * @param {string} decimal the separators of the reader's language
 * @param {string} group
 */
export const answers = async (text, decimal, group) => [...(await parser()).readAnswer(text, decimal, group)];

/** @returns {Promise<Record<string, string>>} */
async function table() {
  try {
    return JSON.parse(await fetched("../style/landscapes.json"));
  } catch {
    // Formulas are then typeset by the parser's module.
  }
  landscapes = undefined;
  return {};
}
