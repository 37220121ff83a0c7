/** The life cycle of a figure in the document: it starts near the screen and ends when it is removed. */

import { parameters } from "./address.js";
import { ahead } from "./ahead.js";
import { nearby, onScreen } from "./clock.js";
import { knowing } from "./formulas.js";
import { keepKeys } from "./keys.js";
import { load, sheetFor, why } from "./loader.js";
import { locale } from "./locale.js";
import { whilePrinting } from "./paper.js";
import { come, gone } from "./present.js";
import { defineProperties, takeOver, textOf } from "./properties.js";
import { FigureController } from "./controller.js";
import { surroundings } from "./theme.js";

/** @import {Figure} from "../boundary.js" */

/** Attributes that are not parameters of a figure: HTML's own, and those with which frameworks mark elements. */
const common =
  /^(data-|aria-|on|item|ng-|x-|v-|hx-|[^a-z])|^(id|class|classname|style|slot|part|exportparts|role|tabindex|title|dir|hidden|is|translate|inert|spellcheck|nonce|popover|draggable|contenteditable|accesskey|autofocus|autocapitalize|autocorrect|inputmode|enterkeyhint|key|ref)$/;

/** @param {string} name */
const isParameter = (name) => !common.test(name);

/** Key of the live figure, shared only with the class of public methods. */
export const CONTROLLER = Symbol("controller");

/** The spec and state of a live element: a figure's Rust side, or the element's own.
 * @typedef {Pick<Figure, "fieldNames" | "spec" | "value" | "query"> & { snapshot(): object, toCSV?(): string }} State */
/** What only some elements can do. @typedef {Partial<Pick<FigureController, "act" | "step" | "seek" | "drop" | "picture" | "prepare">>} Capabilities */
/** What an element is while it lives.
 * @typedef {Pick<FigureController, "set" | "surround" | "end"> & Partial<Pick<FigureController, "show">> & Capabilities & { backend: State, view?: { node: HTMLElement, arrange?(): void, aside?: HTMLElement }, start(entries: [string, string][]): unknown }} Living */
/** Everything fetched that a figure needs to live.
 * @typedef {{ css: string, live(host: Lifecycle, root: ShadowRoot): Living }} Arrived */

/** On a server that renders the page there are no elements, and importing this must do no harm. */
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/**
 * The losses that a figure may start with.
 * @param {Lifecycle} host
 */
function losses(host) {
  const asked = host.initial.filter(([name]) => name === "loss").map(([, text]) => text);
  const own = Object.hasOwn(host, "loss") ? textOf(/** @type {{ loss?: unknown }} */ (host).loss) : null;
  return [host.getAttribute("loss"), own, ...asked].filter((text) => text !== null);
}

export class Lifecycle extends Base {
  static figure = "";

  /**
   * Fetches what the figure needs, including the parser for its formula, so that it can start at once.
   * @param {Lifecycle} host
   * @returns {Promise<Arrived>}
   */
  static async arrive(host) {
    const { wasm, css } = await load(this.figure);
    await knowing(wasm, losses(host), () => {});
    return { css, live: (host, root) => new FigureController(host, new wasm.Figure(this.figure, ...locale(host)), wasm, root) };
  }

  /**
   * Parameters that win over the attributes: those of an embedding page, or the state in which the figure left the page.
   * @type {[string, string][]}
   */
  initial = [];
  /** @type {Living | undefined} */
  [CONTROLLER];
  /** Properties set while the figure is not alive: it starts with them. @type {Map<string, string | null>} */
  #beforehand = new Map();
  #starting = false;
  #visible = false;
  /** @type {(() => void)[]} */
  #stops = [];
  #slot = document.createElement("slot");
  /** What the page says about the figure. It finds a place beside the controls. */
  #aside = Object.assign(document.createElement("slot"), { name: "aside" });
  /** The message shown when starting failed. @type {HTMLElement | undefined} */
  #failure;
  #attributes = new MutationObserver((records) => this.#changed(records));
  /** Whether `ready` was requested, which starts a figure off screen too. */
  #asked = false;
  #settled = false;
  /** @type {{ resolve(figure: Lifecycle): void, reject(reason: unknown): void }} */
  #settle = { resolve() {}, reject() {} };
  #ready = this.#promise();

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.append(this.#slot, this.#aside);
    keepKeys(root);
  }

