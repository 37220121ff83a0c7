//! A run as JSON, as a figure's snapshot has it.

use downhill::{Regime, Rule, Trajectory};
use serde::Serialize;

/// One entry of a snapshot's `runs`.
#[derive(Serialize)]
pub(crate) struct Run {
    name: &'static str,
    rule: &'static str,
    alpha: f64,
    regime: Option<&'static str>,
    iterates: Vec<Vec<f64>>,
    losses: Vec<f64>,
    gradients: Vec<Vec<f64>>,
    outcome: Ending,
}

#[derive(Serialize)]
struct Ending {
    kind: &'static str,
    k: usize,
}

impl Run {
    /// The run of a rule, named after it.
    pub(crate) fn new<const D: usize>(
        rule: &Rule,
        alpha: f64,
        regime: Option<Regime>,
        trajectory: &Trajectory<D>,
    ) -> Self {
        let iterates = &trajectory.iterates;
        Self {
            name: rule.name(),
            rule: rule.name(),
            alpha,
            regime: regime.map(Regime::name),
            iterates: iterates.iter().map(|iterate| iterate.at.to_vec()).collect(),
            losses: iterates.iter().map(|iterate| iterate.loss).collect(),
            gradients: iterates.iter().map(|iterate| iterate.gradient.to_vec()).collect(),
            outcome: Ending { kind: trajectory.outcome.name(), k: trajectory.outcome.k() },
        }
    }

    /// One line of JSON.
    pub(crate) fn json(&self) -> String {
        line(self)
    }
}

/// What consists of numbers, strings and lists as one line of JSON.
pub(crate) fn line(value: &impl Serialize) -> String {
    // Such a value always has a JSON form.
    serde_json::to_string(value).unwrap_or_default() + "\n"
}
