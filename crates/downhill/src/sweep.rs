//! The α-sweep: one descent for each of many learning rates.

mod in_kernel;

use crate::descent::Descent;
use crate::loss::Loss;
use crate::rules::{Rule, UpdateRule};
use crate::schedule::Schedule;
use crate::stopping::StopCriteria;
use crate::trajectory::Outcome;

/// A descent whose learning rate is varied.
///
/// Over a range of α the number of iterations to convergence forms a valley with a cliff: few
/// around the best α, more and more towards 0, no convergence beyond the largest stable one.
///
/// ```
/// use downhill::{StopCriteria, Parabola, Rule, Spacing, Sweep};
///
/// let sweep = Sweep::new(&Parabola, Rule::GradientDescent, [5.0], StopCriteria { max_iterations: 1000, gradient_tol: 1e-6 });
/// let points: Vec<_> = sweep.over(Spacing::Linear.alphas(0.1, 1.1, 11)).collect();
/// // 0.5 lands on the minimizer in one step, 1 bounces forever, 1.1 diverges.
/// let iterations = [4, 9, 10].map(|i| (points[i].outcome.name(), points[i].outcome.k()));
/// assert_eq!(iterations[..2], [("converged", 1), ("exhausted", 1000)]);
/// assert_eq!(iterations[2].0, "diverged");
/// assert_eq!(downhill::fastest(&points).expect("some converge").alpha, 0.5);
/// ```
#[derive(Clone, Copy)]
pub struct Sweep<'a, const D: usize, R = Rule> {
    loss: &'a dyn Loss<D>,
    rule: R,
    schedule: Schedule,
    start: [f64; D],
    limit: StopCriteria,
}

/// The end of a descent with one learning rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SweepPoint {
    /// The learning rate.
    pub alpha: f64,
    /// How and when the descent ended.
    pub outcome: Outcome,
    /// The final loss; may be infinite or NaN if the descent diverged or left the loss's domain.
    pub loss: f64,
}

impl<'a, const D: usize, R: UpdateRule<D> + Clone> Sweep<'a, D, R> {
    /// A sweep of one rule from one start.
    #[must_use]
    pub fn new(loss: &'a dyn Loss<D>, rule: R, start: [f64; D], limit: StopCriteria) -> Self {
        Self { loss, rule, schedule: Schedule::Constant, start, limit }
    }

    /// The same sweep, with learning rates that change during each descent.
    #[must_use]
    pub fn with_schedule(self, schedule: Schedule) -> Self {
        Self { schedule, ..self }
    }

    /// Runs the descent with this learning rate, with the bits of [`Descent`]; no iterates are
    /// kept.
    #[must_use]
    pub fn at(&self, alpha: f64) -> SweepPoint {
        let descent = Descent::new(self.loss, self.rule.clone(), alpha, self.start, self.limit);
        let mut descent = descent.with_schedule(self.schedule);
        loop {
            if let Some(outcome) = descent.outcome() {
                return SweepPoint { alpha, outcome, loss: descent.current().loss };
            }
            descent.advance();
        }
    }

    /// Runs the descents with the first of these learning rates: as many as take about `steps`
    /// steps together, at least one unless there are none. So the caller can keep its frame rate.
    #[must_use]
    pub fn advance(&self, alphas: impl Iterator<Item = f64>, steps: usize) -> Vec<SweepPoint> {
        let mut kernel = self.kernel();
        let at_once = kernel.as_ref().map_or(1, |kernel| kernel.at_once(steps));
        let (mut alphas, mut points, mut taken) = (alphas, Vec::new(), 0_usize);
        while taken < steps.max(1) {
            let some: Vec<f64> = alphas.by_ref().take(at_once).collect();
            if some.is_empty() {
                break;
            }
            let in_kernel = kernel.as_mut().and_then(|kernel| self.in_kernel(kernel, &some));
            let some = in_kernel.unwrap_or_else(|| some.iter().map(|&a| self.at(a)).collect());
            for point in &some {
                taken = taken.saturating_add(point.outcome.k().max(1));
            }
            points.extend(some);
        }
        points
    }

