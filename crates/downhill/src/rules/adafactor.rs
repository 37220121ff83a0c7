//! Adafactor for a vector of parameters: steps relative to the parameters' own size, clipped.
//!
//! With t the step, β̂ = 1 − t^(−c) and RMS(x) = ‖x‖/√D:
//! v ← β̂v + (1 − β̂)(∇f(w)² + ε₁); U = ∇f(w)/√v; w ← w − max(ε₂, RMS(w))·min(α, 1/√t)·U/max(1, RMS(U)/d).
//!
//! A vector has no rows and columns over which to factor v, so this is the paper's algorithm
//! without factoring; α is the cap on the relative step size, which the paper sets to 10⁻².
//!
//! Domain: α ≥ 0, ε₁ ≥ 0, ε₂ ≥ 0, d > 0, c ≥ 0. Source: Shazeer, Stern, *Adafactor: adaptive
//! learning rates with sublinear memory cost* (2018), algorithm 5 and section 9.
//!
//! With ε₁ = 0 a coordinate whose gradient has always been 0 stays where it is: 0/0 is taken as 0.

use super::coordinate::quotient;
use super::facts::Facts;
use super::hyperparameter::Hyperparameter;
use super::step::{Draft, Step, StepContext};
use crate::scalar::Scalar;
use crate::vector::norm_of;

pub(super) static FACTS: Facts = Facts {
    name: "adafactor",
    title: "Adafactor",
    usual_alpha: 0.01,
    hyperparameters: &[
        Hyperparameter { symbol: "ε₁", ..Hyperparameter::eps(1e-30) },
        Hyperparameter::non_negative("eps2", "ε₂", 1e-3),
        Hyperparameter { lower: 1e-300, ..Hyperparameter::non_negative("clip", "d", 1.0) },
        Hyperparameter::non_negative("decay", "c", 0.8),
    ],
    state_names: &["v"],
};

/// The hyperparameters of Adafactor.
pub(super) struct AdafactorParams {
    pub(super) eps: f64,
    pub(super) eps2: f64,
    pub(super) clip: f64,
    pub(super) decay: f64,
}

pub(super) fn step<const D: usize>(factors: &AdafactorParams, draft: &mut Draft<'_, D>) -> Step<D> {
    let (StepContext { alpha, x, gradient, .. }, t) = (*draft.context, draft.state.t());
    let mut rate = [0.0; D];
    rates(factors, t, alpha, [&x, &gradient], &mut draft.state.vectors[0], &mut rate);
    draft.step(gradient, rate)
}

/// The rates that multiply the gradient, at a point of any number of coordinates; `v` becomes the
/// state after the step.
pub(super) fn rates(
    factors: &AdafactorParams,
    t: f64,
    alpha: f64,
    [x, gradient]: [&[f64]; 2],
    v: &mut [f64],
    rates: &mut [f64],
) {
    let keep = 1.0 - libm::pow(t, -factors.decay);
    for ((mean, slope), update) in v.iter_mut().zip(gradient).zip(&mut *rates) {
        *mean = keep * *mean + (1.0 - keep) * (slope * slope + factors.eps);
        *update = quotient(*slope, mean.sqrt());
    }
    let clipping = Scalar::max(rms(rates) / factors.clip, 1.0);
    let relative = Scalar::min(alpha, 1.0 / t.sqrt());
    let size = Scalar::max(rms(x), factors.eps2) * relative;
    for (rate, mean) in rates.iter_mut().zip(v) {
        let root = mean.sqrt();
        *rate = if root == 0.0 { 0.0 } else { size / (clipping * root) };
    }
}

/// The root mean square.
fn rms(v: &[f64]) -> f64 {
    norm_of(v) / (v.len() as f64).sqrt()
}
