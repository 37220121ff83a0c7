/** Parses a question's markup: paragraphs, choices as a list, the answers with their reasons in `<details>`. */

import { say } from "../words.js";

/**
 * @typedef {object} Answer
 * @property {boolean} right
 * @property {Node[]} reason
 * @property {Node[]} choice empty where the answer is a number
 * @property {{ value: number, tolerance: number } | null} number
 */
/** @typedef {{ question: Element[], answers: Answer[], closing: Element[], numeric: boolean, several: boolean }} Question */

/** Malformed markup, with a sentence that says what is wrong. */
export class Malformed extends Error {}

/**
 * @param {Element} host
 * @returns {Question}
 */
export function read(host) {
  const children = [...host.children];
  const details = children.find((child) => child.localName === "details");
  const list = children.find(isList);
  const question = children.filter((child) => child !== details && child !== list && child.localName !== "script");
  if (!question.some((child) => child.textContent?.trim())) throw new Malformed(say("quiz-no-question"));
  const told = [...(details?.children ?? [])].filter((child) => child.localName !== "summary");
  const reasons = told.filter(isList).flatMap((child) => [...child.children]);
  if (!reasons.length) throw new Malformed(say("quiz-no-answer"));
  const choices = list ? [...list.children] : [];
  if (list && (choices.length !== reasons.length || choices.length < 2))
    throw new Malformed(say("quiz-no-choices", { choices: choices.length, reasons: reasons.length }));
  const answers = reasons.map((reason, index) => ({
    right: reason.hasAttribute("data-right"),
    reason: [...reason.childNodes],
    choice: [...(choices[index]?.childNodes ?? [])],
    number: list ? null : number(reason),
  }));
  const right = answers.filter((answer) => answer.right).length;
  if (!right) throw new Malformed(say("quiz-no-right"));
  return { question, answers, closing: told.filter((child) => !isList(child)), numeric: !list, several: right > 1 };
}

/** @param {Element} element */
const isList = ({ localName }) => localName === "ol" || localName === "ul";

/** @param {Element} reason */
function number(reason) {
  const written = reason.querySelector("data")?.getAttribute("value") ?? "";
  const [value = "", tolerance = "0"] = written.split("±");
  const both = { value: plain(value), tolerance: plain(tolerance) };
  if (!(Number.isFinite(both.value) && both.tolerance >= 0)) throw new Malformed(say("quiz-bad-number", { got: written.slice(0, 40) }));
  return both;
}

/**
 * A number as an author writes it, in the one notation that is read without a module; NaN if it is not one.
 * @param {string} text
 */
export function plain(text) {
  const tidy = text.trim().replace(/[−–]/g, "-");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(tidy) ? Number(tidy) : NaN;
}
