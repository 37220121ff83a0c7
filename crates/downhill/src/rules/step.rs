//! One step of a rule, with the details of its computation.

use core::array;

use super::Rule;
use super::newton::NewtonStep;
use crate::loss::Loss;

/// The number of vectors in a rule's state.
pub(crate) const SLOTS: usize = 2;

/// The state that a rule carries from step to step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State<const D: usize> {
    /// The number of steps taken: t.
    pub steps: usize,
    /// The state vectors, in the order of [`Rule::state_names`](super::Rule::state_names); all 0
    /// before the first step.
    pub vectors: [[f64; D]; SLOTS],
    /// Nadam's product of momentum coefficients ∏μᵢ; 1 before the first step and for every other rule.
    pub product: f64,
}

impl<const D: usize> Default for State<D> {
    fn default() -> Self {
        Self { steps: 0, vectors: [[0.0; D]; SLOTS], product: 1.0 }
    }
}

impl<const D: usize> State<D> {
    /// t as an `f64`.
    pub(super) fn t(&self) -> f64 {
        self.steps as f64
    }
}

/// A step and how it was computed: `to` = `from` − `rate`·`direction` − `decay`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step<const D: usize> {
    /// The learning rate of this step, after its schedule.
    pub alpha: f64,
    /// The point it started from.
    pub from: [f64; D],
    /// The gradient there.
    pub gradient: [f64; D],
    /// The state before it.
    pub before: State<D>,
    /// The state after it.
    pub after: State<D>,
    /// The direction that the rule steps against: the gradient, the velocity, a corrected mean, …
    pub direction: [f64; D],
    /// The effective learning rate of each coordinate, which multiplies the direction.
    pub rate: [f64; D],
    /// What weight decay subtracts; 0 for rules without it.
    pub decay: [f64; D],
    /// The displacement, `to − from` up to rounding.
    pub displacement: [f64; D],
    /// The point it leads to.
    pub to: [f64; D],
    /// For Newton's method, whether it was Newton's step or a replacement; `None` for other rules.
    pub newton: Option<NewtonStep>,
}

/// The inputs of a rule's step: the point, loss, gradient and learning rate.
#[derive(Clone, Copy)]
pub struct StepContext<'a, const D: usize> {
    /// The loss; of a fit on batches, that of the batch.
    pub loss: &'a dyn Loss<D>,
    /// The learning rate of this step, after its schedule.
    pub alpha: f64,
    /// The point.
    pub x: [f64; D],
    /// The gradient ∇f(x).
    pub gradient: [f64; D],
}

impl<const D: usize> StepContext<'_, D> {
    /// The step to x − rate·direction.
    #[must_use]
    pub fn step(
        &self,
        direction: [f64; D],
        rate: [f64; D],
        before: State<D>,
        after: State<D>,
    ) -> Step<D> {
        self.step_with_decay([0.0; D], direction, rate, before, after)
    }

    /// The step to x − decay − rate·direction, in this order.
    #[must_use]
    pub fn step_with_decay(
        &self,
        decay: [f64; D],
        direction: [f64; D],
        rate: [f64; D],
        before: State<D>,
        after: State<D>,
    ) -> Step<D> {
        Step {
            alpha: self.alpha,
            from: self.x,
            gradient: self.gradient,
            before,
            after,
            direction,
            rate,
            decay,
            displacement: array::from_fn(|i| -decay[i] - rate[i] * direction[i]),
            to: array::from_fn(|i| (self.x[i] - decay[i]) - rate[i] * direction[i]),
            newton: None,
        }
    }
}

/// A step of one of this crate's rules while it is being computed.
pub(super) struct Draft<'a, const D: usize> {
    /// The point, loss, gradient and learning rate.
    pub(super) context: &'a StepContext<'a, D>,
    /// The state before the step.
    pub(super) before: State<D>,
    /// The state, in which this step is counted already; the rule turns it into the state after it.
    pub(super) state: &'a mut State<D>,
}

impl<'a, const D: usize> Draft<'a, D> {
    pub(super) fn new(context: &'a StepContext<'a, D>, state: &'a mut State<D>) -> Self {
        let before = *state;
        state.steps += 1;
        Self { context, before, state }
    }

    /// The step of a rule that treats every coordinate alike.
    pub(super) fn coordinate_by_coordinate(&mut self, rule: &Rule) -> Step<D> {
        let StepContext { alpha, x, gradient, .. } = *self.context;
        let [decay, direction, rate] = rule.move_all(alpha, x, gradient, self.state);
        self.context.step_with_decay(decay, direction, rate, self.before, *self.state)
    }

    /// The step to x − rate·direction.
    pub(super) fn step(&self, direction: [f64; D], rate: [f64; D]) -> Step<D> {
        self.context.step(direction, rate, self.before, *self.state)
    }
}
