//! A shelf on the way down: almost flat, but not a minimum.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x) = x⁴/40 − x³/5 + 0.4525x², with f′(x) = x((x − 3)² + 0.05)/10.
///
/// Its only minimizer is 0, with curvature 0.905. At the shelf around x = 3 the slope drops to
/// 0.015, so that a run from the right seems to have converged there. Domain: every x.
///
/// Source: a cubic slope with a nearly double root, which delays a run (Strogatz, *Nonlinear
/// Dynamics and Chaos* (1994), §4.3, calls it the ghost of a fixed point).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shelf;

impl Formula<1> for Shelf {
    fn eval<S: Scalar>(&self, [x]: [S; 1]) -> S {
        let square = x * x;
        square * square / S::from(40.0) - square * x / S::from(5.0) + S::from(0.4525) * square
    }
}

pub(super) const NAME: &str = "shelf";
pub(super) const TITLE: &str = "Shelf";

pub(super) fn landscape() -> Landscape<1> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "x^4/40 - x^3/5 + 0.4525x^2",
        loss: share(Shelf),
        minimizers: &[[0.0]],
        view: [[-2.0, 6.0]],
        alpha: 0.5,
        start: [5.0],
    }
}
