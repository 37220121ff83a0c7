//! The iterates of a descent and its outcome.

use std::fmt;

use crate::critical_point::CriticalPoint;
use crate::loss::Loss;
use crate::rules::NewtonStep;
use crate::stopping::{StopCriteria, StoppingTest};
use crate::vector::is_finite;

/// A visited point with its loss and gradient.
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
    /// Whether the loss and its gradient are finite here.
    ///
    /// They are not outside the domain of the loss (ln x at −1), at a pole (1/x at 0), where the
    /// slope is vertical or undefined (√x at 0), and where a number overflows (eˣ at 1000).
    #[inline]
    #[must_use]
    pub fn has_value(&self) -> bool {
        self.loss.is_finite() && is_finite(self.gradient)
    }

    /// Sets the gradient to NaN where the loss is undefined, since the formula of a derivative may
    /// still have a value: that of x² + ln(−1) is 2x.
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
/// [`Undefined`](Outcome::Undefined) at k ends with iterate k − 1. The start is always kept, so a
/// run that is undefined at 0 has only the start, with a loss or gradient that is not finite.
///
/// ```
/// use downhill::{AnyLoss, StopCriteria, Outcome, Rule, descend};
///
/// let AnyLoss::Loss1d(ln) = "ln(x)".parse::<AnyLoss>()? else { panic!("one variable") };
/// let run = descend(ln.loss(), Rule::GradientDescent, 0.6, [1.0], StopCriteria::default());
/// // 1, 0.4, and from there to −1.1, where the logarithm is undefined.
/// assert_eq!(run.outcome, Outcome::Undefined { k: 2, infinite: false });
/// assert_eq!(run.iterates.len(), 2);
/// # Ok::<(), downhill::LossError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory<const D: usize> {
    /// x₀ (the start), x₁, …; all are finite and have a value, except possibly the start.
    pub iterates: Vec<Iterate<D>>,
    /// How and where it ended.
    pub outcome: Outcome,
    /// For Newton's method, the kind of step from each iterate to the next; empty for other rules.
    pub newton: Vec<NewtonStep>,
}

impl<const D: usize> Trajectory<D> {
    /// The trajectory through points that something else has visited, with the loss and the gradient
    /// at each; `None` if there are no points.
    ///
    /// Like a descent it ends where it diverges or leaves the domain of the loss. Otherwise it has
    /// all points, and the outcome says of the last one whether it is a minimum.
    ///
    /// ```
    /// use downhill::{Outcome, Parabola, Trajectory};
    ///
    /// let run = Trajectory::through(&Parabola, &[[2.0], [0.5], [0.0]]).expect("three points");
    /// let losses: Vec<f64> = run.iterates.iter().map(|iterate| iterate.loss).collect();
    /// assert_eq!(losses, [4.0, 0.25, 0.0]);
    /// assert_eq!(run.outcome, Outcome::Converged { k: 2 });
    /// ```
    #[must_use]
    pub fn through(loss: &dyn Loss<D>, points: &[[f64; D]]) -> Option<Self> {
        let last = points.len().checked_sub(1)?;
        let limit = StopCriteria { max_iterations: last, ..StopCriteria::default() };
        let stopping = StoppingTest::new(points[0], limit);
        let mut iterates = Vec::with_capacity(points.len());
        let mut outcome = Outcome::Exhausted { k: last };
        for (k, &x) in points.iter().enumerate() {
            let (value, gradient) = loss.value_and_gradient(x);
            let here = Iterate { x, loss: value, gradient };
            let end = stopping.outcome(loss, &here, k);
            let gone = matches!(end, Some(Outcome::Diverged { .. } | Outcome::Undefined { .. }));
            if k == 0 || here.has_value() && is_finite(x) {
                iterates.push(here.known());
            }
            if gone || k == last {
                outcome = end.unwrap_or(outcome);
            }
            if gone {
                break;
            }
        }
        Some(Self { iterates, outcome, newton: Vec::new() })
    }

    /// For Newton's method, the kind of step that led to the k-th iterate; `None` for the start.
    #[must_use]
    pub fn newton_to(&self, k: usize) -> Option<NewtonStep> {
        self.newton.get(k.checked_sub(1)?).copied()
    }

    /// For Newton's method, the iterates that were not reached by a Newton step.
    pub fn not_newton(&self) -> impl Iterator<Item = usize> + '_ {
        let others = self.newton.iter().enumerate();
        others.filter(|(_, step)| **step != NewtonStep::Newton).map(|(k, _)| k + 1)
    }

    /// The index of the last iterate kept.
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
    /// x_k is not finite, or ‖x_k‖ > 10⁶·(1 + ‖x₀‖), whether or not the loss has a value there.
    Diverged {
        /// The first such iteration.
        k: usize,
    },
    /// The run left the domain of the loss: x_k is within bounds, but f(x_k) or ∇f(x_k) is not
    /// finite. See [`Iterate::has_value`].
    Undefined {
        /// The first such iteration.
        k: usize,
        /// Whether f(x_k) is infinite: at a pole, or because it overflows.
        infinite: bool,
    },
    /// ‖∇f(x_k)‖ fell below the tolerance at a saddle, a maximum or on a plateau: flat, but not a
    /// minimum.
    Stalled {
        /// The first such iteration.
        k: usize,
        /// The kind of critical point; never a minimum.
        on: CriticalPoint,
    },
}

impl Outcome {
    /// `converged`, `exhausted`, `diverged`, `undefined` or `stalled`.
    #[must_use]
    pub const fn name(self) -> &'static str {
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

impl fmt::Display for Outcome {
    /// As in "converged at iteration 76" or "stalled on a saddle at iteration 12".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if let Self::Stalled { on, .. } = self {
            write!(f, " on a {}", on.name())?;
        }
        write!(f, " at iteration {}", self.k())
    }
}
