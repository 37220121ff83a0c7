/** `<gd-code>`: programs beside the formula they follow. The one in plain Python can be changed, and runs here. */

import { beside, style } from "../loader.js";
import { palette } from "../palette.js";
import { textOf } from "../properties.js";
import { themeRules } from "../theme.js";
import { say } from "../words.js";
import { languages, names, program } from "./programs.js";
import { Runner } from "./runner.js";
import { verdict } from "./verdict.js";
import { title, View } from "./view.js";

/** @import {Boundary} from "../../boundary.js" */
/** @import {Answering, Arrived} from "../lifecycle.js" */

/** The fields with what each may be; the first is the default. Others take any text. @type {Record<string, string[]>} */
const fields = { program: names, language: languages, theme: ["auto", "light", "dark"], lang: [], hide: [], autoplay: ["off", "on"] };

/** What the reader wrote, for a cell that comes back after it was taken out of the page. @type {WeakMap<HTMLElement, Map<string, string>>} */
const drafts = new WeakMap();

/** @returns {Promise<Arrived>} */
export async function arrive() {
  const [sheet, own, colours] = await Promise.all([style("figure.css"), style("code/code.css"), palette()]);
  return { sheet, live: (host, root) => new Cell(host, root, colours, own) };
}

/** A cell while it lives. */
export class Cell {
  /** @type {Record<string, string>} */
  #spec = Object.fromEntries(Object.entries(fields).map(([name, [usual = ""]]) => [name, usual]));
  /** @type {Map<string, string>} */
  #problems = new Map();
  #theme = new CSSStyleSheet();
  #variables = {};
  #told = "";

