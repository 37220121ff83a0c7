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
  const again = () => {
    target?.scrollIntoView({ behavior: "instant" });
    if (target && ++frames < FRAMES) requestAnimationFrame(again);
  };
  again();
}
