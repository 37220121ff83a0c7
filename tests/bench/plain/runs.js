//! Descents on Rosenbrock's function with their iterates kept, and the search for each rule's best learning rate.

const TOLERANCE = 1e-6;

/** Every iterate of plain descent, with its loss and gradient. */
export function recorded(alpha, steps, [startX, startY]) {
  const xs = new Float64Array(steps + 1);
  const ys = new Float64Array(steps + 1);
  const losses = new Float64Array(steps + 1);
  const slopesX = new Float64Array(steps + 1);
  const slopesY = new Float64Array(steps + 1);
  const far = 1e12 * (1 + Math.sqrt(startX * startX + startY * startY)) ** 2;
  let x = startX;
  let y = startY;
  let k = 0;
  for (; ; k++) {
    const ahead = 1 - x;
    const across = y - x * x;
    const gx = -2 * ahead - 400 * x * across;
    const gy = 200 * across;
    xs[k] = x;
    ys[k] = y;
    losses[k] = ahead * ahead + 100 * across * across;
    slopesX[k] = gx;
    slopesY[k] = gy;
    if (gx * gx + gy * gy < TOLERANCE * TOLERANCE || k === steps) break;
    x -= alpha * gx;
    y -= alpha * gy;
    if (!(x * x + y * y <= far)) break;
  }
  return { k, xs, ys, losses, slopesX, slopesY };
}

/** One update of each rule: `step(gx, gy, t)` moves the state `s`, whose first two numbers are the point. */
const RULES = {
  gd: (s, alpha, gx, gy) => {
    s[0] -= alpha * gx;
    s[1] -= alpha * gy;
  },
  momentum: (s, alpha, gx, gy) => {
    s[2] = 0.9 * s[2] + gx;
    s[3] = 0.9 * s[3] + gy;
    s[0] -= alpha * s[2];
    s[1] -= alpha * s[3];
  },
  adam: (s, alpha, gx, gy) => {
    s[2] = 0.9 * s[2] + 0.1 * gx;
    s[3] = 0.9 * s[3] + 0.1 * gy;
    s[4] = 0.999 * s[4] + 0.001 * gx * gx;
    s[5] = 0.999 * s[5] + 0.001 * gy * gy;
    // β₁ᵗ and β₂ᵗ, which begin at 0 with the rest of the state: kept as 1 − βᵗ.
    s[6] = 0.9 * s[6] + 0.1;
    s[7] = 0.999 * s[7] + 0.001;
    const root = Math.sqrt(s[7]);
    s[0] -= (alpha / (Math.sqrt(s[4]) / root + 1e-8)) * (s[2] / s[6]);
    s[1] -= (alpha / (Math.sqrt(s[5]) / root + 1e-8)) * (s[3] / s[6]);
  },
};

/** How a descent ends: its last loss and iteration, and whether it converged or diverged. */
function descend(step, alpha, steps, [x, y], s, path) {
  s.fill(0);
  s[0] = x;
  s[1] = y;
  const far = 1e12 * (1 + Math.sqrt(x * x + y * y)) ** 2;
  for (let k = 0; ; k++) {
    const ahead = 1 - s[0];
    const across = s[1] - s[0] * s[0];
    const gx = -2 * ahead - 400 * s[0] * across;
    const gy = 200 * across;
    const loss = ahead * ahead + 100 * across * across;
    if (!(s[0] * s[0] + s[1] * s[1] <= far)) return { k, loss, gone: true };
    if (path) path.set([s[0], s[1], loss, gx, gy], 5 * k);
    if (gx * gx + gy * gy < TOLERANCE * TOLERANCE) return { k, loss, converged: true };
    if (k === steps) return { k, loss };
    step(s, alpha, gx, gy);
  }
}

/** The best of a sweep: fewest iterations to convergence, else the lowest loss among those that stayed. */
function better(one, other) {
  if (!other) return true;
  if (Boolean(one.converged) !== Boolean(other.converged)) return Boolean(one.converged);
  return one.converged ? one.k < other.k : one.loss < other.loss;
}

/** For each rule the best of 61 learning rates, ten per decade, and its run with every iterate kept. */
export function bestOfEach(rules, steps, start) {
  const s = new Float64Array(8);
  return rules.map((rule) => {
    const step = RULES[rule];
    let best;
    for (let i = 0; i <= 60; i++) {
      const alpha = Number((10 ** (i / 10 - 5)).toPrecision(3));
      const end = descend(step, alpha, steps, start, s);
      if (!end.gone && better(end, best)) best = { ...end, alpha };
    }
    const path = new Float64Array(5 * (steps + 1));
    const run = descend(step, best.alpha, steps, start, s, path);
    return { alpha: best.alpha, k: run.k, path };
  });
}
