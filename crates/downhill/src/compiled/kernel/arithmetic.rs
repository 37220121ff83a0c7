//! Straight-line code: recorded operations as WebAssembly instructions on two points at a time.

use wasm_encoder::InstructionSink;

use super::derivatives::Operations;
use super::elementary::{EXP, SIN_COS};
use super::memory::double;
use crate::compiled::program::Op;
use crate::compiled::traced::Entry;
use crate::scalar::Scalar;

/// A function of one or two numbers that WebAssembly has no instruction for.
#[derive(Clone, Copy, Debug)]
pub enum Function {
    /// A function of one number.
    Unary(fn(f64) -> f64),
    /// A function of two numbers.
    Binary(fn(f64, f64) -> f64),
}

/// The functions that a kernel imports, in this order.
pub const IMPORTED: [Function; 10] = [
    Function::Unary(<f64 as Scalar>::exp),
    Function::Unary(<f64 as Scalar>::ln),
    Function::Unary(<f64 as Scalar>::sin),
    Function::Unary(<f64 as Scalar>::cos),
    Function::Unary(<f64 as Scalar>::tan),
    Function::Unary(<f64 as Scalar>::tanh),
    Function::Unary(<f64 as Scalar>::asin),
    Function::Unary(<f64 as Scalar>::acos),
    Function::Unary(<f64 as Scalar>::atan),
    Function::Binary(<f64 as Scalar>::powf),
];

/// The index of the imported function that computes an operation.
fn imported(op: Op) -> Option<u32> {
    Some(match op {
        Op::Exp => 0,
        Op::Ln => 1,
        Op::Sin => 2,
        Op::Cos => 3,
        Op::Tan => 4,
        Op::Tanh => 5,
        Op::Asin => 6,
        Op::Acos => 7,
        Op::Atan => 8,
        Op::Power => 9,
        _ => return None,
    })
}

/// Hands out local variables in sequence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Locals {
    pub(super) next: u32,
}

impl Locals {
    pub(super) fn take(&mut self) -> u32 {
        self.next += 1;
        self.next - 1
    }

    /// Writes the code that loads a word of a block, for both descents of a pair, and returns the local
    /// variable that holds it.
    pub(super) fn load(&mut self, block: u32, word: usize, code: &mut InstructionSink<'_>) -> u32 {
        let local = self.take();
        code.local_get(block).v128_load64_splat(double(word)).local_set(local);
        local
    }
}

/// Operations, ready to be written any number of times in one function.
pub(super) struct Arithmetic<'e> {
    variables: usize,
    entries: &'e [Entry],
    /// Whether an operation's result is needed.
    needed: Vec<bool>,
    /// The local variables of what never changes, by position.
    fixed: Vec<Option<u32>>,
}

impl<'e> Arithmetic<'e> {
    /// Those of the operations that the outputs need. Writes the code that computes what follows from
    /// constants and from `fixed`, variables that do not change, which belongs before any loop.
    pub(super) fn new(
        Operations { variables, entries, .. }: &'e Operations,
        outputs: &[usize],
        fixed: impl IntoIterator<Item = (usize, u32)>,
        code: &mut InstructionSink<'_>,
        locals: &mut Locals,
    ) -> Self {
        let variables = *variables;
        let mut needed = vec![false; variables + entries.len()];
        for &output in outputs {
            needed[output] = true;
        }
        for (index, entry) in entries.iter().enumerate().rev() {
            if needed[variables + index] {
                for &operand in &entry.operands[..arity(entry.op)] {
                    needed[operand] = true;
                }
            }
        }
        let mut places = vec![None; variables];
        for (variable, local) in fixed {
            places[variable] = Some(local);
        }
        for (index, entry) in entries.iter().enumerate() {
            let operands = &entry.operands[..arity(entry.op)];
            let is_fixed = operands.iter().all(|&operand| places[operand].is_some());
            let place = (is_fixed && needed[variables + index]).then(|| {
                match entry.op {
                    Op::Constant(number) => {
                        super::elementary::splat(number, code);
                    }
                    op => instruct(op, entry.operands.map(|at| places[at].unwrap_or(0)), code),
                }
                let local = locals.take();
                code.local_set(local);
                local
            });
            places.push(place);
        }
        Self { variables, entries, needed, fixed: places }
    }

