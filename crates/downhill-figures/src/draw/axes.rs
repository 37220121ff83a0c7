//! Axes with round ticks.

use super::frame::{Axis, Frame, between};
use super::overlay::Align;
use super::palette::ColorRole;
use super::scene::{Anchor, Height, Scene};

/// The size of tick labels in CSS pixels.
const LABEL_PX: f64 = 12.0;

/// The width of a digit as a fraction of the size of its text.
const DIGIT: f64 = 0.55;

/// The length of a tick in CSS pixels.
const TICK_PX: f64 = 4.0;

/// The ticks of an axis, with their labels.
struct Ticks(Vec<(f64, String)>);

impl Ticks {
    /// At most `most` ticks at multiples of 1, 2 or 5 times a power of ten; on a logarithmic axis
    /// at powers of ten. `label` formats a value with a number of decimal places.
    ///
    /// At least two, however little room there is: one number alone gives no scale.
    fn round(axis: Axis, most: usize, label: &dyn Fn(f64, usize) -> String) -> Self {
        let mut ticks = Self(Vec::new());
        for more in 0..8 {
            ticks = if axis.log {
                Self::decades(axis, most + more)
            } else {
                Self::multiples(axis, most + more, label)
            };
            if ticks.0.len() > 1 {
                break;
            }
        }
        ticks
    }

    fn multiples(axis: Axis, most: usize, label: &dyn Fn(f64, usize) -> String) -> Self {
        let span = axis.to - axis.from;
        let raw = span / most.max(1) as f64;
        let power = f64::floor(libm::log10(raw));
        let decade = libm::pow(10.0, power);
        let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * decade >= raw).unwrap_or(10.0);
        let step = factor * decade;
        let decimals = if step >= 1.0 { 0 } else { f64::ceil(-libm::log10(step) - 1e-9) as usize };
        let first = f64::ceil(axis.from / step - 1e-9);
        let ticks = (0..=most)
            .map(|i| (first + i as f64) * step)
            .take_while(|value| *value <= axis.to + 1e-9 * span)
            .map(|value| (value, label(value, decimals)))
            .collect();
        Self(ticks)
    }

    fn decades(axis: Axis, most: usize) -> Self {
        let low = (f64::ceil(libm::log10(axis.from) - 1e-9) as i32).max(-330);
        let high = (f64::floor(libm::log10(axis.to) + 1e-9) as i32).min(310);
        let stride = [1, 2, 3, 4, 5, 10, 20, 50, 100, 200]
            .into_iter()
            .find(|stride| (high - low) / stride < most.max(1) as i32)
            .unwrap_or(400);
        // A stride may step over all powers but one.
        let count = |stride: i32| high.div_euclid(stride) - (low - 1).div_euclid(stride);
        let stride = [stride, 5, 4, 3, 2, 1]
            .into_iter()
            .find(|&shorter| shorter <= stride && count(shorter) > 1)
            .unwrap_or(stride);
        let ticks = (low..=high)
            .filter(|exponent| exponent.rem_euclid(stride) == 0)
            .map(|exponent| {
                (libm::pow(10.0, f64::from(exponent)), crate::text::numbers::power_of_ten(exponent))
            })
            .collect();
        Self(ticks)
    }

    #[cfg(test)]
    fn labels(&self) -> Vec<&str> {
        self.0.iter().map(|(_, label)| label.as_str()).collect()
    }
}

/// Draws axis lines with round ticks around a frame, and a grid if wanted.
///
/// Each axis has at most as many ticks as `most` says, across and up; `label` writes a value with
/// a number of decimal places.
pub(crate) fn draw_axes(
    scene: &mut Scene,
    frame: &Frame,
    most: [usize; 2],
    label: &dyn Fn(f64, usize) -> String,
    grid: bool,
) {
    let x = Ticks::round(frame.x, most[0], label);
    let y = Ticks::round(frame.y, most[1], label);
    let (left, bottom) = (frame.left_px, frame.bottom_px());
    for (value, label) in &x.0 {
        let at = frame.x_px(*value);
        if grid {
            scene.rule((at, frame.top_px), (at, bottom), ColorRole::Grid);
        }
        scene.rule((at, bottom), (at, bottom + TICK_PX), ColorRole::Rule);
        let anchor = Anchor { across: Align::Middle, height: Height::Top };
        scene.text(label, (at, bottom + TICK_PX + 2.0), LABEL_PX, ColorRole::Muted, anchor);
    }
    for (value, label) in &y.0 {
        let at = frame.y_px(*value);
        if grid {
            scene.rule((left, at), (frame.right_px(), at), ColorRole::Grid);
        }
        scene.rule((left - TICK_PX, at), (left, at), ColorRole::Rule);
        let anchor = Anchor { across: Align::End, height: Height::Middle };
        let right = left - TICK_PX - 3.0;
        // A long number is smaller, since the pane ends where it would go on.
        let fits = between(right / (DIGIT * label.chars().count() as f64), 8.0, LABEL_PX);
        scene.text(label, (right, at), fits, ColorRole::Muted, anchor);
    }
    scene.rule((left, frame.top_px), (left, bottom), ColorRole::Rule);
    scene.rule((left, bottom), (frame.right_px(), bottom), ColorRole::Rule);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(value: f64, decimals: usize) -> String {
        format!("{value:.decimals$}")
    }

    #[test]
    fn linear_ticks_are_round_and_few() {
        let ticks = Ticks::round(Axis::linear(-6.2, 6.2), 7, &label);
        assert_eq!(ticks.labels(), ["-6", "-4", "-2", "0", "2", "4", "6"]);
        let ticks = Ticks::round(Axis::linear(0.0, 1.2), 6, &label);
        assert_eq!(ticks.labels(), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2"]);
    }

    #[test]
    fn every_axis_has_two_ticks_at_least() {
        for most in 0..12 {
            for axis in [
                Axis::linear(-1.15, 1.15),
                Axis::linear(0.0, 19.0),
                Axis::linear(0.3, 0.9),
                Axis::linear(-4.7, 16.0),
                Axis::log(1e-8, 1e6),
                Axis::log(1e-9, 1e-2),
                Axis::log(1.0, 1e4),
                Axis::log(1e-300, 1e290),
            ] {
                let ticks = Ticks::round(axis, most, &label);
                assert!(ticks.0.len() > 1, "{axis:?}, at most {most}: {:?}", ticks.labels());
            }
        }
    }

    #[test]
    fn logarithmic_ticks_are_powers_of_ten() {
        let ticks = Ticks::round(Axis::log(1e-8, 1e2), 6, &label);
        assert_eq!(ticks.labels(), ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1", "10²"]);
    }
}
