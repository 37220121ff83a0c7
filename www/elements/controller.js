/**
 * A figure while it lives: its Rust side, its view, and what has to be repainted in the next frame.
 *
 * It may be taken out of the page at any moment, and then its Rust side is freed. So whatever is called later (a listener, a
 * timer, a promise) goes by `ask`, which does nothing from then on, or checks `ended`; and what watches the page on behalf of
 * the figure (an observer, a tie, a graphics card) says `atEnd` how it stops.
 */

import { forget, want } from "./clock.js";
import { knowing } from "./formulas.js";
import { Painter } from "./painter.js";
import { textOf } from "./properties.js";
import { reducedMotion } from "./theme.js";
import { View } from "./view.js";

/** @import {Boundary, Changes, Figure} from "../boundary.js" */

/** What takes longer than a frame goes on for so long after each. */
const WORK_MS = 7;

/** Steps of a descent between two looks at the clock: under a millisecond, also where formulas are recordings. */
const WORK_STEPS = 2000;

export class FigureController {
  visible = false;
  /** The few words that the element itself needs, by key. @type {Record<string, string>} */
  words = {};
  ended = false;
  /** @type {(() => void)[]} */
  #stops = [];
  #dirty = { readouts: true, controls: false, table: true };
  #running = false;
  #working = false;
  #wrote = true;
  /** Whether a formula waits to be read: as long, controls show what was typed. */
  #reading = false;
  /** What was asked for meanwhile, in its order. @type {(() => unknown)[]} */
  #queue = [];
  /** The control that the present input came from: its problems are shown there. */
  #source = "";

  /**
   * @param {HTMLElement} host
   * @param {Figure} backend
   * @param {Boundary} wasm
   * @param {ShadowRoot} root
   */
  constructor(host, backend, wasm, root) {
    this.host = host;
    this.backend = backend;
    this.wasm = wasm;
    this.painter = new Painter(this, root);
    this.root = root;
  }

  /**
   * Starts with these parameters once their formulas are read.
   * @param {[string, string][]} entries
   */
  start(entries) {
    const losses = entries.filter(([name]) => name === "loss").map(([, text]) => text);
    return this.#inOrder(() => knowing(this.wasm, losses, () => this.ended || this.#begin(entries)));
  }

