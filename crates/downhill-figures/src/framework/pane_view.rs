//! One drawing of a figure: its layers, and the meaning of its points.

use crate::draw::{OverlayShape, Raster, Scene, Solid};
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;

/// The meaning of a point on a pane.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// A point of the loss's domain, on the pane of a run.
    Point {
        /// The run whose next iterate a guess here is about.
        run: usize,
        /// The coordinates.
        at: Vec<f64>,
    },
    /// An iteration.
    Iteration(u32),
    /// A point with other coordinates, where taps are handled by the figure kind.
    Custom(Vec<f64>),
    /// No meaning.
    None,
}

/// A pane of a figure in its present state.
///
/// Positions are CSS pixels of the pane, from its upper left corner.
pub(crate) trait PaneView {
    /// Draws what stays still while a run is played, such as axes and contours.
    fn static_layer(&self, scene: &mut Scene, locale: &Locale);

    /// The shapes above it, which are painted in every frame.
    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape>;

    /// The meaning of a point.
    fn place(&self, _x_px: f64, _y_px: f64) -> Place {
        Place::None
    }

    /// Where the cross-hair first appears when moved by keyboard: on iterate `k`. Only a pane
    /// whose keys move a cross-hair is asked.
    fn cross_hair_start(&self, _k: u32) -> (f64, f64) {
        (0.0, 0.0)
    }

    /// The raster below the static layer, if the pane declares one, with at most `most` cells per
    /// side.
    fn raster(&self, _most: u32) -> Option<Raster> {
        None
    }

    /// The 3D landscape, for a renderer.
    fn solid(&self, _view: &ViewState<'_>) -> Option<Solid> {
        None
    }
}
