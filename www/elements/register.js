/** Registers the element of a figure. */

import { GdFigure } from "./figure.js";
import { defineProperties } from "./properties.js";

/**
 * Registers `gd-` plus the name; doing it again is harmless.
 * @param {string} name
 * @param {() => Promise<{ arrive: typeof GdFigure.arrive }>} [fetched] the code of an element without a backend
 * @param {string[]} [fields] its parameters, where they are known beforehand
 */
export function register(name, fetched, fields = []) {
  const tag = `gd-${name}`;
  // On a server that renders the page there is no registry.
  if (!globalThis.customElements || customElements.get(tag)) return;
  const element = class extends GdFigure {
    static figure = name;
  };
  if (fetched) element.arrive = async (/** @type {GdFigure} */ host) => (await fetched()).arrive(host);
  defineProperties(element, fields, (one, field) => /** @type {GdFigure} */ (one).parameter(field));
  customElements.define(tag, element);
}
