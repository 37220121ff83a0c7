/** A multi-line text field, entered with the button beside it so that pasted text can be checked first. */

import { el, put, write } from "./dom.js";
import { footnote } from "./typed.js";

/** @import {Lines} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */

/**
 * @param {Lines} first
 * @param {FigureController} controller
 * @param {HTMLElement} node the node to fill
 */
export function lines({ id, field }, controller, node) {
  const input = el("textarea", { id, rows: 5, autocomplete: "off", spellcheck: "false" });
  const label = el("label", { for: id });
  const button = el("button", { type: "button", class: "button" });
  const note = footnote(id, input);
  // Announces how the points were parsed to screen readers.
  put(note.node, "aria-live", "polite");
  let shown = "";
  // Text not yet entered is never overwritten, neither by updates nor after a refusal.
  let typing = false;
  const enter = () => {
    typing = false;
    controller.enter(field, input.value);
    typing = input.hasAttribute("aria-invalid");
  };
  input.addEventListener("input", () => (typing = true));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) enter();
    else if (event.key === "Escape") {
      typing = false;
      input.value = shown;
      note.wrong("");
    }
  });
  button.addEventListener("click", enter);
  node.append(label, button, input, note.node);
  return {
    /** @param {Lines} now */
    update(now) {
      write(label, now.label);
      write(button, now.apply);
      note.hint(now.hint);
      shown = now.value;
      if (!typing && input.value !== shown) input.value = shown;
    },
    wrong: note.wrong,
  };
}
