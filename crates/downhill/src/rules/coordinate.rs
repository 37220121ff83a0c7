//! Steps of the rules that treat every coordinate alike, over any scalar: numbers, or operations that
//! are recorded for a kernel.

use super::{Rule, State, step::SLOTS};
use super::{adadelta, adagrad, adam, adamw, gradient_descent, momentum, nadam, nesterov, rmsprop};
use crate::scalar::Scalar;

/// The most hyperparameters of such a rule.
pub(crate) const NUMBERS: usize = 4;

/// The most numbers that such a rule computes from the number of the step alone.
pub(crate) const CORRECTIONS: usize = 3;

/// One coordinate of a point before a step.
#[derive(Clone, Copy)]
pub(crate) struct Coordinate<S> {
    pub(crate) x: S,
    pub(crate) gradient: S,
    /// The coordinates of the state's vectors.
    pub(crate) state: [S; SLOTS],
    pub(crate) alpha: S,
}

impl<S: Scalar> Coordinate<S> {
    /// The gradient's square.
    pub(super) fn square(&self) -> S {
        self.gradient * self.gradient
    }

    /// The running mean in a slot, keeping a fraction `keep` of the old one.
    pub(super) fn average(&self, slot: usize, keep: S, new: S) -> S {
        keep * self.state[slot] + (S::from(1.0) - keep) * new
    }

    /// The step against `direction`, with the state after it.
    pub(super) fn step(&self, direction: S, rate: S, state: [S; SLOTS]) -> Move<S> {
        Move { decay: S::from(0.0), direction, rate, state }
    }
}

/// The step of one coordinate: to (x − decay) − rate·direction.
#[derive(Clone, Copy)]
pub(crate) struct Move<S> {
    pub(crate) decay: S,
    pub(crate) direction: S,
    pub(crate) rate: S,
    /// The state after it.
    pub(crate) state: [S; SLOTS],
}

/// Divides by the size of the gradients so far; 0 if they have all been 0.
///
/// A root + ε is 0 only if ε and all gradients are 0, and then the step is 0/0. The limit for ε → 0
/// is taken: the coordinate stays where it is. `torch.optim` gives NaN.
pub(super) fn quotient<S: Scalar>(part: S, size: S) -> S {
    let zero = S::from(0.0);
    // A size is never negative; one that is NaN makes the quotient NaN.
    (-size).select(zero, zero, part / size)
}

impl Rule {
    /// Whether the rule treats every coordinate alike.
    pub(crate) const fn is_elementwise(&self) -> bool {
        !matches!(self, Self::Adafactor { .. } | Self::Newton { .. })
    }

    /// Whether the rule has [`corrections`](Self::corrections).
    pub(crate) const fn is_corrected(&self) -> bool {
        matches!(self, Self::Adam { .. } | Self::AdamW { .. } | Self::Nadam { .. })
    }

    /// The hyperparameters of a rule that does.
    pub(crate) const fn numbers(&self) -> [f64; NUMBERS] {
        match *self {
            Self::Momentum { beta } | Self::Nesterov { beta } => [beta, 0.0, 0.0, 0.0],
            Self::AdaGrad { eps } => [eps, 0.0, 0.0, 0.0],
            Self::RmsProp { rho, eps } | Self::Adadelta { rho, eps } => [rho, eps, 0.0, 0.0],
            Self::Adam { beta1, beta2, eps } => [beta1, beta2, eps, 0.0],
            Self::AdamW { beta1, beta2, eps, weight_decay } => [beta1, beta2, eps, weight_decay],
            Self::Nadam { beta1, beta2, eps, momentum_decay } => {
                [beta1, beta2, eps, momentum_decay]
            }
            _ => [0.0; NUMBERS],
        }
    }

    /// Whether [`State::product`] changes.
    pub(crate) const fn has_product(&self) -> bool {
        matches!(self, Self::Nadam { .. })
    }

    /// What the rule computes from the number of the step, counted from 1, and, for Nadam, from the
    /// product of momentum coefficients so far.
    pub(crate) fn corrections(&self, step: usize, product: &mut f64) -> [f64; CORRECTIONS] {
        let t = step as f64;
        match *self {
            Self::Adam { beta1, beta2, .. } | Self::AdamW { beta1, beta2, .. } => {
                adam::corrections(beta1, beta2, t)
            }
            Self::Nadam { beta1, beta2, momentum_decay, .. } => {
                nadam::corrections(beta1, beta2, momentum_decay, t, product)
            }
            _ => [0.0; CORRECTIONS],
        }
    }

    /// The steps of all coordinates, for a rule that treats every coordinate alike: their decay,
    /// direction and rate. The step is counted in the state already.
    pub(crate) fn move_all<const D: usize>(
        &self,
        alpha: f64,
        x: [f64; D],
        gradient: [f64; D],
        state: &mut State<D>,
    ) -> [[f64; D]; 3] {
        if *self == Self::GradientDescent {
            // The same as below, in less time: fits take a hundred thousand of these.
            return [[0.0; D], gradient, [alpha; D]];
        }
        let numbers = self.numbers();
        let corrections = self.corrections(state.steps, &mut state.product);
        let [mut decay, mut direction, mut rate] = [[0.0; D]; 3];
        for axis in 0..D {
            let [one, other] = &mut state.vectors;
            let before = [one[axis], other[axis]];
            let at = Coordinate { x: x[axis], gradient: gradient[axis], state: before, alpha };
            let step = self.move_coordinate(numbers, corrections, &at);
            [one[axis], other[axis]] = step.state;
            (decay[axis], direction[axis], rate[axis]) = (step.decay, step.direction, step.rate);
        }
        [decay, direction, rate]
    }

    /// The step of a coordinate, for a rule that treats every coordinate alike.
    pub(crate) fn move_coordinate<S: Scalar>(
        &self,
        numbers: [S; NUMBERS],
        corrections: [S; CORRECTIONS],
        at: &Coordinate<S>,
    ) -> Move<S> {
        let [a, b, ..] = numbers;
        match self {
            Self::Momentum { .. } => momentum::step(a, at),
            Self::Nesterov { .. } => nesterov::step(a, at),
            Self::AdaGrad { .. } => adagrad::step(a, at),
            Self::RmsProp { .. } => rmsprop::step(a, b, at),
            Self::Adam { .. } => adam::step(numbers, corrections, at),
            Self::AdamW { .. } => adamw::step(numbers, corrections, at),
            Self::Nadam { .. } => nadam::step(numbers, corrections, at),
            Self::Adadelta { .. } => adadelta::step(a, b, at),
            Self::GradientDescent | Self::Adafactor { .. } | Self::Newton { .. } => {
                gradient_descent::step(at)
            }
        }
    }
}
