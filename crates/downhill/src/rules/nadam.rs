//! Nadam: Adam with Nesterov's momentum, whose coefficient grows from β₁/2 towards β₁.
//!
//! μₜ = β₁(1 − ½·0.96^(tψ)) with the momentum decay ψ; m and v as in Adam; then
//! w ← w − α·(μₜ₊₁m/(1 − ∏ᵢ≤ₜ₊₁μᵢ) + (1 − μₜ)∇f(w)/(1 − ∏ᵢ≤ₜμᵢ))/(√v̂ + ε).
//!
//! Domain: that of Adam, ψ ≥ 0. Source: Dozat, *Incorporating Nesterov momentum into Adam* (2016).
//! Agrees with `torch.optim.NAdam` as documented and computed since PyTorch 2.0; up to 1.13 its
//! loop over single tensors had μₜ twice in the product to t + 1 (pull request 92699), while
//! `foreach=True` computed the same as here.

use core::array;

use super::adam::AdamParams;
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use super::step::{Draft, Step};

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

pub(super) fn step<const D: usize>(
    betas: &AdamParams,
    momentum_decay: f64,
    draft: &mut Draft<'_, D>,
) -> Step<D> {
    betas.average(draft);
    let (context, state) = (draft.context, &mut *draft.state);
    let mu = |t: f64| betas.beta1 * (1.0 - 0.5 * libm::pow(0.96, t * momentum_decay));
    let (now, next) = (mu(state.t()), mu(state.t() + 1.0));
    state.product *= now;
    let of_mean = next / (1.0 - state.product * next);
    let of_slope = (1.0 - now) / (1.0 - state.product);
    let direction =
        array::from_fn(|i| of_mean * state.vectors[0][i] + of_slope * context.gradient[i]);
    draft.step(direction, betas.rate(context.alpha, draft.state))
}
