//! Draws a figure as one still picture: for the page before it comes alive, for print, and for the
//! command line.

use crate::draw::{Align, Anchor, ColorRole, Height, Layers, Palette, Scene, Theme, to_svg};
use crate::framework::declaration::Span;
use crate::framework::figure::Figure;
use crate::framework::input::Input;

/// The options of a picture.
#[derive(Clone, Copy, Debug)]
pub struct StaticImage {
    /// The whole width in CSS pixels.
    pub width_px: f64,
    /// The colours.
    pub theme: Theme,
}

/// The space between panes in CSS pixels.
const GAP_PX: f64 = 16.0;

/// Below this width panes are stacked, as on the page.
const NARROW_PX: f64 = 560.0;

/// The height of a caption in CSS pixels, as on the page.
const CAPTION_PX: f64 = 26.0;

/// The minimum height of a pane, as on the page.
const LOWEST_PX: f64 = 108.0;

/// The minimum height of a pane with a 3D landscape, which would otherwise be too small on a phone.
const LOWEST_RELIEF_PX: f64 = 280.0;

/// The maximum heights of panes where they are stacked, as on the page: of the first of two, of the
/// first of three, and of the others.
const STACKED_PX: [f64; 3] = [200.0, 150.0, 108.0];

/// The most cells per side of a raster, since every merged rectangle becomes text.
const MOST_CELLS: u32 = 128;

/// Draws all panes of a figure into one SVG document.
#[must_use]
pub fn static_svg(figure: &mut Figure, image: StaticImage) -> String {
    let (panes, height_px) = panes(figure, image.width_px);
    let size_px = (image.width_px, height_px);
    to_svg(size_px, &figure.declaration().name, &panes, &Palette::of(image.theme))
}

/// All panes of a figure, and the height that they take.
pub(super) fn panes(figure: &mut Figure, width_px: f64) -> (Vec<Layers>, f64) {
    let whole_px = width_px;
    let panes = figure.declaration().panes;
    let mut drawn = Vec::new();
    let (mut x_px, mut y_px, mut row_px) = (0.0, 0.0, 0.0);
    for (index, pane) in panes.iter().enumerate() {
        let column = pane.span == Span::Column;
        let half = column || pane.span == Span::Half && whole_px >= NARROW_PX;
        let width_px = if half { (whole_px - GAP_PX) / 2.0 } else { whole_px };
        let tall = libm::round(width_px * pane.aspect);
        let lowest_px = if pane.relief { LOWEST_RELIEF_PX } else { LOWEST_PX };
        let stacked = panes.len() > 1 && whole_px < NARROW_PX && !column;
        let highest_px = match (stacked, index) {
            (false, _) => f64::INFINITY,
            (true, 0) => STACKED_PX[usize::from(panes.len() > 2)],
            (true, _) => STACKED_PX[2],
        };
        let height_px = if tall < lowest_px {
            lowest_px
        } else if tall > highest_px {
            highest_px
        } else {
            tall
        };
        if x_px + width_px > whole_px + 0.5 {
            (x_px, y_px, row_px) = (0.0, y_px + row_px + GAP_PX, 0.0);
        }
        let caption = caption(&pane.caption, width_px);
        let top_px = y_px + caption.height_px;
        if !caption.ops.is_empty() {
            let corner_px = (x_px, y_px);
            drawn.push(Layers { corner_px, raster: None, still: caption, marks: Vec::new() });
        }
        let _drawn_below = figure.apply(&Input::Resize(index, width_px, height_px));
        while figure.apply(&Input::Work(usize::MAX)).working {}
        drawn.push(Layers {
            corner_px: (x_px, top_px),
            raster: figure.raster(index, MOST_CELLS),
            still: figure.static_layer(index),
            marks: figure.overlay(index),
        });
        x_px += width_px + GAP_PX;
        let below_px = top_px + height_px - y_px;
        row_px = if below_px > row_px { below_px } else { row_px };
    }
    (drawn, y_px + row_px)
}

/// A line of text above a pane; of height zero if the text is empty.
fn caption(text: &str, width_px: f64) -> Scene {
    let mut scene = Scene::new(width_px, if text.is_empty() { 0.0 } else { CAPTION_PX });
    if !text.is_empty() {
        let anchor = Anchor { across: Align::Start, height: Height::Middle };
        scene.text(text, (0.0, CAPTION_PX / 2.0), 14.0, ColorRole::Muted, anchor);
    }
    scene
}
