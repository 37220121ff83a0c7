//! RMSProp: divides each coordinate's rate by the recent size of its gradient.
//!
//! s ← ρs + (1 − ρ)∇f(w)²; w ← w − α∇f(w)/(√s + ε), coordinate by coordinate, from s = 0.
//!
//! Domain: α ≥ 0, 0 ≤ ρ < 1, ε ≥ 0. Source: Tieleman, Hinton, *Lecture 6.5: RMSProp* (2012). Agrees
//! with `torch.optim.RMSprop(alpha=ρ)`: PyTorch calls the smoothing constant `alpha`.
//!
//! With ε = 0 a coordinate whose gradient has always been 0 stays where it is: 0/0 is taken as 0,
//! where PyTorch gives NaN.

use super::coordinate::{Coordinate, Move, quotient};
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use crate::scalar::Scalar;

pub(super) static FACTS: Facts = Facts {
    name: "rmsprop",
    title: "RMSProp",
    usual_alpha: 0.01,
    hyperparameters: &[Hyperparameter::fraction("rho", "ρ", 0.99), Hyperparameter::eps(1e-8)],
    state_names: &["s"],
};

pub(super) fn step<S: Scalar>(rho: S, eps: S, at: &Coordinate<S>) -> Move<S> {
    let mean = at.average(0, rho, at.square());
    at.step(at.gradient, quotient(at.alpha, mean.sqrt() + eps), [mean, at.state[1]])
}
