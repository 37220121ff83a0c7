/** The figure's shadow tree, built once from its declaration and patched afterwards. */

import { control } from "./controls.js";
import { el, put, write } from "./dom.js";
import { windowOf } from "./loader.js";
import { Pane } from "./pane.js";
import { Readouts } from "./readouts.js";
import { Rows } from "./table.js";

/** @import {Control, Declaration, Readout} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */
/** @typedef {{ node: HTMLElement, update(declared: any): void, wrong?(message: string, place?: Place): void }} Widget */
/** @typedef {{ offset: number | null, column: number | null }} Place position of an error in a text, if known */

export class View {
  /** @type {Map<string, Widget>} */
  #controls = new Map();
  /** The controls currently declared; others were declared before and may be again. @type {Set<string>} */
  #declared = new Set();
  /** @type {Map<string, string>} */
  #problems = new Map();
  /** @type {Map<string, HTMLElement>} */
  #groups = new Map();

  /**
   * @param {Declaration} declared
   * @param {FigureController} controller
   */
  constructor(declared, controller) {
    this.controller = controller;
    this.figure = declared.figure;
    this.panes = declared.panes.map((pane, index) => new Pane(pane, index, controller));
    this.readouts = new Readouts();
    this.rows = declared.table && new Rows(declared.table, controller);
    this.error = el("p", { part: "error", class: "error", role: "alert", hidden: true });
    this.live = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
    this.share = el("div", { class: "shared", hidden: true });
    const group = (/** @type {string} */ name) => {
      const node = el("div", { class: `group ${name}`, part: "controls" });
      this.#groups.set(name, node);
      return node;
    };
    this.node = el(
      "div",
      { class: "body", role: "group", "aria-label": declared.name },
      this.error,
      el(
        "div",
        { class: `plate ${declared.figure}`, "data-panes": this.panes.length },
        el("div", { class: "panes" }, ...this.panes.map((pane) => pane.node)),
        group("transport"),
        group("runners"),
        // The sliders follow right after the drawings, so that both are visible on a phone.
        group("settings"),
        this.readouts.node,
        ...(this.rows ? [this.rows.node] : []),
        group("view"),
        group("share"),
      ),
      this.share,
      this.live,
    );
    for (const declaredControl of declared.controls) this.#add(declaredControl);
    this.#declared = new Set(this.#controls.keys());
    this.hide();
    this.sizes = new (windowOf(controller.host).ResizeObserver)((entries) => this.#resized(entries));
    controller.atEnd(() => {
      this.sizes.disconnect();
      this.node.remove();
    });
    for (const pane of this.panes) this.#observe(pane.stage);
  }

  /** @param {Control} declared */
  #add(declared) {
    const widget = control(declared, this.controller);
    widget.node.dataset.names = [declared.id, declared.group, "field" in declared && declared.field].join(" ");
    this.#controls.set(declared.id, widget);
    (this.#groups.get(declared.group) ?? this.#groups.get("settings"))?.append(widget.node);
  }

  /**
   * @param {Declaration} declared
   * @param {boolean} rowsToo
   */
  patch(declared, rowsToo) {
    let fresh = false;
    for (const one of declared.controls) {
      const widget = this.#controls.get(one.id);
      if (widget) widget.update(one);
      else this.#add(one);
      fresh ||= !widget;
    }
    const names = declared.controls.map(({ id }) => id);
    if (fresh || names.length !== this.#declared.size) {
      this.#declared = new Set(names);
      this.hide();
    }
    put(this.node, "aria-label", declared.name);
    for (const [index, pane] of declared.panes.entries()) this.panes[index]?.update(pane);
    if (declared.table) this.rows?.update(declared.table, rowsToo);
  }

  /** @param {Readout[]} readouts */
  read(readouts) {
    this.readouts.update(readouts);
  }

  /** Hides what the `hide` attribute lists: controls by id, field or group, `readouts`, `table`. */
  hide() {
    const hidden = new Set((this.controller.host.getAttribute("hide") ?? "").split(/[\s,]+/));
    for (const [id, { node }] of this.#controls)
      node.hidden = !this.#declared.has(id) || (node.dataset.names ?? "").split(" ").some((name) => hidden.has(name));
    this.readouts.node.hidden = hidden.has("readouts");
    if (this.rows) this.rows.node.hidden = hidden.has("table");
    for (const node of this.#groups.values()) put(node, "hidden", ![...node.children].some((child) => !child.hasAttribute("hidden")));
  }

  /**
   * Shows a problem at the control where the value was entered, else in the figure's error line.
   * @param {string} parameter
   * @param {string} message empty when it is right again
   * @param {string} source the field of the control it came from, if any
   * @param {Place} [place]
   */
  problem(parameter, message, source = "", place) {
    for (const { node, wrong } of this.#controls.values())
      if (node.dataset.names?.split(" ")[2] === parameter) wrong?.(source === parameter ? message : "", place);
    if (message && source !== parameter) this.#problems.set(parameter, message);
    else this.#problems.delete(parameter);
    write(this.error, [...this.#problems.values()].join(" "));
    put(this.error, "hidden", this.#problems.size === 0);
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
    // Resizing empties the canvases, and a page may be printed without ever being scrolled.
    this.controller.flush(true);
  }
}