  /** @returns {Promise<this>} */
  #promise() {
    const promise = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#asked = this.#settled = false;
    // `ready` may never be awaited; the failure then shows only in the figure.
    promise.catch(() => {});
    return promise;
  }

  connectedCallback() {
    this.#stops = [
      nearby(this, (near) => near && void this.#start()),
      onScreen(this, (visible) => this.#shown(visible)),
      surroundings(this.ownerDocument, () => this[CONTROLLER]?.surround()),
      whilePrinting(this, () => this.#onPaper()),
    ];
    this.#attributes.observe(this, { attributes: true });
    const { arrive, figure } = /** @type {typeof Lifecycle} */ (this.constructor);
    // The others fetch their code themselves.
    if (arrive === Lifecycle.arrive) ahead(figure);
    if (this.#asked) void this.#start();
    come(this);
  }

  /**
   * Keeps a parameter for the figure's start. The last value counts, whatever the attribute says.
   * @param {string} field
   * @param {string | null} text null for the default
   */
  startWith(field, text) {
    this.#beforehand.set(field, text);
    this.initial = this.initial.filter(([name]) => name !== field);
  }

  /**
   * A parameter's value, or before the figure is alive the text that it will start with.
   * @param {string} field
   */
  parameter(field) {
    const living = this[CONTROLLER];
    return living ? living.backend.value(field) : (this.#beforehand.get(field) ?? this.getAttribute(field) ?? undefined);
  }

  /** Documents do not share style sheets. */
  adoptedCallback() {
    this.#leave();
  }

  /** An element that is only being moved is back before the microtask runs, and keeps its state. */
  disconnectedCallback() {
    for (const stop of this.#stops) stop();
    queueMicrotask(() => this.isConnected || (gone(this), this.#leave()));
  }

  /** Ends the figure, keeping only the parameters from which it can start again. */
  #leave() {
    const living = this[CONTROLLER];
    if (!living && !this.#failure) return;
    this[CONTROLLER] = undefined;
    if (living) this.initial = parameters(living.end());
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    // Sheets of another document are removed by the browser and cannot be put back.
    root.adoptedStyleSheets = [];
    this.#slot.className = "";
    root.append(this.#aside);
    this.#failure?.remove();
    this.#failure = undefined;
    // Callers still awaiting the figure get its next life.
    if (this.#settled) this.#ready = this.#promise();
  }

  async #start() {
    if (this.#starting || this[CONTROLLER] || this.#failure) return;
    this.#starting = true;
    try {
      // A figure removed and put back while starting starts again; so does one moved by code that awaited it.
      while (this.#isInPage && !this[CONTROLLER]) await this.#live(await /** @type {typeof Lifecycle} */ (this.constructor).arrive(this));
    } catch (error) {
      if (this.#isInPage) this.#fail(error);
    }
    this.#starting = false;
  }

  /** On paper a figure that nobody has come near says so, unless the page has something in its place. */
  #onPaper() {
    const { figure } = /** @type {typeof Lifecycle} */ (this.constructor);
    if (!this[CONTROLLER] && !this.#failure) this.#slot.textContent = `A figure, gd-${figure}, stands here on the screen. It had not been opened when this page was printed.`;
    return () => {
      this.#slot.textContent = "";
    };
  }

  /** A document without a window is not a page. */
  get #isInPage() {
    return this.isConnected && this.ownerDocument.defaultView !== null;
  }

  /** @param {Arrived} arrived */
  async #live({ css, live }) {
    if (!this.#isInPage) return;
    const root = /** @type {ShadowRoot} */ (this.shadowRoot);
    const living = live(this, root);
    const fields = living.backend.fieldNames();
    const given = [...this.attributes].filter(({ name }) => isParameter(name));
    const properties = takeOver(this, fields);
    defineProperties(this.constructor, fields, (element, field) => /** @type {Lifecycle} */ (element).parameter(field));
    root.adoptedStyleSheets.push(sheetFor(this, css));
    this.#slot.className = "live";
    this[CONTROLLER] = living;
    const attributes = given.map(({ name, value }) => /** @type {[string, string]} */ ([name, value]));
    const own = new Map([...attributes, ...properties, ...this.#beforehand]);
    this.#beforehand.clear();
    // Overridden parameters are left out, so that only true duplicates are reported.
    for (const [name] of this.initial) own.delete(name);
    try {
      // Backend figures start at once; a question may have to be fetched first.
      const entries = [...own].filter(/** @returns {entry is [string, string]} */ (entry) => entry[1] !== null);
      await living.start([...entries, ...this.initial]);
    } catch (error) {
      if (this[CONTROLLER] === living) {
        this.#leave();
        throw error;
      }
    }
    if (this[CONTROLLER] !== living) return;
    (living.view?.aside ?? root).append(this.#aside);
    this.#shown(this.#visible);
    this.#settled = true;
    this.#settle.resolve(this);
  }

  /** @param {boolean} visible */
  #shown(visible) {
    this.#visible = visible;
    if (!this[CONTROLLER]) return;
    this[CONTROLLER].show?.(visible);
    if (!this.style.minBlockSize) this.#release();
  }

  /** Releases the space reserved for the controls, if nothing that is in view moves: what follows is below the screen. */
  #release() {
    this.style.minBlockSize = "0";
    if (this.getBoundingClientRect().bottom < innerHeight) this.style.minBlockSize = "";
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
      if (name === "id") come(this);
      if (!isParameter(name)) continue;
      if (!controller) {
        // The latest value counts when the figure starts again.
        this.initial = this.initial.filter(([field]) => field !== name);
        continue;
      }
      controller.set(name, this.getAttribute(name));
      if (name === "theme") controller.surround();
      else if (["hide", "show", "fit"].includes(name)) controller.view?.arrange?.();
    }
  }

  /** Settles when the figure shows itself. Reading it also starts a figure that is off screen. */
  get alive() {
    this.#asked = !this.#settled;
    void this.#start();
    return this.#ready;
  }

  /** Settles when the figure is alive and answers its methods at once. @returns {Promise<this>} */
  get ready() {
    const ready = this.alive.then(async () => {
      await this[CONTROLLER]?.prepare?.();
      return this;
    });
    // As above.
    ready.catch(() => {});
    return ready;
  }
}
