//! A formula as a list of instructions for a small register machine.

use super::traced::Entry;
use crate::scalar::Scalar;

/// The number of variables that a program may read, from the first registers.
pub(super) const VARIABLES: usize = 2;
/// A power of two, so that an index can be masked; a word has one bit per register.
const REGISTERS: usize = 32;
/// The largest number of intermediate results needed at a time.
pub(super) const RESULTS: usize = REGISTERS - VARIABLES;

/// The cost of a transcendental function with its derivative, in additions with theirs, as measured
/// in a kernel.
const FUNCTION: f64 = 100.0;
/// The same for those that kernels compute for two points at a time.
const WRITTEN_OUT: f64 = 20.0;

/// The operation of an instruction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Op {
    Constant(f64),
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    /// A power with a constant integer exponent.
    PowI(i32),
    /// A power with any other exponent.
    Power,
    Exp,
    Ln,
    Sqrt,
    Sin,
    Cos,
    Tan,
    Tanh,
    Asin,
    Acos,
    Atan,
    Floor,
    Abs,
    Select,
}

/// Computes one result. Operands that the operation does not have are ignored.
#[inline]
pub(super) fn apply<S: Scalar>(op: Op, [a, b, c, d]: [&S; 4]) -> S {
    match op {
        Op::Constant(value) => S::from(value),
        Op::Add => *a + *b,
        Op::Subtract => *a - *b,
        Op::Multiply => *a * *b,
        Op::Divide => *a / *b,
        Op::Negate => -*a,
        Op::PowI(exponent) => a.powi(exponent),
        Op::Power => a.powf(*b),
        Op::Exp => a.exp(),
        Op::Ln => a.ln(),
        Op::Sqrt => a.sqrt(),
        Op::Sin => a.sin(),
        Op::Cos => a.cos(),
        Op::Tan => a.tan(),
        Op::Tanh => a.tanh(),
        Op::Asin => a.asin(),
        Op::Acos => a.acos(),
        Op::Atan => a.atan(),
        Op::Floor => a.floor(),
        Op::Abs => a.abs(),
        Op::Select => a.select(*b, *c, *d),
    }
}

/// An operation with the registers of its operands and of its result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Instruction {
    pub(super) op: Op,
    pub(super) operands: [u8; 4],
    pub(super) to: u8,
}

/// Instructions in the order in which they run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Program {
    pub(super) instructions: Box<[Instruction]>,
    /// The register that holds the result at the end.
    pub(super) result: u8,
}

impl Program {
    /// Assigns every result a register that is free for as long as the result is needed; `None` if
    /// more results are needed at a time than there are registers.
    pub(super) fn new(entries: &[Entry], result: usize) -> Option<Self> {
        let mut last_use = vec![0; VARIABLES + entries.len()];
        for (index, entry) in entries.iter().enumerate() {
            for operand in entry.operands {
                last_use[operand] = index;
            }
        }
        let mut register = vec![0, 1];
        // One bit per register; those of the variables are never free.
        let mut free = u32::MAX << VARIABLES;
        let mut instructions = Vec::new();
        for (index, &Entry { op, operands }) in entries.iter().enumerate() {
            for operand in operands {
                if operand >= VARIABLES && last_use[operand] == index && operand != result {
                    free |= 1 << register[operand];
                }
            }
            if free == 0 {
                return None;
            }
            let to = free.trailing_zeros() as u8;
            free &= free.wrapping_sub(1);
            instructions.push(Instruction {
                op,
                operands: operands.map(|operand| register[operand]),
                to,
            });
            register.push(to);
        }
        Some(Self { instructions: instructions.into(), result: register[result] })
    }

    /// The cost of one evaluation, in additions.
    pub(crate) fn cost(&self) -> f64 {
        let cost = |instruction: &Instruction| match instruction.op {
            Op::Exp | Op::Sin | Op::Cos => WRITTEN_OUT,
            Op::Power | Op::Ln | Op::Tan | Op::Tanh => FUNCTION,
            Op::Asin | Op::Acos | Op::Atan => FUNCTION,
            _ => 1.0,
        };
        self.instructions.iter().map(cost).sum()
    }

    /// The operations with the positions of their operands instead of registers, and the position
    /// of the result. Registers that are read before they are written count as x.
    pub(super) fn entries(&self) -> (Vec<Entry>, usize) {
        let mut position = [0; REGISTERS];
        for (index, place) in position[..VARIABLES].iter_mut().enumerate() {
            *place = index;
        }
        let mut entries = Vec::new();
        for Instruction { op, operands, to } in &self.instructions {
            let operands = operands.map(|register| position[place(register)]);
            position[place(*to)] = VARIABLES + entries.len();
            entries.push(Entry { op: *op, operands });
        }
        (entries, position[place(self.result)])
    }
}

/// The index of a register. The mask never changes one; it tells the compiler that it is in range.
fn place(register: u8) -> usize {
    usize::from(register) & (REGISTERS - 1)
}

/// Runs programs; its registers need no clearing between runs.
pub(super) struct Interpreter<S>([S; REGISTERS]);

impl<S: Scalar> Interpreter<S> {
    pub(super) fn new() -> Self {
        Self([S::from(f64::NAN); REGISTERS])
    }

    /// The program's result at a point.
    pub(super) fn run(&mut self, program: &Program, at: [S; VARIABLES]) -> S {
        let registers = &mut self.0;
        registers[..VARIABLES].copy_from_slice(&at);
        for Instruction { op, operands: [a, b, c, d], to } in &program.instructions {
            // Not with `map`, which becomes four calls when optimizing for size.
            let [a, b, c, d] = [place(*a), place(*b), place(*c), place(*d)];
            let operands = [&registers[a], &registers[b], &registers[c], &registers[d]];
            registers[place(*to)] = apply(*op, operands);
        }
        registers[place(program.result)]
    }
}
