//! The exponential function, the sine and the cosine of two numbers at a time.
//!
//! A formula's map evaluates them tens of millions of times, and a call for either side of a register
//! takes longer than all the other arithmetic of a step. Here they are computed on both sides at once
//! where no special case applies: with the constants of FreeBSD's msun, which the `libm` crate ports,
//! and its operations in their order, so that the bits are `libm`'s. Elsewhere (far away, closest to the
//! multiples of π/2, NaN) `libm` itself is called, for either side.

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::arithmetic::{Arithmetic, IMPORTED, Locals};
use super::derivatives::Operations;
use crate::compiled::program::{Op, VARIABLES};
use crate::compiled::traced::{Tape, Traced};

/// The index of the function from x to eˣ, after the imported ones.
pub(super) const EXP: u32 = IMPORTED.len() as u32;
/// The index of the function from x to sin x and cos x.
pub(super) const SIN_COS: u32 = EXP + 1;
/// The index of the function after these.
pub(super) const AFTER: u32 = SIN_COS + 1;

/// The argument, which is the first local variable.
const X: u32 = 0;

/// 3·2⁵¹: adding it rounds to a whole number, which the low bits of the sum then are.
const TO_WHOLE: f64 = 6_755_399_441_055_744.0;

mod exp {
    pub(super) use core::f64::consts::LOG2_E as PER_LN_2;
    // Together ln 2. The upper part has so few digits that its products with k are exact.
    pub(super) const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
    pub(super) const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;
    /// The coefficients of c(r).
    pub(super) const P: [f64; 5] = [
        1.666_666_666_666_660_2e-1,
        -2.777_777_777_701_559_3e-3,
        6.613_756_321_437_934e-5,
        -1.653_390_220_546_525_2e-6,
        4.138_136_797_057_238_5e-8,
    ];
    /// Below about ln 2 / 2 nothing is reduced: the first number with a larger upper half.
    pub(super) const SMALL: f64 = f64::from_bits(0x3fd6_2e43_0000_0000);
    /// Below this the result is 1 + x.
    pub(super) const TINY: f64 = f64::from_bits(0x3e30_0001_0000_0000);
    /// Up to here the result is a normal number.
    pub(super) const LARGE: f64 = 708.0;
}

mod trigonometric {
    pub(super) use core::f64::consts::FRAC_2_PI as PER_HALF_PI;
    // Together π/2, in the same way.
    pub(super) const HALF_PI_HIGH: f64 = 1.570_796_326_734_125_6;
    pub(super) const HALF_PI_LOW: f64 = 6.077_100_506_506_192e-11;
    /// The coefficients of the sine and of the cosine, from the first that is not 1 or −½.
    pub(super) const S: [f64; 6] = [
        -1.666_666_666_666_663_2e-1,
        8.333_333_333_322_49e-3,
        -1.984_126_982_985_795e-4,
        2.755_731_370_707_006_8e-6,
        -2.505_076_025_340_686_3e-8,
        1.589_690_995_211_55e-10,
    ];
    pub(super) const C: [f64; 6] = [
        4.166_666_666_666_66e-2,
        -1.388_888_888_887_411e-3,
        2.480_158_728_947_673e-5,
        -2.755_731_435_139_066_3e-7,
        2.087_572_321_298_175e-9,
        -1.135_964_755_778_819_5e-11,
    ];
    /// A finer division of the lower part.
    pub(super) const HALF_PI_MIDDLE: f64 = 6.077_100_506_303_966e-11;
    pub(super) const HALF_PI_LOWEST: f64 = 2.022_266_248_795_950_6e-21;
    /// A reduced argument is at most π/4. Closer to it than this, `libm` may count another quarter.
    pub(super) const LARGEST: f64 = 0.785;
    /// From here on another way of reduction is needed.
    pub(super) const FAR: f64 = 1e6;
    /// One reduced to less than this part of itself may need the finer division.
    pub(super) const CANCELLED: f64 = 1.0 / 32_768.0;
    /// The binary digits that may cancel before the finer division is needed, and before that does not
    /// suffice.
    pub(super) const COARSE: i64 = 16;
    pub(super) const FINE: i64 = 49;
    /// Upper halves: up to 9π/4 the coarse division serves all but those closest to the multiples of
    /// π/2, which end in the digits of π/2, or are those of 3π/2.
    pub(super) const NEAR: i64 = 0x401c_463b;
    pub(super) const ENDING: [i64; 2] = [0xf_ffff, 0x9_21fb];
    pub(super) const THREE_QUARTERS: i64 = 0x4012_d97c;
}

