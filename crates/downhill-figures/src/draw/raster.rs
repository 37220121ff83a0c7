//! Images of coloured cells below a pane's static layer: basins, convergence rates.

use super::frame::Frame;
use super::palette::ColorRole;
use super::palette::Palette;
use super::rgb::Rgb;

/// The colour of one cell: that of a role, mixed with the pane's background.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tint {
    /// The colour's role.
    pub role: ColorRole,
    /// The fraction of that colour, in 255ths; the rest is the pane's background.
    pub share: u8,
}

impl Tint {
    /// Only the pane's background.
    pub const NONE: Self = Self { role: ColorRole::Panel, share: 0 };

    /// The mixed colour in a palette.
    #[must_use]
    pub fn colour(self, palette: &Palette) -> Rgb {
        let (over, ground) = (palette.get(self.role), palette.get(ColorRole::Panel));
        let share = u32::from(self.share);
        let mix = |over: u8, ground: u8| {
            ((u32::from(over) * share + u32::from(ground) * (255 - share) + 127) / 255) as u8
        };
        Rgb(mix(over.0, ground.0), mix(over.1, ground.1), mix(over.2, ground.2))
    }
}

/// Rows of cells, stretched over a rectangle of a pane.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    /// The rectangle's upper left corner in CSS pixels.
    pub corner_px: (f64, f64),
    /// Its width and height in CSS pixels.
    pub size_px: (f64, f64),
    /// The number of cells per row.
    pub columns: u32,
    /// The cells, row by row from the top.
    pub cells: Vec<Tint>,
}

impl Raster {
    /// Cells stretched over a frame.
    pub(crate) const fn over(frame: &Frame, columns: u32, cells: Vec<Tint>) -> Self {
        let corner_px = (frame.left_px, frame.top_px);
        Self { corner_px, size_px: (frame.width_px, frame.height_px), columns, cells }
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> u32 {
        (self.cells.len() as u32).checked_div(self.columns).unwrap_or(0)
    }

    /// Red, green, blue and opacity of every cell, in the format of `ImageData`.
    #[must_use]
    pub fn rgba(&self, palette: &Palette) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4 * self.cells.len());
        for run in self.cells.chunk_by(|a, b| a == b) {
            let Rgb(red, green, blue) = run[0].colour(palette);
            for _ in run {
                bytes.extend([red, green, blue, 255]);
            }
        }
        bytes
    }

    /// Merges equal cells into rectangles, skipping the background: as wide as a row allows, as
    /// tall as rows repeat them.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let mut blocks: Vec<Block> = Vec::new();
        // The blocks that reach down to the previous row.
        let mut above: Vec<usize> = Vec::new();
        for (row, cells) in (0..).zip(self.cells.chunks(self.columns.max(1) as usize)) {
            let mut here = Vec::new();
            let mut column = 0;
            for run in cells.chunk_by(|a, b| a == b) {
                let (columns, tint) = (run.len() as u32, run[0]);
                if tint.share > 0 {
                    let block = Block { column, row, columns, rows: 1, tint };
                    let same = |index: &&usize| {
                        let Block { column, columns, tint, .. } = blocks[**index];
                        (column, columns, tint) == (block.column, block.columns, block.tint)
                    };
                    if let Some(&index) = above.iter().find(same) {
                        blocks[index].rows += 1;
                        here.push(index);
                    } else {
                        here.push(blocks.len());
                        blocks.push(block);
                    }
                }
                column += columns;
            }
            above = here;
        }
        blocks
    }
}

/// A rectangle of equal cells, counted from the upper left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) column: u32,
    pub(super) row: u32,
    pub(super) columns: u32,
    pub(super) rows: u32,
    pub(super) tint: Tint,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Theme;

    fn raster() -> Raster {
        let full = Tint { role: ColorRole::Converged, share: 255 };
        let cells = vec![full, full, Tint::NONE, full, Tint::NONE, full];
        Raster { corner_px: (0.0, 0.0), size_px: (30.0, 20.0), columns: 3, cells }
    }

    #[test]
    fn a_tint_is_between_its_role_and_the_background() {
        let palette = Palette::of(Theme::Light);
        assert_eq!(Tint::NONE.colour(&palette), palette.get(ColorRole::Panel));
        let full = Tint { role: ColorRole::Converged, share: 255 };
        assert_eq!(full.colour(&palette), palette.get(ColorRole::Converged));
        assert_eq!(raster().rgba(&palette).len(), 4 * 6);
    }

    #[test]
    fn equal_cells_are_one_block() {
        let mut raster = raster();
        assert_eq!(raster.rows(), 2);
        let blocks = |raster: &Raster| {
            let all = raster.blocks().into_iter();
            all.map(|b| (b.column, b.row, b.columns, b.rows)).collect::<Vec<_>>()
        };
        assert_eq!(blocks(&raster), [(0, 0, 2, 1), (0, 1, 1, 1), (2, 1, 1, 1)]);
        // A row equal to the one above makes its blocks taller.
        raster.cells.extend_from_within(3..);
        assert_eq!(blocks(&raster), [(0, 0, 2, 1), (0, 1, 1, 2), (2, 1, 1, 2)]);
    }
}
