//! The pane of the loss: a curve over w, or contours over w and b, with the runs on it.

use super::data_pane::named_cross_hair;
use super::walker::Walker;
use super::window::{name_axes, tick_counts, tick_label};
use super::{Fit, LOSS};
use crate::draw::{
    Align, Anchor, ColorRole, ContourMap, Frame, Height, OverlayShape, SUBPIXEL, Scene, Shape,
    WHOLE, draw_axes, draw_map, units,
};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::annotations::{alpha_marks, gone, guess_mark, tangent};
use crate::panes::curve::within;
use crate::text::locale::Locale;

/// Sample points of the curve.
const SAMPLES: usize = 160;

/// Half the length of the tangent in CSS pixels.
const TANGENT_PX: f64 = 60.0;

/// The most iterates of a trail that are drawn: thousands of noisy ones would cover everything.
const LONGEST_TRAIL: usize = 1500;

/// Closer to the present bottom, the name of the one before would cover the walk's end.
const BESIDE_PX: f64 = 60.0;

/// The loss with the runs.
pub(super) struct LossPane<'a>(pub(super) &'a Fit);

impl PaneView for LossPane<'_> {
    /// Axes, with contours or a curve.
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let (frame, valley) = (self.frame(), &self.0.valley);
        let (most, label) = (tick_counts(&frame), tick_label(locale));
        if self.0.has_b() {
            draw_map(scene, &frame, &ContourMap::new(&frame, WHOLE, &|w, b| valley.value(w, b)));
            draw_axes(scene, &frame, most, &label, false);
            return name_axes(scene, &frame, "w", "b");
        }
        draw_axes(scene, &frame, most, &label, true);
        let points: Vec<(i32, i32)> = (0..=SAMPLES)
            .map(|i| frame.x.from + (frame.x.to - frame.x.from) * i as f64 / SAMPLES as f64)
            .map(|w| within(frame.point_px(w, valley.value(w, 0.0))))
            .filter(|(_, y_px)| *y_px >= frame.top_px - 1.0)
            .map(|(x_px, y_px)| (units(x_px), units(y_px)))
            .collect();
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        let floor = units(frame.bottom_px());
        let mut ground = points.clone();
        ground.extend([(last.0, floor), (first.0, floor)]);
        scene.push(Shape::Polygon(ground), ColorRole::Tint1, 0.55);
        scene.push(Shape::Path(points, 2 * SUBPIXEL as u32), ColorRole::Curve, 1.0);
        name_axes(scene, &frame, "w", "");
        // In the middle, where the curve is low.
        let top = (frame.left_px + frame.width_px / 2.0, frame.top_px + 2.0);
        let anchor = Anchor { across: Align::Middle, height: Height::Top };
        scene.text(&locale.get("fit-axis-loss"), top, 13.0, ColorRole::Ink, anchor);
    }

    /// The runs, with the last of the list at the bottom.
    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let mut shapes = Vec::new();
        self.before(view, &mut shapes);
        if let Some(bottom) = self.0.valley.minimizer.filter(|_| !view.predicting) {
            shapes.extend(OverlayShape::minimizer_mark(self.pixel(bottom)));
        }
        let walkers = self.0.walkers(view.position);
        for (index, walker) in walkers.iter().enumerate().rev() {
            self.walk(walker, view, index == 0, &mut shapes);
        }
        if let Some(guess) = view.guess.or(view.verdict.map(|verdict| &verdict.guess))
            && let Some(&w) = guess.at.first()
        {
            let at = [w, guess.at.get(1).copied().unwrap_or(0.0)];
            shapes.push(guess_mark(self.pixel(at)));
        }
        if let Some((LOSS, at_px)) = view.cursor {
            shapes.extend(self.hover(at_px, view.locale));
        }
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        let Self(fit) = self;
        let at = fit.loss_frame.world(fit.has_b(), x_px, y_px);
        Place::Point { run: 0, at: at[..fit.model.parameters()].to_vec() }
    }

    fn cross_hair_start(&self, k: u32) -> (f64, f64) {
        let Self(fit) = self;
        fit.loss_frame.window.inside(self.pixel(fit.course.iterate(k as usize).x))
    }
}