  /**
   * @param {HTMLElement} host
   * @param {ShadowRoot} root
   * @param {Pick<Boundary, "palette">} colours
   * @param {CSSStyleSheet} sheet
   */
  constructor(host, root, colours, sheet) {
    this.host = host;
    this.root = root;
    this.colours = colours;
    this.sheets = [sheet, this.#theme];
    this.runner = new Runner((told) => this.#hear(told));
    this.rust = /** @type {Answering & { snapshot(): object }} */ (/** @type {unknown} */ ({
      fieldNames: () => Object.keys(fields),
      spec: () => ({ ...this.#spec, autoplay: this.#spec.autoplay === "on" }),
      query: () => new URLSearchParams(Object.entries(this.#spec).filter(([name, value]) => value !== (fields[name]?.[0] ?? ""))).toString(),
      snapshot: () => this.snapshot(),
      toCSV: () => "",
      act: (/** @type {string} */ action) => {
        if (action === "play") this.run();
        else if (action === "pause") this.stop();
        else if (action === "reset") this.original();
      },
      step() {},
      seek() {},
      drop() {},
    }));
  }

  /** @param {[string, string][]} entries */
  async start(entries) {
    this.root.adoptedStyleSheets.push(...this.sheets.filter((sheet) => !this.root.adoptedStyleSheets.includes(sheet)));
    this.surround();
    for (const [name, value] of entries) this.#take(name, value);
    await this.#show();
    this.#send("gd-ready");
    if (this.#spec.autoplay === "on") this.run();
  }

  /** Shows the program of the spec. */
  async #show() {
    const wanted = this.#spec.program ?? "";
    const shown = await program(wanted);
    if (wanted !== this.#spec.program) return;
    this.runner.stop();
    const focused = this.root.activeElement?.id;
    this.view?.remove();
    this.check = shown.check;
    this.#told = "";
    this.#variables = {};
    this.view = new View(shown, this);
    this.root.append(this.view.node);
    const draft = drafts.get(this.host)?.get(wanted);
    if (draft !== undefined) this.view.python.listing.source = draft;
    this.view.python.listing.area?.addEventListener("input", () => this.#edited());
    this.view.busy(false);
    this.view.tabs.open(this.#spec.language ?? "");
    this.view.hide();
    this.#say();
    if (focused) this.root.getElementById(focused)?.focus();
  }

  #edited() {
    const kept = drafts.get(this.host) ?? new Map();
    drafts.set(this.host, kept.set(this.#spec.program, this.view?.python.listing.source ?? ""));
    this.view?.python.listing.mark(0);
    this.view?.relight();
  }

  /** @param {string} name */
  choose(name) {
    this.#take("program", name);
    void this.#show().then(() => this.#send("gd-change", this.rust.spec()));
  }

  /** @param {string} language */
  turn(language) {
    this.#take("language", language);
    this.view?.tabs.open(language);
    this.#send("gd-change", this.rust.spec());
  }

  run() {
    const { view } = this;
    if (!view || this.runner.running) return;
    const { listing, output } = view.python;
    this.#variables = {};
    this.#told = "";
    listing.mark(0);
    output.clear(say("code-own"));
    this.#judge("");
    if (!Runner.possible) return output.tell(say("code-foreign", { site: beside("").origin }));
    view.busy(true);
    output.tell(say("code-loading"));
    this.runner.run(listing.source, this.check ?? null, `${this.#spec.program}.py`);
  }

  stop() {
    this.runner.stop();
  }

  /** The listing and its output as they were. */
  original() {
    this.runner.stop();
    drafts.get(this.host)?.delete(this.#spec.program ?? "");
    this.view?.python.listing.reset();
    this.view?.python.output.reset();
    this.view?.relight();
    this.#variables = {};
    this.#judge("");
    this.view?.live.replaceChildren(say("code-is-original"));
  }

  /** @param {import("./runner.js").Told} told */
  #hear(told) {
    const { view } = this;
    if (!view) return;
    const { listing, output } = view.python;
    const ended = (/** @type {string} */ words) => {
      view.busy(false);
      output.tell(words);
      view.live.replaceChildren([words, this.#told].filter(Boolean).join(" "));
    };
    switch (told.kind) {
      case "started":
        output.note.replaceChildren();
        return;
      case "output":
        return output.print(told.text);
      case "cut":
        return output.tell(say("code-cut"));
      case "done":
        this.#variables = told.variables;
        this.#judge(told.verdict);
        return ended(output.text ? say("code-done") : say("code-silent"));
      case "error":
        this.#variables = told.variables;
        output.fail(told.traceback);
        listing.mark(told.line);
        return ended(say("code-raised", { line: told.line, what: told.traceback.split("\n").at(-1) ?? "" }));
      case "failed":
        return ended(say("code-failed", { why: told.why }));
      case "late":
        output.error = say("code-late");
        return ended(say("code-late"));
      case "stopped":
        return ended(say("code-stopped"));
    }
  }

  /** What the check has to say of the run. @param {string} told */
  #judge(told) {
    const judged = verdict(told);
    const line = this.view?.verdict;
    this.#told = judged?.text ?? "";
    if (!line) return;
    line.hidden = !judged;
    line.textContent = this.#told;
    line.dataset.verdict = judged?.kind ?? "";
  }

  /** @param {"link" | "embed"} action */
  async share(action) {
    const { share } = await import("./share.js");
    await share(action, this);
  }

  snapshot() {
    const { listing, output } = this.view?.python ?? {};
    const data = { program: listing?.source ?? "", output: output?.text ?? "", error: output?.error ?? null, variables: this.#variables };
    return { figure: "code", spec: this.rust.spec(), k: 0, regime: null, runs: [], data };
  }

  /**
   * A value from outside; null stands for the default.
   * @param {string} field
   * @param {unknown} value
   */
  set(field, value) {
    const before = this.#spec[field];
    if (value === null && !(field in fields)) this.#problems.delete(field);
    else this.#take(field, value === null ? (fields[field]?.[0] ?? "") : textOf(value));
    this.#say();
    if (this.#spec[field] === before) return;
    if (field === "program") void this.#show();
    else if (field === "language") this.view?.tabs.open(this.#spec.language ?? "");
    this.#send("gd-change", this.rust.spec());
  }

  /**
   * @param {string} name
   * @param {string} got
   */
  #take(name, got) {
    const allowed = fields[name];
    const problem = !allowed
      ? say("code-parameter", { name: name.slice(0, 40), names: Object.keys(fields).join(", ") })
      : allowed.length && !allowed.includes(got)
        ? say("code-must", { name, allowed: allowed.join(", "), got: got.slice(0, 40), kept: this.#spec[name] ?? "" })
        : "";
    if (!problem) this.#spec[name] = got;
    if (problem) this.#problems.set(name, problem);
    else this.#problems.delete(name);
    if (problem) this.#send("gd-error", { parameter: name, message: problem });
    this.#say();
  }

  #say() {
    if (!this.view) return;
    this.view.error.textContent = [...this.#problems.values()].join(" ");
    this.view.error.hidden = this.#problems.size === 0;
  }

  /**
   * @param {string} name
   * @param {object} [detail]
   */
  #send(name, detail) {
    this.host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  surround() {
    this.#theme.replaceSync(themeRules(this.host, this.colours));
  }

  show() {}
  apply() {
    return false;
  }

  end() {
    this.runner.stop();
    this.view?.remove();
    this.view = undefined;
    this.root.adoptedStyleSheets = this.root.adoptedStyleSheets.filter((sheet) => !this.sheets.includes(sheet));
    return this.rust.query();
  }

  /** For `share.js`, which asks a figure for its name and its labels. */
  get name() {
    return say("code-name", { program: say(title(this.#spec.program ?? "")) });
  }
}