    /// Runs the descents with these learning rates, lazily, so that the caller may stop in between.
    pub fn over<A>(self, alphas: A) -> impl Iterator<Item = SweepPoint> + use<'a, A, R, D>
    where
        A: IntoIterator<Item = f64>,
    {
        alphas.into_iter().map(move |alpha| self.at(alpha))
    }
}

/// How learning rates are spaced over a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Spacing {
    /// With equal differences.
    Linear,
    /// With equal ratios; both ends must be positive.
    Logarithmic,
}

impl Spacing {
    /// `points` learning rates from the first to the last, both included; a single one is the
    /// first.
    pub fn alphas(self, from: f64, to: f64, points: usize) -> impl Iterator<Item = f64> + Clone {
        let last = points.saturating_sub(1);
        (0..points).map(move |i| {
            if i == 0 {
                return from;
            }
            if i == last {
                return to;
            }
            let share = i as f64 / last as f64;
            match self {
                Self::Linear => from + share * (to - from),
                Self::Logarithmic => from * libm::pow(to / from, share),
            }
        })
    }
}

/// The best point of a sweep: the one that converges in the fewest iterations. If none does, the
/// one with the lowest final loss among those that did not diverge or leave the domain. Ties go to
/// the smallest α.
#[must_use]
pub fn fastest(points: &[SweepPoint]) -> Option<&SweepPoint> {
    let converged = points.iter().filter(|p| matches!(p.outcome, Outcome::Converged { .. }));
    let fewest = converged
        .min_by(|a, b| a.outcome.k().cmp(&b.outcome.k()).then(a.alpha.total_cmp(&b.alpha)));
    fewest.or_else(|| {
        let gone = |p: &&SweepPoint| {
            matches!(p.outcome, Outcome::Diverged { .. } | Outcome::Undefined { .. })
        };
        let stayed = points.iter().filter(|p| !gone(p) && p.loss.is_finite());
        stayed.min_by(|a, b| a.loss.total_cmp(&b.loss).then(a.alpha.total_cmp(&b.alpha)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Parabola, Quadratic, Ravine, descend};
    use proptest::prelude::*;

    const LIMIT: StopCriteria = StopCriteria { max_iterations: 2000, gradient_tol: 1e-6 };

    #[test]
    fn every_point_is_the_end_of_its_own_descent() {
        let ravine = Ravine { kappa: 20.0, angle: 0.0 };
        for rule in Rule::ALL {
            for point in Sweep::new(&ravine, rule, [-4.0, 1.0], LIMIT)
                .over(Spacing::Logarithmic.alphas(1e-3, 1.0, 12))
            {
                let run = descend(&ravine, rule, point.alpha, [-4.0, 1.0], LIMIT);
                assert_eq!(run.outcome, point.outcome, "{}", rule.name());
                if !matches!(run.outcome, Outcome::Diverged { .. }) {
                    assert_eq!(run.iterates[run.last_k()].loss.to_bits(), point.loss.to_bits());
                }
            }
        }
    }

    #[test]
    fn the_valley_lies_at_the_best_alpha_and_the_cliff_behind_it() {
        let ravine = Ravine { kappa: 9.0, angle: 0.0 };
        let quadratic = Quadratic::of(&ravine).unwrap();
        // Both curvatures start with the same slope, so neither is ahead.
        let sweep = Sweep::new(&ravine, Rule::GradientDescent, [-9.0, 1.0], LIMIT);
        let points: Vec<_> = sweep.over(Spacing::Linear.alphas(0.001, 0.3, 300)).collect();
        let best = fastest(&points).unwrap();
        assert!((best.alpha - quadratic.best_alpha()).abs() < 0.004, "{best:?}");
        for point in &points {
            let diverged = matches!(point.outcome, Outcome::Diverged { .. });
            assert!(!diverged || point.alpha > quadratic.largest_stable_alpha());
        }
    }

    #[test]
    fn ranges_include_their_ends() {
        let all = |spacing: Spacing, n| spacing.alphas(0.1, 10.0, n).collect::<Vec<_>>();
        assert_eq!(all(Spacing::Linear, 0), []);
        assert_eq!(all(Spacing::Linear, 1), [0.1]);
        assert_eq!(all(Spacing::Linear, 3), [0.1, 5.05, 10.0]);
        let three = all(Spacing::Logarithmic, 3);
        assert!((three[1] - 1.0).abs() < 1e-15 && three[2] == 10.0);
    }

    #[test]
    fn where_none_converges_the_lowest_is_best() {
        let limit = StopCriteria { max_iterations: 10, gradient_tol: 0.0 };
        let sweep = Sweep::new(&Parabola, Rule::GradientDescent, [5.0], limit);
        let points: Vec<_> = sweep.over([0.1, 0.2, 0.9, 3.0]).collect();
        assert_eq!(fastest(&points).unwrap().alpha, 0.2);
        // 0.25 and 0.75 both halve the error per step.
        let sweep = Sweep::new(&Parabola, Rule::GradientDescent, [5.0], LIMIT);
        let alike: Vec<_> = sweep.over([0.75, 0.25]).collect();
        assert_eq!(alike[0].outcome, alike[1].outcome);
        assert_eq!(fastest(&alike).unwrap().alpha, 0.25);
        // 3 has diverged by then.
        assert_eq!(fastest(&points[3..]), None);
        assert_eq!(fastest(&[]), None);
    }

    #[test]
    fn runs_that_left_the_domain_are_never_best() {
        let Ok(crate::AnyLoss::Loss1d(loss)) = "ln(x)".parse::<crate::AnyLoss>() else {
            panic!("ln")
        };
        let limit = StopCriteria { max_iterations: 5, gradient_tol: 0.0 };
        let sweep = Sweep::new(loss.loss(), Rule::GradientDescent, [1.0], limit);
        let points: Vec<_> = sweep.over([0.01, 0.1, 0.6, 1.0, 2.0]).collect();
        // 1 − 1 is 0, where the logarithm is −∞: below everything, but not a loss.
        assert_eq!(points[3].outcome, Outcome::Undefined { k: 1, infinite: true });
        assert_eq!(points[2].outcome, Outcome::Undefined { k: 2, infinite: false });
        assert_eq!(fastest(&points).unwrap().alpha, 0.1);
        assert_eq!(fastest(&points[2..]), None);
        // 1 − 1 is 0, where the root has its lowest value but no derivative.
        let Ok(crate::AnyLoss::Loss1d(loss)) = "sqrt(x)".parse::<crate::AnyLoss>() else {
            panic!("a root")
        };
        let sweep = Sweep::new(loss.loss(), Rule::GradientDescent, [1.0], limit);
        let points: Vec<_> = sweep.over([0.01, 2.0]).collect();
        assert_eq!((points[1].outcome.name(), points[1].loss), ("undefined", 0.0));
        assert_eq!(fastest(&points).unwrap().alpha, 0.01);
    }

    proptest! {
        #[test]
        fn iterations_follow_from_the_contraction(alpha in 0.05..0.95, x in 1.0..100.0) {
            let sweep = Sweep::new(&Parabola, Rule::GradientDescent, [x], LIMIT);
            let Outcome::Converged { k } = sweep.at(alpha).outcome else { panic!("below 1") };
            // k is the first iteration with |2x(1−2α)ᵏ| below 10⁻⁶.
            let slope = |k: usize| 2.0 * x * libm::pow((1.0 - 2.0 * alpha).abs(), k as f64);
            prop_assert!(slope(k) < 1e-6 * (1.0 + 1e-9));
            prop_assert!(k == 0 || slope(k - 1) > 1e-6 * (1.0 - 1e-9));
        }
    }
}
