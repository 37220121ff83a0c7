//! AdaGrad: each coordinate's rate shrinks with its accumulated squared gradients.
//!
//! s ← s + ∇f(w)²; w ← w − α∇f(w)/(√s + ε), coordinate by coordinate, from s = 0.
//!
//! Domain: α ≥ 0, ε ≥ 0. Source: Duchi, Hazan, Singer, *Adaptive subgradient methods for online
//! learning and stochastic optimization* (2011). Agrees with `torch.optim.Adagrad`.
//!
//! With ε = 0 a coordinate whose gradient has always been 0 stays where it is: 0/0 is taken as 0,
//! where PyTorch gives NaN.

use super::coordinate::{Coordinate, Move, quotient};
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use crate::scalar::Scalar;

pub(super) static FACTS: Facts = Facts {
    name: "adagrad",
    title: "AdaGrad",
    usual_alpha: 0.01,
    hyperparameters: &[Hyperparameter::eps(1e-10)],
    state_names: &["s"],
};

pub(super) fn step<S: Scalar>(eps: S, at: &Coordinate<S>) -> Move<S> {
    let sum = at.state[0] + at.square();
    at.step(at.gradient, quotient(at.alpha, sum.sqrt() + eps), [sum, at.state[1]])
}
