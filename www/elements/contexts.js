/**
 * Shares the graphics contexts that a browser allows a page, which are few: when there is one more, it takes that of another
 * away, in sight or not. So the hills nearest to the screen have them, and the others show their maps.
 */

/** Fewer than browsers allow, for the page may have others: 16, and 8 on phones. */
const most = () => (matchMedia("(pointer: coarse)").matches ? 6 : 12);

/** @typedef {{ host: Element, take(): void, release(): void }} Holder */

/** @type {Set<Holder>} */
const holding = new Set();
/** @type {Set<Holder>} */
const waiting = new Set();

/** How far an element is from the screen, in CSS pixels. @param {Holder} holder */
function distance({ host }) {
  const { top, bottom } = host.getBoundingClientRect();
  return Math.max(0, top - innerHeight, -bottom);
}

/** A hill wants a context; it is told at once or later. @param {Holder} holder */
export function ask(holder) {
  if (holding.has(holder)) return;
  waiting.add(holder);
  share();
}

/** A hill wants none any more. @param {Holder} holder */
export function give(holder) {
  waiting.delete(holder);
  if (holding.delete(holder)) share();
}

/** Gives contexts to those that are nearer than others that have one. */
export function share() {
  const far = (/** @type {Iterable<Holder>} */ holders) => [...holders].map((holder) => ({ holder, px: distance(holder) })).sort((a, b) => a.px - b.px);
  for (const next of far(waiting)) {
    if (holding.size >= most()) {
      const last = far(holding).at(-1);
      if (!last || last.px <= next.px) return;
      holding.delete(last.holder);
      waiting.add(last.holder);
      last.holder.release();
    }
    waiting.delete(next.holder);
    holding.add(next.holder);
    next.holder.take();
  }
}
