//! The view of a pane, in round numbers so that axes do not move while something is dragged.

use crate::draw::{Align, Anchor, Axis, ColorRole, Frame, Height, Scene, between};
use crate::text::locale::Locale;

/// The margin for tick labels, and the margins on the other sides, in CSS pixels.
const LEFT_PX: f64 = 50.0;
const BOTTOM_PX: f64 = 26.0;
const EDGE_PX: f64 = 10.0;

/// A pane's size in CSS pixels, and its view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Window {
    pub(crate) width_px: f64,
    pub(crate) height_px: f64,
    pub(crate) x: [f64; 2],
    pub(crate) y: [f64; 2],
}

impl Default for Window {
    fn default() -> Self {
        Self { width_px: 0.0, height_px: 0.0, x: [-1.0, 1.0], y: [-1.0, 1.0] }
    }
}

impl Window {
    pub(crate) fn frame(&self) -> Frame {
        Frame {
            left_px: LEFT_PX,
            top_px: EDGE_PX,
            width_px: self.width_px - LEFT_PX - EDGE_PX,
            height_px: self.height_px - EDGE_PX - BOTTOM_PX,
            x: Axis::linear(self.x[0], self.x[1]),
            y: Axis::linear(self.y[0], self.y[1]),
        }
    }

    /// A position clamped to the pane.
    pub(crate) fn inside(&self, (x_px, y_px): (f64, f64)) -> (f64, f64) {
        (between(x_px, 0.0, self.width_px), between(y_px, 0.0, self.height_px))
    }
}

/// The next 1, 2 or 5 times a power of ten that is not below a length.
pub(crate) fn round_up(length: f64) -> f64 {
    let decade = libm::pow(10.0, f64::floor(libm::log10(length)));
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * decade >= length);
    factor.unwrap_or(10.0) * decade
}

/// A range that contains both numbers and ends at round ones; around a single number, a range of
/// its own magnitude.
pub(crate) fn round_out(low: f64, high: f64) -> [f64; 2] {
    let size = if low.abs() > high.abs() { low.abs() } else { high.abs() };
    if high - low <= 1e-9 * size {
        let around = if size > 0.0 { 0.5 * size } else { 1.0 };
        return round_out(low - around, high + around);
    }
    let step = round_up((high - low) / 10.0);
    [f64::floor(low / step + 1e-9) * step, f64::ceil(high / step - 1e-9) * step]
}

/// Writes the names of the axes at the ends of a frame.
pub(crate) fn name_axes(scene: &mut Scene, frame: &Frame, x: &str, y: &str) {
    let right = (frame.right_px() - 4.0, frame.bottom_px() - 4.0);
    let anchor = |across, height| Anchor { across, height };
    scene.text(x, right, 13.0, ColorRole::Ink, anchor(Align::End, Height::Bottom));
    let top = (frame.left_px + 6.0, frame.top_px + 2.0);
    scene.text(y, top, 13.0, ColorRole::Ink, anchor(Align::Start, Height::Top));
}

/// The most ticks across and up.
pub(crate) fn tick_counts(frame: &Frame) -> [usize; 2] {
    [frame.width_px / 60.0, frame.height_px / 40.0].map(|count| count as usize)
}

/// Formats a tick label: few digits for any magnitude.
pub(crate) fn tick_label(locale: &Locale) -> impl Fn(f64, usize) -> String + '_ {
    |value, decimals| {
        if value.abs() >= 1e5 || decimals > 4 {
            locale.short(value)
        } else {
            locale.digits.fixed(value, decimals)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_at_round_numbers() {
        assert_eq!(round_out(-0.4, 5.4), [-1.0, 6.0]);
        assert_eq!(round_out(-0.24, 4.24), [-0.5, 4.5]);
        assert_eq!(round_out(3.0, 3.0), [1.5, 4.5]);
        assert_eq!(round_out(0.0, 0.0), [-1.0, 1.0]);
        let [low, high] = round_out(-1e12, 1e12);
        assert!(low <= -1e12 && high >= 1e12 && high.is_finite());
    }
}
