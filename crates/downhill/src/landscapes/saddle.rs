//! The saddle x² − y²: flat at the pass, but without a minimum.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = x² − y², with ∇f = (2x, −2y). It has no minimizer: at the origin, where the gradient
/// is zero, the curvature is 2 along x and −2 along y. A run that starts with exactly y = 0 stalls
/// there; every other run escapes along y without bound. Domain: every (x, y).
///
/// Source: Dauphin et al., *Identifying and attacking the saddle point problem in high-dimensional
/// non-convex optimization* (2014), §2.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Saddle;

impl Formula<2> for Saddle {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        x * x - y * y
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}

pub(super) const NAME: &str = "saddle";
pub(super) const TITLE: &str = "Saddle";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "x^2 - y^2",
        loss: share(Saddle),
        minimizers: &[],
        view: [[-2.0, 2.0], [-2.0, 2.0]],
        alpha: 0.1,
        start: [-1.8, 0.01],
    }
}
