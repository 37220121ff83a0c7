/** Decides whether an answer is right and which feedback it gets. */

/** @import {Answer, Question} from "./markup.js" */

/** Slack at the edge of a tolerance, which two rounded numbers may miss. */
const HAIR = 1e-9;

/**
 * @param {Answer} answer
 * @param {number} given
 */
function meets({ number }, given) {
  if (!number) return false;
  const { value, tolerance } = number;
  return Math.abs(given - value) <= tolerance + HAIR * Math.max(tolerance, Math.abs(value));
}

/**
 * @param {Question} asked
 * @param {Answer[] | number} given
 */
export function correct({ answers }, given) {
  if (typeof given === "number") return answers.some((answer) => answer.right && meets(answer, given));
  return answers.every((answer) => answer.right === given.includes(answer));
}

/**
 * @param {Question} asked
 * @param {Answer[] | number} given
 * @param {boolean} right
 * @returns {{ key: "quiz-right" | "quiz-wrong" | "quiz-missing" | "quiz-off", reason: Node[] }} with the reason for a
 * number
 */
export function verdict({ answers }, given, right) {
  if (typeof given === "number") {
    const known = answers.find((answer) => answer.right === right && meets(answer, given));
    return { key: right ? "quiz-right" : known ? "quiz-wrong" : "quiz-off", reason: known?.reason ?? [] };
  }
  if (right) return { key: "quiz-right", reason: [] };
  return { key: given.every((answer) => answer.right) ? "quiz-missing" : "quiz-wrong", reason: [] };
}
