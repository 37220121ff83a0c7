//! The two benchmark tasks behind the performance budgets, the same natively and as WebAssembly.
//!
//! Built for wasm32, this is a module without glue code or imports that exports these functions.

use downhill::{AnyLoss, Basins, Descent, Grid, Rule, StopCriteria, landscapes};

/// Plain descent on Rosenbrock's function from (−1.2, 1) with α = 0.001; returns the final x.
#[unsafe(no_mangle)]
pub extern "C" fn rosenbrock(steps: u32) -> f64 {
    let limit = StopCriteria { max_iterations: steps as usize, gradient_tol: 0.0 };
    let start = [-1.2, 1.0];
    let mut descent =
        Descent::new(&landscapes::Rosenbrock, &Rule::GradientDescent, 0.001, start, limit);
    while descent.step().is_some() {}
    descent.current().x[0]
}

/// Rows of the basin map that are computed and timed together.
const STRIP: u32 = 4;

/// Computes a strip of the basin map of Himmelblau's function on `cells`² starts, with α = 0.01 and
/// at most 200 steps per start; returns the total number of steps. With a tolerance of 0 no start
/// stops early.
#[unsafe(no_mangle)]
pub extern "C" fn basin_strip(cells: u32, strip: u32, tol: f64) -> f64 {
    let Ok(AnyLoss::Loss2d(surface)) = "himmelblau".parse::<AnyLoss>() else { return f64::NAN };
    let height = 10.0 * f64::from(STRIP) / f64::from(cells);
    let bottom = -5.0 + height * f64::from(strip);
    let grid = Grid::new([[-5.0, 5.0], [bottom, bottom + height]], cells, STRIP);
    let mut basins =
        Basins::new(surface, 0.01, StopCriteria { max_iterations: 200, gradient_tol: tol }, grid);
    while !basins.is_done() {
        basins.advance(1_000_000);
    }
    let mut steps = 0.0;
    for row in 0..STRIP {
        for column in 0..cells {
            steps += basins.cell(column, row).map_or(0.0, |cell| cell.outcome.k() as f64);
        }
    }
    steps
}
