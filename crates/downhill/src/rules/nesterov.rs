//! Nesterov's momentum: the slope corrects the velocity that is about to be used.
//!
//! v ← βv + ∇f(w); w ← w − α(∇f(w) + βv), from v = 0. Written so that the gradient is taken where the walker
//! stands; w here is the point that the original looks ahead to.
//!
//! Domain: α ≥ 0, 0 ≤ β < 1. Source: Nesterov, *A method of solving a convex programming problem
//! with convergence rate O(1/k²)* (1983), in the form of Sutskever et al. (2013). The numbers of
//! `torch.optim.SGD(momentum=β, nesterov=True)`.

use core::array;

use super::momentum::velocity;
use super::step::{State, Step, StepContext};

pub(super) fn step<const D: usize>(
    beta: f64,
    ground: &StepContext<'_, D>,
    state: &mut State<D>,
) -> Step<D> {
    let before = *state;
    let velocity = velocity(beta, ground, state);
    let direction = array::from_fn(|i| ground.gradient[i] + beta * velocity[i]);
    ground.step(direction, [ground.alpha; D], before, *state)
}
