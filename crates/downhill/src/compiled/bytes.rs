//! Serializes compiled formulas as bytes, for another module that runs them.

use super::CompiledFormula;
use super::program::{Instruction, Op, Program};

/// The operations without a constant of their own; their byte is their index here, after those of
/// the two that have one.
const PLAIN: [Op; 19] = [
    Op::Add,
    Op::Subtract,
    Op::Multiply,
    Op::Divide,
    Op::Negate,
    Op::Power,
    Op::Exp,
    Op::Ln,
    Op::Sqrt,
    Op::Sin,
    Op::Cos,
    Op::Tan,
    Op::Tanh,
    Op::Asin,
    Op::Acos,
    Op::Atan,
    Op::Floor,
    Op::Abs,
    Op::Select,
];
const CONSTANT: u8 = 0;
const WHOLE: u8 = 1;
const FIRST_PLAIN: u8 = 2;

/// The largest number of instructions; longer input is rejected.
#[cfg(any(not(feature = "parser"), test))]
const MOST_INSTRUCTIONS: u32 = 1 << 16;

/// Reads bytes in sequence.
#[cfg(any(not(feature = "parser"), test))]
pub(crate) struct Bytes<'b>(pub(crate) &'b [u8]);

#[cfg(any(not(feature = "parser"), test))]
impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*first)
    }

    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    pub(crate) fn number(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }
}

impl CompiledFormula {
    /// Appends the encoding that [`read`](Self::read) decodes.
    #[cfg(any(feature = "parser", test))]
    pub(crate) fn write(&self, bytes: &mut Vec<u8>) {
        let Program { instructions, result } = &self.program;
        bytes.extend((instructions.len() as u32).to_le_bytes());
        bytes.push(*result);
        for Instruction { op, operands, to } in instructions {
            let plain = PLAIN.iter().position(|plain| plain == op);
            match (*op, plain) {
                (Op::Constant(value), _) => {
                    bytes.push(CONSTANT);
                    bytes.extend(value.to_bits().to_le_bytes());
                }
                (Op::PowI(exponent), _) => {
                    bytes.push(WHOLE);
                    bytes.extend(exponent.to_le_bytes());
                }
                (_, place) => bytes.push(FIRST_PLAIN + place.unwrap_or(PLAIN.len()) as u8),
            }
            bytes.extend(operands);
            bytes.push(*to);
        }
    }

    /// Decodes a compiled formula; `None` if the bytes are not one.
    ///
    /// Any decoded program is safe to run, whatever the bytes are: register indices are masked, and
    /// a wrong operation is still an operation.
    #[cfg(any(not(feature = "parser"), test))]
    pub(crate) fn read(bytes: &mut Bytes<'_>, is_quadratic: bool) -> Option<Self> {
        let count = bytes.number().filter(|count| *count <= MOST_INSTRUCTIONS)?;
        let result = bytes.byte()?;
        let mut instructions = Vec::new();
        for _ in 0..count {
            let op = match bytes.byte()? {
                CONSTANT => Op::Constant(f64::from_bits(bytes.take().map(u64::from_le_bytes)?)),
                WHOLE => Op::PowI(bytes.take().map(i32::from_le_bytes)?),
                plain => *PLAIN.get(usize::from(plain - FIRST_PLAIN))?,
            };
            instructions.push(Instruction { op, operands: bytes.take()?, to: bytes.byte()? });
        }
        let program = Program { instructions: instructions.into(), result };
        Some(Self { program, is_quadratic })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::{Formula, Loss};
    use crate::scalar::Scalar;
    use proptest::prelude::*;

    /// Uses every operation once.
    struct Everything;

    impl Formula<2> for Everything {
        fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
            let sums = (x + y) * (x - y) / (x * x + S::from(0.1)) + (-x).powi(-3);
            let powers = x.abs().powf(y) + x.exp() + y.ln() + y.sqrt();
            let waves = x.sin() + y.cos() + x.tan() + y.tanh();
            let arcs = x.asin() + y.acos() + x.atan() + (x * y).floor();
            x.select(y, sums + powers, waves) + arcs
        }
    }

    #[test]
    fn every_operation_round_trips() {
        let recording = CompiledFormula::of(&Everything).expect("few results");
        let mut bytes = Vec::new();
        recording.write(&mut bytes);
        let mut written = Bytes(&bytes);
        let read = CompiledFormula::read(&mut written, false).expect("what was written");
        assert!(written.0.is_empty());
        assert_eq!(read, recording);
        for op in PLAIN {
            let used =
                recording.program.instructions.iter().any(|instruction| instruction.op == op);
            assert!(used, "{op:?} is not in the formula of this test");
        }
    }

    proptest! {
        #[test]
        fn any_decoded_bytes_can_be_run(bytes: Vec<u8>, count in 0_u8..4) {
            let bytes: Vec<u8> = [count, 0, 0, 0].into_iter().chain(bytes).collect();
            if let Some(recording) = CompiledFormula::read(&mut Bytes(&bytes), false) {
                let _value: f64 = recording.value([0.5, -0.5]);
            }
        }
    }
}
