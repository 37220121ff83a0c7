/** Parses and writes URL queries as name–value pairs. */

/**
 * A plus stays a plus because formulas contain it, and a space is written `%20`. `&amp;`, as copied from a page's source,
 * counts as an ampersand; malformed escapes are left unchanged.
 * @param {string} query
 * @returns {[name: string, text: string][]}
 */
export function parameters(query) {
  const pairs = query.replace(/^\?/, "").split("&").map((part) => /** @type {const} */ ([part.split("=", 1)[0] ?? "", part]));
  return pairs
    .map(([name, part]) => /** @type {[string, string]} */ ([named(name), decoded(part.slice(name.length + 1))]))
    .filter(([name]) => name);
}

/** @param {string} name */
const named = (name) => decoded(name).replace(/^(amp;)+/i, "").trim();

/** @param {string} text */
const decoded = (text) =>
  text.replace(/(%[\da-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped;
    }
  });

/**
 * Commas may stand in a query as they are: lists stay readable, and a link has room for more points.
 * @param {[name: string, text: string][]} pairs
 */
export const query = (pairs) => pairs.map(([name, text]) => `${name}=${encodeURIComponent(text).replaceAll("%2C", ",")}`).join("&");
