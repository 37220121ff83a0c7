//! The Styblinski–Tang function: four wells of different depths.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = ½(x⁴ − 16x² + 5x + y⁴ − 16y² + 5y).
///
/// A sum of the same quartic in x and in y, whose wells are at −2.9035 and 2.7468. So there are
/// four minimizers, the lowest at (−2.9035, −2.9035) with f = −78.3323; the largest curvature among
/// them is 34.6. Domain: every (x, y), usually |x|, |y| ≤ 5.
///
/// Source: Styblinski, Tang, *Experiments in nonconvex optimization: stochastic approximation with
/// function smoothing and simulated annealing* (1990).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StyblinskiTang;

impl Formula<2> for StyblinskiTang {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let quartic = |u: S| {
            let square = u * u;
            square * square - S::from(16.0) * square + S::from(5.0) * u
        };
        S::from(0.5) * (quartic(x) + quartic(y))
    }
}

pub(super) const NAME: &str = "styblinski-tang";
pub(super) const TITLE: &str = "Styblinski–Tang";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "0.5(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)",
        loss: share(StyblinskiTang),
        minimizers: &[
            [-2.903_534_027_771_177, -2.903_534_027_771_177],
            [-2.903_534_027_771_177, 2.746_802_770_990_837],
            [2.746_802_770_990_837, -2.903_534_027_771_177],
            [2.746_802_770_990_837, 2.746_802_770_990_837],
        ],
        view: [[-5.0, 5.0], [-5.0, 5.0]],
        alpha: 0.01,
        start: [1.0, -0.5],
    }
}
