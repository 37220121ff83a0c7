/** The colours of a figure, and which of its canvases need repainting. */

import { want } from "./clock.js";
import { Resolution } from "./resolution.js";
import { ownSheet } from "./loader.js";
import { colours, themeRules } from "./theme.js";

/** @import {FigureController} from "./controller.js" */
/** @import {Pane} from "./pane.js" */

export class Painter {
  #raster = true;
  /** One bit per pane. */
  #staticLayers = -1;
  #overlay = true;
  resolution = new Resolution(() => {
    this.all();
    want(this.controller);
  });

  /**
   * @param {FigureController} controller
   * @param {ShadowRoot} root
   */
  constructor(controller, root) {
    this.controller = controller;
    this.theme = ownSheet(root);
    root.adoptedStyleSheets.push(this.theme);
  }

  /** Takes the current theme and colours. */
  applyTheme() {
    const { backend, host, wasm } = this.controller;
    this.theme.replaceSync(themeRules(host, wasm));
    backend.setPalette(colours(host, wasm));
    this.all();
  }

  /** Stops all drawing. */
  rest() {
    this.resolution.refine();
  }

  /** @param {{ raster: boolean, static_layers: number, overlay: boolean }} changes `static_layers` has one bit per pane */
  note({ raster, static_layers, overlay }) {
    this.#raster ||= raster;
    this.#staticLayers |= static_layers;
    this.#overlay ||= overlay || static_layers !== 0;
  }

  /** Whether anything needs painting. */
  get stale() {
    return this.#raster || this.#overlay || this.#staticLayers !== 0;
  }

  /** Paints everything again, at full resolution. */
  all() {
    this.resolution.refine();
    this.note({ raster: true, static_layers: -1, overlay: true });
  }

  /** Paints the layers that changed. */
  paint() {
    const { backend, view } = this.controller;
    for (const pane of view?.panes ?? []) {
      const { index, ratio, width_px, raster, relief, staticLayer, overlay } = pane;
      if (!width_px) continue;
      if (this.#raster && raster) place(pane, raster, backend.paintRaster(index, raster));
      if (relief) {
        const share = this.resolution.next(staticLayer.width * staticLayer.height);
        relief.hidden = !backend.paintRelief(index, ratio, pane.resizeRelief(share));
      }
      if ((this.#staticLayers >> index) & 1) backend.paintStaticLayer(index, staticLayer, ratio);
      if (this.#overlay) backend.paintOverlay(index, overlay, ratio);
    }
    this.#raster = this.#overlay = false;
    this.#staticLayers = 0;
  }
}

/**
 * In parts of the pane, which is scaled on paper.
 * @param {Pane} pane
 * @param {HTMLElement} node
 * @param {Float64Array} rectangle left, top, width and height in CSS pixels
 */
function place({ width_px, height_px }, { style }, [left = 0, top = 0, width = 0, height = 0]) {
  const [x, y] = [100 / width_px, 100 / height_px];
  Object.assign(style, { left: `${left * x}%`, top: `${top * y}%`, width: `${width * x}%`, height: `${height * y}%` });
}
