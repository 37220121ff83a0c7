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

use core::array;

use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use super::step::{Draft, Step, quotient};

pub(super) static FACTS: Facts = Facts {
    name: "adadelta",
    title: "Adadelta",
    usual_alpha: 1.0,
    hyperparameters: &[Hyperparameter::fraction("rho", "ρ", 0.9), Hyperparameter::eps(1e-6)],
    state_names: &["s", "u"],
};

pub(super) fn step<const D: usize>(rho: f64, eps: f64, draft: &mut Draft<'_, D>) -> Step<D> {
    let (context, [_, steps]) = (draft.context, draft.before.vectors);
    let slopes = draft.state.average(0, rho, context.squares());
    let scale: [f64; D] =
        array::from_fn(|i| quotient((steps[i] + eps).sqrt(), (slopes[i] + eps).sqrt()));
    let squares = array::from_fn(|i| {
        let delta = scale[i] * context.gradient[i];
        delta * delta
    });
    draft.state.average(1, rho, squares);
    draft.step(context.gradient, scale.map(|scale| context.alpha * scale))
}
