//! Nesterov's momentum: the gradient corrects the velocity that is about to be used.
//!
//! v ← βv + ∇f(w); w ← w − α(∇f(w) + βv), from v = 0. In this form the gradient is evaluated at the
//! current iterate; w here is the look-ahead point of the original.
//!
//! Domain: α ≥ 0, 0 ≤ β < 1. Source: Nesterov, *A method of solving a convex programming problem
//! with convergence rate O(1/k²)* (1983), in the form of Sutskever et al. (2013). Agrees with
//! `torch.optim.SGD(momentum=β, nesterov=True)`.

use core::array;

use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use super::momentum::velocity;
use super::step::{Draft, Step};

pub(super) static FACTS: Facts = Facts {
    name: "nesterov",
    title: "Nesterov",
    usual_alpha: 0.01,
    hyperparameters: &[Hyperparameter::BETA],
    state_names: &["v"],
};

pub(super) fn step<const D: usize>(beta: f64, draft: &mut Draft<'_, D>) -> Step<D> {
    let velocity = velocity(beta, draft);
    let direction = array::from_fn(|i| draft.context.gradient[i] + beta * velocity[i]);
    draft.step(direction, [draft.context.alpha; D])
}
