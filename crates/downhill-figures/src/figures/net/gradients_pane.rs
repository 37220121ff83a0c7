//! The size of the gradient in each layer, as bars.

use super::Net;
use crate::draw::{Align, Axis, ColorRole, Frame, OverlayShape, Scene, between, draw_axes};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::labels::LETTER_PX;
use crate::text::locale::Locale;

/// Gradients this many decades below the largest one are cut off.
const MOST_DECADES: f64 = 8.0;

/// The pane of the gradients.
pub(super) struct GradientsPane<'a> {
    pub(super) net: &'a Net,
    pub(super) size_px: (f64, f64),
}

impl Net {
    /// The axis of the gradients, which holds those of all steps.
    pub(super) fn gradients_axis(&self) -> Axis {
        let sizes = self.run.rows().iter().flat_map(|row| &row.gradients);
        let (mut low, mut high) = (f64::INFINITY, 0.0);
        for &size in sizes.filter(|size| size.is_finite() && **size > 0.0) {
            low = if size < low { size } else { low };
            high = if size > high { size } else { high };
        }
        let high = if high > 0.0 { f64::ceil(libm::log10(high) - 1e-9) } else { 0.0 };
        let high = if high > 4.0 { 4.0 } else { high };
        let low = if low < f64::INFINITY { f64::floor(libm::log10(low)) } else { high - 2.0 };
        let low = if low < high - MOST_DECADES { high - MOST_DECADES } else { low };
        let low = if low > high - 2.0 { high - 2.0 } else { low };
        Axis::log(libm::pow(10.0, low), libm::pow(10.0, high))
    }
}

impl GradientsPane<'_> {
    fn layers(&self) -> usize {
        self.net.run.rows().first().map_or(1, |row| row.gradients.len())
    }

    fn frame(&self) -> Frame {
        let (left_px, top_px) = (42.0, 14.0);
        Frame {
            left_px,
            top_px,
            width_px: self.size_px.0 - left_px - 8.0,
            height_px: self.size_px.1 - top_px - 24.0,
            x: Axis::linear(0.5, self.layers() as f64 + 0.5),
            y: self.net.drawn.gradients,
        }
    }
}

impl PaneView for GradientsPane<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let frame = self.frame();
        let up = (frame.height_px / 26.0) as usize;
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        draw_axes(scene, &frame, [self.layers(), up], &label, false);
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Some(row) = self.net.run.row_at(view.k) else { return Vec::new() };
        let frame = self.frame();
        let wide = 0.6 * frame.width_px / self.layers() as f64;
        let width = if wide > 44.0 { 44.0 } else { wide };
        let mut shapes = Vec::new();
        for (layer, &size) in row.gradients.iter().enumerate() {
            let x = frame.x_px(layer as f64 + 1.0);
            let top = if size > 0.0 { frame.y_px(size) } else { frame.bottom_px() };
            let top = between(top, frame.top_px, frame.bottom_px());
            let points = vec![(x, frame.bottom_px()), (x, top)];
            let (role, dashed, opacity) = (ColorRole::Gradient, false, 0.8);
            shapes.push(OverlayShape::Path { points, role, width, dashed, opacity });
            // A long number would cover its neighbour's.
            let text = view.locale.digits.significant(size, 2);
            if LETTER_PX * text.chars().count() as f64 > frame.width_px / self.layers() as f64 {
                continue;
            }
            let at = (x, between(top - 9.0, frame.top_px, frame.bottom_px()));
            let role = ColorRole::Ink;
            shapes.push(OverlayShape::Label { at, text, role, align: Align::Middle });
        }
        shapes
    }

    fn place(&self, _x_px: f64, _y_px: f64) -> Place {
        Place::Custom(Vec::new())
    }
}
