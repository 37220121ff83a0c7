//! The memory that a kernel and its caller share: descents from many starts.

use core::array;

use crate::scalar::Scalar;
use crate::stopping::{StopCriteria, flat_threshold};

/// The number of descents that a kernel steps together, two to a register.
pub(crate) const LANES: usize = 2 * PAIRS;
/// The number of registers of each coordinate.
pub(super) const PAIRS: usize = 4;

// Words of 64 bits. First what a call needs:
pub(super) const ALPHA: usize = 0;
/// ‖∇f‖² at or below which a descent may have ended, and below which it surely has.
pub(super) const FLAT: usize = 1;
pub(super) const SURELY_FLAT: usize = 2;
/// The sum of ‖∇f‖² up to which no descent gets far away in all its steps.
pub(super) const CALM: usize = 3;
pub(super) const MAX_STEPS: usize = 4;
pub(super) const COUNT: usize = 5;
pub(super) const END: usize = 6;
// then where it stands:
pub(super) const CLOCK: usize = 7;
pub(super) const NEXT: usize = 8;
pub(super) const LEFT: usize = 9;
// the descents in its lanes, first all their x, then all their y, twice: before and after a step,
pub(super) const AT: usize = 10;
/// which change places with every step.
pub(super) const POINTS: usize = 2 * LANES;
/// The record that a lane's descent belongs to.
pub(super) const SLOT: usize = AT + 2 * POINTS;
/// The clock at a lane's start.
pub(super) const BEGAN: usize = SLOT + LANES;
/// ‖x‖² beyond which a lane's descent has ended.
pub(super) const BOUND: usize = BEGAN + LANES;
/// A lane's learning rate, where each has its own.
pub(super) const RATES: usize = BOUND + LANES;
// and a record for each start, and two more.
pub(super) const RECORDS: usize = RATES + LANES;
const SPARE: usize = 2;

// The words of a record: a point, which is the start at first and the end in the end,
pub(super) const POINT: usize = 0;
/// its number of steps, beside a label,
pub(super) const STEPS: usize = 2;
/// and the learning rate at first, if it has its own; then the bound of ‖x‖², from which the ending is
/// told.
pub(super) const ENDING: usize = 3;
pub(super) const RECORD: usize = 4;

/// A descent from where ‖x‖² is at most this cannot have diverged if it gets no farther than the
/// distance below in all its steps: together they are less than any radius of divergence.
pub(super) const CLOSE: f64 = 1e5 * 1e5;
const WAY: f64 = 8e5;

/// How a descent has ended, as far as that is clear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Ending {
    /// Close to a threshold, or flat and perhaps no minimum.
    Unclear,
    /// On a minimum.
    Converged,
    /// After all its steps, where it is steep.
    Exhausted,
    /// Far away.
    Diverged,
    /// Where the loss or its gradient is NaN, or the gradient infinite.
    Undefined,
    /// Where the loss is infinite.
    Infinite,
}

impl Ending {
    const ALL: [Self; 6] = [
        Self::Unclear,
        Self::Converged,
        Self::Exhausted,
        Self::Diverged,
        Self::Undefined,
        Self::Infinite,
    ];
}

/// Descents from a number of starts, in the form that a kernel reads and writes.
///
/// Two records follow those of the starts. Lanes without a start of their own walk from the first
/// of them and leave their results in the second, until all other lanes are done.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    words: Vec<u64>,
}

/// The end of a descent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    pub(crate) x: [f64; 2],
    pub(crate) steps: usize,
    /// The label that came with its start.
    pub(crate) label: u32,
    pub(crate) ending: Ending,
}

