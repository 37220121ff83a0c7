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

use super::step::{State, Step, StepContext, quotient};

pub(super) fn step<const D: usize>(
    eps: f64,
    context: &StepContext<'_, D>,
    state: &mut State<D>,
) -> Step<D> {
    let before = *state;
    let squares = context.squares();
    state.steps += 1;
    state.vectors[0] = array::from_fn(|i| before.vectors[0][i] + squares[i]);
    let rate = state.vectors[0].map(|sum| quotient(context.alpha, sum.sqrt() + eps));
    context.step(context.gradient, rate, before, *state)
}
