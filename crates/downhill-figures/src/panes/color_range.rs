//! The range of losses that a map's colours cover: near a pole losses are unbounded, and covering
//! them all would leave the rest of the map blank.

use crate::draw::WHOLE;
use crate::quantile::quantile;

/// Samples along each side of the map.
const SAMPLES: usize = 24;

/// Losses farther from the quantile range than this multiple of its width are cut off.
const FAR: f64 = 12.0;

/// The range of losses over a part of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ColorRange {
    /// The lowest and highest loss covered; infinite if nothing is cut off.
    pub(crate) bounds: (f64, f64),
    /// Whether the loss is undefined somewhere.
    pub(crate) holes: bool,
}

impl Default for ColorRange {
    fn default() -> Self {
        Self { bounds: WHOLE, holes: false }
    }
}

impl ColorRange {
    /// Samples a loss.
    pub(crate) fn of([x, y]: [[f64; 2]; 2], f: &dyn Fn(f64, f64) -> f64) -> Self {
        let mut bulk = Self::default();
        let mut finite = Vec::new();
        let mut infinite = false;
        for index in 0..SAMPLES * SAMPLES {
            let at = |[from, to]: [f64; 2], i: usize| {
                from + (to - from) * (i as f64 + 0.5) / SAMPLES as f64
            };
            let loss = f(at(x, index % SAMPLES), at(y, index / SAMPLES));
            bulk.holes |= loss.is_nan();
            infinite |= loss.is_infinite();
            if loss.is_finite() {
                finite.push(loss);
            }
        }
        // Infinite everywhere counts as undefined.
        bulk.holes |= finite.is_empty();
        let (Some(low), Some(high)) = (quantile(&finite, 0.1), quantile(&finite, 0.9)) else {
            return bulk;
        };
        // Halves, so that not even the largest numbers overflow.
        let reach = 2.0 * FAR * (0.5 * high - 0.5 * low);
        let (bottom, top) = (low - reach, high + reach);
        let far = |loss: &f64| *loss < bottom || *loss > top;
        if reach > 0.0 && (infinite || finite.iter().any(far)) {
            bulk.bounds = (bottom, top);
        }
        bulk
    }

    /// Whether some losses are cut off.
    pub(crate) fn cuts(&self) -> bool {
        self.bounds.1.is_finite()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: [[f64; 2]; 2] = [[-5.0, 5.0]; 2];

    #[test]
    fn a_pole_is_cut_off_and_a_bowl_is_not() {
        let pole = ColorRange::of(VIEW, &|x, y| 1.0 / (x * y));
        assert!(pole.cuts() && pole.bounds.1 < 100.0, "{pole:?}");
        assert_eq!(ColorRange::of(VIEW, &|x, y| x * x + 100.0 * y * y), ColorRange::default());
        assert_eq!(ColorRange::of(VIEW, &|_, _| 3.0), ColorRange::default());
    }

    #[test]
    fn undefined_regions_are_noticed() {
        assert!(ColorRange::of(VIEW, &|x: f64, _| x.sqrt()).holes);
        assert!(ColorRange::of(VIEW, &|_, _| f64::NAN).holes);
        assert!(!ColorRange::of(VIEW, &|x, y| x + y).holes);
    }

    #[test]
    fn named_landscapes_are_shown_whole() {
        use downhill::{Loss, NamedLoss};
        for landscape in downhill::landscapes_2d() {
            let surface = NamedLoss::<2>::from(landscape.clone());
            assert!(
                !ColorRange::of(landscape.view, &|x, y| surface.value([x, y])).cuts(),
                "{}",
                landscape.name
            );
        }
    }
}
