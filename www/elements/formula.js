/** The field for a loss, with the parsed formula typeset beside its label as the reader types. */

import { el, put } from "./dom.js";
import { typeset } from "./formulas.js";
import { entry } from "./typed.js";

/** @import {Formula} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */

/** The longest formula, in symbols, that always fits. */
const ROOM = 12;

const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * Builds elements from a formula's markup, which has no attributes and no escapes.
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
  // A field that stays folded costs nothing: the formulas come once it is on the screen.
  let isSeen = false;
  let asked = first.value;
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    isSeen = true;
    void follow(asked);
  });
  watch.observe(input);
  controller.atEnd(() => watch.disconnect());
  let shown = "";
  const show = (/** @type {string} */ markup) => {
    // While the text is not a formula yet, the last one stays, greyed.
    echo.classList.toggle("past", !markup);
    if (!markup || markup === shown) return;
    shown = markup;
    const math = built(markup);
    // Content that may need scrolling must be reachable by keyboard.
    put(echo, "tabindex", (math.textContent ?? "").length > ROOM ? 0 : null);
    echo.replaceChildren(math);
  };
  // Of a text that was refused, the formula in force is shown, greyed.
  const follow = async (text = input.value) => {
    asked = text;
    if (!isSeen) return;
    const present = input.value;
    const markup = await typeset(text).catch(() => "");
    if (input.value !== present) return;
    show(markup);
    if (text !== present) echo.classList.add("past");
  };
  for (const event of ["input", "blur"]) input.addEventListener(event, () => void follow());
  input.addEventListener("keydown", ({ key }) => key === "Escape" && void follow());
  return {
    node,
    wrong: field.wrong,
    /** @param {Formula} now */
    update(now) {
      field.update(now);
      if (input.value === now.value || input.hasAttribute("aria-invalid")) void follow(now.value);
    },
  };
}
