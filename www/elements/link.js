/** Links two figures of a page: a shared parameter that changes in one changes in the other. */

import { figureById, whenOthersCome } from "./present.js";

/** @import {FigureController} from "./controller.js" */
/** @typedef {import("./figure.js").GdFigure} GdFigure */
/** @typedef {Record<string, unknown>} Spec */

/** Parameters that are never shared. */
const own = ["theme", "lang", "hide", "show", "fit", "autoplay", "k", "for"];

export class Link {
  #id = "";
  /** The figure with that id, whether it is alive or not. @type {GdFigure | null | undefined} */
  #found;
  /** @type {GdFigure | null} */
  #partner = null;
  /** Set while values are copied, so that the resulting events are not copied back. */
  #busy = false;

  /** What the figure arrived with, until the other one is sought for the first time. @type {Spec | null} */
  #arrived;

  /**
   * @param {FigureController} controller whose parameter `for` holds the other figure's id
   * @param {Spec} arrived
   */
  constructor(controller, arrived) {
    this.controller = controller;
    this.#arrived = arrived;
    this.host = /** @type {GdFigure} */ (controller.host);
    this.host.addEventListener("gd-change", this);
    const stop = whenOthersCome(() => void this.#seek());
    controller.atEnd(() => {
      stop();
      this.host.removeEventListener("gd-change", this);
      this.#partner?.removeEventListener("gd-change", this);
    });
    void this.#seek();
  }

  /** @param {Event} event */
  handleEvent({ currentTarget }) {
    if (this.#busy) return;
    if (currentTarget !== this.host) this.#copy(this.#partner, this.host);
    else if (this.host.spec?.for !== this.#id) void this.#seek();
    else this.#copy(this.host, this.#partner);
  }

  /**
   * Finds the other figure, which may come later or be replaced, and adopts its values, but for those that the reader
   * changes meanwhile.
   */
  async #seek() {
    const { controller, host } = this;
    const before = this.#arrived ?? host.spec ?? {};
    this.#arrived = null;
    const id = String(host.spec?.for ?? "");
    const found = /** @type {GdFigure | null} */ (id ? (figureById(host, id) ?? null) : null);
    if (id === this.#id && found === this.#found) return;
    this.#id = id;
    this.#found = found;
    this.#partner?.removeEventListener("gd-change", this);
    this.#partner = null;
    const message = id && !found ? (controller.words["no-link"] ?? "").replace("{id}", () => id) : "";
    controller.view?.problem("for", message);
    if (message) host.dispatchEvent(new CustomEvent("gd-error", { detail: { parameter: "for", message }, bubbles: true, composed: true }));
    if (!found) return;
    await found.ready.catch(() => {});
    if (controller.ended || this.#found !== found) return;
    this.#partner = found;
    found.addEventListener("gd-change", this);
    const now = host.spec ?? {};
    const changed = (/** @type {string} */ field) => String(now[field]) !== String(before[field]);
    this.#copy(host, found, changed);
    this.#copy(found, host, (field) => !changed(field));
  }

  /**
   * Copies the parameters that both figures have.
   * @param {GdFigure | null} from
   * @param {GdFigure | null} to
   * @param {(field: string) => boolean} [counts]
   */
  #copy(from, to, counts = () => true) {
    const [given, had] = [from?.spec, to?.spec];
    if (!given || !had) return;
    this.#busy = true;
    for (const [field, value] of Object.entries(given))
      if (field in had && counts(field) && !own.includes(field) && String(value) !== String(had[field])) to?.set(field, value);
    this.#busy = false;
  }
}
