//! AdamW: Adam with weight decay applied separately from the gradient.
//!
//! w ← w − αλw, then Adam's step with the gradient evaluated before the decay; λ is the weight
//! decay.
//!
//! Domain: that of Adam, λ ≥ 0. Source: Loshchilov, Hutter, *Decoupled weight decay regularization*
//! (2019). Agrees with `torch.optim.AdamW`.

use super::adam;
use super::coordinate::{CORRECTIONS, Coordinate, Move, NUMBERS};
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use crate::scalar::Scalar;

pub(super) static FACTS: Facts = Facts {
    name: "adamw",
    title: "AdamW",
    usual_alpha: 0.001,
    hyperparameters: &[
        Hyperparameter::BETA1,
        Hyperparameter::BETA2,
        Hyperparameter::eps(1e-8),
        Hyperparameter::non_negative("weight-decay", "λ", 0.01),
    ],
    state_names: &["m", "v"],
};

pub(super) fn step<S: Scalar>(
    numbers: [S; NUMBERS],
    corrections: [S; CORRECTIONS],
    at: &Coordinate<S>,
) -> Move<S> {
    let decay = at.alpha * numbers[3] * at.x;
    Move { decay, ..adam::step(numbers, corrections, at) }
}
