//! Beale's function: a flat cross between steep corners.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)².
///
/// Its minimizer is (3, 0.5), with f = 0, the curvatures 0.30 and 49.0, and κ ≈ 163. Around the
/// line y = 1 it is nearly flat, in the corners very steep. Domain: every (x, y), usually |x|, |y|
/// ≤ 4.5.
///
/// Source: Beale, *On an iterative method for finding a local minimum of a function of more than one
/// variable* (1958).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beale;

impl Formula<2> for Beale {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let square = y * y;
        let a = S::from(1.5) - x + x * y;
        let b = S::from(2.25) - x + x * square;
        let c = S::from(2.625) - x + x * (square * y);
        a.powi(2) + b.powi(2) + c.powi(2)
    }
}

pub(super) const NAME: &str = "beale";
pub(super) const TITLE: &str = "Beale";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        loss: share(Beale),
        minimizers: &[[3.0, 0.5]],
        view: [[-4.5, 4.5], [-4.5, 4.5]],
        alpha: 0.01,
        start: [1.0, 1.0],
    }
}
