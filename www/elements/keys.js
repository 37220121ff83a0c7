/** Keys that a figure uses, while one of its panes or its table has the focus, and does not leak to the page. */

/** @import {FigureController} from "./controller.js" */

/** Keys that no figure uses, not even one that has to wait. */
const browsers = /^(Tab|F\d+)$/;

/**
 * @param {HTMLElement} node
 * @param {number} pane index, or −1 for the table
 * @param {FigureController} controller
 */
export function keys(node, pane, controller) {
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || browsers.test(event.key)) return;
    // Of the modifiers only Shift means something, and only where it does not make another character.
    const key = event.shiftKey && event.key.length > 1 ? `Shift+${event.key}` : event.key;
    if (!controller.ask((backend) => backend.key(pane, key))) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
