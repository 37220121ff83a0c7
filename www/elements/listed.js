/** The names that `hide` and `show` list. */

/** Groups of controls, which a figure has or not, and what is neither a control nor a field. */
const groups = ["transport", "runners", "settings", "view", "share", "readouts", "table"];

/**
 * @param {Element} host
 * @param {"hide" | "show"} attribute
 */
export const listed = (host, attribute) => new Set((host.getAttribute(attribute) ?? "").split(/[\s,]+/).filter(Boolean));

/**
 * What is wrong with a list: the first name in it that the figure does not have, with those that it has.
 * @param {Set<string>} list
 * @param {string[]} names those of controls, fields and readouts
 * @param {string} sentence
 */
export function unknown(list, names, sentence) {
  const known = [...new Set([...groups, ...names])].filter(Boolean);
  const wrong = [...list].find((name) => !known.includes(name));
  if (!wrong) return "";
  return sentence.replace("{name}", () => wrong.slice(0, 40)).replace("{names}", () => known.join(", "));
}
