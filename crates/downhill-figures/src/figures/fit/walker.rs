//! The runs of the fit at one moment.

use super::Fit;
use super::choices::Per;
use super::training_run::TrainingRun;
use crate::draw::between;

/// A run at its current iterate.
pub(crate) struct Walker<'a> {
    pub(crate) course: &'a TrainingRun,
    /// A fractional index.
    pub(crate) position: f64,
}

impl Walker<'_> {
    /// Its parameters, between two iterates while the marble rolls.
    pub(super) fn line(&self) -> [f64; 2] {
        let behind = f64::floor(self.position);
        let here = self.course.iterate(behind as usize).x;
        let next = self.course.iterate(behind as usize + 1).x;
        let share = self.position - behind;
        std::array::from_fn(|i| here[i] + share * (next[i] - here[i]))
    }
}

impl Fit {
    /// The position of another run when the first one is at `position`.
    fn position_of(&self, other: &TrainingRun, position: f64) -> f64 {
        match self.per {
            Per::Epoch => other.position_of(self.course.epoch_at(position)),
            Per::Update => between(position, 0.0, other.last() as f64),
        }
    }

    /// Both runs, the main one first, with their positions.
    pub(super) fn walkers(&self, position: f64) -> Vec<Walker<'_>> {
        let first = between(position, 0.0, self.course.last() as f64);
        let mut all = vec![Walker { course: &self.course, position: first }];
        let other = self.other.iter();
        all.extend(
            other.map(|course| Walker { course, position: self.position_of(course, position) }),
        );
        all
    }
}
