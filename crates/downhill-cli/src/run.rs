//! Formats a run as JSON, as in a figure's snapshot.

use downhill::{CriticalPoint, NewtonStep, Outcome, Regime, Rule, Trajectory};
use downhill_figures::Run;
use serde::Serialize;

use crate::output::counted;

/// A run named after its rule.
pub(crate) fn named<const D: usize>(
    rule: &Rule,
    alpha: f64,
    regime: Option<Regime>,
    trajectory: &Trajectory<D>,
) -> Run {
    Run::new(rule.name(), rule.name(), alpha, regime.map(Regime::name), trajectory)
}

/// A line about the steps of Newton's method that were not Newton steps; empty if all were.
pub(crate) fn others<const D: usize>(trajectory: &Trajectory<D>) -> String {
    let all = trajectory.newton.len();
    let safe = trajectory.newton.iter().filter(|step| **step == NewtonStep::Safeguard).count();
    let none = trajectory.not_newton().count() - safe;
    if safe + none == 0 {
        return String::new();
    }
    let (steps, were) = (counted(all, "step"), if safe + none == 1 { "was" } else { "were" });
    let why = if safe == 0 { "singular or not finite" } else { "not positive definite" };
    format!("{} of {steps} {were} not Newton's: the Hessian was {why}\n", safe + none)
}

/// Describes the outcome of a run and the step at which it ended.
pub(crate) fn ended(outcome: Outcome, steps: &str) -> String {
    let place = match outcome {
        Outcome::Stalled { on: CriticalPoint::Maximum, .. } => " on a maximum",
        Outcome::Stalled { on: CriticalPoint::Flat, .. } => " on a plateau",
        Outcome::Stalled { .. } => " on a saddle or an inflection",
        _ => "",
    };
    let why = match outcome {
        Outcome::Undefined { infinite: true, .. } => {
            ": the loss is infinite there, or too large for a number"
        }
        Outcome::Undefined { k: 0, .. } => {
            ": the start lies outside the domain of the loss, which has no value or no slope there"
        }
        Outcome::Undefined { .. } => {
            ": it left the domain of the loss, which has no value or no slope there"
        }
        _ => "",
    };
    format!("{}{place} at {steps} {}{why}\n", outcome.name(), outcome.k())
}

/// Serializes a value as one line of JSON.
pub(crate) fn line(value: &impl Serialize) -> String {
    // Serializing numbers, strings and lists cannot fail.
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
