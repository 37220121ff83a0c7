//! Axes with round ticks, drawn by plotters.

use plotters::coord::ranged1d::{KeyPointHint, Ranged};
use plotters::prelude::*;
use plotters::style::{FontFamily, TextStyle};

use super::frame::{Axis, Frame};
use super::role::Role;
use super::scene::{SUBPIXEL, Scene};

/// The size of tick labels in CSS pixels.
const LABEL_PX: f64 = 12.0;

/// Where an axis is ticked, and with which words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ticks(Vec<(f64, String)>);

impl Ticks {
    /// At most `most` ticks at multiples of 1, 2 or 5 times a power of ten; on a logarithmic axis at
    /// powers of ten. `label` writes a value that has this many decimals.
    pub(crate) fn round(axis: Axis, most: usize, label: impl Fn(f64, usize) -> String) -> Self {
        if axis.log { Self::decades(axis, most) } else { Self::multiples(axis, most, label) }
    }

    fn multiples(axis: Axis, most: usize, label: impl Fn(f64, usize) -> String) -> Self {
        let span = axis.to - axis.from;
        let raw = span / most.max(1) as f64;
        let power = libm::floor(libm::log10(raw));
        let decade = libm::exp10(power);
        let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * decade >= raw).unwrap_or(10.0);
        let step = factor * decade;
        let decimals = if step >= 1.0 { 0 } else { libm::ceil(-libm::log10(step) - 1e-9) as usize };
        let first = libm::ceil(axis.from / step - 1e-9);
        let ticks = (0..=most)
            .map(|i| (first + i as f64) * step)
            .take_while(|value| *value <= axis.to + 1e-9 * span)
            .map(|value| (value, label(value, decimals)))
            .collect();
        Self(ticks)
    }

    fn decades(axis: Axis, most: usize) -> Self {
        let low = libm::ceil(libm::log10(axis.from) - 1e-9) as i32;
        let high = libm::floor(libm::log10(axis.to) + 1e-9) as i32;
        let stride = [1, 2, 3, 4, 5, 10, 20, 50, 100, 200]
            .into_iter()
            .find(|stride| (high - low) / stride < most.max(1) as i32)
            .unwrap_or(400);
        let ticks = (low..=high)
            .filter(|exponent| exponent.rem_euclid(stride) == 0)
            .map(|exponent| {
                (libm::exp10(f64::from(exponent)), crate::digits::power_of_ten(exponent))
            })
            .collect();
        Self(ticks)
    }

    #[cfg(test)]
    fn labels(&self) -> Vec<&str> {
        self.0.iter().map(|(_, label)| label.as_str()).collect()
    }
}

/// An axis as plotters wants it: values already spaced, key points given.
#[derive(Clone)]
struct Ticked {
    from: f64,
    to: f64,
    at: Vec<f64>,
}

impl Ticked {
    fn new(axis: Axis, ticks: &Ticks) -> Self {
        let at = ticks.0.iter().map(|(value, _)| axis.spaced(*value)).collect();
        Self { from: axis.spaced(axis.from), to: axis.spaced(axis.to), at }
    }
}

impl Ranged for Ticked {
    type FormatOption = plotters::coord::ranged1d::NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, (low, high): (i32, i32)) -> i32 {
        let share = (value - self.from) / (self.to - self.from);
        (f64::from(low) + share * f64::from(high - low)) as i32
    }

    fn key_points<H: KeyPointHint>(&self, _: H) -> Vec<f64> {
        self.at.clone()
    }

    fn range(&self) -> std::ops::Range<f64> {
        self.from..self.to
    }
}

impl plotters::coord::ranged1d::ValueFormatter<f64> for Ticked {}

/// Draws grid, axis lines and tick labels of a frame, below and left of it.
pub(crate) fn draw_axes(scene: &mut Scene, frame: &Frame, x: &Ticks, y: &Ticks, grid: bool) {
    let (width_px, height_px) = (scene.width_px, scene.height_px);
    let unit = |px: f64| libm::round(px * f64::from(SUBPIXEL)) as i32;
    let label = |ticks: &Ticks, axis: Axis, spaced: f64| {
        let named = ticks.0.iter().find(|(value, _)| axis.spaced(*value) == spaced);
        named.map_or_else(String::new, |(_, label)| label.clone())
    };
    let root = scene.recorder().into_drawing_area();
    let chart = ChartBuilder::on(&root)
        .margin_top(unit(frame.top_px))
        .margin_right(unit(width_px - frame.right_px()))
        .x_label_area_size(unit(height_px - frame.bottom_px()))
        .y_label_area_size(unit(frame.left_px))
        .build_cartesian_2d(Ticked::new(frame.x, x), Ticked::new(frame.y, y));
    // The recorder cannot fail, and a pane too small for its axes is drawn without them.
    let Ok(mut chart) = chart else { return };
    let font = (FontFamily::SansSerif, LABEL_PX * f64::from(SUBPIXEL)).into_font();
    let muted = Role::Muted.carrier();
    let text = TextStyle::from(font).color(&muted);
    let one_px = SUBPIXEL as u32;
    let grid_style = Role::Grid.carrier().mix(if grid { 1.0 } else { 0.0 }).stroke_width(one_px);
    let _ = chart
        .configure_mesh()
        .bold_line_style(grid_style)
        .light_line_style(Role::Grid.carrier().mix(0.0))
        .axis_style(Role::Rule.carrier().stroke_width(one_px))
        .label_style(text)
        .set_all_tick_mark_size(unit(4.0))
        .x_label_formatter(&|value| label(x, frame.x, *value))
        .y_label_formatter(&|value| label(y, frame.y, *value))
        .draw();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(value: f64, decimals: usize) -> String {
        format!("{value:.decimals$}")
    }

    #[test]
    fn linear_ticks_are_round_and_few() {
        let ticks = Ticks::round(Axis::linear(-6.2, 6.2), 7, label);
        assert_eq!(ticks.labels(), ["-6", "-4", "-2", "0", "2", "4", "6"]);
        let ticks = Ticks::round(Axis::linear(0.0, 1.2), 6, label);
        assert_eq!(ticks.labels(), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2"]);
    }

    #[test]
    fn logarithmic_ticks_are_powers_of_ten() {
        let ticks = Ticks::round(Axis::log(1e-8, 1e2), 6, label);
        assert_eq!(ticks.labels(), ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1", "10²"]);
    }
}
