/** A listing with numbered lines that can be highlighted. The editable one is a plain text area over the coloured lines. */

import { el, put } from "../dom.js";
import { highlighted } from "./highlight.js";
import { moved, roleOf } from "./parts.js";

/** @typedef {{ parts: string, how: "hover" | "focus" }} Pointed */

export class Listing {
  /** @type {HTMLTextAreaElement | null} */
  area = null;
  /** The line selected by keyboard in a read-only listing. */
  #row = -1;

  /**
   * @param {import("./programs.js").Program} program
   * @param {string} label
   * @param {(pointed: Pointed) => void} point called with the parts that the reader points at in the listing
   */
  constructor(program, label, point) {
    this.point = point;
    this.lines = el("pre", {});
    this.node = el("div", { class: "listing", part: "table", "data-names": "listing" }, el("div", { class: "layers" }, this.lines));
    this.original = program.source.trimEnd();
    this.originalParts = program.parts;
    this.parts = program.parts;
    this.#texts = this.original.split("\n");
    if (program.language === "python") this.#editable(label);
    else this.#readable(label);
    this.node.addEventListener("pointermove", ({ clientY }) => this.#hover(clientY));
    this.node.addEventListener("pointerleave", () => point({ parts: "", how: "hover" }));
    this.#draw();
  }

  /** @type {string[]} */
  #texts;

  /** @param {string} label */
  #editable(label) {
    const area = el("textarea", { "aria-label": label, "aria-describedby": "keys", spellcheck: "false", wrap: "off", autocapitalize: "off", autocomplete: "off" });
    this.area = area;
    area.value = this.original;
    put(this.lines, "aria-hidden", "true");
    this.lines.after(area);
    area.addEventListener("input", () => this.#edited());
    for (const name of ["keyup", "pointerup", "focus"]) area.addEventListener(name, () => this.#caret());
    area.addEventListener("blur", () => this.point({ parts: "", how: "focus" }));
    area.addEventListener("keydown", (event) => event.key === "Enter" && !event.ctrlKey && !event.metaKey && this.#indent(event));
  }

  /** @param {string} label */
  #readable(label) {
    for (const [name, value] of Object.entries({ tabindex: 0, role: "group", "aria-label": label })) put(this.node, name, value);
    this.node.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.#row = Math.min(Math.max(this.#row + by, 0), this.#texts.length - 1);
      this.point({ parts: this.parts[this.#row] ?? "", how: "focus" });
    });
    this.node.addEventListener("blur", () => {
      this.#row = -1;
      this.point({ parts: "", how: "focus" });
    });
  }

  get source() {
    return this.area ? this.area.value : this.original;
  }

  set source(text) {
    if (!this.area) return;
    this.area.value = text;
    this.#edited();
  }

  reset() {
    this.source = this.original;
    this.parts = this.originalParts;
    this.#draw();
  }

  /** Highlights the line at a vertical screen position. @param {number} clientY */
  #hover(clientY) {
    const { top, height } = this.lines.getBoundingClientRect();
    const row = Math.floor(((clientY - top) / height) * this.#texts.length);
    this.point({ parts: this.parts[row] ?? "", how: "hover" });
  }

  #caret() {
    const row = this.area?.value.slice(0, this.area.selectionStart).split("\n").length ?? 1;
    this.point({ parts: this.parts[row - 1] ?? "", how: "focus" });
  }

  #edited() {
    const texts = this.source.split("\n");
    this.parts = moved(this.#texts, texts, this.parts);
    this.#texts = texts;
    this.#draw();
    this.#caret();
  }

  /** Copies the indentation of the line above, one level deeper after a colon. @param {KeyboardEvent} event */
  #indent(event) {
    if (!this.area) return;
    const above = this.area.value.slice(0, this.area.selectionStart).split("\n").at(-1) ?? "";
    const depth = (/^ */.exec(above)?.[0] ?? "") + (above.trimEnd().endsWith(":") ? "    " : "");
    event.preventDefault();
    // The only way to insert text that Ctrl+Z can undo.
    if (!document.execCommand("insertText", false, `\n${depth}`)) {
      this.area.setRangeText(`\n${depth}`, this.area.selectionStart, this.area.selectionEnd, "end");
      this.#edited();
    }
  }

  #draw() {
    const lines = this.#texts.map((text) => el("span", { class: "code-line" }, ...highlighted(text), "\n"));
    this.lines.replaceChildren(...lines);
    this.#wrong = 0;
  }

  /** Highlights the lines that implement any of these parts. @param {string[]} wanted */
  highlight(wanted) {
    for (const [row, line] of [...this.lines.children].entries()) {
      const part = (this.parts[row] ?? "").split(" ").find((one) => wanted.includes(one)) ?? "";
      line.classList.toggle("lit", part !== "");
      put(line, "data-role", part ? roleOf(part) : null);
    }
  }

  #wrong = 0;

  /** Marks the line at which the program failed; 0 clears the mark. @param {number} row */
  mark(row) {
    this.lines.children[this.#wrong - 1]?.classList.remove("wrong");
    this.#wrong = row;
    this.lines.children[row - 1]?.classList.add("wrong");
    if (this.area) put(this.area, "aria-invalid", row > 0 ? "true" : null);
  }
}
