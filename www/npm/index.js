/** The names of the figures, and a way to register their elements that does nothing on a server. */

export { publishedAt } from "./lib/elements/files.js";

const modules = {
  FIGURES
};

export const figures = Object.keys(modules);

/** @param {...string} names */
export async function define(...names) {
  if (!globalThis.customElements) return;
  const wanted = names.length ? names : figures;
  const unknown = wanted.find((name) => !Object.hasOwn(modules, name));
  if (unknown !== undefined) throw new RangeError(`There is no figure “${unknown}”; there are ${figures.join(", ")}.`);
  await Promise.all(wanted.map((name) => modules[name]()));
}
