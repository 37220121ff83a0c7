/** The field for a loss, and beside its label the formula as it is understood, while it is typed too. */

import { el, put } from "./dom.js";
import { typeset } from "./formulas.js";
import { entry } from "./typed.js";

/** @import {Formula} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */

/** As many signs as there is always room for. */
const ROOM = 12;

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * Elements from the markup of a formula: tags without attributes, and text that needs no escaping.
 * @param {string} markup
 */
function built(markup) {
  const math = document.createElementNS(MATHML, "math");
  /** @type {Element} */
  let at = math;
  for (const [, end, tag = "", text = ""] of markup.matchAll(/<(\/?)(m[a-z]+)>([^<]*)/g)) {
    if (end) at = at.parentElement ?? math;
    else {
      const child = document.createElementNS(MATHML, tag);
      if (text) child.append(text);
      at.append(child);
      at = child;
    }
  }
  return math;
}

/**
 * @param {Formula} first
 * @param {FigureController} controller
 */
export function formula(first, controller) {
  const field = entry(first, controller, (now) => now.value);
  const { input, node } = field;
  const echo = el("span", { class: "understood", part: "formula" });
  const label = node.firstElementChild ?? node;
  const head = el("span", { class: "head" });
  label.replaceWith(head);
  head.append(label, echo);
  let shown = "";
  const show = (/** @type {string} */ markup) => {
    // What is no formula yet leaves the last one there, as what was.
    echo.classList.toggle("past", !markup);
    if (!markup || markup === shown) return;
    shown = markup;
    const math = built(markup);
    // What may have to be scrolled can be reached by the keyboard.
    put(echo, "tabindex", (math.textContent ?? "").length > ROOM ? 0 : null);
    echo.replaceChildren(math);
  };
  const follow = async () => {
    const text = input.value;
    const markup = await typeset(text).catch(() => "");
    if (input.value === text) show(markup);
  };
  for (const event of ["input", "blur"]) input.addEventListener(event, follow);
  input.addEventListener("keydown", ({ key }) => key === "Escape" && void follow());
  return {
    node,
    wrong: field.wrong,
    /** @param {Formula} now */
    update(now) {
      field.update(now);
      if (input.value === now.value) void follow();
    },
  };
}
