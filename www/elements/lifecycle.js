/** A figure's life in the document: it starts when it comes near the screen, and ends when it is taken out. */

import { parameters } from "./address.js";
import { nearby, onScreen } from "./clock.js";
import { knowing } from "./formulas.js";
import { load, sheetFor, why } from "./loader.js";
import { locale } from "./locale.js";
import { defineProperties, takeOver, textOf } from "./properties.js";
import { FigureController } from "./controller.js";
import { surroundings } from "./theme.js";

/** @import {Changes, Figure} from "../boundary.js" */

/** Attributes that mean the same on every HTML element, and are none of a figure's parameters. */
const common = /^(data-|aria-|on)|^(id|class|style|slot|part|role|tabindex|title|dir|hidden|is)$/;

/** What lives inside, for the class with the public methods and for nobody else. */
export const CONTROLLER = Symbol("controller");

/** What answers for a figure: its Rust side, or for an element that has none the element's own state.
 * @typedef {Pick<Figure, "fieldNames" | "value" | "spec" | "query" | "snapshot" | "toCSV" | "act" | "step" | "seek" | "drop">} Answering */
/** What a figure is while it lives.
 * @typedef {Pick<FigureController, "set" | "show" | "surround" | "end"> & { backend: Answering, view?: { hide(): void }, ask(input: (backend: Answering) => Changes): unknown, start(entries: [string, string][]): unknown }} Living */
/** Everything fetched that a figure needs to live.
 * @typedef {{ css: string, live(host: Lifecycle, root: ShadowRoot): Living }} Arrived */

/** Outside a browser, as where a page is rendered by a server, there are no elements, and importing this does no harm. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/**
 * The losses that a figure may begin with.
 * @param {Lifecycle} host
 */
function losses(host) {
  const asked = host.initial.filter(([name]) => name === "loss").map(([, text]) => text);
  const own = Object.hasOwn(host, "loss") ? textOf(/** @type {{ loss?: unknown }} */ (host).loss) : null;
  return [host.getAttribute("loss"), own, ...asked].filter((text) => text !== null);
}

export class Lifecycle extends Base {
  static figure = "";
  static module = "";

  /**
   * Fetches what the figure needs: also what reads its formula, so that it begins at once when it lives.
   * @param {Lifecycle} host
   * @returns {Promise<Arrived>}
   */
  static async arrive(host) {
    const { wasm, css } = await load(this.module);
    await knowing(wasm, losses(host), () => {});
    return { css, live: (host, root) => new FigureController(host, new wasm.Figure(this.figure, ...locale(host)), wasm, root) };
  }

