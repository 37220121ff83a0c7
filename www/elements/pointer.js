/** Taps, drags and hovering on a pane. A one-finger vertical drag still scrolls the page (`touch-action: pan-y`). */

/** @import {Pane} from "./pane.js" */
/** @import {FigureController} from "./controller.js" */

/** A press that moves less than this, in CSS pixels of the screen, is a tap. */
const SLOP_PX = 6;

/** Two taps of a finger within this time and distance are a double tap. */
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
  /**
   * `held` is whether the figure is dragging something.
   * @type {{ id: number, x: number, y: number, moved: boolean, held: boolean } | null}
   */
  let press = null;

  const at = (/** @type {PointerEvent} */ event) => pane.at(event.clientX, event.clientY);

  /** Ends the drag, wherever the pointer was released. */
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

  // A finger that drags something must not scroll the page; the hill can be dragged everywhere.
  if (drags)
    canvas.addEventListener("touchstart", (event) => press?.held && !pane.relief && event.preventDefault(), { passive: false });

  canvas.addEventListener("pointermove", (event) => {
    if (!press) {
      if (event.pointerType === "mouse") controller.ask((backend) => backend.point("hover", ...at(event)));
      return;
    }
    if (event.pointerId !== press.id) return;
    const [across, down] = [Math.abs(event.clientX - press.x), Math.abs(event.clientY - press.y)];
    // A finger that moves up or down scrolls the page, unless it drags something.
    if (!press.moved && !press.held && event.pointerType === "touch" && down > across && down > SLOP_PX) return drop();
    press.moved ||= Math.hypot(across, down) > SLOP_PX;
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
 * Where a double click has a meaning, its second click is not a tap, and the figure undoes the first. For a mouse the
 * system counts clicks, at the speed its owner chose; for fingers not every browser does.
 * @param {HTMLCanvasElement} canvas
 * @param {FigureController} controller
 * @returns {(event: PointerEvent) => boolean} whether this tap is the second of a double tap
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
    // A third tap starts over.
    first = second && !mouse ? { ...first, timeStamp: -Infinity } : tap;
    if (second && !mouse) act();
    return second;
  };
}
