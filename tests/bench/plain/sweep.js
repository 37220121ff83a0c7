//! The sweep of the lab: iterations to convergence on x² for each of many learning rates.

/** For each α the number of iterations, and 1 if the descent converged. */
export function sweep(alphas, start, tol, most) {
  const iterations = new Uint32Array(alphas.length);
  const converged = new Uint8Array(alphas.length);
  const losses = new Float64Array(alphas.length);
  const far = 1e6 * (1 + Math.abs(start));
  for (let i = 0; i < alphas.length; i++) {
    const alpha = alphas[i];
    let x = start;
    let k = 0;
    for (; ; k++) {
      if (!(Math.abs(x) <= far)) break;
      const slope = 2 * x;
      if (Math.abs(slope) < tol) {
        converged[i] = 1;
        break;
      }
      if (k === most) break;
      x -= alpha * slope;
    }
    iterations[i] = k;
    losses[i] = x * x;
  }
  return { iterations, converged, losses };
}
