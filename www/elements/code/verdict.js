/** The challenge: what a check written in Python says of the reader's own run, as a sentence. */

import { say } from "../words.js";

/** Verdicts on what leads to no x that could be judged. */
const untold = ["steps", "elsewhere", "number", "lost"];

/**
 * @param {string} told the verdict in the first line, then names with values
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