/// The functions, in the order of their indices.
pub(super) fn functions() -> [Function; 2] {
    [exp(), sin_cos()]
}

/// A function's code, and its local variables.
struct Body {
    code: Vec<u8>,
    locals: Locals,
}

impl Body {
    fn new() -> Self {
        Self { code: Vec::new(), locals: Locals { next: X + 1 } }
    }

    /// Writes recorded operations on variables; returns the local variables of the outputs.
    fn write<const N: usize>(
        &mut self,
        tape: &Tape,
        outputs: [Traced<'_>; N],
        variables: [u32; VARIABLES],
    ) -> [u32; N] {
        let operations = Operations::recorded(tape, VARIABLES, &outputs);
        let code = &mut InstructionSink::new(&mut self.code);
        let outputs = &operations.outputs;
        let arithmetic = Arithmetic::new(&operations, outputs, [], code, &mut self.locals);
        let places = arithmetic.write(&variables, code, &mut self.locals);
        core::array::from_fn(|index| places[outputs[index]])
    }

    /// Writes more code.
    fn then(&mut self, write: impl FnOnce(&mut InstructionSink<'_>)) {
        write(&mut InstructionSink::new(&mut self.code));
    }

    /// Writes more code, and returns the local variable that has its result.
    fn set(&mut self, write: impl FnOnce(&mut InstructionSink<'_>)) -> u32 {
        let local = self.locals.take();
        let mut code = InstructionSink::new(&mut self.code);
        write(&mut code);
        code.local_set(local);
        local
    }

    /// Returns what `libm` computes, if the condition on the stack does not hold on both sides.
    fn unless_holds(&mut self, functions: &[Op]) {
        self.then(|code| {
            code.i64x2_all_true().i32_eqz().if_(BlockType::Empty);
            for &function in functions {
                super::arithmetic::call(function, [X; 4], code);
            }
            code.return_().end();
        });
    }

    fn end(mut self) -> Function {
        self.then(|code| {
            code.end();
        });
        let mut function = Function::new([(self.locals.next - X - 1, ValType::V128)]);
        function.raw(self.code);
        function
    }
}

/// Pushes a number on either side.
pub(super) fn splat(number: f64, code: &mut InstructionSink<'_>) {
    whole(number.to_bits().cast_signed(), code);
}

/// Pushes a whole number on either side.
fn whole(number: i64, code: &mut InstructionSink<'_>) {
    let bits = u128::from(number.cast_unsigned());
    code.v128_const((bits << 64 | bits).cast_signed());
}

/// eˣ = 2ᵏ·eʳ with a whole k and |r| ≤ ln 2 / 2, where eʳ = 1 + r + r·c/(2 − c).
fn exp() -> Function {
    use exp::{LARGE, LN_2_HIGH, LN_2_LOW, P, PER_LN_2, SMALL, TINY};
    let mut body = Body::new();
    let size = body.set(|code| {
        code.local_get(X).f64x2_abs();
    });
    body.then(|code| {
        code.local_get(size);
        splat(LARGE, code);
        code.f64x2_lt();
    });
    body.unless_holds(&[Op::Exp]);
    let k = body.set(|code| {
        splat(PER_LN_2, code);
        code.local_get(X).f64x2_mul();
        // ½ with the sign of x.
        code.local_get(X);
        splat(-0.0, code);
        code.v128_and();
        splat(0.5, code);
        code.v128_or().f64x2_add().f64x2_trunc().local_get(size);
        splat(SMALL, code);
        code.f64x2_ge().v128_and();
    });
    let tape = Tape::sharing();
    let [x, power] = [0, 1].map(|index| tape.variable(index));
    let number = Traced::from;
    let high = x - power * number(LN_2_HIGH);
    let low = power * number(LN_2_LOW);
    let r = high - low;
    let square = r * r;
    let series =
        P[..4].iter().rev().fold(square * number(P[4]), |sum, &p| square * (number(p) + sum));
    let c = r - series;
    let y = number(1.0) + (r * c / (number(2.0) - c) - low + high);
    let outputs = [number(1.0) + x, y, power + number(TO_WHOLE)];
    let [tiny, y, sum] = body.write(&tape, outputs, [X, k]);
    body.then(|code| {
        code.local_get(tiny);
        // The exponent's bits are the upper ones.
        code.local_get(y).local_get(sum).i32_const(52).i64x2_shl().i64x2_add();
        code.local_get(size);
        splat(TINY, code);
        code.f64x2_lt().v128_bitselect();
    });
    body.end()
}

/// x = n·π/2 + r with a whole n and |r| ≤ π/4, whose sine and cosine are those of x up to the sign, or
/// the other way round where n is odd.
fn sin_cos() -> Function {
    use trigonometric::{C, CANCELLED, FAR, HALF_PI_HIGH, HALF_PI_LOW, LARGEST, PER_HALF_PI, S};
    let mut body = Body::new();
    let tape = Tape::sharing();
    let constant = Traced::from;
    let x = tape.variable(0);
    let sum = x * constant(PER_HALF_PI) + constant(TO_WHOLE);
    let n = sum - constant(TO_WHOLE);
    let near = x - n * constant(HALF_PI_HIGH);
    let rest = n * constant(HALF_PI_LOW);
    let r = near - rest;
    // With what it lacks.
    let outputs = [sum, n, near, r, (near - r) - rest];
    let [sum, n, near, r, tail] = body.write(&tape, outputs, [X, X]);
    body.then(|code| {
        code.local_get(r).f64x2_abs().local_get(X).f64x2_abs();
        splat(CANCELLED, code);
        code.f64x2_mul().f64x2_gt().local_get(r).f64x2_abs();
        splat(LARGEST, code);
        code.f64x2_lt().v128_and().local_get(X).f64x2_abs();
        splat(FAR, code);
        code.f64x2_lt().v128_and().i64x2_all_true().i32_eqz().if_(BlockType::Empty);
    });
    reduce_finely(&mut body, [n, near, r, tail]);
    body.then(|code| {
        code.end();
    });

    let tape = Tape::sharing();
    let [x, y] = [0, 1].map(|index| tape.variable(index));
    let z = x * x;
    let w = z * z;
    let series = constant(S[1])
        + z * (constant(S[2]) + z * constant(S[3]))
        + z * w * (constant(S[4]) + z * constant(S[5]));
    let cube = z * x;
    let unreduced = x + cube * (constant(S[0]) + z * series);
    let half = constant(0.5);
    let sine = x - ((z * (half * y - cube * series) - y) - cube * constant(S[0]));
    let series = z * (constant(C[0]) + z * (constant(C[1]) + z * constant(C[2])))
        + w * w * (constant(C[3]) + z * (constant(C[4]) + z * constant(C[5])));
    let half_square = half * z;
    let most = constant(1.0) - half_square;
    let cosine = most + (((constant(1.0) - most) - half_square) + (z * series - x * y));
    let [unreduced, sine, cosine] = body.write(&tape, [unreduced, sine, cosine], [r, tail]);
    let sine = body.set(|code| {
        // With its sign, for −0.
        code.local_get(r);
        splat(-0.0, code);
        code.v128_and().local_get(unreduced).v128_or().local_get(sine).local_get(n);
        splat(0.0, code);
        code.f64x2_eq().v128_bitselect();
    });
    let is_odd = body.set(|code| {
        code.local_get(sum).i32_const(63).i64x2_shl().i32_const(63).i64x2_shr_s();
    });
    // Bit 1 of n is the sign of the sine, that of n + 1 the sign of the cosine.
    for (even, odd, from) in [(sine, cosine, 0), (cosine, sine, 1)] {
        body.then(|code| {
            code.local_get(odd).local_get(even).local_get(is_odd).v128_bitselect();
            code.local_get(sum);
            if from > 0 {
                whole(from, code);
                code.i64x2_add();
            }
            code.i32_const(62).i64x2_shl();
            splat(-0.0, code);
            code.v128_and().v128_xor();
        });
    }
    body.end()
}

/// Replaces r and what it lacks where many digits have cancelled; returns what `libm` computes where
/// even that does not suffice.
fn reduce_finely(body: &mut Body, [n, near, r, tail]: [u32; 4]) {
    use trigonometric::{
        COARSE, ENDING, FAR, FINE, HALF_PI_LOWEST, HALF_PI_MIDDLE, LARGEST, NEAR, THREE_QUARTERS,
    };
    let tape = Tape::sharing();
    let [turns, x] = [0, 1].map(|index| tape.variable(index));
    let middle = turns * Traced::from(HALF_PI_MIDDLE);
    let nearer = x - middle;
    let rest = turns * Traced::from(HALF_PI_LOWEST) - ((x - nearer) - middle);
    let finer = nearer - rest;
    let finer = body.write(&tape, [finer, (nearer - finer) - rest], [n, near]);
    let upper = body.set(|code| {
        code.local_get(X).f64x2_abs().i32_const(32).i64x2_shr_u();
    });
    let cancelled = |code: &mut InstructionSink<'_>| {
        code.local_get(upper).i32_const(20).i64x2_shr_u();
        code.local_get(r).f64x2_abs().i32_const(52).i64x2_shr_u().i64x2_sub();
    };
    let is_fine = body.set(|code| {
        code.local_get(upper);
        whole(NEAR, code);
        code.i64x2_gt_s().local_get(upper);
        whole(ENDING[0], code);
        code.v128_and();
        whole(ENDING[1], code);
        code.i64x2_eq().v128_or().local_get(upper);
        whole(THREE_QUARTERS, code);
        code.i64x2_eq().v128_or();
        cancelled(code);
        whole(COARSE, code);
        code.i64x2_gt_s().v128_and();
    });
    body.then(|code| {
        for (finer, local) in finer.into_iter().zip([r, tail]) {
            code.local_get(finer).local_get(local).local_get(is_fine).v128_bitselect();
            code.local_set(local);
        }
        cancelled(code);
        whole(FINE, code);
        code.i64x2_le_s().local_get(r).f64x2_abs();
        splat(LARGEST, code);
        code.f64x2_lt().v128_and().local_get(X).f64x2_abs();
        splat(FAR, code);
        code.f64x2_lt().v128_and();
    });
    body.unless_holds(&[Op::Sin, Op::Cos]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compiled::kernel::memory::double;
    use crate::compiled::kernel::{assembled, engine};
    use proptest::prelude::*;

    /// Compares the functions of two numbers at a time with those of `libm`.
    fn same_bits(pairs: impl IntoIterator<Item = [f64; 2]>) {
        // From words 0 and 1 to those after.
        let mut body = Vec::new();
        let mut code = InstructionSink::new(&mut body);
        code.local_get(0).local_get(0).v128_load(double(0)).call(EXP).v128_store(double(2));
        code.local_get(0).v128_load(double(0)).call(SIN_COS).local_set(2).local_set(1);
        code.local_get(0).local_get(1).v128_store(double(4));
        code.local_get(0).local_get(2).v128_store(double(6)).end();
        let mut function = Function::new([(2, ValType::V128)]);
        function.raw(body);
        let kernel = engine::load(&assembled(&[("both", function)])).expect("a valid module");
        for pair in pairs {
            let mut block = [0; 8];
            block[..2].copy_from_slice(&pair.map(f64::to_bits));
            kernel.call("both", &mut block);
            for (side, x) in pair.into_iter().enumerate() {
                let found = [2, 4, 6].map(|word| f64::from_bits(block[word + side]));
                let expected = [libm::exp(x), libm::sin(x), libm::cos(x)];
                for (found, expected) in found.into_iter().zip(expected) {
                    let same = found.to_bits() == expected.to_bits();
                    assert!(same || (found.is_nan() && expected.is_nan()), "{x:e}: {found:e}");
                }
            }
        }
    }

    #[test]
    fn special_cases_have_the_bits_of_libm() {
        let eighths = (0..400).map(|n| f64::from(n) * core::f64::consts::FRAC_PI_8);
        let logarithms = (0..2100).map(|n| f64::from(n) * 0.5 * core::f64::consts::LN_2);
        let powers = (-1074..1024).map(|n| libm::ldexp(1.0, n));
        let others = [0.0, 0.785, 708.0, 708.4, 709.79, 745.14, 1e6, 1_647_099.0];
        let infinite = [f64::INFINITY, f64::NAN, f64::MAX];
        let all = eighths.chain(logarithms).chain(powers).chain(others).chain(infinite);
        same_bits(all.flat_map(|x| {
            let near = |ulps: i64| f64::from_bits(x.to_bits().saturating_add_signed(ulps));
            let ulps = [-(1 << 36), -(1 << 33), -3, -1, 0, 1, 1000, 1 << 31, 1 << 34];
            ulps.map(near).map(|x| [x, -x])
        }));
    }

    proptest! {
        #[test]
        fn all_numbers_have_the_bits_of_libm(
            usual in prop::collection::vec([-9.0..9.0, -60.0..60.0], 200),
            large in prop::collection::vec([-1e7..1e7, -800.0..800.0], 20),
            any in prop::collection::vec(any::<[f64; 2]>(), 20),
        ) {
            same_bits(usual.into_iter().chain(large).chain(any));
        }
    }
}
