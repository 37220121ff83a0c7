//! Gradients derived by hand and inlined into the loops that need them, as in a program written for one loss: one loop that
//! is handed the gradient takes up to twice as long.

/** Writes down how a walk ended, and returns its number of steps. */
function ended(end, x, y, converged, k) {
  end[0] = x;
  end[1] = y;
  end[2] = converged;
  return k;
}

/**
 * Walks downhill on Himmelblau's function from (x, y) until the squared gradient is below `flat`, the squared distance from
 * the origin above `far`, or `steps` steps are taken. Returns the number of steps; `end` gets the last point and whether the
 * walk converged.
 */
export function himmelblau(x, y, { alpha, steps, flat }, far, end) {
  for (let k = 0; ; k++) {
    const a = x * x + y - 11;
    const b = x + y * y - 7;
    const gx = 4 * x * a + 2 * b;
    const gy = 2 * a + 4 * y * b;
    if (gx * gx + gy * gy < flat) return ended(end, x, y, 1, k);
    if (k === steps) return ended(end, x, y, 0, k);
    x -= alpha * gx;
    y -= alpha * gy;
    if (!(x * x + y * y <= far)) return ended(end, x, y, 0, k + 1);
  }
}

/** The same on Rosenbrock's function. */
export function rosenbrock(x, y, { alpha, steps, flat }, far, end) {
  for (let k = 0; ; k++) {
    const across = y - x * x;
    const gx = 2 * (x - 1) - 400 * x * across;
    const gy = 200 * across;
    if (gx * gx + gy * gy < flat) return ended(end, x, y, 1, k);
    if (k === steps) return ended(end, x, y, 0, k);
    x -= alpha * gx;
    y -= alpha * gy;
    if (!(x * x + y * y <= far)) return ended(end, x, y, 0, k + 1);
  }
}

/** The same on sin(3x)·cos(2y) + exp(−x² − y²). */
export function waves(x, y, { alpha, steps, flat }, far, end) {
  for (let k = 0; ; k++) {
    const hump = 2 * Math.exp(-(x * x + y * y));
    const gx = 3 * Math.cos(3 * x) * Math.cos(2 * y) - x * hump;
    const gy = -2 * Math.sin(3 * x) * Math.sin(2 * y) - y * hump;
    if (gx * gx + gy * gy < flat) return ended(end, x, y, 1, k);
    if (k === steps) return ended(end, x, y, 0, k);
    x -= alpha * gx;
    y -= alpha * gy;
    if (!(x * x + y * y <= far)) return ended(end, x, y, 0, k + 1);
  }
}
