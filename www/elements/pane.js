/** One pane: a static canvas with an overlay canvas on top, sharp at any pixel ratio. */

import { el, put, write } from "./dom.js";
import { lightRelief } from "./graphics_context.js";
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
      role: "application",
      tabindex: 0,
      "aria-label": label,
      "aria-describedby": help ? `now ${id}-help` : "now",
      "data-keys": used,
    });
    this.help = el("p", { class: "help", id: `${id}-help` }, help);
    /** Coloured cells, one per pixel, stretched below the drawing. */
    this.raster = raster ? el("canvas", { class: "raster", "aria-hidden": "true" }) : null;
    // Written from JavaScript cell by cell, so it is kept in memory rather than on the graphics card.
    this.raster?.getContext("2d", { willReadFrequently: true });
    /** The lit 3D landscape, below the drawing. */
    this.relief = relief ? el("canvas", { class: "relief", "aria-hidden": "true" }) : null;
    const below = [this.raster, this.relief].filter((canvas) => canvas !== null);
    this.stage = el("div", { class: "stage" }, ...below, this.staticLayer, this.overlay, this.help);
    this.stage.style.setProperty("--aspect", String(aspect));
    this.node = el("div", { class: `pane ${span}`, "data-id": id }, this.stage);
    this.heading = el("p", { class: "caption", "aria-hidden": "true" }, caption);
    if (caption) this.node.prepend(this.heading);
    pointer(this, controller, drags);
    /** Settles when the lit landscape can be shown. */
    this.lit = this.relief && lightRelief(this.relief, this, controller);
    keys(this.overlay, index, controller);
    goesWithEscape(this.help, this.overlay);
  }

  /**
   * Converts client coordinates to pane pixels, even where a slide deck scales its content.
   * @param {number} clientX
   * @param {number} clientY
   * @returns {[pane: number, x_px: number, y_px: number]}
   */
  at(clientX, clientY) {
    const box = this.overlay.getBoundingClientRect();
    return [this.index, ((clientX - box.left) / box.width) * this.width_px, ((clientY - box.top) / box.height) * this.height_px];
  }

  /**
   * Draws the 3D landscape at this fraction of the pane's pixels along each side, and returns the fraction.
   * @param {number} share
   */
  resizeRelief(share) {
    const { relief, staticLayer } = this;
    const [width, height] = [staticLayer.width, staticLayer.height].map((side) => Math.round(side * share));
    // Setting a size empties a canvas, even if the size stays the same.
    if (relief && width && height && (relief.width !== width || relief.height !== height)) Object.assign(relief, { width, height });
    return share;
  }

  /** @param {Declared} now */
  update({ label, help, caption }) {
    this.caption = caption;
    write(this.heading, caption);
    put(this.overlay, "aria-label", label);
    write(this.help, help);
  }

  /**
   * Adopts the size given by the layout; true if it changed.
   * @param {ResizeObserverEntry} [entry]
   */
  measure(entry) {
    const ratio = devicePixelRatio || 1;
    const box = entry?.devicePixelContentBoxSize?.[0];
    // Under an emulated pixel ratio the browser reports a different size from the one it shows.
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

/**
 * Escape takes the help away until the pane has the focus again.
 * @param {HTMLElement} help
 * @param {HTMLElement} pane
 */
function goesWithEscape(help, pane) {
  pane.addEventListener("keydown", ({ key }) => key === "Escape" && (help.hidden = true));
  pane.addEventListener("blur", () => (help.hidden = false));
}
