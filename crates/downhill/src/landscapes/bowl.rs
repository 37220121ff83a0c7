//! The round bowl x² + y², where every path downhill is straight.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = x² + y², with ∇f = (2x, 2y); its minimizer is the origin, its curvature 2 in every
/// direction, its condition number 1. Domain: every (x, y).
///
/// ```
/// use downhill::{Loss, landscapes::Bowl};
///
/// assert_eq!(Bowl.gradient([3.0, 4.0]), [6.0, 8.0]);
/// ```
///
/// Source: the sphere function of De Jong, *An analysis of the behavior of a class of genetic
/// adaptive systems* (1975), in two dimensions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bowl;

impl Formula<2> for Bowl {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        x * x + y * y
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}

pub(super) const NAME: &str = "bowl";
pub(super) const TITLE: &str = "Bowl";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "x^2 + y^2",
        loss: share(Bowl),
        minimizers: &[[0.0, 0.0]],
        view: [[-5.0, 5.0], [-5.0, 5.0]],
        alpha: 0.1,
        start: [3.0, 4.0],
    }
}
