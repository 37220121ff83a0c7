/** The ways of a hill: a canvas that may lose its graphics card, the wheel, two fingers and the double click. */

import { nearby } from "./clock.js";

/** @import {Pane} from "./pane.js" */
/** @import {Session} from "./session.js" */

/**
 * Lights the hill on a canvas, and goes over to the map for as long as the graphics card is away.
 * @param {HTMLCanvasElement} canvas
 * @param {Pane} pane
 * @param {Session} session
 */
export function lamp(canvas, pane, session) {
  const light = (/** @type {HTMLCanvasElement | undefined} */ on) => session.apply(session.rust.light(on));
  canvas.addEventListener("webglcontextlost", (event) => {
    // Only then it comes back.
    event.preventDefault();
    if (!session.ended) light(undefined);
  });
  canvas.addEventListener("webglcontextrestored", () => !session.ended && light(canvas));
  light(canvas);
  const card = canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context");
  // Browsers allow a page few graphics contexts, so a hill far off screen hands its own back.
  let lit = true;
  const stop = nearby(canvas, (near) => {
    if (session.ended) return stop();
    if (near === lit) return;
    lit = near;
    if (near) card?.restoreContext();
    else card?.loseContext();
  });
  zoom(pane, session);
}

/** A notch of the wheel enlarges by this. */
const NOTCH = 1.0015;

/**
 * Zooming: Ctrl and the wheel, the wheel alone once the pane has the focus, two fingers; a double click resets the view.
 * @param {Pane} pane
 * @param {Session} session
 */
function zoom(pane, session) {
  const { moving: canvas, index } = pane;
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && session.root.activeElement !== canvas) return;
      const lines = event.deltaMode ? 16 : 1;
      if (session.apply(session.rust.zoom(index, NOTCH ** (-event.deltaY * lines)))) event.preventDefault();
    },
    { passive: false },
  );
  canvas.addEventListener("dblclick", () => session.apply(session.rust.act("double-click")));
  let apart = 0;
  const spread = (/** @type {TouchEvent} */ { touches: [a, b] }) => (a && b ? Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) : 0);
  canvas.addEventListener("touchstart", (event) => (apart = spread(event)));
  canvas.addEventListener(
    "touchmove",
    (event) => {
      const now = spread(event);
      if (!apart || !now) return;
      event.preventDefault();
      session.apply(session.rust.zoom(index, now / apart));
      apart = now;
    },
    { passive: false },
  );
}
