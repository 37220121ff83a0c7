//! A wavy bowl: its large-scale shape leads to the global minimum, its waves trap descent.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x) = x²/10 + 1 − cos 2x, with f′(x) = x/5 + 2 sin 2x.
///
/// The global minimizer is 0. The local ones are ±2.9898, ±5.9637 and ±8.8785, each with a higher
/// loss than the one before; farther out the bowl is steeper than the waves. The curvature is
/// between −3.8 and 4.2. Domain: every x.
///
/// Source: the one-dimensional analogue of Rastrigin's function, see
/// [`Rastrigin`](super::Rastrigin).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wavy;

impl Formula<1> for Wavy {
    fn eval<S: Scalar>(&self, [x]: [S; 1]) -> S {
        x * x / S::from(10.0) + S::from(1.0) - (S::from(2.0) * x).cos()
    }
}

pub(super) const NAME: &str = "wavy";
pub(super) const TITLE: &str = "Wavy bowl";

pub(super) fn landscape() -> Landscape<1> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "x^2/10 + 1 - cos(2x)",
        loss: share(Wavy),
        minimizers: &[
            [0.0],
            [-2.989_781_814_929_860_3],
            [2.989_781_814_929_860_3],
            [-5.963_699_682_921_448],
            [5.963_699_682_921_448],
            [-8.878_456_969_484_127],
            [8.878_456_969_484_127],
        ],
        view: [[-10.0, 10.0]],
        alpha: 0.1,
        start: [7.0],
    }
}
