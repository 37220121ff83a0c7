//! Times the same work in WebAssembly, in plain JavaScript and with fmin; `window.measured` is set to the nanoseconds when
//! done.
//!
//! The machine may be busy, so every task is short, runs many times, and counts with its shortest time. The contenders take
//! turns, so that all of them see the same background load.

/* global fmin */
import { basinStrip, rosenbrock } from "./plain.js";

const STEPS = 5000;
const REPEATS = 5;
const CELLS = 256;
const STRIPS = CELLS / 4;

/** The shortest time of each contender over many turns, in nanoseconds. */
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

/** A whole basin map, summing the shortest time of each strip. */
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

/** Checks that all contenders compute the same result. */
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
    // The last bits may differ, and so may starts on a basin boundary; the amount of work may not.
    const steps = (strip) => {
      let sum = 0;
      for (let i = 0; i < STRIPS; i++) sum += strip(CELLS, i, tolerance);
      return Math.round(sum / 1000);
    };
    agree("basin map", steps(wasm.basin_strip), steps(basinStrip));
  }
  // Warm-up, so that everything is compiled before it is measured.
  map(3, 0, wasm);
  map(3, 1e-6, wasm);
  const [stepWasm, stepPlain, stepFmin] = shortest(200, [
    // Several runs per measurement, since the browser's clock has a resolution of 5 µs.
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
