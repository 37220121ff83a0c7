/** Maps lines to the parts of the formula they implement, and keeps the mapping while lines are edited. */

/**
 * The parts of the edited lines: unchanged lines and lines edited in place keep theirs.
 * @param {string[]} before
 * @param {string[]} after
 * @param {string[]} parts one entry for each line before
 */
export function moved(before, after, parts) {
  const shorter = Math.min(before.length, after.length);
  let above = 0;
  while (above < shorter && before[above] === after[above]) above++;
  let below = 0;
  while (below < shorter - above && before[before.length - 1 - below] === after[after.length - 1 - below]) below++;
  const kept = parts.slice(above, before.length - below);
  const changed = Array.from({ length: after.length - above - below }, (_, index) => kept[index] ?? "");
  return [...parts.slice(0, above), ...changed, ...parts.slice(before.length - below)];
}

/** The colour role of a part: the same as in the figures, where there is one. @type {Record<string, string>} */
const roles = { gradient: "gradient", step: "step", start: "marble", flat: "converged" };

/** @param {string} part */
export const roleOf = (part) => roles[part] ?? "curve";
