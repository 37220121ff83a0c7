//! Builds a formula from its parts, within the limits.

use super::function::Function;
use super::problem::Problem;
use super::tree::Node;
use crate::compiled::{Tape, Traced};
use crate::scalar::Scalar;

/// The most intermediate results.
const MAX_OPEN: usize = 16;
/// The most instructions, counted as for a stack machine, where operands are instructions too.
const MAX_INSTRUCTIONS: usize = 512;
/// Integer exponents up to this magnitude are repeated multiplication; beyond it rounding would
/// accumulate.
const MAX_WHOLE_EXPONENT: f64 = 64.0;

/// A part of a formula. A known number counts as a single instruction.
#[derive(Clone, Copy)]
pub(super) struct Operand<'t> {
    pub(super) note: Traced<'t>,
    pub(super) degree: Option<u32>,
    /// Its index in the tree.
    pub(super) node: usize,
}

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
}

/// Records a formula on a tape, part by part, and enforces the limits.
pub(super) struct Builder<'t> {
    tape: &'t Tape,
    instructions: usize,
    /// The number of operands that are waiting to be combined.
    open: usize,
    /// The parts built so far, for display.
    pub(super) nodes: Vec<Node>,
    pub(super) has_kinks: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn new(tape: &'t Tape) -> Self {
        Self { tape, instructions: 0, open: 0, nodes: Vec::new(), has_kinks: false }
    }

    /// Counts an instruction that takes `taken` operands and leaves one.
    fn count(&mut self, taken: usize) -> Result<(), Problem> {
        self.open -= taken;
        if self.open >= MAX_OPEN || self.instructions >= MAX_INSTRUCTIONS {
            return Err(Problem::TooComplex);
        }
        self.open += 1;
        self.instructions += 1;
        Ok(())
    }

    /// The result of an operation. If it is a known number, the instructions of its operands are no
    /// longer needed.
    fn result(
        &mut self,
        note: Traced<'t>,
        degree: Option<u32>,
        spare: usize,
        node: Node,
    ) -> Operand<'t> {
        if note.is_number() {
            self.instructions -= spare;
        }
        self.nodes.push(node);
        Operand { note, degree, node: self.nodes.len() - 1 }
    }

    pub(super) fn number(&mut self, value: f64) -> Result<Operand<'t>, Problem> {
        self.count(0)?;
        Ok(self.result(Traced::Number(value), Some(0), 0, Node::Number(value)))
    }

    /// π or e.
    pub(super) fn constant(&mut self, name: char) -> Result<Operand<'t>, Problem> {
        let value = if name == 'e' { core::f64::consts::E } else { core::f64::consts::PI };
        self.count(0)?;
        Ok(self.result(Traced::Number(value), Some(0), 0, Node::Constant(name)))
    }

    pub(super) fn variable(&mut self, index: usize) -> Result<Operand<'t>, Problem> {
        self.count(0)?;
        Ok(self.result(self.tape.variable(index), Some(1), 0, Node::Variable(index)))
    }

    pub(super) fn negated(&mut self, u: Operand<'t>) -> Result<Operand<'t>, Problem> {
        self.count(1)?;
        Ok(self.result(-u.note, u.degree, 1, Node::Negated(u.node)))
    }

    pub(super) fn joined(
        &mut self,
        u: Operand<'t>,
        sign: Sign,
        v: Operand<'t>,
    ) -> Result<Operand<'t>, Problem> {
        self.count(2)?;
        let note = match sign {
            Sign::Plus => u.note + v.note,
            Sign::Minus => u.note - v.note,
            Sign::Times => u.note * v.note,
            Sign::Over => u.note / v.note,
        };
        let degree = match (sign, u.degree, v.degree) {
            (Sign::Plus | Sign::Minus, Some(u), Some(v)) => Some(Ord::max(u, v)),
            (Sign::Times, Some(u), Some(v)) => Some(u.saturating_add(v)),
            (Sign::Over, degree, Some(0)) => degree,
            _ => None,
        };
        Ok(self.result(note, degree, 2, Node::Joined(u.node, sign, v.node)))
    }

    /// A power; a constant integer exponent becomes part of the instruction.
    pub(super) fn power(
        &mut self,
        base: Operand<'t>,
        exponent: Operand<'t>,
    ) -> Result<Operand<'t>, Problem> {
        let node = Node::Power(base.node, exponent.node);
        if let Traced::Number(number) = exponent.note
            && Scalar::abs(number) <= MAX_WHOLE_EXPONENT
        {
            #[expect(clippy::cast_possible_truncation, reason = "compared with its source below")]
            let whole = number as i32;
            #[expect(clippy::float_cmp, reason = "whole means exactly whole")]
            if f64::from(whole) == number {
                self.open -= 1;
                self.instructions -= 1;
                self.count(1)?;
                let degree = match base.degree {
                    Some(0) => Some(0),
                    Some(degree) => u32::try_from(whole).ok().map(|n| degree.saturating_mul(n)),
                    None => None,
                };
                return Ok(self.result(base.note.powi(whole), degree, 1, node));
            }
        }
        self.count(2)?;
        Ok(self.result(base.note.powf(exponent.note), constant(base, exponent), 2, node))
    }

    /// A function of one operand, or of two if it folds.
    pub(super) fn function(
        &mut self,
        function: Function,
        u: Operand<'t>,
        v: Operand<'t>,
    ) -> Result<Operand<'t>, Problem> {
        let taken = if function.is_folding() { 2 } else { 1 };
        self.count(taken)?;
        let note = function.of(u.note, v.note);
        self.has_kinks |= function.has_kink() && !note.is_number();
        Ok(self.result(note, constant(u, v), taken, Node::Call(function, u.node, v.node)))
    }
}

/// Degree 0 if the operands are constant, otherwise not a polynomial.
fn constant(u: Operand, v: Operand) -> Option<u32> {
    (u.degree == Some(0) && v.degree == Some(0)).then_some(0)
}
