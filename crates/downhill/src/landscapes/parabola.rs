//! The parabola x², the lesson's first loss.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x) = x², with f′(x) = 2x; its minimizer is 0 and its curvature 2 everywhere.
///
/// Domain: every x.
///
/// ```
/// use downhill::{Loss, Parabola};
///
/// assert_eq!(Parabola.gradient([5.0]), [10.0]);
/// assert_eq!(Parabola.gradient([-3.0]), [-6.0]);
/// assert_eq!(Parabola.gradient([0.0]), [0.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parabola;

impl Formula<1> for Parabola {
    fn eval<S: Scalar>(&self, [x]: [S; 1]) -> S {
        x * x
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}

pub(super) const NAME: &str = "parabola";
pub(super) const TITLE: &str = "Parabola";

pub(super) fn landscape() -> Landscape<1> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "x^2",
        loss: share(Parabola),
        minimizers: &[[0.0]],
        view: [[-6.0, 6.0]],
        alpha: 0.1,
        start: [5.0],
    }
}
