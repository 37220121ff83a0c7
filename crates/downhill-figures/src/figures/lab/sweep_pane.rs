//! The pane of the α-sweep: iterations to convergence over the learning rate, a valley with a
//! cliff.

use downhill::{Outcome, Rule, Spacing, Sweep, SweepPoint, fastest};

use crate::descent::descent_1d::Descent1d;
use crate::draw::{
    Align, Anchor, Axis, ColorRole, Frame, Height, OverlayShape, SUBPIXEL, Scene, Shape, Ticks,
    between, draw_axes, units,
};
use crate::framework::choice::named_choice;
use crate::framework::controls::{regime_role, slider_step};
use crate::framework::declaration::Scale;
use crate::text::locale::Locale;
use crate::text::numbers::to_decimals;

named_choice! {
    /// The α axis of both slider and sweep.
    #[derive(Default)]
    pub(super) enum Track {
        #[default]
        Linear = "linear",
        Log = "log",
    }
}

/// The step limit of each descent in the sweep.
pub(super) const MOST_STEPS: usize = 10_000;

/// Learning rates of the sweep: logarithmic below a twelfth of the range, linear above.
const LOGS: usize = 41;
const LINES: usize = 240;
const FIRST_LINE: usize = 20;

/// The height of the strip with the regimes' colours, in CSS pixels.
const STRIP_PX: f64 = 6.0;

/// A press within this distance of the point drags it, in CSS pixels.
const GRAB_PX: f64 = 32.0;

/// What the sweep depends on: loss, start, ε and range.
type Terms = (String, f64, f64, (f64, f64));

/// The sweep, as far as it is computed, and its pane.
#[derive(Clone, Debug, Default)]
pub(super) struct SweepPane {
    width_px: f64,
    height_px: f64,
    pub(super) track: Track,
    /// The smallest and largest α.
    range: (f64, f64),
    wanted: Option<Terms>,
    /// The sweep shown: the last one that was completed.
    points: Vec<SweepPoint>,
    /// The sweep in progress, which will replace it.
    next: Option<Vec<SweepPoint>>,
}

/// The learning rates of a range.
fn alphas((low, high): (f64, f64)) -> impl Iterator<Item = f64> {
    let line = move |i: usize| high * i as f64 / LINES as f64;
    Spacing::Logarithmic
        .alphas(low, line(FIRST_LINE), LOGS)
        .chain((FIRST_LINE + 1..=LINES).map(line))
}

fn sweep(descent: &Descent1d) -> Sweep<'_, 1> {
    let limit = downhill::StopCriteria { max_iterations: MOST_STEPS, gradient_tol: descent.tol };
    Sweep::new(descent.loss().loss(), Rule::GradientDescent, descent.start(), limit)
}

/// A run's point in the sweep: how it would end with the sweep's step limit.
pub(super) fn point_of(descent: &Descent1d) -> SweepPoint {
    let outcome = descent.outcome();
    if matches!(outcome, Outcome::Exhausted { k } if k < MOST_STEPS) {
        return sweep(descent).at(descent.alpha());
    }
    let loss = descent.iterate(descent.last()).loss;
    SweepPoint { alpha: descent.alpha(), outcome, loss }
}

impl SweepPane {
    pub(super) fn resize(&mut self, width_px: f64, height_px: f64) {
        (self.width_px, self.height_px) = (width_px, height_px);
    }

    /// Requests the sweep of this spec; returns whether the pane changed at once.
    pub(super) fn show(&mut self, descent: &Descent1d, range: (f64, f64)) -> bool {
        let before = std::mem::replace(&mut self.range, range);
        let loss = descent.loss().text().to_owned();
        let wanted = Some((loss, descent.start()[0], descent.tol, range));
        if self.wanted == wanted {
            return false;
        }
        // Another loss or range needs another sweep; while a start is dragged the last one stays.
        let same = |terms: &Option<Terms>| terms.as_ref().map(|terms| terms.0.clone());
        let another = before != range || same(&self.wanted) != same(&wanted);
        if another {
            self.points.clear();
        }
        self.wanted = wanted;
        self.next = Some(Vec::new());
        another
    }

    pub(super) fn is_working(&self) -> bool {
        self.next.is_some()
    }

    /// Continues the sweep for about `steps` descent steps; returns whether it was completed.
    pub(super) fn work(&mut self, descent: &Descent1d, steps: usize) -> bool {
        let Some(next) = &mut self.next else { return false };
        let sweep = sweep(descent);
        let mut taken = 0_usize;
        for alpha in alphas(self.range).skip(next.len()) {
            let point = sweep.at(alpha);
            taken = taken.saturating_add(point.outcome.k());
            next.push(point);
            if taken >= steps {
                return false;
            }
        }
        self.points = self.next.take().unwrap_or_default();
        true
    }

    /// The sweep, once computed.
    pub(super) fn points(&self) -> &[SweepPoint] {
        &self.points
    }

