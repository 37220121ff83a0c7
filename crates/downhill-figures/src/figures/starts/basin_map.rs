//! The basin map behind the runs: computed in slices, coloured by the minimizer reached.

use downhill::{Basins, Cell, Grid, Outcome, StopCriteria};

use super::runs::Runs;
use crate::draw::{ColorRole, Frame, Raster, Tint};

/// Cells along each side of the map.
pub(crate) const CELLS: u32 = 256;

/// The opacity of the slowest cells; cells that converge at once are fully coloured.
const PALEST: f64 = 120.0;

/// The number of shades in between, which form bands.
const SHADES: f64 = 10.0;

/// A map that takes less work is shown whole, or not at all. Kernels do about seven units in a
/// nanosecond, so that even one in which every start takes all its steps is there in a seventh of a
/// second, and most take a third of that. Among these, with 200 steps, are formulas with a sine, a
/// cosine and an exponential function.
const LITTLE_WORK: f64 = 1e9;

/// What a map depends on.
type Key = (String, f64, u32, [[f64; 2]; 2]);

/// One map, as far as it is computed.
struct BasinImage {
    basins: Basins,
    key: Key,
    /// For each minimizer of the map, the index of its letter.
    letters: Vec<usize>,
    /// The fraction of cells that has to be computed before it is shown.
    shown_from: f64,
}

/// The map shown, and the one in progress that will replace it.
///
/// A new map is shown once it is computed, or if that takes long, once its coarsest cells are. It is
/// not started before the map in progress is shown: so a drag of α that is faster than the machine
/// shows as many maps as there is time for, and none of them half empty.
#[derive(Default)]
pub(crate) struct BasinMap {
    wanted: Option<Key>,
    front: Option<BasinImage>,
    back: Option<BasinImage>,
    /// The fraction of cells computed when the map was last shown.
    shown: f64,
}

/// The fraction of cells computed by the coarsest pass.
const COARSE: f64 = 1.0 / 256.0;

/// The number of computed cells by outcome.
pub(crate) struct Shares {
    pub(crate) bottoms: Vec<u32>,
    pub(crate) diverged: u32,
    pub(crate) undefined: u32,
    pub(crate) stalled: u32,
    pub(crate) exhausted: u32,
    pub(crate) all: u32,
}

/// The side of blocks of equal cells, of which only the first is computed yet: the coarser the map,
/// the faster it is painted.
fn unrefined(progress: f64) -> u32 {
    if progress <= 1.0 / 16.0 {
        4
    } else if progress <= 1.0 / 4.0 {
        2
    } else {
        1
    }
}

impl BasinImage {
    /// The letter index of the minimizer that a cell reaches.
    fn bottom(&self, cell: Cell) -> Option<usize> {
        cell.minimizer.and_then(|index| self.letters.get(usize::from(index)).copied())
    }

    /// The colour of a cell: its basin's; hatched if descent diverges, striped if it leaves the
    /// domain of the loss or starts outside it, dotted if it stalls, and blank if it does not
    /// converge.
    fn tint(&self, cell: Cell, shade: u8, column: u32, row: u32) -> Tint {
        let (role, share) = match (self.bottom(cell), cell.outcome) {
            (Some(bottom), _) => (ColorRole::BASINS[bottom % ColorRole::BASINS.len()], shade),
            (None, Outcome::Diverged { .. }) => {
                (ColorRole::Diverged, if (column + row) % 6 < 2 { 170 } else { 60 })
            }
            (None, Outcome::Undefined { .. }) => {
                (ColorRole::Muted, if row % 4 < 1 { 150 } else { 40 })
            }
            (None, Outcome::Stalled { .. }) => {
                let dot = column % 4 < 2 && row % 4 < 2;
                (ColorRole::Ink, if dot { 150 } else { 50 })
            }
            (None, _) => return Tint::NONE,
        };
        Tint { role, share }
    }
}

