//! Runs the benchmark tasks natively and prints nanoseconds as JSON.

use std::hint::black_box;
use std::time::Instant;

use downhill_bench::{basin_strip, rosenbrock};

const STEPS: u32 = 5000;
const CELLS: u32 = 256;
const STRIPS: u32 = CELLS / 4;

/// The shortest of several runs, in nanoseconds: on a busy machine the longer ones measure other
/// processes.
fn shortest(runs: u32, mut work: impl FnMut()) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..runs {
        let started = Instant::now();
        work();
        let took = started.elapsed().as_secs_f64() * 1e9;
        best = if took < best { took } else { best };
    }
    best
}

fn map(tolerance: f64) -> f64 {
    let strip = |strip| {
        shortest(15, || {
            black_box(basin_strip(black_box(CELLS), strip, tolerance));
        })
    };
    (0..STRIPS).map(strip).sum()
}

fn main() {
    let run = shortest(200, || {
        black_box(rosenbrock(black_box(STEPS)));
    });
    let step = run / f64::from(STEPS);
    println!("{{\"rosenbrock\": {step}, \"map\": {}, \"stopping\": {}}}", map(0.0), map(1e-6));
}
