//! Gradient descent, one step at a time or all at once.

mod in_kernel;

use crate::alpha_changes::AlphaChanges;
use crate::loss::Loss;
use crate::progress::Progress;
use crate::rules::{NewtonStep, Rule, Step, UpdateRule};
use crate::schedule::Schedule;
use crate::stopping::{StopCriteria, StoppingTest};
use crate::trajectory::{Iterate, Outcome, Trajectory};
pub(crate) use in_kernel::end_from;

/// A descent in progress: it holds the current iterate and takes one step when asked.
///
/// It allocates nothing, so a descent costs what its loss and rule cost. The same loss, rule,
/// learning rate and start give the same bits every time, also after a [`reset`](Self::reset).
///
/// ```
/// use downhill::{Descent, StopCriteria, Parabola, Rule};
///
/// let limit = StopCriteria { max_iterations: 5, gradient_tol: 0.0 };
/// let mut descent = Descent::new(&Parabola, Rule::GradientDescent, 0.5, [10.0], limit);
/// let step = descent.step().expect("the first of five");
/// assert_eq!((step.gradient, step.displacement), ([20.0], [-10.0]));
/// assert_eq!(descent.current().x, [0.0]);
/// ```
#[derive(Clone)]
pub struct Descent<'a, const D: usize, R = Rule> {
    loss: &'a dyn Loss<D>,
    stopping: StoppingTest,
    progress: Progress<R, D>,
}

impl<'a, const D: usize, R: UpdateRule<D>> Descent<'a, D, R> {
    /// A descent at its start.
    ///
    /// `alpha` should be finite and non-negative, and `start` finite, but the descent ends with an
    /// outcome for any values.
    #[must_use]
    pub fn new(
        loss: &'a dyn Loss<D>,
        rule: R,
        alpha: f64,
        start: [f64; D],
        limit: StopCriteria,
    ) -> Self {
        let stopping = StoppingTest::new(start, limit);
        let mut descent = Self { loss, stopping, progress: Progress::new(rule, alpha, start) };
        descent.reset();
        descent
    }

    /// The same descent, at its start, with a learning rate that changes from step to step.
    #[must_use]
    pub fn with_schedule(mut self, schedule: Schedule) -> Self {
        self.progress.learning_rate.schedule = schedule;
        self.reset();
        self
    }

    /// The same descent, at its start, with other learning rates from given steps on.
    #[must_use]
    pub fn with_changes(mut self, changes: AlphaChanges) -> Self {
        self.progress.learning_rate.changes = changes;
        self.reset();
        self
    }

    /// Returns to the start.
    pub fn reset(&mut self) {
        let start = self.progress.restart();
        self.arrive(start);
    }

    /// The current iterate.
    #[must_use]
    pub fn current(&self) -> &Iterate<D> {
        &self.progress.current
    }

    /// The index of the current iterate.
    #[must_use]
    pub fn k(&self) -> usize {
        self.progress.k
    }

    /// The outcome, once the descent has ended.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.progress.outcome
    }

    /// Takes the next step and returns its details; `None` once the descent has ended.
    pub fn step(&mut self) -> Option<Step<D>> {
        if self.progress.outcome.is_some() {
            return None;
        }
        let step = self.progress.step(self.loss, self.progress.current.gradient);
        self.arrive(step.to);
        Some(step)
    }

    /// Runs from the start to the end and keeps every iterate that is finite and has a value; the
    /// start is always kept.
    #[must_use]
    pub fn run(mut self) -> Trajectory<D> {
        self.reset();
        let (mut iterates, mut newton) = (vec![self.progress.current.known()], Vec::new());
        if self.progress.outcome.is_none() {
            self.run_in_kernel(&mut iterates);
        }
        loop {
            if let Some(outcome) = self.progress.outcome {
                return Trajectory { iterates, outcome, newton };
            }
            let step = self.advance();
            if self.progress.is_kept() {
                iterates.push(self.progress.current);
                newton.extend(step);
            }
            if self.progress.k == in_kernel::LONG && self.progress.outcome.is_none() {
                self.run_in_kernel(&mut iterates);
            }
        }
    }

    /// Takes the next step, which there has to be; for Newton's method returns its kind.
    pub(crate) fn advance(&mut self) -> Option<NewtonStep> {
        let (to, newton) = self.progress.advance(self.loss, self.progress.current.gradient);
        self.arrive(to);
        newton
    }

    /// Evaluates the loss at a point and decides whether the descent ends there.
    fn arrive(&mut self, x: [f64; D]) {
        let Progress { current, k, outcome, .. } = &mut self.progress;
        let (loss, gradient) = self.loss.value_and_gradient(x);
        *current = Iterate { x, loss, gradient };
        *outcome = self.stopping.outcome(self.loss, current, *k);
    }
}

