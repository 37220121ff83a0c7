//! The kink |x|: the same slope everywhere, so steps never shrink by themselves.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x) = |x|, with f′(x) = 1 right of 0 and −1 left of it.
///
/// At the minimizer 0 there is no derivative; the subgradient 0 is taken. So a run that lands
/// exactly on 0 stays there, and every other one ends up jumping back and forth across it by α.
/// Domain: every x.
///
/// Source: Shor, *Minimization Methods for Non-Differentiable Functions* (1985), ch. 2.
///
/// ```
/// use downhill::{Loss, landscapes::Kink};
///
/// assert_eq!(Kink.gradient([3.0]), [1.0]);
/// assert_eq!(Kink.gradient([-0.5]), [-1.0]);
/// assert_eq!(Kink.gradient([0.0]), [0.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kink;

impl Formula<1> for Kink {
    fn eval<S: Scalar>(&self, [x]: [S; 1]) -> S {
        x.abs()
    }
}

pub(super) const NAME: &str = "kink";
pub(super) const TITLE: &str = "Kink";

pub(super) fn landscape() -> Landscape<1> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "abs(x)",
        loss: share(Kink),
        minimizers: &[[0.0]],
        view: [[-6.0, 6.0]],
        alpha: 0.3,
        start: [5.0],
    }
}
