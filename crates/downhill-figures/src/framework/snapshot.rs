//! A figure's state as plain data.

use std::borrow::Cow;

use downhill::{Outcome, Trajectory};
use serde::{Serialize, Serializer};

use crate::framework::declaration::as_object;
use crate::framework::field::Value;

/// One descent of a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Run {
    /// The run's name in the figure.
    pub name: Cow<'static, str>,
    /// The update rule's name; `own` for a path of the reader's own.
    pub rule: &'static str,
    /// The learning rate; null if the figure does not know it.
    #[serde(serialize_with = "number_or_null")]
    #[cfg_attr(test, ts(type = "number | null"))]
    pub alpha: f64,
    /// The regime's name, for a quadratic loss.
    pub regime: Option<&'static str>,
    /// The iterates, the start first.
    pub iterates: Vec<Vec<f64>>,
    /// The loss at each; null if undefined, which is possible only at the start.
    #[serde(serialize_with = "numbers_or_null")]
    #[cfg_attr(test, ts(type = "Array<number | null>"))]
    pub losses: Vec<f64>,
    /// The gradient at each; null if undefined.
    #[serde(serialize_with = "vectors_or_null")]
    #[cfg_attr(test, ts(type = "Array<Array<number | null>>"))]
    pub gradients: Vec<Vec<f64>>,
    /// For Newton's method, the kind of each step: `newton`, `safeguard` or `singular`; entry k
    /// leads from iterate k to the next one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<&str>>"))]
    pub steps: Vec<&'static str>,
    /// How the run ended.
    #[serde(serialize_with = "outcome_as_object")]
    #[cfg_attr(test, ts(as = "OutcomeObject"))]
    pub outcome: Outcome,
    /// Further settings, in figures whose runs differ in more than rule and learning rate.
    #[serde(serialize_with = "as_object", skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<std::collections::BTreeMap<&str, Value>>"))]
    pub settings: Vec<(&'static str, Value)>,
}

impl Run {
    /// Creates a run from a trajectory.
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
            // Without a loss there is no regime.
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
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Snapshot {
    /// The figure's name.
    pub figure: &'static str,
    /// Every field of the spec.
    #[serde(serialize_with = "as_object")]
    #[cfg_attr(test, ts(type = "Record<string, Value>"))]
    pub spec: Vec<(&'static str, Value)>,
    /// The current iteration.
    pub k: u32,
    /// The regime of the first run.
    pub regime: Option<&'static str>,
    /// The runs.
    pub runs: Vec<Run>,
    /// The data of a figure without runs.
    #[serde(serialize_with = "as_object")]
    #[cfg_attr(test, ts(type = "Record<string, Value>"))]
    pub data: Vec<(&'static str, Value)>,
}

/// A number that serializes as null if it is not finite.
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

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn number_or_null<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    OrNull(*number).serialize(serializer)
}

fn numbers_or_null<S: Serializer>(numbers: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(numbers.iter().map(|number| OrNull(*number)))
}

fn vectors_or_null<S: Serializer>(vectors: &[Vec<f64>], serializer: S) -> Result<S::Ok, S::Error> {
    let vectors = vectors.iter();
    serializer.collect_seq(vectors.map(|v| v.iter().map(|x| OrNull(*x)).collect::<Vec<_>>()))
}

/// How a run ended, and at which iteration.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Outcome"))]
pub(crate) struct OutcomeObject {
    kind: &'static str,
    k: usize,
}

fn outcome_as_object<S: Serializer>(outcome: &Outcome, serializer: S) -> Result<S::Ok, S::Error> {
    OutcomeObject { kind: outcome.name(), k: outcome.k() }.serialize(serializer)
}