    /// Whether the outputs need this position.
    pub(super) fn needs(&self, position: usize) -> bool {
        self.needed[position]
    }

    /// Writes the code for two points, whose variables are in the local variables `at`; returns the
    /// local variable of every position.
    pub(super) fn write(
        &self,
        at: &[u32],
        code: &mut InstructionSink<'_>,
        locals: &mut Locals,
    ) -> Vec<u32> {
        let mut places = at.to_vec();
        // Operands, with the local variables of their sine and cosine.
        let mut angles: Vec<(usize, [u32; 2])> = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let fixed = self.fixed[self.variables + index];
            if fixed.is_some() || !self.needed[self.variables + index] {
                // Nothing reads the place of a result that is not needed.
                places.push(fixed.unwrap_or(0));
                continue;
            }
            if let Op::Sin | Op::Cos = entry.op {
                let angle = entry.operands[0];
                let known = angles.iter().find(|(operand, _)| *operand == angle);
                let both = known.map(|&(_, both)| both);
                let [sine, cosine] = both.unwrap_or_else(|| [locals.take(), locals.take()]);
                if both.is_none() {
                    angles.push((angle, [sine, cosine]));
                    code.local_get(places[angle]).call(SIN_COS);
                    code.local_set(cosine).local_set(sine);
                }
                places.push(if entry.op == Op::Sin { sine } else { cosine });
                continue;
            }
            instruct(entry.op, entry.operands.map(|operand| places[operand]), code);
            let to = locals.take();
            code.local_set(to);
            places.push(to);
        }
        places
    }
}

/// The number of operands of an operation.
fn arity(op: Op) -> usize {
    match op {
        Op::Constant(_) => 0,
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Power => 2,
        Op::Select => 4,
        _ => 1,
    }
}

/// Pushes the result of an imported function of local variables, called for either side; whether the
/// operation is one.
pub(super) fn call(op: Op, [a, b, ..]: [u32; 4], code: &mut InstructionSink<'_>) -> bool {
    let Some(function) = imported(op) else { return false };
    let lane = |lane, code: &mut InstructionSink<'_>| {
        code.local_get(a).f64x2_extract_lane(lane);
        if op == Op::Power {
            code.local_get(b).f64x2_extract_lane(lane);
        }
        code.call(function);
    };
    lane(0, code);
    code.f64x2_splat();
    lane(1, code);
    code.f64x2_replace_lane(1);
    true
}

/// Pushes the result of an operation on local variables.
fn instruct(op: Op, operands @ [a, b, c, d]: [u32; 4], code: &mut InstructionSink<'_>) {
    if op == Op::Exp {
        code.local_get(a).call(EXP);
        return;
    }
    if call(op, operands, code) {
        return;
    }
    if op == Op::Select {
        code.local_get(c).local_get(d);
    }
    code.local_get(a);
    if arity(op) > 1 {
        code.local_get(b);
    }
    match op {
        Op::Add => code.f64x2_add(),
        Op::Subtract => code.f64x2_sub(),
        Op::Multiply => code.f64x2_mul(),
        Op::Divide => code.f64x2_div(),
        Op::Negate => code.f64x2_neg(),
        Op::Sqrt => code.f64x2_sqrt(),
        Op::Floor => code.f64x2_floor(),
        Op::Abs => code.f64x2_abs(),
        Op::Select => code.f64x2_ge().v128_bitselect(),
        // Constants are set before, whole powers are multiplications on this tape, and the others
        // are called.
        _ => code.unreachable(),
    };
}
