//! Maps between world coordinates and a pane's pixels.

/// Clamps a number between two bounds; returns the lower one for NaN, and if the bounds are
/// reversed.
pub(crate) fn between(value: f64, low: f64, high: f64) -> f64 {
    if value > high && high > low {
        high
    } else if value > low && high > low {
        value
    } else {
        low
    }
}

/// The range and scale of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Axis {
    /// The value at the left or lower end.
    pub(crate) from: f64,
    /// The value at the right or upper end; above `from`.
    pub(crate) to: f64,
    /// Whether the scale is logarithmic; both ends are then positive.
    pub(crate) log: bool,
}

impl Axis {
    pub(crate) const fn linear(from: f64, to: f64) -> Self {
        Self { from, to, log: false }
    }

    pub(crate) const fn log(from: f64, to: f64) -> Self {
        Self { from, to, log: true }
    }

    /// The value on the axis's scale.
    pub(crate) fn spaced(self, value: f64) -> f64 {
        if self.log { libm::log10(value) } else { value }
    }

    /// 0 at `from`, 1 at `to`.
    pub(crate) fn share(self, value: f64) -> f64 {
        let (from, to) = (self.spaced(self.from), self.spaced(self.to));
        (self.spaced(value) - from) / (to - from)
    }

    fn at_share(self, share: f64) -> f64 {
        let (from, to) = (self.spaced(self.from), self.spaced(self.to));
        let spaced = from + share * (to - from);
        if self.log { libm::pow(10.0, spaced) } else { spaced }
    }

    /// The nearest value within the range; 0 for a number that is not finite.
    pub(crate) fn nearest(self, value: f64) -> f64 {
        // `f64::clamp` would print invalid bounds, which adds the standard library's float printer.
        if !value.is_finite() {
            0.0
        } else if value < self.from {
            self.from
        } else if value > self.to {
            self.to
        } else {
            value
        }
    }

    pub(crate) fn contains(self, value: f64) -> bool {
        (self.from..=self.to).contains(&value)
    }
}

/// A rectangle of a pane, in CSS pixels from its upper left corner, and the part of the world that
/// it shows.
///
/// Pixels increase to the right and down, world coordinates to the right and up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub(crate) left_px: f64,
    pub(crate) top_px: f64,
    pub(crate) width_px: f64,
    pub(crate) height_px: f64,
    pub(crate) x: Axis,
    pub(crate) y: Axis,
}

impl Frame {
    pub(crate) fn x_px(&self, x: f64) -> f64 {
        self.left_px + self.x.share(x) * self.width_px
    }

    pub(crate) fn y_px(&self, y: f64) -> f64 {
        self.top_px + (1.0 - self.y.share(y)) * self.height_px
    }

    pub(crate) fn point_px(&self, x: f64, y: f64) -> (f64, f64) {
        (self.x_px(x), self.y_px(y))
    }

    pub(crate) fn world(&self, x_px: f64, y_px: f64) -> (f64, f64) {
        let right = (x_px - self.left_px) / self.width_px;
        let up = 1.0 - (y_px - self.top_px) / self.height_px;
        (self.x.at_share(right), self.y.at_share(up))
    }

    pub(crate) fn right_px(&self) -> f64 {
        self.left_px + self.width_px
    }

    pub(crate) fn bottom_px(&self) -> f64 {
        self.top_px + self.height_px
    }

    pub(crate) fn contains(&self, x: f64, y: f64) -> bool {
        self.x.contains(x) && self.y.contains(y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_and_world_are_inverse() {
        let frame = Frame {
            left_px: 40.0,
            top_px: 10.0,
            width_px: 300.0,
            height_px: 200.0,
            x: Axis::linear(-5.0, 1.0),
            y: Axis::log(1e-8, 1e2),
        };
        for (x, y) in [(-5.0, 1e-8), (1.0, 1e2), (0.25, 3e-4)] {
            let (x_px, y_px) = frame.point_px(x, y);
            let (x_again, y_again) = frame.world(x_px, y_px);
            assert!((x - x_again).abs() < 1e-12 && (y / y_again - 1.0).abs() < 1e-12);
        }
        assert_eq!(frame.point_px(-5.0, 1e2), (40.0, 10.0));
    }
}
