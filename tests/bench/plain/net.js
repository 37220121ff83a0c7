//! Full-batch descent of a network 2-n-m-1 with tanh on the mean of the squared errors, in typed arrays.

/**
 * The weights after a number of steps, from given ones: layer by layer W row by row, then b.
 * @param {[number, number, number][]} points x, y and the target
 * @param {[number, number]} hidden
 * @param {number[]} start
 */
export function train(points, [n, m], start, alpha, steps) {
  const count = points.length;
  const xs = Float64Array.from(points, ([x]) => x);
  const ys = Float64Array.from(points, ([, y]) => y);
  const targets = Float64Array.from(points, ([, , target]) => target);
  const weights = Float64Array.from(start);
  const gradient = new Float64Array(weights.length);
  // Where the parts begin.
  const b1 = 2 * n;
  const w2 = b1 + n;
  const b2 = w2 + n * m;
  const w3 = b2 + m;
  const b3 = w3 + m;
  const first = new Float64Array(n);
  const second = new Float64Array(m);
  const back = new Float64Array(n);
  const losses = new Float64Array(steps + 1);
  for (let k = 0; ; k++) {
    let loss = 0;
    gradient.fill(0);
    for (let i = 0; i < count; i++) {
      const x = xs[i];
      const y = ys[i];
      for (let j = 0; j < n; j++) first[j] = Math.tanh(weights[2 * j] * x + weights[2 * j + 1] * y + weights[b1 + j]);
      let out = weights[b3];
      for (let l = 0; l < m; l++) {
        let sum = weights[b2 + l];
        const row = w2 + l * n;
        for (let j = 0; j < n; j++) sum += weights[row + j] * first[j];
        const unit = Math.tanh(sum);
        second[l] = unit;
        out += weights[w3 + l] * unit;
      }
      const error = out - targets[i];
      loss += error * error;
      const delta = (2 * error) / count;
      gradient[b3] += delta;
      back.fill(0);
      for (let l = 0; l < m; l++) {
        const unit = second[l];
        gradient[w3 + l] += delta * unit;
        const slope = delta * weights[w3 + l] * (1 - unit * unit);
        gradient[b2 + l] += slope;
        const row = w2 + l * n;
        for (let j = 0; j < n; j++) {
          gradient[row + j] += slope * first[j];
          back[j] += slope * weights[row + j];
        }
      }
      for (let j = 0; j < n; j++) {
        const slope = back[j] * (1 - first[j] * first[j]);
        gradient[2 * j] += slope * x;
        gradient[2 * j + 1] += slope * y;
        gradient[b1 + j] += slope;
      }
    }
    losses[k] = loss / count;
    if (k === steps) return { weights, losses };
    for (let index = 0; index < weights.length; index++) weights[index] -= alpha * gradient[index];
  }
}
