//! The camera of the hill: maps the hill's world to a pane's pixels, and a pixel to the nearest
//! point of the surface.
//!
//! The origin of the world is the middle of the floor: u to the right, v away, z upwards, all of
//! magnitude about 1. In view coordinates a point has `across`, `up` and `near`, which grows
//! towards the eye. Perspective divides the first two by `1 − near · p`, where p is 0 from straight
//! above, so that the hill becomes a map.

/// The inverse distance from the eye to the middle, for an eye at floor level. Smaller values give
/// a weaker perspective.
const PERSPECTIVE: f64 = 0.2;

/// The range of `near` for all points of the world.
const REACH: f64 = 2.6;

/// Steps of the march along a ray. A ridge thinner than one of them may be missed.
const STEPS: u32 = 420;

/// Half the width and half the height that fit into a pane without zoom.
const FIT: (f64, f64) = (1.55, 1.44);

/// The smallest and largest elevation of the eye above the floor, in degrees.
pub(crate) const ELEVATIONS: (f64, f64) = (8.0, 90.0);

/// The largest magnification; the smallest is its inverse.
pub(crate) const LARGEST_ZOOM: f64 = 4.0;

/// A view of the hill in a pane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Camera {
    /// The direction of the eye around the hill, in degrees: 0 looks along v.
    pub(crate) azimuth: f64,
    /// The elevation of the eye, in degrees: 90 looks straight down.
    pub(crate) elevation: f64,
    /// The magnification.
    pub(crate) zoom: f64,
    /// The pane's size in CSS pixels.
    pub(crate) size_px: (f64, f64),
    /// The height of the world that is in the middle of the pane.
    pub(crate) middle: f64,
}

impl Default for Camera {
    /// From high enough, and from a side, that all four valleys of the first hill can be seen into.
    fn default() -> Self {
        Self { azimuth: -50.0, elevation: 40.0, zoom: 1.0, size_px: (0.0, 0.0), middle: 0.0 }
    }
}

impl Camera {
    /// The sines and cosines of azimuth and elevation.
    fn turns(&self) -> [f64; 4] {
        let radians = std::f64::consts::PI / 180.0;
        let (a, e) = (self.azimuth * radians, self.elevation * radians);
        [libm::sin(a), libm::cos(a), libm::sin(e), libm::cos(e)]
    }

    /// How much larger a point appears per unit towards the eye, approximately.
    fn perspective(&self) -> f64 {
        let [.., cos_e] = self.turns();
        PERSPECTIVE * cos_e
    }

    /// CSS pixels per unit of the world in the middle.
    pub(crate) fn scale_px(&self) -> f64 {
        let (across, up) = (0.5 * self.size_px.0 / FIT.0, 0.5 * self.size_px.1 / FIT.1);
        let fit = if across < up { across } else { up };
        self.zoom * if fit > 1.0 { fit } else { 1.0 }
    }

    /// The view coordinates of a point: across, up and near.
    fn seen(&self, [u, v, z]: [f64; 3]) -> [f64; 3] {
        let [sin_a, cos_a, sin_e, cos_e] = self.turns();
        let (across, away) = (u * cos_a + v * sin_a, v * cos_a - u * sin_a);
        let z = z - self.middle;
        [across, z * cos_e + away * sin_e, z * sin_e - away * cos_e]
    }

    /// The point with these view coordinates.
    fn unseen(&self, [across, up, near]: [f64; 3]) -> [f64; 3] {
        let [sin_a, cos_a, sin_e, cos_e] = self.turns();
        let away = up * sin_e - near * cos_e;
        let z = up * cos_e + near * sin_e + self.middle;
        [across * cos_a - away * sin_a, across * sin_a + away * cos_a, z]
    }

    /// Where a point is drawn, in CSS pixels of the pane, and its `near` coordinate.
    pub(crate) fn project(&self, point: [f64; 3]) -> ((f64, f64), f64) {
        let [across, up, near] = self.seen(point);
        let scale = self.scale_px() / (1.0 - near * self.perspective());
        let (x, y) = (0.5 * self.size_px.0 + scale * across, 0.5 * self.size_px.1 - scale * up);
        ((x, y), near)
    }

    /// The point on a pixel's ray with this `near` coordinate, in which it is linear.
    pub(crate) fn along(&self, (x_px, y_px): (f64, f64), near: f64) -> [f64; 3] {
        let scale = self.scale_px() / (1.0 - near * self.perspective());
        let (across, up) = (x_px - 0.5 * self.size_px.0, 0.5 * self.size_px.1 - y_px);
        self.unseen([across / scale, up / scale, near])
    }

