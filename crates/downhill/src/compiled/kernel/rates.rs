//! The code of a kernel's `sweep`: descents of a rule from one start with many learning rates, and the
//! memory for it.

use core::array;

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::arithmetic::Locals;
use super::block::{LANES, PAIRS};
use super::derivatives::Operations;
use super::memory::{double, word};
use super::step::{Stepping, lanes};
use crate::rules::{CORRECTIONS, NUMBERS, Rule, SLOTS};
use crate::stopping::StoppingTest;

// Words of 64 bits: what a call needs,
const FLAT: usize = 0;
const FAR: usize = 1;
const MAX_STEPS: usize = 2;
/// the start,
const START: usize = 3;
/// the rule's hyperparameters,
const NUMBER: usize = START + 2;
/// a learning rate for each lane,
const RATE: usize = NUMBER + NUMBERS;
/// the points at hand, first all their x, then all their y,
const AT: usize = RATE + LANES;
/// where the descents may have ended,
const END: usize = AT + 2 * LANES;
/// after how many steps,
const STEPS: usize = END + 2 * LANES;
/// and the corrections of every step, as far as the rule has some.
const ROWS: usize = STEPS + LANES;

/// Descents with learning rates of their own, eight at a time, in the form that a kernel reads and
/// writes.
pub(crate) struct Rates {
    words: Vec<u64>,
}

impl Rates {
    pub(crate) fn new<const D: usize>(
        rule: Rule,
        start: [f64; D],
        stopping: &StoppingTest,
    ) -> Self {
        let steps = stopping.max_iterations();
        let rows = if rule.is_corrected() { steps + 1 } else { 0 };
        let mut words = vec![0; ROWS + rows * CORRECTIONS];
        let thresholds = stopping.thresholds();
        words[FLAT] = thresholds.flat.to_bits();
        words[FAR] = thresholds.far.to_bits();
        words[MAX_STEPS] = steps as u64;
        let numbers = (NUMBER..).zip(rule.numbers());
        for (index, number) in (START..NUMBER).zip(start).chain(numbers) {
            words[index] = number.to_bits();
        }
        let (rows, _) = words[ROWS..].as_chunks_mut::<CORRECTIONS>();
        let mut product = 1.0;
        for (index, row) in rows.iter_mut().enumerate() {
            *row = rule.corrections(index + 1, &mut product).map(f64::to_bits);
        }
        Self { words }
    }

    /// Begins with up to eight learning rates.
    pub(crate) fn begin(&mut self, alphas: &[f64]) {
        // Lanes without one of their own repeat the first.
        for lane in 0..LANES {
            let alpha = alphas.get(lane).or(alphas.first());
            self.words[RATE + lane] = alpha.map_or(0, |alpha| alpha.to_bits());
            // A kernel that fails leaves this.
            self.words[STEPS + lane] = u64::MAX;
        }
    }

    pub(super) fn words(&mut self) -> &mut [u64] {
        &mut self.words
    }

    /// Where a lane's descent may have ended, and after how many steps; `None` if the kernel failed.
    pub(crate) fn end<const D: usize>(&self, lane: usize) -> Option<([f64; D], usize)> {
        let word = |index: usize| self.words.get(index + lane).copied().unwrap_or_default();
        let steps = word(STEPS);
        let x = array::from_fn(|axis| f64::from_bits(word(END + axis.min(1) * LANES)));
        (steps <= self.words[MAX_STEPS]).then_some((x, steps as usize))
    }
}

const BLOCK: u32 = 0;
const CLOCK: u32 = 1;
/// The address of the corrections at hand, from which [`ROWS`] is still to be added.
const ROW_AT: u32 = 2;
/// Whether some lane goes on.
const ANY: u32 = 3;
const WHOLE: u32 = 4;

/// The local variables of two lanes.
struct Pair {
    /// The point, then the state.
    at: [u32; 2 + 2 * SLOTS],
    alpha: u32,
    /// Whether the descent goes on, or has ended before.
    fine: u32,
    ended: u32,
}

