/** A figure's readouts in words and numbers, all formatted by the backend. */

import { el, paint, put, write } from "./dom.js";

/** @import {Readout} from "../boundary.js" */

export class Readouts {
  /** @type {Map<string, { node: HTMLElement, update(now: any): void }>} */
  #shown = new Map();

  /**
   * @param {HTMLElement} first where those go that stay in sight
   * @param {HTMLElement} rest
   */
  constructor(first, rest) {
    this.first = first;
    this.rest = rest;
  }

  /** @param {boolean} hidden */
  hide(hidden) {
    this.first.hidden = this.rest.hidden = hidden;
  }

  /**
   * @param {Readout[]} readouts
   * @param {(id: string) => boolean} comesFirst
   */
  update(readouts, comesFirst) {
    for (const readout of readouts) {
      let one = this.#shown.get(readout.id);
      if (!one) {
        one = builders[readout.kind]();
        one.node.classList.add("reading", readout.id);
        put(one.node, "part", readout.part);
        this.#shown.set(readout.id, one);
      }
      const place = comesFirst(readout.id) ? this.first : this.rest;
      if (one.node.parentElement !== place) place.append(one.node);
      one.update(readout);
    }
    for (const [id, { node }] of this.#shown) put(node, "hidden", !readouts.some((readout) => readout.id === id));
  }
}

const builders = {
  line() {
    const node = el("p", { class: "line" });
    return {
      node,
      update(/** @type {Extract<Readout, { kind: "line" }>} */ now) {
        write(node, now.text);
        paint(node, now.role);
      },
    };
  },

  pairs() {
    const node = el("dl", { class: "pairs" });
    return {
      node,
      update(/** @type {Extract<Readout, { kind: "pairs" }>} */ { pairs }) {
        fit(node, pairs.length, () => el("div", {}, el("dt"), el("dd")));
        for (const [index, { label, value, role }] of pairs.entries()) {
          const row = /** @type {HTMLElement} */ (node.children[index]);
          paint(row, role);
          write(/** @type {Node} */ (row.firstChild), label);
          write(/** @type {Node} */ (row.lastChild), value);
        }
      },
    };
  },

  /**
   * A formula with this step's numbers in columns below it; in words for screen readers, which cannot show the alignment.
   */
  rule() {
    const head = el("p", { class: "head" });
    const sum = el("div", { class: "sum" });
    const node = el("div", { class: "rule", role: "img" }, head, sum);
    return {
      node,
      update(/** @type {Extract<Readout, { kind: "rule" }>} */ now) {
        put(node, "aria-label", now.label);
        write(head, now.head);
        fit(sum, now.rows.length, () => el("div"));
        for (const [index, cells] of now.rows.entries()) {
          const row = /** @type {HTMLElement} */ (sum.children[index]);
          fit(row, cells.length, () => el("span"));
          for (const [column, { text, role }] of cells.entries()) {
            const cell = /** @type {HTMLElement} */ (row.children[column]);
            write(cell, text);
            paint(cell, role);
          }
        }
      },
    };
  },
};

/**
 * Adds or removes children until the node has `count` of them.
 * @param {HTMLElement} node
 * @param {number} count
 * @param {() => HTMLElement} make
 */
function fit(node, count, make) {
  while (node.children.length > count) node.lastElementChild?.remove();
  while (node.children.length < count) node.append(make());
}
