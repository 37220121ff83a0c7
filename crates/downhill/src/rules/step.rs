//! One step of a rule, with its working shown.

use core::array;

use crate::loss::Loss;

/// How many vectors a rule may remember.
const SLOTS: usize = 2;

/// What a rule remembers from step to step. Before the first step all of it is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State<const D: usize> {
    /// How many steps have been taken.
    pub steps: usize,
    /// The remembered vectors, in the order of [`Rule::state_names`](super::Rule::state_names).
    pub vectors: [[f64; D]; SLOTS],
}

impl<const D: usize> Default for State<D> {
    fn default() -> Self {
        Self { steps: 0, vectors: [[0.0; D]; SLOTS] }
    }
}

/// A step and how it came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step<const D: usize> {
    /// The learning rate of this step, after its schedule.
    pub alpha: f64,
    /// Where it began.
    pub from: [f64; D],
    /// The gradient there.
    pub gradient: [f64; D],
    /// The state before it.
    pub before: State<D>,
    /// The state after it.
    pub after: State<D>,
    /// What the rule steps against: the gradient, the velocity, a corrected mean, …
    pub direction: [f64; D],
    /// The effective learning rate of each coordinate: what multiplies the direction.
    pub rate: [f64; D],
    /// The displacement, `to − from` up to rounding.
    pub displacement: [f64; D],
    /// Where it ends.
    pub to: [f64; D],
    /// Whether the rule could not take its own step and took a plain gradient step instead.
    pub fell_back: bool,
}

/// What a rule may know of the point it steps from.
pub(crate) struct Ground<'a, const D: usize> {
    #[expect(dead_code, reason = "second-order rules ask it for the Hessian")]
    pub(crate) loss: &'a dyn Loss<D>,
    pub(crate) alpha: f64,
    pub(crate) at: [f64; D],
    pub(crate) gradient: [f64; D],
}

impl<const D: usize> Ground<'_, D> {
    /// The step by −rate·direction.
    pub(crate) fn step_against(
        &self,
        direction: [f64; D],
        rate: [f64; D],
        before: State<D>,
        after: State<D>,
    ) -> Step<D> {
        let displacement = array::from_fn(|i| -(rate[i] * direction[i]));
        Step {
            alpha: self.alpha,
            from: self.at,
            gradient: self.gradient,
            before,
            after,
            direction,
            rate,
            displacement,
            to: array::from_fn(|i| self.at[i] + displacement[i]),
            fell_back: false,
        }
    }
}
