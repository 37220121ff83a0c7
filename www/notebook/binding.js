/** A figure in the output of a notebook's cell, and the Python object whose traits are its fields. */

import { camel, textOf } from "../elements/properties.js";
import { packedRuns } from "./runs.js";
import { followTheme } from "./theme.js";

/** @import {GdFigure} from "../elements/figure.js" */
/** The Python object as the page has it.
 * @typedef {{ get(trait: string): any, set(trait: string, value: unknown): void, save_changes(): void,
 *   on(event: string, act: () => void): void, off(event: string, act: () => void): void }} Model */

/** How long changes are gathered before Python hears of them. */
const PAUSE_MS = 100;

/** The element acts on these as attributes, and a reader does not change them. */
const attributes = ["theme", "lang", "hide", "show", "fit", "autoplay"];

/** An address of its own a figure has in a page alone. */
const HIDDEN = "link embed";

/** @param {string} trait */
const fieldOf = (trait) => trait.replaceAll("_", "-");

/** @param {unknown} one @param {unknown} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Binding {
  /** Sentences by trait. @type {Record<string, string>} */
  #problems = {};
  /** Whether the runs are others than those that Python has. */
  #runsChanged = true;
  /** @type {number | undefined} */
  #timer;
  /** @type {(() => void)[]} */
  #stops = [];

  /**
   * @param {Model} model
   * @param {GdFigure} figure
   */
  constructor(model, figure) {
    this.model = model;
    this.figure = figure;
    /** @type {string[]} */
    this.traits = model.get("_own");
    const given = /** @type {string[]} */ (model.get("_given")).filter((trait) => !attributes.includes(trait));
    figure.initial = given.map((trait) => [fieldOf(trait), textOf(model.get(trait))]);
    for (const trait of attributes) if (this.traits.includes(trait) && trait !== "theme") this.#give(trait);
    this.#watch();
  }

  #watch() {
    const { figure, model } = this;
    for (const trait of this.traits) this.#follow(`change:${trait}`, () => this.#give(trait));
    // A change that changes nothing is answered too.
    this.#follow("change:_revision", () => model.get("_report")?.revision !== model.get("_revision") && this.#tellRuns());
    this.#follow("change:_asked", () => this.#act());
    this.#listen("gd-ready", () => {
      this.#tellRuns();
      this.#act();
    });
    this.#listen("gd-change", () => {
      this.#problems = {};
      this.#tellRuns();
    });
    this.#listen("gd-error", (event) => {
      const { parameter, message } = event.detail;
      this.#problems = { ...this.#problems, [parameter.replaceAll("-", "_")]: message };
      this.#tell();
    });
    this.#listen("gd-step", () => this.#tell());
    this.#listen("gd-answer", () => this.#tellRuns());
    this.#stops.push(
      followTheme((theme) => {
        this.pageTheme = theme;
        this.#give("theme");
      }),
      () => clearTimeout(this.#timer),
    );
    // Also below the fold: the next cell may ask for its runs.
    figure.ready.catch(() => {});
  }

  /** @param {string} event @param {() => void} act */
  #follow(event, act) {
    this.model.on(event, act);
    this.#stops.push(() => this.model.off(event, act));
  }

  /** @param {string} event @param {(event: CustomEvent) => void} act */
  #listen(event, act) {
    const listener = /** @type {EventListener} */ (act);
    this.figure.addEventListener(event, listener);
    this.#stops.push(() => this.figure.removeEventListener(event, listener));
  }

  /** Gives a trait's value to the figure. @param {string} trait */
  #give(trait) {
    const { figure, model } = this;
    const value = model.get(trait);
    if (trait === "theme") figure.setAttribute("theme", value === "auto" ? (this.pageTheme ?? "auto") : value);
    else if (trait === "hide") figure.setAttribute("hide", `${value} ${HIDDEN}`.trim());
    else if (attributes.includes(trait)) this.#reflect(trait, textOf(value));
    else if (!same(value, this.#now(trait))) figure.set(fieldOf(trait), value);
  }

  /** @param {string} attribute @param {string} text */
  #reflect(attribute, text) {
    if (["", "0", "off"].includes(text)) this.figure.removeAttribute(attribute);
    else this.figure.setAttribute(attribute, text);
  }

  /** What the figure has for a trait, including what its events leave out. @param {string} trait */
  #now(trait) {
    const field = fieldOf(trait);
    return this.figure.spec?.[field] ?? Reflect.get(this.figure, camel(field));
  }

  /** Does what Python has asked for since the last time. */
  #act() {
    const { figure, model } = this;
    const asked = /** @type {[number, "play" | "pause" | "step" | "seek" | "drop" | "reset" | "clear", ...number[]][]} */ (model.get("_asked"));
    const done = model.get("_done");
    for (const [number, method, ...numbers] of asked) if (number > done) /** @type {(...numbers: number[]) => void} */ (figure[method]).apply(figure, numbers);
    model.set("_done", asked.at(-1)?.[0] ?? done);
    model.save_changes();
  }

  #tellRuns() {
    this.#runsChanged = true;
    this.#tell();
  }

  #tell() {
    this.#timer ??= window.setTimeout(() => {
      this.#timer = undefined;
      this.#report();
    }, PAUSE_MS);
  }

  /** Tells Python what the figure shows. */
  #report() {
    const { figure, model } = this;
    const snapshot = figure.snapshot();
    if (!snapshot) return;
    let changed = false;
    for (const trait of this.traits) {
      if (attributes.includes(trait)) continue;
      const value = this.#now(trait);
      if (value === undefined || same(value, model.get(trait))) continue;
      model.set(trait, value);
      changed ||= trait !== "k";
    }
    const revision = model.get("_revision") + Number(changed);
    const { runs, ...rest } = /** @type {import("../payloads.js").Snapshot} */ (snapshot);
    const before = model.get("_report");
    if (this.#runsChanged || !before) {
      const packed = packedRuns(runs);
      model.set("_numbers", packed.numbers);
      model.set("_report", { ...rest, runs: packed.runs, revision });
      this.#runsChanged = false;
    } else model.set("_report", { ...before, ...rest, runs: before.runs, revision });
    model.set("_revision", revision);
    model.set("_problems", this.#problems);
    model.save_changes();
  }

  end() {
    for (const stop of this.#stops) stop();
    this.figure.remove();
  }
}
