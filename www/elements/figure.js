/** The public methods and properties of a figure element. */

import { CONTROLLER, Lifecycle } from "./lifecycle.js";
import { FigureController } from "./controller.js";

/** @import {Changes} from "../boundary.js" */
/** @import {Answering, Living} from "./lifecycle.js" */

/**
 * Clamps an iteration count to 32 bits; the wasm boundary would wrap a larger one.
 * @param {number} n
 */
const count = (n) => Math.min(Math.max(0, n), 2 ** 32 - 1);

export class GdFigure extends Lifecycle {
  /**
   * Sets a parameter as its attribute would; null restores the default.
   * @param {string} field
   * @param {unknown} value
   */
  set(field, value) {
    this.#with((living) => living.set(field, value));
  }

  /**
   * Acts now, or as soon as the figure is live.
   * @param {(living: Living) => unknown} what
   */
  #with(what) {
    if (this[CONTROLLER]) what(this[CONTROLLER]);
    else void this.ready.then(() => this[CONTROLLER] && what(this[CONTROLLER]), () => {});
  }

  /** @param {(backend: Answering) => Changes} input */
  #input(input) {
    this.#with((living) => living.ask(input));
  }

  get spec() {
    return this[CONTROLLER]?.backend.spec() ?? null;
  }
  play() {
    this.#input((backend) => backend.act("play"));
  }
  pause() {
    this.#input((backend) => backend.act("pause"));
  }
  step(n = 1) {
    this.#input((backend) => backend.step(count(n)));
  }
  /** @param {number} k */
  seek(k) {
    this.#input((backend) => backend.seek(count(k)));
  }
  /** @param {number} x @param {number} [y] */
  drop(x, y) {
    this.#input((backend) => backend.drop(x, y));
  }
  reset() {
    this.#input((backend) => backend.act("reset"));
  }
  clear() {
    this.#input((backend) => backend.act("clear"));
  }
  snapshot() {
    return this[CONTROLLER]?.backend.snapshot() ?? null;
  }
  toCSV() {
    return this[CONTROLLER]?.backend.toCSV() ?? "";
  }
  /** @returns {Promise<Blob>} */
  async toPNG() {
    const [, { picture }] = await Promise.all([this.ready, import("./share.js")]);
    // The figure may have left the page during the fetch.
    const living = this[CONTROLLER];
    if (!living) throw new Error("The figure is not in a page.");
    if (!(living instanceof FigureController)) throw new Error("This figure is text; it has no picture.");
    return picture(living);
  }
}
