/** Copies the author's nodes into the form: a question, a choice, or the reason why it is right or wrong. */

/** @import {Answer} from "./markup.js" */

/** @param {Node[]} nodes */
export const copies = (nodes) => nodes.map((node) => node.cloneNode(true));

/** @param {Node[]} nodes */
export const text = (nodes) => nodes.map((node) => node.textContent).join(" ").replace(/\s+/g, " ").trim();

/**
 * @param {HTMLElement} node
 * @param {Answer} answer
 */
export function explain(node, { reason, right }) {
  fill(node, reason, right);
}

/**
 * @param {HTMLElement} node
 * @param {Node[]} reason
 * @param {boolean} right
 */
export function fill(node, reason, right) {
  node.replaceChildren(...copies(reason));
  node.hidden = !reason.length;
  node.classList.toggle("right", right);
}
