//! The loss as a height field: maps points of the loss's domain to the hill's world, with heights.
//!
//! Heights are a monotone function of the loss, so that downhill on the hill is downhill for the
//! loss. If the loss spans many orders of magnitude they are compressed by asinh, which is linear
//! near the minimum and logarithmic far above it. Values too far outside the quantile range even
//! for that, as at a pole, are clipped.

use downhill::sorting::{MANY, sort_by_key};
use downhill::{Loss, NamedLoss};

use crate::draw::between;
use crate::panes::contour_map::view_of;

/// The height of the highest point.
pub(crate) const HEIGHT: f64 = 0.78;

/// The height of the floor below the surface.
pub(crate) const FLOOR: f64 = -0.28;

/// Contour levels over the whole height; every fifth is drawn heavier.
pub(crate) const LEVELS: f64 = 24.0;

/// Samples along each side that determine the range of the loss.
const SAMPLES: u32 = 48;

/// If the median loss is below this fraction of the range, heights are compressed.
const FLAT_SHARE: f64 = 0.2;

/// The height fraction of the median loss after compression.
const MIDDLE_SHARE: f64 = 0.3;

/// The surface of a loss.
#[derive(Clone, Debug)]
pub(crate) struct HeightField {
    surface: NamedLoss<2>,
    /// The range of each coordinate.
    pub(crate) view: [[f64; 2]; 2],
    /// The losses at the bottom and at the top of the surface.
    pub(crate) range: (f64, f64),
    /// The loss scale at which compression sets in; infinite for none.
    knee: f64,
    /// Whether some losses are outside the range and clipped.
    pub(crate) clipped: bool,
    /// Whether the loss is undefined somewhere.
    pub(crate) holes: bool,
}

impl HeightField {
    /// Samples a loss and chooses the height scale.
    pub(crate) fn new(surface: &NamedLoss<2>) -> Self {
        let view = view_of(surface);
        let mut relief = Self {
            surface: surface.clone(),
            view,
            range: (0.0, 0.0),
            knee: f64::INFINITY,
            clipped: false,
            holes: false,
        };
        let mut all = Vec::new();
        for row in 0..=SAMPLES {
            for column in 0..=SAMPLES {
                let share = |i: u32| 2.0 * f64::from(i) / f64::from(SAMPLES) - 1.0;
                let [half_u, half_v] = relief.half();
                let at = relief.place(share(column) * half_u, share(row) * half_v);
                let loss = surface.value(at);
                relief.holes |= loss.is_nan();
                relief.clipped |= loss.is_infinite();
                if loss.is_finite() {
                    all.push(loss);
                }
            }
        }
        sort_by_key(&mut all, MANY, |loss| *loss);
        let Some((&lowest, &highest)) = all.first().zip(all.last()) else {
            // Infinite everywhere counts as undefined.
            (relief.holes, relief.clipped) = (true, false);
            return relief;
        };
        let quantile = |share: f64| all[(share * (all.len() - 1) as f64) as usize];
        // Halves, so that not even the largest numbers overflow.
        let spread = 0.5 * quantile(0.9) - 0.5 * quantile(0.1);
        let (bottom, top) = (quantile(0.1) - 8.0 * spread, quantile(0.9) + 2e6 * spread);
        let low = if lowest < bottom { bottom } else { lowest };
        let high = if highest > top { top } else { highest };
        relief.clipped |= low > lowest || high < highest;
        relief.range = (low, high);
        relief.knee = asinh_scale(quantile(0.5) - low, high - low);
        relief
    }

    /// The loss itself.
    pub(crate) const fn surface(&self) -> &NamedLoss<2> {
        &self.surface
    }

    /// Whether heights are compressed instead of proportional to the loss.
    pub(crate) fn is_compressed(&self) -> bool {
        self.knee.is_finite()
    }

    /// Half the size of the surface in the hill's world: 1 along the longer axis.
    pub(crate) fn half(&self) -> [f64; 2] {
        let [width, depth] = self.view.map(|[from, to]| to - from);
        let longer = if width > depth { width } else { depth };
        [width, depth].map(|side| if side < 0.6 * longer { 0.6 } else { side / longer })
    }

    /// The point of the domain at a point of the floor.
    pub(crate) fn place(&self, u: f64, v: f64) -> [f64; 2] {
        let half = self.half();
        let plan = [u, v];
        std::array::from_fn(|axis| {
            let [from, to] = self.view[axis];
            from + (to - from) * 0.5 * (plan[axis] / half[axis] + 1.0)
        })
    }

    /// The point of the floor for a point of the domain, clamped to the view.
    pub(crate) fn to_uv(&self, at: [f64; 2]) -> [f64; 2] {
        let half = self.half();
        std::array::from_fn(|axis| {
            let [from, to] = self.view[axis];
            let share = 2.0 * (at[axis] - from) / (to - from) - 1.0;
            if share.is_nan() { 0.0 } else { half[axis] * share.clamp(-1.0, 1.0) }
        })
    }

    /// Whether a point is within the view.
    pub(crate) fn shows(&self, at: [f64; 2]) -> bool {
        (0..2).all(|axis| (self.view[axis][0]..=self.view[axis][1]).contains(&at[axis]))
    }

    /// The nearest point within the view.
    pub(crate) fn nearest(&self, at: [f64; 2]) -> [f64; 2] {
        std::array::from_fn(|axis| {
            let [from, to] = self.view[axis];
            between(at[axis], from, to)
        })
    }

