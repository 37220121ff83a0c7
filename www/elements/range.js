/** A slider with what belongs to it: a number field that takes any value, the bands and marks of its track, its hint. */

import { el, paint, put, write } from "./dom.js";

/** @import {NumberField, Range, TextField} from "../boundary.js" */
/** @import {Session} from "./session.js" */

/**
 * Shows `text` unless the reader is typing, and commits what they typed on Enter and on leaving; Escape takes it back.
 * @param {HTMLInputElement} input
 * @param {(text: string) => void} commit
 */
export function typed(input, commit) {
  let shown = "";
  const settle = () => {
    if (input.value !== shown) commit(input.value);
  };
  input.addEventListener("change", settle);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") settle();
    else if (event.key === "Escape") input.value = shown;
    else return;
    event.preventDefault();
    input.select();
  });
  return (/** @type {string} */ text, force = false) => {
    const typing = input.matches(":focus") && input.value !== shown && !force;
    shown = text;
    if (!typing && input.value !== text) input.value = text;
  };
}

/**
 * The line below a control: its hint, or what is wrong with the value entered last.
 * @param {string} id
 * @param {HTMLInputElement} input
 */
export function footnote(id, input) {
  const node = el("p", { class: "hint", id: `${id}-hint` });
  let hint = "";
  let message = "";
  const show = () => {
    write(node, message || hint);
    put(node, "part", message ? "error" : null);
    put(node, "role", message ? "alert" : null);
    put(input, "aria-describedby", message || hint ? node.id : null);
    put(input, "aria-invalid", message ? "true" : null);
  };
  return {
    node,
    hint: (/** @type {string} */ text) => {
      hint = text;
      show();
    },
    wrong: (/** @type {string} */ text) => {
      message = text;
      show();
    },
  };
}

/**
 * @param {Range} first
 * @param {Session} session
 */
export function range(first, session) {
  const { id, field } = first;
  const slider = el("input", { type: "range", id });
  const number = el("input", { type: "text", class: "number", autocomplete: "off", spellcheck: "false" });
  if (first.slider.min >= 0) number.inputMode = "decimal";
  const label = el("label", { for: id });
  const track = el("div", { class: "track", "aria-hidden": "true" });
  const note = footnote(id, number);
  const enter = typed(number, (text) => {
    session.enter(field, text);
    force = true;
  });
  let force = false;
  let painted = "";

  slider.addEventListener("input", () => session.apply(session.rust.slide(field, slider.valueAsNumber)));

  return {
    node: el(
      "div",
      { class: "control range", "data-field": field },
      label,
      number,
      el("div", { class: "rail" }, track, slider),
      note.node,
    ),
    /** @param {Range} now */
    update(now) {
      const { min, max, step, value } = now.slider;
      write(label, now.label);
      put(number, "aria-label", (session.words["value-of"] ?? "{label}").replace("{label}", now.label));
      put(slider, "min", min);
      put(slider, "max", max);
      put(slider, "step", step || "any");
      put(slider, "aria-valuetext", now.value_text);
      if (slider.valueAsNumber !== value) slider.value = String(value);
      slider.style.setProperty("--at", String((value - min) / (max - min || 1)));
      enter(now.number_text, force);
      force = false;
      note.hint(now.hint ?? "");
      const drawing = JSON.stringify([now.bands, now.marks]);
      if (drawing !== painted) track.replaceChildren(...bands(now), ...marks(now));
      painted = drawing;
      put(track, "data-bands", now.bands.length || null);
      put(track, "data-marks", now.marks.length || null);
    },
    wrong: note.wrong,
  };
}

/** A band narrower than this share of the track is a point, and named on the line of the marks. */
const POINT = 0.04;

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
  return marks.map(({ at, label }) => {
    const point = bands.find(({ from, to }) => to - from <= POINT && Math.abs(from + to - 2 * at) <= POINT);
    const name = el("span", { class: "name" }, label);
    if (point) name.append(el("span", { class: "point" }, ` ${point.label}`));
    const mark = el("span", { class: "mark" }, name);
    mark.style.setProperty("--from", String(at));
    return mark;
  });
}

/**
 * A value that is only ever typed.
 * @param {NumberField | TextField} first
 * @param {Session} session
 * @param {(now: any) => string} text
 */
export function entry(first, session, text) {
  const { id, field } = first;
  const input = el("input", { type: "text", id, class: "number", autocomplete: "off", spellcheck: "false" });
  const label = el("label", { for: id });
  const note = footnote(id, input);
  let force = false;
  const enter = typed(input, (typedText) => {
    session.enter(field, typedText);
    force = true;
  });
  return {
    node: el("div", { class: "control entry", "data-field": field }, label, input, note.node),
    /** @param {any} now */
    update(now) {
      write(label, now.label);
      enter(text(now), force);
      force = false;
      note.hint(now.hint ?? "");
    },
    wrong: note.wrong,
  };
}
