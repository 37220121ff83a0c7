/** The element class behind every figure: its life in the document, and what a page can ask of it. */

import { nearby, onScreen } from "./clock.js";
import { load, why } from "./loader.js";
import { locale } from "./locale.js";
import { defineProperties, takeOver, textOf } from "./properties.js";
import { Session } from "./session.js";
import { surroundings } from "./theme.js";

/** @import {Boundary, Changes, Figure} from "../boundary.js" */

/** Attributes that mean the same on every HTML element, and are none of a figure's parameters. */
const common = /^(data-|aria-|on)|^(id|class|style|slot|part|role|tabindex|title|dir|hidden|is)$/;

export class GdFigure extends HTMLElement {
  static figure = "";

  /**
   * Parameters that win over the attributes: an embedding page's, or those with which the figure was taken out of the page.
   * @type {[string, string][]}
   */
  initial = [];
  /** @type {Session | undefined} */
  #session;
  #starting = false;
  #visible = false;
  /** @type {(() => void)[]} */
  #stops = [];
  #slot = document.createElement("slot");
  #attributes = new MutationObserver((records) => this.#changed(records));
  /** @type {{ resolve(figure: GdFigure): void, reject(reason: unknown): void }} */
  #settle = { resolve() {}, reject() {} };
  #ready = this.#promise();

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).append(this.#slot);
  }

  /** @returns {Promise<GdFigure>} */
  #promise() {
    const promise = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    // Nobody has to ask; then a failure is told in the figure alone.
    promise.catch(() => {});
    return promise;
  }

  connectedCallback() {
    this.#stops = [
      nearby(this, (near) => near && void this.#start()),
      onScreen(this, (visible) => this.#shown(visible)),
      surroundings(() => this.#session?.surround()),
    ];
    this.#attributes.observe(this, { attributes: true });
  }

  /** An element that is only being moved is back before the microtask runs, and keeps its state. */
  disconnectedCallback() {
    for (const stop of this.#stops) stop();
    queueMicrotask(() => {
      if (this.isConnected || !this.#session) return;
      this.#attributes.disconnect();
      this.initial = [...new URLSearchParams(this.#session.end())];
      this.#session = undefined;
      this.#slot.className = "";
      this.#ready = this.#promise();
    });
  }

  async #start() {
    if (this.#starting || this.#session || !this.isConnected) return;
    this.#starting = true;
    try {
      const { wasm, sheet } = await load();
      if (this.isConnected) this.#live(wasm, sheet);
    } catch (error) {
      this.#fail(error);
    }
    this.#starting = false;
  }

  /**
   * @param {Boundary} wasm
   * @param {CSSStyleSheet} sheet
   */
  #live(wasm, sheet) {
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    const { figure } = /** @type {typeof GdFigure} */ (this.constructor);
    const rust = new wasm.Figure(figure, ...locale(this));
    const given = [...this.attributes].filter(({ name }) => !common.test(name));
    const properties = takeOver(this, rust.fieldNames());
    defineProperties(/** @type {typeof GdFigure} */ (this.constructor), rust.fieldNames());
    if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
    this.#slot.className = "live";
    this.#session = new Session(this, rust, wasm, root);
    const attributes = given.map(({ name, value }) => /** @type {[string, string]} */ ([name, value]));
    this.#session.start([...attributes, ...properties, ...this.initial]);
    this.#shown(this.#visible);
    this.#settle.resolve(this);
  }

  /** @param {boolean} visible */
  #shown(visible) {
    this.#visible = visible;
    if (!this.#session) return;
    this.#session.show(visible);
    // The room that the page keeps for the controls is given back where nobody sees it happen.
    if (!visible) this.style.minBlockSize = "0";
  }

  /** @param {unknown} error */
  #fail(error) {
    const line = document.createElement("p");
    line.part.add("error");
    line.textContent = why(error);
    this.shadowRoot?.append(line);
    this.style.minBlockSize = "0";
    this.#settle.reject(error);
  }

  /** @param {MutationRecord[]} records */
  #changed(records) {
    const session = this.#session;
    if (!session) return;
    for (const name of new Set(records.map((record) => record.attributeName ?? ""))) {
      if (common.test(name)) continue;
      this.set(name, this.getAttribute(name));
      if (name === "theme") session.surround();
      else if (name === "hide") session.view?.hide();
    }
  }

  /**
   * Gives a parameter a value as its attribute would; null gives it back its default.
   * @param {string} field
   * @param {unknown} value
   */
  set(field, value) {
    void this.#with((session) => session.apply(session.rust.set(field, textOf(value ?? session.usual(field)))));
  }

  /**
   * Does it now, or as soon as the figure lives.
   * @param {(session: Session) => unknown} what
   */
  #with(what) {
    if (this.#session) what(this.#session);
    else void this.ready.then(() => this.#session && what(this.#session), () => {});
  }

  /** @param {(rust: Figure) => Changes} input */
  #input(input) {
    this.#with((session) => session.apply(input(session.rust)));
  }

  /** Settles when the figure lives. Asking for it starts a figure that is still far off screen. */
  get ready() {
    void this.#start();
    return this.#ready;
  }
  get spec() {
    return this.#session?.rust.spec() ?? null;
  }
  play() {
    this.#input((rust) => rust.act("play"));
  }
  pause() {
    this.#input((rust) => rust.act("pause"));
  }
  step(n = 1) {
    this.#input((rust) => rust.step(Math.max(0, n)));
  }
  /** @param {number} k */
  seek(k) {
    this.#input((rust) => rust.seek(Math.max(0, k)));
  }
  /** @param {number} x @param {number} [y] */
  drop(x, y) {
    this.#input((rust) => rust.drop(x, y));
  }
  reset() {
    this.#input((rust) => rust.act("reset"));
  }
  clear() {
    this.#input((rust) => rust.act("clear"));
  }
  snapshot() {
    return this.#session?.rust.snapshot() ?? null;
  }
  toCSV() {
    return this.#session?.rust.toCSV() ?? "";
  }
  /** @returns {Promise<Blob>} */
  async toPNG() {
    await this.ready;
    if (!this.#session) throw new Error("The figure is not in a page.");
    const { picture } = await import("./share.js");
    return picture(this.#session);
  }
}
