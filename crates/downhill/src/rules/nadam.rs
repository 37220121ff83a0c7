//! Nadam: Adam with Nesterov's momentum, whose coefficient grows from β₁/2 towards β₁.
//!
//! μₜ = β₁(1 − ½·0.96^(tψ)) with the momentum decay ψ; m and v as in Adam; then
//! w ← w − α·(μₜ₊₁m/(1 − ∏ᵢ≤ₜ₊₁μᵢ) + (1 − μₜ)∇f(w)/(1 − ∏ᵢ≤ₜμᵢ))/(√v̂ + ε).
//!
//! Domain: that of Adam, ψ ≥ 0. Source: Dozat, *Incorporating Nesterov momentum into Adam* (2016).
//! Agrees with `torch.optim.NAdam` as documented and computed since PyTorch 2.0; up to 1.13 its
//! loop over single tensors had μₜ twice in the product to t + 1 (pull request 92699), while
//! `foreach=True` computed the same as here.

use super::adam::{averages, rate};
use super::coordinate::{CORRECTIONS, Coordinate, Move, NUMBERS};
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use crate::scalar::Scalar;

pub(super) static FACTS: Facts = Facts {
    name: "nadam",
    title: "Nadam",
    usual_alpha: 0.002,
    hyperparameters: &[
        Hyperparameter::BETA1,
        Hyperparameter::BETA2,
        Hyperparameter::eps(1e-8),
        Hyperparameter::non_negative("momentum-decay", "ψ", 0.004),
    ],
    state_names: &["m", "v"],
};

/// The factors of the mean and of the gradient, and what corrects √v, at step t.
pub(super) fn corrections(
    beta1: f64,
    beta2: f64,
    momentum_decay: f64,
    t: f64,
    product: &mut f64,
) -> [f64; CORRECTIONS] {
    let mu = |t: f64| beta1 * (1.0 - 0.5 * libm::pow(0.96, t * momentum_decay));
    let (now, next) = (mu(t), mu(t + 1.0));
    *product *= now;
    let of_mean = next / (1.0 - *product * next);
    let of_slope = (1.0 - now) / (1.0 - *product);
    [of_mean, of_slope, (1.0 - libm::pow(beta2, t)).sqrt()]
}

pub(super) fn step<S: Scalar>(
    numbers: [S; NUMBERS],
    [of_mean, of_slope, of_root]: [S; CORRECTIONS],
    at: &Coordinate<S>,
) -> Move<S> {
    let [m, v] = averages(numbers, at);
    let direction = of_mean * m + of_slope * at.gradient;
    at.step(direction, rate(at.alpha, v, of_root, numbers[2]), [m, v])
}
