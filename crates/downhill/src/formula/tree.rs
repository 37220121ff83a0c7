//! The parse tree of a formula, kept for display.

use super::function::Function;
use super::name::Name;
use super::operand::Sign;

/// A part of a formula, which refers to its own parts by their indices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Node {
    Number(f64),
    /// π or e.
    Constant(char),
    Variable(usize),
    Negated(usize),
    Joined(usize, Sign, usize),
    Power(usize, usize),
    /// A function of one part, or of two if it folds.
    Call(Function, usize, usize),
}

/// The parts of a formula, each after its own parts; the root is last.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tree {
    pub(super) nodes: Box<[Node]>,
    pub(super) root: usize,
    pub(super) names: [Name; 2],
}

/// How tightly the outermost operator of a part binds.
pub(super) mod binding {
    pub(in super::super) const SUM: u8 = 1;
    pub(in super::super) const NEGATED: u8 = 2;
    pub(in super::super) const PRODUCT: u8 = 3;
    pub(in super::super) const QUOTIENT: u8 = 4;
    pub(in super::super) const POWER: u8 = 5;
    pub(in super::super) const CALL: u8 = 6;
    pub(in super::super) const ATOM: u8 = 7;
}

impl Tree {
    pub(super) fn binding(&self, at: usize) -> u8 {
        match self.nodes[at] {
            Node::Number(_) | Node::Constant(_) | Node::Variable(_) => binding::ATOM,
            Node::Negated(_) => binding::NEGATED,
            Node::Joined(_, Sign::Plus | Sign::Minus, _) => binding::SUM,
            Node::Joined(_, Sign::Times, _) => binding::PRODUCT,
            Node::Joined(_, Sign::Over, _) => binding::QUOTIENT,
            Node::Power(..) => binding::POWER,
            Node::Call(..) => binding::CALL,
        }
    }
}
