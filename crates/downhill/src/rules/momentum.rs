//! Momentum, the heavy ball: inertia averages out a zigzag and gains speed along the floor.
//!
//! v ← βv + ∇f(w); w ← w − αv, from v = 0.
//!
//! Domain: α ≥ 0, 0 ≤ β < 1; with β = 0 it is gradient descent. Source: Polyak, *Some methods of
//! speeding up the convergence of iteration methods* (1964). Agrees with
//! `torch.optim.SGD(momentum=β)`.

use core::array;

use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use super::step::{Draft, Step};

pub(super) static FACTS: Facts = Facts {
    name: "momentum",
    title: "Momentum",
    usual_alpha: 0.01,
    hyperparameters: &[Hyperparameter::BETA],
    state_names: &["v"],
};

/// v ← βv + ∇f, also used by Nesterov's rule.
pub(super) fn velocity<const D: usize>(beta: f64, draft: &mut Draft<'_, D>) -> [f64; D] {
    let [old, _] = draft.before.vectors;
    let velocity = array::from_fn(|i| beta * old[i] + draft.context.gradient[i]);
    draft.state.vectors[0] = velocity;
    velocity
}

pub(super) fn step<const D: usize>(beta: f64, draft: &mut Draft<'_, D>) -> Step<D> {
    let velocity = velocity(beta, draft);
    draft.step(velocity, [draft.context.alpha; D])
}
