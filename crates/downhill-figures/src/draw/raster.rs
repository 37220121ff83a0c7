//! A picture of coloured cells that lies under a pane's still layer: basins, rates.

use super::palette::{Palette, Rgb};
use super::role::Role;

/// The colour of one cell: a role's, mixed with the pane's ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tint {
    /// The meaning of the colour.
    pub role: Role,
    /// How much of it there is, in 255ths; the rest is the pane's ground.
    pub share: u8,
}

impl Tint {
    /// Nothing but the pane's ground.
    pub const NONE: Self = Self { role: Role::Panel, share: 0 };

    /// The colour in a palette.
    #[must_use]
    pub fn colour(self, palette: &Palette) -> Rgb {
        let (over, ground) = (palette.get(self.role), palette.get(Role::Panel));
        let share = u32::from(self.share);
        let mix = |over: u8, ground: u8| {
            ((u32::from(over) * share + u32::from(ground) * (255 - share) + 127) / 255) as u8
        };
        Rgb(mix(over.0, ground.0), mix(over.1, ground.1), mix(over.2, ground.2))
    }
}

/// Cells in rows, stretched over a rectangle of a pane.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    /// The rectangle's upper left corner in CSS pixels.
    pub corner_px: (f64, f64),
    /// Its width and height in CSS pixels.
    pub size_px: (f64, f64),
    /// How many cells a row has.
    pub columns: u32,
    /// The cells, row by row from the top.
    pub cells: Vec<Tint>,
}

impl Raster {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> u32 {
        (self.cells.len() as u32).checked_div(self.columns).unwrap_or(0)
    }

    /// Red, green, blue and opacity of every cell, as an `ImageData` wants them.
    #[must_use]
    pub fn rgba(&self, palette: &Palette) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(4 * self.cells.len());
        for cell in &self.cells {
            let Rgb(red, green, blue) = cell.colour(palette);
            bytes.extend([red, green, blue, 255]);
        }
        bytes
    }

    /// Runs of equal cells as (column, row, cells, tint), row by row, without bare ground.
    pub(super) fn runs(&self) -> Vec<(u32, u32, u32, Tint)> {
        let mut runs: Vec<(u32, u32, u32, Tint)> = Vec::new();
        for (index, &tint) in self.cells.iter().enumerate() {
            let (column, row) = (index as u32 % self.columns, index as u32 / self.columns);
            match runs.last_mut() {
                Some((from, on, cells, same))
                    if *on == row && *from + *cells == column && *same == tint =>
                {
                    *cells += 1;
                }
                _ if tint.share == 0 => {}
                _ => runs.push((column, row, 1, tint)),
            }
        }
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Theme;

    fn raster() -> Raster {
        let full = Tint { role: Role::Converged, share: 255 };
        let cells = vec![full, full, Tint::NONE, full, Tint::NONE, full];
        Raster { corner_px: (0.0, 0.0), size_px: (30.0, 20.0), columns: 3, cells }
    }

    #[test]
    fn a_tint_lies_between_its_role_and_the_ground() {
        let palette = Palette::of(Theme::Light);
        assert_eq!(Tint::NONE.colour(&palette), palette.get(Role::Panel));
        let full = Tint { role: Role::Converged, share: 255 };
        assert_eq!(full.colour(&palette), palette.get(Role::Converged));
        assert_eq!(raster().rgba(&palette).len(), 4 * 6);
    }

    #[test]
    fn equal_cells_of_a_row_are_one_run() {
        let raster = raster();
        assert_eq!(raster.rows(), 2);
        let runs: Vec<(u32, u32, u32)> =
            raster.runs().into_iter().map(|(column, row, cells, _)| (column, row, cells)).collect();
        assert_eq!(runs, [(0, 0, 2), (0, 1, 1), (2, 1, 1)]);
    }
}
