//! A scalar that records operations instead of computing them.

use core::cell::Cell;
use core::ops::Neg;

use super::program::{Op, Program, VARIABLES, apply};
use crate::scalar::{Scalar, operators, powi_by_squaring};

/// The recorded operations, in order. Positions count the variables first, then the results.
pub(crate) struct Tape {
    /// The number of variables.
    variables: usize,
    entries: Cell<Vec<Entry>>,
    style: Style,
}

impl Default for Tape {
    /// A tape that records every operation on the variables of a formula.
    fn default() -> Self {
        Self { variables: VARIABLES, entries: Cell::default(), style: Style::All }
    }
}

/// An operation recorded longer ago is recorded again, so that long tapes take no time that grows
/// with the square of their length.
const RECENT: usize = 500;

/// What a tape records.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// Every operation.
    All,
    /// Every operation once. That makes the tape shorter, but results are needed for longer.
    Once,
    /// The same, with whole powers as multiplications.
    MultipliedOut,
}

impl Style {
    fn shares(self) -> bool {
        self != Self::All
    }
}

/// One operation and the positions of its operands.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) op: Op,
    pub(super) operands: [usize; 4],
}

impl Entry {
    /// Whether both are the same operation on the same operands, and so have the same bits.
    fn repeats(&self, other: &Self) -> bool {
        let same_op = match (self.op, other.op) {
            // 0 and −0 are equal but have different bits.
            (Op::Constant(a), Op::Constant(b)) => a.to_bits() == b.to_bits(),
            (a, b) => a == b,
        };
        same_op && self.operands == other.operands
    }
}

impl Tape {
    /// A tape that records every operation once.
    pub(super) fn sharing() -> Self {
        Self { style: Style::Once, ..Self::default() }
    }

    /// A tape with this number of variables that records every operation once, and whole powers as
    /// multiplications.
    pub(super) fn multiplying_out(variables: usize) -> Self {
        Self { variables, style: Style::MultipliedOut, ..Self::default() }
    }

    /// The recorded operations, which are then no longer on the tape.
    pub(super) fn entries(&self) -> Vec<Entry> {
        self.entries.take()
    }

    /// The variable with this index.
    pub(crate) fn variable(&self, index: usize) -> Traced<'_> {
        Traced::Result(self, index)
    }

    /// Compiles the recorded operations with the given result; `None` if they need more
    /// intermediate results at a time than a program can hold.
    pub(crate) fn program(&self, result: Traced) -> Option<Program> {
        let result = result.place(self);
        Program::new(&self.entries.take(), result)
    }

    fn push(&self, op: Op, operands: [usize; 4]) -> usize {
        let entry = Entry { op, operands };
        let mut entries = self.entries.take();
        let recent = if self.style.shares() { RECENT } else { 0 };
        let from = entries.len().saturating_sub(recent);
        let known = entries[from..].iter().position(|other| other.repeats(&entry));
        let index = known.map_or(entries.len(), |place| from + place);
        if known.is_none() {
            entries.push(entry);
        }
        self.entries.set(entries);
        self.variables + index
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
    pub(super) fn place(self, tape: &Tape) -> usize {
        match self {
            Self::Number(value) => tape.push(Op::Constant(value), [0; 4]),
            Self::Result(_, place) => place,
        }
    }

    /// A product. Multiplying by 1 changes no bit, so a tape that shares does not record it.
    fn times(self, other: Self) -> Self {
        match (self, other) {
            (Self::Result(tape, _), Self::Number(1.0)) if tape.style.shares() => self,
            (Self::Number(1.0), Self::Result(tape, _)) if tape.style.shares() => other,
            _ => self.binary(Op::Multiply, other),
        }
    }

    /// A difference. Subtracting 0 changes no bit.
    fn minus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Result(tape, _), Self::Number(number))
                if tape.style.shares() && number.to_bits() == 0 =>
            {
                self
            }
            _ => self.binary(Op::Subtract, other),
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

operators! { Traced<'_>:
    Add::add = |a, b| a.binary(Op::Add, b);
    Sub::sub = |a, b| a.minus(b);
    Mul::mul = |a, b| a.times(b);
    Div::div = |a, b| a.binary(Op::Divide, b);
}

impl Neg for Traced<'_> {
    type Output = Self;
    fn neg(self) -> Self {
        self.unary(Op::Negate)
    }
}

/// Defines functions of [`Scalar`] as operations on the tape.
macro_rules! recorded {
    ($($function:ident = $op:expr;)+) => {$(
        fn $function(self) -> Self {
            self.unary($op)
        }
    )+};
}

impl Scalar for Traced<'_> {
    recorded! {
        exp = Op::Exp;
        ln = Op::Ln;
        sqrt = Op::Sqrt;
        sin = Op::Sin;
        cos = Op::Cos;
        tan = Op::Tan;
        tanh = Op::Tanh;
        asin = Op::Asin;
        acos = Op::Acos;
        atan = Op::Atan;
        floor = Op::Floor;
        abs = Op::Abs;
    }

    fn powi(self, n: i32) -> Self {
        match self {
            Self::Result(tape, _) if tape.style == Style::MultipliedOut => {
                powi_by_squaring(self, n)
            }
            _ => self.unary(Op::PowI(n)),
        }
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
