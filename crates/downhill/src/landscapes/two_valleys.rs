//! Two valleys of different depths: the minimum reached depends on the start.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x) = (x² − 4)²/16 + x/4, with f′(x) = x(x² − 4)/4 + ¼.
///
/// The left minimum, at −2.1149, is the lower one; runs that start to the right of the maximum at
/// 0.2541 end in the right one, at 1.8608, if α is small enough. The curvatures there are 2.35 and
/// 1.60. Domain: every x.
///
/// Source: a double-well potential with a tilt, as in Strogatz, *Nonlinear Dynamics and Chaos* (1994), §3.6.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoValleys;

impl Formula<1> for TwoValleys {
    fn eval<S: Scalar>(&self, [x]: [S; 1]) -> S {
        let u = x * x - S::from(4.0);
        u.powi(2) / S::from(16.0) + x / S::from(4.0)
    }
}

pub(super) const NAME: &str = "two-valleys";
pub(super) const TITLE: &str = "Two valleys";

pub(super) fn landscape() -> Landscape<1> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "(x^2 - 4)^2/16 + x/4",
        loss: share(TwoValleys),
        minimizers: &[[-2.114_907_541_476_756], [1.860_805_853_111_703_3]],
        view: [[-4.0, 4.0]],
        alpha: 0.1,
        start: [3.5],
    }
}
