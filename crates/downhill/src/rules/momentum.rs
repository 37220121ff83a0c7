//! Momentum, the heavy ball: inertia averages out a zigzag and gains speed along the floor.
//!
//! v ← βv + ∇f(w); w ← w − αv, from v = 0.
//!
//! Domain: α ≥ 0, 0 ≤ β < 1; with β = 0 it is gradient descent. Source: Polyak, *Some methods of
//! speeding up the convergence of iteration methods* (1964). Agrees with
//! `torch.optim.SGD(momentum=β)`.

use super::coordinate::{Coordinate, Move};
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use crate::scalar::Scalar;

pub(super) static FACTS: Facts = Facts {
    name: "momentum",
    title: "Momentum",
    usual_alpha: 0.01,
    hyperparameters: &[Hyperparameter::BETA],
    state_names: &["v"],
};

/// v ← βv + ∇f, also used by Nesterov's rule.
pub(super) fn velocity<S: Scalar>(beta: S, at: &Coordinate<S>) -> S {
    beta * at.state[0] + at.gradient
}

pub(super) fn step<S: Scalar>(beta: S, at: &Coordinate<S>) -> Move<S> {
    let velocity = velocity(beta, at);
    at.step(velocity, at.alpha, [velocity, at.state[1]])
}
