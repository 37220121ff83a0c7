//! A chart of measurements over the steps.

use crate::draw::{Align, Axis, ColorRole, Frame, OverlayShape, Scene, between, draw_axes};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::chart_lines;
use crate::panes::curve::within;
use crate::panes::labels::beside;
use crate::text::locale::Locale;

/// Half the width of a line, which is drawn beyond the edges too.
const EDGE_PX: f64 = 2.0;

/// Charts narrower than this have their names in a corner.
const NARROW_PX: f64 = 160.0;

/// One line of a chart.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) role: ColorRole,
    /// Steps with their values, in order.
    pub(super) points: Vec<(f64, f64)>,
    /// Whether it is dotted and thinner than others.
    pub(super) dashed: bool,
    /// Whether it is drawn behind others and without its value, as a kept run is.
    pub(super) faint: bool,
    /// Whether it is known beforehand, and so is drawn to its end at every step.
    pub(super) is_known: bool,
    /// Its name, at the shown step.
    pub(super) name: Name,
}

/// The name of a line.
#[derive(Clone, Debug)]
pub(super) enum Name {
    /// The key of a message.
    Key(&'static str),
    /// A text that is the same in every language.
    Text(String),
}

impl Name {
    fn text(&self, locale: &Locale) -> String {
        match self {
            Self::Key(key) => locale.get(key),
            Self::Text(text) => text.clone(),
        }
    }
}

/// A chart in its pane.
pub(super) struct RowChart<'a> {
    /// The index of the pane.
    pub(super) pane: usize,
    pub(super) size_px: (f64, f64),
    pub(super) steps: u32,
    pub(super) y: Axis,
    pub(super) lines: Vec<Line>,
    pub(super) changes: &'a [(u32, f64)],
}

impl RowChart<'_> {
    pub(super) fn frame(&self) -> Frame {
        let (left_px, top_px) = (42.0, 10.0);
        Frame {
            left_px,
            top_px,
            width_px: self.size_px.0 - left_px - 18.0,
            height_px: self.size_px.1 - top_px - 24.0,
            x: Axis::linear(0.0, f64::from(self.steps.max(1))),
            y: self.y,
        }
    }

    /// The height of a value, which may be beyond the edges.
    fn y_px(&self, frame: &Frame, value: f64) -> f64 {
        let low = if self.y.log && value <= 0.0 { self.y.from } else { value };
        within((0.0, frame.y_px(low))).1
    }

    /// A line up to a step, and from there on.
    fn parts(&self, frame: &Frame, line: &Line, to: f64) -> [Vec<(f64, f64)>; 2] {
        let place = |&(k, value): &(f64, f64)| (frame.x_px(k), self.y_px(frame, value));
        let until = line.points.partition_point(|(k, _)| *k <= to);
        let past = line.points[..until].iter().map(place).collect();
        let ahead = line.points[until.saturating_sub(1)..].iter().map(place).collect();
        [past, ahead]
    }
}

