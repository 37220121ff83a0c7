//! Descents of a basin map in a kernel, which walks from many starts in one call.

use super::{Descents, Ended};
use crate::compiled::kernel::{Block, End, Ending, FARTHEST, LANES, LoadedKernel, Task};
use crate::descent::end_from;
use crate::loss::Loss;
use crate::stopping::StoppingTest;
use crate::trajectory::Outcome;

/// The starts of one block: as many as the first three passes over a map of 256 × 256 cells, which
/// fit into a processor's cache.
const STARTS: usize = 4096;

/// Descents in progress, each labelled with its cell.
#[derive(Clone, Debug)]
pub(super) struct InKernel {
    current: Option<Block>,
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
            let Some(mut block) = self.current.take().or_else(|| descents.block()) else {
                return;
            };
            let before = block.clock();
            kernel.walk(&mut block, left);
            let walked = block.clock() - before;
            // A kernel that fails must not hold the page.
            left = left.saturating_sub(walked.max(1));
            if block.is_done() {
                kernel.classify(&mut block);
                for end in block.ends() {
                    let (outcome, at) = descents.outcome(end);
                    ended(Ended { cell: end.label as usize, outcome, at });
                }
            } else {
                self.current = Some(block);
            }
        }
    }
}

impl Descents {
    fn kernel(&self) -> Option<LoadedKernel> {
        self.loss.compiled()?.kernel(Task::Map)
    }

    /// The next starts; `None` if none are left.
    fn block(&mut self) -> Option<Block> {
        let mut block = Block::new(self.alpha, self.limit, STARTS);
        block.fill(self.map(|(cell, start)| (cell as u32, start)));
        if block.is_empty() {
            return None;
        }
        block.begin();
        Some(block)
    }

    /// The outcome of a cell's descent, and its last point.
    fn outcome(&self, End { x, steps: k, label, ending }: End) -> (Outcome, [f64; 2]) {
        let outcome = match ending {
            Ending::Unclear => {
                let stopping = StoppingTest::new(self.centre(label as usize), self.limit);
                let (outcome, end) = end_from(&self.loss, self.alpha, &stopping, x, k);
                return (outcome, end.x);
            }
            Ending::Converged => Outcome::Converged { k },
            Ending::Exhausted => Outcome::Exhausted { k },
            Ending::Diverged => Outcome::Diverged { k },
            Ending::Undefined => Outcome::Undefined { k, infinite: false },
            Ending::Infinite => Outcome::Undefined { k, infinite: true },
        };
        (outcome, x)
    }
}
