//! A plateau with a pit: far from the pit the gradient is too small to lead there.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = 1 − e^−(x² + y²), with ∇f = 2e^−(x² + y²)·(x, y).
///
/// Its minimizer is the origin, with curvature 2 in every direction. The slope is largest, 0.86, at
/// distance √½ and falls off faster than any power: at distance 4 it is 9·10⁻⁷, and a run that
/// starts there stalls at once. Domain: every (x, y).
///
/// Source: a minimal model of the vanishing gradient of a saturated unit, see Goodfellow, Bengio,
/// Courville, *Deep Learning* (2016), §8.2.3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau;

impl Formula<2> for Plateau {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        S::from(1.0) - (-(x * x + y * y)).exp()
    }
}

pub(super) const NAME: &str = "plateau";
pub(super) const TITLE: &str = "Plateau";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "1 - exp(-x^2 - y^2)",
        loss: share(Plateau),
        minimizers: &[[0.0, 0.0]],
        view: [[-3.0, 3.0], [-3.0, 3.0]],
        alpha: 0.5,
        start: [-1.6, 1.2],
    }
}
