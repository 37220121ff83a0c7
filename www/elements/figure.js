/** The public methods and properties of a figure element. */

import { CONTROLLER, Lifecycle } from "./lifecycle.js";
import { textOf } from "./properties.js";

/** @import {Living} from "./lifecycle.js" */

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
    if (this[CONTROLLER]) this[CONTROLLER].set(field, value);
    else this.startWith(field, value === null || value === undefined ? null : textOf(value));
  }

  /**
   * Acts now, or as soon as the figure is live.
   * @param {(living: Living) => unknown} what
   */
  #with(what) {
    if (this[CONTROLLER]) what(this[CONTROLLER]);
    else void this.ready.then(() => this[CONTROLLER] && what(this[CONTROLLER]), () => {});
  }

  get spec() {
    return this[CONTROLLER]?.backend.spec() ?? null;
  }
  play() {
    this.#with((living) => living.act?.("play"));
  }
  pause() {
    this.#with((living) => living.act?.("pause"));
  }
  step(n = 1) {
    this.#with((living) => living.step?.(count(n)));
  }
  /** @param {number} k */
  seek(k) {
    this.#with((living) => living.seek?.(count(k)));
  }
  /** @param {number} x @param {number} [y] */
  drop(x, y) {
    this.#with((living) => living.drop?.(x, y));
  }
  reset() {
    this.#with((living) => living.act?.("reset"));
  }
  clear() {
    this.#with((living) => living.act?.("clear"));
  }
  snapshot() {
    return this[CONTROLLER]?.backend.snapshot() ?? null;
  }
  toCSV() {
    return this[CONTROLLER]?.backend.toCSV?.() ?? "";
  }
  /** @returns {Promise<Blob>} */
  async toPNG() {
    await this.ready;
    const living = this[CONTROLLER];
    if (!living) throw new Error("The figure is not in a page.");
    if (!living.picture) throw new Error("This figure is text; it has no picture.");
    return living.picture();
  }
}
