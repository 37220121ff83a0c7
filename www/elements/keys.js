/** Keys that a figure uses, while one of its panes or its table has the focus, and does not leak to the page. */

/** @import {Session} from "./session.js" */

/**
 * @param {HTMLElement} node
 * @param {number} pane index, or −1 for the table
 * @param {Session} session
 */
export function keys(node, pane, session) {
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!session.apply(session.rust.key(pane, event.key))) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
