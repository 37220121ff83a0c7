//! Gradient descent: a step against the gradient, and nothing else.
//!
//! w ← w − α∇f(w).
//!
//! Domain: α ≥ 0. Source: Cauchy, *Méthode générale pour la résolution des systèmes d'équations
//! simultanées* (1847). Agrees with `torch.optim.SGD` without momentum.

use super::facts::Facts;
use super::step::{Draft, Step};

pub(super) static FACTS: Facts = Facts {
    name: "gd",
    title: "Gradient descent",
    usual_alpha: 0.01,
    hyperparameters: &[],
    state_names: &[],
};

pub(super) fn step<const D: usize>(draft: &mut Draft<'_, D>) -> Step<D> {
    draft.step(draft.context.gradient, [draft.context.alpha; D])
}
