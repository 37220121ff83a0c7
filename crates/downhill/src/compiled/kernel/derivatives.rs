//! A formula's value, gradient and Hessian as one list of operations.

use core::array;

use super::step;
use crate::compiled::program::{Op, Program, VARIABLES, apply};
use crate::compiled::traced::{Entry, Tape, Traced};
use crate::dual::Dual;
use crate::rules::{Coordinate, Move, Rule, SLOTS};
use crate::scalar::Scalar;

/// Operations in order, and the positions of the results that count.
pub(super) struct Operations {
    /// The number of variables, which have the first positions.
    pub(super) variables: usize,
    pub(super) entries: Vec<Entry>,
    pub(super) outputs: Vec<usize>,
}

impl Operations {
    /// Those of a formula, whose value is the only output.
    pub(super) fn of(program: &Program) -> Self {
        let (entries, result) = program.entries();
        Self { variables: VARIABLES, entries, outputs: vec![result] }
    }

    /// These with the derivatives of all outputs but the first `known` as further outputs: by the
    /// variables of one output, then of the next.
    ///
    /// The operations are those of [`Dual`] numbers, recorded. Applied to a formula and then to its
    /// gradient, they are also those of dual numbers of dual numbers.
    pub(super) fn differentiated(&self, known: usize, variables: usize) -> Self {
        let tape = Tape::sharing();
        let at = array::from_fn(|index| tape.variable(index));
        let results = self.replay(Dual::variables(at));
        let outputs = self.outputs.iter().map(|&output| results[output].value);
        let of_these = &self.outputs[known..];
        let derivatives = of_these
            .iter()
            .flat_map(|&output| results[output].partials.into_iter().take(variables));
        let outputs: Vec<Traced<'_>> = outputs.chain(derivatives).collect();
        Self::recorded(&tape, VARIABLES, &outputs)
    }

    /// These with whole powers as multiplications.
    pub(super) fn multiplied_out(&self) -> Self {
        let tape = Tape::multiplying_out(VARIABLES);
        let results = self.replay(array::from_fn(|index| tape.variable(index)));
        let outputs: Vec<_> = self.outputs.iter().map(|&output| results[output]).collect();
        Self::recorded(&tape, VARIABLES, &outputs)
    }

    /// These, of f and its gradient, with a step of a rule, and whole powers as multiplications.
    ///
    /// Further outputs are the point that the step leads to and, vector after vector, the state after
    /// it. Variables are those of [`super::step`].
    pub(super) fn with_step(&self, rule: &Rule) -> Self {
        let tape = Tape::multiplying_out(step::VARIABLES);
        let variable = |index| tape.variable(index);
        let results = self.replay(array::from_fn(variable));
        let mut outputs: Vec<_> = self.outputs.iter().map(|&output| results[output]).collect();
        let numbers = array::from_fn(|index| variable(step::NUMBER + index));
        let corrections = array::from_fn(|index| variable(step::CORRECTION + index));
        let moves: Vec<_> = (0..outputs.len() - 1)
            .map(|axis| {
                let at = Coordinate {
                    x: variable(axis),
                    gradient: outputs[1 + axis],
                    state: array::from_fn(|slot| variable(step::state(slot, axis))),
                    alpha: variable(step::ALPHA),
                };
                (at.x, rule.move_coordinate(numbers, corrections, &at))
            })
            .collect();
        let to = moves.iter().map(|&(x, Move { decay, direction, rate, .. })| {
            // The same operations as in a step that shows its working.
            (x - decay) - rate * direction
        });
        outputs.extend(to);
        for slot in 0..SLOTS {
            outputs.extend(moves.iter().map(|(_, step)| step.state[slot]));
        }
        Self::recorded(&tape, step::VARIABLES, &outputs)
    }

    /// Those on a tape with this number of variables, which are then no longer there.
    pub(super) fn recorded(tape: &Tape, variables: usize, outputs: &[Traced<'_>]) -> Self {
        let outputs = outputs.iter().map(|output| output.place(tape)).collect();
        Self { variables, entries: tape.entries(), outputs }
    }

    /// The results of all operations at a point, after its coordinates.
    fn replay<S: Scalar>(&self, at: [S; VARIABLES]) -> Vec<S> {
        let mut results = at.to_vec();
        for Entry { op, operands: [a, b, c, d] } in &self.entries {
            results.push(apply(*op, [&results[*a], &results[*b], &results[*c], &results[*d]]));
        }
        results
    }

    /// Whether all results are finite wherever |x| and |y| are at most `radius`, by the triangle
    /// inequality. False where that cannot be told.
    pub(super) fn are_finite_within(&self, radius: f64) -> bool {
        let mut bounds = vec![radius; self.variables];
        for Entry { op, operands: [a, b, ..] } in &self.entries {
            let (a, b) = (bounds[*a], bounds[*b]);
            bounds.push(match op {
                Op::Constant(number) => number.abs(),
                Op::Add | Op::Subtract => a + b,
                Op::Multiply => a * b,
                Op::Negate | Op::Abs => a,
                Op::Sin | Op::Cos | Op::Tanh => 1.0,
                Op::Atan => 2.0,
                _ => f64::INFINITY,
            });
        }
        // Far from the largest number, so that the roundings of these bounds do not matter.
        // NaN is not below it.
        bounds.iter().all(|&bound| bound < 1e300)
    }
}
