/** One program: its formula, one tab per language with its listing, and the outputs. */

import { el, put, write } from "../dom.js";
import { say } from "../words.js";
import { formula, meaning } from "./formula.js";
import { Listing } from "./listing.js";
import { Output } from "./output.js";
import { tabs } from "./tabs.js";

/** @import {Cell} from "./cell.js" */

export class ProgramView {
  /** The parts pointed at, by kind of pointing. */
  #pointed = { hover: "", focus: "", pin: "" };

  /**
   * @param {import("./programs.js").Programs} shown
   * @param {Cell} cell
   */
  constructor(shown, cell) {
    this.cell = cell;
    const point = (/** @type {string} */ parts, /** @type {"hover" | "focus" | "pin"} */ how) => this.#point(parts, how);
    this.formula = formula(shown.formula, point);
    this.meaning = el("p", { class: "meaning", "aria-live": "polite" });
    this.sides = shown.listings.map((program) => ({
      language: program.language,
      title: program.title,
      listing: new Listing(program, say("code-listing", { language: program.title }), ({ parts, how }) => point(parts, how)),
      output: new Output(program),
    }));
    this.python = /** @type {NonNullable<typeof this.sides[number]>} */ (this.sides[0]);
    this.verdict = el("p", { class: "verdict", part: "outcome", hidden: true });
    this.run = button("run", "primary", () => cell.editor.run());
    this.stop = button("stop", "", () => cell.editor.stop());
    this.back = button("reset", "", () => cell.editor.original());
    this.tabs = tabs(
      this.sides.map(({ language, title, listing, output }) => ({ name: language, title, inside: this.#panel(language, title, listing, output) })),
      (language) => cell.turn(language),
    );
    this.node = el("div", { class: "sheet" }, this.formula.node, this.meaning, this.tabs.node);
    this.python.listing.area?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) cell.editor.run();
    });
    this.#highlight();
  }

  /**
   * @param {string} language
   * @param {string} name
   * @param {Listing} listing
   * @param {Output} output
   */
  #panel(language, name, listing, output) {
    const code = el("div", { class: "side" }, listing.node);
    const result = el("div", { class: "side" });
    if (language === "python") {
      code.append(el("p", { class: "hint", id: "keys" }, say("code-keys")));
      result.append(el("div", { class: "group runs", "data-names": "transport", part: "controls" }, this.run, this.stop, this.back), output.node, this.verdict);
    } else result.append(output.node, el("p", { class: "hint" }, say("code-elsewhere", { language: name })));
    return el("div", { class: "sides" }, code, result);
  }

  /**
   * @param {string} parts
   * @param {"hover" | "focus" | "pin"} how
   */
  #point(parts, how) {
    this.#pointed[how] = how === "pin" && this.#pointed.pin === parts ? "" : parts;
    this.#highlight();
  }

  #highlight() {
    const { hover, focus, pin } = this.#pointed;
    const lit = (hover || focus || pin).split(" ").filter(Boolean);
    this.formula.highlight(lit, pin);
    for (const { listing } of this.sides) listing.highlight(lit);
    write(this.meaning, lit.length ? meaning(lit) : say("code-point"));
    this.meaning.classList.toggle("idle", !lit.length);
  }

  /** Restores the original listing and output. */
  original() {
    this.python.listing.reset();
    this.python.output.reset();
    this.#highlight();
  }

  /** Reapplies the highlights after a listing was redrawn. */
  relight() {
    this.#highlight();
  }

  /** @param {boolean} busy */
  busy(busy) {
    put(this.run, "aria-busy", busy ? "true" : null);
    put(this.python.output.node, "aria-busy", busy ? "true" : null);
    put(this.stop, "aria-disabled", busy ? null : "true");
    put(this.run, "aria-disabled", busy ? "true" : null);
  }
}

/**
 * @param {"run" | "stop" | "reset" | "link" | "embed"} id
 * @param {string} kind
 * @param {() => void} press
 */
export function button(id, kind, press) {
  const node = el("button", { type: "button", class: `button ${kind}`, "data-names": id }, say(`code-${id}`));
  node.addEventListener("click", () => node.ariaDisabled !== "true" && press());
  return node;
}
