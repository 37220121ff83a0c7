//! Gradient descent, one step at a time or all at once.

use crate::batch::StopThresholds;
use crate::critical_point::{CriticalPoint, classify};
use crate::loss::Loss;
use crate::rules::{Rule, State, Step, StepContext};
use crate::schedule::Schedule;
use crate::trajectory::{Iterate, Outcome, Trajectory};
use crate::vector::{is_finite, norm};

/// When a descent stops unless it diverges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopCriteria {
    /// The largest number of steps, at most [`StopCriteria::MAX_STEPS`]; larger values count as
    /// that.
    pub max_iterations: usize,
    /// The descent ends at the first iterate with ‖∇f‖ below this; 0 disables the test.
    pub gradient_tol: f64,
}

impl StopCriteria {
    /// The largest number of steps of any descent.
    pub const MAX_STEPS: usize = 100_000;

    /// The same criteria, with the number of steps clamped.
    pub(crate) fn bounded(self) -> Self {
        Self { max_iterations: self.max_iterations.min(Self::MAX_STEPS), ..self }
    }
}

impl Default for StopCriteria {
    /// 1000 steps and the tolerance 10⁻⁶.
    fn default() -> Self {
        Self { max_iterations: 1000, gradient_tol: 1e-6 }
    }
}

/// A descent in progress: it holds the current iterate and takes one step when asked.
///
/// It allocates nothing, so a descent costs what its loss and rule cost. The same loss, rule,
/// learning rate and start give the same bits every time, also after a [`reset`](Self::reset).
///
/// ```
/// use downhill::{Descent, StopCriteria, Parabola, Rule};
///
/// let limit = StopCriteria { max_iterations: 5, gradient_tol: 0.0 };
/// let mut descent = Descent::new(&Parabola, &Rule::GradientDescent, 0.5, [10.0], limit);
/// let step = descent.step().expect("the first of five");
/// assert_eq!((step.gradient, step.displacement), ([20.0], [-10.0]));
/// assert_eq!(descent.current().x, [0.0]);
/// ```
#[derive(Clone)]
pub struct Descent<'a, const D: usize> {
    loss: &'a dyn Loss<D>,
    rule: Rule,
    alpha: f64,
    schedule: Schedule,
    post: StoppingTest,
    start: [f64; D],
    k: usize,
    current: Iterate<D>,
    state: State<D>,
    outcome: Option<Outcome>,
}

impl<'a, const D: usize> Descent<'a, D> {
    /// A descent at its start.
    ///
    /// `alpha` should be finite and non-negative, and `start` finite, but the descent ends with an
    /// outcome for any values.
    #[must_use]
    pub fn new(
        loss: &'a dyn Loss<D>,
        rule: &Rule,
        alpha: f64,
        start: [f64; D],
        limit: StopCriteria,
    ) -> Self {
        let mut descent = Self {
            loss,
            rule: *rule,
            alpha,
            schedule: Schedule::Constant,
            post: StoppingTest::new(start, limit),
            start,
            k: 0,
            current: Iterate { x: start, loss: f64::NAN, gradient: [f64::NAN; D] },
            state: State::default(),
            outcome: None,
        };
        descent.reset();
        descent
    }

    /// The same descent, at its start, with a learning rate that changes from step to step.
    #[must_use]
    pub fn with_schedule(mut self, schedule: Schedule) -> Self {
        self.schedule = schedule;
        self.reset();
        self
    }

    /// Returns to the start.
    pub fn reset(&mut self) {
        self.k = 0;
        self.state = State::default();
        self.arrive(self.start);
    }

    /// The current iterate.
    #[must_use]
    pub fn current(&self) -> &Iterate<D> {
        &self.current
    }

    /// The index of the current iterate.
    #[must_use]
    pub fn k(&self) -> usize {
        self.k
    }

    /// The outcome, once the descent has ended.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// Takes the next step and returns its details; `None` once the descent has ended.
    pub fn step(&mut self) -> Option<Step<D>> {
        if self.outcome.is_some() {
            return None;
        }
        let Iterate { x: at, gradient, .. } = self.current;
        let alpha = self.schedule.alpha(self.alpha, self.k);
        let ground = StepContext { loss: self.loss, alpha, at, gradient };
        let step = self.rule.step(&ground, &mut self.state);
        self.k += 1;
        self.arrive(step.to);
        Some(step)
    }

    /// Runs from the start to the end and keeps every iterate that is finite and has a value; the
    /// start is always kept.
    #[must_use]
    pub fn run(mut self) -> Trajectory<D> {
        self.reset();
        let (mut iterates, mut newton) = (vec![self.current.known()], Vec::new());
        loop {
            if let Some(outcome) = self.outcome {
                return Trajectory { iterates, outcome, newton };
            }
            if let Some(step) = self.step()
                && is_finite(self.current.x)
                && self.current.has_value()
            {
                iterates.push(self.current);
                newton.extend(step.newton);
            }
        }
    }

    /// Evaluates the loss at a point and decides whether the descent ends there.
    fn arrive(&mut self, at: [f64; D]) {
        let k = self.k;
        let (loss, gradient) = self.loss.value_and_gradient(at);
        self.current = Iterate { x: at, loss, gradient };
        self.outcome = self.post.outcome(self.loss, &self.current, k);
    }
}

/// Decides when a descent has ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoppingTest {
    limit: StopCriteria,
    /// The descent has diverged beyond this distance from the origin.
    divergence_radius: f64,
    thresholds: StopThresholds,
}

