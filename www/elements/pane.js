/** One pane: two stacked canvases, the static one below and the overlay one on top, sharp at any pixel ratio. */

import { el, put, write } from "./dom.js";
import { lamp } from "./hill.js";
import { keys } from "./keys.js";
import { pointer } from "./pointer.js";

/** @import {Pane as Declared} from "../boundary.js" */
/** @import {FigureController} from "./controller.js" */

export class Pane {
  width_px = 0;
  height_px = 0;
  ratio = 1;

  /**
   * @param {Declared} declared
   * @param {number} index
   * @param {FigureController} controller
   */
  constructor(declared, index, controller) {
    const { id, label, caption, aspect, span, keys: used, help, drags, raster, relief } = declared;
    this.index = index;
    this.caption = caption;
    this.staticLayer = el("canvas", { class: "static-layer", "aria-hidden": "true" });
    this.overlay = el("canvas", {
      class: "overlay",
      part: "canvas",
      role: used === "none" ? "img" : "application",
      tabindex: used === "none" ? null : 0,
      "aria-label": label,
      "aria-describedby": help ? `${id}-help` : null,
      "data-keys": used,
    });
    this.help = el("p", { class: "help", id: `${id}-help` }, help);
    /** Coloured cells, one to a pixel, stretched below the drawing. */
    this.raster = raster ? el("canvas", { class: "raster", "aria-hidden": "true" }) : null;
    // Written cell by cell from here, so it is kept where that is cheap and not on the graphics card.
    this.raster?.getContext("2d", { willReadFrequently: true });
    /** Ground as a lit solid, below the drawing. */
    this.relief = relief ? el("canvas", { class: "relief", "aria-hidden": "true" }) : null;
    const below = [this.raster, this.relief].filter((canvas) => canvas !== null);
    this.stage = el("div", { class: "stage" }, ...below, this.staticLayer, this.overlay, this.help);
    this.stage.style.setProperty("--aspect", String(aspect));
    this.node = el("div", { class: `pane ${span}`, "data-id": id }, this.stage);
    if (caption) this.node.prepend(el("p", { class: "caption", "aria-hidden": "true" }, caption));
    pointer(this, controller, drags);
    if (this.relief) lamp(this.relief, this, controller);
    if (used !== "none") keys(this.overlay, index, controller);
  }

  /**
   * The pane's own pixels, also where a slide deck scales its content.
   * @param {number} clientX
   * @param {number} clientY
   * @returns {[pane: number, x_px: number, y_px: number]}
   */
  at(clientX, clientY) {
    const box = this.overlay.getBoundingClientRect();
    return [this.index, ((clientX - box.left) / box.width) * this.width_px, ((clientY - box.top) / box.height) * this.height_px];
  }

  /**
   * Gives the ground in relief this share of the pane's pixels along each side; the share.
   * @param {number} share
   */
  resizeRelief(share) {
    const { relief, staticLayer } = this;
    const [width, height] = [staticLayer.width, staticLayer.height].map((side) => Math.round(side * share));
    // Also where nothing changes, setting a size empties a canvas.
    if (relief && width && height && (relief.width !== width || relief.height !== height)) Object.assign(relief, { width, height });
    return share;
  }

  /** @param {Declared} now */
  update({ label, help }) {
    put(this.overlay, "aria-label", label);
    write(this.help, help);
  }

  /**
   * Takes the size that the layout gives the pane; true if it differs from before.
   * @param {ResizeObserverEntry} [entry]
   */
  measure(entry) {
    const ratio = devicePixelRatio || 1;
    const box = entry?.devicePixelContentBoxSize?.[0];
    // Under an emulated pixel ratio the browser reports another size than the one it shows.
    const exact = (/** @type {number} */ size_px, /** @type {number | undefined} */ reported) =>
      reported && Math.abs(reported - size_px * ratio) < 2 ? reported : Math.round(size_px * ratio);
    const width = exact(this.stage.clientWidth, box?.inlineSize);
    const height = exact(this.stage.clientHeight, box?.blockSize);
    if (!width || !height) return false;
    if (width === this.staticLayer.width && height === this.staticLayer.height && ratio === this.ratio && this.width_px) return false;
    for (const canvas of [this.staticLayer, this.overlay]) Object.assign(canvas, { width, height });
    this.ratio = ratio;
    this.width_px = width / ratio;
    this.height_px = height / ratio;
    return true;
  }
}
