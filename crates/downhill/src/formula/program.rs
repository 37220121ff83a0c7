//! A formula as a list of instructions for a small stack machine.

use crate::scalar::Scalar;

use super::error::Problem;

/// The most intermediate results; a power of two, so that an index can be masked.
const STACK: usize = 16;
/// The most instructions.
const MAX_INSTRUCTIONS: usize = 512;
/// Whole exponents up to this size are repeated multiplication; beyond it rounding would add up.
const MAX_WHOLE_EXPONENT: f64 = 64.0;

/// One instruction: it takes its operands off the stack and puts its result there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Op {
    Constant(f64),
    X,
    Y,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    /// A power with a whole constant exponent.
    Whole(i32),
    /// A power with any other exponent.
    Power,
    Max,
    Min,
    Sin,
    Cos,
    Tan,
    Exp,
    Ln,
    Sqrt,
    Abs,
    Sinh,
    Cosh,
    Tanh,
    Sigmoid,
    Relu,
}

impl Op {
    fn is_binary(self) -> bool {
        matches!(
            self,
            Self::Add
                | Self::Subtract
                | Self::Multiply
                | Self::Divide
                | Self::Power
                | Self::Max
                | Self::Min
        )
    }
}

/// The instructions in the order in which they run, and what their structure tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Program {
    ops: Box<[Op]>,
    pub(super) variables: usize,
    pub(super) degree: Option<u32>,
}

impl Program {
    pub(super) fn has_kinks(&self) -> bool {
        self.ops.iter().any(|op| matches!(op, Op::Abs | Op::Relu | Op::Max | Op::Min))
    }

    pub(super) fn eval<S: Scalar>(&self, at: [S; 2]) -> S {
        run(&self.ops, at)
    }
}

/// Runs instructions that a [`Builder`] made, which therefore leave exactly one result.
fn run<S: Scalar>(ops: &[Op], [x, y]: [S; 2]) -> S {
    let mut stack = [S::from(f64::NAN); STACK];
    let mut top = STACK - 1;
    for &op in ops {
        let pushes = matches!(op, Op::Constant(_) | Op::X | Op::Y);
        // The masks never change an index that matters; they only tell the compiler so.
        let right = top & (STACK - 1);
        let left = top.wrapping_sub(1) & (STACK - 1);
        let next = top.wrapping_add(1) & (STACK - 1);
        match op {
            Op::Constant(value) => stack[next] = S::from(value),
            Op::X => stack[next] = x,
            Op::Y => stack[next] = y,
            Op::Add => stack[left] = stack[left] + stack[right],
            Op::Subtract => stack[left] = stack[left] - stack[right],
            Op::Multiply => stack[left] = stack[left] * stack[right],
            Op::Divide => stack[left] = stack[left] / stack[right],
            Op::Power => stack[left] = stack[left].powf(stack[right]),
            Op::Max => stack[left] = larger(stack[left], stack[right]),
            Op::Min => stack[left] = smaller(stack[left], stack[right]),
            Op::Negate => stack[right] = -stack[right],
            Op::Whole(exponent) => stack[right] = stack[right].powi(exponent),
            Op::Sin => stack[right] = stack[right].sin(),
            Op::Cos => stack[right] = stack[right].cos(),
            Op::Tan => stack[right] = stack[right].tan(),
            Op::Exp => stack[right] = stack[right].exp(),
            Op::Ln => stack[right] = stack[right].ln(),
            Op::Sqrt => stack[right] = stack[right].sqrt(),
            Op::Abs => stack[right] = stack[right].abs(),
            Op::Cosh => stack[right] = cosh(stack[right]),
            // By way of tanh, as e^u − e^(−u) would cancel near 0.
            Op::Sinh => stack[right] = stack[right].tanh() * cosh(stack[right]),
            Op::Tanh => stack[right] = stack[right].tanh(),
            Op::Sigmoid => stack[right] = sigmoid(stack[right]),
            // Zero first, so that its slope counts where u is 0, and NaN stays NaN.
            Op::Relu => {
                stack[right] = S::from(0.0).select(stack[right], S::from(0.0), stack[right])
            }
        }
        if pushes {
            top = next;
        } else if op.is_binary() {
            top = left;
        }
    }
    stack[top & (STACK - 1)]
}

/// The larger of two; where they cannot be compared one of them is NaN, and so is their sum.
fn larger<S: Scalar>(a: S, b: S) -> S {
    a.select(b, a, b.select(a, b, a + b))
}

