/** Dividing work into tasks, so that the page paints and hears the reader in between. */

/** A busy page is waited for at most this long. */
const LONGEST_MS = 1000;

/** The time between two looks at something that is under way elsewhere. */
const LOOK_MS = 8;

/** Settles in a task of its own. */
export const soon = () => new Promise((done) => setTimeout(done, LOOK_MS));

/** Settles when the page has nothing more urgent to do. Not every browser tells; there, in a task of its own. */
export const rest = () =>
  new Promise((done) => ("requestIdleCallback" in globalThis ? requestIdleCallback(done, { timeout: LONGEST_MS }) : setTimeout(done)));
