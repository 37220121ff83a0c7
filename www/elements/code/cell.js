/** `<gd-code>`: a formula and programs that implement it. The plain Python version can be edited and run here. */

import { ownSheet, sheetFor, style } from "../loader.js";
import { palette } from "../palette.js";
import { once } from "../once.js";
import { textOf } from "../properties.js";
import { themeRules } from "../theme.js";
import { Editor } from "./editor.js";
import { program } from "./programs.js";
import { Spec } from "./spec.js";
import { state } from "./state.js";
import { View } from "./view.js";

/** @import {Boundary} from "../../boundary.js" */
/** @import {Arrived} from "../lifecycle.js" */

/** @returns {Promise<Arrived>} */
export async function arrive() {
  const [css, own, colours] = await Promise.all([style("figure.css"), style("code/code.css"), palette()]);
  return { css, live: (host, root) => new Cell(host, root, colours, own) };
}

/** A live code cell. */
export class Cell {
  spec = new Spec();
  /** Whether the cell has left the page, so that pending results must be dropped. */
  ended = false;
  /** @type {View | undefined} */
  view;

  /**
   * @param {HTMLElement} host
   * @param {ShadowRoot} root
   * @param {Pick<Boundary, "palette">} colours
   * @param {string} css
   */
  constructor(host, root, colours, css) {
    this.host = host;
    this.root = root;
    this.colours = colours;
    this.theme = ownSheet(host);
    this.own = sheetFor(host, css);
    this.editor = new Editor(this);
    this.backend = state(this);
  }

  /** @param {[string, string][]} entries */
  async start(entries) {
    this.root.adoptedStyleSheets.push(this.own, this.theme);
    this.surround();
    /** @type {[name: string, message: string][]} */
    const again = [];
    for (const [name, text] of once(entries, (...one) => again.push(one))) this.#take(name, text);
    for (const [parameter, message] of again) {
      this.spec.problems.set(parameter, message);
      this.#send("gd-error", { parameter, message });
    }
    await this.#show();
    this.#send("gd-ready");
    if (this.spec.autoplay === "on") this.editor.run();
  }

  /** Shows the program selected by the spec. */
  async #show() {
    const wanted = this.spec.program;
    const shown = await program(wanted);
    if (this.ended || wanted !== this.spec.program) return;
    this.editor.stop();
    const view = (this.view ??= new View(this));
    if (!view.node.isConnected) this.root.append(view.node);
    this.editor.lay(shown, view);
    this.#say();
  }

  /** @param {string} name */
  choose(name) {
    this.#take("program", name);
    void this.#show().then(() => this.#changed());
  }

  /** @param {string} language */
  turn(language) {
    if (language === this.spec.language) return;
    this.#take("language", language);
    this.editor.shown?.tabs.open(language);
    this.#changed();
  }

  /** @param {"link" | "embed"} action */
  async share(action) {
    const { share } = await import("./share.js");
    if (!this.ended) await share(action, this);
  }

  snapshot() {
    return { figure: "code", spec: this.spec.values(), k: 0, regime: null, runs: [], data: this.editor.data() };
  }

  /**
   * Sets a parameter from outside; null restores the default.
   * @param {string} field
   * @param {unknown} value
   */
  set(field, value) {
    const before = this.spec.query();
    const { program } = this.spec;
    this.#take(field, value === null ? null : textOf(value));
    this.#say();
    if (this.spec.query() === before) return;
    if (this.spec.program !== program) void this.#show();
    this.editor.shown?.tabs.open(this.spec.language);
    this.#changed();
  }

  /**
   * @param {string} name
   * @param {string | null} got
   */
  #take(name, got) {
    const message = this.spec.take(name, got);
    if (message) this.#send("gd-error", { parameter: name, message });
  }

  #say() {
    this.view?.complain([...this.spec.problems.values()].join(" "));
  }

  #changed() {
    this.#say();
    this.#send("gd-change", this.spec.values());
  }

  /** Tells the page that the program’s challenge was tried. @param {boolean} correct */
  answer(correct) {
    this.#send("gd-answer", { question: this.spec.program, correct });
  }

  /**
   * @param {string} name
   * @param {object} [detail]
   */
  #send(name, detail) {
    if (this.ended) return;
    this.host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  surround() {
    this.theme.replaceSync(themeRules(this.host, this.colours));
  }

  /** @param {string} action */
  act(action) {
    if (action === "play") this.editor.run();
    else if (action === "pause") this.editor.stop();
    else if (action === "reset") this.editor.original();
  }

  end() {
    this.ended = true;
    this.editor.clear();
    this.view?.remove();
    this.view = undefined;
    return this.spec.query();
  }
}
