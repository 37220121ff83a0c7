/** The figure's shadow tree, built once from its declaration and patched afterwards. */

import { Block } from "./block.js";
import { control } from "./controls.js";
import { el, put, write } from "./dom.js";
import { keepingFocus } from "./focus.js";
import { Height } from "./height.js";
import { listed, unknown } from "./listed.js";
import { windowOf } from "./loader.js";
import { Pane } from "./pane.js";
import { Readouts } from "./readouts.js";
import { Rows } from "./table.js";

/** @import {Control, Declaration, Readout} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */
/** @typedef {{ node: HTMLElement, update(declared: any): void, wrong?(message: string, place?: Place): void }} Widget */
/** @typedef {Widget & { group: string, id: string, names: string[] }} Placed a control with its group, its id and its other names */
/** @typedef {{ offset: number | null, column: number | null }} Place position of an error in a text, if known */

/** How much more height the same words need in the column of controls. */
const NARROWER_PX = 140;

export class View {
  /** @type {Map<string, Placed>} */
  #controls = new Map();
  /** The controls currently declared; others were declared before and may be again. @type {Set<string>} */
  #declared = new Set();
  /** @type {Map<string, string>} */
  #problems = new Map();
  /** What stays in sight, by the figure's own declaration. @type {string[]} */
  #first;
  /** What `hide` and `show` were when they were last checked. @type {Map<string, string>} */
  #checked = new Map();

  /**
   * @param {Declaration} declared
   * @param {FigureController} controller
   */
  constructor(declared, controller) {
    this.controller = controller;
    this.figure = declared.figure;
    this.#first = declared.first;
    this.panes = declared.panes.map((pane, index) => new Pane(pane, index, controller));
    this.rows = declared.table && new Rows(declared.table, controller);
    this.error = el("p", { part: "error", class: "error", role: "alert", hidden: true });
    /** Describes the panes; a screen reader asks for it and is not told of its changes. */
    this.now = el("p", { id: "now", hidden: true });
    this.live = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
    this.share = el("div", { class: "shared", hidden: true });
    /** Beside the panes where there is room, else below them. */
    this.side = new Block("side", "view");
    /** The rest, folded away until the reader asks for it: first what it says, since its fields are many. */
    this.rest = new Block("rest", "settings");
    this.readouts = new Readouts(this.side.readouts, this.rest.readouts);
    this.more = el("details", { class: "more" }, el("summary", {}, declared.words.more ?? ""), this.rest.node);
    this.sharing = el("div", { class: "group share", part: "controls" });
    /** What the page says about the figure, such as what to try. */
    this.aside = el("div", { class: "aside" });
    this.drawings = el("div", { class: "panes" }, ...this.panes.map((pane) => pane.node));
    /** Below the panes where there are two columns, else below the controls too. */
    this.below = el("div", { class: "below" });
    this.plate = el(
      "div",
      { class: `plate ${declared.figure}`, "data-panes": this.panes.length },
      this.drawings,
      this.side.node,
      this.below,
      this.more,
      this.sharing,
    );
    const end = el("p", { class: "unseen", tabindex: -1 });
    const skip = el("button", { type: "button", class: "button skip" }, declared.words.skip ?? "");
    // A stop only while it has the focus: from an element that is none, Chromium goes back to the figure's first.
    skip.addEventListener("click", () => {
      end.tabIndex = 0;
      end.focus();
    });
    end.addEventListener("blur", () => (end.tabIndex = -1));
    const all = [skip, this.error, this.plate, this.share, this.now, this.live, end];
    this.node = el("div", { class: "body", role: "group", "aria-label": declared.name }, ...all);
    for (const one of declared.controls) this.#add(one);
    this.#declared = new Set(this.#controls.keys());
    this.arrange();
    this.sizes = new (windowOf(controller.host).ResizeObserver)((entries) => this.#resized(entries));
    this.height = new Height(this, controller);
    controller.atEnd(() => {
      this.sizes.disconnect();
      this.node.remove();
    });
    for (const pane of this.panes) this.#observe(pane.stage);
  }

  /** @param {Control} declared */
  #add(declared) {
    const { id, group } = declared;
    const field = "field" in declared ? declared.field : "";
    const widget = { ...control(declared, this.controller), group, id, names: [group, field] };
    this.#controls.set(id, widget);
    this.#place(widget);
  }

  /** @param {Placed} widget */
  #place({ node, group, id, names }) {
    if (group === "share") this.sharing.append(node);
    else (this.#comesFirst(id, ...names) ? this.side : this.rest).append(group, node);
  }

