/** Browser parts of the hill: a WebGL canvas that may lose its context, wheel and pinch zoom. */

import { nearby } from "./clock.js";

/** @import {Pane} from "./pane.js" */
/** @import {FigureController} from "./controller.js" */

/**
 * Draws the lit hill on a canvas, and falls back to the map while the graphics context is lost.
 * @param {HTMLCanvasElement} canvas
 * @param {Pane} pane
 * @param {FigureController} controller
 */
export function lightRelief(canvas, pane, controller) {
  const light = (/** @type {HTMLCanvasElement | undefined} */ on) => controller.tell((backend) => backend.light(on));
  let lit = true;
  let released = false;
  let noticed = false;
  canvas.addEventListener("webglcontextlost", (event) => {
    // Without this the context is never restored.
    event.preventDefault();
    light(undefined);
    noticed = true;
    setTimeout(restore);
  });
  canvas.addEventListener("webglcontextrestored", () => light(canvas));
  light(canvas);
  const context = canvas.getContext("webgl2");
  const card = context?.getExtension("WEBGL_lose_context");
  const release = () => {
    if (context?.isContextLost()) return;
    released = true;
    noticed = false;
    card?.loseContext();
  };
  // A browser does not allow this before it has noticed the loss.
  const restore = () => {
    if (!released || !noticed || !lit || controller.ended) return;
    released = false;
    card?.restoreContext();
  };
  // Browsers allow a page few graphics contexts, so a hill far off screen releases its own. The stage is observed instead
  // of the canvas, which is hidden while it has no context.
  const stop = nearby(pane.stage, (near) => {
    if (near === lit) return;
    lit = near;
    if (!near) release();
    else restore();
  });
  controller.atEnd(() => {
    stop();
    // At once rather than at garbage collection: figures created later need a context.
    release();
  });
  zoom(pane, controller);
}

/** Zoom factor per wheel unit. */
const NOTCH = 1.0015;

/**
 * Zooming: Ctrl and the wheel, or the wheel alone once the pane has the focus; two fingers zoom, turn and tilt.
 * @param {Pane} pane
 * @param {FigureController} controller
 */
function zoom(pane, controller) {
  const { overlay: canvas, index } = pane;
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && controller.root.activeElement !== canvas) return;
      const lines = event.deltaMode ? 16 : 1;
      if (controller.ask((backend) => backend.zoom(index, NOTCH ** (-event.deltaY * lines)))) event.preventDefault();
    },
    { passive: false },
  );
  let apart = 0;
  /** The distance between two fingers and their midpoint in the pane. @param {TouchEvent} event */
  const pair = ({ touches: [a, b] }) =>
    a && b
      ? {
          apart: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
          middle: pane.at((a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2),
        }
      : undefined;
  canvas.addEventListener("touchstart", (event) => {
    const fingers = pair(event);
    apart = fingers?.apart ?? 0;
    if (fingers) controller.ask((backend) => backend.point("press", ...fingers.middle));
  });
  canvas.addEventListener(
    "touchmove",
    (event) => {
      const fingers = pair(event);
      if (!apart || !fingers) return;
      event.preventDefault();
      controller.ask((backend) => backend.zoom(index, fingers.apart / apart));
      controller.ask((backend) => backend.point("drag", ...fingers.middle));
      apart = fingers.apart;
    },
    { passive: false },
  );
}
