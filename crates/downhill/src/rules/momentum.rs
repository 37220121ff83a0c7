//! Momentum, the heavy ball: inertia averages out a zigzag and gains speed along the floor.
//!
//! v ← βv + ∇f(w); w ← w − αv, from v = 0.
//!
//! Domain: α ≥ 0, 0 ≤ β < 1; with β = 0 it is gradient descent. Source: Polyak, *Some methods of
//! speeding up the convergence of iteration methods* (1964). Agrees with
//! `torch.optim.SGD(momentum=β)`.

use core::array;

use super::step::{State, Step, StepContext};

/// v ← βv + ∇f, also used by Nesterov's rule.
pub(super) fn velocity<const D: usize>(
    beta: f64,
    context: &StepContext<'_, D>,
    state: &mut State<D>,
) -> [f64; D] {
    let [old, _] = state.vectors;
    state.steps += 1;
    state.vectors[0] = array::from_fn(|i| beta * old[i] + context.gradient[i]);
    state.vectors[0]
}

pub(super) fn step<const D: usize>(
    beta: f64,
    context: &StepContext<'_, D>,
    state: &mut State<D>,
) -> Step<D> {
    let before = *state;
    let velocity = velocity(beta, context, state);
    context.step(velocity, [context.alpha; D], before, *state)
}