  /**
   * Parameters that win over the attributes: an embedding page's, or those with which the figure was taken out of the page.
   * @type {[string, string][]}
   */
  initial = [];
  /** @type {Living | undefined} */
  [CONTROLLER];
  #starting = false;
  #visible = false;
  /** @type {(() => void)[]} */
  #stops = [];
  #slot = document.createElement("slot");
  /** Why it does not live. @type {HTMLElement | undefined} */
  #failure;
  #attributes = new MutationObserver((records) => this.#changed(records));
  /** Whether a page awaits `ready`, on screen or not. */
  #asked = false;
  #settled = false;
  /** @type {{ resolve(figure: Lifecycle): void, reject(reason: unknown): void }} */
  #settle = { resolve() {}, reject() {} };
  #ready = this.#promise();

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).append(this.#slot);
  }

  /** @returns {Promise<this>} */
  #promise() {
    const promise = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#asked = this.#settled = false;
    // Nobody has to ask; then a failure is told in the figure alone.
    promise.catch(() => {});
    return promise;
  }

  connectedCallback() {
    this.#stops = [
      nearby(this, (near) => near && void this.#start()),
      onScreen(this, (visible) => this.#shown(visible)),
      surroundings(this.ownerDocument, () => this[CONTROLLER]?.surround()),
    ];
    this.#attributes.observe(this, { attributes: true });
    if (this.#asked) void this.#start();
  }

  /** Another document shares no style sheets with the one before. */
  adoptedCallback() {
    this.#leave();
  }

  /** An element that is only being moved is back before the microtask runs, and keeps its state. */
  disconnectedCallback() {
    for (const stop of this.#stops) stop();
    queueMicrotask(() => this.isConnected || this.#leave());
  }

  /** Nothing of the figure is left, but for the parameters with which it can begin again. */
  #leave() {
    const living = this[CONTROLLER];
    if (!living && !this.#failure) return;
    this[CONTROLLER] = undefined;
    if (living) this.initial = parameters(living.end());
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    // Those of another document are taken away by the browser, and could not be put back.
    root.adoptedStyleSheets = [];
    this.#slot.className = "";
    this.#failure?.remove();
    this.#failure = undefined;
    // Who still waits for the figure waits for the next life.
    if (this.#settled) this.#ready = this.#promise();
  }

  async #start() {
    if (this.#starting || this[CONTROLLER] || this.#failure) return;
    this.#starting = true;
    try {
      // What is taken out while it starts, and put back, starts anew; so does what is moved by code that awaited it.
      while (this.#isInPage && !this[CONTROLLER]) await this.#live(await /** @type {typeof Lifecycle} */ (this.constructor).arrive(this));
    } catch (error) {
      if (this.#isInPage) this.#fail(error);
    }
    this.#starting = false;
  }

  /** A document that no window shows is no page. */
  get #isInPage() {
    return this.isConnected && this.ownerDocument.defaultView !== null;
  }

  /** @param {Arrived} arrived */
  async #live({ css, live }) {
    if (!this.#isInPage) return;
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    const living = live(this, root);
    const fields = living.backend.fieldNames();
    const given = [...this.attributes].filter(({ name }) => !common.test(name));
    const properties = takeOver(this, fields);
    defineProperties(this.constructor, fields, (element, field) => /** @type {Lifecycle} */ (element)[CONTROLLER]?.backend.value(field));
    root.adoptedStyleSheets.push(sheetFor(this, css));
    this.#slot.className = "live";
    this[CONTROLLER] = living;
    const attributes = given.map(({ name, value }) => /** @type {[string, string]} */ ([name, value]));
    const own = new Map([...attributes, ...properties]);
    // Whatever wins is given alone: only what an address has twice is a mistake.
    for (const [name] of this.initial) own.delete(name);
    try {
      // What Rust computes is there at once; a question may have to be fetched.
      await living.start([...own, ...this.initial]);
    } catch (error) {
      if (this[CONTROLLER] === living) {
        this.#leave();
        throw error;
      }
    }
    if (this[CONTROLLER] !== living) return;
    this.#shown(this.#visible);
    this.#settled = true;
    this.#settle.resolve(this);
  }

  /** @param {boolean} visible */
  #shown(visible) {
    this.#visible = visible;
    if (!this[CONTROLLER]) return;
    this[CONTROLLER].show(visible);
    // The room that the page keeps for the controls is given back where nothing in sight moves by it.
    if (!visible && this.getBoundingClientRect().top > innerHeight) this.style.minBlockSize = "0";
  }

  /** @param {unknown} error */
  #fail(error) {
    const line = document.createElement("p");
    line.part.add("error");
    line.textContent = why(error);
    this.shadowRoot?.append(line);
    this.#failure = line;
    this.style.minBlockSize = "0";
    this.#settled = true;
    this.#settle.reject(error);
  }

  /** @param {MutationRecord[]} records */
  #changed(records) {
    const controller = this[CONTROLLER];
    for (const name of new Set(records.map((record) => record.attributeName ?? ""))) {
      if (common.test(name)) continue;
      if (!controller) {
        // What is said last holds when it begins again.
        this.initial = this.initial.filter(([field]) => field !== name);
        continue;
      }
      controller.set(name, this.getAttribute(name));
      if (name === "theme") controller.surround();
      else if (name === "hide") controller.view?.hide();
    }
  }

  /** Settles when the figure lives. Asking for it starts a figure that is still far off screen. */
  get ready() {
    this.#asked = !this.#settled;
    void this.#start();
    return this.#ready;
  }
}
