/** `<gd-quiz>`: a question that checks the reader's answer. Its only arithmetic is comparing numbers. */

import { query } from "../address.js";
import { ownSheet, style } from "../loader.js";
import { once } from "../once.js";
import { textOf } from "../properties.js";
import { palette } from "../palette.js";
import { themeRules } from "../theme.js";
import { say } from "../words.js";
import { asked } from "./lesson.js";
import { Malformed, read } from "./markup.js";
import { Problems } from "./problems.js";
import { View } from "./view.js";

/** @import {Boundary} from "../../boundary.js" */
/** @import {Arrived, State} from "../lifecycle.js" */
/** @typedef {{ given: string[] | number, correct: boolean }} Given */

const fields = ["question", "theme", "lang", "hide"];

/** @returns {Promise<Arrived>} */
export async function arrive() {
  const [css, colours] = await Promise.all([style("quiz/quiz.css"), palette()]);
  return { css, live: (host, root) => new Quiz(host, root, colours) };
}

/** A live question. */
export class Quiz {
  /** @type {Given[]} */
  answers = [];
  /** @type {Record<string, string>} */
  #spec = { question: "", theme: "auto", lang: "", hide: "" };
  #ended = false;

  /**
   * @param {HTMLElement} host
   * @param {ShadowRoot} root
   * @param {Pick<Boundary, "palette">} colours
   */
  constructor(host, root, colours) {
    this.host = host;
    this.root = root;
    this.colours = colours;
    this.problems = new Problems(host, root);
    this.theme = ownSheet(host);
    root.adoptedStyleSheets.push(this.theme);
    /** @type {State} */
    this.backend = {
      fieldNames: () => fields,
      spec: () => ({ ...this.#spec, question: this.name }),
      value: (field) => this.backend.spec()[field],
      query: () => query(Object.entries(this.#spec).filter(([, value]) => value && value !== "auto")),
      snapshot: () => this.snapshot(),
    };
  }

  /** The question's name: that of the lesson, else the id given by its author. */
  get name() {
    return this.#spec.question || this.host.id;
  }

  /** @param {[string, string][]} entries */
  async start(entries) {
    this.surround();
    /** @type {[name: string, message: string][]} */
    const again = [];
    const first = once(entries, (...one) => again.push(one));
    for (const [name, value] of first) this.#take(name, value);
    await this.#show();
    if (this.#ended) return;
    for (const [name, message] of again) this.problems.add(name, message);
    this.host.dispatchEvent(new CustomEvent("gd-ready", { bubbles: true, composed: true }));
  }

  async #show() {
    this.view?.remove();
    this.view = undefined;
    this.answers = [];
    this.problems.settle("question");
    const slot = this.root.querySelector("slot");
    const wanted = this.#spec.question;
    try {
      const source = this.host.childElementCount ? this.host : await asked(wanted ?? "");
      if (this.#ended || wanted !== this.#spec.question) return;
      this.view = new View(read(source), this);
      this.root.append(this.view.node);
      this.view.hide();
      slot?.classList.add("live");
    } catch (error) {
      if (this.#ended || wanted !== this.#spec.question) return;
      if (!(error instanceof Malformed)) throw error;
      this.problems.add("question", error.message);
      // The author's markup remains readable.
      slot?.classList.remove("live");
    }
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #take(name, value) {
    if (fields.includes(name)) this.#spec[name] = value;
    else this.problems.add(name, say("quiz-parameter", { name: name.slice(0, 40), names: fields.join(", ") }));
  }

  /**
   * Takes an answer, dispatches an event, and returns whether it was right.
   * @param {Given} answer
   */
  answer(answer) {
    this.answers.push(answer);
    const detail = { question: this.name, correct: answer.correct };
    this.host.dispatchEvent(new CustomEvent("gd-answer", { detail, bubbles: true, composed: true }));
  }

  snapshot() {
    const score = this.answers.some(({ correct }) => correct) ? 1 : 0;
    const answers = this.answers.map(({ given, correct }) => ({ given, correct }));
    return { figure: "quiz", spec: this.backend.spec(), k: 0, regime: null, runs: [], data: { answers, score } };
  }

  /**
   * @param {string} field
   * @param {unknown} value
   */
  set(field, value) {
    // Removing an unknown attribute also removes its error message.
    if (value === null && !fields.includes(field)) this.problems.settle(field);
    else this.#take(field, textOf(value ?? ""));
    if (field === "question") void this.#show();
  }

  surround() {
    this.theme.replaceSync(themeRules(this.host, this.colours));
  }

  /** @param {string} action */
  act(action) {
    if (action === "reset") this.view?.again(true);
  }

  end() {
    this.#ended = true;
    this.problems.clear();
    this.view?.remove();
    return this.backend.query();
  }
}
