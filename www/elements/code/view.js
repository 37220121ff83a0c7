/** The view of a code cell: a program, a menu of programs, error messages, and sharing. */

import { el, put, write } from "../dom.js";
import { say } from "../words.js";
import { names } from "./programs.js";
import { button, ProgramView } from "./program_view.js";

/** @import {Cell} from "./cell.js" */

export class View {
  /** The program currently shown. @type {ProgramView | undefined} */
  shown;

  /** @param {Cell} cell */
  constructor(cell) {
    this.cell = cell;
    this.error = el("p", { part: "error", class: "error", role: "alert", hidden: true });
    this.live = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
    this.share = el("div", { class: "shared", hidden: true });
    this.menu = el("select", { id: "program" });
    for (const name of names) this.menu.append(el("option", { value: name }, say(title(name))));
    this.menu.addEventListener("change", () => cell.choose(this.menu.value));
    const settings = { class: "group", "data-names": "program settings", part: "controls" };
    const links = [button("link", "", () => cell.share("link")), button("embed", "", () => cell.share("embed"))];
    this.links = el("div", { class: "group", "data-names": "share", part: "controls" }, ...links);
    this.node = el(
      "div",
      { class: "body", role: "group" },
      this.error,
      el("div", settings, el("label", { for: "program" }, say("code-program")), this.menu),
      this.links,
      this.share,
      this.live,
    );
  }

  /** @param {import("./programs.js").Programs} program */
  show(program) {
    this.shown?.node.remove();
    this.shown = new ProgramView(program, this.cell);
    this.links.before(this.shown.node);
    this.menu.value = program.name;
    put(this.node, "aria-label", this.name);
    this.hide();
    return this.shown;
  }

  /** The cell's accessible name. */
  get name() {
    return say("code-name", { program: say(title(this.cell.spec.program)) });
  }

  /** @param {string} problems */
  complain(problems) {
    write(this.error, problems);
    this.error.hidden = !problems;
  }

  /** Announces words to screen readers. @param {string} words */
  say(words) {
    write(this.live, words);
  }

  /** Hides the parts listed in the `hide` attribute. */
  hide() {
    const hidden = new Set(this.cell.spec.hide.split(/[\s,]+/));
    for (const node of /** @type {NodeListOf<HTMLElement>} */ (this.node.querySelectorAll("[data-names]")))
      node.hidden = (node.dataset.names ?? "").split(" ").some((name) => hidden.has(name));
  }

  remove() {
    this.node.remove();
  }
}

/** @param {string} name */
const title = (name) => /** @type {"code-descent"} */ (`code-${name}`);