impl StoppingTest {
    pub(crate) fn new<const D: usize>(start: [f64; D], limit: StopCriteria) -> Self {
        let limit = limit.bounded();
        let horizon = 1e6 * (1.0 + norm(start));
        // With a margin for the rounding of squares. If the square of the tolerance underflows,
        // every gradient whose square does is checked; without a tolerance, none is.
        let flat = limit.gradient_tol * limit.gradient_tol * (1.0 + 1e-9);
        let flat = if limit.gradient_tol <= 0.0 {
            -1.0
        } else if flat.is_normal() {
            flat
        } else {
            f64::MIN_POSITIVE
        };
        // If the square of the radius overflows, so do those of the points, and the threshold
        // cannot be used.
        let far = horizon * horizon * (1.0 - 1e-9);
        let alarm = StopThresholds { flat, far: if far < f64::MAX { far } else { f64::MAX } };
        Self { limit, divergence_radius: horizon, thresholds: alarm }
    }

    /// Within these thresholds a descent has not ended, except by its number of steps.
    #[inline]
    pub(crate) fn thresholds(&self) -> StopThresholds {
        self.thresholds
    }

    /// The outcome, if the descent ends at its k-th iterate.
    #[inline]
    pub(crate) fn outcome<const D: usize>(
        &self,
        loss: &dyn Loss<D>,
        here: &Iterate<D>,
        k: usize,
    ) -> Option<Outcome> {
        // Squares are much cheaper than norms, and suffice for all but the last of many iterates.
        if self.thresholds.within(here.x, here.gradient)
            && here.has_value()
            && k < self.limit.max_iterations
        {
            return None;
        }
        self.decide(loss, here, k)
    }

    fn decide<const D: usize>(
        &self,
        loss: &dyn Loss<D>,
        here: &Iterate<D>,
        k: usize,
    ) -> Option<Outcome> {
        let Iterate { x: at, gradient, .. } = *here;
        let Self { limit, divergence_radius: horizon, thresholds: alarm } = *self;
        if !alarm.is_near(at) && (!is_finite(at) || norm(at) > horizon) {
            Some(Outcome::Diverged { k })
        } else if !here.has_value() {
            Some(Outcome::Undefined { k, infinite: here.loss.is_infinite() })
        } else if !alarm.is_steep(gradient) && norm(gradient) < limit.gradient_tol {
            Some(match classify(loss, at) {
                CriticalPoint::Minimum => Outcome::Converged { k },
                on => Outcome::Stalled { k, on },
            })
        } else if k >= limit.max_iterations {
            Some(Outcome::Exhausted { k })
        } else {
            None
        }
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
/// let run = descend(&Parabola, &Rule::GradientDescent, 0.1, [10.0], limit);
/// assert_eq!(run.outcome, Outcome::Converged { k: 76 });
/// assert!((run.iterates[76].x[0] - 4.31e-7).abs() < 1e-9);
/// ```
#[must_use]
pub fn descend<const D: usize>(
    loss: &dyn Loss<D>,
    rule: &Rule,
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
        let run = descend(&Parabola, &Rule::GradientDescent, 0.1, [5.0], ALL);
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
            |rule| descend(&ravine, &rule, 0.009, [-4.0, 1.0], limit).iterates[100].loss;
        let ball = loss_after_100(Rule::Momentum { beta: 0.9 });
        let plain = loss_after_100(Rule::GradientDescent);
        assert!((ball - 1.49e-4).abs() < 5e-7, "{ball}");
        assert!((plain - 1.31).abs() < 5e-3, "{plain}");
    }

    #[test]
    fn a_run_that_explodes_ends_with_finite_iterates() {
        let limit = StopCriteria { max_iterations: 100_000, gradient_tol: 0.0 };
        let run = descend(&Parabola, &Rule::GradientDescent, 1.1, [5.0], limit);
        let Outcome::Diverged { k } = run.outcome else { panic!("{:?}", run.outcome) };
        assert_eq!(run.last_k(), k);
        assert!(run.iterates[k].x[0].abs() > 6e6);
        assert!(run.iterates[k - 1].x[0].abs() <= 6e6);

        let run = descend(&Parabola, &Rule::GradientDescent, f64::MAX, [5.0], limit);
        assert_eq!(run.outcome, Outcome::Diverged { k: 1 });
        assert_eq!(run.iterates.len(), 1);
        let run = descend(&Parabola, &Rule::GradientDescent, f64::NAN, [5.0], limit);
        assert_eq!(run.outcome, Outcome::Diverged { k: 1 });
        let run = descend(&Parabola, &Rule::GradientDescent, 0.1, [f64::NAN], limit);
        assert_eq!(run.outcome, Outcome::Diverged { k: 0 });
    }

    #[test]
    fn leaving_the_domain_is_an_outcome_of_its_own() {
        let ends = |formula: &str, start: f64, alpha: f64| {
            let Ok(AnyLoss::Loss1d(loss)) = AnyLoss::parse(formula) else { panic!("{formula}") };
            let limit = StopCriteria { max_iterations: 200, gradient_tol: 1e-6 };
            let run = descend(loss.loss(), &Rule::GradientDescent, alpha, [start], limit);
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
        let run = descend(&Parabola, &Rule::GradientDescent, 0.0, [5.0], limit);
        assert_eq!(run.outcome, Outcome::Exhausted { k: StopCriteria::MAX_STEPS });
    }
}
