//! The basins of attraction behind the runs: computed in slices, coloured by where they lead.

use downhill::{Basins, Cell, Grid, Limit, Outcome};

use super::flock::Flock;
use crate::draw::{Frame, Raster, Role, Tint};

/// Cells along each side of the map.
pub(crate) const CELLS: u32 = 256;

/// A cell from which descent reaches its bottom at once is coloured fully; the slower, the paler, down to this.
const PALEST: f64 = 120.0;

/// Shades between the two, each a band like a tint between contours.
const SHADES: f64 = 10.0;

/// What a map depends on.
type Key = (String, f64, u32, [[f64; 2]; 2]);

/// The map in the making.
#[derive(Default)]
pub(crate) struct Atlas {
    basins: Option<Basins>,
    key: Option<Key>,
    /// For each minimizer of the map, the bottom that it is.
    letters: Vec<usize>,
    /// The share of the cells that was known when the map was last shown.
    shown: f64,
}

/// How many cells lead where, of all that are known.
pub(crate) struct Shares {
    pub(crate) bottoms: Vec<u32>,
    pub(crate) diverged: u32,
    pub(crate) stalled: u32,
    pub(crate) exhausted: u32,
    pub(crate) all: u32,
}

impl Atlas {
    /// Begins a new map if this one is for another spec.
    pub(crate) fn show(&mut self, flock: &Flock, on: bool) {
        let key =
            on.then(|| (flock.loss.text().to_owned(), flock.alpha, flock.steps, flock.view()));
        if key == self.key {
            return;
        }
        self.letters.clear();
        self.shown = 0.0;
        self.basins = on.then(|| {
            let grid = Grid::new(flock.view(), CELLS, CELLS);
            let limit = Limit { steps: flock.steps as usize, ..Limit::default() };
            Basins::new(flock.loss.clone(), flock.alpha, limit, grid)
        });
        self.key = key;
    }

    pub(crate) fn is_working(&self) -> bool {
        self.basins.as_ref().is_some_and(|basins| !basins.is_done())
    }

    /// Goes on with it; says whether so many cells became known that the map looks another.
    pub(crate) fn work(&mut self, flock: &mut Flock, steps: usize) -> bool {
        let Some(basins) = &mut self.basins else { return false };
        basins.advance(steps);
        for &minimizer in &basins.minimizers()[self.letters.len()..] {
            self.letters.push(flock.letter(minimizer));
        }
        let progress = basins.progress();
        let news = progress >= 1.05 * self.shown + 0.002 || basins.is_done();
        if news {
            self.shown = progress;
        }
        news
    }

    pub(crate) fn basins(&self) -> Option<&Basins> {
        self.basins.as_ref()
    }

    /// The bottom that a cell leads to.
    pub(crate) fn bottom(&self, cell: Cell) -> Option<usize> {
        cell.minimizer.and_then(|index| self.letters.get(usize::from(index)).copied())
    }

    /// The cells as colours, at most so many along a side.
    pub(crate) fn raster(&self, frame: &Frame, most: u32) -> Option<Raster> {
        let basins = self.basins.as_ref()?;
        let steps = self.key.as_ref().map_or(1, |key| key.2);
        let stride = CELLS.div_ceil(most.clamp(1, CELLS));
        let columns = CELLS / stride;
        let decades = |k: f64| libm::log((4.0 + k) / 8.0);
        // The shade of every number of iterations, so that a cell costs no logarithm.
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
                    self.tint(cell, shade, column, row)
                }));
            }
        }
        let (corner_px, size_px) =
            ((frame.left_px, frame.top_px), (frame.width_px, frame.height_px));
        Some(Raster { corner_px, size_px, columns, cells })
    }

    /// A basin in its colour; hatched where descent diverges, dotted where it stalls, bare where it does not arrive.
    fn tint(&self, cell: Cell, shade: u8, column: u32, row: u32) -> Tint {
        let (role, share) = match (self.bottom(cell), cell.outcome) {
            (Some(bottom), _) => (Role::BASINS[bottom % Role::BASINS.len()], shade),
            (None, Outcome::Diverged { .. }) => {
                (Role::Diverged, if (column + row) % 6 < 2 { 170 } else { 60 })
            }
            (None, Outcome::Stalled { .. }) => {
                let dot = column % 4 < 2 && row % 4 < 2;
                (Role::Ink, if dot { 150 } else { 50 })
            }
            (None, _) => return Tint::NONE,
        };
        Tint { role, share }
    }

    /// How much of the map leads where; while it is in the making, by every fourth cell of every fourth row.
    pub(crate) fn shares(&self, bottoms: usize) -> Option<Shares> {
        let basins = self.basins.as_ref()?;
        let mut shares =
            Shares { bottoms: vec![0; bottoms], diverged: 0, stalled: 0, exhausted: 0, all: 0 };
        let stride = if basins.is_done() { 1 } else { 4 };
        for at in 0..(CELLS / stride) * (CELLS / stride) {
            let (column, row) = (at % (CELLS / stride), at / (CELLS / stride));
            let Some(cell) = basins.cell(column * stride, row * stride) else { continue };
            let slot = match (self.bottom(cell), cell.outcome) {
                (Some(bottom), _) if bottom < bottoms => &mut shares.bottoms[bottom],
                (_, Outcome::Diverged { .. }) => &mut shares.diverged,
                (_, Outcome::Stalled { .. }) => &mut shares.stalled,
                _ => &mut shares.exhausted,
            };
            *slot += 1;
            shares.all += 1;
        }
        Some(shares)
    }
}
