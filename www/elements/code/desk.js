/** What lies before the reader: one program, what was written into it, and its run. */

import { say } from "../words.js";
import { Trial } from "./trial.js";

/** @import {Cell} from "./cell.js" */
/** @import {View} from "./view.js" */

/** What readers wrote, by cell and program, for cells that come back after they were taken out of the page. @type {WeakMap<HTMLElement, Map<string, string>>} */
const drafts = new WeakMap();

export class Desk {
  /** @type {Map<string, string>} */
  #drafts;
  /** @type {string | null} */
  #check = null;
  /** @type {Trial | undefined} */
  #trial;
  /** The program that is shown. @type {import("./sheet.js").Sheet | undefined} */
  sheet;

  /** @param {Cell} cell */
  constructor(cell) {
    this.cell = cell;
    this.#drafts = drafts.get(cell.host) ?? new Map();
    drafts.set(cell.host, this.#drafts);
  }

  /**
   * Shows the program of the spec as the reader left it.
   * @param {import("./programs.js").Programs} shown
   * @param {View} view
   */
  lay(shown, view) {
    const { program, language } = this.cell.spec;
    const sheet = (this.sheet = view.show(shown));
    this.#check = shown.check;
    this.#trial = new Trial(sheet, (words) => view.say(words));
    const { listing } = sheet.python;
    const draft = this.#drafts.get(program);
    if (draft !== undefined) listing.source = draft;
    listing.area?.addEventListener("input", () => {
      this.#drafts.set(program, listing.source);
      sheet.relight();
    });
    sheet.tabs.open(language);
  }

  run() {
    if (!this.cell.ended) this.#trial?.run(this.#check, `${this.cell.spec.program}.py`);
  }

  stop() {
    this.#trial?.stop();
  }

  /** The listing and its output as they were. */
  original() {
    this.stop();
    this.#drafts.delete(this.cell.spec.program);
    this.#trial?.forget();
    this.sheet?.original();
    this.cell.view?.say(say("code-is-original"));
  }

  /** The program with what it printed and left behind. */
  data() {
    const { listing, output } = this.sheet?.python ?? {};
    const { text = "", error = null } = output ?? {};
    return { program: listing?.source ?? "", output: text, error, variables: this.#trial?.variables ?? {} };
  }

  clear() {
    this.stop();
    this.sheet = undefined;
  }
}
