/** The language of an element and its number format. */

/**
 * @param {Element} element
 * @returns {[language: string, decimal: string, group: string]}
 */
export function locale(element) {
  const spoken = element.closest("[lang]")?.getAttribute("lang") || "en";
  const language = Intl.NumberFormat.supportedLocalesOf(plausible(spoken))[0] ?? "en";
  const parts = new Intl.NumberFormat(language, { useGrouping: true }).formatToParts(12345.5);
  const separator = (/** @type {string} */ type) => parts.find((part) => part.type === type)?.value ?? "";
  return [language, separator("decimal"), separator("group")];
}

/**
 * `Intl` throws on malformed language tags.
 * @param {string} tag
 */
const plausible = (tag) => (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : "en");