impl BasinMap {
    /// Requests the map of this spec, or none.
    pub(crate) fn show(&mut self, runs: &Runs, on: bool) {
        self.wanted =
            on.then(|| (runs.loss.text().to_owned(), runs.alpha, runs.steps, runs.view()));
        // The map of another loss is dropped at once, because what is shown lies under its
        // contours.
        let ground = |key: &Key| (key.0.clone(), key.3);
        let same = self.front.as_ref().or(self.back.as_ref()).map(|chart| ground(&chart.key));
        if same != self.wanted.as_ref().map(ground) {
            (self.front, self.back) = (None, None);
        }
        self.begin(runs);
    }

    /// Starts the requested map, unless it is there already or another one has to be shown first.
    fn begin(&mut self, runs: &Runs) {
        let there = self.front.as_ref().map(|chart| &chart.key) == self.wanted.as_ref();
        if there || self.back.is_some() {
            return;
        }
        let is_bare = self.front.is_none();
        self.back = self.wanted.clone().map(|key| {
            let grid = Grid::new(key.3, CELLS, CELLS);
            let limit = StopCriteria { max_iterations: key.2 as usize, ..StopCriteria::default() };
            let basins = Basins::new(runs.loss.clone(), key.1, limit, grid);
            // A coarse map is better than none.
            let whole = basins.most_work() < LITTLE_WORK && !is_bare;
            let shown_from = if whole { 1.0 } else { COARSE };
            BasinImage { basins, key, letters: Vec::new(), shown_from }
        });
    }

    pub(crate) fn is_working(&self) -> bool {
        let done = self.basins().is_some_and(Basins::is_done);
        self.wanted.is_some() && !done
    }

    /// Continues the map; returns whether enough cells were computed to repaint it.
    pub(crate) fn work(&mut self, runs: &mut Runs, steps: usize) -> bool {
        let Some(chart) = self.back.as_mut().or(self.front.as_mut()) else { return false };
        chart.basins.advance(steps);
        for &minimizer in &chart.basins.minimizers()[chart.letters.len()..] {
            chart.letters.push(runs.minimizer_index(minimizer));
        }
        let (progress, shown_from) = (chart.basins.progress(), chart.shown_from);
        if self.back.is_some() {
            if progress < shown_from {
                return false;
            }
            self.front = self.back.take();
            self.shown = 0.0;
            self.begin(runs);
        }
        let news = progress >= 1.05 * self.shown + 0.002 || progress >= 1.0;
        if news {
            self.shown = progress;
        }
        news
    }

    /// The map of the spec, once it is shown.
    pub(crate) fn basins(&self) -> Option<&Basins> {
        let front = self.front.as_ref()?;
        (Some(&front.key) == self.wanted.as_ref()).then_some(&front.basins)
    }

    /// The cells as colours, with at most `most` per side.
    pub(crate) fn raster(&self, frame: &Frame, most: u32) -> Option<Raster> {
        let chart = self.front.as_ref()?;
        let (basins, steps) = (&chart.basins, chart.key.2);
        let stride = CELLS.div_ceil(most.clamp(1, CELLS)).max(unrefined(basins.progress()));
        let columns = CELLS / stride;
        let decades = |k: f64| libm::log((4.0 + k) / 8.0);
        // One shade per number of iterations, so that no logarithm is needed per cell.
        let shades: Vec<u8> = (0..=steps)
            .map(|k| {
                let slow = decades(f64::from(k)) / decades(f64::from(steps.max(8)));
                let band = libm::round(slow.clamp(0.0, 1.0) * SHADES) / SHADES;
                (255.0 - (255.0 - PALEST) * band) as u8
            })
            .collect();
        let mut cells = Vec::with_capacity((columns * columns) as usize);
        for row in (0..columns).rev() {
            for column in 0..columns {
                let cell = basins.cell(column * stride, row * stride);
                cells.push(cell.map_or(Tint::NONE, |cell| {
                    let shade = shades.get(cell.outcome.k()).copied().unwrap_or(PALEST as u8);
                    chart.tint(cell, shade, column, row)
                }));
            }
        }
        Some(Raster::over(frame, columns, cells))
    }

