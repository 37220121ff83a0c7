//! Descent with the loss's kernel: long runs, which it records, and what it leaves to decide.

use core::array;

use super::Descent;
use crate::compiled::kernel::{Piece, Task};
use crate::loss::Loss;
use crate::rules::UpdateRule;
use crate::stopping::StoppingTest;
use crate::trajectory::{Iterate, Outcome};

/// Runs that end before this take less time than it takes to compile a kernel, so they use one only
/// if it is loaded already.
pub(super) const LONG: usize = 200;

/// The largest number of iterates for which room is made beforehand.
const MOST_RESERVED: usize = 10_000;

impl<const D: usize, R: UpdateRule<D>> Descent<'_, D, R> {
    /// Runs to the end and adds the iterates that are kept, if that is possible in a kernel: one that
    /// is loaded already, unless the run is long.
    pub(super) fn run_in_kernel(&mut self, iterates: &mut Vec<Iterate<D>>) {
        let Some((rule, alpha)) = self.progress.constant() else { return };
        let Some(formula) = self.loss.compiled() else { return };
        let task = Task::Rule(rule, D);
        let is_long = self.progress.k >= LONG;
        let kernel = if is_long { formula.kernel(task) } else { formula.known_kernel(task) };
        let Some(kernel) = kernel else { return };
        let left = self.stopping.max_iterations() - self.progress.k;
        // Growing copies what there is; a run of more steps than this may well end before.
        iterates.reserve(left.min(MOST_RESERVED));
        let mut piece = Piece::new(rule, alpha, self.stopping.thresholds(), left);
        while self.progress.outcome.is_none() {
            let left = self.stopping.max_iterations() - self.progress.k;
            piece.begin(self.progress.current.x, &self.progress.state, left);
            kernel.record(&mut piece);
            let taken = piece.taken(left);
            piece.append_to(iterates, taken);
            piece.advance(&mut self.progress.state, taken);
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
        iterates.shrink_to_fit();
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
