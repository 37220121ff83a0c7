//! The pane of the loss: a curve over w, or contours over w and b, with the runs on it.

use super::data_pane::named_cross_hair;
use super::loss_surface::LossSurface;
use super::training_run::TrainingRun;
use super::window::{Window, name_axes, round_out, tick_label};
use crate::draw::{
    Align, Anchor, ColorRole, ContourMap, Frame, Height, OverlayShape, SUBPIXEL, Scene, Shape,
    Ticks, WHOLE, draw_axes, draw_map, units,
};
use crate::framework::figure_kind::ViewState;
use crate::panes::annotations::{gone, guess_mark, tangent};
use crate::panes::curve::{round_to, within};
use crate::text::locale::Locale;

/// Sample points of the curve.
const SAMPLES: usize = 160;

/// Half the length of the tangent in CSS pixels.
const TANGENT_PX: f64 = 60.0;

/// The most iterates of a trail that are drawn: thousands of noisy ones would cover everything.
const LONGEST_TRAIL: usize = 1500;

/// The radius within which a press grabs the marble, in CSS pixels.
const REACH_PX: f64 = 18.0;

/// The view extends beyond its content by this factor.
const MARGIN: f64 = 1.25;

/// The number of a run's first iterates that the view can grow to include.
const FOLLOWED: usize = 200;

#[derive(Clone, Debug, Default)]
pub(crate) struct LossPane {
    pub(crate) window: Window,
}

/// A run at its current iterate.
pub(crate) struct Walker<'a> {
    pub(crate) course: &'a TrainingRun,
    /// A fractional index.
    pub(crate) position: f64,
}

impl LossPane {
    /// Fits the view to the minimizer, the start, and the first steps of a run that stays near
    /// them.
    pub(crate) fn fit_view(&mut self, valley: &LossSurface, line: bool, courses: &[&TrainingRun]) {
        let Some(first) = courses.first() else { return };
        let start = first.path[0].x;
        let bottom = valley.minimizer.unwrap_or(start);
        let wide = libm::hypot(start[0] - bottom[0], (start[1] - bottom[1]) / valley.ratio());
        let size = if bottom[0].abs() > 0.0 { 0.5 * bottom[0].abs() } else { 1.0 };
        let wide = if wide > 0.1 * size { wide } else { size };
        let mut reach = [wide, 0.25 * wide * valley.ratio()];
        if line && (start[1] - bottom[1]).abs() > reach[1] {
            reach[1] = (start[1] - bottom[1]).abs();
        }
        // A diverging run is included for a step or two, any other for as long as it stays near.
        let most = reach.map(|reach| 2.0 * reach);
        for iterate in courses.iter().flat_map(|course| course.path.iter().take(FOLLOWED)) {
            for axis in 0..2 {
                let out = (iterate.x[axis] - bottom[axis]).abs();
                if out > reach[axis] && out <= most[axis] {
                    reach[axis] = out;
                }
            }
        }
        let span = |axis: usize| {
            let reach = MARGIN * reach[axis];
            round_out(bottom[axis] - reach, bottom[axis] + reach)
        };
        self.window.x = span(0);
        self.window.y = if line {
            span(1)
        } else {
            let highest = self.window.x.map(|w| valley.value(w, 0.0));
            let highest = if highest[0] > highest[1] { highest[0] } else { highest[1] };
            let lowest = valley.value(bottom[0], 0.0);
            let low = if lowest < 0.3 * highest { 0.0 } else { lowest };
            let [_, high] = round_out(low, highest);
            // Room for the mark below the minimum.
            [low - 0.05 * (high - low), high]
        };
    }

    pub(crate) fn still(
        &self,
        scene: &mut Scene,
        valley: &LossSurface,
        line: bool,
        locale: &Locale,
    ) {
        let frame = self.window.frame();
        let x = Ticks::round(frame.x, (frame.width_px / 60.0) as usize, tick_label(locale));
        let y = Ticks::round(frame.y, (frame.height_px / 40.0) as usize, tick_label(locale));
        if line {
            draw_map(scene, &frame, &ContourMap::new(&frame, WHOLE, |w, b| valley.value(w, b)));
            draw_axes(scene, &frame, &x, &y, false);
            return name_axes(scene, &frame, "w", "b");
        }
        draw_axes(scene, &frame, &x, &y, true);
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
        scene.push(Shape::Path(points, 2 * SUBPIXEL as u32), ColorRole::ContourIndex, 1.0);
        name_axes(scene, &frame, "w", "");
        // In the middle, where the curve is low.
        let top = (frame.left_px + frame.width_px / 2.0, frame.top_px + 2.0);
        let anchor = Anchor { across: Align::Middle, height: Height::Top };
        scene.text(&locale.get("fit-axis-loss"), top, 13.0, ColorRole::Ink, anchor);
    }

    /// Where parameters are drawn.
    fn place(&self, frame: &Frame, valley: &LossSurface, line: bool, at: [f64; 2]) -> (f64, f64) {
        within(frame.point_px(at[0], if line { at[1] } else { valley.value(at[0], 0.0) }))
    }

