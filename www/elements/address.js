/** The queries of our addresses: read into pairs of name and text, and written. */

/**
 * A plus is a plus, because formulas have them, and a blank is `%20`; `&amp;`, as it is copied from a page's source, is an
 * ampersand; what is no escape stays as it stands.
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
 * @param {[name: string, text: string][]} pairs
 */
export const query = (pairs) => pairs.map(([name, text]) => `${name}=${encodeURIComponent(text)}`).join("&");
