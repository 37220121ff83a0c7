//! The hill as a drawing of flat shapes, for paper, the command line and a page that is not alive yet:
//! a floor with the contours of the map, facets from back to front, and the contours on the ground.

use super::camera::Camera;
use super::relief::{FLOOR, HEIGHT, Relief};
use crate::draw::{
    Align, Anchor, Axis, ContourMap, Frame, Height, Role, Scene, Shape, simplified, units,
};
use crate::voice::Voice;

/// Facets along each side.
const FACETS: usize = 40;

/// A line on the ground is lifted by this, so that the ground it lies on does not hide it.
const LIFT: f64 = 0.004;

/// How far outside the floor the numbers stand.
const OUTSIDE: f64 = 1.11;

/// A hill to be drawn from a side.
pub(crate) struct Drawing<'a> {
    pub(crate) camera: Camera,
    pub(crate) relief: &'a Relief,
}

impl Drawing<'_> {
    fn pixel(&self, point: [f64; 3]) -> (f64, f64) {
        self.camera.project(point).0
    }

    fn polygon(&self, scene: &mut Scene, points: &[[f64; 3]], role: Role, light: i8, alpha: f64) {
        let corners = points.iter().map(|&point| in_units(self.pixel(point))).collect();
        scene.push_lit(Shape::Polygon(corners), role, alpha, light);
    }

    fn line(&self, scene: &mut Scene, points: &[(f64, f64)], role: Role, width: u32, alpha: f64) {
        let points = simplified(points).into_iter().map(in_units).collect();
        scene.push(Shape::Path(points, width), role, alpha);
    }

    fn border(&self) -> [[f64; 3]; 5] {
        let [u, v] = self.relief.half();
        [[-u, -v], [u, -v], [u, v], [-u, v], [-u, -v]].map(|[u, v]| [u, v, FLOOR])
    }

    /// The level sets of the ground, over a frame as large as the floor.
    fn contours(&self) -> (Frame, ContourMap) {
        let [u, v] = self.relief.half();
        let frame = Frame {
            left_px: 0.0,
            top_px: 0.0,
            width_px: u,
            height_px: v,
            x: Axis::linear(-u, u),
            y: Axis::linear(-v, v),
        };
        // Levels go by squares, heights of the hill by themselves.
        let share = |u, v| self.relief.height(u, v) / HEIGHT;
        let map = ContourMap::new(&frame, |u, v| share(u, v) * share(u, v));
        (frame, map)
    }

    /// Floor and ground.
    pub(crate) fn solid(&self, scene: &mut Scene) {
        let (frame, map) = self.contours();
        self.polygon(scene, &self.border(), Role::Paper, 0, 1.0);
        for (index, line) in map.lines(&frame) {
            let points: Vec<_> = line.iter().map(|&(u, v)| self.pixel([u, v, FLOOR])).collect();
            self.line(scene, &points, Role::Contour, 5, if index { 0.85 } else { 0.5 });
        }
        self.frame(scene);
        self.facets(scene);
        let height = |u, v| self.relief.height(u, v);
        for (index, line) in map.lines(&frame) {
            let (role, width) = if index { (Role::ContourIndex, 9) } else { (Role::Contour, 5) };
            let mut seen = Vec::new();
            for (u, v) in line {
                let z = height(u, v);
                let point = [u, v, z + LIFT];
                if z.is_finite() && self.camera.sees(point, &height) {
                    seen.push(self.pixel(point));
                } else if seen.len() > 1 {
                    self.line(scene, &std::mem::take(&mut seen), role, width, 0.9);
                } else {
                    seen.clear();
                }
            }
            if seen.len() > 1 {
                self.line(scene, &seen, role, width, 0.9);
            }
        }
    }

    /// The border of the floor.
    pub(crate) fn frame(&self, scene: &mut Scene) {
        let border = self.border().map(|point| self.pixel(point));
        self.line(scene, &border, Role::Muted, 6, 0.7);
    }

    /// The ground, row by row from the far end; cells of one colour are one shape.
    fn facets(&self, scene: &mut Scene) {
        let half = self.relief.half();
        let light = self.camera.light();
        let eye = self.camera.direction([0.0, 0.0, 1.0]);
        // Rows run across the view as far as they can, and both ways begin where it is farthest.
        let along_u = eye[1].abs() >= eye[0].abs();
        let coordinate = |axis: usize, i: usize| {
            let share = 2.0 * i as f64 / FACETS as f64 - 1.0;
            half[axis] * if eye[axis] > 0.0 { share } else { -share }
        };
        let corner = |row: usize, column: usize| {
            let (u, v) = if along_u { (column, row) } else { (row, column) };
            let (u, v) = (coordinate(0, u), coordinate(1, v));
            [u, v, self.relief.height(u, v)]
        };
        for row in 0..FACETS {
            let mut strip: (Vec<[f64; 3]>, Vec<[f64; 3]>) = Default::default();
            let mut look = None;
            for column in 0..=FACETS {
                let (far, close) = (corner(row, column), corner(row + 1, column));
                let next = (column < FACETS)
                    .then(|| {
                        let others = [corner(row, column + 1), corner(row + 1, column + 1)];
                        let middle: [f64; 3] = std::array::from_fn(|i| {
                            0.25 * (far[i] + close[i] + others[0][i] + others[1][i])
                        });
                        middle[2].is_finite().then(|| self.look(middle, light, eye))
                    })
                    .flatten();
                strip.0.push(far);
                strip.1.push(close);
                if next != look {
                    if let Some((role, light)) = look {
                        let (far, close) = std::mem::take(&mut strip);
                        let corners = self.overlapping(&far, &close);
                        scene.push_lit(Shape::Polygon(corners), role, 1.0, light);
                    }
                    strip = (vec![far], vec![close]);
                    look = next;
                }
            }
        }
    }

    /// A strip's outline, a little larger at the end and on the near side, where what is drawn next
    /// covers it: between shapes that only touch, the ground behind would shine through.
    fn overlapping(&self, far: &[[f64; 3]], close: &[[f64; 3]]) -> Vec<(i32, i32)> {
        let pixels = |line: &[[f64; 3]]| -> Vec<(f64, f64)> {
            line.iter().map(|&point| self.pixel(point)).collect()
        };
        let (mut far, mut close) = (pixels(far), pixels(close));
        for (a, b) in far.iter().zip(&mut close) {
            *b = beyond(*a, *b);
        }
        for line in [&mut far, &mut close] {
            if let [.., before, end] = &mut line[..] {
                *end = beyond(*before, *end);
            }
        }
        far.into_iter().chain(close.into_iter().rev()).map(in_units).collect()
    }

    /// Tint and light of the ground around a point.
    fn look(&self, [u, v, z]: [f64; 3], light: [f64; 3], eye: [f64; 3]) -> (Role, i8) {
        let tints = Role::TINTS;
        let step = (z / HEIGHT * tints.len() as f64) as usize;
        let role = tints[step.min(tints.len() - 1)];
        let [_, rise_u, rise_v] = self.relief.height_and_rise(u, v);
        let normal = [-rise_u, -rise_v, 1.0];
        (role, brightness(normal, light, eye))
    }

    /// The numbers along the two edges of the floor that are nearest to the eye.
    pub(crate) fn numbers(&self, scene: &mut Scene, voice: &Voice) {
        let half = self.relief.half();
        let eye = self.camera.direction([0.0, 0.0, 1.0]);
        let middle = self.pixel([0.0, 0.0, FLOOR]);
        for axis in 0..2 {
            let side = if eye[1 - axis] > 0.0 { half[1 - axis] } else { -half[1 - axis] };
            let [from, to] = self.relief.view[axis];
            for (share, value) in [(-0.94, from), (0.0, 0.5 * (from + to)), (0.94, to)] {
                let mut at = [0.0, 0.0, FLOOR];
                at[axis] = share * half[axis];
                at[1 - axis] = OUTSIDE * side;
                let at_px = self.pixel(at);
                let number = voice.about(value);
                let name = ["x", "y"][axis];
                let text = if share == 0.0 { format!("{name} = {number}") } else { number };
                let across = if (at_px.0 - middle.0).abs() < 12.0 {
                    Align::Middle
                } else if at_px.0 < middle.0 {
                    Align::End
                } else {
                    Align::Start
                };
                let anchor = Anchor { across, height: Height::Middle };
                scene.text(&text, at_px, 12.0, Role::Muted, anchor);
            }
        }
    }

    /// The patch of ground under a blindfolded walker: a disc of the tangent plane with its own contours.
    pub(crate) fn patch(&self, scene: &mut Scene, at: [f64; 2], radius: f64) {
        let [u, v] = self.relief.plan(at);
        let [height, rise_u, rise_v] = self.relief.height_and_rise(u, v);
        if !height.is_finite() {
            return;
        }
        let on_plane = |du: f64, dv: f64| [u + du, v + dv, height + rise_u * du + rise_v * dv];
        let ring: Vec<[f64; 3]> = (0..=48_u32)
            .map(|i| f64::from(i) * std::f64::consts::TAU / 48.0)
            .map(|angle| on_plane(radius * libm::cos(angle), radius * libm::sin(angle)))
            .collect();
        let floor: Vec<[f64; 3]> = ring.iter().map(|&[u, v, _]| [u, v, FLOOR]).collect();
        self.polygon(scene, &floor, Role::Muted, 0, 0.18);
        let eye = self.camera.direction([0.0, 0.0, 1.0]);
        let (role, light) = self.look([u, v, height], self.camera.light(), eye);
        self.polygon(scene, &ring, role, light, 1.0);
        let length = (rise_u * rise_u + rise_v * rise_v).sqrt();
        if length > 1e-9 {
            // Lines of equal height, as far apart as the slope makes them.
            let (along_u, along_v) = (rise_u / length, rise_v / length);
            let gap = HEIGHT / 48.0 / length;
            let most = libm::floor(radius / gap).clamp(0.0, 30.0) as i32;
            for i in -most..=most {
                let off = gap * f64::from(i);
                let reach = (radius * radius - off * off).sqrt();
                let end = |side: f64| {
                    let across = side * reach;
                    self.pixel(on_plane(
                        along_u * off - along_v * across,
                        along_v * off + along_u * across,
                    ))
                };
                let role = if i == 0 { Role::ContourIndex } else { Role::Contour };
                self.line(scene, &[end(-1.0), end(1.0)], role, 6, 0.9);
            }
        }
        let outline: Vec<_> = ring.into_iter().map(|point| self.pixel(point)).collect();
        self.line(scene, &outline, Role::ContourIndex, 10, 1.0);
    }
}

/// How bright ground of this normal is, in hundredths: 0 for level ground. Seen from below it is dark.
fn brightness(normal: [f64; 3], light: [f64; 3], eye: [f64; 3]) -> i8 {
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    if dot(normal, eye) < 0.0 {
        return -68;
    }
    let lambert = dot(normal, light) / dot(normal, normal).sqrt() - light[2];
    // Few enough values that neighbours often share one.
    (libm::round(25.0 * lambert.clamp(-1.0, 1.0)) * 4.0) as i8 + 16
}

/// A point a little beyond another, seen from a third.
fn beyond(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt();
    let share = if length > 0.1 { 0.8 / length } else { 0.0 };
    (to.0 + share * dx, to.1 + share * dy)
}

fn in_units((x_px, y_px): (f64, f64)) -> (i32, i32) {
    (units(x_px), units(y_px))
}
