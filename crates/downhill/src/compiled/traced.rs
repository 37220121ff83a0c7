//! A scalar that records operations instead of computing them.

use core::cell::Cell;
use core::ops::{Add, Div, Mul, Neg, Sub};

use super::program::{Op, Program, VARIABLES, apply};
use crate::scalar::Scalar;

/// The recorded operations, in order. Positions count the variables first, then the results.
#[derive(Default)]
pub(crate) struct Tape(Cell<Vec<Entry>>);

/// One operation and the positions of its operands.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) op: Op,
    pub(super) operands: [usize; 4],
}

impl Tape {
    /// The variable with this index.
    pub(crate) fn variable(&self, index: usize) -> Traced<'_> {
        Traced::Result(self, index)
    }

    /// Compiles the recorded operations with the given result; `None` if they need more
    /// intermediate results at a time than a program can hold.
    pub(crate) fn program(&self, result: Traced) -> Option<Program> {
        let result = result.place(self);
        Program::new(&self.0.take(), result)
    }

    fn push(&self, op: Op, operands: [usize; 4]) -> usize {
        let mut entries = self.0.take();
        entries.push(Entry { op, operands });
        let place = VARIABLES + entries.len() - 1;
        self.0.set(entries);
        place
    }
}

/// A known number, or a position on a tape.
///
/// Operations on known numbers are computed at once. The bits are the same either way, because
/// every scalar treats constants as `f64` does.
#[derive(Clone, Copy)]
pub(crate) enum Traced<'t> {
    Number(f64),
    Result(&'t Tape, usize),
}

impl<'t> Traced<'t> {
    /// Whether its value is known.
    #[cfg(feature = "parser")]
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Number(_))
    }

    fn tape(self) -> Option<&'t Tape> {
        match self {
            Self::Number(_) => None,
            Self::Result(tape, _) => Some(tape),
        }
    }

    /// Its position on the tape; a known number is recorded only when an operation needs it.
    fn place(self, tape: &Tape) -> usize {
        match self {
            Self::Number(value) => tape.push(Op::Constant(value), [0; 4]),
            Self::Result(_, place) => place,
        }
    }

    fn unary(self, op: Op) -> Self {
        self.binary(op, self)
    }

    fn binary(self, op: Op, other: Self) -> Self {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => Self::Number(apply(op, [&a, &b, &a, &a])),
            (Self::Result(tape, _), _) | (_, Self::Result(tape, _)) => {
                let (a, b) = (self.place(tape), other.place(tape));
                Self::Result(tape, tape.push(op, [a, b, a, a]))
            }
        }
    }
}

impl From<f64> for Traced<'_> {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl Add for Traced<'_> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.binary(Op::Add, other)
    }
}

impl Sub for Traced<'_> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.binary(Op::Subtract, other)
    }
}

impl Mul for Traced<'_> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.binary(Op::Multiply, other)
    }
}

impl Div for Traced<'_> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self.binary(Op::Divide, other)
    }
}

impl Neg for Traced<'_> {
    type Output = Self;
    fn neg(self) -> Self {
        self.unary(Op::Negate)
    }
}

impl Scalar for Traced<'_> {
    fn exp(self) -> Self {
        self.unary(Op::Exp)
    }
    fn ln(self) -> Self {
        self.unary(Op::Ln)
    }
    fn sqrt(self) -> Self {
        self.unary(Op::Sqrt)
    }
    fn sin(self) -> Self {
        self.unary(Op::Sin)
    }
    fn cos(self) -> Self {
        self.unary(Op::Cos)
    }
    fn tan(self) -> Self {
        self.unary(Op::Tan)
    }
    fn tanh(self) -> Self {
        self.unary(Op::Tanh)
    }
    fn asin(self) -> Self {
        self.unary(Op::Asin)
    }
    fn acos(self) -> Self {
        self.unary(Op::Acos)
    }
    fn atan(self) -> Self {
        self.unary(Op::Atan)
    }
    fn floor(self) -> Self {
        self.unary(Op::Floor)
    }
    fn abs(self) -> Self {
        self.unary(Op::Abs)
    }
    fn powi(self, n: i32) -> Self {
        self.unary(Op::PowI(n))
    }
    fn powf(self, exponent: Self) -> Self {
        self.binary(Op::Power, exponent)
    }
    fn select(self, threshold: Self, if_at_least: Self, otherwise: Self) -> Self {
        let all = [self, threshold, if_at_least, otherwise];
        match all.into_iter().find_map(Self::tape) {
            Some(tape) => {
                let operands = all.map(|one| one.place(tape));
                Self::Result(tape, tape.push(Op::Select, operands))
            }
            // Known numbers are compared as `f64`.
            None => match (self, threshold) {
                (Self::Number(a), Self::Number(b)) if a >= b => if_at_least,
                _ => otherwise,
            },
        }
    }
}
