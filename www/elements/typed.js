/** Text and number fields, with a line below for the hint or the error message. */

import { el, put, write } from "./dom.js";

/** @import {Formula, NumberField, TextField} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */
/** @import {Place} from "./view.js" */

/**
 * Shows `text` unless the reader is typing; commits on Enter and on leaving the field, and reverts on Escape. With `keeps`,
 * what was refused stays for correction, until there is another value: a formula should not have to be typed again for
 * one wrong sign.
 * @param {HTMLInputElement} input
 * @param {(text: string) => void} commit
 * @param {boolean} [keeps]
 */
export function typed(input, commit, keeps = false) {
  let shown = "";
  // Whether typed text has not been committed yet. Focus is no indication: the window may be inactive.
  let typing = false;
  const settle = () => {
    typing = false;
    // After a refusal, re-entering the value in force clears the error message.
    if (input.value !== shown || input.hasAttribute("aria-invalid")) commit(input.value);
  };
  input.addEventListener("input", () => (typing = true));
  input.addEventListener("change", settle);
  input.addEventListener("blur", () => (typing = false));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") settle();
    else if (event.key === "Escape") input.value = shown;
    else return;
    typing = false;
    event.preventDefault();
    input.select();
  });
  return (/** @type {string} */ text) => {
    const refused = keeps && input.hasAttribute("aria-invalid") && text === shown;
    shown = text;
    if (!typing && !refused && input.value !== text) input.value = text;
  };
}

/**
 * The line below a control: its hint, or the problem with the last value entered.
 * @param {string} id
 * @param {HTMLInputElement | HTMLTextAreaElement} input
 */
export function footnote(id, input) {
  // The entered text, with a caret where parsing failed.
  const came = el("span", { class: "came", "aria-hidden": "true", hidden: true });
  const words = el("span");
  const node = el("p", { class: "hint", id: `${id}-hint`, hidden: true }, came, words);
  // Overlays what is below while the control is in use, so that it takes no space.
  const help = el("p", { class: "help", id: `${id}-help`, hidden: true });
  let hint = "";
  let message = "";
  const show = () => {
    write(words, message || hint);
    put(node, "hidden", !message && !hint);
    put(node, "part", message ? "error" : null);
    put(node, "role", message ? "alert" : null);
    const described = [help, node].filter((part) => !part.hidden).map((part) => part.id);
    put(input, "aria-describedby", described.join(" ") || null);
    put(input, "aria-invalid", message ? "true" : null);
  };
  return {
    node,
    help,
    explain: (/** @type {string} */ text) => {
      if (text === help.textContent) return;
      write(help, text);
      put(help, "hidden", !text);
      show();
    },
    hint: (/** @type {string} */ text) => {
      if (text === hint) return;
      hint = text;
      show();
    },
    wrong: (/** @type {string} */ text, /** @type {Place | undefined} */ place = undefined) => {
      if (!text && !message) return;
      message = text;
      const { offset, column } = place ?? {};
      came.hidden = !text || typeof offset !== "number";
      came.replaceChildren();
      if (!came.hidden) {
        // Not every font is fully monospaced, so the caret is placed after an invisible copy of the text above it; the
        // spaces are for copying.
        const before = [...input.value].slice(0, offset ?? 0).join("");
        const gap = el("span", { class: "gap", "data-before": before }, " ".repeat(column ?? 0));
        came.append(`${input.value}\n`, gap, "^");
      }
      show();
    },
  };
}

/**
 * A value without a slider.
 * @param {NumberField | TextField | Formula} first
 * @param {FigureController} controller
 * @param {(now: any) => string} text
 */
export function entry(first, controller, text) {
  const { id, field } = first;
  const inputmode = first.kind === "number" ? null : "text";
  const input = el("input", { type: "text", id, class: "number", inputmode, autocomplete: "off", spellcheck: "false" });
  const label = el("label", { for: id });
  const note = footnote(id, input);
  const enter = typed(input, (typedText) => controller.enter(field, typedText), first.kind === "formula");
  return {
    input,
    node: el("div", { class: "control entry", "data-field": field }, label, input, note.node, note.help),
    /** @param {any} now */
    update(now) {
      write(label, now.label);
      enter(text(now));
      note.explain(now.help ?? "");
      note.hint(now.hint ?? "");
    },
    wrong: note.wrong,
  };
}
