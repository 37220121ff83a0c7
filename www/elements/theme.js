/** Light or dark, colours by role, and reduced motion: what a figure takes from the page around it. */

/** @import {Boundary} from "../boundary.js" */

/** A reader preference, queried lazily because this module may be imported where there is no page. @param {string} query */
function preference(query) {
  /** @type {MediaQueryList | undefined} */
  let list;
  return () => (list ??= matchMedia(`(prefers-${query})`));
}
const dark = preference("color-scheme: dark");
const still = preference("reduced-motion: reduce");

/** @type {Set<() => void>} */
const listeners = new Set();
const tell = () => listeners.forEach((listener) => listener());
/** The documents whose theme is watched. @type {WeakSet<Document>} */
const watched = new WeakSet();

/**
 * Calls back when the page's theme or the reader's preferences change; returns a function that stops it.
 * @param {Document} page
 * @param {() => void} listener
 */
export function surroundings(page, listener) {
  if (!watched.has(page)) {
    watched.add(page);
    // Adding the same listener again has no effect.
    for (const list of [dark(), still()]) list.addEventListener("change", tell);
    const attributeFilter = ["data-theme", "class", "style"];
    new MutationObserver(tell).observe(page.documentElement, { attributeFilter });
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const reducedMotion = () => still().matches;

/**
 * The element's own `theme`, else the page's, else the reader's preference.
 * @param {Element} host
 * @returns {"light" | "dark"}
 */
function themeOf(host) {
  const named = [host.getAttribute("theme"), host.ownerDocument.documentElement.dataset.theme];
  for (const name of named) if (name === "light" || name === "dark") return name;
  const scheme = getComputedStyle(host).colorScheme;
  if (scheme === "light" || scheme === "dark") return scheme;
  return dark().matches ? "dark" : "light";
}

/**
 * Rules that give the shadow tree its colours as `--_role`. A page may override each with `--gd-role`; an element with its
 * own theme takes only overrides set on the element itself.
 * @param {Element} host
 * @param {Pick<Boundary, "palette">} wasm
 */
export function themeRules(host, wasm) {
  const theme = themeOf(host);
  const own = host.getAttribute("theme") === theme;
  const lines = wasm.palette(theme).map(([role, hex]) =>
    own ? `--gd-${role}:${hex};--_${role}:var(--gd-${role});` : `--_${role}:var(--gd-${role},${hex});`,
  );
  return `:host{color-scheme:${theme};${lines.join("")}}`;
}

/** @type {CanvasRenderingContext2D | null | undefined} */
let probe;

/**
 * The same colours as `#rrggbb`, in palette order, as the painter needs them.
 * @param {Element} host
 * @param {Boundary} wasm
 */
export function colours(host, wasm) {
  const computed = getComputedStyle(host);
  probe ??= document.createElement("canvas").getContext("2d");
  return wasm.palette(themeOf(host)).map(([role, hex]) => {
    const value = computed.getPropertyValue(`--_${role}`).trim();
    if (!probe || !value || value === hex) return hex;
    probe.fillStyle = hex;
    probe.fillStyle = value;
    return /^#.{6}$/.test(probe.fillStyle) ? probe.fillStyle : hex;
  });
}
