//! The α-sweep: iterations to convergence over the learning rate, a valley with a cliff; and the
//! α axis of its pane.

use downhill::{Outcome, Rule, Spacing, Sweep, SweepPoint, fastest};

use crate::descent::descent_1d::Descent1d;
use crate::draw::{Axis, Frame, between};
use crate::framework::choice::named_choice;
use crate::framework::controls::slider_step;
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
const ALPHAS: usize = LOGS + LINES - FIRST_LINE;

/// A press within this distance of the point drags it, in CSS pixels.
const GRAB_PX: f64 = 32.0;

/// What the sweep depends on: loss, start, ε and range.
type Terms = (String, f64, f64, (f64, f64));

/// The sweep, as far as it is computed, and the size of its pane.
#[derive(Clone, Debug, Default)]
pub(super) struct AlphaSweep {
    width_px: f64,
    height_px: f64,
    pub(super) track: Track,
    /// The smallest and largest α.
    range: (f64, f64),
    wanted: Option<Terms>,
    /// The sweep shown: the last one that was completed.
    points: Vec<SweepPoint>,
    /// The sweep before the last change, shown until the next one.
    before: Vec<SweepPoint>,
    /// The sweep in progress, which will replace the one shown.
    next: Option<Vec<SweepPoint>>,
    /// Whether the last change was one of the start.
    moves_start: bool,
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

impl AlphaSweep {
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
        // While a start is dragged it is one change.
        let start_of = |terms: &Option<Terms>| terms.as_ref().map(|terms| terms.1);
        let start = !another && start_of(&self.wanted) != start_of(&wanted);
        if !(self.points.is_empty() || start && self.moves_start) {
            self.before.clone_from(&self.points);
        }
        self.moves_start = start;
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
        next.extend(sweep(descent).advance(alphas(self.range).skip(next.len()), steps));
        if next.len() < ALPHAS {
            return false;
        }
        self.points = self.next.take().unwrap_or_default();
        true
    }

    /// The sweep, once computed.
    pub(super) fn points(&self) -> &[SweepPoint] {
        &self.points
    }

    /// The sweep before the last change; empty if there was none.
    pub(super) fn before(&self) -> &[SweepPoint] {
        &self.before
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

    pub(super) fn frame(&self) -> Frame {
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
    pub(super) fn height(frame: &Frame, outcome: Outcome) -> f64 {
        let k = outcome.k().clamp(1, MOST_STEPS) as f64;
        if matches!(outcome, Outcome::Converged { .. }) { frame.y_px(k) } else { frame.top_px }
    }

    pub(super) fn across(frame: &Frame, alpha: f64) -> f64 {
        between(frame.x_px(alpha), frame.left_px, frame.right_px())
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
        let iterations = locale.format("iterations", &[("k", &*k.to_string())]);
        locale.format(key, &[("alpha", &*locale.short(point.alpha)), ("iterations", &*iterations)])
    }

    /// Whether a press here drags the point of a learning rate.
    pub(super) fn is_near(&self, point: &SweepPoint, x_px: f64, y_px: f64) -> bool {
        let frame = self.frame();
        let (x, y) = (Self::across(&frame, point.alpha), Self::height(&frame, point.outcome));
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
