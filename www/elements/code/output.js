/** A program's output: either recorded from its interpreter, or streamed from the reader's own run. */

import { el, write } from "../dom.js";
import { say } from "../words.js";

export class Output {
  /** The run's output alone, without the cell's messages. */
  text = "";
  /** The traceback, if the run failed. @type {string | null} */
  error = null;

  /** @param {import("./programs.js").Program} program */
  constructor(program) {
    this.title = el("p", { class: "label", id: `output-${program.language}` });
    this.printed = el("samp");
    this.traceback = el("samp", { class: "traceback" });
    this.note = el("p", { class: "note" });
    const printed = el("pre", { tabindex: 0, role: "group", "aria-labelledby": this.title.id }, this.printed, this.traceback);
    this.node = el("div", { class: "output", part: "readouts", "data-names": "output readouts" }, this.title, printed, this.note);
    this.recorded = program.output;
    this.interpreter = program.title;
    this.reset();
  }

  /** Restores the output recorded when the listing was written. */
  reset() {
    this.clear(say("code-recorded", { interpreter: this.interpreter }));
    this.print(this.recorded);
  }

  /** @param {string} title */
  clear(title) {
    write(this.title, title);
    this.text = "";
    this.error = null;
    for (const node of [this.printed, this.traceback, this.note]) write(node, "");
  }

  /** @param {string} text */
  print(text) {
    this.text += text;
    this.printed.append(text);
  }

  /** @param {string} traceback */
  fail(traceback) {
    this.error = traceback;
    write(this.traceback, traceback);
  }

  /** Shows a message about the run. @param {string} words */
  tell(words) {
    write(this.note, [this.note.textContent, words].filter(Boolean).join(" "));
  }
}
