//! What the network says at every place, at the step that is shown.

use downhill::Training;

use crate::draw::{Axis, ColorRole, Frame, Raster, Tint, level_lines};

/// Cells along the width of the map, and points of the curve of a network with one input.
const COLUMNS: usize = 72;
const CURVE: usize = 160;

/// Cells computed in one slice.
const SLICE: usize = 256;

/// How much of a class's colour its ground has, in 255ths: at an output of 0, and at 1 or more.
const PALEST: f64 = 28.0;
const FULLEST: f64 = 170.0;

/// The number of shades in between, which form bands.
const SHADES: f64 = 6.0;

/// What a map follows from: the state of the training, and the part of the world that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct MapKey {
    pub(super) generation: u32,
    pub(super) k: usize,
    pub(super) frame: Frame,
    /// Whether the network has two inputs.
    pub(super) is_plane: bool,
}

impl MapKey {
    fn columns(&self) -> usize {
        if self.is_plane { COLUMNS } else { CURVE }
    }

    fn rows(&self) -> usize {
        if !self.is_plane {
            return 1;
        }
        let ratio = self.frame.height_px / self.frame.width_px;
        let rows = libm::round(COLUMNS as f64 * ratio);
        if rows >= 4.0 { (rows as usize).min(4 * COLUMNS) } else { 4 }
    }

    /// The middle of a cell, counted row by row from the top.
    fn place(&self, cell: usize) -> [f64; 2] {
        let (column, row) = (cell % self.columns(), cell / self.columns());
        let frame = &self.frame;
        let at = |axis: Axis, share: f64| axis.from + share * (axis.to - axis.from);
        let right = (column as f64 + 0.5) / self.columns() as f64;
        let up = 1.0 - (row as f64 + 0.5) / self.rows() as f64;
        [at(frame.x, right), at(frame.y, up)]
    }
}

/// The outputs over the cells of a map.
#[derive(Clone, Debug)]
pub(super) struct OutputMap {
    pub(super) key: MapKey,
    outputs: Vec<f64>,
    /// Where the output is 0, between the classes.
    border: Vec<Vec<(f64, f64)>>,
}

impl OutputMap {
    /// A map of which nothing is computed yet.
    pub(super) const fn new(key: MapKey) -> Self {
        Self { key, outputs: Vec::new(), border: Vec::new() }
    }

    pub(super) fn is_done(&self) -> bool {
        self.outputs.len() >= self.key.columns() * self.key.rows()
    }

    /// Computes some more cells with these weights; returns how many.
    pub(super) fn work(&mut self, training: &mut Training) -> usize {
        let from = self.outputs.len();
        let to = (self.key.columns() * self.key.rows()).min(from + SLICE);
        let places: Vec<[f64; 2]> = (from..to).map(|cell| self.key.place(cell)).collect();
        let weights = training.weights().to_vec();
        self.outputs.extend(training.loss_mut().outputs(&weights, &places));
        if self.key.is_plane && self.is_done() {
            self.border = level_lines(&self.key.frame, 0.0, &|x, y| self.output(x, y));
        }
        to - from
    }

    /// The ground of both classes, fuller where the network is surer.
    pub(super) fn raster(&self) -> Option<Raster> {
        if !self.key.is_plane || !self.is_done() {
            return None;
        }
        let tint = |output: &f64| {
            let size = output.abs();
            let sure = if size < 1.0 { libm::round(SHADES * size) / SHADES } else { 1.0 };
            let share = (PALEST + (FULLEST - PALEST) * sure) as u8;
            let role = if *output >= 0.0 { ColorRole::Basin1 } else { ColorRole::Basin0 };
            Tint { role, share }
        };
        let cells = self.outputs.iter().map(tint).collect();
        Some(Raster::over(&self.key.frame, self.key.columns() as u32, cells))
    }

    /// The output at a place, interpolated between the middles of cells.
    pub(super) fn output(&self, x: f64, y: f64) -> f64 {
        let (frame, columns, rows) = (&self.key.frame, self.key.columns(), self.key.rows());
        let cell = |share: f64, count: usize| {
            let at = share * count as f64 - 0.5;
            let most = (count - 1) as f64;
            let at = if at > 0.0 { if at < most { at } else { most } } else { 0.0 };
            let low = (at as usize).min(count.saturating_sub(2));
            (low, (low + 1).min(count - 1), at - low as f64)
        };
        let (left, right, across) = cell(frame.x.share(x), columns);
        let (top, bottom, down) = cell(1.0 - frame.y.share(y), rows);
        let at = |row: usize, column: usize| {
            self.outputs.get(row * columns + column).copied().unwrap_or(f64::NAN)
        };
        let between = |row: usize| at(row, left) + across * (at(row, right) - at(row, left));
        between(top) + down * (between(bottom) - between(top))
    }

    /// The lines between the classes, where the output is 0.
    pub(super) fn border(&self) -> &[Vec<(f64, f64)>] {
        &self.border
    }

    /// The curve of a network with one input.
    pub(super) fn curve(&self) -> Vec<(f64, f64)> {
        let point = |(cell, output): (usize, &f64)| (self.key.place(cell)[0], *output);
        self.outputs.iter().enumerate().map(point).collect()
    }
}
