//! What a figure shows, as plain data for whoever asks.

use std::borrow::Cow;

use downhill::{Outcome, Trajectory};
use serde::{Serialize, Serializer};

use crate::framework::declaration::as_object;
use crate::framework::field::Value;

/// One descent: what the figure's marbles do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Run {
    /// The run's name in the figure.
    pub name: Cow<'static, str>,
    /// The update rule's name.
    pub rule: &'static str,
    /// The learning rate.
    pub alpha: f64,
    /// The regime's name, for a quadratic loss.
    pub regime: Option<&'static str>,
    /// The points visited, the start first.
    pub iterates: Vec<Vec<f64>>,
    /// The loss at each; null where it has no value, which no iterate but the start can be.
    #[serde(serialize_with = "numbers_or_null")]
    pub losses: Vec<f64>,
    /// The gradient at each, likewise.
    #[serde(serialize_with = "vectors_or_null")]
    pub gradients: Vec<Vec<f64>>,
    /// For Newton's method, what each step was: `newton`, `safeguard` or `singular`; the k-th leads from iterate k
    /// to the next one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<&'static str>,
    /// How the run ended.
    #[serde(serialize_with = "outcome_as_object")]
    pub outcome: Outcome,
    /// What else it ran with, in a figure whose runs differ in more than rule and learning rate.
    #[serde(serialize_with = "as_object", skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<(&'static str, Value)>,
}

impl Run {
    /// A trajectory with its names.
    #[must_use]
    pub fn new<const D: usize>(
        name: &'static str,
        rule: &'static str,
        alpha: f64,
        regime: Option<&'static str>,
        trajectory: &Trajectory<D>,
    ) -> Self {
        let iterates = &trajectory.iterates;
        Self {
            name: Cow::Borrowed(name),
            rule,
            alpha,
            // Where there is no loss, nothing settles or swings.
            regime: regime.filter(|_| !matches!(trajectory.outcome, Outcome::Undefined { .. })),
            iterates: iterates.iter().map(|iterate| iterate.x.to_vec()).collect(),
            losses: iterates.iter().map(|iterate| iterate.loss).collect(),
            gradients: iterates.iter().map(|iterate| iterate.gradient.to_vec()).collect(),
            steps: trajectory.newton.iter().map(|step| step.name()).collect(),
            outcome: trajectory.outcome,
            settings: Vec::new(),
        }
    }
}

/// The state of a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Snapshot {
    /// The figure's name.
    pub figure: &'static str,
    /// Every field of the spec.
    #[serde(serialize_with = "as_object")]
    pub spec: Vec<(&'static str, Value)>,
    /// The present iteration.
    pub k: u32,
    /// The regime of the first run.
    pub regime: Option<&'static str>,
    /// The runs.
    pub runs: Vec<Run>,
    /// What a figure without runs shows.
    #[serde(serialize_with = "as_object")]
    pub data: Vec<(&'static str, Value)>,
}

/// A number as JSON has it: null for what is no finite one.
pub(crate) struct OrNull(pub(crate) f64);

impl Serialize for OrNull {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_finite() {
            serializer.serialize_f64(self.0)
        } else {
            serializer.serialize_none()
        }
    }
}

fn numbers_or_null<S: Serializer>(numbers: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(numbers.iter().map(|number| OrNull(*number)))
}

fn vectors_or_null<S: Serializer>(vectors: &[Vec<f64>], serializer: S) -> Result<S::Ok, S::Error> {
    let vectors = vectors.iter();
    serializer.collect_seq(vectors.map(|v| v.iter().map(|x| OrNull(*x)).collect::<Vec<_>>()))
}

#[derive(Serialize)]
struct OutcomeObject {
    kind: &'static str,
    k: usize,
}

fn outcome_as_object<S: Serializer>(outcome: &Outcome, serializer: S) -> Result<S::Ok, S::Error> {
    OutcomeObject { kind: outcome.name(), k: outcome.k() }.serialize(serializer)
}
