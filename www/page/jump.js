/**
 * Lands jumps exactly. Sections far from the screen have only estimated heights, so the browser lands beside the heading and
 * the sections around it then take their true heights.
 */

/** Frames until the sections around a heading have their heights. */
const FRAMES = 8;

export function landExactly() {
  addEventListener("hashchange", land);
  // After a reload the browser goes back to where the reader was.
  const [navigation] = performance.getEntriesByType("navigation");
  if (/** @type {PerformanceNavigationTiming | undefined} */ (navigation)?.type === "navigate") land();
}

function land() {
  const target = document.querySelector(":target");
  let frames = 0;
  let at_px = scrollY;
  const again = () => {
    // The reader, or the browser on its own, has scrolled since.
    if (!target || scrollY !== at_px) return;
    target.scrollIntoView({ behavior: "instant" });
    at_px = scrollY;
    if (++frames < FRAMES) requestAnimationFrame(again);
  };
  again();
}
