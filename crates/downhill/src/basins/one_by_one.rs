//! Descents of a basin map, one after the other: where there are neither kernels nor lanes.

use super::{Descents, Ended};
use crate::loss::Loss;
use crate::stopping::StoppingTest;
use crate::trajectory::Iterate;

/// The descent in progress.
#[derive(Clone, Debug, Default)]
pub(super) struct OneByOne {
    current: Option<Descent>,
}

#[derive(Clone, Copy, Debug)]
struct Descent {
    cell: usize,
    stopping: StoppingTest,
    here: Iterate<2>,
    k: usize,
}

impl OneByOne {
    /// Runs about `steps` more steps of single descents, at least one.
    pub(super) fn advance(
        &mut self,
        descents: &mut Descents,
        steps: usize,
        ended: &mut impl FnMut(Ended),
    ) {
        for _ in 0..=steps {
            let Some(descent) = self.current.take().or_else(|| Descent::next(descents)) else {
                return;
            };
            let Descent { cell, stopping, here, k } = descent;
            match stopping.outcome(&descents.loss, &here, k) {
                Some(outcome) => ended(Ended { cell, outcome, at: here.x }),
                None => {
                    let here = descents.next_iterate(here);
                    self.current = Some(Descent { here, k: k + 1, ..descent });
                }
            }
        }
    }
}

impl Descent {
    fn next(descents: &mut Descents) -> Option<Self> {
        let (cell, start) = descents.next()?;
        let stopping = StoppingTest::new(start, descents.limit);
        Some(Self { cell, stopping, here: descents.iterate(start), k: 0 })
    }
}

impl Descents {
    /// The point of a descent with its loss and gradient.
    fn iterate(&self, x: [f64; 2]) -> Iterate<2> {
        let (loss, gradient) = self.loss.value_and_gradient(x);
        Iterate { x, loss, gradient }
    }

    /// The iterate one step later.
    fn next_iterate(&self, Iterate { x: [x, y], gradient: [p, q], .. }: Iterate<2>) -> Iterate<2> {
        self.iterate([x - self.alpha * p, y - self.alpha * q])
    }
}
