//! What is measured: a figure's work beside plain JavaScript that does and stores the same.
//!
//! Each row prepares both sides, and asserts that they come to equal results before anything is timed. A row runs its figure
//! again and again, so a parameter changes by its last bit from run to run: the work stays the same, and nothing computed
//! earlier can be reused.

import { figure, finish, pageSlice } from "./figures.js";
import { basinMap, NONE } from "./plain/basins.js";
import { fit } from "./plain/fit.js";
import { himmelblau, rosenbrock, waves } from "./plain/losses.js";
import { train } from "./plain/net.js";
import { bestOfEach, recorded } from "./plain/runs.js";
import { sweep } from "./plain/sweep.js";
import { alternate, once } from "./rounds.js";

/** Himmelblau's function as a reader would type it. */
const TYPED = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";

/** A formula with functions that no processor has an instruction for. */
const WAVES = "sin(3*x)*cos(2*y) + exp(-(x^2 + y^2))";

/** The share of cells on the borders of basins that may differ by the rounding of another order of operations. */
const BORDER = 1e-4;

/** The relative difference that rounding makes up for in a run. */
const ROUNDING = 1e-9;

function agree(what, one, other, tolerance = 0) {
  if (!(Math.abs(one - other) <= tolerance * Math.max(1, Math.abs(one))))
    throw new Error(`unequal work: ${what} is ${one} in the page and ${other} in plain JavaScript`);
}

/** Sets a field in turns to a number and to the next larger one. */
function turns(figure, slice, field, number, text = String) {
  const [bits, float] = [new BigUint64Array(1), Float64Array];
  new float(bits.buffer)[0] = number;
  bits[0] += 1n;
  const both = [new float(bits.buffer)[0], number].map(text);
  let turn = 0;
  return () => finish(figure, figure.set(field, both[turn++ % 2]), slice);
}

/** A basin map. */
async function map(slice, { loss, alpha, walk, steps = 200, expected }) {
  const entries = Object.entries({ loss, alpha, steps, basins: "on", start: "0.2,-0.5" });
  const { figure: starts, changes } = await figure("starts", entries.map(([name, value]) => [name, String(value)]));
  finish(starts, changes, slice);
  const { data } = starts.snapshot();
  const [left, right, bottom, top] = data.box;
  const known = loss === TYPED || loss === WAVES ? [] : data.minimizers;
  const view = [[left, right], [bottom, top]];
  const plain = () => basinMap(walk, { view, cells: data.grid, known, alpha, steps, tol: 1e-6 });
  const check = () => {
    const map = plain();
    agree("the number of cells", data.iterations.length, map.iterations.length);
    agree("the number of steps", data.iterations.reduce((sum, k) => sum + k), map.steps);
    if (expected) agree("the number of steps", map.steps, expected);
    // Minimizers are compared by their place, since both sides find them in an order of their own.
    const place = (all, index) => (index === NONE ? [] : all.slice(2 * index, 2 * index + 2));
    const same = ([x, y], [u, v]) => x === u || Math.hypot(x - u, y - v) < 0.02;
    const found = data.minimizers.flat();
    const others = data.minimizer.filter((index, cell) => {
      const [one, other] = [place(found, index), place(map.minimizers, map.minimizer[cell])];
      return data.iterations[cell] !== map.iterations[cell] || !same(one, other);
    });
    agree("the share of other cells", others.length / data.grid ** 2, 0, BORDER);
    return { steps: map.steps };
  };
  return { page: turns(starts, slice, "alpha", alpha), plain, check };
}

/** A recorded descent on Rosenbrock's function, as an event of α in the race. */
async function record(slice) {
  const [alpha, steps, start] = [0.001, 10_000, [-1.2, 1]];
  const entries = { loss: "rosenbrock", rules: "gd", fair: "same", alpha: `${alpha}`, steps: `${steps}`, start: "-1.2,1" };
  const { figure: race } = await figure("race", Object.entries(entries));
  const plain = () => recorded(alpha, steps, start);
  const check = () => {
    const [{ iterates, losses, gradients }] = race.snapshot().runs;
    const run = plain();
    agree("the last iteration", iterates.length - 1, run.k);
    agree("the last x", iterates[run.k][0], run.xs[run.k], ROUNDING);
    agree("the last y", iterates[run.k][1], run.ys[run.k], ROUNDING);
    agree("the last loss", losses[run.k], run.losses[run.k], ROUNDING);
    agree("the last slope", gradients[run.k][0], run.slopesX[run.k], ROUNDING);
    return { steps: run.k };
  };
  return { page: turns(race, slice, "alpha", alpha), plain, check };
}

/** The race at each rule's best α: 61 learning rates for each of three rules, and the runs with the best. */
async function best(slice) {
  const [rules, steps, start] = [["gd", "momentum", "adam"], 500, [-1.2, 1]];
  const entries = { loss: "rosenbrock", rules: rules.join(","), fair: "best", steps: `${steps}`, start: "-1.2,1" };
  const { figure: race, changes } = await figure("race", Object.entries(entries));
  finish(race, changes, slice);
  const plain = () => bestOfEach(rules, steps, start);
  const check = () => {
    const { runs } = race.snapshot();
    plain().forEach(({ alpha, k, path }, index) => {
      const { iterates } = runs[index];
      agree(`the best α of ${rules[index]}`, runs[index].alpha, alpha);
      agree(`the last iteration of ${rules[index]}`, iterates.length - 1, k);
      agree(`the last x of ${rules[index]}`, iterates[k][0], path[5 * k], 1e-6);
    });
    return {};
  };
  return { page: turns(race, slice, "start", 1, (y) => `-1.2,${y}`), plain, check };
}

