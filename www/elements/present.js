/** The figures that are in the page now, in shadow trees too. */

/** @type {Set<Element>} */
const figures = new Set();
/** @type {Set<() => void>} */
const listeners = new Set();

const tell = () => {
  for (const listener of [...listeners]) listener();
};

/** A figure has come, or has another id. @param {Element} figure */
export function come(figure) {
  figures.add(figure);
  tell();
}

/** @param {Element} figure */
export function gone(figure) {
  if (figures.delete(figure)) tell();
}

/**
 * Calls back whenever figures come or go; returns a function that stops it.
 * @param {() => void} listener
 */
export function whenOthersCome(listener) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/**
 * The other figure with this id: of the same tree, or of one around it, or of any in the document.
 * @param {Element} from
 * @param {string} id
 */
export function figureById(from, id) {
  const named = [...figures].filter((figure) => figure !== from && figure.id === id && figure.isConnected && figure.ownerDocument === from.ownerDocument);
  /** @type {Node | undefined} */
  let root = from.getRootNode();
  for (; root; root = root instanceof ShadowRoot ? root.host.getRootNode() : undefined) {
    const here = root;
    const found = named.find((figure) => figure.getRootNode() === here);
    if (found) return found;
  }
  return named[0];
}
