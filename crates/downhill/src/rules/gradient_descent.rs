//! Gradient descent: a step against the gradient, and nothing else.
//!
//! w ← w − α∇f(w).
//!
//! Domain: α ≥ 0. Source: Cauchy, *Méthode générale pour la résolution des systèmes d'équations
//! simultanées* (1847). Agrees with `torch.optim.SGD` without momentum.

use super::step::{State, Step, StepContext};

pub(super) fn step<const D: usize>(context: &StepContext<'_, D>, state: &mut State<D>) -> Step<D> {
    let before = *state;
    state.steps += 1;
    context.step(context.gradient, [context.alpha; D], before, *state)
}