    /// The runs, with the last of the list at the bottom.
    pub(crate) fn marks(
        &self,
        valley: &LossSurface,
        line: bool,
        walkers: &[Walker<'_>],
        view: &ViewState<'_>,
    ) -> Vec<OverlayShape> {
        let frame = self.window.frame();
        let mut marks = Vec::new();
        if let Some(bottom) = valley.minimizer.filter(|_| !view.predicting) {
            marks.extend(OverlayShape::minimizer_mark(self.place(&frame, valley, line, bottom)));
        }
        for (index, walker) in walkers.iter().enumerate().rev() {
            self.walk(valley, line, walker, view, index == 0, &mut marks);
        }
        if let Some(guess) = view.guess.or(view.verdict.map(|verdict| &verdict.guess))
            && let Some(&w) = guess.at.first()
        {
            let at = [w, guess.at.get(1).copied().unwrap_or(0.0)];
            let at = self.place(&frame, valley, line, at);
            marks.push(guess_mark(at));
        }
        if let Some((_, at_px)) = view.cursor.filter(|(pane, _)| *pane == 1) {
            marks.extend(self.hover(&frame, valley, line, at_px, view.locale));
        }
        marks
    }

    fn walk(
        &self,
        valley: &LossSurface,
        line: bool,
        walker: &Walker<'_>,
        view: &ViewState<'_>,
        is_first: bool,
        marks: &mut Vec<OverlayShape>,
    ) {
        let frame = self.window.frame();
        let Walker { course, position } = walker;
        let role = course.role();
        let behind = (libm::floor(*position) as usize).min(course.last());
        let from = (behind + 1).saturating_sub(LONGEST_TRAIL);
        let place = |at: [f64; 2]| self.place(&frame, valley, line, at);
        let mut trail: Vec<(f64, f64)> =
            course.path[from..=behind].iter().map(|iterate| place(iterate.x)).collect();
        let dots = trail.clone();
        let (here, next) = (course.path[behind], course.iterate(behind + 1));
        let share = position - libm::floor(*position);
        let at: [f64; 2] = std::array::from_fn(|i| here.x[i] + share * (next.x[i] - here.x[i]));
        let marble = place(at);
        trail.push(marble);
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
            radius: if behind > 60 { 1.6 } else { 3.0 },
            role,
        });
        let resting = is_first && share == 0.0;
        if resting && !line {
            inside.push(tangent(&frame, marble, valley.slope_at(at[0]), TANGENT_PX));
        }
        // The arrow would give away the prediction.
        if resting && !view.predicting && next.x != here.x {
            let (from, to) = (marble, place(next.x));
            inside.push(OverlayShape::Arrow { from, to, role: ColorRole::Step, width: 2.2 });
        }
        marks.push(OverlayShape::within(&frame, inside));
        let radius = if is_first { 7.0 } else { 5.5 };
        if frame.contains(at[0], if line { at[1] } else { valley.value(at[0], 0.0) }) {
            marks.push(OverlayShape::Disc {
                at: marble,
                radius,
                fill: role,
                outline: ColorRole::Panel,
            });
        } else if is_first {
            let values = [("k", &*behind.to_string()), ("w", &*view.locale.short(at[0]))];
            let [w, middle_px] = [at[0], frame.left_px + frame.width_px / 2.0];
            let right = w > frame.x.to || w >= frame.x.from && marble.0 > middle_px;
            marks.extend(gone(&frame, right, view.locale.format("fit-gone", &values)));
        }
    }

    fn hover(
        &self,
        frame: &Frame,
        valley: &LossSurface,
        line: bool,
        at_px: (f64, f64),
        locale: &Locale,
    ) -> Vec<OverlayShape> {
        let (w, b) = frame.world(at_px.0, at_px.1);
        if !frame.contains(w, b) {
            return Vec::new();
        }
        let loss = valley.value(w, if line { b } else { 0.0 });
        let [w_text, b_text, loss_text] = [w, b, loss].map(|value| locale.short(value));
        let values = [("w", &*w_text), ("b", &*b_text), ("loss", &*loss_text)];
        let text = locale.format(if line { "fit-hover-wb" } else { "fit-hover-w" }, &values);
        let on = if line { at_px } else { self.place(frame, valley, line, [w, 0.0]) };
        named_cross_hair(frame, self.window.inside(on), text)
    }

    /// The parameters under a point of the pane, with few digits and within the view.
    pub(crate) fn world(&self, line: bool, x_px: f64, y_px: f64) -> [f64; 2] {
        let frame = self.window.frame();
        let (w, b) = frame.world(x_px, y_px);
        let w = round_to(frame.x.nearest(w), frame.x);
        [w, if line { round_to(frame.y.nearest(b), frame.y) } else { 0.0 }]
    }

    pub(crate) fn place_of(&self, valley: &LossSurface, line: bool, at: [f64; 2]) -> (f64, f64) {
        self.window.inside(self.place(&self.window.frame(), valley, line, at))
    }

    /// Whether a press here grabs the marble.
    pub(crate) fn touches(
        &self,
        valley: &LossSurface,
        line: bool,
        at: [f64; 2],
        (x_px, y_px): (f64, f64),
    ) -> bool {
        let marble = self.place(&self.window.frame(), valley, line, at);
        libm::hypot(marble.0 - x_px, marble.1 - y_px) <= REACH_PX
    }
}