    /// The best point that converges.
    pub(super) fn best(&self) -> Option<SweepPoint> {
        let best = fastest(&self.points).copied();
        best.filter(|point| matches!(point.outcome, Outcome::Converged { .. }))
    }

    /// The α from which on nothing converges.
    pub(super) fn cliff(&self) -> Option<f64> {
        let converged = |point: &SweepPoint| matches!(point.outcome, Outcome::Converged { .. });
        let last = self.points.iter().rposition(converged)?;
        self.points.get(last + 1).map(|point| point.alpha)
    }

    /// The α axis of the slider.
    pub(super) fn axis(&self) -> Axis {
        let (low, high) = self.range;
        match self.track {
            Track::Linear => Axis::linear(low, high),
            Track::Log => Axis::log(low, high),
        }
    }

    fn frame(&self) -> Frame {
        let (left_px, top_px) = (46.0, 10.0);
        let axis = self.axis();
        Frame {
            left_px,
            top_px,
            width_px: self.width_px - left_px - 14.0,
            height_px: self.height_px - top_px - 26.0,
            x: if axis.log { axis } else { Axis::linear(0.0, axis.to) },
            y: Axis::log(0.7, 1.6 * MOST_STEPS as f64),
        }
    }

    /// The height of an outcome's number of iterations.
    fn height(frame: &Frame, outcome: Outcome) -> f64 {
        let k = outcome.k().clamp(1, MOST_STEPS) as f64;
        if matches!(outcome, Outcome::Converged { .. }) { frame.y_px(k) } else { frame.top_px }
    }

    fn across(frame: &Frame, alpha: f64) -> f64 {
        between(frame.x_px(alpha), frame.left_px, frame.right_px())
    }

