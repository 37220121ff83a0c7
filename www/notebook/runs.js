/** The runs of a figure as a notebook's Python reads them: what is said of each, and all numbers as doubles in base64. */

/** @import {Run, Snapshot} from "../payloads.js" */

/** More numbers than this would fill the connection to the kernel. */
const MOST_NUMBERS = 500_000;

/** How many bytes become letters at a time: a call takes only so many arguments. */
const BLOCK = 0x8000;

/** @param {Run} run */
const size = ({ iterates }) => iterates.length * (2 * (iterates[0]?.length ?? 0) + 1);

/**
 * @param {Snapshot["runs"]} runs
 * @returns {{ runs: object[] | null, numbers: string }} no runs if there are too many numbers
 */
export function packedRuns(runs) {
  const total = runs.reduce((sum, run) => sum + size(run), 0);
  if (total > MOST_NUMBERS) return { runs: null, numbers: "" };
  const view = new DataView(new ArrayBuffer(8 * total));
  let at = 0;
  /** @param {number | null} value */
  const put = (value) => {
    view.setFloat64(at, value ?? Number.NaN, true);
    at += 8;
  };
  const about = runs.map(({ iterates, losses, gradients, ...rest }) => {
    iterates.forEach((point) => point.forEach(put));
    losses.forEach(put);
    gradients.forEach((slopes) => slopes.forEach(put));
    return { ...rest, count: iterates.length, width: iterates[0]?.length ?? 0 };
  });
  return { runs: about, numbers: letters(new Uint8Array(view.buffer)) };
}

/** @param {Uint8Array} bytes */
function letters(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += BLOCK) text += String.fromCharCode(...bytes.subarray(at, at + BLOCK));
  return btoa(text);
}
