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

use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use super::step::{Draft, State, Step, quotient};

pub(super) static FACTS: Facts = Facts {
    name: "adam",
    title: "Adam",
    usual_alpha: 0.001,
    hyperparameters: &[Hyperparameter::BETA1, Hyperparameter::BETA2, Hyperparameter::eps(1e-8)],
    state_names: &["m", "v"],
};

/// The hyperparameters shared by Adam, AdamW and Nadam.
pub(super) struct AdamParams {
    pub(super) beta1: f64,
    pub(super) beta2: f64,
    pub(super) eps: f64,
}

impl AdamParams {
    /// Updates both running means with the gradient: m in slot 0, v in slot 1.
    pub(super) fn average<const D: usize>(&self, draft: &mut Draft<'_, D>) {
        draft.state.average(0, self.beta1, draft.context.gradient);
        draft.state.average(1, self.beta2, draft.context.squares());
    }

    /// α/(√v̂ + ε).
    pub(super) fn rate<const D: usize>(&self, alpha: f64, state: &State<D>) -> [f64; D] {
        let correction = (1.0 - libm::pow(self.beta2, state.t())).sqrt();
        state.vectors[1].map(|v| quotient(alpha, v.sqrt() / correction + self.eps))
    }

    /// m̂.
    pub(super) fn mean<const D: usize>(&self, state: &State<D>) -> [f64; D] {
        let correction = 1.0 - libm::pow(self.beta1, state.t());
        state.vectors[0].map(|m| m / correction)
    }
}

pub(super) fn step<const D: usize>(betas: &AdamParams, draft: &mut Draft<'_, D>) -> Step<D> {
    betas.average(draft);
    draft.step(betas.mean(draft.state), betas.rate(draft.context.alpha, draft.state))
}
