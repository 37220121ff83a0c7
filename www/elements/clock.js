/** One animation clock and one pair of observers for all figures of the page. */

/** A frame after a pause counts as this long at most, so that nothing leaps. */
const LONGEST_SECONDS = 0.1;

/** @typedef {{ frame(seconds: number): boolean }} Moving `frame` says whether it wants another one */

/** @type {Set<Moving>} */
const waiting = new Set();
/** @type {WeakMap<Moving, number>} */
const before = new WeakMap();
let requested = 0;

/**
 * Asks for one animation frame. Nothing is scheduled while nobody asks.
 * @param {Moving} moving
 */
export function want(moving) {
  waiting.add(moving);
  requested ||= requestAnimationFrame(turn);
}

/** @param {Moving} moving */
export function forget(moving) {
  waiting.delete(moving);
  before.delete(moving);
}

/** @param {number} now */
function turn(now) {
  requested = 0;
  const round = [...waiting];
  waiting.clear();
  for (const moving of round) {
    const since = (now - (before.get(moving) ?? now)) / 1000;
    before.delete(moving);
    try {
      if (!moving.frame(Math.min(since, LONGEST_SECONDS))) continue;
    } catch (error) {
      reportError(error);
      continue;
    }
    before.set(moving, now);
    want(moving);
  }
}

/** @typedef {(inside: boolean) => void} Seen */

/** @param {string} rootMargin */
function watcher(rootMargin) {
  /** @type {WeakMap<Element, Seen>} */
  const callbacks = new WeakMap();
  const seen = (/** @type {IntersectionObserverEntry[]} */ entries) => {
    for (const entry of entries) callbacks.get(entry.target)?.(entry.isIntersecting);
  };
  /** Made for the first element: who only imports this may have no page. @type {IntersectionObserver | undefined} */
  let observer;
  return (/** @type {Element} */ element, /** @type {Seen} */ callback) => {
    const watching = (observer ??= new IntersectionObserver(seen, { rootMargin }));
    callbacks.set(element, callback);
    watching.observe(element);
    return () => {
      // What was seen before may be told afterwards.
      callbacks.delete(element);
      watching.unobserve(element);
    };
  };
}

/** Calls back when the element comes within a screen of the viewport, and leaves it; returns how to stop. */
export const nearby = watcher("100% 0px");

/** Calls back shortly before any of the element comes on screen, and when it has gone; returns how to stop. */
export const onScreen = watcher("10% 0px");
