/** A figure in its present state as text to copy: frame, tag, file and link. */

import { parameters, query } from "../address.js";
import { definitions, page } from "../files.js";

/** The longest query of a link: mail and course systems cut longer ones. */
const LONGEST_QUERY = 2000;

/**
 * The state for a link: with what the reader made, if there is room.
 * @param {{ query(whole?: boolean): string }} backend
 */
export function carried(backend) {
  const whole = backend.query(true);
  const isWhole = whole.length <= LONGEST_QUERY;
  return { query: isWhole ? whole : backend.query(), isWhole };
}

/**
 * The same state with other things hidden.
 * @param {string} state as a query
 * @param {string[]} hidden
 */
export function hiding(state, hidden) {
  const others = parameters(state).filter(([name]) => name !== "hide");
  return query(hidden.length ? [...others, ["hide", hidden.join(",")]] : others);
}

/** Link detection in text, mail or Markdown stops at brackets, quotes and asterisks. @param {string} state */
const safe = (state) => state.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The address of a figure on a page of its own; empty where no site is known.
 * @param {string} figure
 * @param {string} state
 */
export const linkTo = (figure, state) => page(figure, safe(state));

/** @param {string} text */
const quoted = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;");

/**
 * @param {string} address
 * @param {string} title
 * @param {number} height
 */
const framing = (address, title, height) =>
  `<iframe src="${quoted(address)}" title="${quoted(title)}" width="100%" height="${height}" loading="lazy" allow="clipboard-write" frameborder="0"></iframe>`;

/** @param {string} script */
export const isModule = (script) => !/^[a-z]+:/.test(script);

/**
 * What to copy, by form.
 * @param {"frame" | "tag" | "file" | "link"} form
 * @param {{ figure: string, title: string, state: string, height: number }} about
 */
export function snippet(form, { figure, title, state, height }) {
  switch (form) {
    case "frame":
      return framing(linkTo(figure, state), title, height);
    case "file":
      return framing(`${figure}.html${state && `?${safe(state)}`}`, title, height);
    case "link":
      return linkTo(figure, state);
    case "tag": {
      const attributes = parameters(state).map(([field, value]) => ` ${field}="${quoted(value)}"`).join("");
      const script = definitions(figure);
      // An address, or the name of a module for a bundler.
      const load = isModule(script) ? `>import "${script}";` : ` src="${script}">`;
      return `<script type="module"${load}</script>\n<gd-${figure}${attributes}></gd-${figure}>`;
    }
  }
}
