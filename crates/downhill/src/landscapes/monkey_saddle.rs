//! The monkey saddle: three valleys and three ridges meet, with room for two legs and a tail.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = x³ − 3xy², with ∇f = (3x² − 3y², −6xy). It has no minimizer: three valleys and three
/// ridges meet at the origin, where both gradient and Hessian vanish, so that curvature cannot
/// distinguish it from a minimum. Domain: every (x, y).
///
/// Source: Hilbert, Cohn-Vossen, *Geometry and the Imagination* (1952), §29.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonkeySaddle;

impl Formula<2> for MonkeySaddle {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        x * x * x - S::from(3.0) * x * (y * y)
    }
}

pub(super) const NAME: &str = "monkey-saddle";
pub(super) const TITLE: &str = "Monkey saddle";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "x^3 - 3x*y^2",
        loss: share(MonkeySaddle),
        minimizers: &[],
        view: [[-1.5, 1.5], [-1.5, 1.5]],
        alpha: 0.05,
        start: [1.0, 0.05],
    }
}