    /// The height of a loss; NaN for NaN. An infinite loss is clipped if others are finite.
    pub(crate) fn height_of(&self, loss: f64) -> f64 {
        let (low, high) = self.range;
        let size = high - low;
        if size.is_nan() || size <= 0.0 {
            return if loss.is_finite() { 0.0 } else { f64::NAN };
        }
        let above = loss - low;
        let share = if self.knee.is_finite() {
            libm::asinh(above / self.knee) / libm::asinh(size / self.knee)
        } else {
            above / size
        };
        // `clamp` comes last: NaN stays NaN.
        HEIGHT * share.clamp(0.0, 1.0)
    }

    /// The height over a point of the floor; NaN outside the view and where the loss is undefined.
    pub(crate) fn height(&self, u: f64, v: f64) -> f64 {
        let [half_u, half_v] = self.half();
        if u.abs() > half_u || v.abs() > half_v {
            return f64::NAN;
        }
        self.height_of(self.surface.value(self.place(u, v)))
    }

    /// The height over a point of the floor, and its derivatives by u and v.
    pub(crate) fn height_and_slope(&self, u: f64, v: f64) -> [f64; 3] {
        let (loss, gradient) = self.surface.value_and_gradient(self.place(u, v));
        let height = self.height_of(loss);
        let (low, high) = self.range;
        let size = high - low;
        let rate = if size.is_nan() || size <= 0.0 || !(low..=high).contains(&loss) {
            0.0
        } else if self.knee.is_finite() {
            let x = (loss - low) / self.knee;
            HEIGHT / (self.knee * (1.0 + x * x).sqrt() * libm::asinh(size / self.knee))
        } else {
            HEIGHT / size
        };
        let half = self.half();
        let rise = |axis: usize| {
            let [from, to] = self.view[axis];
            let rise = rate * gradient[axis] * 0.5 * (to - from) / half[axis];
            if rise.is_finite() { rise } else { 0.0 }
        };
        [height, rise(0), rise(1)]
    }

    /// A point of the domain as a point on the surface; at floor level if the loss is undefined
    /// there.
    pub(crate) fn point(&self, at: [f64; 2]) -> [f64; 3] {
        let [u, v] = self.to_uv(at);
        let height = self.height(u, v);
        [u, v, if height.is_finite() { height } else { 0.0 }]
    }
}

/// The scale at which asinh maps the median loss to [`MIDDLE_SHARE`] of the height.
fn asinh_scale(middle: f64, size: f64) -> f64 {
    if !size.is_finite() || size <= 0.0 || middle >= FLAT_SHARE * size || middle <= 0.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (-14.0, 0.5);
    for _ in 0..40 {
        let decades = 0.5 * (low + high);
        let knee = size * libm::pow(10.0, decades);
        if libm::asinh(middle / knee) > MIDDLE_SHARE * libm::asinh(size / knee) {
            low = decades;
        } else {
            high = decades;
        }
    }
    size * libm::pow(10.0, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use downhill::{Expression, landscapes_2d};
    use std::sync::Arc;

    fn formula(text: &str) -> HeightField {
        let expression = text.parse::<Expression>().expect("a formula");
        HeightField::new(&NamedLoss::new(text, Arc::new(expression)))
    }

    #[test]
    fn a_higher_loss_is_never_drawn_lower() {
        for landscape in landscapes_2d() {
            let relief = HeightField::new(&NamedLoss::from(landscape));
            let (low, high) = relief.range;
            let mut before = -1.0;
            for i in 0..=100 {
                let height = relief.height_of(low + (high - low) * f64::from(i) / 100.0);
                assert!(height >= before && (0.0..=HEIGHT).contains(&height));
                before = height;
            }
            assert!(!relief.clipped && !relief.holes, "{}", relief.surface().text());
        }
    }

    #[test]
    fn places_and_points_are_inverse() {
        let relief = HeightField::new(&NamedLoss::<2>::named("ravine").expect("the ravine"));
        let [u, v] = relief.to_uv([-2.0, 1.5]);
        let [x, y] = relief.place(u, v);
        assert!((x + 2.0).abs() < 1e-12 && (y - 1.5).abs() < 1e-12);
        assert!(relief.height(1.01, 0.0).is_nan());
    }

    #[test]
    fn the_slope_is_that_of_the_height() {
        for name in ["bowl", "rosenbrock", "himmelblau"] {
            let relief = HeightField::new(&NamedLoss::<2>::named(name).expect("a landscape"));
            let [_, rise_u, rise_v] = relief.height_and_slope(0.3, -0.4);
            let h = 1e-6;
            let slope_u = (relief.height(0.3 + h, -0.4) - relief.height(0.3 - h, -0.4)) / (2.0 * h);
            let slope_v = (relief.height(0.3, -0.4 + h) - relief.height(0.3, -0.4 - h)) / (2.0 * h);
            assert!((rise_u - slope_u).abs() < 1e-5 && (rise_v - slope_v).abs() < 1e-5, "{name}");
        }
    }

    #[test]
    fn poles_holes_and_plains_can_be_drawn() {
        let pole = formula("1/(x^2+y^2)");
        assert!(pole.clipped && pole.height(0.0, 0.0) == HEIGHT);
        let hole = formula("sqrt(x)+y");
        assert!(hole.holes && hole.height(-0.5, 0.0).is_nan() && hole.height(0.5, 0.0) > 0.0);
        let plain = formula("3");
        assert_eq!(plain.height(0.2, 0.2), 0.0);
        let nothing = formula("sqrt(-1-x^2)");
        assert!(nothing.height(0.0, 0.0).is_nan());
        let down = formula("-1/(x^2+y^2)");
        assert!(down.clipped && down.height(0.9, 0.9) > 0.5 * HEIGHT);
    }

    #[test]
    fn the_middle_of_a_vast_range_is_well_above_the_bottom() {
        let relief = formula("exp(3x)+exp(2y)");
        assert!(relief.is_compressed());
        assert!(relief.height(1.0, 0.0) > 0.1 * HEIGHT);
    }
}
