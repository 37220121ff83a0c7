/** Tells a course system what the reader has done, by SCORM 1.2: whether they have used the figure, and what they answered. */

import { GdFigure } from "../elements/figure.js";

/** @import {Snapshot} from "../payloads.js" */

/** The course system's side; every answer is text.
 * @typedef {Record<"LMSInitialize" | "LMSCommit" | "LMSFinish", (empty: "") => unknown> & { LMSGetValue(name: string): unknown, LMSSetValue(name: string, value: string): unknown }} Api */

/**
 * The interface that a course system gives to what it has opened: in a window around it.
 * @param {Window | null} from
 * @returns {Api | undefined}
 */
function above(from) {
  for (let at = from; at; at = at.parent === at ? null : at.parent) {
    try {
      const { API } = /** @type {{ API?: Api }} */ (/** @type {unknown} */ (at));
      if (API) return API;
    } catch {
      // A window of another site; the course may be around it.
    }
  }
}

/** What is not to be taken back by another visit. */
const DONE = ["completed", "passed"];

/**
 * Reports until the page is left, if it is one of a package (`data-course`) and a course system has opened it. Any other page
 * may lie in a course that has its own score.
 * @param {HTMLElement | undefined} figure
 */
export function report(figure) {
  if (!("course" in document.documentElement.dataset)) return;
  const api = above(window) ?? above(opener) ?? above(window.top?.opener ?? null);
  if (!(figure instanceof GdFigure) || !api || String(api.LMSInitialize("")) !== "true") return;
  const began = Date.now();
  let status = String(api.LMSGetValue("cmi.core.lesson_status"));
  const become = (/** @type {string} */ next) => {
    // Who has passed has also completed it.
    if (status === next || status === "passed" || (DONE.includes(status) && !DONE.includes(next))) return;
    status = next;
    api.LMSSetValue("cmi.core.lesson_status", next);
    api.LMSCommit("");
  };
  become("incomplete");

  // What happens before the reader touches anything is the figure's own doing.
  let touched = false;
  for (const type of ["pointerdown", "keydown"]) addEventListener(type, () => (touched = true), { capture: true });
  let used = false;
  let ended = false;
  const count = (/** @type {Event} */ { type }) => {
    if (!touched) return;
    used ||= type !== "gd-outcome";
    ended ||= type === "gd-outcome";
    // A run has to be seen to its end; a question has to be answered.
    const state = /** @type {Snapshot | null} */ (figure.snapshot());
    if (used && (ended || !state?.runs.length) && figure.localName !== "gd-quiz") become("completed");
  };
  for (const type of ["gd-change", "gd-step", "gd-outcome"]) figure.addEventListener(type, count);

  let attempts = 0;
  figure.addEventListener("gd-answer", (event) => {
    if (!(event instanceof CustomEvent)) return;
    const { question, correct } = event.detail;
    attempts += 1;
    const one = `cmi.interactions.${Number(api.LMSGetValue("cmi.interactions._count")) || 0}`;
    api.LMSSetValue(`${one}.id`, question);
    api.LMSSetValue(`${one}.result`, correct ? "correct" : "wrong");
    for (const [name, value] of Object.entries({ min: 0, max: 100, raw: correct ? Math.round(100 / attempts) : 0 }))
      api.LMSSetValue(`cmi.core.score.${name}`, String(value));
    api.LMSCommit("");
    if (correct) become("passed");
  });

  addEventListener("pagehide", () => {
    api.LMSSetValue("cmi.core.session_time", duration(Date.now() - began));
    api.LMSCommit("");
    api.LMSFinish("");
  }, { once: true });
}

/** @param {number} ms */
function duration(ms) {
  const seconds = Math.floor(ms / 1000);
  const two = (/** @type {number} */ part) => String(part).padStart(2, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
