//! Times two sides in turns.

/** A sample lasts at least this long, so that the resolution of the clock does not matter. */
const SAMPLE_MS = 4;

/** Rounds are added until a row has taken this long, within these bounds. */
const ROW_MS = 3000;
const FEWEST = 7;
const MOST = 41;

/** Iterations of the spin loop: about a millisecond. */
const SPIN = 250_000;

/** The shortest spin of this page so far. */
let quickest = Infinity;

/** A loop that always does the same, in registers. */
function spin() {
  const from = performance.now();
  let x = 0.5;
  for (let i = 0; i < SPIN; i++) x = 3.5 * x * (1 - x);
  const took = performance.now() - from;
  if (!(x > 0)) throw new Error("the spin loop left its interval");
  quickest = Math.min(quickest, took);
  return took;
}

/** The mean time of several runs. */
function timed(work, runs) {
  const from = performance.now();
  for (let i = 0; i < runs; i++) work();
  return (performance.now() - from) / runs;
}

/** How many runs make a sample. */
const runsOf = (work) => Math.max(1, Math.ceil(SAMPLE_MS / timed(work, 1)));

/** Median and quartiles. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/**
 * The times of both sides in milliseconds, their ratio round by round, and the share of the time that the machine gave to
 * others: what the spin loops between the samples took beyond the shortest one of the page.
 */
export function alternate(page, plain) {
  // The first runs compile and count runs.
  const runs = [page, plain].map((work) => [work, work].map(runsOf).at(-1));
  spin();
  const times = { page: [], plain: [], ratios: [], spins: [] };
  const from = performance.now();
  for (let round = 0; round < MOST && (round < FEWEST || performance.now() - from < ROW_MS); round++) {
    // Which side comes first changes from round to round.
    const sides = round % 2 ? ["plain", "page"] : ["page", "plain"];
    for (const side of sides) {
      times.spins.push(spin());
      times[side].push(side === "page" ? timed(page, runs[0]) : timed(plain, runs[1]));
    }
    times.ratios.push(times.page.at(-1) / times.plain.at(-1));
  }
  const spent = times.spins.reduce((sum, took) => sum + took, 0);
  return {
    page: spread(times.page),
    plain: spread(times.plain),
    ratio: spread(times.ratios),
    faster: spread(times.ratios.map((ratio) => 1 / ratio)),
    rounds: times.ratios.length,
    lost: 1 - (quickest * times.spins.length) / spent,
  };
}

/** One side alone, once: for what is timed against a program outside the page. */
export function once(work) {
  const took = spin();
  return { ms: timed(work, 1), lost: 1 - quickest / took };
}
