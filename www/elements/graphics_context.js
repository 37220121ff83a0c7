/** Browser parts of the hill: a WebGL canvas that may lose its context, wheel and pinch zoom. */

import { nearby, onScreen } from "./clock.js";
import { ask, give, share } from "./contexts.js";
import { answering } from "./loader.js";
import { copied, whilePrinting } from "./paper.js";
import { rest, soon } from "./tasks.js";

/** @import {Pane} from "./pane.js" */
/** @import {FigureController} from "./controller.js" */

/** The side of the pictures that are drawn first, which nobody sees. */
const FIRST_PX = 512;

/** A first picture that takes longer was drawn without a graphics card. */
const CARD_MS = 40;

/**
 * Sets up the lit hill on a canvas, in small tasks while the page is at rest, for without a graphics card it takes half a
 * second: a context, shaders compiled beside the page, and a first picture, for which much is compiled once more. A second
 * one tells how fast they are drawn. Nothing is asked of the card before it is done, because the page would wait for it.
 * @param {HTMLCanvasElement} canvas
 * @param {Pane} pane
 * @param {FigureController} controller
 */
async function kindle(canvas, { index }, controller) {
  await rest();
  if (controller.ended) return;
  // Where pixels are small, edges need no smoothing, which takes four times the work.
  const context = canvas.getContext("webgl2", { antialias: devicePixelRatio < 2 });
  // The map that takes its place comes with what answers the reader.
  if (!context) await answering();
  controller.tell((backend) => backend.light(canvas));
  if (!context) return;
  // A browser without the extension does not tell, and complains if asked.
  const tells = context.getExtension("KHR_parallel_shader_compile");
  while (tells && !controller.ended && !controller.backend.isCompiled()) await soon();
  await rest();
  if (!controller.ended && !controller.backend.isReady()) await answering();
  controller.tell((backend) => backend.kindle());
  if (controller.ended || context.isContextLost()) return;
  canvas.width = canvas.height = FIRST_PX;
  controller.tell((backend) => backend.resize(index, FIRST_PX, FIRST_PX));
  const draw = async () => {
    const began = performance.now();
    if (!controller.ended) controller.backend.paintRelief(index, 1, 1);
    await finished(context, controller);
    return performance.now() - began;
  };
  await draw();
  controller.painter.resolution.software = (await draw()) > CARD_MS;
}

/**
 * Settles once everything asked of a graphics context has been drawn.
 * @param {WebGL2RenderingContext} context
 * @param {FigureController} controller
 */
async function finished(context, controller) {
  const drawn = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0);
  context.flush();
  const isDrawn = () => !drawn || context.isContextLost() || context.getSyncParameter(drawn, context.SYNC_STATUS) === context.SIGNALED;
  while (!controller.ended && !isDrawn()) await soon();
}

/**
 * Draws the lit hill on a canvas while it has a graphics context, else the map. Settles when there is something to show.
 * @param {HTMLCanvasElement} canvas
 * @param {Pane} pane
 * @param {FigureController} controller
 */
export async function lightRelief(canvas, pane, controller) {
  const light = (/** @type {HTMLCanvasElement | undefined} */ on) => controller.tell((backend) => backend.light(on));
  zoom(pane, controller);
  /** Whether it may have a context. */
  let lit = false;
  /** Whether its context was given away, not taken by the browser, which allows a page no more than some. */
  let released = false;
  /** Whether the browser has noticed a loss: before that it restores nothing. */
  let noticed = false;
  /** @type {WebGL2RenderingContext | null | undefined} */
  let context;
  /** @type {WEBGL_lose_context | null | undefined} */
  let card;
  canvas.addEventListener("webglcontextlost", (event) => {
    // Without this the context is never restored.
    event.preventDefault();
    const coming = answering();
    const map = () => void (context?.isContextLost() && light(undefined));
    if (coming) coming.then(map, () => {});
    else map();
    noticed = true;
    // What the browser takes is for another: two hills must not go on taking it from each other.
    if (released) setTimeout(restore);
  });
  canvas.addEventListener("webglcontextrestored", () => {
    noticed = released = false;
    kindleAtOnce();
  });
  function kindleAtOnce() {
    light(canvas);
    controller.tell((backend) => backend.kindle());
  }
  /** @returns {void} */
  function release() {
    lit = false;
    if (!context || context.isContextLost()) return;
    released = true;
    noticed = false;
    card?.loseContext();
  }
  function restore() {
    if (!noticed || !lit || controller.ended) return;
    noticed = false;
    card?.restoreContext();
  }
  function remember() {
    context = canvas.getContext("webgl2");
    // A lost context has no extensions.
    card = context?.getExtension("WEBGL_lose_context");
  }
  let begun = false;
  const holder = {
    host: controller.host,
    take() {
      lit = true;
      if (context) restore();
      else if (begun && context === undefined) {
        kindleAtOnce();
        remember();
      }
    },
    release,
  };
  ask(holder);
  // At once rather than at garbage collection: figures created later need a context.
  controller.atEnd(() => {
    release();
    give(holder);
  });
  if (!lit) {
    await answering();
    light(undefined);
  }
  // It may have been given a context in the meantime.
  if (lit) {
    await kindle(canvas, pane, controller);
    remember();
  }
  begun = true;
  // Another hill may be nearer by now.
  if (!lit || controller.ended) release();
  if (controller.ended) return;
  // The stage is observed instead of the canvas, which is hidden while it has no context.
  const stops = [
    nearby(pane.stage, (near) => {
      if (near) return ask(holder);
      give(holder);
      release();
    }),
    onScreen(pane.stage, (visible) => {
      if (!visible) return;
      share();
      restore();
    }),
    whilePrinting(canvas, () => {
      controller.painter.all();
      controller.repaint();
      return canvas.hidden ? () => {} : copied(canvas);
    }),
  ];
  controller.atEnd(() => stops.forEach((stop) => stop()));
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
