//! The learning rate of every step: α, a person's changes of it, and its schedule.

use crate::alpha_changes::AlphaChanges;
use crate::schedule::Schedule;

/// The learning rate of a descent, step by step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct LearningRate {
    pub(crate) alpha: f64,
    pub(crate) changes: AlphaChanges,
    pub(crate) schedule: Schedule,
}

impl LearningRate {
    /// One that never changes.
    pub(crate) fn constant(alpha: f64) -> Self {
        Self { alpha, changes: AlphaChanges::default(), schedule: Schedule::Constant }
    }

    /// The learning rate of step `k`.
    pub(crate) fn at(&self, k: usize) -> f64 {
        self.schedule.alpha(self.changes.alpha(self.alpha, k), k)
    }

    /// The learning rate of every step, if it never changes.
    pub(crate) fn steady(&self) -> Option<f64> {
        let steady = self.schedule == Schedule::Constant && self.changes.list().is_empty();
        steady.then_some(self.alpha)
    }
}
