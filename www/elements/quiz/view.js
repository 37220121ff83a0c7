/** The view of a question: choices as radio buttons or checkboxes, or a number field; then the reason. */

import { el, write } from "../dom.js";
import { answers } from "../formulas.js";
import { locale } from "../locale.js";
import { say } from "../words.js";
import { plain } from "./markup.js";
import { copies, explain, fill, text } from "./reason.js";
import { correct, verdict } from "./verdict.js";

/** @import {Answer, Question} from "./markup.js" */
/** @import {Quiz} from "./quiz.js" */

export class View {
  /** Whether the current answer has been judged. */
  #judged = false;
  /** @type {{ input: HTMLInputElement, reason: HTMLElement, answer: Answer }[]} */
  #choices = [];

  /**
   * @param {Question} asked
   * @param {Quiz} quiz
   */
  constructor(asked, quiz) {
    this.asked = asked;
    this.quiz = quiz;
    const question = el("div", { id: "question", part: "question" }, ...copies(asked.question));
    this.field = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", part: "controls" });
    this.button = el("button", { type: "button", class: "button primary" }, say("quiz-check"));
    this.reveal = el("button", { type: "button", class: "button", hidden: true }, say("quiz-reveal"));
    this.note = el("span", { class: "note", part: "outcome" }, asked.several ? say("quiz-several") : "");
    this.closing = el("div", { class: "reason", part: "reason", hidden: true });
    this.live = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
    const field = el("label", {}, say("quiz-number"), this.field);
    const row = el("div", { class: "row", part: "controls" }, ...(asked.numeric ? [field] : []), this.button, this.reveal, this.note);
    // No form: a sandboxed frame may not submit one, and does not even say that the reader wanted to.
    const form = el("div", {}, ...(asked.numeric ? [] : [this.#list()]), row, this.closing);
    this.node = el("div", { class: "body", role: "group", "aria-labelledby": "question" }, question, form, this.live);
    const turn = () => {
      if (this.#judged) this.again(true);
      else void this.#check();
    };
    this.button.addEventListener("click", turn);
    form.addEventListener("keydown", ({ key, isComposing, target }) => key === "Enter" && !isComposing && target instanceof HTMLInputElement && turn());
    // What reads the answer arrives while it is typed.
    this.field.addEventListener("focus", () => void answers("0", ".", ",").catch(() => {}), { once: true });
    // Choosing something else starts a new attempt.
    form.addEventListener("input", () => this.#judged && this.again(false));
    this.reveal.addEventListener("click", () => this.#show());
  }

  #list() {
    const type = this.asked.several ? "checkbox" : "radio";
    const rows = this.asked.answers.map((answer, index) => {
      const input = el("input", { type, name: "choice", id: `choice-${index}`, "aria-describedby": `reason-${index}` });
      const reason = el("div", { id: `reason-${index}`, class: "reason", part: "reason", hidden: true });
      this.#choices.push({ input, reason, answer });
      return el("li", {}, el("label", {}, input, el("span", {}, ...copies(answer.choice))), reason);
    });
    return el("ul", { class: "choices", part: "controls" }, ...rows);
  }

  async #check() {
    const { asked } = this;
    if (asked.numeric) {
      const got = this.field.value.trim();
      if (!got) return this.#ask("quiz-type");
      const [, decimal, group] = locale(this.quiz.host);
      // Where that may not run, the author's notation is left.
      const [number, other] = await answers(got, decimal, group).catch(() => [plain(got)].filter((value) => !Number.isNaN(value)));
      // Meanwhile the reader may have gone on.
      if (this.#judged || this.quiz.view !== this || this.field.value.trim() !== got) return;
      if (number === undefined) return this.#ask("quiz-not-a-number", { got: got.slice(0, 40) });
      if (other !== undefined) {
        const [one = "", two = ""] = [number, other].map((value) => String(value).replace(".", decimal));
        return this.#ask("quiz-two-readings", { got: got.slice(0, 40), one, other: two });
      }
      return this.#judge(number, correct(asked, number));
    }
    const chosen = this.#choices.filter(({ input }) => input.checked);
    if (!chosen.length) return this.#ask("quiz-choose");
    const given = chosen.map(({ answer }) => text(answer.choice));
    this.#judge(given, correct(asked, chosen.map(({ answer }) => answer)));
  }

  /**
   * @param {"quiz-type" | "quiz-choose" | "quiz-not-a-number" | "quiz-two-readings"} key
   * @param {Record<string, string>} [values]
   */
  #ask(key, values = {}) {
    this.#say("", say(key, values));
    (this.asked.numeric ? this.field : this.#choices[0]?.input)?.focus();
  }

  /**
   * @param {string[] | number} given
   * @param {boolean} right
   */
  #judge(given, right) {
    this.#judged = true;
    const chosen = this.#choices.filter(({ input }) => input.checked).map(({ answer }) => answer);
    const { key, reason } = verdict(this.asked, typeof given === "number" ? given : chosen, right);
    for (const one of this.#choices) if (one.input.checked) explain(one.reason, one.answer);
    const said = [...reason, ...(right ? this.asked.closing : [])];
    fill(this.closing, this.asked.numeric ? said : right ? this.asked.closing : [], right);
    this.reveal.hidden = right || this.#hidden;
    write(this.button, say("quiz-again"));
    const reasons = this.asked.numeric ? text(said) : text([...chosen.flatMap((answer) => answer.reason), ...said]);
    this.#say(right ? "right" : "wrong", say(key), reasons);
    this.quiz.answer({ given, correct: right });
  }

  /** Reveals the answer. */
  #show() {
    for (const { input, reason, answer } of this.#choices) {
      input.checked = answer.right;
      if (answer.right) explain(reason, answer);
      else reason.hidden = true;
    }
    const right = this.asked.answers.filter((answer) => answer.right);
    const answer = this.asked.numeric ? right.flatMap((one) => one.reason) : [];
    fill(this.closing, [...answer, ...this.asked.closing], true);
    this.button.focus();
    this.reveal.hidden = true;
    this.#say("", say("quiz-answer"), text([...right.flatMap((one) => [...one.choice, ...one.reason]), ...this.asked.closing]));
  }

  /** @param {boolean} empty whether what was answered goes too */
  again(empty) {
    this.#judged = false;
    for (const { input, reason } of this.#choices) {
      if (empty) input.checked = false;
      reason.hidden = true;
    }
    if (empty) this.field.value = "";
    this.closing.hidden = this.reveal.hidden = true;
    write(this.button, say("quiz-check"));
    this.#say("", this.asked.several ? say("quiz-several") : "");
  }

  /**
   * @param {string} state
   * @param {string} words
   * @param {string} [reasons] for screen readers, which do not show where they stand
   */
  #say(state, words, reasons = "") {
    this.node.dataset.state = state;
    write(this.note, words);
    write(this.live, `${words} ${reasons}`.trim());
  }

  #hidden = false;

  /** Hides the parts listed in the `hide` attribute. */
  hide() {
    this.#hidden = (this.quiz.host.getAttribute("hide") ?? "").split(/[\s,]+/).includes("answer");
    if (this.#hidden) this.reveal.hidden = true;
  }

  remove() {
    this.node.remove();
  }
}
