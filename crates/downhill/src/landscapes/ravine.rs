//! The ravine: steep across, nearly flat along its floor.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = ½(u² + κv²), where (u, v) is (x, y) rotated back by `angle` radians.
///
/// Its curvature is 1 along the floor and κ across it, so κ is its condition number; the minimizer
/// is the origin. Domain: every (x, y).
///
/// Source: Goh, *Why Momentum Really Works* (Distill 2017), on quadratics in their eigenbasis.
///
/// ```
/// use downhill::{Loss, Ravine};
///
/// let ravine = Ravine { kappa: 100.0, angle: 0.0 };
/// assert_eq!(ravine.gradient([-4.0, 1.0]), [-4.0, 100.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ravine {
    /// Curvature across the floor divided by curvature along it, κ > 0.
    pub kappa: f64,
    /// Direction of the floor, in radians counter-clockwise from the x axis.
    pub angle: f64,
}

impl Default for Ravine {
    fn default() -> Self {
        Self { kappa: 100.0, angle: 0.0 }
    }
}

impl Formula<2> for Ravine {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let cos = S::from(libm::cos(self.angle));
        let sin = S::from(libm::sin(self.angle));
        let along = cos * x + sin * y;
        let across = cos * y - sin * x;
        S::from(0.5) * (along.powi(2) + S::from(self.kappa) * across.powi(2))
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}

pub(super) const NAME: &str = "ravine";
pub(super) const TITLE: &str = "Ravine";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "0.5*(x^2 + 100*y^2)",
        loss: share(Ravine::default()),
        minimizers: &[[0.0, 0.0]],
        view: [[-5.0, 5.0], [-2.0, 2.0]],
        alpha: 0.018,
        start: [-4.0, 1.0],
    }
}