impl PaneView for RowChart<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let frame = self.frame();
        let [across, up] = [frame.width_px / 56.0, frame.height_px / 26.0].map(|n| n as usize);
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        draw_axes(scene, &frame, [across.min(self.steps as usize), up], &label, true);
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let frame = self.frame();
        let now = frame.x_px(view.position);
        let mut shapes = vec![chart_lines::at_shown_step(&frame, now)];
        let (mut inside, mut heads, mut places) = (Vec::new(), Vec::new(), Vec::new());
        // At the start there is no past to tell from what is ahead.
        let whole = view.whole || view.k == 0;
        for line in &self.lines {
            let to =
                if whole || line.is_known || line.faint { f64::INFINITY } else { view.position };
            let [past, ahead] = self.parts(&frame, line, to);
            let width = if line.dashed || line.faint { 1.5 } else { 2.2 };
            let path = |points, opacity| OverlayShape::Path {
                points,
                role: line.role,
                width,
                dashed: line.dashed,
                opacity,
            };
            if ahead.len() > 1 {
                inside.push(path(ahead, 0.3));
            }
            inside.push(path(past, if line.faint { 0.75 } else { 1.0 }));
            // What is known beforehand has its name at its end, where the others come last.
            let is_before = |(k, _): &&(f64, f64)| line.is_known || *k <= view.position;
            let head = line.points.iter().rev().find(is_before);
            let Some(&(k, value)) = head.or(line.points.first()) else { continue };
            let y_px = between(self.y_px(&frame, value), frame.top_px, frame.bottom_px());
            let at = (frame.x_px(k), y_px);
            if !line.faint && !line.is_known {
                let (fill, outline) = (line.role, ColorRole::Panel);
                heads.push(OverlayShape::Disc { at, radius: 4.0, fill, outline });
            }
            let mut name = line.name.text(view.locale);
            if value > self.y.to {
                name.push_str(" ↑");
            }
            places.push((at, name, line.role));
        }
        let room = Frame {
            top_px: frame.top_px - EDGE_PX,
            height_px: frame.height_px + 2.0 * EDGE_PX,
            ..frame
        };
        shapes.push(OverlayShape::within(&room, inside));
        let y_px = frame.bottom_px() - 12.0;
        let changes = chart_lines::at_changes(&frame, self.changes, &|k| k, y_px, view.locale);
        shapes.extend(changes.into_iter().flatten());
        shapes.extend(heads);
        if frame.width_px < NARROW_PX {
            // A list in the corner, since names beside the lines would cover them.
            for (row, (_, text, role)) in places.into_iter().enumerate() {
                let at = (frame.right_px() - 2.0, frame.top_px + 7.0 + 14.0 * row as f64);
                shapes.push(OverlayShape::Label { at, text, role, align: Align::End });
            }
        } else if !self.is_pointed_at(view) {
            shapes.extend(beside(places, (frame.right_px(), frame.bottom_px())));
        }
        shapes.extend(self.cross_hair(&frame, view));
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        let frame = self.frame();
        let (k, _) = frame.world(x_px, y_px);
        Place::Iteration(libm::round(frame.x.nearest(k)) as u32)
    }
}

impl RowChart<'_> {
    fn is_pointed_at(&self, view: &ViewState<'_>) -> bool {
        view.cursor.is_some_and(|(pane, _)| pane == self.pane)
    }

    /// Under the pointer, the values at the nearest measurement.
    fn cross_hair(&self, frame: &Frame, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Some((_, (x_px, _))) = view.cursor.filter(|(pane, _)| *pane == self.pane) else {
            return Vec::new();
        };
        let (locale, k) = (view.locale, frame.x.nearest(frame.world(x_px, 0.0).0));
        let mut places = Vec::new();
        let mut step = k;
        for line in self.lines.iter().filter(|line| !line.faint) {
            let off = |point: &&(f64, f64)| (point.0 - k).abs();
            let nearest = line.points.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
            let Some(&(at, value)) = nearest else { continue };
            step = at;
            let y_px = between(self.y_px(frame, value), frame.top_px, frame.bottom_px());
            let values = [("name", &*line.name.text(locale)), ("value", &*locale.short(value))];
            places.push(((frame.x_px(at), y_px), locale.format("net-value", &values), line.role));
        }
        let text = locale.format("chart-at", &[("k", &*(step as u64).to_string())]);
        chart_lines::at_pointer(frame, frame.x_px(step), places, text)
    }
}

/// The next round number that is at least as large.
pub(super) fn rounded_up(value: f64) -> f64 {
    if !(value > 0.0 && value.is_finite()) {
        return 1.0;
    }
    let decade = libm::pow(10.0, f64::floor(libm::log10(value)));
    let steps = [1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0];
    steps.into_iter().map(|step| step * decade).find(|step| *step >= value).unwrap_or(10.0 * decade)
}

#[cfg(test)]
mod tests {
    use super::rounded_up;

    #[test]
    fn axes_end_at_round_numbers() {
        for (value, round) in [(0.0, 1.0), (1.0, 1.0), (10.8, 12.0), (9.0, 10.0), (0.45, 0.5)] {
            assert!((rounded_up(value) - round).abs() < 1e-12, "{value}");
        }
        assert_eq!(rounded_up(f64::NAN), 1.0);
    }
}
