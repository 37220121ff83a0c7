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
