/** The run as a real table. For long runs only rows near the scroll position are in the document. */

import { el, paint, put, write } from "./dom.js";
import { keys } from "./keys.js";
import { windowOf } from "./loader.js";

/** @import {Table} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */

/** Extra rows kept above and below the visible ones. */
const MARGIN = 8;

export class Rows {
  /** @type {Map<number, HTMLTableRowElement>} */
  #rows = new Map();
  #count = 0;
  #k = -1;
  #height_px = 0;
  #head_px = 0;
  /** The last reported scroll position and height: reading them would force a layout in mid-frame. */
  #top_px = 0;
  #seen_px = 320;
  /** @type {string[]} */
  #roles = [];

  /**
   * @param {Table} declared
   * @param {FigureController} controller
   */
  constructor(declared, controller) {
    this.controller = controller;
    this.above = el("tr", { "aria-hidden": "true", class: "gap" });
    this.below = el("tr", { "aria-hidden": "true", class: "gap" });
    this.tbody = el("tbody", {}, this.above, this.below);
    this.caption = el("caption", { class: "unseen" });
    this.head = el("tr", { "aria-rowindex": 1 });
    this.table = el("table", {}, this.caption, el("thead", {}, this.head), this.tbody);
    this.node = el("div", { class: "table", part: "table", role: "group", tabindex: 0 }, this.table);
    this.node.addEventListener(
      "scroll",
      () => {
        this.#top_px = this.node.scrollTop;
        this.#show();
        this.#fade();
      },
      { passive: true },
    );
    this.tbody.addEventListener("click", (event) => {
      const row = /** @type {Element | null} */ (event.target)?.closest("tr");
      if (row && row.dataset.k) controller.ask((backend) => backend.choose(Number(row.dataset.k)));
    });
    keys(this.node, -1, controller);
    // In the next frame: other rows may change the very size that is being reported.
    const sizes = new (windowOf(controller.host).ResizeObserver)(() =>
      requestAnimationFrame(() => {
        this.#seen_px = this.node.clientHeight || 320;
        // The row of the iteration may have been brought into sight for another height.
        this.#mark(this.#k);
        this.#fade();
      }),
    );
    sizes.observe(this.node);
    sizes.observe(this.table);
    controller.atEnd(() => sizes.disconnect());
  }

  /**
   * @param {Table} now
   * @param {boolean} changed whether cells may differ from those shown
   */
  update({ caption, columns, rows, k, roles }, changed) {
    write(this.caption, caption);
    put(this.node, "aria-label", caption);
    if (columns.length !== this.head.children.length) {
      // A different table: its rows are rebuilt.
      this.table.style.setProperty("--columns", String(columns.length));
      this.head.replaceChildren(...columns.map(() => el("th", { scope: "col" })));
      for (const row of this.#rows.values()) row.remove();
      this.#rows.clear();
      changed = true;
    }
    for (const [index, label] of columns.entries()) write(/** @type {Element} */ (this.head.children[index]), label);
    put(this.table, "aria-rowcount", rows + 1);
    this.#count = rows;
    this.#roles = roles;
    this.node.classList.toggle("short", roles.length > 0);
    if (changed) this.#show(true);
    if (changed || k !== this.#k) this.#mark(k);
  }

  /** Fades out the edge behind which there are further columns. */
  #fade() {
    const { scrollWidth, clientWidth, scrollLeft } = this.node;
    this.node.classList.toggle("cut", scrollWidth - clientWidth - scrollLeft > 1);
  }

  /** @param {number} k */
  #mark(k) {
    this.#k = k;
    const top_px = k * this.#height_px;
    const lowest_px = top_px + this.#height_px + this.#head_px - this.#seen_px;
    const before_px = this.#top_px;
    if (top_px < before_px) this.#top_px = top_px;
    else if (lowest_px > before_px) this.#top_px = lowest_px;
    // Rows first: WebKit scrolls less far when rows above are exchanged for a gap afterwards.
    this.#show();
    const wanted_px = this.#top_px;
    if (wanted_px === before_px) return;
    this.node.scrollTop = wanted_px;
    // WebKit scrolls less far while its rows are new.
    requestAnimationFrame(() => {
      if (this.#k === k && this.node.scrollTop < wanted_px - 1) this.node.scrollTop = wanted_px;
    });
  }

  #show(changed = false) {
    if (this.controller.ended) return;
    const row_px = this.#height_px || 28;
    // Even, so that rows keep their stripes.
    const first = Math.max(0, Math.floor(this.#top_px / row_px / 2) * 2 - MARGIN);
    const seen = Math.ceil(this.#seen_px / row_px);
    const last = Math.min(this.#count, first + seen + 2 * MARGIN);
    for (const [k, row] of this.#rows)
      if (k < first || k >= last) {
        row.remove();
        this.#rows.delete(k);
      }
    const missing = [...Array(Math.max(0, last - first)).keys()].some((index) => !this.#rows.has(first + index));
    if (changed || missing) {
      const cells = this.controller.backend.rows(first, last);
      let after = /** @type {Element} */ (this.above);
      for (const [index, texts] of cells.entries()) {
        const row = this.#row(first + index, texts);
        if (row.previousElementSibling !== after) after.after(row);
        after = row;
      }
    }
    for (const [k, row] of this.#rows) {
      put(row, "aria-current", k === this.#k ? "true" : null);
      put(row, "aria-selected", k === this.#k ? "true" : null);
    }
    // Folded away it has no height, and asking would cost a layout each time.
    if (!this.#height_px && !this.node.closest("details:not([open])")) {
      // With the fractions of a pixel, which many rows add up.
      this.#height_px = [...this.#rows.values()][0]?.getBoundingClientRect().height ?? 0;
      this.#head_px = this.head.getBoundingClientRect().height;
    }
    this.above.style.setProperty("--gap", `${first * row_px}px`);
    this.below.style.setProperty("--gap", `${(this.#count - last) * row_px}px`);
  }

  /**
   * @param {number} k
   * @param {string[]} texts
   */
  #row(k, texts) {
    let row = this.#rows.get(k);
    if (!row) {
      row = el("tr", { "aria-rowindex": k + 2, "data-k": k });
      // The part before the decimal point has a width of its own, so that the points line up.
      for (const index of texts.keys())
        row.append(el(index ? "td" : "th", { scope: index ? null : "row" }, el("span"), document.createTextNode("")));
      this.#rows.set(k, row);
    }
    paint(row, this.#roles[k] ?? "");
    for (const [index, text] of texts.entries()) {
      const [before, after] = row.children[index]?.childNodes ?? [];
      if (!before || !after) continue;
      const whole = /^[−-]?\d*/.exec(text)?.[0] ?? "";
      write(before, whole);
      write(after, text.slice(whole.length));
    }
    return row;
  }
}
