/** The reader's own run: its output, its variables, and the verdict of the challenge. */

import { beside, hasPython } from "../files.js";
import { say } from "../words.js";
import { Runner } from "./runner.js";
import { verdict } from "./verdict.js";

export class ProgramRun {
  /** The variables that the run left, by name. @type {object} */
  variables = {};
  #verdict = "";

  /**
   * @param {import("./program_view.js").ProgramView} program
   * @param {(words: string) => void} say for who does not see it
   * @param {(right: boolean) => void} answer what the verdict of a run is
   */
  constructor(program, say, answer) {
    this.program = program;
    this.say = say;
    this.answer = answer;
    this.runner = new Runner((told) => this.#hear(told));
    this.program.busy(false);
  }

  /**
   * @param {string | null} check
   * @param {string} name what a traceback calls the program
   */
  run(check, name) {
    if (this.runner.running) return;
    const { listing, output } = this.program.python;
    this.forget();
    if (!hasPython()) {
      output.reset();
      return this.#ended(say("code-absent"));
    }
    output.clear(say("code-own"));
    if (!Runner.possible) return this.#ended(say("code-foreign", { site: beside("").origin }));
    this.program.busy(true);
    output.tell(say("code-loading"));
    this.runner.run(listing.source, check, name);
  }

  stop() {
    this.runner.stop();
  }

  /** Clears the results of an earlier run. */
  forget() {
    this.variables = {};
    this.#judge("");
    this.program.python.listing.mark(0);
  }

  /** @param {import("./runner.js").Told} told */
  #hear(told) {
    const { listing, output } = this.program.python;
    switch (told.kind) {
      case "started":
        return output.note.replaceChildren();
      case "output":
        return output.print(told.text);
      case "cut":
        return output.tell(say("code-cut"));
      case "done":
        this.variables = told.variables;
        this.#judge(told.verdict);
        return this.#ended(output.text ? say("code-done") : say("code-silent"));
      case "error":
        this.variables = told.variables;
        output.fail(told.traceback);
        listing.mark(told.line);
        return this.#ended(say("code-raised", { line: told.line, what: told.traceback.split("\n").at(-1) ?? "" }));
      case "failed":
        return this.#ended(say("code-failed", { why: told.why }));
      case "late":
        output.error = say("code-late");
        return this.#ended(say("code-late"));
      case "stopped":
        return this.#ended(say("code-stopped"));
    }
  }

  /** @param {string} words */
  #ended(words) {
    const { output } = this.program.python;
    this.program.busy(false);
    if (output.note.textContent === say("code-loading")) output.note.replaceChildren();
    output.tell(words);
    this.say([words, this.#verdict].filter(Boolean).join(" "));
  }

  /** Shows the verdict of the check. @param {string} told */
  #judge(told) {
    const judged = verdict(told);
    this.#verdict = judged?.text ?? "";
    const { verdict: line } = this.program;
    line.hidden = !judged;
    line.textContent = this.#verdict;
    line.dataset.verdict = judged?.kind ?? "";
    if (judged) this.answer(judged.kind === "found");
  }
}
