//! Measures the same work as WebAssembly, as plain JavaScript and by fmin; `window.measured` has the
//! nanoseconds when it is done.
//!
//! The machine may be busy, so every piece of work is short, is run many times, and its shortest time
//! counts; the contenders take turns, so that each meets the same neighbours.

/* global fmin */
import { basinStrip, rosenbrock } from "./plain.js";

const STEPS = 5000;
const REPEATS = 5;
const CELLS = 256;
const STRIPS = CELLS / 4;

/** The shortest time of each contender's work over many turns, in nanoseconds. */
function shortest(turns, contenders) {
  const best = contenders.map(() => Infinity);
  for (let turn = 0; turn < turns; turn++) {
    contenders.forEach((work, index) => {
      const started = performance.now();
      work();
      best[index] = Math.min(best[index], performance.now() - started);
    });
  }
  return best.map((milliseconds) => milliseconds * 1e6);
}

function repeat(work) {
  for (let i = 0; i < REPEATS; i++) work();
}

function byFmin(steps) {
  const gradientInto = (at, gradient) => {
    const [x, y] = at;
    const across = y - x * x;
    gradient[0] = 2 * (x - 1) - 400 * x * across;
    gradient[1] = 200 * across;
    return (1 - x) * (1 - x) + 100 * across * across;
  };
  return fmin.gradientDescent(gradientInto, [-1.2, 1], { maxIterations: steps, learnRate: 0.001 }).x[0];
}

/** A whole basin map, each strip at its shortest. */
function map(turns, tolerance, wasm) {
  const total = [0, 0];
  for (let strip = 0; strip < STRIPS; strip++) {
    const took = shortest(turns, [
      () => wasm.basin_strip(CELLS, strip, tolerance),
      () => basinStrip(CELLS, strip, tolerance),
    ]);
    total[0] += took[0];
    total[1] += took[1];
  }
  return { wasm: total[0], javascript: total[1] };
}

/** Nobody is fast by leaving work out. */
function agree(what, ...results) {
  const [first] = results;
  if (!results.every((result) => Math.abs(result - first) <= 1e-9 * Math.abs(first))) {
    throw new Error(`${what}: the results are ${results.join(", ")}`);
  }
}

async function measure() {
  const { instance } = await WebAssembly.instantiateStreaming(fetch("downhill_bench.wasm"));
  const wasm = instance.exports;
  agree("Rosenbrock", wasm.rosenbrock(STEPS), rosenbrock(STEPS), byFmin(STEPS));
  for (const tolerance of [0, 1e-6]) {
    // Neither the last bit nor a start on a border between basins need be the same; the work is.
    const steps = (strip) => {
      let sum = 0;
      for (let i = 0; i < STRIPS; i++) sum += strip(CELLS, i, tolerance);
      return Math.round(sum / 1000);
    };
    agree("basin map", steps(wasm.basin_strip), steps(basinStrip));
  }
  // Once to be compiled, once to be measured.
  map(3, 0, wasm);
  map(3, 1e-6, wasm);
  const [stepWasm, stepPlain, stepFmin] = shortest(200, [
    // Several runs, as the browser's clock goes by 5 µs.
    () => repeat(() => wasm.rosenbrock(STEPS)),
    () => repeat(() => rosenbrock(STEPS)),
    () => repeat(() => byFmin(STEPS)),
  ]).map((took) => took / REPEATS / STEPS);
  window.measured = {
    rosenbrock: { wasm: stepWasm, javascript: stepPlain, fmin: stepFmin },
    map: map(15, 0, wasm),
    stopping: map(15, 1e-6, wasm),
    browser: navigator.userAgent,
  };
}

measure().catch((error) => {
  window.failed = String(error);
});
