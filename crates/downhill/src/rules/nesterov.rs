//! Nesterov's momentum: the gradient corrects the velocity that is about to be used.
//!
//! v ← βv + ∇f(w); w ← w − α(∇f(w) + βv), from v = 0. In this form the gradient is evaluated at the
//! current iterate; w here is the look-ahead point of the original.
//!
//! Domain: α ≥ 0, 0 ≤ β < 1. Source: Nesterov, *A method of solving a convex programming problem
//! with convergence rate O(1/k²)* (1983), in the form of Sutskever et al. (2013). Agrees with
//! `torch.optim.SGD(momentum=β, nesterov=True)`.

use super::coordinate::{Coordinate, Move};
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use super::momentum::velocity;
use crate::scalar::Scalar;

pub(super) static FACTS: Facts = Facts {
    name: "nesterov",
    title: "Nesterov",
    usual_alpha: 0.01,
    hyperparameters: &[Hyperparameter::BETA],
    state_names: &["v"],
};

pub(super) fn step<S: Scalar>(beta: S, at: &Coordinate<S>) -> Move<S> {
    let velocity = velocity(beta, at);
    at.step(at.gradient + beta * velocity, at.alpha, [velocity, at.state[1]])
}
