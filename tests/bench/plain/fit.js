//! Stochastic descent that fits ŷ = wx + b, one point an update, with the loss over all points kept after each.

import { Pcg32 } from "./pcg.js";

/**
 * Keeps what the figure keeps: parameters, loss and gradient over all points after every update, the loss and gradient of
 * its point, and the order of the points.
 */
export function fit(points, alpha, epochs, seed, tol) {
  const count = points.length;
  const xs = Float64Array.from(points, ([x]) => x);
  const ys = Float64Array.from(points, ([, y]) => y);
  const updates = Math.min(count * epochs, 100_000);
  const path = new Float64Array(5 * (updates + 1));
  const steps = new Float64Array(3 * updates);
  const order = new Uint32Array(updates);
  const random = new Pcg32(2, seed);
  const shuffled = Uint32Array.from(xs, (_, i) => i);
  let w = 0;
  let b = 0;
  let flat = 0;
  let k = 0;
  for (; ; k++) {
    let loss = 0;
    let gw = 0;
    let gb = 0;
    for (let i = 0; i < count; i++) {
      const error = w * xs[i] + b - ys[i];
      loss += error * error;
      gw += error * xs[i];
      gb += error;
    }
    loss /= count;
    gw = (2 * gw) / count;
    gb = (2 * gb) / count;
    const at = 5 * k;
    path[at] = w;
    path[at + 1] = b;
    path[at + 2] = loss;
    path[at + 3] = gw;
    path[at + 4] = gb;
    flat = gw * gw + gb * gb < tol * tol ? flat + 1 : 0;
    if (flat >= count || k === updates || !(w * w + b * b <= 1e12)) break;
    if (k % count === 0) random.shuffle(shuffled);
    const point = shuffled[k % count];
    const error = w * xs[point] + b - ys[point];
    order[k] = point;
    steps[3 * k] = error * error;
    steps[3 * k + 1] = 2 * error * xs[point];
    steps[3 * k + 2] = 2 * error;
    w -= alpha * steps[3 * k + 1];
    b -= alpha * steps[3 * k + 2];
  }
  return { k, path, steps, order };
}
