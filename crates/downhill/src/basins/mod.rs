//! Basins of attraction: for every start on a grid, the minimizer that plain descent converges to.

mod in_kernel;
#[cfg(not(target_arch = "wasm32"))]
mod in_lanes;
#[cfg(any(target_arch = "wasm32", test))]
mod one_by_one;
mod part;

use std::sync::Arc;

use crate::any_loss::NamedLoss;
use crate::compiled::CompiledFormula;
use crate::grid::{CoarseToFine, Grid};
use crate::loss::Loss;
use crate::stopping::StopCriteria;
use crate::trajectory::Outcome;
use in_kernel::InKernel;
#[cfg(not(target_arch = "wasm32"))]
use in_lanes::InLanes;
#[cfg(any(target_arch = "wasm32", test))]
use one_by_one::OneByOne;
pub use part::{BasinPart, PartEnds};

/// The end of plain descent from the centre of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The outcome, with its iteration.
    pub outcome: Outcome,
    /// The index in [`Basins::minimizers`] of the minimizer that it converged to.
    pub minimizer: Option<u16>,
}

/// A basin map in progress: every cell of a grid is the start of a plain descent.
///
/// The work is done in slices, so that the caller can keep its frame rate:
/// [`advance`](Self::advance) takes a number of steps and resumes where it left off. Cells are
/// computed coarse to fine, and until a cell is done, [`cell`](Self::cell) returns a coarser one
/// around it. Neither the slices nor the eight lanes stepped in parallel affect the result: every
/// cell is bit for bit the outcome of [`descend`](crate::descend) from its centre.
///
/// ```
/// use downhill::{AnyLoss, Basins, Grid, StopCriteria};
///
/// let AnyLoss::Loss2d(himmelblau) = "himmelblau".parse::<AnyLoss>()? else { panic!("two variables") };
/// let grid = Grid::new([[-5.0, 5.0], [-5.0, 5.0]], 64, 64);
/// let mut basins = Basins::new(himmelblau, 0.01, StopCriteria { max_iterations: 200, gradient_tol: 1e-6 }, grid);
/// let mut frames = 0;
/// while !basins.is_done() {
///     basins.advance(50_000);
///     frames += 1;
/// }
/// assert!(frames > 1);
/// // The start in the upper right corner leads to (3, 2).
/// let corner = basins.cell(63, 63).expect("all cells are done");
/// assert_eq!(basins.minimizers()[usize::from(corner.minimizer.expect("it converges"))], [3.0, 2.0]);
/// # Ok::<(), downhill::LossError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Basins {
    descents: Descents,
    walk: Walk,
    ends: Ends,
}

/// What has come of the descents that have ended.
#[derive(Clone, Debug)]
struct Ends {
    cells: Box<[Option<Cell>]>,
    done: usize,
    minimizers: Vec<[f64; 2]>,
}

/// A descent that has ended.
#[derive(Clone, Copy, Debug)]
struct Ended {
    /// The index of the cell that it started from.
    cell: usize,
    outcome: Outcome,
    /// The point where it ended.
    at: [f64; 2],
}

/// The descents of a map: their settings, and the starts that are left.
#[derive(Clone, Debug)]
struct Descents {
    loss: NamedLoss<2>,
    alpha: f64,
    limit: StopCriteria,
    grid: Grid,
    starts: CoarseToFine,
    /// The number of starts that are left.
    left: usize,
    /// The coordinates of the cells' centres: by column, then by row.
    centres: Arc<[Box<[f64]>; 2]>,
}

impl Descents {
    /// The centre of a cell, by its index.
    fn centre(&self, cell: usize) -> [f64; 2] {
        let [x, y] = &*self.centres;
        [x[cell % x.len()], y[cell / x.len()]]
    }
}

impl Iterator for Descents {
    type Item = (usize, [f64; 2]);

