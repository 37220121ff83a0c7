//! Plain descent with the loss's kernel: long runs, which it records, and what it leaves to decide.

use core::array;

use super::Descent;
use crate::compiled::kernel::{Piece, Task};
use crate::loss::Loss;
use crate::rules::UpdateRule;
use crate::stopping::StoppingTest;
use crate::trajectory::{Iterate, Outcome};

/// Runs that end before this take less time than it takes to compile a kernel.
pub(super) const LONG: usize = 200;

impl<const D: usize, R: UpdateRule<D>> Descent<'_, D, R> {
    /// Runs to the end and adds the iterates that are kept, if that is possible in a kernel.
    pub(super) fn run_in_kernel(&mut self, iterates: &mut Vec<Iterate<D>>) {
        let Some(alpha) = self.progress.constant_alpha() else { return };
        let formula = self.loss.compiled();
        let Some(kernel) = formula.and_then(|formula| formula.kernel(Task::Record(D))) else {
            return;
        };
        let mut piece = Piece::new(alpha, self.stopping.thresholds());
        while self.progress.outcome.is_none() {
            let left = self.stopping.max_iterations() - self.progress.k;
            piece.begin(self.progress.current.x, left);
            kernel.record(&mut piece);
            let taken = piece.taken(left);
            piece.append_to(iterates, taken);
            self.progress.k += taken;
            if taken == 0 {
                // Within the rounding of a threshold a kernel stops too early.
                if self.step().is_none() {
                    return;
                }
                iterates.push(self.progress.current);
            } else if let Some(&last) = iterates.last() {
                self.progress.current = last;
                self.progress.outcome = self.stopping.outcome(self.loss, &last, self.progress.k);
            }
            if !self.progress.is_kept() {
                iterates.pop();
            }
        }
    }
}

/// The end of a plain descent whose `k`-th iterate is at `x` and perhaps the last: within the rounding
/// of a threshold a kernel stops too early.
pub(crate) fn end_from<const D: usize>(
    loss: &dyn Loss<D>,
    alpha: f64,
    stopping: &StoppingTest,
    mut x: [f64; D],
    mut k: usize,
) -> (Outcome, Iterate<D>) {
    loop {
        let (value, gradient) = loss.value_and_gradient(x);
        let here = Iterate { x, loss: value, gradient };
        if let Some(outcome) = stopping.outcome(loss, &here, k) {
            return (outcome, here);
        }
        x = array::from_fn(|axis| x[axis] - alpha * gradient[axis]);
        k += 1;
    }
}