    /// The fraction of the map by outcome; while it is in progress, from every fourth cell of every
    /// fourth row.
    pub(crate) fn shares(&self, bottoms: usize) -> Option<Shares> {
        let chart = self.front.as_ref()?;
        let basins = &chart.basins;
        let mut shares = Shares {
            bottoms: vec![0; bottoms],
            diverged: 0,
            undefined: 0,
            stalled: 0,
            exhausted: 0,
            all: 0,
        };
        let stride = if basins.is_done() { 1 } else { 4 };
        for at in 0..(CELLS / stride) * (CELLS / stride) {
            let (column, row) = (at % (CELLS / stride), at / (CELLS / stride));
            let Some(cell) = basins.cell(column * stride, row * stride) else { continue };
            let slot = match (chart.bottom(cell), cell.outcome) {
                (Some(bottom), _) if bottom < bottoms => &mut shares.bottoms[bottom],
                (_, Outcome::Diverged { .. }) => &mut shares.diverged,
                (_, Outcome::Undefined { .. }) => &mut shares.undefined,
                (_, Outcome::Stalled { .. }) => &mut shares.stalled,
                _ => &mut shares.exhausted,
            };
            *slot += 1;
            shares.all += 1;
        }
        Some(shares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_shown_only_once_it_covers_its_area() {
        let mut runs = Runs::default();
        let mut basin_map = BasinMap::default();
        basin_map.show(&runs, true);
        let frame = crate::panes::contour_map::ContourPane::new(runs.view()).frame();
        let mut bare = true;
        while basin_map.is_working() {
            let raster = basin_map.raster(&frame, 32);
            bare = bare && raster.is_none();
            assert!(raster.is_none_or(|raster| raster.cells.iter().all(|cell| cell.share > 0)));
            let _ = basin_map.work(&mut runs, 3000);
        }
        assert!(!bare, "it was shown before it was done");
    }

    #[test]
    fn maps_of_common_functions_are_shown_whole() {
        let rastrigin = "20 + x^2 + y^2 - 10*(cos(2*pi*x) + cos(2*pi*y))";
        for text in ["sin(3*x)*cos(2*y) + exp(-(x^2 + y^2))", rastrigin] {
            let loss = text.parse();
            let Ok(downhill::AnyLoss::Loss2d(loss)) = loss else { panic!("{text}: {loss:?}") };
            let mut runs = Runs::default();
            runs.loss = loss;
            let mut basin_map = BasinMap::default();
            basin_map.show(&runs, true);
            while basin_map.is_working() {
                let _ = basin_map.work(&mut runs, usize::MAX);
            }
            runs.alpha *= 1.01;
            basin_map.show(&runs, true);
            let next = basin_map.back.as_ref().map(|chart| chart.shown_from);
            assert_eq!(next, Some(1.0), "{text}");
        }
    }

    #[test]
    fn a_drag_faster_than_the_machine_still_shows_maps() {
        // Of so many steps that they are shown as they get finer.
        let mut runs = Runs::default();
        runs.steps = 20_000;
        let mut basin_map = BasinMap::default();
        let mut seen = std::collections::BTreeSet::new();
        for drag in 0..60 {
            runs.alpha = 0.01 + 1e-4 * f64::from(drag);
            basin_map.show(&runs, true);
            // A fifth of the steps that the coarsest cells take.
            let _ = basin_map.work(&mut runs, 4000);
            seen.extend(basin_map.front.as_ref().map(|chart| chart.key.1.to_bits()));
        }
        assert!(seen.len() >= 8, "{} maps were shown", seen.len());
        while basin_map.is_working() {
            let _ = basin_map.work(&mut runs, usize::MAX);
        }
        assert_eq!(basin_map.front.map(|chart| chart.key.1), Some(runs.alpha));
    }
}