/// The smaller of two, or NaN.
fn smaller<S: Scalar>(a: S, b: S) -> S {
    b.select(a, a, a.select(b, b, a + b))
}

fn cosh<S: Scalar>(u: S) -> S {
    (u.exp() + (-u).exp()) * S::from(0.5)
}

/// 1/(1 + e⁻ᵘ); each side uses the exponential that cannot overflow there.
fn sigmoid<S: Scalar>(u: S) -> S {
    let one = S::from(1.0);
    let grown = u.exp();
    u.select(S::from(0.0), one / (one + (-u).exp()), grown / (one + grown))
}

/// What is known of a result while the program is built.
#[derive(Clone, Copy)]
struct Operand {
    degree: Option<u32>,
    /// A constant is always folded into the single instruction that pushes it.
    constant: bool,
}

/// Builds a program, instruction by instruction, and folds constants.
pub(super) struct Builder {
    ops: Vec<Op>,
    operands: Vec<Operand>,
    variables: usize,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self { ops: Vec::new(), operands: Vec::new(), variables: 1 }
    }

    fn push(&mut self, op: Op, operand: Operand) -> Result<(), Problem> {
        if self.operands.len() >= STACK || self.ops.len() >= MAX_INSTRUCTIONS {
            return Err(Problem::TooComplex);
        }
        self.ops.push(op);
        self.operands.push(operand);
        Ok(())
    }

    pub(super) fn constant(&mut self, value: f64) -> Result<(), Problem> {
        self.push(Op::Constant(value), Operand { degree: Some(0), constant: true })
    }

    pub(super) fn variable(&mut self, op: Op) -> Result<(), Problem> {
        if op == Op::Y {
            self.variables = 2;
        }
        self.push(op, Operand { degree: Some(1), constant: false })
    }

    /// An instruction with one operand.
    pub(super) fn unary(&mut self, op: Op) -> Result<(), Problem> {
        let Some(operand) = self.operands.pop() else { return Err(Problem::TooComplex) };
        let degree = match (op, operand.degree) {
            (_, Some(0)) => Some(0),
            (Op::Negate, degree) => degree,
            (Op::Whole(exponent), Some(degree)) => {
                u32::try_from(exponent).ok().map(|exponent| degree.saturating_mul(exponent))
            }
            _ => None,
        };
        let start = self.ops.len() - 1;
        self.push(op, Operand { degree, constant: operand.constant })?;
        self.fold(start);
        Ok(())
    }

    /// An instruction with two operands.
    pub(super) fn binary(&mut self, op: Op) -> Result<(), Problem> {
        let (Some(right), Some(left)) = (self.operands.pop(), self.operands.pop()) else {
            return Err(Problem::TooComplex);
        };
        let degree = match (op, left.degree, right.degree) {
            (_, Some(0), Some(0)) => Some(0),
            (Op::Add | Op::Subtract, Some(left), Some(right)) => Some(Ord::max(left, right)),
            (Op::Multiply, Some(left), Some(right)) => Some(left.saturating_add(right)),
            (Op::Divide, degree, Some(0)) => degree,
            _ => None,
        };
        let constant = left.constant && right.constant;
        let start = self.ops.len().saturating_sub(2);
        self.push(op, Operand { degree, constant })?;
        self.fold(start);
        Ok(())
    }

    /// A power; a whole constant exponent becomes part of the instruction.
    pub(super) fn power(&mut self) -> Result<(), Problem> {
        if let (Some(Operand { constant: true, .. }), Some(Op::Constant(exponent))) =
            (self.operands.last(), self.ops.last())
            && Scalar::abs(*exponent) <= MAX_WHOLE_EXPONENT
        {
            #[expect(clippy::cast_possible_truncation, reason = "compared with its source below")]
            let whole = *exponent as i32;
            #[expect(clippy::float_cmp, reason = "whole means exactly whole")]
            if f64::from(whole) == *exponent {
                self.ops.pop();
                self.operands.pop();
                return self.unary(Op::Whole(whole));
            }
        }
        self.binary(Op::Power)
    }

    /// Replaces the instructions from `start` by their value where that is a constant.
    fn fold(&mut self, start: usize) {
        if self.operands.last().is_some_and(|operand| operand.constant) {
            let value = run(&self.ops[start..], [f64::NAN; 2]);
            self.ops.truncate(start);
            self.ops.push(Op::Constant(value));
        }
    }

    pub(super) fn finish(self) -> Program {
        let degree = self.operands.last().and_then(|operand| operand.degree);
        Program { ops: self.ops.into(), variables: self.variables, degree }
    }
}
