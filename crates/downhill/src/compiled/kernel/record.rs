//! The code of a kernel's `record`: one descent with all its iterates, and the memory for it.

use core::array;

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::arithmetic::Locals;
use super::derivatives::Operations;
use super::memory::{double, word};
use super::step::Stepping;
use crate::rules::{CORRECTIONS, NUMBERS, Rule, SLOTS, State};
use crate::stopping::StopThresholds;
use crate::trajectory::Iterate;

// Words of 64 bits: what a call needs,
const ALPHA: usize = 0;
const FLAT: usize = 1;
const FAR: usize = 2;
/// the number of steps that may be taken, and after the call that of the steps that were not,
const LEFT: usize = 3;
/// the rule's hyperparameters,
const NUMBER: usize = 4;
/// its state, vector after vector,
const STATE: usize = NUMBER + NUMBERS;
/// and the iterates, of which the first point is given. The corrections of each step follow after all
/// iterates but the last.
const ROWS: usize = STATE + 2 * SLOTS;

// The words of a row: an iterate's point, loss and gradient, and the corrections of the step from it.
const POINT: usize = 0;
const LOSS: usize = 2;
const SLOPE: usize = 3;
const CORRECTION: usize = 5;
const ROW: usize = CORRECTION + CORRECTIONS;

/// A descent, a piece at a time, in the form that a kernel reads and writes.
pub(crate) struct Piece {
    words: Vec<u64>,
    rule: Rule,
}

impl Piece {
    /// The most steps of a piece, so that its memory stays in a processor's cache.
    const STEPS: usize = 1000;

    /// Of a descent that takes at most `steps` steps.
    pub(crate) fn new(
        rule: Rule,
        alpha: f64,
        StopThresholds { flat, far }: StopThresholds,
        steps: usize,
    ) -> Self {
        let mut words = vec![0; ROWS + (steps.min(Self::STEPS) + 1) * ROW];
        let head = [alpha, flat, far, 0.0].into_iter().chain(rule.numbers());
        for (word, number) in words.iter_mut().zip(head) {
            *word = number.to_bits();
        }
        Self { words, rule }
    }

    /// Puts a descent to a point, with the state of its rule there, from which it may take at most
    /// `steps` more steps.
    pub(crate) fn begin<const D: usize>(&mut self, at: [f64; D], state: &State<D>, steps: usize) {
        let steps = steps.min(Self::STEPS);
        self.words[LEFT] = steps as u64;
        let vectors = (STATE..).step_by(2).zip(&state.vectors);
        for (from, vector) in vectors.chain([(ROWS + POINT, &at)]) {
            for (word, coordinate) in self.words[from..].iter_mut().zip(vector.iter().take(2)) {
                *word = coordinate.to_bits();
            }
        }
        if self.rule.is_corrected() {
            let mut product = state.product;
            let (rows, _) = self.words[ROWS..].as_chunks_mut::<ROW>();
            for (index, row) in rows[..steps].iter_mut().enumerate() {
                let numbers = self.rule.corrections(state.steps + index + 1, &mut product);
                for (word, number) in row[CORRECTION..].iter_mut().zip(numbers) {
                    *word = number.to_bits();
                }
            }
        }
    }

    pub(super) fn words(&mut self) -> &mut [u64] {
        &mut self.words
    }

    /// The number of steps taken, of those allowed.
    pub(crate) fn taken(&self, steps: usize) -> usize {
        steps.min(Self::STEPS) - self.words[LEFT] as usize
    }

    /// Sets the rule's state to that after the steps taken.
    pub(crate) fn advance<const D: usize>(&self, state: &mut State<D>, taken: usize) {
        for (slot, vector) in state.vectors.iter_mut().enumerate() {
            for (axis, coordinate) in vector.iter_mut().take(2).enumerate() {
                *coordinate = f64::from_bits(self.words[STATE + 2 * slot + axis]);
            }
        }
        if self.rule.has_product() {
            for step in 1..=taken {
                self.rule.corrections(state.steps + step, &mut state.product);
            }
        }
        state.steps += taken;
    }