  /**
   * @param {string} id of a control, a readout, or the table
   * @param {string[]} others its other names
   */
  #comesFirst(id, ...others) {
    const shown = listed(this.controller.host, "show");
    return this.#first.includes(id) || [id, ...others].some((name) => shown.has(name));
  }

  /**
   * @param {Declaration} declared
   * @param {boolean} rowsToo
   */
  patch(declared, rowsToo) {
    for (const one of declared.controls) {
      const widget = this.#controls.get(one.id);
      if (widget) widget.update(one);
      else this.#add(one);
    }
    const names = declared.controls.map(({ id }) => id);
    if (`${names}` !== `${[...this.#declared]}`) {
      this.#declared = new Set(names);
      keepingFocus(this.node, () => this.#hide());
    }
    put(this.node, "aria-label", declared.name);
    for (const [index, pane] of declared.panes.entries()) this.panes[index]?.update(pane);
    if (declared.table) this.rows?.update(declared.table, rowsToo);
  }

  /** @param {Readout[]} readouts */
  read(readouts) {
    this.readouts.update(readouts, (id) => this.#comesFirst(id));
    this.#tidy();
    this.#check(readouts);
  }

  /**
   * Says which names in `hide` and `show` the figure does not have.
   * @param {Readout[]} readouts
   */
  #check(readouts) {
    const { host, backend, words } = this.controller;
    for (const attribute of /** @type {const} */ (["hide", "show"])) {
      const text = host.getAttribute(attribute) ?? "";
      if (text === (this.#checked.get(attribute) ?? "")) continue;
      this.#checked.set(attribute, text);
      const controls = [...this.#controls.values()].flatMap(({ id, names }) => [id, ...names]);
      const names = [...controls, ...this.#first, ...backend.fieldNames(), ...readouts.map(({ id }) => id)];
      const message = unknown(listed(host, attribute), names, `${attribute}: ${words["no-part"]}`);
      this.problem(attribute, message);
      if (message) host.dispatchEvent(new CustomEvent("gd-error", { detail: { parameter: attribute, message }, bubbles: true, composed: true }));
    }
  }

  /**
   * Puts everything in its place: what the figure names, and what `show` lists, beside the panes, the rest under "More". Both
   * `show` and `hide` take ids, fields and groups of controls, ids of readouts, `readouts` and `table`.
   */
  arrange() {
    keepingFocus(this.node, () => {
      for (const widget of this.#controls.values()) this.#place(widget);
      if (this.rows) (this.#comesFirst("table") ? this.below : this.rest.node).append(this.rows.node);
      this.#hide();
    });
  }

  #hide() {
    const hidden = listed(this.controller.host, "hide");
    for (const { node, id, names } of this.#controls.values())
      node.hidden = !this.#declared.has(id) || [id, ...names].some((name) => hidden.has(name));
    this.readouts.hide(hidden.has("readouts"));
    if (this.rows) this.rows.node.hidden = hidden.has("table");
    for (const block of [this.side, this.rest]) block.tidy();
    put(this.sharing, "hidden", ![...this.sharing.children].some((child) => !child.hasAttribute("hidden")));
    this.#tidy();
  }

  /** What is empty takes no room. */
  #tidy() {
    put(this.side.node, "hidden", this.side.isEmpty);
    put(this.more, "hidden", this.rest.isEmpty);
  }

  /**
   * Shows a problem at the control where the value was entered, else in the figure's error line.
   * @param {string} parameter
   * @param {string} message empty when it is right again
   * @param {string} source the field of the control it came from, if any
   * @param {Place} [place]
   */
  problem(parameter, message, source = "", place) {
    for (const { names, wrong } of this.#controls.values()) if (names[1] === parameter) wrong?.(source === parameter ? message : "", place);
    if (message && source !== parameter) this.#problems.set(parameter, message);
    else this.#problems.delete(parameter);
    write(this.error, [...this.#problems.values()].join(" "));
    put(this.error, "hidden", this.#problems.size === 0);
  }

  /** @param {string} text what the panes show now */
  describe(text) {
    write(this.now, text);
  }

  /** @param {string} text */
  say(text) {
    // A new node, which screen readers notice more surely than a changed one.
    if (this.live.textContent !== text) this.live.textContent = text;
  }

  /** @param {Element} stage */
  #observe(stage) {
    try {
      this.sizes.observe(stage, { box: "device-pixel-content-box" });
    } catch {
      this.sizes.observe(stage);
    }
  }

  /** @param {ResizeObserverEntry[]} entries */
  #resized(entries) {
    for (const entry of entries) {
      const pane = this.panes.find(({ stage }) => stage === entry.target);
      if (pane) this.controller.measured(pane, entry);
    }
    // Not at once: what moves now would have to be reported to this observer again.
    requestAnimationFrame(() => this.controller.ended || this.settle());
    // Resizing empties the canvases, and a page may be printed without ever being scrolled.
    this.controller.repaint();
  }

  /** Adapts to the room there is. */
  settle() {
    keepingFocus(this.node, () => {
      this.height.keep();
      this.#fillShorter();
    });
  }

  /** What the page says about the figure fills the shorter of two columns. Where there is one, it stays at its lower edge. */
  #fillShorter() {
    const { aside, below, controller, drawings, plate, side } = this;
    put(aside, "hidden", controller.host.querySelector(":scope > [slot=aside]") === null);
    const bottom = (/** @type {Element} */ block) => {
      const last = [...block.children].findLast((child) => child !== aside && child.clientHeight > 0);
      return last?.getBoundingClientRect().bottom ?? 0;
    };
    const columns = side.node.offsetLeft > drawings.offsetLeft;
    const left = Math.max(bottom(drawings), bottom(below)) < bottom(side.node) + NARROWER_PX;
    // What stands below may span both columns.
    const spans = below.offsetWidth > drawings.offsetWidth + 1;
    const shorter = spans ? bottom(drawings) < bottom(side.node) : left;
    if (!columns) plate.after(aside);
    else (!shorter ? side.node : spans ? drawings : below).append(aside);
    put(below, "hidden", ![...below.children].some((child) => !child.hasAttribute("hidden")));
  }
}
