/**
 * The exercise of a figure: one step at a time beside its picture, with buttons that set the figure for it. On a phone
 * it lies over the lower edge of the screen.
 */

/** @import {GdFigure} from "../elements/figure.js" */

/** The pressed switch of a figure that asks for predictions. */
const predicting = '#predict[aria-pressed="true"]';

/** Fields that only say where the reader looks. */
const looks = ["k", "runner"];

export function exercises() {
  for (const node of document.querySelectorAll(".try")) open(/** @type {HTMLElement} */ (node));
}

/** @param {HTMLElement} node */
function open(node) {
  const steps = [...node.querySelectorAll("li")];
  const turn = node.querySelector(".turn");
  const [back, next] = turn?.querySelectorAll("button") ?? [];
  const place = turn?.querySelector("span");
  if (!turn || !back || !next || !place) return;
  for (const [index, step] of steps.entries()) {
    // Hidden steps are not counted.
    step.value = index + 1;
    step.querySelector("span")?.setAttribute("data-place", `${index + 1} of ${steps.length}`);
  }
  let present = 0;
  const show = (said = "") => {
    for (const [index, step] of steps.entries()) step.hidden = index !== present;
    place.textContent = `${present + 1} of ${steps.length}${said}`;
    // A disabled button would lose the focus.
    back.setAttribute("aria-disabled", String(present === 0));
    next.setAttribute("aria-disabled", String(present === steps.length - 1));
  };
  const inside = (/** @type {string} */ selector) => /** @type {HTMLElement | null | undefined} */ (node.parentElement?.shadowRoot?.querySelector(selector));
  const go = (/** @type {number} */ by) => {
    // A question that is still open would stand in the way of the next step.
    inside(predicting)?.click();
    present = Math.min(steps.length - 1, Math.max(0, present + by));
    show();
  };
  back.addEventListener("click", () => go(-1));
  next.addEventListener("click", () => go(1));
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll("li button"));
  const touched = new Set([...buttons].flatMap((button) => Object.keys(settings(button))));
  for (const button of buttons) {
    button.removeAttribute("hidden");
    button.addEventListener("click", async () => {
      await set(/** @type {GdFigure} */ (node.parentElement), button, touched);
      if ("predict" in button.dataset) inside('#predict[aria-pressed="false"]')?.click();
      show(` · ${button.textContent}`);
    });
  }
  // A mission is won: turns to it, and says so.
  node.addEventListener("gd-won", (event) => {
    present = steps.findIndex((step) => step === event.target);
    show(` · ${/** @type {CustomEvent} */ (event).detail}`);
  });
  turn.removeAttribute("hidden");
  show();
}

/**
 * The fields that a button sets, with their values.
 * @param {HTMLElement} button
 * @returns {Record<string, string>}
 */
function settings(button) {
  const entries = (button.dataset.set ?? "").split(" ").filter(Boolean);
  return Object.fromEntries(entries.map((entry) => entry.split("=")));
}

/**
 * Sets the figure as a step asks. What the exercise's other buttons may have set is as on the page again, so that readers
 * can press them in any order.
 * @param {GdFigure} figure
 * @param {HTMLElement} button
 * @param {Set<string>} touched all fields that the exercise sets
 */
async function set(figure, button, touched) {
  await figure.ready;
  const own = settings(button);
  const changes = "play" in button.dataset || Object.keys(own).some((field) => !looks.includes(field));
  const others = changes ? [...touched].filter((field) => !(field in own || looks.includes(field))) : [];
  const all = [...others, ...Object.keys(own)];
  // The landscape first: it brings a start and an α of its own.
  for (const field of new Set([...all.filter((one) => one === "loss"), ...all]))
    figure.set(field, own[field] ?? figure.getAttribute(field));
  if (!("play" in button.dataset)) return figure.pause();
  // The button names a setting and says nothing of motion, so with reduced motion it shows what the run comes to.
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) figure.seek(Infinity);
  else figure.play();
}
