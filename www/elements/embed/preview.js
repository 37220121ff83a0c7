/** What a frame with the figure will look like, and how high it has to be. */

import { el } from "../dom.js";
import { windowOf } from "../loader.js";
import { say } from "../words/embed.js";

/** A phone, a column of text, a wide page. */
const WIDTHS = [360, 700, 1000];

/** The highest that the picture of a frame may be. */
const HIGHEST_PX = 420;

export class Preview {
  #width = 700;
  #address = "";
  /** The height that the frame asked for; until it has, an estimate. */
  height;

  /**
   * @param {{ title: string, estimate: number, changed(): void }} about
   */
  constructor({ title, estimate, changed }) {
    this.height = estimate;
    this.changed = changed;
    this.frame = el("iframe", { title, inert: true, frameborder: "0", scrolling: "no", tabindex: -1 });
    this.box = el("div", { class: "box" }, this.frame);
    this.line = el("p", { class: "height", role: "status" });
    const widths = WIDTHS.map((width) => {
      const input = el("input", { type: "radio", name: "embed-width", value: width });
      input.checked = width === this.#width;
      input.addEventListener("change", () => {
        this.#width = width;
        this.#lay();
      });
      return el("label", {}, input, el("span", {}, String(width)));
    });
    const legend = el("legend", {}, say("width"));
    const choice = el("fieldset", { class: "widths" }, legend, el("span", { class: "segments" }, ...widths));
    this.node = el("section", { class: "preview", "aria-label": say("preview") }, choice, this.box, this.line);
  }

  /** Listens until the returned function is called. */
  start() {
    const window = windowOf(this.node);
    const hear = (/** @type {MessageEvent} */ { data, source }) => {
      if (source !== this.frame.contentWindow || data?.context !== "gd" || data.action !== "resize") return;
      this.height = Math.ceil(data.height);
      this.#lay();
      this.changed();
    };
    const sizes = new ResizeObserver(() => this.#lay());
    sizes.observe(this.node);
    window.addEventListener("message", hear);
    return () => {
      sizes.disconnect();
      window.removeEventListener("message", hear);
    };
  }

  /** @param {string} address */
  show(address) {
    if (this.#address === address) return;
    this.#address = address;
    const inside = this.frame.contentWindow;
    // Not as another page of the reader's history.
    if (this.frame.hasAttribute("src") && inside) inside.location.replace(address);
    else this.frame.src = address;
    this.#lay();
  }

  #lay() {
    const room = this.node.clientWidth;
    const scale = Math.min(1, room / this.#width, HIGHEST_PX / this.height);
    Object.assign(this.frame.style, { width: `${this.#width}px`, height: `${this.height}px`, transform: `scale(${scale})` });
    Object.assign(this.box.style, { width: `${this.#width * scale}px`, height: `${this.height * scale}px` });
    this.line.textContent = say("height", { width: this.#width, height: this.height });
  }
}
