/** Reports the height of a page to the page that frames it. */

import { announce, inform } from "./hosts.js";

const root = document.documentElement;

/**
 * The height of the page without a scroll bar. With one it is narrower and often higher, and a frame of that height would keep
 * it; so the bar is there only while the frame is too low.
 */
function measured() {
  root.style.overflow = "hidden";
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height > innerHeight) root.style.overflow = "";
  return height;
}

let isShown = false;

function report() {
  if (isShown) inform(measured());
}

// At once: some hosts greet a frame as soon as it has loaded.
if (parent !== window) announce(report);

/** Reports the height from now on: whenever it changes, and whenever somebody may have begun to listen. */
export function reportHeight() {
  if (parent === window) return;
  isShown = true;
  new ResizeObserver(report).observe(document.body);
  for (const type of ["resize", "load", "focus"]) addEventListener(type, report);
  report();
}
