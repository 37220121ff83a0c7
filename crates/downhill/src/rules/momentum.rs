//! Momentum, the heavy ball: inertia averages a zigzag away and gathers speed along the floor.
//!
//! v ← βv + ∇f(w); w ← w − αv, from v = 0. Source: Polyak, *Some methods of speeding up the
//! convergence of iteration methods* (1964); `torch.optim.SGD(momentum=β)`.

use core::array;

use super::step::{Ground, State, Step};

pub(super) fn step<const D: usize>(
    beta: f64,
    ground: &Ground<'_, D>,
    state: &mut State<D>,
) -> Step<D> {
    let before = *state;
    let [velocity, _] = before.vectors;
    let velocity = array::from_fn(|i| beta * velocity[i] + ground.gradient[i]);
    state.steps += 1;
    state.vectors[0] = velocity;
    ground.step_against(velocity, [ground.alpha; D], before, *state)
}
