/** Taps, drags and hovering on a pane. A vertical drag of one finger stays the page's scrolling (`touch-action: pan-y`). */

/** @import {Pane} from "./pane.js" */
/** @import {Session} from "./session.js" */

/** A press that moves less than this, in CSS pixels of the screen, is a tap. */
const SLOP_PX = 6;

/**
 * @param {Pane} pane
 * @param {Session} session
 * @param {boolean} drags
 */
export function pointer(pane, session, drags) {
  const canvas = pane.moving;
  /** `held` says whether the figure has taken hold of something under the pointer. @type {{ id: number, x: number, y: number, moved: boolean, held: boolean } | null} */
  let press = null;

  const at = (/** @type {PointerEvent} */ event) => pane.at(event.clientX, event.clientY);

  /** Lets go of what was held, wherever the pointer ended. */
  function drop() {
    const held = press?.held;
    press = null;
    if (held) session.apply(session.rust.point("release", pane.index, 0, 0));
  }

  canvas.addEventListener("pointerdown", (event) => {
    // Two fingers are neither a tap nor a drag.
    if (!event.isPrimary) return drop();
    if (event.button !== 0) return;
    const held = drags && session.apply(session.rust.point("press", ...at(event)));
    press = { id: event.pointerId, x: event.clientX, y: event.clientY, moved: false, held };
    if (drags) canvas.setPointerCapture(event.pointerId);
  });

  // A finger that has taken hold of something does not scroll the page; a hill lies under it everywhere.
  if (drags)
    canvas.addEventListener("touchstart", (event) => press?.held && !pane.relief && event.preventDefault(), { passive: false });

  canvas.addEventListener("pointermove", (event) => {
    if (!press) {
      if (event.pointerType === "mouse") session.apply(session.rust.point("hover", ...at(event)));
      return;
    }
    if (event.pointerId !== press.id) return;
    press.moved ||= Math.hypot(event.clientX - press.x, event.clientY - press.y) > SLOP_PX;
    if (press.moved && drags) session.apply(session.rust.point("drag", ...at(event)));
  });

  canvas.addEventListener("pointerup", (event) => {
    if (!press || event.pointerId !== press.id) return;
    const tapped = !press.moved;
    drop();
    if (tapped) session.apply(session.rust.point("tap", ...at(event)));
  });

  canvas.addEventListener("pointercancel", drop);
  canvas.addEventListener("pointerleave", (event) => {
    if (!drags) press = null;
    if (event.pointerType === "mouse") session.apply(session.rust.point("leave", pane.index, 0, 0));
  });
}
