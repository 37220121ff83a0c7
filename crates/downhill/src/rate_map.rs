//! The α×β plane of a quadratic: where momentum converges, and how fast.

use crate::grid::{CoarseToFine, Grid};
use crate::quadratic::Quadratic;

/// The convergence rate of momentum over a grid of learning rates α (columns) and β (rows).
///
/// The rate is the factor by which the error shrinks per step in the long run: below 1 the run
/// converges, and faster for smaller values; see [`Quadratic::rate`]. The row β = 0 is plain
/// descent. Like a basin map it is computed in slices, coarse to fine.
///
/// Source: Goh, *Why Momentum Really Works* (Distill 2017), "The dynamics of momentum".
///
/// ```
/// use downhill::{Grid, Quadratic, RateMap, Ravine};
///
/// let ravine = Quadratic::of(&Ravine { kappa: 100.0, angle: 0.0 }).expect("a quadratic");
/// let mut map = RateMap::new(ravine, Grid::new([[0.0, 0.05], [0.0, 1.0]], 64, 64));
/// map.advance(usize::MAX);
/// assert!(map.is_done());
/// // With α ≈ 0.022 plain descent diverges; momentum with β ≈ 0.66 gains seven percent per step.
/// assert!(map.rate(28, 0).expect("all are done") > 1.2);
/// assert!(map.rate(28, 42).expect("all are done") < 0.93);
/// ```
#[derive(Clone, Debug)]
pub struct RateMap<const D: usize> {
    quadratic: Quadratic<D>,
    grid: Grid,
    rates: Vec<f64>,
    done: usize,
    cells: CoarseToFine,
}

impl<const D: usize> RateMap<D> {
    /// A map with no cells computed yet. The grid's first coordinate is α, its second β.
    #[must_use]
    pub fn new(quadratic: Quadratic<D>, grid: Grid) -> Self {
        // A rate is NaN only if a parameter is, so NaN can mark cells that are not computed yet.
        let rates = vec![f64::NAN; grid.len()];
        Self { quadratic, grid, rates, done: 0, cells: CoarseToFine::new(&grid) }
    }

    /// Computes up to `cells` more cells; returns whether there were any left.
    pub fn advance(&mut self, cells: usize) -> bool {
        let before = self.done;
        for (column, row) in self.cells.by_ref().take(cells) {
            let [alpha, beta] = self.grid.centre(column, row);
            self.rates[self.grid.index(column, row)] = self.quadratic.rate(alpha, beta);
            self.done += 1;
        }
        self.done > before
    }

    /// Whether every cell is computed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.done == self.rates.len()
    }

    /// The fraction of cells computed, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.done as f64 / self.rates.len() as f64
    }

    /// The rate at the centre of a cell, or until it is computed that of a coarser cell around it.
    ///
    /// `None` before even that is computed, and outside the grid.
    #[must_use]
    pub fn rate(&self, column: u32, row: u32) -> Option<f64> {
        if column >= self.grid.columns() || row >= self.grid.rows() {
            return None;
        }
        let known = |index: usize| !self.rates[index].is_nan();
        self.grid.coarser(column, row, known).map(|index| self.rates[index])
    }

    /// The quadratic of the map.
    #[must_use]
    pub fn quadratic(&self) -> &Quadratic<D> {
        &self.quadratic
    }

    /// The grid of α and β.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The stability boundary α = (2 + 2β)/λmax, from the lowest to the highest β of the grid
    /// within 0 ≤ β ≤ 1.
    ///
    /// Momentum converges to the left of it. It is a straight line, given by two points (α, β).
    #[must_use]
    pub fn boundary(&self) -> [[f64; 2]; 2] {
        self.grid.sides[1].map(|beta| {
            let beta = beta.clamp(0.0, 1.0);
            [self.quadratic.largest_stable_momentum_alpha(beta), beta]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Ravine, Rule, StopCriteria, descend};
    use proptest::prelude::*;

    fn ravine(kappa: f64) -> Quadratic<2> {
        Quadratic::of(&Ravine { kappa, angle: 0.0 }).unwrap()
    }

    #[test]
    fn slices_change_nothing_and_coarse_cells_stand_in() {
        let grid = Grid::new([[0.0, 0.3], [0.0, 1.0]], 33, 20);
        let mut whole = RateMap::new(ravine(10.0), grid);
        assert_eq!(whole.rate(32, 19), None);
        assert!(whole.advance(6));
        assert_eq!(whole.rate(31, 19), whole.rate(16, 16));
        whole.advance(usize::MAX);
        assert!(!whole.advance(1) && whole.is_done());
        let mut sliced = RateMap::new(ravine(10.0), grid);
        while sliced.advance(7) {}
        assert_eq!(sliced.rates, whole.rates);
        assert_eq!(whole.rate(33, 0), None);
    }

    #[test]
    fn the_boundary_separates_shrinking_from_growing() {
        let grid = Grid::new([[0.0, 0.05], [0.0, 1.0]], 50, 50);
        let mut map = RateMap::new(ravine(100.0), grid);
        map.advance(usize::MAX);
        let [[low, _], [high, _]] = map.boundary();
        assert_eq!((low, high), (0.02, 0.04));
        for row in 0..50 {
            for column in 0..50 {
                let [alpha, beta] = grid.centre(column, row);
                let stable = alpha < low + beta * (high - low);
                assert_eq!(map.rate(column, row).unwrap() < 1.0, stable, "{alpha} {beta}");
            }
        }
    }

    proptest! {
        #[test]
        fn runs_shrink_by_the_rate(kappa in 2.0..30.0, share in 0.05..0.95, beta in 0.0..0.8) {
            let loss = Ravine { kappa, angle: 0.0 };
            let alpha = share * ravine(kappa).largest_stable_momentum_alpha(beta);
            let rate = ravine(kappa).rate(alpha, beta);
            let limit = StopCriteria { max_iterations: 400, gradient_tol: 0.0 };
            let run = descend(&loss, Rule::Momentum { beta }, alpha, [1.0, 1.0], limit);
            let [x, y] = run.iterates[400].x;
            // Where roots nearly coincide there are additional powers of k; here they are below
            // 400·κ.
            let bound = libm::pow(rate, 400.0) * 400.0 * kappa * 10.0;
            prop_assert!(x.abs() <= bound + 1e-300 && y.abs() <= bound + 1e-300);
        }
    }
}
