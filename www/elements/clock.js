/** The animation clock and intersection observers shared by all figures on the page. */

/** Caps the time step after a pause, so that nothing jumps. */
const LONGEST_SECONDS = 0.1;

/** @typedef {{ frame(seconds: number): boolean }} Moving `frame` returns whether it needs another frame */

/** @type {Set<Moving>} */
const waiting = new Set();
/** @type {WeakMap<Moving, number>} */
const before = new WeakMap();
let requested = 0;

/**
 * Requests one animation frame. The clock stops when there are no requests.
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
  /**
   * Created lazily, because this module may be imported where there is no page.
   * @type {IntersectionObserver | undefined}
   */
  let observer;
  return (/** @type {Element} */ element, /** @type {Seen} */ callback) => {
    const watching = (observer ??= new IntersectionObserver(seen, { rootMargin }));
    callbacks.set(element, callback);
    watching.observe(element);
    return () => {
      // Entries already queued may still be delivered after this.
      callbacks.delete(element);
      watching.unobserve(element);
    };
  };
}

/**
 * Calls back when the element comes within one screen of the viewport and when it leaves; returns a function that stops it.
 */
export const nearby = watcher("100% 0px");

/** Calls back shortly before the element comes on screen and after it has left; returns a function that stops it. */
export const onScreen = watcher("10% 0px");