    /// Adds the iterates after the point, up to the first where the descent may have ended.
    pub(crate) fn append_to<const D: usize>(&self, iterates: &mut Vec<Iterate<D>>, taken: usize) {
        let before = iterates.len();
        let blank = Iterate { x: [0.0; D], loss: 0.0, gradient: [0.0; D] };
        iterates.resize(before + taken, blank);
        let (words, _) = self.words[ROWS + ROW..].as_chunks::<ROW>();
        // Loops over places, because an iterator's calls stay calls in the page.
        for (iterate, words) in iterates[before..].iter_mut().zip(words) {
            for axis in 0..D.min(2) {
                iterate.x[axis] = f64::from_bits(words[POINT + axis]);
                iterate.gradient[axis] = f64::from_bits(words[SLOPE + axis]);
            }
            iterate.loss = f64::from_bits(words[LOSS]);
        }
    }
}

const BLOCK: u32 = 0;
/// The address of the row at hand, from which [`ROWS`] is still to be added.
const ROW_AT: u32 = 1;
const STEPS_LEFT: u32 = 2;
const WHOLE: u32 = 3;

/// The function `record(block)`, from the operations of f, its gradient and a rule's step.
///
/// Both halves of every register hold the same number, so that the code is that of many descents.
pub(super) fn record(operations: &Operations) -> Function {
    let mut body = Vec::new();
    let mut locals = Locals { next: WHOLE };
    let mut code = InstructionSink::new(&mut body);
    let [alpha, flat, far] = [ALPHA, FLAT, FAR].map(|index| locals.load(BLOCK, index, &mut code));
    // The point, then the state.
    let at = array::from_fn(|index| {
        let word = if index < 2 { ROWS + POINT + index } else { STATE + index - 2 };
        locals.load(BLOCK, word, &mut code)
    });
    let stepping = Stepping::new(operations, BLOCK, NUMBER, Some(alpha), &mut code, &mut locals);
    code.local_get(BLOCK).local_set(ROW_AT);
    code.local_get(BLOCK).i32_load(word(LEFT)).local_set(STEPS_LEFT);

    code.block(BlockType::Empty);
    code.loop_(BlockType::Empty); // once per step
    stepping.load_corrections(ROW_AT, ROWS + CORRECTION, &mut code);
    let slope = stepping.write(at, alpha, &mut code, &mut locals);
    let points = (POINT..).zip(at[..stepping.axes].iter().copied());
    let slopes = (SLOPE..).zip(slope.gradient.iter().copied());
    for (index, local) in points.chain([(LOSS, slope.loss)]).chain(slopes) {
        code.local_get(ROW_AT).local_get(local).v128_store64_lane(double(ROWS + index), 0);
    }
    code.local_get(STEPS_LEFT).i32_eqz().br_if(1);
    stepping.goes_on(&slope, &at, [flat, far], &mut code);
    code.i64x2_all_true().i32_eqz().br_if(1);
    stepping.take(&slope, at, &mut code);
    code.local_get(ROW_AT).i32_const(8 * ROW as i32).i32_add().local_set(ROW_AT);
    code.local_get(STEPS_LEFT).i32_const(1).i32_sub().local_set(STEPS_LEFT);
    code.br(0).end().end();

    for (index, &local) in at[2..].iter().enumerate() {
        code.local_get(BLOCK).local_get(local).v128_store64_lane(double(STATE + index), 0);
    }
    code.local_get(BLOCK).local_get(STEPS_LEFT).i32_store(word(LEFT)).end();
    let mut function =
        Function::new([(WHOLE - 1, ValType::I32), (locals.next - WHOLE, ValType::V128)]);
    function.raw(body);
    function
}
