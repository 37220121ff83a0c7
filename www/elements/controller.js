/**
 * A live figure: its backend, its view, and what has to be repainted in the next frame.
 *
 * The figure may leave the page at any moment, which frees its backend. So every late callback (listener, timer, promise)
 * goes through `ask`, which then does nothing, or checks `ended`; and everything that watches the page on the figure's
 * behalf (an observer, a link, a graphics context) registers its clean-up with `atEnd`.
 */

import { forget, want } from "./clock.js";
import { knowing } from "./formulas.js";
import { answering, isAnswering, unanswered } from "./loader.js";
import { Painter } from "./painter.js";
import { textOf } from "./properties.js";
import { reducedMotion } from "./theme.js";
import { View } from "./view.js";

/** @import {Boundary, Changes, Figure} from "../boundary.js" */

/** Time per frame spent on work that takes longer than a frame: what a frame's picture leaves, even of a slow frame. */
const WORK_MS = 10;

/** Descent steps between two looks at the clock, at first and at least: under a millisecond, even for interpreted formulas. */
const WORK_STEPS = 2000;

/** Steps that took less than this are doubled next time, and those that took four times as long are halved. */
const LOOK_MS = 0.5;

/** While pictures change in every frame, the text beside them is rewritten this often: no eye reads faster. */
const TEXT_MS = 50;

export class FigureController {
  visible = false;
  /** The few messages that the element itself needs, by key. @type {Record<string, string>} */
  words = {};
  ended = false;
  /** @type {(() => void)[]} */
  #stops = [];
  #dirty = { readouts: true, controls: false, table: true };
  #running = false;
  #working = false;
  #wrote = true;
  /** When the text was last written. */
  #wroteAt = 0;
  /** Whether a formula is still being read; until it is, controls show what was typed. */
  #reading = false;
  /** Inputs received meanwhile, in order. @type {(() => unknown)[]} */
  #queue = [];
  /** Whether the figure says that it cannot answer. */
  #unanswered = false;
  /** The control that the current input came from, where its problems are shown. */
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
   * Starts with these parameters once their formulas have been read.
   * @param {[string, string][]} entries
   */
  start(entries) {
    const losses = entries.filter(([name]) => name === "loss").map(([, text]) => text);
    return this.#inOrder(() => knowing(this.wasm, losses, () => this.ended || this.#begin(entries)));
  }

