//! Noise on the gradient: what mini-batches do to a descent, on any loss.

use crate::random::{Random, RandomUse};
use crate::rules::{State, Step, StepContext, UpdateRule};

/// A rule that sees the gradient through normal noise.
///
/// Every coordinate of the gradient gets `size` times a standard normal deviate of its own. Iterates
/// and outcomes are told by the true gradient: the walker is misled, its map is not. The noise of step
/// k follows from seed and k, so that a descent can be repeated.
///
/// ```
/// use downhill::{AnyLoss, Noisy, Rule, StopCriteria, descend};
///
/// let Ok(AnyLoss::Loss1d(well)) = "x^4 - 2x^2 + 0.3x".parse() else { panic!("one variable") };
/// let limit = StopCriteria { max_iterations: 2000, gradient_tol: 0.0 };
/// let walk = |size| {
///     let rule = Noisy { rule: Rule::GradientDescent, size, seed: 1 };
///     descend(well.loss(), rule, 0.05, [1.0], limit).iterates
/// };
/// // The lower hollow is on the left. Without noise it is never found from the right.
/// assert!(walk(0.0).iter().all(|iterate| iterate.x[0] > 0.9));
/// assert!(walk(4.0).iter().any(|iterate| iterate.x[0] < -0.9));
/// ```
///
/// A descent that is not to end where the true gradient happens to vanish has a
/// [`gradient_tol`](crate::StopCriteria::gradient_tol) of 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Noisy<R> {
    /// The rule that uses the gradient.
    pub rule: R,
    /// The standard deviation of the noise in each coordinate, in the units of the gradient.
    pub size: f64,
    /// The seed of the noise.
    pub seed: u32,
}

impl<const D: usize, R: UpdateRule<D>> UpdateRule<D> for Noisy<R> {
    fn step(&self, context: &StepContext<'_, D>, state: &mut State<D>) -> Step<D> {
        let taken = state.steps;
        let mut random = Random::new(self.seed, RandomUse::Noise);
        random.skip_normals((taken * D) as u64);
        let gradient = context.gradient.map(|slope| slope + self.size * random.normal());
        let step = self.rule.step(&StepContext { gradient, ..*context }, state);
        // A rule of one's own need not count.
        state.steps = taken + 1;
        step
    }
}
