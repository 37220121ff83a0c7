//! The pane of the α-sweep: the curve, and on it the current run and the saved ones.

use downhill::{Outcome, SweepPoint};

use super::SWEEP;
use super::alpha_sweep::AlphaSweep;
use super::saved_runs::SavedRun;
use crate::descent::descent_1d::Descent1d;
use crate::draw::{
    Align, Anchor, ColorRole, Frame, Height, OverlayShape, SUBPIXEL, Scene, Shape, between,
    draw_axes, units,
};
use crate::framework::controls::regime_role;
use crate::framework::pane_view::PaneView;
use crate::framework::view_state::ViewState;
use crate::panes::labels::{LETTER_PX, push_apart};
use crate::text::locale::Locale;

/// The height of the strip with the regimes' colours, in CSS pixels.
const STRIP_PX: f64 = 6.0;

/// The sweep with the runs on it.
pub(super) struct SweepPane<'a> {
    pub(super) sweep: &'a AlphaSweep,
    /// The current run.
    pub(super) descent: &'a Descent1d,
    /// Its point in the sweep.
    pub(super) point: &'a SweepPoint,
    pub(super) saved: &'a [SavedRun],
    /// The width of the pane.
    pub(super) width_px: f64,
}

impl PaneView for SweepPane<'_> {
    /// Axes, the area below the curve, the diverging range, and the regimes of a quadratic.
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let frame = self.sweep.frame();
        let most = [frame.width_px / 60.0, frame.height_px / 26.0].map(|count| count as usize);
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        draw_axes(scene, &frame, most, &label, true);
        let bottom_px = frame.bottom_px();
        let area = |scene: &mut Scene, points: &[(f64, f64)], role, opacity| {
            let points = points.iter().map(|&(x, y)| (units(x), units(y))).collect();
            scene.push(Shape::Polygon(points), role, opacity);
        };
        let gone = |point: &SweepPoint| match point.outcome {
            Outcome::Diverged { .. } => Some("lab-diverges"),
            Outcome::Undefined { infinite: true, .. } => Some("lab-infinite"),
            Outcome::Undefined { .. } => Some("lab-undefined"),
            _ => None,
        };
        // Ranges of equal outcomes, separated midway between two learning rates.
        let points = self.sweep.points();
        let mut from = 0;
        while from < points.len() {
            let kind = gone(&points[from]);
            let count = points[from..].iter().take_while(|point| gone(point) == kind).count();
            let stretch = &points[from..from + count];
            let border = |a: usize, b: usize| {
                let middle = (AlphaSweep::across(&frame, points[a].alpha)
                    + AlphaSweep::across(&frame, points[b].alpha))
                    / 2.0;
                between(middle, frame.left_px, frame.right_px())
            };
            let left = if from == 0 {
                AlphaSweep::across(&frame, points[0].alpha)
            } else {
                border(from - 1, from)
            };
            let last = from + count - 1;
            let right =
                if last + 1 < points.len() { border(last, last + 1) } else { frame.right_px() };
            if let Some(key) = kind {
                let zone = [
                    (left, frame.top_px),
                    (right, frame.top_px),
                    (right, bottom_px),
                    (left, bottom_px),
                ];
                area(scene, &zone, ColorRole::Diverged, 0.13);
                if right - left > 64.0 {
                    let anchor = Anchor { across: Align::Middle, height: Height::Middle };
                    let at = ((left + right) / 2.0, frame.top_px + frame.height_px / 4.0);
                    scene.text(&locale.get(key), at, 13.0, ColorRole::Diverged, anchor);
                }
            } else {
                let mut line: Vec<(f64, f64)> = stretch
                    .iter()
                    .map(|point| {
                        (
                            AlphaSweep::across(&frame, point.alpha),
                            AlphaSweep::height(&frame, point.outcome),
                        )
                    })
                    .collect();
                let ridge = line.clone();
                line.extend(line.last().map(|last| (last.0, bottom_px)));
                line.extend(line.first().map(|first| (first.0, bottom_px)));
                area(scene, &line, ColorRole::Tint1, 0.55);
                let path = ridge.iter().map(|&(x, y)| (units(x), units(y))).collect();
                scene.push(Shape::Path(path, 2 * SUBPIXEL as u32), ColorRole::Curve, 1.0);
            }
            from += count;
        }
        // The sweep before the last change.
        let mut line: Vec<(i32, i32)> = Vec::new();
        for point in self.sweep.before() {
            let x = frame.x_px(point.alpha);
            let is_seen = frame.left_px <= x && x <= frame.right_px();
            if is_seen && matches!(point.outcome, Outcome::Converged { .. }) {
                line.push((units(x), units(AlphaSweep::height(&frame, point.outcome))));
            } else if line.len() > 1 {
                let path = Shape::Path(std::mem::take(&mut line), SUBPIXEL as u32);
                scene.push(path, ColorRole::Muted, 0.8);
            }
        }
        if line.len() > 1 {
            scene.push(Shape::Path(line, SUBPIXEL as u32), ColorRole::Muted, 0.8);
        }
        for band in self.descent.quadratic().map_or_else(Vec::new, |quadratic| quadratic.bands()) {
            let margin = if band.from == band.to { 1.5 } else { 0.0 };
            if band.from > frame.x.to || band.to <= frame.x.from {
                continue;
            }
            let (left, right) = (
                between(frame.x_px(band.from) - margin, frame.left_px, frame.right_px()),
                between(frame.x_px(band.to) + margin, frame.left_px, frame.right_px()),
            );
            let top = bottom_px - STRIP_PX;
            let strip = [(left, top), (right, top), (right, bottom_px), (left, bottom_px)];
            area(scene, &strip, regime_role(band.regime), 1.0);
        }
    }

    /// The step limit of the run, the saved runs, the current one, and the point under the
    /// pointer.
    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let (frame, locale) = (self.sweep.frame(), view.locale);
        let (present, steps) = (self.point, self.descent.steps());
        let line = |from, to, role| OverlayShape::Path {
            points: vec![from, to],
            role,
            width: 1.0,
            dashed: true,
            opacity: 1.0,
        };
        let label = |at, text, role, align| OverlayShape::Label { at, text, role, align };
        let mut shapes = Vec::new();
        let limit_px = between(frame.y_px(f64::from(steps)), frame.top_px, frame.bottom_px());
        let right = frame.right_px();
        shapes.push(line((frame.left_px, limit_px), (right, limit_px), ColorRole::Muted));
        let place = |point: &SweepPoint| {
            (AlphaSweep::across(&frame, point.alpha), AlphaSweep::height(&frame, point.outcome))
        };
        if let Some(best) = self.sweep.best() {
            shapes.extend(OverlayShape::minimizer_mark(place(&best)));
        }
        for run in self.saved.iter().filter(|run| self.shares_sweep(&run.descent)) {
            let (at, fill) = (place(&run.point), run.role());
            shapes.push(OverlayShape::Disc { at, radius: 5.5, fill, outline: ColorRole::Panel });
        }
        let at = place(present);
        shapes.push(line(at, (at.0, frame.bottom_px()), ColorRole::Ink));
        let role = match present.outcome {
            Outcome::Diverged { .. } | Outcome::Undefined { .. } => ColorRole::Diverged,
            _ => ColorRole::Ink,
        };
        let words = self.sweep.words(present, locale);
        let fits = at.0 + 13.0 + LETTER_PX * words.chars().count() as f64 <= self.width_px;
        let (align, aside) = if fits { (Align::Start, 13.0) } else { (Align::End, -13.0) };
        // Beside the point, where the curve falls away, but clear of the upper edge and the strip of regimes.
        let height = between(at.1 - 12.0, frame.top_px + 8.0, frame.bottom_px() - STRIP_PX - 14.0);
        shapes.push(label((at.0 + aside, height), words, role, align));
        shapes.push(OverlayShape::Disc {
            at,
            radius: 7.5,
            fill: ColorRole::Marble,
            outline: ColorRole::Panel,
        });
        if let Some((SWEEP, (x_px, _))) = view.cursor
            && let Some(point) = nearest(self.sweep.points(), &frame, x_px)
        {
            let at = place(point);
            let align = if at.0 > self.width_px / 2.0 { Align::End } else { Align::Start };
            let aside = if align == Align::End { -10.0 } else { 10.0 };
            shapes.push(OverlayShape::Disc {
                at,
                radius: 4.0,
                fill: ColorRole::Panel,
                outline: ColorRole::Ink,
            });
            let text_at = (at.0 + aside, between(at.1 + 18.0, 0.0, frame.bottom_px() - 14.0));
            let words = label(text_at, self.sweep.words(point, locale), ColorRole::Muted, align);
            push_apart(&mut shapes, vec![words]);
        }
        // What the lines are called gives way to the numbers of the points.
        let lowest = frame.bottom_px() - STRIP_PX - 8.0;
        let text = locale.format("lab-limit", &[("steps", &*steps.to_string())]);
        let places = vec![
            ((right - 6.0, limit_px + 10.0), Align::End),
            ((right - 6.0, limit_px - 9.0), Align::End),
            ((frame.left_px + 6.0, limit_px - 9.0), Align::Start),
        ];
        let mut name = |text: String, mut places: Vec<((f64, f64), Align)>| {
            places.retain(|(at, _)| at.1 < lowest);
            let named = |(at, align)| label(at, text.clone(), ColorRole::Muted, align);
            push_apart(&mut shapes, places.into_iter().map(named).collect());
        };
        name(text, places);
        name(locale.get("mark-before"), self.names_of_before(&frame, &place));
        shapes
    }
}

