//! Rastrigin's function: a bowl with a regular pattern of local minima.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = 20 + x² + y² − 10 cos 2πx − 10 cos 2πy.
///
/// The global minimizer is the origin, with f = 0 and curvature 2 + 40π² ≈ 396.8 in every
/// direction. A local minimizer is close to every other integer point in the domain, slightly
/// towards the origin; these are not listed. Domain: every (x, y), usually |x|, |y| ≤ 5.12.
///
/// Source: Rastrigin, *Systems of Extremal Control* (1974); Mühlenbein, Schomisch, Born, *The
/// parallel genetic algorithm as function optimizer* (1991).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rastrigin;

impl Formula<2> for Rastrigin {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let turn = S::from(core::f64::consts::TAU);
        let ten = S::from(10.0);
        let ripple = |u: S| u * u - ten * (turn * u).cos();
        S::from(20.0) + ripple(x) + ripple(y)
    }
}

pub(super) const NAME: &str = "rastrigin";
pub(super) const TITLE: &str = "Rastrigin";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "20 + x^2 + y^2 - 10cos(2pi*x) - 10cos(2pi*y)",
        loss: share(Rastrigin),
        minimizers: &[[0.0, 0.0]],
        view: [[-5.12, 5.12], [-5.12, 5.12]],
        alpha: 0.002,
        start: [2.3, -1.4],
    }
}
