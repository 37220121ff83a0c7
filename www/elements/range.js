/** A slider with a number field that takes any value, bands and marks along its track, and a hint. */

import { el, paint, put, write } from "./dom.js";
import { footnote, typed } from "./typed.js";

/** @import {Range} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */

/**
 * @param {Range} first
 * @param {FigureController} controller
 */
export function range(first, controller) {
  const { id, field } = first;
  const slider = el("input", { type: "range", id });
  const number = el("input", { type: "text", class: "number", autocomplete: "off", spellcheck: "false" });
  if (first.slider.min >= 0) number.inputMode = "decimal";
  const label = el("label", { for: id });
  const track = el("div", { class: "track", "aria-hidden": "true" });
  const note = footnote(id, number);
  const enter = typed(number, (text) => controller.enter(field, text));
  let painted = "";

  slider.addEventListener("input", () => controller.ask((backend) => backend.slide(field, slider.valueAsNumber)));
  takeBack(slider, field, controller);

  return {
    node: el(
      "div",
      { class: "control range", "data-field": field },
      label,
      el("div", { class: "rail" }, track, slider),
      number,
      note.node,
      note.help,
    ),
    /** @param {Range} now */
    update(now) {
      const { min, max, step, value } = now.slider;
      write(label, now.label);
      put(number, "aria-label", (controller.words["value-of"] ?? "{label}").replace("{label}", now.label));
      put(slider, "min", min);
      put(slider, "max", max);
      put(slider, "step", step || "any");
      put(slider, "aria-valuetext", now.value_text);
      if (slider.valueAsNumber !== value) slider.value = String(value);
      enter(now.number_text);
      note.explain(now.help);
      put(slider, "aria-describedby", now.help ? note.help.id : null);
      note.hint("");
      const drawing = JSON.stringify([now.bands, now.marks]);
      if (drawing !== painted) track.replaceChildren(...bands(now), ...marks(now));
      painted = drawing;
      put(track, "data-bands", now.bands.length || null);
      put(track, "data-marks", now.marks.length || null);
    },
    wrong: note.wrong,
  };
}

/**
 * A finger that turns out to scroll the page has set the slider by touching it, which is taken back.
 * @param {HTMLInputElement} slider
 * @param {string} field
 * @param {FigureController} controller
 */
function takeBack(slider, field, controller) {
  /** @type {unknown} */
  let before;
  slider.addEventListener("pointerdown", () => (before = controller.ended ? undefined : controller.backend.value(field)));
  slider.addEventListener("pointercancel", () => before !== undefined && controller.set(field, before));
}

/** A band narrower than this fraction of the track is treated as a point and labelled with the marks. */
const POINT = 0.04;
/** The width of a letter as a fraction of the narrowest track. */
const LETTER = 0.03;

/** @param {Range} now */
function bands({ bands }) {
  return bands.map(({ from, to, role, label }) => {
    const kind = to - from <= POINT ? "spot" : from === 0 ? "first" : to === 1 ? "last" : "";
    const band = el("span", { class: `band ${kind}` });
    if (kind !== "spot") band.append(el("span", { class: "name" }, label));
    band.style.setProperty("--from", String(from));
    band.style.setProperty("--to", String(to));
    paint(band, role);
    return band;
  });
}

/** @param {Range} now */
function marks({ bands, marks }) {
  const all = marks.map(({ at, label }) => {
    const point = bands.find(({ from, to }) => to - from <= POINT && Math.abs(from + to - 2 * at) <= POINT);
    return { at, label, words: point ? ` ${point.label}` : "" };
  });
  const size = (/** @type {{label: string, words: string}} */ { label, words }) => LETTER * (label + words).length;
  return all.map((own) => {
    const { at, label, words } = own;
    // Where the words of two marks would meet, both show their values alone.
    const crowded = all.some((other) => other !== own && Math.abs(other.at - at) < (size(own) + size(other)) / 2);
    const name = el("span", { class: "name" }, label);
    if (words && !crowded) name.append(el("span", { class: "point" }, words));
    const mark = el("span", { class: "mark" }, name);
    mark.style.setProperty("--from", String(at));
    return mark;
  });
}
