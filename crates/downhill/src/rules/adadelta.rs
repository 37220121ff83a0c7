//! Adadelta: scales steps by the ratio of recent step sizes to recent gradient sizes, so that units
//! cancel.
//!
//! s ← ρs + (1 − ρ)∇f(w)²; Δ = ∇f(w)·√(u + ε)/√(s + ε); u ← ρu + (1 − ρ)Δ²; w ← w − αΔ, coordinate
//! by coordinate, from s = u = 0.
//!
//! Domain: α ≥ 0, 0 ≤ ρ < 1, ε ≥ 0 (with ε = 0 nothing ever moves). Source: Zeiler, *Adadelta: an
//! adaptive learning rate method* (2012), where α = 1. Agrees with `torch.optim.Adadelta`.
//!
//! With ε = 0 and a gradient of 0 the step is 0/0: it is taken as 0, where PyTorch gives NaN.

use super::coordinate::{Coordinate, Move, quotient};
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use crate::scalar::Scalar;

pub(super) static FACTS: Facts = Facts {
    name: "adadelta",
    title: "Adadelta",
    usual_alpha: 1.0,
    hyperparameters: &[Hyperparameter::fraction("rho", "ρ", 0.9), Hyperparameter::eps(1e-6)],
    state_names: &["s", "u"],
};

pub(super) fn step<S: Scalar>(rho: S, eps: S, at: &Coordinate<S>) -> Move<S> {
    let slopes = at.average(0, rho, at.square());
    let scale = quotient((at.state[1] + eps).sqrt(), (slopes + eps).sqrt());
    let delta = scale * at.gradient;
    let steps = at.average(1, rho, delta * delta);
    at.step(at.gradient, at.alpha * scale, [slopes, steps])
}
