/** The formula in parts: each part is a button that highlights its lines in the listing. */

import { el, put } from "../dom.js";
import { say } from "../words.js";
import { roleOf } from "./parts.js";

/**
 * @param {import("./programs.js").Programs["formula"]} rows
 * @param {(parts: string, how: "hover" | "focus" | "pin") => void} point
 */
export function formula(rows, point) {
  /** @type {HTMLButtonElement[]} */
  const buttons = [];
  const node = el("div", { class: "formula", part: "controls", "data-names": "formula", role: "group", "aria-label": say("code-formula") });
  for (const row of rows) {
    const pieces = row.map(([part, mathml]) => {
      if (!part) return el("span", {}, math(mathml));
      const button = el("button", { type: "button", class: "piece", "data-part": part, "data-role": roleOf(part), "aria-pressed": "false" }, math(mathml), el("span", { class: "unseen" }, `, ${meaning([part])}`));
      button.addEventListener("pointerenter", () => point(part, "hover"));
      button.addEventListener("pointerleave", () => point("", "hover"));
      button.addEventListener("focus", () => point(part, "focus"));
      button.addEventListener("blur", () => point("", "focus"));
      button.addEventListener("click", () => point(part, "pin"));
      buttons.push(button);
      return button;
    });
    node.append(el("div", { class: "row" }, ...pieces));
  }
  return {
    node,
    /** @param {string[]} lit @param {string} pinned */
    highlight(lit, pinned) {
      for (const button of buttons) {
        const part = button.dataset.part ?? "";
        button.classList.toggle("lit", lit.includes(part));
        put(button, "aria-pressed", String(part === pinned));
      }
    },
  };
}

/** Parses MathML from our own build in an inert document, where no script runs. @param {string} mathml */
function math(mathml) {
  return document.importNode(/** @type {Node} */ (new DOMParser().parseFromString(mathml, "text/html").body.firstChild), true);
}

/**
 * The meaning of the given parts, in words.
 * @param {string[]} parts
 */
export function meaning(parts) {
  return parts.map((part) => say(/** @type {any} */ (`part-${part}`))).join(" · ");
}
