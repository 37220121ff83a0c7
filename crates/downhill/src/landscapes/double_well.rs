//! The double well: two equal wells with a pass between them.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = (x² − 1)² + y², with ∇f = (4x(x² − 1), 2y).
///
/// The minimizers (−1, 0) and (1, 0) are equally low, with curvatures 8 and 2; between them is a
/// saddle at the origin, with curvatures −4 and 2. Domain: every (x, y).
///
/// Source: the double-well potential of Landau, Lifshitz, *Quantum Mechanics* (1977), §50, with a bowl across it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoubleWell;

impl Formula<2> for DoubleWell {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let u = x * x - S::from(1.0);
        u.powi(2) + y * y
    }
}

pub(super) const NAME: &str = "double-well";
pub(super) const TITLE: &str = "Double well";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "(x^2 - 1)^2 + y^2",
        loss: share(DoubleWell),
        minimizers: &[[-1.0, 0.0], [1.0, 0.0]],
        view: [[-2.0, 2.0], [-2.0, 2.0]],
        alpha: 0.05,
        start: [0.1, 1.6],
    }
}
