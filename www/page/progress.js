/** What a reader has done: questions answered right, and missions. It is kept on this device alone, where that is allowed. */

import { judges } from "./missions.js";

/** @import {GdFigure} from "../elements/figure.js" */
/** @import {Snapshot} from "../payloads.js" */

/** Another number is another form of what is kept. */
const KEY = "gd-progress-1";

/** A figure is judged once its reader has paused. */
const PAUSE_MS = 300;

/** @typedef {{ questions: string[], missions: Record<string, number> }} Progress the fewest steps of each mission, 0 for none */

const questions = all("main gd-quiz[id]");
const missions = all("li[data-mission]");

/** @param {string} selector @returns {HTMLElement[]} */
function all(selector) {
  return [...document.querySelectorAll(selector)].filter((node) => node instanceof HTMLElement);
}

/** What is kept while the page is open. @type {Progress} */
let here = { questions: [], missions: {} };
/** Whether the device has refused to keep anything, or has no room. */
let refused = false;
/** What was cleared last, until something new is done: it can be put back. @type {Progress | undefined} */
let gone;

/** Whatever is stored, this is what it says about this page. @returns {Progress} */
function read() {
  if (refused) return here;
  let stored;
  try {
    stored = JSON.parse(localStorage.getItem(KEY) ?? "null");
  } catch {
    return here;
  }
  const names = Array.isArray(stored?.questions) ? stored.questions : [];
  /** @type {Progress} */
  const progress = { questions: questions.map(({ id }) => id).filter((id) => names.includes(id)), missions: {} };
  for (const { dataset } of missions) {
    const steps = stored?.missions?.[dataset.mission ?? ""];
    if (Number.isInteger(steps) && steps >= 0) progress.missions[dataset.mission ?? ""] = steps;
  }
  return progress;
}

/** @param {(progress: Progress) => void} change */
function keep(change) {
  // Another page may have kept something since.
  here = read();
  gone = undefined;
  change(here);
  try {
    localStorage.setItem(KEY, JSON.stringify(here));
  } catch {
    refused = true;
  }
  show();
}

function clear() {
  const before = read();
  gone = before.questions.length || Object.keys(before.missions).length ? before : undefined;
  here = { questions: [], missions: {} };
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing is there.
  }
  show();
  status.textContent = "Cleared.";
}

/** @param {Progress} before what was cleared */
function putBack(before) {
  keep((progress) => {
    progress.questions = [...new Set([...before.questions, ...progress.questions])];
    progress.missions = { ...before.missions, ...progress.missions };
  });
  status.textContent = "Put back.";
}

/** The open question that follows what is being read; after the last one, the first. */
function following() {
  const { questions: right } = read();
  const open = questions.filter(({ id }) => !right.includes(id));
  // One that begins in the upper half of the screen is being read.
  return open.find((question) => question.getBoundingClientRect().top > innerHeight / 2) ?? open[0];
}

/** @param {number} steps */
const done = (steps) => (steps ? `✓ in ${steps} ${steps === 1 ? "step" : "steps"}` : "✓ done");

/**
 * @param {HTMLElement} mission
 * @param {number} steps
 */
function win(mission, steps) {
  const { mission: name = "", par = "Infinity" } = mission.dataset;
  const before = read().missions[name];
  if (steps > Number(par) || (before !== undefined && before <= steps)) return;
  keep((progress) => (progress.missions[name] = steps));
  // Only the first time is news.
  if (before === undefined) mission.dispatchEvent(new CustomEvent("gd-won", { detail: done(steps), bubbles: true }));
}

/** @param {string} tag @param {Record<string, string>} attributes */
function made(tag, attributes) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

const counts = made("span", {});
const next = made("a", {});
const button = made("button", { type: "button" });
const status = made("span", { role: "status" });

/** Writes what is kept: under the contents, and at each mission. */
function show() {
  const { questions: right, missions: won } = (here = read());
  counts.textContent = `${right.length} of ${questions.length} questions, ${Object.keys(won).length} of ${missions.length} missions. `;
  const open = questions.find(({ id }) => !right.includes(id));
  next.hidden = !open;
  next.setAttribute("href", `#${open?.id}`);
  button.textContent = gone ? "Undo" : "Clear all";
  status.textContent = "";
  for (const mission of missions) {
    const steps = won[mission.dataset.mission ?? ""];
    const mark = mission.querySelector(".won") ?? mission.appendChild(made("span", { class: "won" }));
    mark.textContent = steps === undefined ? "" : ` ${done(steps)}`;
  }
}

next.textContent = "Next question";
// Where the reader is counts when the link is followed.
next.addEventListener("click", () => next.setAttribute("href", `#${following()?.id}`));
button.addEventListener("click", () => (gone ? putBack(gone) : clear()));
const line = made("p", { class: "progress" });
line.append(counts, next, " ", button, " ", status);
document.querySelector("nav.contents > div")?.append(line);
show();
addEventListener("storage", show);

addEventListener("gd-answer", (event) => {
  const { target, detail } = /** @type {CustomEvent} */ (event);
  if (!detail.correct || !(target instanceof HTMLElement)) return;
  const mission = missions.find((node) => target.contains(node));
  if (mission) win(mission, 0);
  else if (questions.some((question) => question === target)) keep(({ questions: right }) => right.includes(target.id) || right.push(target.id));
});

/** @type {Map<EventTarget, number>} */
const pauses = new Map();
for (const name of ["gd-change", "gd-step", "gd-outcome"])
  addEventListener(name, ({ target }) => {
    const it = /** @type {GdFigure} */ (target);
    const mission = missions.find((node) => it instanceof HTMLElement && it.contains(node));
    const judge = judges[mission?.dataset.mission ?? ""];
    if (!mission || !judge) return;
    // A run that plays does not pause.
    if (name === "gd-step" && pauses.has(it)) return;
    clearTimeout(pauses.get(it));
    pauses.set(
      it,
      setTimeout(() => {
        pauses.delete(it);
        const state = /** @type {Snapshot | null} */ (it.snapshot());
        const steps = state && judge(it, state);
        if (typeof steps === "number") win(mission, steps);
      }, PAUSE_MS),
    );
  });
