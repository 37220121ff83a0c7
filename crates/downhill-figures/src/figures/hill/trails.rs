//! Marbles and their trails as beads: a ball for each marble, a dot for each iterate, and small
//! dots along the path in between.

use downhill::Iterate;
use downhill::sorting::{FEW, sort_by_key};

use super::camera::Camera;
use super::height_field::HeightField;
use crate::draw::{Bead, ColorRole, OverlayShape};

/// The most beads shown at once; the oldest ones of every marble are dropped first.
const MOST: usize = 5000;

/// The radii in CSS pixels.
const BALL_PX: f64 = 8.0;
const DOT_PX: f64 = 2.6;
const SPECK_PX: f64 = 1.0;

/// The spacing of small dots in the hill's world, on a path longer than twice this.
const GAP: f64 = 0.032;

/// Beads on a surface, as seen by a camera.
pub(crate) struct Beads<'a> {
    relief: &'a HeightField,
    /// The direction of the eye.
    eye: [f64; 3],
    /// A pixel in units of the world.
    pixel: f64,
    all: Vec<Bead>,
}

impl<'a> Beads<'a> {
    pub(crate) fn new(relief: &'a HeightField, camera: &Camera) -> Self {
        Self {
            relief,
            eye: camera.direction([0.0, 0.0, 1.0]),
            pixel: 1.0 / camera.scale_px(),
            all: Vec::new(),
        }
    }

    fn put(&mut self, at: [f64; 2], radius_px: f64, role: ColorRole, ball: bool) {
        let [u, v] = self.relief.to_uv(at);
        // Over a hole there is no path to draw; a marble in one is at floor level.
        if !ball && !self.relief.height(u, v).is_finite() {
            return;
        }
        let mut point = self.relief.point(at);
        let [_, rise_u, rise_v] = self.relief.height_and_slope(point[0], point[1]);
        // What is on a surface seen from below is behind it.
        if self.eye[2] < rise_u * self.eye[0] + rise_v * self.eye[1] {
            return;
        }
        // The bead touches the surface: its centre is offset along the normal.
        let radius = radius_px * self.pixel * if ball { 1.0 } else { 0.5 };
        let length = (1.0 + rise_u * rise_u + rise_v * rise_v).sqrt();
        for (coordinate, normal) in point.iter_mut().zip([-rise_u, -rise_v, 1.0]) {
            *coordinate += radius * normal / length;
        }
        self.all.push(Bead { at: point, radius_px, role, ball });
    }

    /// Adds the trail of a run up to a position on it; the bead limit is shared by `walks` runs.
    pub(crate) fn trail(
        &mut self,
        iterates: &[Iterate<2>],
        position: f64,
        role: ColorRole,
        walks: usize,
    ) {
        let most = MOST / walks.max(1);
        let from = self.all.len();
        let behind = (f64::floor(position) as usize).min(iterates.len().saturating_sub(1));
        let mut to = place_at(iterates, position);
        // Backwards from the marble, so that the oldest are dropped.
        for index in (0..=behind).rev() {
            let here = iterates[index].x;
            let [a, b] = [self.relief.to_uv(here), self.relief.to_uv(to)];
            let (du, dv) = (b[0] - a[0], b[1] - a[1]);
            let length = (du * du + dv * dv).sqrt();
            let specks = f64::floor(length / GAP).clamp(0.0, 60.0) as u32;
            for i in (1..specks).rev() {
                let share = f64::from(i) / f64::from(specks);
                let place = self.relief.place(a[0] + share * du, a[1] + share * dv);
                self.put(place, SPECK_PX, role, false);
            }
            if self.relief.shows(here) {
                self.put(here, DOT_PX, role, false);
            }
            if self.all.len() - from > most {
                return;
            }
            to = here;
        }
    }

    /// A marble.
    pub(crate) fn ball(&mut self, at: [f64; 2], role: ColorRole) {
        self.put(self.relief.nearest(at), BALL_PX, role, true);
    }

    pub(crate) fn all(self) -> Vec<Bead> {
        self.all
    }
}

/// The position of a marble between two iterates.
pub(crate) fn place_at(iterates: &[Iterate<2>], position: f64) -> [f64; 2] {
    let last = iterates.len().saturating_sub(1);
    let behind = (f64::floor(position) as usize).min(last);
    let Some(here) = iterates.get(behind) else { return [0.0; 2] };
    let next = iterates[(behind + 1).min(last)].x;
    let share = position - f64::floor(position);
    std::array::from_fn(|axis| here.x[axis] + share * (next[axis] - here.x[axis]))
}

/// The visible beads as overlay shapes, the farthest first.
pub(crate) fn marks(
    beads: &[Bead],
    camera: &Camera,
    height: &dyn Fn(f64, f64) -> f64,
) -> Vec<OverlayShape> {
    let mut seen: Vec<(f64, OverlayShape)> = Vec::new();
    for bead in beads.iter().filter(|bead| camera.sees(bead.at, height)) {
        let (at, near) = camera.project(bead.at);
        if bead.ball {
            let (fill, outline) = (bead.role, ColorRole::Panel);
            seen.push((near + 9.0, OverlayShape::Disc { at, radius: bead.radius_px, fill, outline }));
        } else if let Some((_, OverlayShape::Dots { points, radius, role })) = seen
            .iter_mut()
            .find(|(_, mark)| matches!(mark, OverlayShape::Dots { radius, role, .. } if *radius == bead.radius_px && *role == bead.role))
        {
            let _ = (radius, role);
            points.push(at);
        } else {
            let (radius, role) = (bead.radius_px, bead.role);
            seen.push((-9.0, OverlayShape::Dots { points: vec![at], radius, role }));
        }
    }
    sort_by_key(&mut seen, FEW, |(near, _)| *near);
    seen.into_iter().map(|(_, mark)| mark).collect()
}
