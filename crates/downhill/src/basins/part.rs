//! Parts of a basin map, for callers that compute several at a time.

use super::{Basins, Descents, Ended, Walk};

/// Starts split off a map, whose descents run without it: in another thread, for example.
///
/// ```
/// use downhill::{AnyLoss, Basins, Grid, StopCriteria};
/// use std::thread;
///
/// let AnyLoss::Loss2d(himmelblau) = "himmelblau".parse::<AnyLoss>()? else { panic!("two variables") };
/// let grid = Grid::new([[-5.0, 5.0], [-5.0, 5.0]], 64, 64);
/// let mut basins = Basins::new(himmelblau, 0.01, StopCriteria { max_iterations: 200, gradient_tol: 1e-6 }, grid);
/// let parts: Vec<_> = std::iter::from_fn(|| basins.split_off(1024)).collect();
/// let threads: Vec<_> = parts.into_iter().map(|part| thread::spawn(|| part.run())).collect();
/// for thread in threads {
///     basins.record(thread.join().expect("descents do not panic"));
/// }
/// assert!(basins.is_done());
/// # Ok::<(), downhill::LossError>(())
/// ```
#[derive(Clone, Debug)]
pub struct BasinPart {
    descents: Descents,
}

/// The ends of the descents of a [`BasinPart`].
#[derive(Clone, Debug)]
pub struct PartEnds {
    ended: Vec<Ended>,
}

impl BasinPart {
    /// Runs the descents to their ends.
    #[must_use]
    pub fn run(mut self) -> PartEnds {
        // Chosen here, because an engine for kernels belongs to a thread.
        let mut walk = Walk::of(&self.descents);
        let starts = self.descents.left;
        let mut ended = Vec::with_capacity(starts);
        while ended.len() < starts {
            walk.advance(&mut self.descents, usize::MAX / 2, &mut |end| ended.push(end));
        }
        PartEnds { ended }
    }
}

impl Basins {
    /// Splits off the next `starts` starts, or as many as are left; `None` if there are none.
    pub fn split_off(&mut self, starts: usize) -> Option<BasinPart> {
        let part = Descents { left: starts.min(self.descents.left), ..self.descents.clone() };
        for _ in 0..part.left {
            self.descents.next();
        }
        (part.left > 0).then_some(BasinPart { descents: part })
    }

    /// Records the ends of a part of this map.
    ///
    /// Parts that are recorded in the order in which they were split off give the map that
    /// [`advance`](Self::advance) computes. In another order, minimizers that are not known for the
    /// landscape may have other indices, and be represented by other end points.
    pub fn record(&mut self, part: PartEnds) {
        for end in part.ended {
            self.ends.record(end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnyLoss, Grid, StopCriteria};
    use proptest::prelude::*;

    fn map(loss: &str, alpha: f64, steps: usize, cells: (u32, u32)) -> Basins {
        let AnyLoss::Loss2d(loss) = loss.parse::<AnyLoss>().unwrap() else { panic!("{loss}") };
        let limit = StopCriteria { max_iterations: steps, gradient_tol: 1e-6 };
        Basins::new(loss, alpha, limit, Grid::new([[-5.0, 5.0], [-4.0, 6.0]], cells.0, cells.1))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn parts_make_up_the_map(
            which in 0_usize..4, alpha in 0.001..0.1, steps in 0_usize..150, columns in 1_u32..40,
            rows in 1_u32..40, starts in 1_usize..700, before in 0_usize..3000,
        ) {
            // Of the typed ones the minimizers are found on the way, in an order to be kept.
            let losses =
                ["himmelblau", "sin(x)*cos(y)", "x^2 - cos(4*x) + ln(y)^2", "sin(x)^2*sin(y)^2"];
            let mut whole = map(losses[which], alpha, steps, (columns, rows));
            while !whole.is_done() {
                whole.advance(usize::MAX / 2);
            }
            let mut basins = map(losses[which], alpha, steps, (columns, rows));
            let parts: Vec<BasinPart> =
                std::iter::from_fn(|| basins.split_off(starts)).collect();
            prop_assert_eq!(parts.len(), whole.ends.cells.len().div_ceil(starts));
            // Nothing is left to do here.
            basins.advance(before);
            prop_assert_eq!(basins.progress(), 0.0);
            let mut ends: Vec<_> = parts.into_iter().rev().map(BasinPart::run).collect();
            while let Some(part) = ends.pop() {
                basins.record(part);
            }
            prop_assert!(basins.is_done());
            prop_assert_eq!(&basins.ends.cells, &whole.ends.cells);
            prop_assert_eq!(&basins.ends.minimizers, &whole.ends.minimizers);
        }
    }
}
