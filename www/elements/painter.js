/** The colours of a figure, and which of its canvases have to be painted again. */

import { colours, themeRules } from "./theme.js";

/** @import {Session} from "./session.js" */

export class Painter {
  #still = true;
  #moving = true;
  /** @type {string[]} */
  #colours = [];
  #theme = new CSSStyleSheet();

  /**
   * @param {Session} session
   * @param {ShadowRoot} root
   */
  constructor(session, root) {
    this.session = session;
    this.root = root;
    root.adoptedStyleSheets.push(this.#theme);
  }

  /** Takes the theme and colours that hold now. */
  dress() {
    const { host, wasm } = this.session;
    this.#theme.replaceSync(themeRules(host, wasm));
    this.#colours = colours(host, wasm);
    this.all();
  }

  undress() {
    this.root.adoptedStyleSheets = this.root.adoptedStyleSheets.filter((sheet) => sheet !== this.#theme);
  }

  /** @param {{ still: boolean, moving: boolean }} changes */
  note({ still, moving }) {
    this.#still ||= still;
    this.#moving ||= moving || still;
  }

  all() {
    this.note({ still: true, moving: true });
  }

  /** Paints the layers that changed. */
  paint() {
    const { rust, view } = this.session;
    for (const { index, ratio, width_px, still, moving } of view?.panes ?? []) {
      if (!width_px) continue;
      if (this.#still) rust.paintStill(index, still, ratio, this.#colours);
      if (this.#moving) rust.paintMoving(index, moving, ratio, this.#colours);
    }
    this.#still = this.#moving = false;
  }
}
