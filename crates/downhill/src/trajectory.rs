//! Where a descent went and how it ended.

use crate::critical_point::CriticalPoint;
use crate::rules::NewtonStep;
use crate::vector::is_finite;

/// A point visited, with what the walker feels there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Iterate<const D: usize> {
    /// The point x_k.
    pub x: [f64; D],
    /// The loss f(x_k).
    pub loss: f64,
    /// The gradient ∇f(x_k).
    pub gradient: [f64; D],
}

impl<const D: usize> Iterate<D> {
    /// Whether the loss has a value here, and a slope: both are finite numbers.
    ///
    /// There is none outside the domain of the loss (ln x at −1), at a pole (1/x at 0), where the slope
    /// is upright or missing (√x at 0), and where a number is too large for `f64` (eˣ at 1000).
    #[inline]
    #[must_use]
    pub fn has_value(&self) -> bool {
        self.loss.is_finite() && is_finite(self.gradient)
    }

    /// The same without a gradient where there is no loss, which the formula of a derivative does not know: that
    /// of x² + ln(−1) is 2x.
    pub(crate) fn known(mut self) -> Self {
        if !self.loss.is_finite() {
            self.gradient = [f64::NAN; D];
        }
        self
    }
}

/// All iterates of a descent from its start, and its outcome.
///
/// Only iterates that are finite and [have a value](Iterate::has_value) are kept: a run that is
/// [`Undefined`](Outcome::Undefined) at k ends with iterate k − 1. The start is kept whatever it is, so
/// of a run that is undefined at 0 it is the only iterate, and its loss or gradient is no number.
///
/// ```
/// use downhill::{AnyLoss, StopCriteria, Outcome, Rule, descend};
///
/// let AnyLoss::Loss1d(ln) = AnyLoss::parse("ln(x)")? else { panic!("one variable") };
/// let run = descend(ln.loss(), &Rule::GradientDescent, 0.6, [1.0], StopCriteria::default());
/// // 1, 0.4, and from there to −1.1, where the logarithm has no value.
/// assert_eq!(run.outcome, Outcome::Undefined { k: 2, infinite: false });
/// assert_eq!(run.iterates.len(), 2);
/// # Ok::<(), downhill::LossError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory<const D: usize> {
    /// x₀ (the start), x₁, …; every one finite and with a value, but perhaps the start.
    pub iterates: Vec<Iterate<D>>,
    /// How and where it ended.
    pub outcome: Outcome,
    /// For Newton's method, what the step from each iterate to the next one was; empty for other rules.
    pub newton: Vec<NewtonStep>,
}

impl<const D: usize> Trajectory<D> {
    /// For Newton's method, what the step that led to the k-th iterate was; none led to the start.
    #[must_use]
    pub fn newton_to(&self, k: usize) -> Option<NewtonStep> {
        self.newton.get(k.checked_sub(1)?).copied()
    }

    /// The indices of the steps, by the iterate that each led to, that were not Newton's although the rule is.
    pub fn not_newton(&self) -> impl Iterator<Item = usize> + '_ {
        let others = self.newton.iter().enumerate();
        others.filter(|(_, step)| **step != NewtonStep::Newton).map(|(k, _)| k + 1)
    }

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
    /// x_k is not finite, or ‖x_k‖ > 10⁶·(1 + ‖x₀‖), whether or not the loss has a value so far out.
    Diverged {
        /// The first such iteration.
        k: usize,
    },
    /// The run left the domain of the loss: x_k is none of those, but f(x_k) or ∇f(x_k) is not a
    /// finite number. See [`Iterate::has_value`].
    Undefined {
        /// The first such iteration.
        k: usize,
        /// Whether f(x_k) is infinite: at a pole, or where it is too large for `f64` although it has a value.
        infinite: bool,
    },
    /// ‖∇f(x_k)‖ fell below the tolerance at a saddle, a maximum or on a plateau: flat, yet no bottom.
    Stalled {
        /// The first such iteration.
        k: usize,
        /// On which kind of flat ground; never a minimum.
        on: CriticalPoint,
    },
}

impl Outcome {
    /// `converged`, `exhausted`, `diverged`, `undefined` or `stalled`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Converged { .. } => "converged",
            Self::Exhausted { .. } => "exhausted",
            Self::Diverged { .. } => "diverged",
            Self::Undefined { .. } => "undefined",
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
            | Self::Undefined { k, .. }
            | Self::Stalled { k, .. } => k,
        }
    }
}
