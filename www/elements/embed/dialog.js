/** The dialog that puts a figure into a page, in its present state. Fetched when it is first opened. */

import { parameters } from "../address.js";
import { el } from "../dom.js";
import { definitions, published } from "../files.js";
import { sheetFor, style } from "../loader.js";
import { mayNotSave, save } from "../save.js";
import { say } from "../words/embed.js";
import { Hiding, hideables } from "./hiding.js";
import { Preview } from "./preview.js";
import { carried, hiding, isModule, linkTo, snippet } from "./snippets.js";

/** @import {FigureController} from "../controller.js" */
/** @import {Source} from "../share.js" */
/** @typedef {"frame" | "tag" | "file" | "link" | "picture"} Form */

/** What the page of a frame has around a figure: its padding, and the line below. */
const AROUND_PX = 64;

/** @param {Source} source */
export async function open(source) {
  const css = await style("embed/dialog.css");
  const root = source.host.shadowRoot;
  if (source.ended || !root) return;
  const sheet = sheetFor(source.host, css);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
  new EmbedDialog(source, root).show();
}

class EmbedDialog {
  /** @type {Form} */
  #form = "frame";
  #stop = () => {};

  /**
   * @param {Source} source
   * @param {ShadowRoot} root
   */
  constructor(source, root) {
    this.source = source;
    this.root = root;
    const { backend, host } = source;
    const declaration = backend.declaration();
    const { figure, name } = declaration;
    const { query, isWhole } = carried(backend);
    this.figure = figure;
    this.title = name;
    this.state = query;
    const [, listed = ""] = parameters(query).find(([field]) => field === "hide") ?? [];
    const refresh = () => this.#refresh();
    this.hiding = new Hiding(source.things ?? hideables(declaration), listed.split(/[\s,]+/).filter(Boolean), refresh);
    this.preview = new Preview({ title: name, estimate: Math.ceil(host.offsetHeight) + AROUND_PX, changed: () => this.#write() });
    const close = el("button", { type: "button", class: "button close", "aria-label": say("close") }, "×");
    close.addEventListener("click", () => this.node.close());
    this.about = el("p", { class: "about" });
    this.text = el("textarea", { readonly: true, rows: 4, spellcheck: "false", id: "embed-text" });
    this.text.addEventListener("focus", () => this.text.select());
    this.label = el("label", { for: "embed-text" });
    this.copy = this.#button("copy", "", () => this.#copy());
    this.copy.classList.add("primary");
    this.file = el("a", { class: "button", download: `${figure}.html`, href: published(`single/${figure}.html`) }, say("save", { name: `${figure}.html` }));
    this.pictures = el("div", { class: "group" }, this.#button("png", "primary", () => this.#picture("png")), this.#button("svg", "", () => this.#picture("svg")));
    this.note = el("p", { class: "hint", role: "status" });
    this.left = el("p", { class: "hint", hidden: isWhole }, say("left-out"));
    const actions = el("div", { class: "group" }, this.copy, this.file);
    this.give = el("div", { class: "give" }, this.about, this.label, this.text, actions, this.pictures, this.note, this.left);
    this.body = el("div", { class: "columns" }, el("div", {}, this.give, this.hiding.node), this.preview.node);
    const head = el("header", {}, el("h2", { id: "embed-title" }, say("title")), close);
    this.node = el("dialog", { class: "embedding", "aria-labelledby": "embed-title" }, head, this.#forms(), this.body);
    // Nothing outside is to act on what is typed or pressed here, be it a slide deck.
    for (const type of ["keydown", "keypress", "keyup"]) this.node.addEventListener(type, (event) => event.stopPropagation());
    this.node.addEventListener("close", () => this.#closed());
  }

  /**
   * @param {string} word
   * @param {string} kind
   * @param {() => unknown} act
   */
  #button(word, kind, act) {
    const button = el("button", { type: "button", class: `button ${kind}` }, say(word));
    button.addEventListener("click", () => void act());
    return button;
  }

  #forms() {
    const { figure, source } = this;
    const address = linkTo(figure, "");
    /** @type {[Form, unknown][]} */
    const possible = [["frame", address], ["tag", definitions(figure)], ["file", published("")], ["link", address], ["picture", source.picture]];
    const all = possible.filter(([, is]) => is).map(([form]) => form);
    this.#form = all[0] ?? "frame";
    const options = all.map((form) => {
      const input = el("input", { type: "radio", name: "embed-form", value: form });
      input.checked = form === this.#form;
      input.addEventListener("change", () => {
        this.#form = form;
        this.note.textContent = "";
        this.#refresh();
      });
      return el("label", {}, input, el("span", {}, say(form)));
    });
    return el("fieldset", { class: "forms" }, el("legend", { class: "unseen" }, say("as")), el("span", { class: "segments" }, ...options));
  }

  show() {
    const { activeElement } = this.root;
    this.opener = activeElement instanceof HTMLElement ? activeElement : null;
    this.root.append(this.node);
    this.#stop = this.preview.start();
    this.node.showModal();
    this.#refresh();
    this.node.querySelector("input")?.focus();
  }

  #closed() {
    this.#stop();
    this.node.remove();
    this.opener?.focus();
  }

  /** After another form or another check box. */
  #refresh() {
    const form = this.#form;
    const isPicture = form === "picture";
    this.about.textContent = say(form === "tag" && isModule(definitions(this.figure)) ? "about-module" : `about-${form}`);
    this.label.textContent = say(form === "link" ? "address" : "html");
    for (const node of [this.label, this.text, this.copy, this.hiding.node]) node.hidden = isPicture;
    this.file.hidden = form !== "file";
    this.pictures.hidden = !isPicture;
    this.preview.node.hidden = isPicture || !published("");
    if (!this.preview.node.hidden) this.preview.show(linkTo(this.figure, this.shown));
    this.#write();
  }

  /** The state with what is to be shown. */
  get shown() {
    return hiding(this.state, this.hiding.hidden);
  }

  #write() {
    if (this.#form === "picture") return;
    const { figure, title, shown: state, preview } = this;
    this.text.value = snippet(this.#form, { figure, title, state, height: preview.height });
  }

  async #copy() {
    const copied = await navigator.clipboard?.writeText(this.text.value).then(() => true, () => false);
    this.note.textContent = say(copied ? "copied" : "copy-failed");
    if (!copied) this.text.focus();
  }

  /** @param {"png" | "svg"} kind */
  async #picture(kind) {
    const { source } = this;
    const drawn = async () => (await import("./svg.js")).drawing(/** @type {FigureController} */ (source));
    const blob = kind === "png" ? await source.picture?.() : await drawn();
    if (!blob) return;
    save(blob, `${this.figure}.${kind}`);
    if (mayNotSave()) this.note.textContent = say("not-saved");
  }
}