/// Descends from `start` until it converges, stalls, diverges, leaves the domain of the loss or has
/// used up its steps.
///
/// Total: for any loss, α and start the result is a trajectory with an outcome. All iterates are
/// finite and have finite losses, except that the start is always included.
///
/// ```
/// use downhill::{StopCriteria, Outcome, Parabola, Rule, descend};
///
/// // From 10 with α = 0.1 the gradient of x² falls below 10⁻⁶ at iteration 76.
/// let limit = StopCriteria { max_iterations: 100, gradient_tol: 1e-6 };
/// let run = descend(&Parabola, Rule::GradientDescent, 0.1, [10.0], limit);
/// assert_eq!(run.outcome, Outcome::Converged { k: 76 });
/// assert!((run.iterates[76].x[0] - 4.31e-7).abs() < 1e-9);
/// ```
#[must_use]
pub fn descend<const D: usize>(
    loss: &dyn Loss<D>,
    rule: impl UpdateRule<D>,
    alpha: f64,
    start: [f64; D],
    limit: StopCriteria,
) -> Trajectory<D> {
    Descent::new(loss, rule, alpha, start, limit).run()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnyLoss, Parabola, Ravine};

    const ALL: StopCriteria = StopCriteria { max_iterations: 25, gradient_tol: 0.0 };

    #[test]
    fn plain_descent_has_the_bits_of_the_textbook_loop() {
        let run = descend(&Parabola, Rule::GradientDescent, 0.1, [5.0], ALL);
        let mut x = 5.0_f64;
        for iterate in &run.iterates {
            assert_eq!(iterate.x[0].to_bits(), x.to_bits());
            x -= 0.1 * (2.0 * x);
        }
        assert_eq!(run.outcome, Outcome::Exhausted { k: 25 });
        let [last] = run.iterates[25].x;
        // CPython prints the same for the same loop.
        assert_eq!(last, 0.018_889_465_931_478_583);
        let closed = 5.0 * libm::pow(0.8, 25.0);
        assert!((last - closed).abs() <= 1e-14 * closed);
    }

    #[test]
    fn momentum_is_ahead_down_the_ravine() {
        let ravine = Ravine { kappa: 200.0, angle: 0.0 };
        let limit = StopCriteria { max_iterations: 100, gradient_tol: 0.0 };
        let loss_after_100 =
            |rule| descend(&ravine, rule, 0.009, [-4.0, 1.0], limit).iterates[100].loss;
        let ball = loss_after_100(Rule::Momentum { beta: 0.9 });
        let plain = loss_after_100(Rule::GradientDescent);
        assert!((ball - 1.49e-4).abs() < 5e-7, "{ball}");
        assert!((plain - 1.31).abs() < 5e-3, "{plain}");
    }

    #[test]
    fn a_diverging_run_ends_with_finite_iterates() {
        let limit = StopCriteria { max_iterations: 100_000, gradient_tol: 0.0 };
        let run = descend(&Parabola, Rule::GradientDescent, 1.1, [5.0], limit);
        let Outcome::Diverged { k } = run.outcome else { panic!("{:?}", run.outcome) };
        assert_eq!(run.last_k(), k);
        assert!(run.iterates[k].x[0].abs() > 6e6);
        assert!(run.iterates[k - 1].x[0].abs() <= 6e6);

        let run = descend(&Parabola, Rule::GradientDescent, f64::MAX, [5.0], limit);
        assert_eq!(run.outcome, Outcome::Diverged { k: 1 });
        assert_eq!(run.iterates.len(), 1);
        let run = descend(&Parabola, Rule::GradientDescent, f64::NAN, [5.0], limit);
        assert_eq!(run.outcome, Outcome::Diverged { k: 1 });
        let run = descend(&Parabola, Rule::GradientDescent, 0.1, [f64::NAN], limit);
        assert_eq!(run.outcome, Outcome::Diverged { k: 0 });
    }

    #[test]
    fn leaving_the_domain_is_an_outcome_of_its_own() {
        let ends = |formula: &str, start: f64, alpha: f64| {
            let Ok(AnyLoss::Loss1d(loss)) = formula.parse::<AnyLoss>() else { panic!("{formula}") };
            let limit = StopCriteria { max_iterations: 200, gradient_tol: 1e-6 };
            let run = descend(loss.loss(), Rule::GradientDescent, alpha, [start], limit);
            (run.outcome, run.iterates.len())
        };
        let undefined = |k: usize| (Outcome::Undefined { k, infinite: false }, k.max(1));
        let infinite = |k: usize| (Outcome::Undefined { k, infinite: true }, k.max(1));
        // 1/x is defined where the logarithm is not, but there is no loss to descend on.
        assert_eq!(ends("-ln(x)-x", -0.5, 0.1), undefined(0));
        assert_eq!(ends("ln(x)", 1.0, 0.6), undefined(2));
        assert_eq!(ends("sqrt(x)", 1.0, 3.0), undefined(1));
        // At a pole, where a formula is defined nowhere, and where its value overflows.
        assert_eq!(ends("1/x", -1.0, 1.0), infinite(1));
        assert_eq!(ends("ln(x)", 1.0, 1.0), infinite(1));
        assert_eq!(ends("x/0", 5.0, 0.1), infinite(0));
        assert_eq!(ends("0/0", 5.0, 0.1), undefined(0));
        assert_eq!(ends("x^x", 1e6, 0.1), infinite(0));
        assert_eq!(ends("x^2", 1e200, 0.1), infinite(0));
        assert_eq!(ends("exp(x^2)", 2.0, 0.5), infinite(1));
        // Where the slope is vertical, and where it is undefined, as at the tip of a cone.
        assert_eq!(ends("sqrt(x)", 0.0, 0.1), undefined(0));
        assert_eq!(ends("sqrt(x^2)", 5.0, 1.0), undefined(5));
        // Far out a run has diverged, whatever the loss is there.
        assert_eq!(ends("ln(x)", 1.0, 1e8).0, Outcome::Diverged { k: 1 });
        assert_eq!(ends("x^2 + ln(x)", 5.0, 0.01).0.name(), "undefined");
        assert_eq!(ends("x - ln(x)", 5.0, 0.5).0.name(), "converged");
    }

    #[test]
    fn reset_replays_the_same_bits() {
        let ravine = Ravine { kappa: 7.0, angle: 0.3 };
        let limit = StopCriteria { max_iterations: 40, gradient_tol: 0.0 };
        for rule in Rule::ALL {
            let mut descent = Descent::new(&ravine, &rule, 0.05, [-4.0, 1.0], limit);
            let first: Vec<_> = std::iter::from_fn(|| descent.step()).collect();
            descent.reset();
            let again: Vec<_> = std::iter::from_fn(|| descent.step()).collect();
            assert_eq!(first.len(), 40);
            assert_eq!(first, again);
        }
    }

    #[test]
    fn a_schedule_sets_the_rate_of_each_step() {
        let limit = StopCriteria { max_iterations: 4, gradient_tol: 0.0 };
        let schedule = Schedule::StepDecay { factor: 0.5, every: 2 };
        let mut descent = Descent::new(&Parabola, &Rule::GradientDescent, 0.4, [5.0], limit)
            .with_schedule(schedule);
        let rates: Vec<f64> = std::iter::from_fn(|| descent.step()).map(|s| s.alpha).collect();
        assert_eq!(rates, [0.4, 0.4, 0.2, 0.2]);
        // A run begins at the start, even after some steps.
        let ran = descent.clone().run();
        assert_eq!(ran.iterates[4], *descent.current());
        let again = descent.with_schedule(Schedule::Constant);
        assert_eq!((again.k(), again.current().x, again.outcome()), (0, [5.0], None));
    }

    #[test]
    fn too_many_steps_count_as_the_most_allowed() {
        let limit = StopCriteria { max_iterations: usize::MAX, gradient_tol: 0.0 };
        let run = descend(&Parabola, Rule::GradientDescent, 0.0, [5.0], limit);
        assert_eq!(run.outcome, Outcome::Exhausted { k: StopCriteria::MAX_STEPS });
    }
}
