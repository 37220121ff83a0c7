//! The state of a descent in progress, shared by descent on one loss and on batches of points.

use crate::learning_rate::LearningRate;
use crate::loss::Loss;
use crate::rules::{NewtonStep, Rule, State, Step, StepContext, UpdateRule};
use crate::trajectory::{Iterate, Outcome};
use crate::vector::is_finite;

/// The current iterate of a descent, the state of its rule, and its outcome.
#[derive(Clone, Debug)]
pub(crate) struct Progress<R, const D: usize> {
    rule: R,
    pub(crate) learning_rate: LearningRate,
    start: [f64; D],
    pub(crate) k: usize,
    pub(crate) current: Iterate<D>,
    pub(crate) state: State<D>,
    pub(crate) outcome: Option<Outcome>,
}

impl<R: UpdateRule<D>, const D: usize> Progress<R, D> {
    /// A descent at `start`, before the loss there is computed.
    pub(crate) fn new(rule: R, alpha: f64, start: [f64; D]) -> Self {
        Self {
            rule,
            learning_rate: LearningRate::constant(alpha),
            start,
            k: 0,
            current: Iterate { x: start, loss: f64::NAN, gradient: [f64::NAN; D] },
            state: State::default(),
            outcome: None,
        }
    }

    /// Discards all steps and returns the start.
    pub(crate) fn restart(&mut self) -> [f64; D] {
        self.k = 0;
        self.state = State::default();
        self.start
    }

    /// The next step, on a loss with this gradient at the current point.
    pub(crate) fn step(&mut self, loss: &dyn Loss<D>, gradient: [f64; D]) -> Step<D> {
        let alpha = self.learning_rate.at(self.k);
        let context = StepContext { loss, alpha, x: self.current.x, gradient };
        let step = self.rule.step(&context, &mut self.state);
        self.k += 1;
        step
    }

    /// The point that the next step leads to, without its working, and for Newton's method the kind
    /// of the step.
    pub(crate) fn advance(
        &mut self,
        loss: &dyn Loss<D>,
        gradient: [f64; D],
    ) -> ([f64; D], Option<NewtonStep>) {
        let Some(rule) = self.rule.named().filter(Rule::is_elementwise) else {
            let step = self.step(loss, gradient);
            return (step.to, step.newton);
        };
        let alpha = self.learning_rate.at(self.k);
        self.k += 1;
        self.state.steps += 1;
        let mut x = self.current.x;
        let [decay, direction, rate] = rule.move_all(alpha, x, gradient, &mut self.state);
        for axis in 0..D {
            x[axis] = (x[axis] - decay[axis]) - rate[axis] * direction[axis];
        }
        (x, None)
    }

    /// The rule and the learning rate of every step, if the rule is a named one that treats every
    /// coordinate alike and α never changes.
    pub(crate) fn constant(&self) -> Option<(Rule, f64)> {
        let rule = self.rule.named().filter(Rule::is_elementwise)?;
        Some((rule, self.learning_rate.steady()?))
    }

    /// Whether a trajectory keeps the current iterate: it is finite and has a value.
    pub(crate) fn is_kept(&self) -> bool {
        is_finite(self.current.x) && self.current.has_value()
    }
}