impl LossPane<'_> {
    fn frame(&self) -> Frame {
        self.0.loss_frame.window.frame()
    }

    /// Where parameters are drawn.
    fn pixel(&self, at: [f64; 2]) -> (f64, f64) {
        let Self(fit) = self;
        fit.loss_frame.place(&self.frame(), &fit.valley, fit.has_b(), at)
    }

    /// The loss before the last change of the points: its curve, or its bottom on a map.
    fn before(&self, view: &ViewState<'_>, shapes: &mut Vec<OverlayShape>) {
        let Some(before) = self.0.before.as_ref() else { return };
        let (frame, role) = (self.frame(), ColorRole::Muted);
        if !self.0.has_b() {
            let points = (0..=SAMPLES)
                .map(|i| frame.x.from + (frame.x.to - frame.x.from) * i as f64 / SAMPLES as f64)
                .map(|w| within(frame.point_px(w, before.value(w, 0.0))))
                .collect();
            let (width, dashed, opacity) = (1.5, true, 1.0);
            let curve = OverlayShape::Path { points, role, width, dashed, opacity };
            shapes.push(OverlayShape::within(&frame, vec![curve]));
        }
        let Some(bottom) = before.minimizer.filter(|_| !view.predicting) else { return };
        let (x, y) = frame.point_px(
            bottom[0],
            if self.0.has_b() { bottom[1] } else { before.value(bottom[0], 0.0) },
        );
        if frame.left_px < x && x < frame.right_px() && frame.top_px < y && y < frame.bottom_px() {
            let fill = ColorRole::Panel;
            shapes.push(OverlayShape::Disc { at: (x, y), radius: 3.5, fill, outline: role });
            let now = self.0.valley.minimizer.map(|now| self.pixel(now));
            let apart = now.is_none_or(|now| libm::hypot(x - now.0, y - now.1) > BESIDE_PX);
            if apart {
                let text = view.locale.get("mark-before");
                let (at, align) = ((x, y - 13.0), Align::Middle);
                shapes.push(OverlayShape::Label { at, text, role, align });
            }
        }
    }

    fn walk(
        &self,
        walker: &Walker<'_>,
        view: &ViewState<'_>,
        is_first: bool,
        shapes: &mut Vec<OverlayShape>,
    ) {
        let (frame, valley, line) = (self.frame(), &self.0.valley, self.0.has_b());
        let Walker { course, position } = walker;
        let role = course.role();
        let behind = (f64::floor(*position) as usize).min(course.last());
        let end = if view.whole { course.last() } else { behind };
        let from = (end + 1).saturating_sub(LONGEST_TRAIL);
        let mut trail: Vec<(f64, f64)> =
            course.path()[from..=end].iter().map(|iterate| self.pixel(iterate.x)).collect();
        let dots = trail.clone();
        let (here, next) = (course.path()[behind], course.iterate(behind + 1));
        let share = position - f64::floor(*position);
        let at: [f64; 2] = std::array::from_fn(|i| here.x[i] + share * (next.x[i] - here.x[i]));
        let marble = self.pixel(at);
        if end == behind {
            trail.push(marble);
        }
        let path = |points, role, width, opacity| OverlayShape::Path {
            points,
            role,
            width,
            dashed: !line,
            opacity,
        };
        let mut inside = Vec::new();
        if line {
            // A halo separates the trail from contours of a similar colour.
            inside.push(path(trail.clone(), ColorRole::Panel, 4.0, 0.6));
        }
        inside.push(path(trail, role, 1.4, 0.7));
        inside.push(OverlayShape::Dots {
            points: dots,
            radius: if end > 60 { 1.6 } else { 3.0 },
            role,
        });
        let resting = is_first && share == 0.0;
        if resting && !line {
            inside.push(tangent(&frame, marble, valley.slope_at(at[0]), TANGENT_PX));
        }
        // The arrow would give away the prediction.
        if resting && !view.predicting && next.x != here.x {
            let (from, to) = (marble, self.pixel(next.x));
            inside.push(OverlayShape::Arrow { from, to, role: ColorRole::Step, width: 2.2 });
        }
        shapes.push(OverlayShape::within(&frame, inside));
        let radius = if is_first { 7.0 } else { 5.5 };
        if frame.contains(at[0], if line { at[1] } else { valley.value(at[0], 0.0) }) {
            shapes.push(OverlayShape::Disc {
                at: marble,
                radius,
                fill: role,
                outline: ColorRole::Panel,
            });
        } else if is_first {
            let values = [("k", &*behind.to_string()), ("w", &*view.locale.short(at[0]))];
            let [w, middle_px] = [at[0], frame.left_px + frame.width_px / 2.0];
            let right = w > frame.x.to || w >= frame.x.from && marble.0 > middle_px;
            shapes.extend(gone(&frame, right, view.locale.format("fit-gone", &values)));
        }
        if is_first {
            let place = |k: usize| {
                let [w, b] = course.iterate(k).x;
                let shown = frame.contains(w, if line { b } else { valley.value(w, 0.0) });
                shown.then(|| self.pixel([w, b]))
            };
            let list = self.0.changes.list().iter().filter(|(k, _)| *k as usize >= from);
            let list: Vec<(u32, f64)> = list.copied().collect();
            let corner = (frame.right_px(), frame.bottom_px());
            shapes.extend(alpha_marks(&list, end, &place, corner, view.locale));
        }
    }

    /// The cross-hair, which on the curve is above or below the pointer.
    fn hover(&self, at_px: (f64, f64), locale: &Locale) -> Vec<OverlayShape> {
        let (frame, line) = (self.frame(), self.0.has_b());
        let (w, b) = frame.world(at_px.0, at_px.1);
        if !frame.contains(w, b) {
            return Vec::new();
        }
        let loss = self.0.valley.value(w, if line { b } else { 0.0 });
        let [w_text, b_text, loss_text] = [w, b, loss].map(|value| locale.short(value));
        let values = [("w", &*w_text), ("b", &*b_text), ("loss", &*loss_text)];
        let text = locale.format(if line { "fit-hover-wb" } else { "fit-hover-w" }, &values);
        let on = if line { at_px } else { self.pixel([w, 0.0]) };
        named_cross_hair(&frame, self.0.loss_frame.window.inside(on), text)
    }
}
