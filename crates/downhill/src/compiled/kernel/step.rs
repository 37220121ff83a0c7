//! A rule's step in a kernel: the variables of its operations, and its code.

use wasm_encoder::{InstructionSink, MemArg};

use super::arithmetic::{Arithmetic, Locals};
use super::derivatives::Operations;
use super::memory::double;
use crate::rules::{CORRECTIONS, NUMBERS, SLOTS};

// The variables: first the point, then the state,
const STATE: usize = 2;
/// the learning rate,
pub(super) const ALPHA: usize = STATE + 2 * SLOTS;
/// the hyperparameters,
pub(super) const NUMBER: usize = ALPHA + 1;
/// and what depends on the number of the step alone.
pub(super) const CORRECTION: usize = NUMBER + NUMBERS;
pub(super) const VARIABLES: usize = CORRECTION + CORRECTIONS;

/// The variable of a coordinate of a vector of the state.
pub(super) const fn state(slot: usize, axis: usize) -> usize {
    STATE + 2 * slot + axis
}

/// The operations of f, its gradient and a rule's step from there, to be written for some descents.
pub(super) struct Stepping<'o> {
    arithmetic: Arithmetic<'o>,
    /// The positions of f, of the gradient, of the point that the step leads to and of its state.
    outputs: &'o [usize],
    pub(super) axes: usize,
    /// The local variables of hyperparameters and corrections.
    numbers: [u32; NUMBERS],
    corrections: [u32; CORRECTIONS],
    zero: u32,
}

/// The local variables of f and its gradient.
pub(super) struct Slope {
    pub(super) loss: u32,
    pub(super) gradient: Vec<u32>,
    steepness: u32,
    outputs: Vec<u32>,
}

impl<'o> Stepping<'o> {
    /// Writes the code that loads the hyperparameters from a word of the block on. A learning rate
    /// that all descents share may be given.
    pub(super) fn new(
        operations: &'o Operations,
        block: u32,
        from: usize,
        alpha: Option<u32>,
        code: &mut InstructionSink<'_>,
        locals: &mut Locals,
    ) -> Self {
        let numbers = core::array::from_fn(|index| locals.load(block, from + index, code));
        let fixed = (NUMBER..).zip(numbers).chain(alpha.map(|alpha| (ALPHA, alpha)));
        let outputs = &operations.outputs;
        let arithmetic = Arithmetic::new(operations, outputs, fixed, code, locals);
        let corrections = core::array::from_fn(|_| locals.take());
        // Local variables are 0 at first.
        let zero = locals.take();
        let axes = (outputs.len() - 1) / (2 + SLOTS);
        Self { arithmetic, outputs, axes, numbers, corrections, zero }
    }

    /// Loads the corrections of a step, as far as the rule has some.
    pub(super) fn load_corrections(&self, row: u32, from: usize, code: &mut InstructionSink<'_>) {
        for (index, &local) in self.corrections.iter().enumerate() {
            if self.arithmetic.needs(CORRECTION + index) {
                code.local_get(row).v128_load64_splat(double(from + index)).local_set(local);
            }
        }
    }

    /// Writes f, its gradient and the step, which is not yet taken, for two descents.
    pub(super) fn write(
        &self,
        at: [u32; STATE + 2 * SLOTS],
        alpha: u32,
        code: &mut InstructionSink<'_>,
        locals: &mut Locals,
    ) -> Slope {
        let variables = [&at[..], &[alpha], &self.numbers, &self.corrections].concat();
        let places = self.arithmetic.write(&variables, code, locals);
        let outputs: Vec<u32> = self.outputs.iter().map(|&output| places[output]).collect();
        let gradient = outputs[1..=self.axes].to_vec();
        let steepness = locals.take();
        squares(&gradient, code);
        code.local_set(steepness);
        Slope { loss: outputs[0], gradient, steepness, outputs }
    }

    /// Pushes on either side whether the descent goes on: it is steep, not far, and has a value.
    pub(super) fn goes_on(
        &self,
        slope: &Slope,
        at: &[u32],
        [flat, far]: [u32; 2],
        code: &mut InstructionSink<'_>,
    ) {
        code.local_get(slope.steepness).local_get(flat).f64x2_gt();
        squares(&at[..self.axes], code);
        // NaN where f or its gradient is not finite.
        code.local_get(slope.loss).local_get(slope.steepness).f64x2_add();
        code.local_get(self.zero).f64x2_mul().f64x2_add();
        code.local_get(far).f64x2_le().v128_and();
    }

    /// Takes the step.
    pub(super) fn take(
        &self,
        slope: &Slope,
        at: [u32; STATE + 2 * SLOTS],
        code: &mut InstructionSink<'_>,
    ) {
        let axes = (0..self.axes).map(|axis| at[axis]);
        let slots = (0..SLOTS).flat_map(|slot| (0..self.axes).map(move |axis| state(slot, axis)));
        let to: Vec<u32> = axes.chain(slots.map(|variable| at[variable])).collect();
        let from = &slope.outputs[1 + self.axes..];
        // All before any is set, because one may be what another was.
        let changed = || from.iter().zip(&to).filter(|(from, to)| from != to);
        for (&from, _) in changed() {
            code.local_get(from);
        }
        for (_, &to) in changed().rev() {
            code.local_set(to);
        }
    }
}

/// The place of a pair of lanes in a row that begins at a word of the block.
pub(super) fn lanes(from: usize, pair: usize) -> MemArg {
    double(from + 2 * pair)
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
