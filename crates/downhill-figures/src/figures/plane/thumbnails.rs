//! The thumbnails of the plane: what a run does in the steep direction, at five places.

use downhill::Regime;

use super::Plane;
use crate::draw::{ColorRole, Scene, Shape, between, units};
use crate::framework::controls;

/// The steps that a thumbnail shows.
const STEPS: usize = 16;

/// The largest size of a thumbnail in CSS pixels.
const LARGEST_PX: (f64, f64) = (72.0, 34.0);

/// The height of the line with its name, above it.
const NAME_PX: f64 = 16.0;

type Pair = (f64, f64);

/// What is shown: the regime, αλ and β, and the lower left corner of its thumbnail
/// relative to its place, in thumbnails.
///
/// In one dimension momentum has five regimes; the strip β = 0 has three of them.
const SHOWN: [(Regime, Pair, Pair); 5] = [
    (Regime::Monotone, (0.06, 0.35), (0.1, 0.2)),
    (Regime::OneStep, (1.0, 0.0), (-0.8, 0.5)),
    (Regime::Zigzag, (1.85, 0.0), (-0.75, 0.5)),
    (Regime::Oscillate, (1.3, 0.6), (-0.5, 0.2)),
    (Regime::Diverge, (2.55, 0.2), (0.6, 0.3)),
];

/// A small chart of the distance along the steep direction, step by step.
pub(super) struct Thumbnail {
    /// The message key of its name.
    pub(super) key: &'static str,
    /// The pair it stands for.
    pub(super) pair: (f64, f64),
    /// αλ of the steep direction, and β.
    dynamics: (f64, f64),
    /// Where that pair is in the pane.
    place_px: (f64, f64),
    /// The upper left corner.
    corner_px: (f64, f64),
    size_px: (f64, f64),
    /// The middle of its name, above it.
    pub(super) word_px: (f64, f64),
    role: ColorRole,
}

impl Plane {
    /// The thumbnails, at their places.
    pub(super) fn thumbnails(&self) -> [Thumbnail; 5] {
        let frame = self.frame();
        let fit = |share: f64, most: f64| if share < most { share } else { most };
        let (width, height) =
            (fit(frame.width_px / 7.0, LARGEST_PX.0), fit(frame.height_px / 8.0, LARGEST_PX.1));
        SHOWN.map(|(regime, (product, beta), (right, up))| {
            let alpha = product / self.quadratic.lambda_max();
            // As easy to read as what a click takes; one step needs α to its last bit.
            let one_step = regime == Regime::OneStep;
            let pair = (if one_step { alpha } else { self.rounded(alpha) }, beta);
            let place_px = frame.point_px(pair.0, pair.1);
            let (x, y) = (place_px.0 + right * width, place_px.1 - (up + 1.0) * height);
            let corner_px = (between(x, frame.left_px + 3.0, frame.right_px() - width), y);
            // The name of a narrow one is wider than itself.
            let middle =
                between(corner_px.0 + width / 2.0, frame.left_px + 34.0, frame.right_px() - 34.0);
            let word_px = (middle, corner_px.1 - NAME_PX / 2.0);
            let role = controls::regime_role(regime);
            let key = controls::regime_key(regime);
            Thumbnail {
                key,
                pair,
                dynamics: (product, beta),
                place_px,
                corner_px,
                size_px: (width, height),
                word_px,
                role,
            }
        })
    }

    /// The pair of the thumbnail at a point of the pane. Its name belongs to it: on a phone it is lower
    /// than a finger.
    pub(super) fn thumbnail_at(&self, x_px: f64, y_px: f64) -> Option<(f64, f64)> {
        let over = |thumbnail: &Thumbnail| {
            let ((left, top), (width, height)) = (thumbnail.corner_px, thumbnail.size_px);
            (left..=left + width).contains(&x_px) && (top - NAME_PX..=top + height).contains(&y_px)
        };
        self.thumbnails().iter().find(|thumbnail| over(thumbnail)).map(|thumbnail| thumbnail.pair)
    }
}

