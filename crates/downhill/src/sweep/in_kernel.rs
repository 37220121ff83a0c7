//! Descents of a sweep in the loss's kernel, which steps eight of them together.

use super::{Sweep, SweepPoint};
use crate::compiled::kernel::{Block, Ending, FARTHEST, LANES, LoadedKernel, Rates, Task};
use crate::descent::end_from;
use crate::rules::{Rule, UpdateRule};
use crate::schedule::Schedule;
use crate::stopping::StoppingTest;
use crate::trajectory::{Iterate, Outcome};

/// A kernel and what it needs.
pub(super) enum InKernel {
    /// Plain descents, of which one that has ended makes room for the next.
    Plain(LoadedKernel),
    /// Descents of another rule, eight from the first step to the last.
    Rule(LoadedKernel, Rates),
}

impl InKernel {
    /// The number of learning rates to try next, for about this many steps in all.
    pub(super) fn at_once(&self, steps: usize) -> usize {
        match self {
            // A kernel takes the fewer steps for each, the more it may choose from.
            Self::Plain(_) => (steps / 2000).clamp(LANES, 512),
            Self::Rule(..) => LANES,
        }
    }
}

impl<const D: usize, R: UpdateRule<D> + Clone> Sweep<'_, D, R> {
    /// The kernel; `None` if there is none, or if the sweep is not one that kernels do.
    pub(super) fn kernel(&self) -> Option<InKernel> {
        let rule = self.rule.named().filter(Rule::is_elementwise)?;
        if self.schedule != Schedule::Constant {
            return None;
        }
        let formula = self.loss.compiled()?;
        if rule == Rule::GradientDescent {
            let is_close = self.start.iter().all(|x| x.abs() < FARTHEST);
            return is_close.then(|| formula.kernel(Task::Sweep(D)))?.map(InKernel::Plain);
        }
        let kernel = formula.kernel(Task::Rule(rule, D))?;
        let stopping = StoppingTest::new(self.start, self.limit);
        Some(InKernel::Rule(kernel, Rates::new(rule, self.start, &stopping)))
    }

    /// The points of these learning rates; `None` if the kernel fails.
    pub(super) fn in_kernel(
        &self,
        kernel: &mut InKernel,
        alphas: &[f64],
    ) -> Option<Vec<SweepPoint>> {
        match kernel {
            InKernel::Plain(kernel) => self.plain(kernel, alphas),
            InKernel::Rule(kernel, rates) => Some(self.of_rule(kernel, rates, alphas)),
        }
    }

    fn of_rule(&self, kernel: &LoadedKernel, rates: &mut Rates, alphas: &[f64]) -> Vec<SweepPoint> {
        rates.begin(alphas);
        kernel.sweep(rates);
        let stopping = StoppingTest::new(self.start, self.limit);
        let points = alphas.iter().enumerate().map(|(lane, &alpha)| {
            let point = rates.end(lane).and_then(|(x, k)| {
                let (loss, gradient) = self.loss.value_and_gradient(x);
                let outcome = stopping.outcome(self.loss, &Iterate { x, loss, gradient }, k)?;
                Some(SweepPoint { alpha, outcome, loss })
            });
            // Within the rounding of a threshold a kernel stops too early.
            point.unwrap_or_else(|| self.at(alpha))
        });
        points.collect()
    }

    fn plain(&self, kernel: &LoadedKernel, alphas: &[f64]) -> Option<Vec<SweepPoint>> {
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
