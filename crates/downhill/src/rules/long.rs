//! Steps in as many dimensions as a network has parameters.
//!
//! The formulas are those of the other steps, coordinate by coordinate.

use super::Rule;
use super::adafactor::{self, AdafactorParams};
use super::coordinate::Coordinate;
use super::step::SLOTS;

/// [`State`](super::State) in any number of dimensions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LongState {
    /// The number of steps taken.
    steps: usize,
    /// The state vectors; those that the rule does not have are empty.
    vectors: [Vec<f64>; SLOTS],
    /// Nadam's product of momentum coefficients.
    product: f64,
}

impl LongState {
    /// The state before the first step.
    pub(crate) fn new(rule: &Rule, dimensions: usize) -> Self {
        let slots = rule.state_names().len();
        let vector = |slot| vec![0.0; if slot < slots { dimensions } else { 0 }];
        Self { steps: 0, vectors: [vector(0), vector(1)], product: 1.0 }
    }
}

impl Rule {
    /// Whether the rule needs no more than gradients: every rule but Newton's method, which solves a
    /// system of as many equations as there are dimensions.
    #[must_use]
    pub const fn is_first_order(&self) -> bool {
        !matches!(self, Self::Newton { .. })
    }

    /// Moves a point in any number of dimensions by one step of a
    /// [first-order](Self::is_first_order) rule; Newton's method is taken as gradient descent.
    pub(crate) fn move_long(
        &self,
        alpha: f64,
        x: &mut [f64],
        gradient: &[f64],
        state: &mut LongState,
    ) {
        state.steps += 1;
        let [one, other] = &mut state.vectors;
        if let Self::Adafactor { eps, eps2, clip, decay } = *self {
            let params = AdafactorParams { eps, eps2, clip, decay };
            let mut rates = vec![0.0; x.len()];
            adafactor::rates(&params, state.steps as f64, alpha, [x, gradient], one, &mut rates);
            for ((x, slope), rate) in x.iter_mut().zip(gradient).zip(rates) {
                *x -= rate * slope;
            }
            return;
        }
        let numbers = self.numbers();
        let corrections = self.corrections(state.steps, &mut state.product);
        for (axis, (x, slope)) in x.iter_mut().zip(gradient).enumerate() {
            let part = |vector: &[f64]| vector.get(axis).copied().unwrap_or(0.0);
            let before = [part(one), part(other)];
            let at = Coordinate { x: *x, gradient: *slope, state: before, alpha };
            let step = self.move_coordinate(numbers, corrections, &at);
            *x = (*x - step.decay) - step.rate * step.direction;
            for (vector, after) in [&mut *one, &mut *other].into_iter().zip(step.state) {
                if let Some(entry) = vector.get_mut(axis) {
                    *entry = after;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnyLoss, Descent, StopCriteria};

    #[test]
    fn many_dimensions_have_the_bits_of_two() {
        let Ok(AnyLoss::Loss2d(rosenbrock)) = "rosenbrock".parse() else { panic!("two variables") };
        let limit = StopCriteria { max_iterations: 60, gradient_tol: 0.0 };
        for rule in Rule::ALL.into_iter().filter(Rule::is_first_order) {
            let loss = rosenbrock.loss();
            let mut descent = Descent::new(loss, &rule, 0.0007, [-1.2, 1.0], limit);
            let (mut x, mut state) = (vec![-1.2, 1.0], LongState::new(&rule, 2));
            while descent.step().is_some() {
                let gradient = loss.gradient([x[0], x[1]]);
                rule.move_long(0.0007, &mut x, &gradient, &mut state);
                assert_eq!(x, descent.current().x, "{} at {}", rule.name(), descent.k());
            }
            assert_eq!(descent.k(), 60);
        }
    }
}