impl Thumbnail {
    /// Draws the chart with a line to its place.
    pub(super) fn draw(&self, scene: &mut Scene) {
        let ((left, top), (width, height)) = (self.corner_px, self.size_px);
        let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0)];
        let corners = corners.map(|(x, y)| (units(left + x), units(top + y))).to_vec();
        let middle = top + height / 2.0;
        let place = (units(self.place_px.0), units(self.place_px.1));
        let root = (units(left + width / 2.0), units(top + height));
        scene.push(Shape::Path(vec![place, root], 8), ColorRole::Ink, 0.6);
        scene.push(Shape::Circle(place, 16, None), ColorRole::Ink, 0.8);
        scene.push(Shape::Polygon(corners.clone()), ColorRole::Panel, 0.92);
        scene.push(Shape::Path(corners, 8), ColorRole::Muted, 0.8);
        let zero = vec![(units(left), units(middle)), (units(left + width), units(middle))];
        scene.push(Shape::Path(zero, 6), ColorRole::Muted, 0.7);
        let points = self.distances().into_iter().enumerate().map(|(k, y)| {
            let x = left + 4.0 + (width - 8.0) * k as f64 / STEPS as f64;
            (units(x), units(middle - y * (height / 2.0 - 3.0)))
        });
        let points: Vec<_> = points.collect();
        for &point in &points {
            scene.push(Shape::Circle(point, 10, None), self.role, 1.0);
        }
        scene.push(Shape::Path(points, 10), self.role, 1.0);
    }

    /// The distance along the steep direction after each step, in multiples of the first, or of the
    /// largest where it grows.
    fn distances(&self) -> Vec<f64> {
        let (product, beta) = self.dynamics;
        let (mut w, mut v, mut largest) = (1.0, 0.0, 1.0);
        let mut all = vec![w];
        for _ in 0..STEPS {
            v = beta * v + product * w;
            w -= v;
            let size = f64::abs(w);
            largest = if size > largest { size } else { largest };
            all.push(w);
        }
        all.into_iter().map(|w| w / largest).collect()
    }
}

#[cfg(test)]
mod tests {
    use downhill::{Quadratic, Rule};

    use super::*;
    use crate::framework::figure_kind::FigureKind;

    fn plane(kappa: f64, width_px: f64) -> Plane {
        let mut plane = Plane { width_px, height_px: 0.6 * width_px, ..Plane::default() };
        plane.runs.loss.kappa = kappa;
        let _all = plane.recompute();
        plane
    }

    /// The regime of each thumbnail is that of a bowl at its αλ and β.
    #[test]
    fn each_thumbnail_shows_the_regime_at_its_place() {
        let bowl = Quadratic::<1> { minimizer: [0.0], eigenvalues: [1.0], eigenvectors: [[1.0]] };
        for (regime, (product, beta), _) in SHOWN {
            let rule = if beta == 0.0 { Rule::GradientDescent } else { Rule::Momentum { beta } };
            assert_eq!(bowl.regime_of(&rule, product), Some(regime));
        }
    }

    #[test]
    fn thumbnails_stay_within_the_plane_and_apart() {
        for (kappa, width_px) in [(1.0, 300.0), (10.0, 360.0), (100.0, 560.0), (1e6, 720.0)] {
            let plane = plane(kappa, width_px);
            let (frame, all) = (plane.frame(), plane.thumbnails());
            for (i, one) in all.iter().enumerate() {
                let ((left, top), (width, height)) = (one.corner_px, one.size_px);
                assert!(left >= frame.left_px && left + width <= frame.right_px());
                assert!(top >= frame.top_px + 14.0 && top + height <= frame.bottom_px());
                assert_eq!(plane.thumbnail_at(left + 1.0, top + 1.0), Some(one.pair));
                for other in &all[..i] {
                    let [dx, dy] = [other.corner_px.0 - left, other.corner_px.1 - top];
                    // Above each is its name.
                    assert!(dx.abs() > width || dy.abs() > height + 14.0, "{width_px}: {i}");
                }
            }
        }
    }
}