impl SweepPane<'_> {
    /// Whether the sweep is also that of another run.
    fn shares_sweep(&self, other: &Descent1d) -> bool {
        other.loss().text() == self.descent.loss().text()
            && other.start() == self.descent.start()
            && other.tol == self.descent.tol
    }

    /// Where the curve from before the last change may have its name: high on the sides of its valley, and on
    /// the side of the present curve on which it is. Nowhere if both are one.
    fn names_of_before(
        &self,
        frame: &Frame,
        place: &dyn Fn(&SweepPoint) -> (f64, f64),
    ) -> Vec<((f64, f64), Align)> {
        let name = |share: f64| {
            let x_px = frame.left_px + share * frame.width_px;
            let before = place(nearest(self.sweep.before(), frame, x_px)?);
            let now = place(nearest(self.sweep.points(), frame, x_px)?);
            let off = before.1 - now.1;
            (off.abs() > 4.0).then(|| ((before.0, before.1 + 13.0 * off.signum()), Align::Middle))
        };
        [0.7, 0.2, 0.3].into_iter().filter_map(name).collect()
    }
}

/// The point of a sweep with the nearest α.
fn nearest<'a>(points: &'a [SweepPoint], frame: &Frame, x_px: f64) -> Option<&'a SweepPoint> {
    let off = |point: &SweepPoint| (frame.x_px(point.alpha) - x_px).abs();
    points.iter().min_by(|a, b| off(a).total_cmp(&off(b)))
}
