//! AdaGrad: each coordinate's rate shrinks with its accumulated squared gradients.
//!
//! s ← s + ∇f(w)²; w ← w − α∇f(w)/(√s + ε), coordinate by coordinate, from s = 0.
//!
//! Domain: α ≥ 0, ε ≥ 0. Source: Duchi, Hazan, Singer, *Adaptive subgradient methods for online
//! learning and stochastic optimization* (2011). Agrees with `torch.optim.Adagrad`.
//!
//! With ε = 0 a coordinate whose gradient has always been 0 stays where it is: 0/0 is taken as 0,
//! where PyTorch gives NaN.

use core::array;

use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use super::step::{Draft, Step, quotient};

pub(super) static FACTS: Facts = Facts {
    name: "adagrad",
    title: "AdaGrad",
    usual_alpha: 0.01,
    hyperparameters: &[Hyperparameter::eps(1e-10)],
    state_names: &["s"],
};

pub(super) fn step<const D: usize>(eps: f64, draft: &mut Draft<'_, D>) -> Step<D> {
    let (context, [old, _]) = (draft.context, draft.before.vectors);
    let squares = context.squares();
    let sums: [f64; D] = array::from_fn(|i| old[i] + squares[i]);
    draft.state.vectors[0] = sums;
    let rate = sums.map(|sum| quotient(context.alpha, sum.sqrt() + eps));
    draft.step(context.gradient, rate)
}
