/** Taps, drags and hovering on a pane. A vertical drag of one finger stays the page's scrolling (`touch-action: pan-y`). */

/** @import {Pane} from "./pane.js" */
/** @import {FigureController} from "./controller.js" */

/** A press that moves less than this, in CSS pixels of the screen, is a tap. */
const SLOP_PX = 6;

/** Two taps of a finger within this time and this far apart are a double tap. */
const DOUBLE_MS = 350;
const DOUBLE_PX = 24;

/**
 * @param {Pane} pane
 * @param {FigureController} controller
 * @param {boolean} drags
 */
export function pointer(pane, controller, drags) {
  const canvas = pane.overlay;
  const again = pane.relief ? doubles(pane.overlay, controller) : () => false;
  /** `held` says whether the figure has taken hold of something under the pointer. @type {{ id: number, x: number, y: number, moved: boolean, held: boolean } | null} */
  let press = null;

  const at = (/** @type {PointerEvent} */ event) => pane.at(event.clientX, event.clientY);

  /** Lets go of what was held, wherever the pointer ended. */
  function drop() {
    const held = press?.held;
    press = null;
    if (held) controller.ask((backend) => backend.point("release", pane.index, 0, 0));
  }

  canvas.addEventListener("pointerdown", (event) => {
    // Two fingers are neither a tap nor a drag.
    if (!event.isPrimary) return drop();
    if (event.button !== 0) return;
    const held = drags && controller.ask((backend) => backend.point("press", ...at(event)));
    press = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false, held };
    if (drags) canvas.setPointerCapture(event.pointerId);
  });

  // A finger that has taken hold of something does not scroll the page; a hill lies under it everywhere.
  if (drags)
    canvas.addEventListener("touchstart", (event) => press?.held && !pane.relief && event.preventDefault(), { passive: false });

  canvas.addEventListener("pointermove", (event) => {
    if (!press) {
      if (event.pointerType === "mouse") controller.ask((backend) => backend.point("hover", ...at(event)));
      return;
    }
    if (event.pointerId !== press.id) return;
    press.moved ||= Math.hypot(event.clientX - press.x, event.clientY - press.y) > SLOP_PX;
    if (press.moved && drags) controller.ask((backend) => backend.point("drag", ...at(event)));
  });

  canvas.addEventListener("pointerup", (event) => {
    if (!press || event.pointerId !== press.id) return;
    const tapped = !press.moved;
    drop();
    if (tapped && !again(event)) controller.ask((backend) => backend.point("tap", ...at(event)));
  });

  canvas.addEventListener("pointercancel", drop);
  canvas.addEventListener("pointerleave", (event) => {
    if (!drags) press = null;
    if (event.pointerType === "mouse") controller.ask((backend) => backend.point("leave", pane.index, 0, 0));
  });
}

/**
 * Where a double click means something, its second click is no tap of its own, and the figure takes the first one back.
 * A mouse counts its clicks by itself, as fast as its owner has set it to; of fingers not every browser tells.
 * @param {HTMLCanvasElement} canvas
 * @param {FigureController} controller
 * @returns {(event: PointerEvent) => boolean} whether this tap is such a second one
 */
function doubles(canvas, controller) {
  const act = () => controller.ask((backend) => backend.act("double-click"));
  let clicks = 0;
  let first = { timeStamp: -Infinity, clientX: 0, clientY: 0 };
  canvas.addEventListener("mousedown", (event) => (clicks = event.detail));
  canvas.addEventListener("dblclick", act);
  return (tap) => {
    const mouse = tap.pointerType === "mouse";
    const quick = mouse ? clicks > 1 : tap.timeStamp - first.timeStamp < DOUBLE_MS;
    const second = quick && Math.hypot(tap.clientX - first.clientX, tap.clientY - first.clientY) < DOUBLE_PX;
    // A third tap begins anew.
    first = second && !mouse ? { ...first, timeStamp: -Infinity } : tap;
    if (second && !mouse) act();
    return second;
  };
}
