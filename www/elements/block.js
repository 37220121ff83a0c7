/** A block of controls and readouts: the one beside the panes, or the one under "More". */

import { el, put } from "./dom.js";

/** In the order of reading and of the tab key. */
const groups = ["transport", "runners", "settings", "view"];

export class Block {
  /** @type {Map<string, HTMLElement>} */
  #groups = new Map(groups.map((name) => [name, el("div", { class: `group ${name}`, part: "controls" })]));
  readouts = el("div", { class: "readouts", part: "readouts" });

  /**
   * @param {string} name
   * @param {string} next the group before which the readouts stand
   */
  constructor(name, next) {
    this.node = el("div", { class: name }, ...this.#groups.values());
    this.#groups.get(next)?.before(this.readouts);
  }

  /**
   * Adds a control to its group.
   * @param {string} group
   * @param {HTMLElement} control
   */
  append(group, control) {
    this.#groups.get(group)?.append(control);
  }

  /** Groups without a visible control take no room. */
  tidy() {
    for (const node of this.#groups.values()) put(node, "hidden", !hasVisible(node));
  }

  get isEmpty() {
    return ![...this.node.children].some((child) => !child.hasAttribute("hidden") && hasVisible(child));
  }
}

/** @param {Element} node */
const hasVisible = (node) => [...node.children].some((child) => !child.hasAttribute("hidden"));
