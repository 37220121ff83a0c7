//! Rosenbrock's function: a curved ravine with an almost flat floor.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = (1 − x)² + 100(y − x²)².
///
/// Its minimizer is (1, 1), with f = 0 and the curvatures 0.4 and 1001.6, so κ ≈ 2508. Descent
/// reaches the floor y = x² quickly, but takes long along it. The usual start is (−1.2, 1). Domain:
/// every (x, y).
///
/// Source: Rosenbrock, *An automatic method for finding the greatest or least value of a function* (1960).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rosenbrock;

impl Formula<2> for Rosenbrock {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let ahead = S::from(1.0) - x;
        let across = y - x * x;
        ahead.powi(2) + S::from(100.0) * across.powi(2)
    }
}

pub(super) const NAME: &str = "rosenbrock";
pub(super) const TITLE: &str = "Rosenbrock";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "(1 - x)^2 + 100(y - x^2)^2",
        loss: share(Rosenbrock),
        minimizers: &[[1.0, 1.0]],
        view: [[-2.0, 2.0], [-1.0, 3.0]],
        alpha: 0.001,
        start: [-1.2, 1.0],
    }
}
