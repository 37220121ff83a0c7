//! The code of a kernel's `record`: one plain descent with all its iterates, and the memory for it.

use wasm_encoder::{BlockType, Function, InstructionSink, ValType};

use super::arithmetic::{Arithmetic, Locals};
use super::derivatives::Operations;
use super::memory::{double, word};
use crate::stopping::StopThresholds;
use crate::trajectory::Iterate;

// Words of 64 bits: what a call needs,
const ALPHA: usize = 0;
const FLAT: usize = 1;
const FAR: usize = 2;
/// the number of steps that may be taken, and after the call that of the steps that were not,
const LEFT: usize = 3;
/// and the iterates, of which the first point is given.
const ITERATES: usize = 4;

// The words of an iterate: its point, loss and gradient.
const POINT: usize = 0;
const LOSS: usize = 2;
const SLOPE: usize = 3;
const ITERATE: usize = 5;

/// A plain descent, a piece at a time, in the form that a kernel reads and writes.
pub(crate) struct Piece {
    words: Vec<u64>,
}

impl Piece {
    /// The most steps of a piece, so that its memory stays in a processor's cache.
    const STEPS: usize = 1000;

    pub(crate) fn new(alpha: f64, StopThresholds { flat, far }: StopThresholds) -> Self {
        let mut words = vec![0; ITERATES + (Self::STEPS + 1) * ITERATE];
        for (index, number) in [(ALPHA, alpha), (FLAT, flat), (FAR, far)] {
            words[index] = number.to_bits();
        }
        Self { words }
    }

    /// Puts a descent to a point, from which it may take at most `steps` more steps.
    pub(crate) fn begin<const D: usize>(&mut self, at: [f64; D], steps: usize) {
        self.words[LEFT] = steps.min(Self::STEPS) as u64;
        for (word, coordinate) in self.words[ITERATES..].iter_mut().zip(at) {
            *word = coordinate.to_bits();
        }
    }

    pub(super) fn words(&mut self) -> &mut [u64] {
        &mut self.words
    }

    /// The number of steps taken, of those allowed.
    pub(crate) fn taken(&self, steps: usize) -> usize {
        steps.min(Self::STEPS) - self.words[LEFT] as usize
    }

    /// Adds the iterates after the point, up to the first where the descent may have ended.
    pub(crate) fn append_to<const D: usize>(&self, iterates: &mut Vec<Iterate<D>>, taken: usize) {
        let before = iterates.len();
        let blank = Iterate { x: [0.0; D], loss: 0.0, gradient: [0.0; D] };
        iterates.resize(before + taken, blank);
        let (words, _) = self.words[ITERATES + ITERATE..].as_chunks::<ITERATE>();
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
/// The address of the iterate at hand, from which [`ITERATES`] is still to be added.
const ITERATE_AT: u32 = 1;
const STEPS_LEFT: u32 = 2;
const WHOLE: u32 = 3;

/// The function `record(block)`, from the operations of f and its gradient.
///
/// Both halves of every register hold the same number, so that the code is that of many descents.
pub(super) fn record(operations: &Operations) -> Function {
    let mut body = Vec::new();
    let mut locals = Locals { next: WHOLE };
    let mut code = InstructionSink::new(&mut body);
    let mut load = |index, code: &mut InstructionSink<'_>| {
        let local = locals.take();
        code.local_get(BLOCK).v128_load64_splat(double(index)).local_set(local);
        local
    };
    let [alpha, flat, far] = [ALPHA, FLAT, FAR].map(|index| load(index, &mut code));
    let at = [0, 1].map(|axis| load(ITERATES + POINT + axis, &mut code));
    let outputs = &operations.outputs;
    let arithmetic = Arithmetic::new(operations, outputs, &mut code, &mut locals);
    let steepness = locals.take();
    code.local_get(BLOCK).local_set(ITERATE_AT);
    code.local_get(BLOCK).i32_load(word(LEFT)).local_set(STEPS_LEFT);

    code.block(BlockType::Empty);
    code.loop_(BlockType::Empty); // once per step
    let places = arithmetic.write(at, &mut code, &mut locals);
    let loss = places[outputs[0]];
    let gradient: Vec<u32> = outputs[1..].iter().map(|&output| places[output]).collect();
    let axes = gradient.len();
    let points = (POINT..).zip(at.into_iter().take(axes));
    let slopes = (SLOPE..).zip(gradient.iter().copied());
    for (index, local) in points.chain([(LOSS, loss)]).chain(slopes) {
        code.local_get(ITERATE_AT).local_get(local);
        code.v128_store64_lane(double(ITERATES + index), 0);
    }
    code.local_get(STEPS_LEFT).i32_eqz().br_if(1);
    squares(&gradient, &mut code);
    code.local_tee(steepness).local_get(flat).f64x2_gt();
    squares(&at[..axes], &mut code);
    // NaN where f or its gradient is not finite.
    code.local_get(loss).local_get(steepness).f64x2_add();
    code.f64_const(0.0.into()).f64x2_splat().f64x2_mul().f64x2_add();
    code.local_get(far).f64x2_le().v128_and().i64x2_all_true().i32_eqz().br_if(1);
    // All before any is set, because a partial derivative may be another coordinate.
    for (&partial, point) in gradient.iter().zip(at) {
        code.local_get(point).local_get(alpha).local_get(partial).f64x2_mul().f64x2_sub();
    }
    for &point in at[..axes].iter().rev() {
        code.local_set(point);
    }
    code.local_get(ITERATE_AT).i32_const(8 * ITERATE as i32).i32_add().local_set(ITERATE_AT);
    code.local_get(STEPS_LEFT).i32_const(1).i32_sub().local_set(STEPS_LEFT);
    code.br(0).end().end();

    code.local_get(BLOCK).local_get(STEPS_LEFT).i32_store(word(LEFT)).end();
    let mut function =
        Function::new([(WHOLE - 1, ValType::I32), (locals.next - WHOLE, ValType::V128)]);
    function.raw(body);
    function
}

/// Pushes a² + b², or a² alone.
pub(super) fn squares(coordinates: &[u32], code: &mut InstructionSink<'_>) {
    for (index, &local) in coordinates.iter().enumerate() {
        code.local_get(local).local_get(local).f64x2_mul();
        if index > 0 {
            code.f64x2_add();
        }
    }
}