/** The lab's sweep: iterations to convergence on x² for 261 learning rates. */
async function swept(slice) {
  const [start, tol, most] = [5, 1e-6, 10_000];
  const { figure: lab, changes } = await figure("lab", [["loss", "parabola"], ["start", `${start}`], ["tol", `${tol}`]]);
  finish(lab, changes, slice);
  const { data } = lab.snapshot();
  const plain = () => sweep(data.alphas, start, tol, most);
  const check = () => {
    const { iterations, converged } = plain();
    iterations.forEach((k, i) => agree(`the iterations at ${data.alphas[i]}`, data.iterations[i], k));
    converged.forEach((yes, i) => agree(`convergence at ${data.alphas[i]}`, Number(data.outcomes[i] === "c"), yes));
    return { steps: iterations.reduce((sum, k) => sum + k) };
  };
  return { page: turns(lab, slice, "tol", tol), plain, check };
}

/** An event of α in the fit: 100 points one at a time, 1000 epochs. */
async function fitted(slice) {
  const [alpha, epochs, seed] = [0.01, 1000, 1];
  const entries = { model: "wx+b", data: "noisy", batch: "1", alpha: `${alpha}`, epochs: `${epochs}`, seed: `${seed}` };
  const { figure: line } = await figure("fit", Object.entries(entries));
  const { data, runs } = line.snapshot();
  const plain = () => fit(data.points, alpha, epochs, seed, 1e-6);
  const check = () => {
    const [{ iterates, losses }] = runs;
    const { k, path } = plain();
    agree("the number of points", data.points.length, 100);
    agree("the number of updates", iterates.length - 1, k);
    for (const update of [1, 2, 100, 101, k]) {
      agree(`w after ${update} updates`, iterates[update][0], path[5 * update], ROUNDING);
      agree(`b after ${update} updates`, iterates[update][1], path[5 * update + 1], ROUNDING);
      agree(`the loss after ${update} updates`, losses[update], path[5 * update + 2], ROUNDING);
    }
    return { steps: k };
  };
  return { page: turns(line, slice, "alpha", alpha), plain, check };
}

/** A training: 1000 steps of 2-16-16-1 with all of 100 points, below the edge, where rounding is not magnified. */
async function trained(slice) {
  const [layers, alpha, steps] = [[16, 16], 0.02, 1000];
  const entries = { data: "moons", points: "100", layers: `${layers}`, alpha: `${alpha}`, steps: `${steps}`, every: `${steps}` };
  const { figure: net, changes } = await figure("net", Object.entries(entries));
  const { points, targets, weights } = net.snapshot().data;
  finish(net, changes, slice);
  const samples = points.map(([x, y], i) => [x, y, targets[i]]);
  const plain = () => train(samples, layers, weights, alpha, steps);
  const check = () => {
    const { losses } = plain();
    const { data } = net.snapshot();
    agree("the number of points", samples.length, 100);
    agree("the first loss", data.loss[0], losses[0], ROUNDING);
    agree("the last step", data.k.at(-1), steps);
    agree("the last loss", data.loss.at(-1), losses[steps], ROUNDING);
    return { steps };
  };
  return { page: turns(net, slice, "alpha", alpha), plain, check };
}

const HIMMELBLAU = { loss: "himmelblau", alpha: 0.01, walk: himmelblau };

const ROWS = {
  map: (slice) => map(slice, { ...HIMMELBLAU, expected: 2_492_131 }),
  typed: (slice) => map(slice, { ...HIMMELBLAU, loss: TYPED }),
  // The figure's tolerance is fixed. With so small an α no gradient gets below it, and every start takes all its steps.
  whole: (slice) => map(slice, { ...HIMMELBLAU, alpha: 0.0001, expected: 13_107_200 }),
  rosenbrock: (slice) => map(slice, { loss: "rosenbrock", alpha: 0.0002, walk: rosenbrock, expected: 13_107_200 }),
  waves: (slice) => map(slice, { loss: WAVES, alpha: 0.05, walk: waves }),
  recorded: record,
  best,
  sweep: swept,
  fit: fitted,
  net: trained,
};

export const names = Object.keys(ROWS);

let slice;

/** A row whose sides have come to equal results. */
async function prepared(name) {
  slice ??= await pageSlice();
  const row = await ROWS[name](slice);
  return { ...row, did: row.check() };
}

/** Asserts that both sides do equal work; returns how much. */
export async function check(name) {
  return (await prepared(name)).did;
}

/** Times a row, with its slice of work and its number of steps. */
export async function measure(name) {
  const { page, plain, did } = await prepared(name);
  return { ...did, slice, ...alternate(page, plain) };
}

const alone = new Map();

/** Times the plain side of a row once, to stand beside a program outside the page. */
export async function plain(name) {
  if (!alone.has(name)) {
    const { plain } = await prepared(name);
    plain();
    alone.set(name, plain);
  }
  return once(alone.get(name));
}