  /**
   * Shows the first picture in this very task, so that no frame is blank.
   * @param {[string, string][]} entries
   */
  #begin(entries) {
    this.backend.setReducedMotion(reducedMotion());
    const changes = this.backend.start(entries);
    const declaration = this.backend.declaration();
    this.words = declaration.words;
    this.view = new View(declaration, this);
    this.root.append(this.view.node);
    this.surround();
    for (const pane of this.view.panes) this.measured(pane);
    const ties = this.backend.fieldNames().includes("for");
    this.#apply(changes);
    this.flush(true);
    if (ties)
      void import("./link.js").then(({ Link }) => void (this.ended || new Link(this)));
  }

  /** What is to be done when the figure leaves the page. @param {() => void} stop */
  atEnd(stop) {
    this.#stops.push(stop);
  }

  /**
   * The way of every input: gives it to Rust, takes note of what it changed, and says whether it was used. What has to wait
   * for a formula that was given before it counts as used.
   * @param {(backend: Figure) => Changes} input
   */
  ask(input) {
    return this.#inOrder(() => this.tell(input));
  }

  /**
   * The same at once, for what nobody gave: time, sizes, light.
   * @param {(backend: Figure) => Changes} input
   */
  tell(input) {
    return !this.ended && this.#apply(input(this.backend));
  }

  /**
   * Does something at once, or after a formula that waits to be read and whatever waits for it.
   * @template T
   * @param {() => T} act
   * @returns {T | true}
   */
  #inOrder(act) {
    if (!this.#reading) return this.#act(act);
    this.#queue.push(act);
    return true;
  }

  /**
   * What answers with a promise waits for a formula.
   * @template T
   * @param {() => T} act
   */
  #act(act) {
    const done = act();
    if (done instanceof Promise) {
      this.#reading = true;
      const goOn = () => this.#goOn();
      void done.then(goOn, goOn);
    }
    return done;
  }

  #goOn() {
    this.#reading = false;
    while (!this.#reading) {
      const next = this.#queue.shift();
      if (!next) break;
      this.#act(next);
    }
    if (!this.ended) want(this);
  }

  /**
   * Takes note of what changed and says whether the input was used.
   * @param {Changes} changes
   */
  #apply(changes) {
    if (this.ended) return changes.handled;
    const dirty = this.#dirty;
    this.painter.note(changes);
    dirty.readouts ||= changes.readouts;
    dirty.controls ||= changes.controls;
    dirty.table ||= changes.table;
    this.#running = changes.running;
    this.#working = changes.working;
    const view = this.view;
    if (view) {
      for (const parameter of changes.cleared) view.problem(parameter, "");
      for (const problem of changes.problems) view.problem(problem.parameter, problem.message, this.#source, problem);
      if (changes.announcement) view.say(changes.announcement);
    }
    want(this);
    for (const { name, detail } of changes.events)
      this.host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
    return changes.handled;
  }

  /**
   * A text entered in a control of the figure.
   * @param {string} field
   * @param {string} text
   */
  enter(field, text) {
    this.#give(field, text, () => {
      this.#source = field;
      this.tell((backend) => backend.enter(field, text));
      this.#source = "";
      // The field shows the value in force, also when it is the one from before.
      this.#dirty.controls = true;
    });
  }

  /**
   * Gives a field a text, a loss once its formula is read.
   * @param {string} field
   * @param {string} text
   * @param {() => void} act
   */
  #give(field, text, act) {
    this.#inOrder(() => knowing(this.wasm, field === "loss" ? [text] : [], act));
  }

  /** @param {number} seconds */
  frame(seconds) {
    if (this.#running && this.visible) this.tell((backend) => backend.tick(seconds));
    if (this.ended) return false;
    this.#show();
    // In a task of its own, so that the frame is shown and input is heard before it.
    if (this.#working && this.visible) setTimeout(() => this.#work());
    return (this.#running || this.#working) && this.visible;
  }

  /** Shows what changed; while there is work, pictures and text take turns, since input needs some of each frame as well. */
  #show() {
    const both = this.visible && this.painter.stale && this.#unwritten;
    if (!both || !this.#working) this.flush();
    else if (this.#wrote) this.#paint();
    else this.#write();
  }

  #work() {
    const until = performance.now() + WORK_MS;
    while (!this.ended && this.#working && performance.now() < until) this.tell((backend) => backend.work(WORK_STEPS));
  }

  /**
   * Writes and paints what changed; canvases only while they are on screen, or when asked to.
   * @param {boolean} [everything]
   */
  flush(everything = this.visible) {
    if (this.ended || !this.view) return;
    // First, since a canvas that is given a font has all styles computed that were changed before.
    if (everything) this.#paint();
    this.#write();
  }

  #paint() {
    this.painter.paint();
    this.#wrote = false;
  }

  get #unwritten() {
    const { readouts, controls, table } = this.#dirty;
    return readouts || controls || table;
  }

  #write() {
    const { backend, view } = this;
    const dirty = this.#dirty;
    if ((dirty.controls || dirty.table) && !this.#reading) {
      view?.patch(backend.declaration(), dirty.table);
      dirty.controls = dirty.table = false;
    }
    if (dirty.readouts) view?.read(backend.readouts());
    dirty.readouts = false;
    this.#wrote = true;
  }

  /**
   * @param {import("./pane.js").Pane} pane
   * @param {ResizeObserverEntry} [entry]
   */
  measured(pane, entry) {
    if (this.ended || !pane.measure(entry)) return;
    this.tell((backend) => backend.resize(pane.index, pane.width_px, pane.height_px));
    this.painter.all();
  }

  /**
   * Off screen nothing is painted and nothing runs; back on screen it goes on where it was.
   * @param {boolean} visible
   */
  show(visible) {
    this.visible = visible;
    if (visible) want(this);
  }

  /**
   * A value from outside, as an attribute would give it; null stands for the default.
   * @param {string} field
   * @param {unknown} value
   */
  set(field, value) {
    if (this.ended) return;
    const given = value ?? this.#usual(field);
    if (given === undefined) this.view?.problem(field, "");
    else this.#give(field, textOf(given), () => this.tell((backend) => backend.set(field, textOf(given))));
  }

  /**
   * The value a parameter has when nobody gives it one; undefined if there is no such parameter.
   * @param {string} field
   */
  #usual(field) {
    const plain = new this.wasm.Figure(this.view?.figure ?? "", "en", ".", ",");
    const value = plain.value(field);
    plain.free();
    return value;
  }

  /** Theme and preferences, at the start and whenever they change. */
  surround() {
    this.painter.applyTheme();
    this.backend.setReducedMotion(reducedMotion());
    want(this);
  }

  /** Frees what WebAssembly holds; the query with which the figure can start again where it was. */
  end() {
    const query = this.backend.query(true);
    this.ended = true;
    for (const stop of this.#stops) stop();
    forget(this);
    this.painter.rest();
    this.backend.free();
    return query;
  }
}
