//! Flat shapes around the hill: its floor with labels, and the patch of surface that is felt under
//! the blindfold.

use super::camera::Camera;
use super::height_field::{FLOOR, HEIGHT, HeightField};
use crate::draw::{Align, Anchor, ColorRole, Height, Scene, Shape, simplified, units};
use crate::panes::contour_map::ContourPane;
use crate::text::locale::Locale;

/// A vertex closer than this to a line without it is dropped, in CSS pixels.
const SLACK_PX: f64 = 0.2;

/// How far outside the floor the labels are.
const OUTSIDE: f64 = 1.11;

/// A hill to be drawn in perspective or as a map.
pub(crate) struct Drawing<'a> {
    pub(crate) camera: Camera,
    pub(crate) relief: &'a HeightField,
    /// The map drawn instead of the hill, if any.
    pub(crate) map: Option<&'a ContourPane>,
}

impl Drawing<'_> {
    pub(super) fn pixel(&self, point: [f64; 3]) -> (f64, f64) {
        match self.map {
            Some(map) => map.place_of(self.relief.place(point[0], point[1])),
            None => self.camera.project(point).0,
        }
    }

    pub(super) fn polygon(
        &self,
        scene: &mut Scene,
        points: &[[f64; 3]],
        role: ColorRole,
        light: i8,
        alpha: f64,
    ) {
        let corners = points.iter().map(|&point| in_units(self.pixel(point))).collect();
        scene.push_lit(Shape::Polygon(corners), role, alpha, light);
    }

    pub(super) fn line(
        &self,
        scene: &mut Scene,
        points: &[(f64, f64)],
        role: ColorRole,
        width: u32,
        alpha: f64,
    ) {
        let points = simplified(points, SLACK_PX).into_iter().map(in_units).collect();
        scene.push(Shape::Path(points, width), role, alpha);
    }

    pub(super) fn border(&self) -> [[f64; 3]; 5] {
        let [u, v] = self.relief.half();
        [[-u, -v], [u, -v], [u, v], [-u, v], [-u, -v]].map(|[u, v]| [u, v, FLOOR])
    }

    /// The border of the floor.
    pub(crate) fn frame(&self, scene: &mut Scene) {
        let border = self.border().map(|point| self.pixel(point));
        self.line(scene, &border, ColorRole::Muted, 6, 0.7);
    }

    /// The two edges of the floor that are nearest to the eye, which its numbers are along.
    pub(crate) fn front_edges(&self, scene: &mut Scene) {
        let half = self.relief.half();
        let eye = self.camera.direction([0.0, 0.0, 1.0]);
        for axis in 0..2 {
            let side = if eye[1 - axis] > 0.0 { half[1 - axis] } else { -half[1 - axis] };
            let ends = [-half[axis], half[axis]].map(|along| {
                let mut at = [0.0, 0.0, FLOOR];
                (at[axis], at[1 - axis]) = (along, side);
                self.pixel(at)
            });
            self.line(scene, &ends, ColorRole::Muted, 6, 0.7);
        }
    }

    /// The colour band and lighting of the surface around a point.
    pub(super) fn shade(
        &self,
        [u, v, z]: [f64; 3],
        light: [f64; 3],
        eye: [f64; 3],
    ) -> (ColorRole, i8) {
        let tints = ColorRole::TINTS;
        let step = (z / HEIGHT * tints.len() as f64) as usize;
        let role = tints[step.min(tints.len() - 1)];
        let [_, rise_u, rise_v] = self.relief.height_and_slope(u, v);
        let normal = [-rise_u, -rise_v, 1.0];
        (role, brightness(normal, light, eye))
    }

    /// The labels along the two edges of the floor that are nearest to the eye.
    pub(crate) fn numbers(&self, scene: &mut Scene, locale: &Locale) {
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
                let number = locale.short(value);
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
                scene.text(&text, at_px, 12.0, ColorRole::Muted, anchor);
            }
        }
    }

    /// The patch around a blindfolded walker: a disc of the tangent plane with its own contours.
    pub(crate) fn patch(&self, scene: &mut Scene, at: [f64; 2], radius: f64) {
        let [u, v] = self.relief.to_uv(at);
        let [height, rise_u, rise_v] = self.relief.height_and_slope(u, v);
        if !height.is_finite() {
            return;
        }
        let on_plane = |du: f64, dv: f64| [u + du, v + dv, height + rise_u * du + rise_v * dv];
        let ring: Vec<[f64; 3]> = (0..=48_u32)
            .map(|i| f64::from(i) * std::f64::consts::TAU / 48.0)
            .map(|angle| on_plane(radius * libm::cos(angle), radius * libm::sin(angle)))
            .collect();
        let mut eye = [0.0, 0.0, 1.0];
        if self.map.is_none() {
            let floor: Vec<[f64; 3]> = ring.iter().map(|&[u, v, _]| [u, v, FLOOR]).collect();
            self.polygon(scene, &floor, ColorRole::Muted, 0, 0.18);
            eye = self.camera.direction(eye);
        }
        let (role, light) = self.shade([u, v, height], self.camera.light(), eye);
        self.polygon(scene, &ring, role, light, 1.0);
        let length = (rise_u * rise_u + rise_v * rise_v).sqrt();
        if length > 1e-9 {
            // Lines of equal height, spaced according to the slope.
            let (along_u, along_v) = (rise_u / length, rise_v / length);
            let gap = HEIGHT / 48.0 / length;
            let most = f64::floor(radius / gap).clamp(0.0, 30.0) as i32;
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
                let role = if i == 0 { ColorRole::ContourIndex } else { ColorRole::Contour };
                self.line(scene, &[end(-1.0), end(1.0)], role, 6, 0.9);
            }
        }
        let outline: Vec<_> = ring.into_iter().map(|point| self.pixel(point)).collect();
        self.line(scene, &outline, ColorRole::ContourIndex, 10, 1.0);
    }
}

/// The lighting of a surface with this normal, in hundredths: 0 for a horizontal one. Seen from
/// below it is dark.
fn brightness(normal: [f64; 3], light: [f64; 3], eye: [f64; 3]) -> i8 {
    let dot = |a: [f64; 3], b: [f64; 3]| a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    if dot(normal, eye) < 0.0 {
        return -68;
    }
    let lambert = dot(normal, light) / dot(normal, normal).sqrt() - light[2];
    // Few enough values that neighbours often share one.
    (libm::round(25.0 * lambert.clamp(-1.0, 1.0)) * 4.0) as i8 + 16
}

pub(super) fn in_units((x_px, y_px): (f64, f64)) -> (i32, i32) {
    (units(x_px), units(y_px))
}
