/** Turns the verdict of the challenge, which a Python check prints, into a sentence. */

import { say } from "../words.js";

/** Verdicts for runs without a value of x to judge. */
const untold = ["steps", "elsewhere", "number", "lost"];

/**
 * @param {string} told the verdict on the first line, then names with values
 * @returns {{ kind: string, text: string } | null}
 */
export function verdict(told) {
  const [kind = "", ...rows] = told.trim().split("\n");
  if (!kind || kind === "unknown") return null;
  /** @type {Record<string, string>} */
  const values = {};
  for (const row of rows) {
    const [name = "", value = ""] = row.split(" ");
    values[name] = value.replace(/^-/, "−");
  }
  const summary = untold.includes(kind) ? "" : say("challenge-summary", { ...values, converged: say(reached(kind) ? "challenge-reached" : "challenge-missed") });
  return { kind, text: `${summary} ${say(/** @type {any} */ (`challenge-${kind}`), values)}`.trim() };
}

/** @param {string} kind */
const reached = (kind) => kind === "found" || kind === "below";