    /// Draws axes, the area below the curve, the diverging range, and the regimes of a quadratic.
    pub(super) fn still(&self, scene: &mut Scene, descent: &Descent1d, locale: &Locale) {
        let frame = self.frame();
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        let x = Ticks::round(frame.x, (frame.width_px / 60.0) as usize, label);
        let y = Ticks::round(frame.y, (frame.height_px / 26.0) as usize, label);
        draw_axes(scene, &frame, &x, &y, true);
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
        let points = &self.points;
        let mut from = 0;
        while from < points.len() {
            let kind = gone(&points[from]);
            let count = points[from..].iter().take_while(|point| gone(point) == kind).count();
            let stretch = &points[from..from + count];
            let border = |a: usize, b: usize| {
                let middle = (Self::across(&frame, points[a].alpha)
                    + Self::across(&frame, points[b].alpha))
                    / 2.0;
                between(middle, frame.left_px, frame.right_px())
            };
            let left = if from == 0 {
                Self::across(&frame, points[0].alpha)
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
                        (Self::across(&frame, point.alpha), Self::height(&frame, point.outcome))
                    })
                    .collect();
                let ridge = line.clone();
                line.extend(line.last().map(|last| (last.0, bottom_px)));
                line.extend(line.first().map(|first| (first.0, bottom_px)));
                area(scene, &line, ColorRole::Tint1, 0.55);
                let path = ridge.iter().map(|&(x, y)| (units(x), units(y))).collect();
                scene.push(Shape::Path(path, 2 * SUBPIXEL as u32), ColorRole::ContourIndex, 1.0);
            }
            from += count;
        }
        for band in descent.quadratic().map_or_else(Vec::new, |quadratic| quadratic.bands()) {
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

    /// Draws the step limit of the run, the saved runs, the current one, and the point under the
    /// pointer.
    pub(super) fn marks(
        &self,
        now: (&SweepPoint, u32),
        kept: &[(SweepPoint, ColorRole)],
        cursor: Option<(f64, f64)>,
        locale: &Locale,
    ) -> Vec<OverlayShape> {
        let frame = self.frame();
        let (present, steps) = now;
        let line = |from, to, role| OverlayShape::Path {
            points: vec![from, to],
            role,
            width: 1.0,
            dashed: true,
            opacity: 1.0,
        };
        let label = |at, text, role, align| OverlayShape::Label { at, text, role, align };
        let mut marks = Vec::new();
        let limit_px = between(frame.y_px(f64::from(steps)), frame.top_px, frame.bottom_px());
        let right = frame.right_px();
        marks.push(line((frame.left_px, limit_px), (right, limit_px), ColorRole::Muted));
        let text = locale.format("lab-limit", &[("steps", &*steps.to_string())]);
        marks.push(label((right - 6.0, limit_px - 9.0), text, ColorRole::Muted, Align::End));
        let place = |point: &SweepPoint| {
            (Self::across(&frame, point.alpha), Self::height(&frame, point.outcome))
        };
        if let Some(best) = self.best() {
            marks.extend(OverlayShape::minimizer_mark(place(&best)));
        }
        for (point, role) in kept {
            let (at, fill) = (place(point), *role);
            marks.push(OverlayShape::Disc { at, radius: 5.5, fill, outline: ColorRole::Panel });
        }
        let at = place(present);
        marks.push(line(at, (at.0, frame.bottom_px()), ColorRole::Ink));
        let role = match present.outcome {
            Outcome::Diverged { .. } | Outcome::Undefined { .. } => ColorRole::Diverged,
            _ => ColorRole::Ink,
        };
        let align = if at.0 > self.width_px * 0.6 { Align::End } else { Align::Start };
        let aside = if align == Align::End { -13.0 } else { 13.0 };
        // Beside the point, but clear of the upper edge and the strip of regimes.
        let height = between(at.1, frame.top_px + 8.0, frame.bottom_px() - STRIP_PX - 14.0);
        marks.push(label((at.0 + aside, height), self.words(present, locale), role, align));
        marks.push(OverlayShape::Disc {
            at,
            radius: 7.5,
            fill: ColorRole::Marble,
            outline: ColorRole::Panel,
        });
        if let Some((x_px, _)) = cursor
            && let Some(point) = self.nearest(&frame, x_px)
        {
            let at = place(point);
            let align = if at.0 > self.width_px / 2.0 { Align::End } else { Align::Start };
            let aside = if align == Align::End { -10.0 } else { 10.0 };
            marks.push(OverlayShape::Disc {
                at,
                radius: 4.0,
                fill: ColorRole::Panel,
                outline: ColorRole::Ink,
            });
            let text_at = (at.0 + aside, between(at.1 + 18.0, 0.0, frame.bottom_px() - 14.0));
            marks.push(label(text_at, self.words(point, locale), ColorRole::Muted, align));
        }
        marks
    }

    /// The point of the sweep with the nearest α.
    fn nearest(&self, frame: &Frame, x_px: f64) -> Option<&SweepPoint> {
        let off = |point: &SweepPoint| (frame.x_px(point.alpha) - x_px).abs();
        self.points.iter().min_by(|a, b| off(a).total_cmp(&off(b)))
    }

    /// A learning rate and its outcome, in a few words.
    pub(super) fn words(&self, point: &SweepPoint, locale: &Locale) -> String {
        let key = match point.outcome {
            Outcome::Converged { .. } => "lab-point-converged",
            Outcome::Diverged { .. } => "lab-point-diverged",
            Outcome::Undefined { infinite: true, .. } => "lab-point-infinite",
            Outcome::Undefined { .. } => "lab-point-undefined",
            Outcome::Stalled { .. } => "lab-point-stalled",
            Outcome::Exhausted { .. } => "lab-point-exhausted",
        };
        let k = point.outcome.k();
        let iterations = if k == 1 {
            locale.get("iterations-one")
        } else {
            locale.format("iterations-many", &[("k", &*k.to_string())])
        };
        locale.format(key, &[("alpha", &*locale.short(point.alpha)), ("iterations", &*iterations)])
    }

    /// Where a learning rate's point is drawn, for dragging.
    pub(super) fn place_of(&self, point: &SweepPoint) -> (f64, f64) {
        let frame = self.frame();
        (Self::across(&frame, point.alpha), Self::height(&frame, point.outcome))
    }

    pub(super) fn is_near(&self, point: &SweepPoint, x_px: f64, y_px: f64) -> bool {
        let (x, y) = self.place_of(point);
        libm::hypot(x - x_px, y - y_px) < GRAB_PX
    }

    /// The α under a point of the pane, with as many digits as a finger can point at.
    pub(super) fn alpha_at(&self, x_px: f64) -> f64 {
        let (alpha, _) = self.frame().world(x_px, 0.0);
        let axis = self.axis();
        if axis.log {
            return self.at_position(100.0 * libm::log10(axis.nearest(alpha)));
        }
        self.at_position(libm::round(alpha / slider_step(axis.to)))
    }

    /// The α at a position of the track: hundredths of a decade, or steps of the slider.
    fn at_position(&self, position: f64) -> f64 {
        let axis = self.axis();
        let alpha = if axis.log {
            Scale::Logarithmic.value(libm::round(position))
        } else {
            let step = slider_step(axis.to);
            to_decimals(position * step, -libm::round(libm::log10(step)))
        };
        between(alpha, axis.from, axis.to)
    }

    /// The α to which a key moves.
    pub(super) fn stepped(&self, alpha: f64, key: &str) -> Option<f64> {
        let axis = self.axis();
        let by = match key {
            "ArrowLeft" | "ArrowDown" => -10.0,
            "ArrowRight" | "ArrowUp" => 10.0,
            "Shift+ArrowLeft" | "Shift+ArrowDown" => -1.0,
            "Shift+ArrowRight" | "Shift+ArrowUp" => 1.0,
            "PageDown" => -100.0,
            "PageUp" => 100.0,
            "Home" => return Some(axis.from),
            "End" => return Some(axis.to),
            _ => return None,
        };
        let (by, position) = if axis.log {
            let fine = if by == 10.0 || by == -10.0 { 0.5 * by } else { by };
            (fine, 100.0 * libm::log10(axis.nearest(alpha)))
        } else {
            (by, alpha / slider_step(axis.to))
        };
        Some(self.at_position(libm::round(position) + by))
    }
}
