//! A figure as one still picture: for the page before it is alive, for print, and for the command line.

use crate::change::Input;
use crate::declare::Span;
use crate::draw::{Palette, Theme, to_svg};
use crate::figure::Figure;

/// How a picture is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Picture {
    /// The whole width in CSS pixels.
    pub width_px: f64,
    /// The colours.
    pub theme: Theme,
}

/// The space between panes in CSS pixels.
const GAP_PX: f64 = 16.0;

/// A width below which panes stand one below the other, as on the page.
const NARROW_PX: f64 = 560.0;

/// A pane is never lower than this, as on the page.
const LOWEST_PX: f64 = 160.0;

/// Draws all panes of a figure into one SVG document.
#[must_use]
pub fn picture(figure: &mut Figure, picture: Picture) -> String {
    let panes = figure.declaration().panes;
    let mut corners = Vec::new();
    let (mut x_px, mut y_px, mut row_px) = (0.0, 0.0, 0.0);
    for (index, pane) in panes.iter().enumerate() {
        let half = pane.span == Span::Half && picture.width_px >= NARROW_PX;
        let width_px = if half { (picture.width_px - GAP_PX) / 2.0 } else { picture.width_px };
        let tall = libm::round(width_px * pane.aspect);
        let height_px = if tall < LOWEST_PX { LOWEST_PX } else { tall };
        if x_px + width_px > picture.width_px + 0.5 {
            (x_px, y_px, row_px) = (0.0, y_px + row_px + GAP_PX, 0.0);
        }
        let _drawn_below = figure.apply(&Input::Resize(index, width_px, height_px));
        corners.push((x_px, y_px));
        x_px += width_px + GAP_PX;
        row_px = if height_px > row_px { height_px } else { row_px };
    }
    let scenes: Vec<_> = (0..panes.len()).map(|pane| figure.still(pane)).collect();
    let marks: Vec<_> = (0..panes.len()).map(|pane| figure.marks(pane)).collect();
    let drawn: Vec<_> = corners
        .iter()
        .zip(&scenes)
        .zip(&marks)
        .map(|((corner, scene), marks)| (*corner, scene, &marks[..]))
        .collect();
    let size = (picture.width_px, y_px + row_px);
    to_svg(size, &figure.declaration().name, &drawn, &Palette::of(picture.theme))
}