    /// The next cell, by its index, and the start in its centre.
    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        self.left = self.left.checked_sub(1)?;
        let (column, row) = self.starts.next()?;
        let [x, y] = &*self.centres;
        Some((self.grid.index(column, row), [x[column as usize], y[row as usize]]))
    }
}

impl Ends {
    /// Records that a cell's descent has ended.
    #[inline(always)]
    fn record(&mut self, Ended { cell, outcome, at }: Ended) {
        let minimizer = self.minimizer(outcome, at);
        self.cells[cell] = Some(Cell { outcome, minimizer });
        self.done += 1;
    }

    /// The minimizer that a descent converged to, which is added if it is new. A descent that has
    /// not converged belongs to none, however close to one it happens to be: it may be passing by.
    #[inline(always)]
    fn minimizer(&mut self, outcome: Outcome, at: [f64; 2]) -> Option<u16> {
        let Outcome::Converged { .. } = outcome else { return None };
        let [x, y] = at;
        let mut smallest = SAME * (1.0 + (x * x + y * y).sqrt());
        smallest *= smallest;
        let mut nearest = None;
        let minimizers = self.minimizers.as_slice();
        #[allow(clippy::needless_range_loop, reason = "an iterator's calls stay calls in the page")]
        for index in 0..minimizers.len() {
            let [u, v] = minimizers[index];
            let square = (x - u) * (x - u) + (y - v) * (y - v);
            if square < smallest {
                smallest = square;
                nearest = Some(index);
            }
        }
        if nearest.is_none() && self.minimizers.len() < MAX_MINIMIZERS {
            nearest = Some(self.minimizers.len());
            self.minimizers.push(at);
        }
        nearest.and_then(|index| u16::try_from(index).ok())
    }
}

/// The descents in progress.
#[derive(Clone, Debug)]
enum Walk {
    /// In the formula's kernel, where there is one.
    Kernel(InKernel),
    /// In lanes, where losses are compiled for them.
    #[cfg(not(target_arch = "wasm32"))]
    Lanes(Box<InLanes>),
    /// One descent after the other, elsewhere.
    #[cfg(any(target_arch = "wasm32", test))]
    OneByOne(OneByOne),
}

impl Walk {
    /// The fastest way here.
    fn of(descents: &Descents) -> Self {
        if let Some(kernel) = InKernel::new(descents) {
            return Self::Kernel(kernel);
        }
        #[cfg(not(target_arch = "wasm32"))]
        return Self::Lanes(Box::default());
        #[cfg(target_arch = "wasm32")]
        return Self::OneByOne(OneByOne::default());
    }

    /// Runs about `steps` more steps of single descents, at least one, and passes on those that
    /// have ended, in the order of their starts.
    fn advance(&mut self, descents: &mut Descents, steps: usize, end: &mut impl FnMut(Ended)) {
        match self {
            Self::Kernel(kernel) => kernel.advance(descents, steps, end),
            #[cfg(not(target_arch = "wasm32"))]
            Self::Lanes(lanes) => lanes.advance(descents, steps, end),
            #[cfg(any(target_arch = "wasm32", test))]
            Self::OneByOne(walk) => walk.advance(descents, steps, end),
        }
    }
}

/// Two end points within this distance, in units of 1 + ‖x‖, count as the same minimizer.
const SAME: f64 = 0.02;

/// The most minimizers that are told apart.
const MAX_MINIMIZERS: usize = 1024;

impl Basins {
    /// A map with no cells computed yet.
    ///
    /// `alpha` should be finite and non-negative, but every cell gets an outcome for any value.
    #[must_use]
    pub fn new(loss: NamedLoss<2>, alpha: f64, limit: StopCriteria, grid: Grid) -> Self {
        let minimizers = loss.landscape().map_or(Vec::new(), |known| known.minimizers.to_vec());
        let starts = CoarseToFine::new(&grid);
        let centres = Arc::new([
            (0..grid.columns()).map(|column| grid.centre(column, 0)[0]).collect(),
            (0..grid.rows()).map(|row| grid.centre(0, row)[1]).collect(),
        ]);
        let descents = Descents { loss, alpha, limit, grid, starts, left: grid.len(), centres };
        let walk = Walk::of(&descents);
        let ends = Ends { cells: vec![None; grid.len()].into(), done: 0, minimizers };
        Self { descents, walk, ends }
    }

