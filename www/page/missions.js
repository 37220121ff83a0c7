/** What each mission asks for, measured by what a figure reports of itself. */

/** @import {GdFigure} from "../elements/figure.js" */
/** @import {Snapshot} from "../payloads.js" */

/**
 * Whether a figure has these fields as the lesson gave them.
 * @param {GdFigure} it
 * @param {Snapshot} state
 * @param {string[]} fields their names
 */
const asGiven = (it, { spec }, ...fields) => fields.every((field) => String(spec[field]) === it.getAttribute(field)?.replaceAll(";", ","));

/** @param {Snapshot["runs"][number]} run */
const converged = ({ outcome }) => outcome.kind === "converged";

/**
 * The missions by name: the steps that a figure's state took, if it is what the mission asks for. The par is in the page.
 * @type {Record<string, (it: GdFigure, state: Snapshot) => number | undefined>}
 */
export const judges = {
  // A walk from the first start, with the blindfold off again: how soon it was at its goal.
  par(it, { spec, data }) {
    const [start] = /** @type {number[][]} */ (data.walk);
    const losses = /** @type {number[]} */ (data["walk-losses"]);
    if (spec.blindfold || spec.loss !== it.getAttribute("loss") || !it.getAttribute("start")?.startsWith(`${start};`)) return;
    const k = losses.findIndex((loss) => loss <= Number(data["walk-goal"]));
    return k < 0 ? undefined : k;
  },
  // Every start has come to another minimizer.
  hollows(it, state) {
    const { runs } = state;
    const ends = new Set(runs.map(({ iterates }) => iterates.at(-1)?.map((x) => Number(x).toFixed(2)).join()));
    if (!asGiven(it, state, "loss", "start") || !runs.every(converged) || ends.size < runs.length) return;
    return Math.max(...runs.map(({ outcome }) => outcome.k));
  },
  // Some rule has converged with an α that no sweep has found, and the reader has seen it.
  rosenbrock(it, state) {
    const runs = state.runs.filter((run) => converged(run) && run.rule !== "newton");
    if (!asGiven(it, state, "loss", "start") || state.spec.fair !== "same" || !runs.length) return;
    const steps = Math.min(...runs.map(({ outcome }) => outcome.k));
    return state.k < steps ? undefined : steps;
  },
};
