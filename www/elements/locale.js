/** The language around an element, and how it writes numbers. */

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
 * What is no language tag at all would make `Intl` throw.
 * @param {string} tag
 */
const plausible = (tag) => (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : "en");
