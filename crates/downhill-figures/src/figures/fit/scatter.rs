//! The part of the plane that the data's pane shows, and what can be grabbed there.

use downhill::Dataset;

use super::window::{Window, round_out};
use crate::draw::between;
use crate::panes::curve::round_to;

/// The radius within which a press grabs something, in CSS pixels: about the width of a finger.
const REACH_PX: f64 = 15.0;

/// The distance within which a press grabs the line.
const LINE_PX: f64 = 9.0;

/// How far a point can be pulled out of the view, in heights of the view.
const FARTHEST: f64 = 2.0;

/// What is being dragged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Held {
    /// A point of the data, by its index.
    Point(usize),
    /// An end of the line, which rotates it.
    End,
    /// The middle of the line, which shifts it.
    Middle,
    /// The marble on the loss surface.
    Marble,
}

/// The points and the line in their window.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scatter {
    pub(crate) window: Window,
}

impl Scatter {
    /// Fits the view to all points and the origin, through which every line of the model wx passes.
    pub(crate) fn look(&mut self, data: &Dataset) {
        let mut reach = [[0.0_f64; 2]; 2];
        for point in data.points() {
            for (axis, &coordinate) in reach.iter_mut().zip(point) {
                axis[0] = if coordinate < axis[0] { coordinate } else { axis[0] };
                axis[1] = if coordinate > axis[1] { coordinate } else { axis[1] };
            }
        }
        [self.window.x, self.window.y] = reach.map(|[low, high]| {
            let margin = 0.06 * (high - low);
            round_out(low - margin, high + margin)
        });
    }

    /// Where the line can be grabbed: near the visible ends and in the middle.
    pub(super) fn handles(&self, [w, b]: [f64; 2]) -> [Option<(f64, f64)>; 3] {
        let frame = self.window.frame();
        let place = |x: f64| frame.point_px(x, w * x + b);
        let (width, seen) = (frame.x.to - frame.x.from, |at: &(f64, f64)| {
            (frame.top_px..=frame.bottom_px()).contains(&at.1)
        });
        // The outermost visible one of a few positions.
        let outermost = |from: f64, to: f64| {
            let places = (0..=20)
                .map(|i| place(frame.x.from + width * (from + (to - from) * f64::from(i) / 20.0)));
            places.into_iter().find(seen)
        };
        let middle = Some(place(frame.x.from + 0.5 * width)).filter(seen);
        [outermost(0.04, 0.4), middle, outermost(0.96, 0.6)]
    }

    /// What a press here grabs: the nearest point or handle, else the line.
    pub(crate) fn grip(
        &self,
        data: &Dataset,
        line: [f64; 2],
        model_has_b: bool,
        (x_px, y_px): (f64, f64),
    ) -> Option<Held> {
        let [left, middle, right] = self.handles(line);
        let middle = middle.filter(|_| model_has_b);
        let handles = [(left, Held::End), (right, Held::End), (middle, Held::Middle)];
        let away = |at: (f64, f64)| libm::hypot(at.0 - x_px, at.1 - y_px);
        let nearest = self
            .point_at(data, (x_px, y_px))
            .map(|(index, away)| (Held::Point(index), away))
            .into_iter()
            .chain(handles.into_iter().filter_map(|(at, held)| Some((held, away(at?)))))
            .filter(|(_, away)| *away <= REACH_PX)
            .min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((held, _)) = nearest {
            return Some(held);
        }
        let frame = self.window.frame();
        let (x, _) = frame.world(x_px, y_px);
        // The distance along the normal, from the vertical distance.
        let units = (frame.height_px / (frame.y.to - frame.y.from))
            / (frame.width_px / (frame.x.to - frame.x.from));
        let steep = line[0] * units;
        let up = frame.y_px(line[0] * x + line[1]) - y_px;
        if (up / f64::sqrt(1.0 + steep * steep)).abs() > LINE_PX {
            return None;
        }
        let share = (x_px - frame.left_px) / frame.width_px;
        let shifts = model_has_b && (share - 0.5).abs() < 0.2;
        Some(if shifts { Held::Middle } else { Held::End })
    }

    /// The nearest point and its distance in CSS pixels.
    pub(crate) fn point_at(&self, data: &Dataset, at_px: (f64, f64)) -> Option<(usize, f64)> {
        let frame = self.window.frame();
        let away = |&[x, y]: &[f64; 2]| {
            let (x_px, y_px) = frame.point_px(x, y);
            libm::hypot(x_px - at_px.0, y_px - at_px.1)
        };
        let points = data.points().iter().enumerate();
        points.map(|(index, point)| (index, away(point))).min_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The point of the data selected by a tap.
    pub(crate) fn touched(&self, data: &Dataset, at_px: (f64, f64)) -> Option<usize> {
        self.point_at(data, at_px).filter(|(_, away)| *away <= REACH_PX).map(|(index, _)| index)
    }

    /// The position in data units, with few digits and within the view.
    pub(crate) fn world(&self, x_px: f64, y_px: f64) -> [f64; 2] {
        self.beyond(x_px, y_px, 0.0)
    }

    /// The same, up to [`FARTHEST`] above and below: the pane is low, and a point may be pulled far.
    pub(super) fn pulled(&self, x_px: f64, y_px: f64) -> [f64; 2] {
        self.beyond(x_px, y_px, FARTHEST)
    }

    fn beyond(&self, x_px: f64, y_px: f64, heights: f64) -> [f64; 2] {
        let frame = self.window.frame();
        let (x, y) = frame.world(x_px, y_px);
        let more = heights * (frame.y.to - frame.y.from);
        let y = between(y, frame.y.from - more, frame.y.to + more);
        [round_to(frame.x.nearest(x), frame.x), round_to(y, frame.y)]
    }

    /// The line after dragging to a position; `None` if the position does not determine it.
    pub(crate) fn dragged(
        &self,
        held: Held,
        [w, b]: [f64; 2],
        model_has_b: bool,
        at_px: (f64, f64),
    ) -> Option<[f64; 2]> {
        let frame = self.window.frame();
        let (x, y) = frame.world(at_px.0, at_px.1);
        let y = frame.y.nearest(y);
        let width = frame.x.to - frame.x.from;
        let pivot = if model_has_b { frame.x.from + 0.5 * width } else { 0.0 };
        let arm = x - pivot;
        let line = match held {
            Held::Middle => [w, y - w * x],
            _ if arm.abs() < 0.03 * width => return None,
            _ if model_has_b => {
                let height = w * pivot + b;
                let turned = (y - height) / arm;
                [turned, height - turned * pivot]
            }
            _ => [y / arm, 0.0],
        };
        let rise = (frame.y.to - frame.y.from) / width;
        let fine = |value: f64, unit: f64| {
            let decimals = 3.0 - f64::floor(libm::log10(unit));
            crate::text::numbers::to_decimals(value, decimals)
        };
        Some([fine(line[0], rise), fine(line[1], frame.y.to - frame.y.from)])
    }
}
