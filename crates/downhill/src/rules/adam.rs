//! Adam: momentum with a rate per coordinate, both corrected for starting at 0.
//!
//! m ← β₁m + (1 − β₁)∇f(w); v ← β₂v + (1 − β₂)∇f(w)²; with m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ),
//! w ← w − α·m̂/(√v̂ + ε), coordinate by coordinate, from m = v = 0.
//!
//! Domain: α ≥ 0, 0 ≤ β₁, β₂ < 1, ε ≥ 0. Source: Kingma, Ba, *Adam: a method for stochastic
//! optimization* (2015), algorithm 1. Agrees with `torch.optim.Adam`.
//!
//! With ε = 0 a coordinate whose gradient has always been 0 stays where it is: 0/0 is taken as 0,
//! where PyTorch gives NaN.

use super::coordinate::{CORRECTIONS, Coordinate, Move, NUMBERS, quotient};
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use crate::scalar::Scalar;

pub(super) static FACTS: Facts = Facts {
    name: "adam",
    title: "Adam",
    usual_alpha: 0.001,
    hyperparameters: &[Hyperparameter::BETA1, Hyperparameter::BETA2, Hyperparameter::eps(1e-8)],
    state_names: &["m", "v"],
};

/// What corrects m and √v for starting at 0, at step t.
pub(super) fn corrections(beta1: f64, beta2: f64, t: f64) -> [f64; CORRECTIONS] {
    [1.0 - libm::pow(beta1, t), (1.0 - libm::pow(beta2, t)).sqrt(), 0.0]
}

/// Both running means after the gradient: m and v.
pub(super) fn averages<S: Scalar>([beta1, beta2, ..]: [S; NUMBERS], at: &Coordinate<S>) -> [S; 2] {
    [at.average(0, beta1, at.gradient), at.average(1, beta2, at.square())]
}

/// α/(√v̂ + ε).
pub(super) fn rate<S: Scalar>(alpha: S, v: S, correction: S, eps: S) -> S {
    quotient(alpha, v.sqrt() / correction + eps)
}

pub(super) fn step<S: Scalar>(
    numbers: [S; NUMBERS],
    [of_mean, of_root, _]: [S; CORRECTIONS],
    at: &Coordinate<S>,
) -> Move<S> {
    let [m, v] = averages(numbers, at);
    at.step(m / of_mean, rate(at.alpha, v, of_root, numbers[2]), [m, v])
}
