//! Booth's function: a bowl with nine times the curvature along one diagonal as along the other.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = (x + 2y − 7)² + (2x + y − 5)².
///
/// It is quadratic, with minimizer (1, 3), f = 0 there, the curvatures 2 and 18 along the diagonals,
/// and κ = 9. Domain: every (x, y), usually |x|, |y| ≤ 10.
///
/// Source: Jamil, Yang, *A literature survey of benchmark functions for global optimisation problems* (2013), no. 17.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Booth;

impl Formula<2> for Booth {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let a = x + S::from(2.0) * y - S::from(7.0);
        let b = S::from(2.0) * x + y - S::from(5.0);
        a.powi(2) + b.powi(2)
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}

pub(super) const NAME: &str = "booth";
pub(super) const TITLE: &str = "Booth";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "(x + 2y - 7)^2 + (2x + y - 5)^2",
        loss: share(Booth),
        minimizers: &[[1.0, 3.0]],
        view: [[-10.0, 10.0], [-10.0, 10.0]],
        alpha: 0.05,
        start: [-8.0, -6.0],
    }
}
