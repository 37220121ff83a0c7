//! Where a descent went and how it ended.

use crate::stationary::Stationary;

/// A point visited, with what the walker feels there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iterate<const D: usize> {
    /// The point x_k.
    pub at: [f64; D],
    /// The loss f(x_k).
    pub loss: f64,
    /// The gradient ∇f(x_k).
    pub gradient: [f64; D],
}

/// All iterates of a descent from its start, and its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory<const D: usize> {
    /// x₀ (the start), x₁, …; every one finite but perhaps the start.
    pub iterates: Vec<Iterate<D>>,
    /// How and where it ended.
    pub outcome: Outcome,
}

impl<const D: usize> Trajectory<D> {
    /// The index of the last iterate that was kept.
    #[must_use]
    pub fn last_k(&self) -> usize {
        self.iterates.len().saturating_sub(1)
    }
}

/// How a descent ended, and at which iteration `k`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// ‖∇f(x_k)‖ fell below the tolerance, at a minimum.
    Converged {
        /// The first such iteration.
        k: usize,
    },
    /// All allowed steps were taken.
    Exhausted {
        /// Their number.
        k: usize,
    },
    /// x_k is not finite, or ‖x_k‖ > 10⁶·(1 + ‖x₀‖).
    Diverged {
        /// The first such iteration.
        k: usize,
    },
    /// ‖∇f(x_k)‖ fell below the tolerance at a saddle, a maximum or on a plateau: flat, yet no bottom.
    Stalled {
        /// The first such iteration.
        k: usize,
        /// On which kind of flat ground; never a minimum.
        on: Stationary,
    },
}

impl Outcome {
    /// `converged`, `exhausted`, `diverged` or `stalled`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Converged { .. } => "converged",
            Self::Exhausted { .. } => "exhausted",
            Self::Diverged { .. } => "diverged",
            Self::Stalled { .. } => "stalled",
        }
    }

    /// The iteration at which the descent ended.
    #[must_use]
    pub fn k(self) -> usize {
        match self {
            Self::Converged { k }
            | Self::Exhausted { k }
            | Self::Diverged { k }
            | Self::Stalled { k, .. } => k,
        }
    }
}
