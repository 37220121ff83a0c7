//! The benchmark's tasks in fast, hand-written JavaScript: local numbers, typed arrays, squared distances instead of roots,
//! and gradients derived by hand.

/** Plain descent on Rosenbrock's function from (−1.2, 1) with α = 0.001; returns the final x. */
export function rosenbrock(steps) {
  let x = -1.2;
  let y = 1;
  const far = 1e12 * (1 + Math.hypot(x, y)) ** 2;
  for (let k = 0; k < steps; k++) {
    const across = y - x * x;
    const gx = 2 * (x - 1) - 400 * x * across;
    const gy = 200 * across;
    x -= 0.001 * gx;
    y -= 0.001 * gy;
    if (!(x * x + y * y <= far)) break;
  }
  return x;
}

const MINIMIZER_X = new Float64Array([3, -2.805118086952745, -3.779310253377747, 3.5844283403304917]);
const MINIMIZER_Y = new Float64Array([2, 3.131312518250573, -3.2831859912861696, -1.8481265269644036]);

/** The index of the minimizer of Himmelblau's function nearest to (x, y). */
function nearest(x, y) {
  let index = 0;
  let smallest = Infinity;
  for (let i = 0; i < 4; i++) {
    const dx = x - MINIMIZER_X[i];
    const dy = y - MINIMIZER_Y[i];
    const square = dx * dx + dy * dy;
    if (square < smallest) {
      smallest = square;
      index = i;
    }
  }
  return index;
}

const ROWS = 4;
const minimizers = new Uint8Array(ROWS * 2048);
const iterations = new Uint16Array(ROWS * 2048);

/**
 * Four rows of the basin map of Himmelblau's function with α = 0.01 and at most 200 steps per start; returns the number of
 * steps taken. With a tolerance of 0, convergence is not tested.
 */
export function basinStrip(cells, strip, tolerance) {
  const flat = tolerance * tolerance;
  let total = 0;
  for (let row = 0; row < ROWS; row++) {
    for (let column = 0; column < cells; column++) {
      let x = -5 + ((column + 0.5) / cells) * 10;
      let y = -5 + ((strip * ROWS + row + 0.5) / cells) * 10;
      const far = 1e12 * (1 + Math.sqrt(x * x + y * y)) ** 2;
      let k = 0;
      if (tolerance > 0) {
        for (; k < 200; k++) {
          const a = x * x + y - 11;
          const b = x + y * y - 7;
          const gx = 4 * x * a + 2 * b;
          const gy = 2 * a + 4 * y * b;
          if (gx * gx + gy * gy < flat) break;
          x -= 0.01 * gx;
          y -= 0.01 * gy;
          if (!(x * x + y * y <= far)) break;
        }
      } else {
        for (; k < 200; k++) {
          const a = x * x + y - 11;
          const b = x + y * y - 7;
          x -= 0.01 * (4 * x * a + 2 * b);
          y -= 0.01 * (2 * a + 4 * y * b);
          if (!(x * x + y * y <= far)) break;
        }
      }
      minimizers[row * cells + column] = x * x + y * y <= far ? nearest(x, y) : 255;
      iterations[row * cells + column] = k;
      total += k;
    }
  }
  return total;
}
