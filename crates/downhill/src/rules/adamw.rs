//! AdamW: Adam with weight decay applied separately from the gradient.
//!
//! w ← w − αλw, then Adam's step with the gradient evaluated before the decay; λ is the weight
//! decay.
//!
//! Domain: that of Adam, λ ≥ 0. Source: Loshchilov, Hutter, *Decoupled weight decay regularization*
//! (2019). Agrees with `torch.optim.AdamW`.

use super::adam::AdamParams;
use super::step::{State, Step, StepContext};

pub(super) fn step<const D: usize>(
    betas: &AdamParams,
    weight_decay: f64,
    context: &StepContext<'_, D>,
    state: &mut State<D>,
) -> Step<D> {
    let before = *state;
    betas.average(context, state);
    let decay = context.x.map(|w| context.alpha * weight_decay * w);
    let rate = betas.rate(context.alpha, state);
    context.step_with_decay(decay, betas.mean(state), rate, before, *state)
}
