//! Gradient descent: a step against the gradient, and nothing else.
//!
//! w ← w − α∇f(w).
//!
//! Domain: α ≥ 0. Source: Cauchy, *Méthode générale pour la résolution des systèmes d'équations
//! simultanées* (1847). Agrees with `torch.optim.SGD` without momentum.

use super::coordinate::{Coordinate, Move};
use super::facts::Facts;
use crate::scalar::Scalar;

pub(super) static FACTS: Facts = Facts {
    name: "gd",
    title: "Gradient descent",
    usual_alpha: 0.01,
    hyperparameters: &[],
    state_names: &[],
};

pub(super) fn step<S: Scalar>(at: &Coordinate<S>) -> Move<S> {
    at.step(at.gradient, at.alpha, at.state)
}
