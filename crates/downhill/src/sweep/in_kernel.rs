//! Descents of a sweep in the loss's kernel, which steps eight of them together.

use super::{Sweep, SweepPoint};
use crate::compiled::kernel::{Block, Ending, FARTHEST, LANES, LoadedKernel, Task};
use crate::descent::end_from;
use crate::rules::UpdateRule;
use crate::schedule::Schedule;
use crate::stopping::StoppingTest;
use crate::trajectory::Outcome;

impl<const D: usize, R: UpdateRule<D>> Sweep<'_, D, R> {
    /// The kernel; `None` if there is none, or if the sweep is not one of plain descent.
    pub(super) fn kernel(&self) -> Option<LoadedKernel> {
        let is_plain = self.rule.is_gradient_descent() && self.schedule == Schedule::Constant;
        let is_close = self.start.iter().all(|x| x.abs() < FARTHEST);
        if !is_plain || !is_close {
            return None;
        }
        self.loss.compiled()?.kernel(Task::Sweep(D))
    }

    /// The points of these learning rates; `None` if the kernel fails.
    pub(super) fn in_kernel(
        &self,
        kernel: &LoadedKernel,
        alphas: &[f64],
    ) -> Option<Vec<SweepPoint>> {
        let mut block = Block::with_rates(self.start, alphas, self.limit);
        block.begin();
        let most = self.limit.bounded().max_iterations + 2;
        kernel.walk(&mut block, most * (alphas.len() / LANES + 2));
        if !block.is_done() {
            return None;
        }
        kernel.classify(&mut block);
        let ends = alphas.iter().zip(block.ends());
        let points = ends.map(|(&alpha, end)| {
            let (x, k) = (std::array::from_fn(|axis| end.x[axis]), end.steps);
            let outcome = match end.ending {
                Ending::Converged => Outcome::Converged { k },
                Ending::Exhausted => Outcome::Exhausted { k },
                Ending::Diverged => Outcome::Diverged { k },
                Ending::Undefined => Outcome::Undefined { k, infinite: false },
                Ending::Infinite => Outcome::Undefined { k, infinite: true },
                Ending::Unclear => {
                    let stopping = StoppingTest::new(self.start, self.limit);
                    let (outcome, end) = end_from(self.loss, alpha, &stopping, x, k);
                    return SweepPoint { alpha, outcome, loss: end.loss };
                }
            };
            SweepPoint { alpha, outcome, loss: self.loss.value_and_gradient(x).0 }
        });
        Some(points.collect())
    }
}