    /// The nearest point of a height field under a pixel; `None` if the ray misses it.
    ///
    /// `height` is the surface's height over a point, and NaN outside. The result is on the ray, so
    /// that [`project`](Self::project) leads back to the pixel.
    pub(crate) fn pick(
        &self,
        at_px: (f64, f64),
        height: &dyn Fn(f64, f64) -> f64,
    ) -> Option<[f64; 3]> {
        let above = |near: f64| {
            let [u, v, z] = self.along(at_px, near);
            z - height(u, v)
        };
        let step = 2.0 * REACH / f64::from(STEPS);
        let mut before = f64::NAN;
        for i in 0..=STEPS {
            let near = REACH - step * f64::from(i);
            let here = above(near);
            if (before < 0.0) != (here < 0.0) && before.is_finite() && here.is_finite() {
                let (mut outer, mut inner) = (near + step, near);
                for _ in 0..48 {
                    let middle = 0.5 * (outer + inner);
                    if (above(middle) < 0.0) == (before < 0.0) {
                        outer = middle;
                    } else {
                        inner = middle;
                    }
                }
                return Some(self.along(at_px, outer));
            }
            before = here;
        }
        None
    }

    /// Where a pixel's ray meets the plane z = a + b·u + c·v, for taps on a surface that is not
    /// shown.
    pub(crate) fn on_plane(&self, at_px: (f64, f64), [a, b, c]: [f64; 3]) -> Option<[f64; 3]> {
        let off = |[u, v, z]: [f64; 3]| z - a - b * u - c * v;
        let (far, close) = (off(self.along(at_px, -REACH)), off(self.along(at_px, REACH)));
        let near = -REACH + 2.0 * REACH * far / (far - close);
        (near.abs() <= REACH).then(|| self.along(at_px, near))
    }

    /// Whether nothing of a height field is between a point and the eye.
    pub(crate) fn sees(&self, point: [f64; 3], height: &dyn Fn(f64, f64) -> f64) -> bool {
        let (at_px, near) = self.project(point);
        (1..48_u32).all(|i| {
            // Small steps first, because occluders are often close to the point.
            let share = f64::from(i) / 48.0;
            let [u, v, z] = self.along(at_px, near + (REACH - near) * share * share);
            // Outside the surface the height is NaN, and nothing is occluded.
            let ground = height(u, v);
            ground.is_nan() || ground <= z + 0.012
        })
    }

    /// For a point below the surface: whether the line of sight stays below it.
    #[cfg(feature = "paper")]
    pub(crate) fn sees_below(&self, point: [f64; 3], height: &dyn Fn(f64, f64) -> f64) -> bool {
        let (at_px, near) = self.project(point);
        (1..48_u32).all(|i| {
            let [u, v, z] = self.along(at_px, near + (REACH - near) * f64::from(i) / 48.0);
            let ground = height(u, v);
            ground.is_nan() || ground >= z
        })
    }

    /// The matrix from the world to WebGL's clip space, in column-major order.
    pub(crate) fn matrix(&self) -> [f32; 16] {
        let (width, height) = self.size_px;
        let scale = self.scale_px();
        let column = |point: [f64; 3], unit: f64| {
            let zero = self.seen([0.0; 3]);
            let seen = self.seen(point);
            let [across, up, near] =
                if unit > 0.0 { zero } else { std::array::from_fn(|i| seen[i] - zero[i]) };
            [
                (2.0 * scale / width * across) as f32,
                (2.0 * scale / height * up) as f32,
                (-near / REACH * 0.5) as f32,
                (unit - near * self.perspective()) as f32,
            ]
        };
        let columns = [
            column([1.0, 0.0, 0.0], 0.0),
            column([0.0, 1.0, 0.0], 0.0),
            column([0.0, 0.0, 1.0], 0.0),
            column([0.0; 3], 1.0),
        ];
        std::array::from_fn(|i| columns[i / 4][i % 4])
    }

    /// Converts a direction from view coordinates to the world.
    pub(crate) fn direction(&self, seen: [f64; 3]) -> [f64; 3] {
        let [u, v, z] = self.unseen(seen);
        [u, v, z - self.middle]
    }

    /// The direction of the light, as a unit vector of the world: from the upper left, as on maps.
    pub(crate) fn light(&self) -> [f64; 3] {
        let [sin_a, cos_a, ..] = self.turns();
        let (across, away, up) = (-0.62, 0.28, 0.733);
        [across * cos_a - away * sin_a, across * sin_a + away * cos_a, up]
    }

    /// The view turned and tilted by a drag over this many pixels.
    pub(crate) fn turned(&self, dx_px: f64, dy_px: f64) -> Self {
        let azimuth = wrapped(self.azimuth + 0.4 * dx_px);
        let elevation = held(self.elevation + 0.3 * dy_px, ELEVATIONS);
        Self { azimuth, elevation, ..*self }
    }
}

/// An angle between −180 and 180 degrees, rounded to a tenth; 0 if it is not finite.
pub(crate) fn wrapped(degrees: f64) -> f64 {
    let turned = degrees - 360.0 * libm::round(degrees / 360.0);
    if turned.is_finite() { libm::round(10.0 * turned) / 10.0 + 0.0 } else { 0.0 }
}

