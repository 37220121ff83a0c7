//! The hill as flat shapes, for print, the command line and a page that is not alive yet: a floor
//! with the contours of the map, facets from back to front, and contours on the surface.

use super::annotations::{Drawing, in_units};
use super::height_field::{FLOOR, HEIGHT};
use crate::draw::{Axis, ColorRole, ContourMap, Frame, Scene, Shape, simplified};

/// The side of a facet in the middle of the drawing, in CSS pixels: small enough to look smooth,
/// and large enough to keep the picture on the first screen small.
const FACET_PX: f64 = 24.0;

/// The fewest and the most facets along a side.
const FACETS: (f64, f64) = (18.0, 48.0);

/// A vertex of a contour closer than this to a line without it is dropped, in CSS pixels.
const SLACK_PX: f64 = 0.5;

/// A line on the surface is lifted by this, so that the surface does not hide it.
const LIFT: f64 = 0.004;

impl Drawing<'_> {
    /// The level sets of the loss, over a frame as large as the floor.
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
        // Levels are quadratic, the heights of the hill are not.
        let share = |u, v| self.relief.height(u, v) / HEIGHT;
        let map = ContourMap::new(&frame, (0.0, 1.0), &|u, v| share(u, v) * share(u, v));
        (frame, map)
    }

    /// Draws the floor and the surface.
    pub(crate) fn solid(&self, scene: &mut Scene) {
        let (frame, map) = self.contours();
        let ground = |u, v| self.relief.height(u, v);
        self.polygon(scene, &self.border(), ColorRole::Paper, 0, 1.0);
        for (index, line) in map.lines(&frame) {
            let point = |u, v| {
                let point = [u, v, FLOOR];
                self.camera.sees_below(point, &ground).then_some(point)
            };
            for part in self.parts(&line, point) {
                contour(scene, &part, ColorRole::Contour, 5, if index { 0.85 } else { 0.5 });
            }
        }
        self.frame(scene);
        self.facets(scene);
        for (index, line) in map.lines(&frame) {
            let (role, width) =
                if index { (ColorRole::ContourIndex, 9) } else { (ColorRole::Contour, 5) };
            let point = |u, v| {
                let point = [u, v, ground(u, v) + LIFT];
                (point[2].is_finite() && self.camera.sees(point, &ground)).then_some(point)
            };
            for part in self.parts(&line, point) {
                contour(scene, &part, role, width, 0.9);
            }
        }
    }

    /// The parts of a line, in pixels, whose points are visible.
    fn parts(
        &self,
        line: &[(f64, f64)],
        point: impl Fn(f64, f64) -> Option<[f64; 3]>,
    ) -> Vec<Vec<(f64, f64)>> {
        let points: Vec<_> = line.iter().map(|&(u, v)| point(u, v)).collect();
        let parts = points.split(Option::is_none).filter(|part| part.len() > 1);
        parts.map(|part| part.iter().flatten().map(|&point| self.pixel(point)).collect()).collect()
    }

    /// Draws the surface row by row from the far end; adjacent cells of one colour are one shape.
    fn facets(&self, scene: &mut Scene) {
        let half = self.relief.half();
        let side_px = half[0] * self.camera.scale_px() * 2.0;
        let facets = (side_px / FACET_PX).clamp(FACETS.0, FACETS.1) as usize;
        let light = self.camera.light();
        let eye = self.camera.direction([0.0, 0.0, 1.0]);
        // Rows run across the view as far as possible, and both directions begin at the far end.
        let along_u = eye[1].abs() >= eye[0].abs();
        let coordinate = |axis: usize, i: usize| {
            let share = 2.0 * i as f64 / facets as f64 - 1.0;
            half[axis] * if eye[axis] > 0.0 { share } else { -share }
        };
        let corner = |row: usize, column: usize| {
            let (u, v) = if along_u { (column, row) } else { (row, column) };
            let (u, v) = (coordinate(0, u), coordinate(1, v));
            [u, v, self.relief.height(u, v)]
        };
        for row in 0..facets {
            let mut strip: (Vec<[f64; 3]>, Vec<[f64; 3]>) = Default::default();
            let mut look = None;
            for column in 0..=facets {
                let (far, close) = (corner(row, column), corner(row + 1, column));
                let next = (column < facets)
                    .then(|| {
                        let others = [corner(row, column + 1), corner(row + 1, column + 1)];
                        let middle: [f64; 3] = std::array::from_fn(|i| {
                            0.25 * (far[i] + close[i] + others[0][i] + others[1][i])
                        });
                        middle[2].is_finite().then(|| self.shade(middle, light, eye))
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

    /// A strip's outline, slightly enlarged at the end and the near side, where the next shapes
    /// cover it: between shapes that only touch, the background would show through.
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
        far.into_iter().chain(close.into_iter().rev()).map(whole_pixel).collect()
    }
}

fn contour(scene: &mut Scene, points: &[(f64, f64)], role: ColorRole, width: u32, alpha: f64) {
    let points = simplified(points, SLACK_PX).into_iter().map(whole_pixel).collect();
    scene.push(Shape::Path(points, width), role, alpha);
}

/// The nearest whole pixel, in units of a scene: fractions would be a third of the picture on the
/// first screen, and nobody sees them.
fn whole_pixel((x_px, y_px): (f64, f64)) -> (i32, i32) {
    in_units((libm::round(x_px), libm::round(y_px)))
}

/// A point slightly beyond another, as seen from a third.
fn beyond(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt();
    let share = if length > 0.1 { 0.8 / length } else { 0.0 };
    (to.0 + share * dx, to.1 + share * dy)
}