/// The function `sweep(block)`, from the operations of f, its gradient and a rule's step.
///
/// All lanes step together until each may have ended. A lane that has is stepped on, to no effect, so
/// that all are at the same step and share its corrections.
pub(super) fn sweep(operations: &Operations) -> Function {
    let mut body = Vec::new();
    let mut locals = Locals { next: WHOLE };
    let mut code = InstructionSink::new(&mut body);
    let thresholds = [FLAT, FAR].map(|index| locals.load(BLOCK, index, &mut code));
    let stepping = Stepping::new(operations, BLOCK, NUMBER, None, &mut code, &mut locals);
    let pairs: [Pair; PAIRS] = array::from_fn(|pair| {
        let [alpha, fine, ended] = array::from_fn(|_| locals.take());
        code.local_get(BLOCK).v128_load(lanes(RATE, pair)).local_set(alpha);
        // Local variables are 0 at first, as the state is.
        let at: [u32; 2 + 2 * SLOTS] = array::from_fn(|_| locals.take());
        for (axis, &local) in at[..2].iter().enumerate() {
            code.local_get(BLOCK).v128_load64_splat(double(START + axis)).local_set(local);
        }
        Pair { at, alpha, fine, ended }
    });
    code.local_get(BLOCK).local_set(ROW_AT);

    code.loop_(BlockType::Empty); // once per event
    code.block(BlockType::Empty); // left at an event
    code.loop_(BlockType::Empty); // once per step
    stepping.load_corrections(ROW_AT, ROWS, &mut code);
    for (index, Pair { at, alpha, fine, ended }) in pairs.iter().enumerate() {
        let slope = stepping.write(*at, *alpha, &mut code, &mut locals);
        // A descent that has ended needs the point that its lane leaves here.
        for (axis, &local) in at[..2].iter().enumerate() {
            code.local_get(BLOCK).local_get(local).v128_store(lanes(AT + axis * LANES, index));
        }
        stepping.goes_on(&slope, at, thresholds, &mut code);
        code.local_get(*ended).v128_or().local_set(*fine);
        stepping.take(&slope, *at, &mut code);
    }
    for (index, pair) in pairs.iter().enumerate() {
        code.local_get(pair.fine);
        if index > 0 {
            code.v128_and();
        }
    }
    code.i64x2_all_true().i32_eqz().br_if(1);
    code.local_get(CLOCK).local_get(BLOCK).i32_load(word(MAX_STEPS)).i32_ge_s().br_if(1);
    next(&mut code);
    code.br(0).end().end();

    let over = locals.take();
    code.local_get(CLOCK).local_get(BLOCK).i32_load(word(MAX_STEPS)).i32_ge_s();
    code.i64_extend_i32_u().i64x2_splat().i64x2_neg().local_set(over);
    let new = locals.take();
    code.i32_const(0).local_set(ANY);
    for (index, Pair { fine, ended, .. }) in pairs.iter().enumerate() {
        // Those that are not fine, or all at the end, unless they had ended before.
        code.local_get(*fine).v128_not().local_get(over).v128_or();
        code.local_get(*ended).v128_andnot().local_set(new);
        let words = [(AT, END), (AT + LANES, END + LANES)];
        for (from, to) in words.map(|(from, to)| (lanes(from, index), lanes(to, index))) {
            code.local_get(BLOCK).local_get(BLOCK).v128_load(from);
            code.local_get(BLOCK).v128_load(to).local_get(new).v128_bitselect().v128_store(to);
        }
        let to = lanes(STEPS, index);
        code.local_get(BLOCK).local_get(CLOCK).i64_extend_i32_u().i64x2_splat();
        code.local_get(BLOCK).v128_load(to).local_get(new).v128_bitselect().v128_store(to);
        code.local_get(*ended).local_get(new).v128_or().local_tee(*ended);
        code.i64x2_all_true().i32_eqz().local_get(ANY).i32_or().local_set(ANY);
    }
    next(&mut code);
    code.local_get(ANY).br_if(0).end().end();
    let mut function =
        Function::new([(WHOLE - 1, ValType::I32), (locals.next - WHOLE, ValType::V128)]);
    function.raw(body);
    function
}

/// Counts a step, and goes to its corrections.
fn next(code: &mut InstructionSink<'_>) {
    code.local_get(CLOCK).i32_const(1).i32_add().local_set(CLOCK);
    code.local_get(ROW_AT).i32_const(8 * CORRECTIONS as i32).i32_add().local_set(ROW_AT);
}
