//! A basin map in plain JavaScript: typed arrays, squared distances, and a walk compiled for its loss.

/** Two ends within this distance, in units of 1 + ‖x‖, are the same minimizer. */
const SAME = 0.02;

/** The mark of a cell that reaches no minimizer. */
export const NONE = -1;

/**
 * The index of the minimizer within reach of (x, y), among the first `count`.
 * @param {number[]} minimizers x and y in turn
 */
function nearest(minimizers, count, x, y) {
  const reach = SAME * (1 + Math.sqrt(x * x + y * y));
  let index = NONE;
  let smallest = reach * reach;
  for (let i = 0; i < count; i++) {
    const dx = x - minimizers[2 * i];
    const dy = y - minimizers[2 * i + 1];
    const square = dx * dx + dy * dy;
    if (square < smallest) {
      smallest = square;
      index = i;
    }
  }
  return index;
}

/**
 * For every start on a grid the minimizer it converges to and the number of steps. A walk that converges where no minimizer
 * is known adds one.
 */
export function basinMap(walk, { view: [[left, right], [bottom, top]], cells, known, ...how }) {
  const settings = { ...how, flat: how.tol * how.tol };
  const minimizers = known.flat();
  const minimizer = new Int16Array(cells * cells);
  const iterations = new Uint32Array(cells * cells);
  const end = new Float64Array(3);
  let steps = 0;
  for (let row = 0; row < cells; row++) {
    const startY = bottom + ((row + 0.5) / cells) * (top - bottom);
    for (let column = 0; column < cells; column++) {
      const startX = left + ((column + 0.5) / cells) * (right - left);
      const far = 1e12 * (1 + Math.sqrt(startX * startX + startY * startY)) ** 2;
      const k = walk(startX, startY, settings, far, end);
      const [x, y, converged] = end;
      const cell = row * cells + column;
      let index = NONE;
      if (converged) {
        index = nearest(minimizers, minimizers.length / 2, x, y);
        if (index === NONE) index = minimizers.push(x, y) / 2 - 1;
      }
      minimizer[cell] = index;
      iterations[cell] = k;
      steps += k;
    }
  }
  return { minimizers, minimizer, iterations, steps };
}