  /** @param {[string, string][]} entries */
  #begin(entries) {
    const { backend } = this;
    const start = () => this.#enliven(backend.start(entries));
    backend.setReducedMotion(reducedMotion());
    if (isAnswering()) return start();
    const changes = backend.startPlainly(entries);
    return changes ? this.#enliven(changes) : answering()?.then(() => this.ended || start());
  }

  /** @param {Changes} changes */
  #enliven(changes) {
    const declaration = this.backend.declaration();
    this.words = declaration.words;
    this.view = new View(declaration, this);
    const { view } = this;
    const waiting = view.panes.map(({ lit }) => lit).filter((lit) => lit !== null);
    if (!waiting.length) return this.#appear(view, changes);
    // The still stays until the landscape can be drawn.
    const slot = this.root.querySelector("slot");
    slot?.classList.remove("live");
    return Promise.all(waiting).then(() => {
      if (this.ended) return;
      slot?.classList.add("live");
      this.#appear(view, changes);
    });
  }

  /**
   * Shows the first picture in the same task, so that no frame is blank.
   * @param {View} view
   * @param {Changes} changes
   */
  #appear(view, changes) {
    this.root.append(view.node);
    this.surround();
    for (const pane of view.panes) this.measured(pane);
    // What it arrived with, if it may have a twin: what the reader changes before the link is there counts.
    const arrived = this.backend.fieldNames().includes("for") && this.backend.spec();
    this.#apply(changes);
    this.flush(true);
    view.settle();
    if (arrived) void import("./link.js").then(({ Link }) => void (this.ended || new Link(this, arrived)));
  }

  /** Registers a clean-up for when the figure leaves the page. @param {() => void} stop */
  atEnd(stop) {
    this.#stops.push(stop);
  }

  /**
   * Passes an input to the backend, records what it changed, and returns whether it was used. An input that has to wait for
   * an earlier formula counts as used.
   * @param {(backend: Figure) => Changes} input
   */
  ask(input) {
    const used = this.#inOrder(() => this.#answer(() => this.tell(input)));
    return used instanceof Promise || used;
  }

  /**
   * Acts once what answers the reader is there, or says that it could not be loaded.
   * @template T
   * @param {() => T} act
   */
  #answer(act) {
    const answer = () => {
      if (this.#unanswered) this.#complain("");
      return act();
    };
    return answering()?.then(answer, (error) => this.#complain(unanswered(error))) ?? answer();
  }

  /** @param {string} text */
  #complain(text) {
    this.#unanswered = text !== "";
    this.view?.problem("input", text);
  }

  /** Fetches what answers the reader; a failure is said when the reader does something. */
  prepare() {
    return answering()?.catch(() => {});
  }

  /** @param {string} action */
  act(action) {
    this.ask((backend) => backend.act(action));
  }

  /** @param {number} n */
  step(n) {
    this.ask((backend) => backend.step(n));
  }

  /** @param {number} k */
  seek(k) {
    this.ask((backend) => backend.seek(k));
  }

  /** @param {number} x @param {number} [y] */
  drop(x, y) {
    this.ask((backend) => backend.drop(x, y));
  }

  /** All panes as one picture. */
  async picture() {
    const { picture } = await import("./share.js");
    // The figure may have left the page during the fetch.
    if (this.ended) throw new Error("The figure is not in a page.");
    return picture(this);
  }

  /**
   * Like `ask`, but immediate: for time, sizes and theme, which are not the reader's input.
   * @param {(backend: Figure) => Changes} input
   */
  tell(input) {
    return !this.ended && this.#apply(input(this.backend));
  }

  /**
   * Acts at once, or after a formula that is still being read and everything queued behind it.
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
   * Runs an action; while the promise it returns is pending, later inputs are queued.
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
   * Records what changed and returns whether the input was used.
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
   * Enters a text from one of the figure's controls.
   * @param {string} field
   * @param {string} text
   */
  enter(field, text) {
    this.#give(field, text, () => {
      this.#source = field;
      this.tell((backend) => backend.enter(field, text));
      this.#source = "";
      // The field shows the value in force, even if that is still the previous one.
      this.#dirty.controls = true;
    });
  }

  /**
   * Sets a field from text; a loss is set once its formula has been read.
   * @param {string} field
   * @param {string} text
   * @param {() => void} act
   */
  #give(field, text, act) {
    this.#inOrder(() => this.#answer(() => knowing(this.wasm, field === "loss" ? [text] : [], act)));
  }

  /** @param {number} seconds */
  frame(seconds) {
    // Nothing runs before there is something to see.
    if (!this.view?.node.isConnected) return false;
    if (this.#running && this.visible) this.tell((backend) => backend.tick(seconds));
    if (this.ended) return false;
    const unwritten = this.#show();
    // In its own task, so that the frame is shown and input is handled first.
    if (this.#working && this.visible) setTimeout(() => this.#work());
    return (this.#running || this.#working || unwritten) && this.visible;
  }

  /**
   * Shows what changed. Text is written less often than canvases are painted, since each time costs a layout: while there
   * is work in every other frame, because input needs time too. The frame after the last change writes it in any case.
   * Returns whether text is left for the next frame.
   */
  #show() {
    const both = this.visible && this.painter.stale && this.#unwritten;
    const paintsOnly = both && (this.#working ? this.#wrote : performance.now() - this.#wroteAt < TEXT_MS);
    if (paintsOnly) this.#paint();
    else this.flush();
    return paintsOnly;
  }

  #work() {
    // Small at first every time: what was fast for one formula freezes the page with the next.
    let steps = WORK_STEPS;
    let now = performance.now();
    const until = now + WORK_MS;
    while (!this.ended && this.#working && now < until) {
      const began = now;
      this.tell((backend) => backend.work(steps));
      now = performance.now();
      if (now - began < LOOK_MS) steps *= 2;
      else if (now - began > 4 * LOOK_MS) steps = Math.max(WORK_STEPS, steps / 2);
    }
  }

  /**
   * Writes and paints what changed. Canvases are painted only while on screen, or on request.
   * @param {boolean} [everything]
   */
  flush(everything = this.visible) {
    if (this.ended || !this.view) return;
    // Painting comes first: setting a canvas font forces a style computation for everything changed before it.
    if (everything) this.#paint();
    this.#write();
  }

  /** Paints at once. Text waits for the next frame: it may change the size of what an observer is just reporting. */
  repaint() {
    if (!this.ended && this.view) this.#paint();
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
    if (dirty.readouts) {
      view?.read(backend.readouts());
      view?.describe(backend.description());
    }
    dirty.readouts = false;
    this.#wrote = true;
    this.#wroteAt = performance.now();
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
   * Off screen nothing is painted and nothing runs; back on screen the figure resumes where it was.
   * @param {boolean} visible
   */
  show(visible) {
    this.visible = visible;
    if (visible) want(this);
  }

  /**
   * Sets a parameter from outside, as its attribute would; null restores the default.
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
   * A parameter's default value; undefined if there is no such parameter.
   * @param {string} field
   */
  #usual(field) {
    const plain = new this.wasm.Figure(this.view?.figure ?? "", "en", ".", ",");
    const value = plain.value(field);
    plain.free();
    return value;
  }

  /** Applies theme and preferences, at the start and whenever they change. */
  surround() {
    this.painter.applyTheme();
    this.backend.setReducedMotion(reducedMotion());
    want(this);
  }

  /** Frees the WebAssembly memory and returns the query from which the figure can resume. */
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
