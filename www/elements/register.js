/** Registers the element of a figure. */

import { GdFigure } from "./figure.js";

/**
 * Registers `gd-` plus the name; doing it again is harmless.
 * @param {string} name
 * @param {() => Promise<{ arrive: typeof GdFigure.arrive }>} [fetched] the code of an element without a backend
 */
export function register(name, fetched) {
  const tag = `gd-${name}`;
  // On a server that renders the page there is no registry.
  if (!globalThis.customElements || customElements.get(tag)) return;
  const element = class extends GdFigure {
    static figure = name;
  };
  if (fetched) element.arrive = async (/** @type {GdFigure} */ host) => (await fetched()).arrive(host);
  customElements.define(tag, element);
}