    /// Runs about `steps` more steps of single descents, at least one; returns whether any cell was
    /// completed.
    pub fn advance(&mut self, steps: usize) -> bool {
        let before = self.ends.done;
        self.walk.advance(&mut self.descents, steps, &mut |end| self.ends.record(end));
        self.ends.done > before
    }

    /// Whether every cell is computed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.ends.done == self.ends.cells.len()
    }

    /// The fraction of cells computed, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        self.ends.done as f64 / self.ends.cells.len() as f64
    }

    /// An upper bound of the work that the whole map takes, in additions with their derivatives;
    /// infinite where descents run one after the other in an interpreter.
    ///
    /// For callers that wait for a whole map if it takes little, and otherwise show it as it grows.
    #[must_use]
    pub fn most_work(&self) -> f64 {
        let Descents { loss, limit, grid, .. } = &self.descents;
        let steps = limit.bounded().max_iterations as f64 * grid.len() as f64;
        match self.walk {
            #[cfg(any(target_arch = "wasm32", test))]
            Walk::OneByOne(_) => f64::INFINITY,
            _ => steps * loss.compiled().map_or(1.0, CompiledFormula::cost),
        }
    }

    /// The result of a cell, or until it is computed that of a coarser cell around it.
    ///
    /// `None` before even that is computed, and outside the grid.
    #[must_use]
    pub fn cell(&self, column: u32, row: u32) -> Option<Cell> {
        if column >= self.descents.grid.columns() || row >= self.descents.grid.rows() {
            return None;
        }
        let known = |index: usize| self.ends.cells[index].is_some();
        self.descents.grid.coarser(column, row, known).and_then(|index| self.ends.cells[index])
    }

    /// The minimizers: the landscape's own, then others in the order of the first starts that led to
    /// them, coarse to fine.
    #[must_use]
    pub fn minimizers(&self) -> &[[f64; 2]] {
        &self.ends.minimizers
    }

    /// The grid of starts.
    #[must_use]
    pub fn grid(&self) -> &Grid {
        &self.descents.grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compiled::kernel::engine;
    use crate::vector::norm;
    use crate::{AnyLoss, Rule, Scalar, descend, landscapes_2d};
    use proptest::prelude::*;

    fn map(
        loss: &str,
        alpha: f64,
        limit: StopCriteria,
        sides: [[f64; 2]; 2],
        cells: u32,
    ) -> Basins {
        let AnyLoss::Loss2d(surface) = loss.parse::<AnyLoss>().unwrap() else { panic!("{loss}") };
        Basins::new(surface, alpha, limit, Grid::new(sides, cells, cells))
    }

    fn finished(mut basins: Basins, work: usize) -> Basins {
        while !basins.is_done() {
            basins.advance(work);
        }
        basins
    }

    fn equals_single_descents(basins: &Basins) {
        for row in 0..basins.descents.grid.rows() {
            for column in 0..basins.descents.grid.columns() {
                let start = basins.descents.grid.centre(column, row);
                let loss = basins.descents.loss.loss();
                let run = descend(
                    loss,
                    Rule::GradientDescent,
                    basins.descents.alpha,
                    start,
                    basins.descents.limit,
                );
                let cell = basins.cell(column, row).unwrap();
                assert_eq!(cell.outcome, run.outcome, "{} {start:?}", basins.descents.loss.text());
                let end = run.iterates[run.last_k()].x;
                if let Some(index) = cell.minimizer {
                    let [x, y] = basins.ends.minimizers[usize::from(index)];
                    assert!(norm([end[0] - x, end[1] - y]) <= SAME * (1.0 + norm(end)));
                }
            }
        }
    }

    #[test]
    fn every_cell_is_the_end_of_its_own_descent() {
        for landscape in landscapes_2d() {
            let limit = StopCriteria { max_iterations: 120, gradient_tol: 1e-6 };
            let basins = map(landscape.name, landscape.alpha, limit, landscape.view, 21);
            equals_single_descents(&finished(basins, 700));
        }
    }

    #[test]
    fn slices_change_nothing() {
        let limit = StopCriteria { max_iterations: 200, gradient_tol: 1e-6 };
        let sides = [[-5.0, 5.0], [-5.0, 5.0]];
        let whole = finished(map("himmelblau", 0.013, limit, sides, 40), usize::MAX);
        for work in [0, 1, 9, 1000] {
            let sliced = finished(map("himmelblau", 0.013, limit, sides, 40), work);
            assert_eq!(sliced.ends.cells, whole.ends.cells);
            assert_eq!(sliced.ends.minimizers, whole.ends.minimizers);
        }
    }

    #[test]
    fn a_slice_costs_no_more_than_it_may() {
        let limit = StopCriteria { max_iterations: 100_000, gradient_tol: 0.0 };
        let mut basins = map("himmelblau", 0.001, limit, [[-5.0, 5.0], [-5.0, 5.0]], 64);
        basins.advance(8000);
        let Walk::Lanes(lanes) = basins.walk else { panic!("no kernels in tests") };
        assert_eq!(lanes.clock, 1001);
    }

    #[test]
    fn work_grows_with_starts_steps_and_operations() {
        let limit = |steps| StopCriteria { max_iterations: steps, gradient_tol: 1e-6 };
        let work = |loss: &str, steps: usize, cells: u32| {
            map(loss, 0.1, limit(steps), [[-1.0, 1.0]; 2], cells).most_work()
        };
        assert_eq!(work("x*y + y", 10, 4), 2.0 * 10.0 * 16.0);
        assert_eq!(work("x*y + y", 20, 8), 8.0 * work("x*y + y", 10, 4));
        assert!(work("sin(x)*y", 10, 4) > 20.0 * work("x*y", 10, 4));
        let mut basins = map("x*y", 0.1, limit(10), [[-1.0, 1.0]; 2], 4);
        basins.walk = Walk::OneByOne(OneByOne::default());
        assert_eq!(basins.most_work(), f64::INFINITY);
    }

    /// D's bound is 0.019: at 0.026 no descent converges there, though many pass by.
    #[test]
    fn only_converged_descents_belong_to_a_minimizer() {
        let limit = StopCriteria { max_iterations: 200, gradient_tol: 1e-6 };
        let sides = [[-5.0, 5.0], [-5.0, 5.0]];
        let basins = finished(map("himmelblau", 0.026, limit, sides, 64), usize::MAX);
        let mut on_their_way = 0;
        for cell in basins.ends.cells.iter().flatten() {
            let converged = matches!(cell.outcome, Outcome::Converged { .. });
            assert_eq!(cell.minimizer.is_some(), converged, "{cell:?}");
            on_their_way += u32::from(matches!(cell.outcome, Outcome::Exhausted { .. }));
        }
        assert!(on_their_way > 0);
    }

    #[test]
    fn coarse_cells_stand_in_for_fine_ones() {
        let limit = StopCriteria { max_iterations: 200, gradient_tol: 1e-6 };
        let mut basins = map("himmelblau", 0.01, limit, [[-5.0, 5.0], [-5.0, 5.0]], 64);
        assert_eq!(basins.cell(63, 63), None);
        while basins.progress() < 0.03 {
            basins.advance(1);
        }
        let shown = (0..64).filter(|&column| basins.cell(column, 63).is_some()).count();
        assert_eq!(shown, 64);
        assert_eq!(basins.cell(64, 0), None);
    }

    #[test]
    fn himmelblau_has_four_basins_and_typed_formulas_find_them_too() {
        let limit = StopCriteria { max_iterations: 1000, gradient_tol: 1e-6 };
        let sides = [[-5.0, 5.0], [-5.0, 5.0]];
        let named = finished(map("himmelblau", 0.01, limit, sides, 32), usize::MAX);
        let typed = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";
        let typed = finished(map(typed, 0.01, limit, sides, 32), usize::MAX);
        assert_eq!((named.ends.minimizers.len(), typed.ends.minimizers.len()), (4, 4));
        for [x, y] in &typed.ends.minimizers {
            let near = |[a, b]: &[f64; 2]| norm([x - a, y - b]) < 1e-6;
            assert_eq!(named.ends.minimizers.iter().filter(|m| near(m)).count(), 1);
        }
    }

    #[test]
    fn too_large_an_alpha_does_not_converge() {
        let limit = StopCriteria { max_iterations: 50, gradient_tol: 1e-6 };
        let basins = finished(map("bowl", 1.5, limit, [[1.0, 2.0], [1.0, 2.0]], 3), 100);
        let cell = basins.cell(1, 1).unwrap();
        assert!(matches!(cell.outcome, Outcome::Diverged { .. }));
        assert_eq!(cell.minimizer, None);
    }

    #[test]
    fn degenerate_inputs_are_handled() {
        for (steps, alpha) in [(0, 0.1), (5, 0.0), (5, f64::NAN), (5, f64::INFINITY), (5, 1e300)] {
            let limit = StopCriteria { max_iterations: steps, gradient_tol: 1e-6 };
            let sides = [[-1.0, f64::NAN], [-1.0, 1.0]];
            for sides in [sides, [[-1.0, 1.0]; 2]] {
                equals_single_descents(&finished(map("rosenbrock", alpha, limit, sides, 5), 3));
            }
        }
    }

    /// The number of cells with this outcome on a loss's map.
    fn outcomes(basins: &Basins, kind: &str) -> usize {
        let named = |cell: &&Option<Cell>| cell.is_some_and(|cell| cell.outcome.name() == kind);
        basins.ends.cells.iter().filter(named).count()
    }

    #[test]
    fn leaving_the_domain_is_detected_in_lanes_too() {
        // A descent may step across the boundary of the domain, or start outside it.
        for (loss, alpha) in [("ln(x)+y^2", 0.3), ("-ln(x)-x+y^2", 0.3), ("sqrt(x)+y^2", 0.4)] {
            for tol in [0.0, 1e-6] {
                let limit = StopCriteria { max_iterations: 60, gradient_tol: tol };
                let basins = finished(map(loss, alpha, limit, [[-2.0, 2.0]; 2], 8), 50);
                equals_single_descents(&basins);
                // The loss is undefined on the left half.
                assert!(outcomes(&basins, "undefined") >= 32, "{loss}");
                let left = basins.cell(0, 0).unwrap();
                let outside = Outcome::Undefined { k: 0, infinite: false };
                assert_eq!((left.outcome, left.minimizer), (outside, None));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn maps_with_holes_equal_single_descents(
            which in 0_usize..9, alpha in 0.01..1.5, tol in prop_oneof![Just(0.0), 1e-9..1.0],
            steps in 0_usize..40, work in 1_usize..500, compiled: bool,
        ) {
            let formulas = [
                "ln(x)+y^2", "sqrt(x)+sqrt(y)", "x^x+y^2", "1/x+y^2", "x^y", "sqrt(x^2+y^2)",
                "ln(x*y)-x", "y/0", "exp(x^2*9)+y^2",
            ];
            let limit = StopCriteria { max_iterations: steps, gradient_tol: tol };
            let mut basins = map(formulas[which], alpha, limit, [[-2.0, 3.0], [-2.5, 2.0]], 7);
            if compiled {
                // Natively compiled formulas use a different loop.
                let surface = NamedLoss::new("compiled", std::sync::Arc::new(Holes(which)));
                basins = Basins::new(surface, alpha, limit, basins.descents.grid);
            }
            equals_single_descents(&finished(basins, work));
        }
    }

    /// Compiled losses with holes, poles and overflows.
    struct Holes(usize);

    impl crate::Formula<2> for Holes {
        fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
            match self.0 {
                0 => x.ln() + y * y,
                1 => x.sqrt() + y.sqrt(),
                2 => x.powf(x) + y * y,
                3 => S::from(1.0) / x + y * y,
                4 => x.powf(y),
                5 => (x * x + y * y).sqrt(),
                6 => (x * y).ln() - x,
                7 => y / S::from(0.0),
                _ => (x * x * S::from(9.0)).exp() + y * y,
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn maps_walked_one_by_one_equal_single_descents(
            alpha in 0.001..0.03, tol in prop_oneof![Just(0.0), 1e-9..1.0], steps in 0_usize..80,
            work in 1_usize..500,
        ) {
            let limit = StopCriteria { max_iterations: steps, gradient_tol: tol };
            let mut basins = map("himmelblau", alpha, limit, [[-5.0, 5.0], [-4.0, 6.0]], 9);
            basins.walk = Walk::OneByOne(OneByOne::default());
            equals_single_descents(&finished(basins, work));
        }

        #[test]
        fn maps_in_kernels_equal_single_descents(
            which in 0_usize..12, alpha in 0.001..1.5, tol in prop_oneof![Just(0.0), 1e-9..1.0],
            steps in 0_usize..60, work in 1_usize..3000,
        ) {
            engine::start();
            let formulas = [
                "(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "ln(x)+y^2", "sqrt(x)+sqrt(y)", "x^x+y^2",
                "1/x+y^2", "x^y", "sqrt(x^2+y^2)", "ln(x*y)-x", "y/0", "exp(x^2*9)+y^2",
                "x^2 - y^2", "(x-1)^2 + 0*y",
            ];
            let limit = StopCriteria { max_iterations: steps, gradient_tol: tol };
            let basins = map(formulas[which], alpha / 20.0, limit, [[-2.0, 3.0], [-2.5, 2.0]], 9);
            prop_assert!(matches!(basins.walk, Walk::Kernel(_)));
            equals_single_descents(&finished(basins, work));
        }
    }

    #[test]
    fn maps_of_several_blocks_have_the_minimizers_of_lanes() {
        let limit = StopCriteria { max_iterations: 150, gradient_tol: 1e-6 };
        let sides = [[-5.0, 5.0], [-5.0, 5.0]];
        let formula = "(x^2 + y - 11)^2 + (x + y^2 - 7)^2";
        let in_lanes = finished(map(formula, 0.012, limit, sides, 96), 5000);
        engine::start();
        let in_kernel = finished(map(formula, 0.012, limit, sides, 96), 5000);
        assert!(matches!(in_kernel.walk, Walk::Kernel(_)));
        assert_eq!(in_kernel.ends.cells.len(), 96 * 96);
        assert_eq!(in_kernel.ends.cells, in_lanes.ends.cells);
        assert_eq!(in_kernel.ends.minimizers, in_lanes.ends.minimizers);
    }

    #[test]
    fn views_too_wide_for_a_kernel_are_walked_in_lanes() {
        engine::start();
        let limit = StopCriteria { max_iterations: 20, gradient_tol: 1e-6 };
        let basins = map("x^2 + y^2/2", 0.1, limit, [[-1e4, 1e4], [-1.0, 1.0]], 5);
        assert!(matches!(basins.walk, Walk::Lanes(_)));
        equals_single_descents(&finished(basins, 100));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_map_equals_single_descents(
            alpha in 0.001..0.03, tol in prop_oneof![Just(0.0), 1e-9..1.0], steps in 0_usize..80, work in 1_usize..500,
        ) {
            let limit = StopCriteria { max_iterations: steps, gradient_tol: tol };
            let sides = [[-5.0, 5.0], [-4.0, 6.0]];
            equals_single_descents(&finished(map("himmelblau", alpha, limit, sides, 9), work));
        }
    }
}