/// A number rounded to a tenth and clamped to two bounds; the lower one for NaN.
pub(crate) fn held(value: f64, (low, high): (f64, f64)) -> f64 {
    let rounded = libm::round(10.0 * value) / 10.0;
    if rounded > high {
        high
    } else if rounded > low {
        rounded
    } else {
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A surface over a square whose ridges hide valleys.
    fn ridges(u: f64, v: f64) -> f64 {
        if u.abs() > 1.0 || v.abs() > 1.0 {
            return f64::NAN;
        }
        0.3 + 0.25 * libm::sin(5.0 * u) * libm::cos(4.0 * v) + 0.1 * u * u
    }

    fn camera(azimuth: f64, elevation: f64, zoom: f64) -> Camera {
        Camera { azimuth, elevation, zoom, size_px: (640.0, 420.0), middle: 0.2 }
    }

    proptest! {
        #[test]
        fn picked_points_are_on_the_surface_at_the_pixel(
            azimuth in -180.0..180.0_f64, elevation in 8.0..90.0_f64, zoom in 0.25..4.0_f64,
            x in 0.0..640.0_f64, y in 0.0..420.0_f64,
        ) {
            let camera = camera(azimuth, elevation, zoom);
            if let Some(point) = camera.pick((x, y), &ridges) {
                let ((x_again, y_again), _) = camera.project(point);
                prop_assert!((x - x_again).abs() < 0.5 && (y - y_again).abs() < 0.5);
                prop_assert!((point[2] - ridges(point[0], point[1])).abs() < 1e-6, "{point:?}");
                // From below, the surface hides what is on it.
                let [u, v, z] = camera.along((x, y), camera.project(point).1 + 0.01);
                let from_below = ridges(u, v) > z;
                prop_assert!(from_below || camera.sees(point, &ridges), "{point:?} is not the nearest");
            }
        }

        #[test]
        fn a_visible_point_is_picked_again(
            azimuth in -180.0..180.0_f64, elevation in 15.0..90.0_f64,
            u in -0.98..0.98_f64, v in -0.98..0.98_f64,
        ) {
            let camera = camera(azimuth, elevation, 1.0);
            let point = [u, v, ridges(u, v)];
            let (at_px, near) = camera.project(point);
            // A ray that only grazes a ridge may pass between two samples; this one crosses the
            // surface.
            let above = |near: f64| {
                let [u, v, z] = camera.along(at_px, near);
                z - ridges(u, v)
            };
            prop_assume!(above(near + 0.01) * above(near - 0.01) < -1e-6);
            let picked = camera.pick(at_px, &ridges).expect("there is ground");
            let found = camera.project(picked).1;
            // The same point, or one that hides it.
            prop_assert!(found > near - 1e-6, "{picked:?} lies behind {point:?}");
            // Near a silhouette both may be right, and then the two are on one ray.
            if camera.sees(point, &ridges) && (found - near).abs() > 0.12 {
                prop_assert!(!camera.sees(point, &|u, v| ridges(u, v) + 0.03), "{picked:?} for {point:?}");
            }
        }

        #[test]
        fn the_matrix_agrees_with_the_projection(
            azimuth in -180.0..180.0_f64, elevation in 8.0..90.0_f64,
            u in -1.0..1.0_f64, v in -1.0..1.0_f64, z in -0.3..0.8_f64,
        ) {
            let camera = camera(azimuth, elevation, 1.3);
            let m = camera.matrix().map(f64::from);
            let clip: [f64; 4] =
                std::array::from_fn(|row| m[row] * u + m[4 + row] * v + m[8 + row] * z + m[12 + row]);
            let ((x, y), _) = camera.project([u, v, z]);
            prop_assert!((320.0 * (1.0 + clip[0] / clip[3]) - x).abs() < 1e-3);
            prop_assert!((210.0 * (1.0 - clip[1] / clip[3]) - y).abs() < 1e-3);
            prop_assert!(clip[3] > 0.0 && (clip[2] / clip[3]).abs() < 1.0);
        }
    }

    #[test]
    fn nothing_is_picked_beside_the_surface() {
        assert_eq!(camera(30.0, 35.0, 1.0).pick((3.0, 3.0), &ridges), None);
        let nowhere = |_: f64, _: f64| f64::NAN;
        assert_eq!(camera(30.0, 35.0, 1.0).pick((320.0, 210.0), &nowhere), None);
    }

    #[test]
    fn a_full_turn_changes_nothing() {
        assert_eq!(wrapped(370.0), 10.0);
        assert_eq!(wrapped(f64::NAN), 0.0);
        assert_eq!(held(f64::NAN, ELEVATIONS), 8.0);
        let camera = camera(0.0, 35.0, 1.0).turned(900.0, -9000.0);
        assert_eq!((camera.azimuth, camera.elevation), (0.0, 8.0));
    }
}