impl Block {
    /// Descents with learning rate `alpha`, with no starts yet, of at most `room`.
    pub(crate) fn new(alpha: f64, limit: StopCriteria, room: usize) -> Self {
        let StopCriteria { max_iterations, gradient_tol } = limit.bounded();
        let mut words = vec![0; RECORDS + (room + SPARE) * RECORD];
        let most = WAY / (alpha.abs() * (max_iterations + 1) as f64);
        // Never infinite, because an infinite gradient has to be noticed.
        let calm = if most * most > f64::MAX { f64::MAX } else { most * most };
        // What underflows is never sure.
        let squared = gradient_tol * gradient_tol * (1.0 - 1e-9);
        let sure = if squared.is_normal() && gradient_tol > 0.0 { squared } else { -1.0 };
        for (index, number) in [
            (ALPHA, alpha),
            (FLAT, flat_threshold(gradient_tol)),
            (SURELY_FLAT, sure),
            (CALM, calm),
        ] {
            words[index] = number.to_bits();
        }
        words[MAX_STEPS] = max_iterations as u64;
        Self { words }
    }

    /// Adds descents from finite starts with a label each, as far as there is room.
    pub(crate) fn fill(&mut self, starts: impl Iterator<Item = (u32, [f64; 2])>) {
        let (records, _) = self.words[RECORDS..].as_chunks_mut::<RECORD>();
        let room = records.len() - SPARE;
        let mut count = 0;
        for (record, (label, [x, y])) in records[..room].iter_mut().zip(starts) {
            *record = [x.to_bits(), y.to_bits(), u64::from(label) << 32, 0];
            count += 1;
        }
        self.words[COUNT] = count;
    }

    /// Descents from one start, each with a learning rate of its own.
    pub(crate) fn with_rates<const D: usize>(
        start: [f64; D],
        rates: &[f64],
        limit: StopCriteria,
    ) -> Self {
        // The largest decides how far a descent may get.
        let largest = rates.iter().fold(0.0, |largest, alpha| Scalar::max(alpha.abs(), largest));
        let mut block = Self::new(largest, limit, rates.len());
        let at = array::from_fn(|axis| start.get(axis).copied().unwrap_or(0.0));
        block.fill((0..).zip(rates.iter().map(|_| at)));
        let (records, _) = block.words[RECORDS..].as_chunks_mut::<RECORD>();
        for (record, alpha) in records.iter_mut().zip(rates) {
            record[ENDING] = alpha.to_bits();
        }
        block
    }

    /// Whether there are no descents.
    pub(crate) fn is_empty(&self) -> bool {
        self.words[COUNT] == 0
    }

    /// Prepares the lanes once all starts are added. There have to be some.
    pub(crate) fn begin(&mut self) {
        let words = &mut self.words;
        let count = words[COUNT] as usize;
        words.copy_within(RECORDS..RECORDS + RECORD, RECORDS + count * RECORD);
        words[LEFT] = count as u64;
        // As if all lanes had just taken all their steps: so each takes a start at once.
        let began = words[MAX_STEPS].wrapping_neg();
        for lane in 0..LANES {
            for axis in 0..2 {
                words[AT + axis * LANES + lane] = words[RECORDS + POINT + axis];
            }
            words[SLOT + lane] = count as u64 + 1;
            words[BEGAN + lane] = began;
        }
    }

    /// The memory, for a kernel that is about to step all lanes up to `steps` times.
    pub(crate) fn words_for(&mut self, steps: usize) -> &mut [u64] {
        self.words[END] = self.words[CLOCK] + steps as u64;
        &mut self.words
    }

    /// The number of steps taken so far, by all lanes together.
    pub(crate) fn clock(&self) -> usize {
        self.words[CLOCK] as usize
    }

    /// Whether every descent has ended.
    pub(crate) fn is_done(&self) -> bool {
        self.words[LEFT] == 0
    }

    /// The ends of the descents, in the order of their starts, once all are done and a kernel has
    /// told the endings.
    pub(crate) fn ends(&self) -> impl Iterator<Item = End> + '_ {
        let (records, _) = self.words[RECORDS..].as_chunks::<RECORD>();
        records[..self.words[COUNT] as usize].iter().map(|&[x, y, steps, ending]| End {
            x: [f64::from_bits(x), f64::from_bits(y)],
            steps: steps as u32 as usize,
            label: (steps >> 32) as u32,
            ending: Ending::ALL.get(ending as usize).copied().unwrap_or(Ending::Unclear),
        })
    }
}
