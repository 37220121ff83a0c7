/** What a cell shows: the formula, a tab for each language with its listing, and what they print. */

import { el, put, write } from "../dom.js";
import { say } from "../words.js";
import { formula, meaning } from "./formula.js";
import { Listing } from "./listing.js";
import { Output } from "./output.js";
import { names } from "./programs.js";
import { tabs } from "./tabs.js";

/** @import {Cell} from "./cell.js" */

export class View {
  /** What is pointed at, by the way of pointing. */
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
    this.run = this.#button("run", "primary", () => cell.run());
    this.stop = this.#button("stop", "", () => cell.stop());
    this.original = this.#button("reset", "", () => cell.original());
    this.tabs = tabs(
      this.sides.map(({ language, title, listing, output }) => ({ name: language, title, inside: this.#panel(language, title, listing, output) })),
      (language) => cell.turn(language),
    );
    this.error = el("p", { part: "error", class: "error", role: "alert", hidden: true });
    this.live = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
    this.share = el("div", { class: "shared", hidden: true });
    this.node = el(
      "div",
      { class: "body", role: "group", "aria-label": say("code-name", { program: say(title(shown.name)) }) },
      this.error,
      this.#menu(shown.name),
      this.formula.node,
      this.meaning,
      this.tabs.node,
      el("div", { class: "group", "data-names": "share", part: "controls" }, this.#button("link", "", () => cell.share("link")), this.#button("embed", "", () => cell.share("embed"))),
      this.share,
      this.live,
    );
    this.python.listing.area?.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) cell.run();
    });
    this.#light();
  }

  /** @param {string} chosen */
  #menu(chosen) {
    const select = el("select", { id: "program" });
    for (const name of names) select.append(el("option", { value: name, selected: name === chosen }, say(title(name))));
    select.addEventListener("change", () => this.cell.choose(select.value));
    return el("div", { class: "group settings-row", "data-names": "program settings", part: "controls" }, el("label", { for: "program" }, say("code-program")), select);
  }

  /**
   * @param {"run" | "stop" | "reset" | "link" | "embed"} id
   * @param {string} kind
   * @param {() => void} press
   */
  #button(id, kind, press) {
    const button = el("button", { type: "button", class: `button ${kind}`, "data-names": id }, say(`code-${id}`));
    button.addEventListener("click", () => button.ariaDisabled !== "true" && press());
    return button;
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
      this.keys = el("p", { class: "hint", id: "keys" }, say("code-keys"));
      this.verdict = el("p", { class: "verdict", part: "outcome", hidden: true });
      code.append(this.keys);
      result.append(el("div", { class: "group runs", "data-names": "transport", part: "controls" }, this.run, this.stop, this.original), output.node, this.verdict);
    } else result.append(output.node, el("p", { class: "hint" }, say("code-elsewhere", { language: name })));
    return el("div", { class: "sides" }, code, result);
  }

  /**
   * @param {string} parts
   * @param {"hover" | "focus" | "pin"} how
   */
  #point(parts, how) {
    this.#pointed[how] = how === "pin" && this.#pointed.pin === parts ? "" : parts;
    this.#light();
  }

  #light() {
    const { hover, focus, pin } = this.#pointed;
    const lit = (hover || focus || pin).split(" ").filter(Boolean);
    this.formula.light(lit, pin);
    for (const { listing } of this.sides) listing.light(lit);
    write(this.meaning, lit.length ? meaning(lit) : say("code-point"));
    this.meaning.classList.toggle("idle", !lit.length);
  }

  /** After a listing was drawn anew. */
  relight() {
    this.#light();
  }

  /** @param {boolean} busy */
  busy(busy) {
    put(this.run, "aria-busy", busy ? "true" : null);
    put(this.python.output.node, "aria-busy", busy ? "true" : null);
    put(this.stop, "aria-disabled", busy ? null : "true");
    put(this.run, "aria-disabled", busy ? "true" : null);
  }

  /** Hides what the `hide` attribute lists by name. */
  hide() {
    const hidden = new Set((this.cell.host.getAttribute("hide") ?? "").split(/[\s,]+/));
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (this.node.querySelectorAll("[data-names]")))
      node.hidden = (node.dataset.names ?? "").split(" ").some((name) => hidden.has(name));
  }

  remove() {
    this.node.remove();
  }
}

/** @param {string} name */
export const title = (name) => /** @type {"code-descent"} */ (`code-${name}`);
