/** The colours of a figure, and which of its canvases have to be painted again. */

import { want } from "./clock.js";
import { Fineness } from "./fineness.js";
import { ownSheet } from "./loader.js";
import { colours, themeRules } from "./theme.js";

/** @import {Session} from "./session.js" */

export class Painter {
  #raster = true;
  /** One bit for each pane. */
  #still = -1;
  #moving = true;
  /** @type {string[]} */
  #colours = [];
  #fineness = new Fineness(() => {
    this.all();
    want(this.session);
  });

  /**
   * @param {Session} session
   * @param {ShadowRoot} root
   */
  constructor(session, root) {
    this.session = session;
    this.theme = ownSheet(root);
    root.adoptedStyleSheets.push(this.theme);
  }

  /** Takes the theme and colours that hold now. */
  dress() {
    const { host, wasm } = this.session;
    this.theme.replaceSync(themeRules(host, wasm));
    this.#colours = colours(host, wasm);
    this.all();
  }

  /** Nothing is drawn any more. */
  rest() {
    this.#fineness.refine();
  }

  /** @param {{ raster: boolean, still: number, moving: boolean }} changes `still` has one bit for each pane */
  note({ raster, still, moving }) {
    this.#raster ||= raster;
    this.#still |= still;
    this.#moving ||= moving || still !== 0;
  }

  /** Whether anything is to be painted. */
  get stale() {
    return this.#raster || this.#moving || this.#still !== 0;
  }

  /** Everything again, and in full. */
  all() {
    this.#fineness.refine();
    this.note({ raster: true, still: -1, moving: true });
  }

  /** Paints the layers that changed. */
  paint() {
    const { rust, view } = this.session;
    for (const pane of view?.panes ?? []) {
      const { index, ratio, width_px, raster, relief, still, moving } = pane;
      if (!width_px) continue;
      if (this.#raster && raster) place(raster, rust.paintRaster(index, raster, this.#colours));
      if (relief) {
        const share = this.#fineness.next(still.width * still.height);
        relief.hidden = !rust.paintRelief(index, ratio, pane.carve(share), this.#colours);
      }
      if ((this.#still >> index) & 1) rust.paintStill(index, still, ratio, this.#colours);
      if (this.#moving) rust.paintMoving(index, moving, ratio, this.#colours);
    }
    this.#raster = this.#moving = false;
    this.#still = 0;
  }
}

/**
 * @param {HTMLElement} node
 * @param {Float64Array} rectangle left, top, width and height in CSS pixels
 */
function place({ style }, [left = 0, top = 0, width = 0, height = 0]) {
  Object.assign(style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}
