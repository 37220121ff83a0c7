//! Descents of a basin map in a kernel, which walks from many starts in one call.

use super::{Descents, Ended};
use crate::compiled::kernel::{BOUNDED, Block, End, LANES, LoadedKernel};
use crate::critical_point::{CriticalPoint, classify_by, is_clear_minimum};
use crate::loss::Loss;
use crate::stopping::{StoppingTest, far_threshold};
use crate::trajectory::Outcome;

/// The starts of one block: as many as the first three passes over a map of 256 × 256 cells, which
/// fit into a processor's cache.
const STARTS: usize = 4096;

/// Starts with coordinates below this diverge within the distance that kernels are made for.
const FARTHEST: f64 = BOUNDED / 4e6;

/// A block of descents in progress.
#[derive(Clone, Debug)]
pub(super) struct InKernel {
    current: Option<Work>,
}

#[derive(Clone, Debug)]
struct Work {
    block: Block,
    /// For each of the block's descents its cell and its start.
    cells: Vec<(usize, [f64; 2])>,
}

impl InKernel {
    /// `None` if the loss has no kernel here, or if the descents may go farther than a kernel
    /// checks.
    pub(super) fn new(descents: &Descents) -> Option<Self> {
        let kernel = descents.kernel().is_some();
        let far = descents.grid.sides.as_flattened().iter().all(|side| side.abs() < FARTHEST);
        (kernel && far).then_some(Self { current: None })
    }

    /// Runs about `steps` more steps of single descents.
    pub(super) fn advance(
        &mut self,
        descents: &mut Descents,
        steps: usize,
        ended: &mut impl FnMut(Ended),
    ) {
        let Some(kernel) = descents.kernel() else { return };
        let mut left = steps / LANES + 1;
        while left > 0 {
            let Some(mut work) = self.current.take().or_else(|| Work::next(descents)) else {
                return;
            };
            let before = work.block.clock();
            kernel.walk(&mut work.block, left);
            let walked = work.block.clock() - before;
            // A kernel that fails must not hold the page.
            left = left.saturating_sub(walked.max(1));
            if work.block.is_done() {
                kernel.look(&mut work.block);
                for (&(cell, start), end) in work.cells.iter().zip(work.block.ends()) {
                    let (outcome, at) = descents.outcome(start, end);
                    ended(Ended { cell, outcome, at });
                }
            } else {
                self.current = Some(work);
            }
        }
    }
}

impl Work {
    /// The next starts; `None` if none are left.
    fn next(descents: &mut Descents) -> Option<Self> {
        let limit = descents.limit.bounded();
        let flat = StoppingTest::new([0.0; 2], limit).thresholds().flat;
        let mut block = Block::new(descents.alpha, flat, limit.max_iterations, STARTS);
        let mut cells = Vec::with_capacity(STARTS);
        while cells.len() < STARTS {
            let Some((cell, at)) = descents.next() else { break };
            block.add(at, far_threshold(at));
            cells.push((cell, at));
        }
        if cells.is_empty() {
            return None;
        }
        block.begin();
        Some(Self { block, cells })
    }
}

impl Descents {
    fn kernel(&self) -> Option<LoadedKernel> {
        self.loss.compiled()?.kernel()
    }

    /// The outcome of a descent, and its last point.
    fn outcome(&self, start: [f64; 2], end: End) -> (Outcome, [f64; 2]) {
        let End { mut at, steps: mut k, hessian } = end;
        let stopping = StoppingTest::new(start, self.limit);
        let mut outcome = stopping.decide(&at, k, || {
            if is_clear_minimum(&hessian) {
                return CriticalPoint::Minimum;
            }
            classify_by(&self.loss, at.x, hessian)
        });
        loop {
            if let Some(outcome) = outcome {
                return (outcome, at.x);
            }
            // Within the rounding of a threshold a kernel stops too early.
            k += 1;
            at = self.next_iterate(at);
            outcome = stopping.outcome(&self.loss, &at, k);
        }
    }
}
