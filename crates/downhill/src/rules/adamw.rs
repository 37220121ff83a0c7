//! AdamW: Adam with weight decay applied separately from the gradient.
//!
//! w ← w − αλw, then Adam's step with the gradient evaluated before the decay; λ is the weight
//! decay.
//!
//! Domain: that of Adam, λ ≥ 0. Source: Loshchilov, Hutter, *Decoupled weight decay regularization*
//! (2019). Agrees with `torch.optim.AdamW`.

use super::adam::AdamParams;
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use super::step::{Draft, Step};

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

pub(super) fn step<const D: usize>(
    betas: &AdamParams,
    weight_decay: f64,
    draft: &mut Draft<'_, D>,
) -> Step<D> {
    betas.average(draft);
    let context = draft.context;
    let decay = context.x.map(|w| context.alpha * weight_decay * w);
    let rate = betas.rate(context.alpha, draft.state);
    context.step_with_decay(decay, betas.mean(draft.state), rate, draft.before, *draft.state)
}
