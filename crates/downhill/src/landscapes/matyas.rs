//! Matyas' function: a shallow trough along the diagonal.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = 0.26(x² + y²) − 0.48xy.
///
/// It is quadratic, with the origin as minimizer, the curvatures 0.04 along the diagonal y = x and 1
/// across it, and κ = 25. Domain: every (x, y), usually |x|, |y| ≤ 10.
///
/// Source: Matyas, *Random optimization* (1965); Jamil, Yang, *A literature survey of benchmark functions for global optimisation problems* (2013), no. 71.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matyas;

impl Formula<2> for Matyas {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        S::from(0.26) * (x * x + y * y) - S::from(0.48) * x * y
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}

pub(super) const NAME: &str = "matyas";
pub(super) const TITLE: &str = "Matyas";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "0.26(x^2 + y^2) - 0.48x*y",
        loss: share(Matyas),
        minimizers: &[[0.0, 0.0]],
        view: [[-10.0, 10.0], [-10.0, 10.0]],
        alpha: 1.0,
        start: [-9.0, -3.0],
    }
}
