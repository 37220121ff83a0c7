/** The editable program: the reader's draft and its current run. */

import { say } from "../words.js";
import { ProgramRun } from "./program_run.js";

/** @import {Cell} from "./cell.js" */
/** @import {View} from "./view.js" */

/**
 * Readers' drafts by cell and program, kept for cells that return to the page.
 * @type {WeakMap<HTMLElement, Map<string, string>>}
 */
const drafts = new WeakMap();

export class Editor {
  /** @type {Map<string, string>} */
  #drafts;
  /** @type {string | null} */
  #check = null;
  /** @type {ProgramRun | undefined} */
  #run;
  /** The program currently shown. @type {import("./program_view.js").ProgramView | undefined} */
  shown;

  /** @param {Cell} cell */
  constructor(cell) {
    this.cell = cell;
    this.#drafts = drafts.get(cell.host) ?? new Map();
    drafts.set(cell.host, this.#drafts);
  }

  /**
   * Shows the given program, with the reader's draft if there is one.
   * @param {import("./programs.js").Programs} shown
   * @param {View} view
   */
  lay(shown, view) {
    const { program: name, language } = this.cell.spec;
    const program = (this.shown = view.show(shown));
    this.#check = shown.check;
    this.#run = new ProgramRun(program, (words) => view.say(words), (right) => this.cell.answer(right));
    const { listing } = program.python;
    const draft = this.#drafts.get(name);
    if (draft !== undefined) listing.source = draft;
    listing.area?.addEventListener("input", () => {
      this.#drafts.set(name, listing.source);
      program.relight();
    });
    program.tabs.open(language);
  }

  run() {
    if (!this.cell.ended) this.#run?.run(this.#check, `${this.cell.spec.program}.py`);
  }

  stop() {
    this.#run?.stop();
  }

  /** Restores the original listing and output. */
  original() {
    this.stop();
    this.#drafts.delete(this.cell.spec.program);
    this.#run?.forget();
    this.shown?.original();
    this.cell.view?.say(say("code-is-original"));
  }

  /** The program, its output and the variables it left. */
  data() {
    const { listing, output } = this.shown?.python ?? {};
    const { text = "", error = null } = output ?? {};
    return { program: listing?.source ?? "", output: text, error, variables: this.#run?.variables ?? {} };
  }

  clear() {
    this.stop();
    this.shown = undefined;
  }
}
