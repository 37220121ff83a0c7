//! Adadelta: scales steps by the ratio of recent step sizes to recent gradient sizes, so that units
//! cancel.
//!
//! s ← ρs + (1 − ρ)∇f(w)²; Δ = ∇f(w)·√(u + ε)/√(s + ε); u ← ρu + (1 − ρ)Δ²; w ← w − αΔ, coordinate
//! by coordinate, from s = u = 0.
//!
//! Domain: α ≥ 0, 0 ≤ ρ < 1, ε ≥ 0 (with ε = 0 nothing ever moves). Source: Zeiler, *Adadelta: an
//! adaptive learning rate method* (2012), where α = 1. Agrees with `torch.optim.Adadelta`.
//!
//! With ε = 0 and a gradient of 0 the step is 0/0: it is taken as 0, where PyTorch gives NaN.

use core::array;

use super::step::{State, Step, StepContext, quotient};

pub(super) fn step<const D: usize>(
    rho: f64,
    eps: f64,
    context: &StepContext<'_, D>,
    state: &mut State<D>,
) -> Step<D> {
    let before = *state;
    state.steps += 1;
    state.average(0, rho, context.squares());
    let [slopes, steps] = state.vectors;
    let scale: [f64; D] =
        array::from_fn(|i| quotient((steps[i] + eps).sqrt(), (slopes[i] + eps).sqrt()));
    let squares = array::from_fn(|i| {
        let delta = scale[i] * context.gradient[i];
        delta * delta
    });
    state.average(1, rho, squares);
    let rate = scale.map(|scale| context.alpha * scale);
    context.step(context.gradient, rate, before, *state)
}
