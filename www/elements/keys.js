/** Handles keys while a pane or the table has the focus, and keeps those that the figure uses from the page. */

/** @import {FigureController} from "./controller.js" */

/** Keys left to the browser, even while an input is waiting. */
const browsers = /^(Tab|F\d+)$/;

/**
 * @param {HTMLElement} node
 * @param {number} pane index, or −1 for the table
 * @param {FigureController} controller
 */
export function keys(node, pane, controller) {
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || browsers.test(event.key)) return;
    // Shift is the only modifier that counts, and only where it does not produce another character.
    const key = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
    if (!controller.ask((backend) => backend.key(pane, key))) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** Types of inputs that take no text. */
const textless = /^(range|radio|checkbox|button|submit|reset|color|file)$/;

const moves = /^(Arrow|Home$|End$|Page)/;
const presses = /^(Enter| )$/;

/**
 * Whether an element acts on a key by itself.
 * @param {EventTarget | undefined} target
 * @param {string} key
 */
function uses(target, key) {
  if (target instanceof HTMLInputElement && textless.test(target.type)) return /range|radio/.test(target.type) ? moves.test(key) : presses.test(key);
  if (target instanceof HTMLSelectElement) return moves.test(key) || presses.test(key) || key.length === 1;
  if (target instanceof HTMLElement && target.matches("input, textarea, [contenteditable]")) return key !== "Escape";
  return target instanceof HTMLElement && target.matches("button, summary, a") && presses.test(key);
}

/**
 * Keeps from the page the keys that the focused control uses: in a slide deck an arrow in a slider would turn the slide too.
 * @param {ShadowRoot} root
 */
export function keepKeys(root) {
  const keep = (/** @type {Event} */ event) => {
    const { key, ctrlKey, altKey, metaKey } = /** @type {KeyboardEvent} */ (event);
    // AltGr counts as both, and writes characters.
    if (metaKey || ctrlKey !== altKey || browsers.test(key)) return;
    if (uses(event.composedPath()[0], key)) event.stopPropagation();
  };
  for (const type of ["keydown", "keypress", "keyup"]) root.addEventListener(type, keep);
}
