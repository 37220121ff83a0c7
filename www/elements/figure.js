/** What a page can ask of a figure: its methods and properties. */

import { inner, Lifecycle } from "./lifecycle.js";
import { Session } from "./session.js";

/** @import {Changes} from "../boundary.js" */
/** @import {Answering, Living} from "./lifecycle.js" */

/**
 * A number of iterations as the boundary takes it, which would read a larger one from the start again.
 * @param {number} n
 */
const count = (n) => Math.min(Math.max(0, n), 2 ** 32 - 1);

export class GdFigure extends Lifecycle {
  /**
   * Gives a parameter a value as its attribute would; null gives it back its default.
   * @param {string} field
   * @param {unknown} value
   */
  set(field, value) {
    this.#with((living) => living.set(field, value));
  }

  /**
   * Does it now, or as soon as the figure lives.
   * @param {(living: Living) => unknown} what
   */
  #with(what) {
    if (this[inner]) what(this[inner]);
    else void this.ready.then(() => this[inner] && what(this[inner]), () => {});
  }

  /** @param {(rust: Answering) => Changes} input */
  #input(input) {
    this.#with((living) => living.ask(input));
  }

  get spec() {
    return this[inner]?.rust.spec() ?? null;
  }
  play() {
    this.#input((rust) => rust.act("play"));
  }
  pause() {
    this.#input((rust) => rust.act("pause"));
  }
  step(n = 1) {
    this.#input((rust) => rust.step(count(n)));
  }
  /** @param {number} k */
  seek(k) {
    this.#input((rust) => rust.seek(count(k)));
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
    return this[inner]?.rust.snapshot() ?? null;
  }
  toCSV() {
    return this[inner]?.rust.toCSV() ?? "";
  }
  /** @returns {Promise<Blob>} */
  async toPNG() {
    const [, { picture }] = await Promise.all([this.ready, import("./share.js")]);
    // It may have been taken out while this was fetched.
    const living = this[inner];
    if (!living) throw new Error("The figure is not in a page.");
    if (!(living instanceof Session)) throw new Error("This figure is text; it has no picture.");
    return picture(living);
  }
}
