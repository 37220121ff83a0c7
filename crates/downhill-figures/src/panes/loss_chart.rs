//! The pane that plots losses against iterations.

use downhill::{Iterate, Outcome};

use crate::draw::{Align, Axis, ColorRole, Frame, OverlayShape, Scene, between, draw_axes};
use crate::framework::choice::named_choice;
use crate::framework::controls;
use crate::framework::declaration::{Control, Group, Keys, Pane, Span};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::chart_lines::{self, Labelled};
use crate::panes::curve::within;
use crate::panes::labels::{beside, push_apart};
use crate::text::locale::Locale;

named_choice! {
    /// The scale of the losses.
    #[derive(Default)]
    pub(crate) enum LossScale {
        #[default]
        Log = "log",
        Linear = "linear",
    }
}

/// Losses this many decades below the first one are cut off.
const MOST_DECADES: f64 = 16.0;

/// How many decades above the first loss a diverging run is shown.
const DECADES_UP: f64 = 4.0;

/// Half the width of a line, which is drawn below the lower edge too.
const EDGE_PX: f64 = 2.0;

/// One line of the chart.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) role: ColorRole,
    pub(crate) losses: Vec<f64>,
    /// ‖∇f‖ at the iterates, as a second curve; empty where that would be one too many.
    pub(crate) slopes: Vec<f64>,
    /// Whether it is the second run of a rule, which is dashed.
    pub(crate) second: bool,
}

/// ‖∇f‖ at every iterate.
pub(crate) fn slopes<const D: usize>(iterates: &[Iterate<D>]) -> Vec<f64> {
    iterates.iter().map(|here| here.gradient.iter().map(|g| g * g).sum::<f64>().sqrt()).collect()
}

/// With more lines than this, only the one nearest to the pointer tells its value.
const MOST_READ: usize = 4;

/// The lines of a chart, and the axes that follow from them and from the scale.
#[derive(Clone, Debug, Default)]
pub(crate) struct LossChart {
    pub(crate) scale: LossScale,
    steps: u32,
    range: (f64, f64),
    series: Vec<Series>,
}

/// The pane of a loss chart, as all figures declare it.
pub(crate) fn chart_pane(locale: &Locale, aspect: f64, span: Span) -> Pane {
    Pane {
        keys: Keys::Scrub,
        drags: true,
        ..Pane::new("chart", ["pane-chart", "caption-chart", "help-chart"], (aspect, span), locale)
    }
}

impl LossChart {
    /// Shows other runs; returns whether the axes changed.
    pub(crate) fn show(&mut self, series: Vec<Series>, steps: u32) -> bool {
        self.series = series;
        let before = (self.range, self.steps, self.y_axis());
        self.steps = steps.max(1);
        self.range = self.extent();
        before != (self.range, self.steps, self.y_axis())
    }

    /// Like [`show`](Self::show), with an axis that ends soon after the last of the lines if all of
    /// them end long before `steps`: what happens in six steps is not seen in five hundred.
    pub(crate) fn show_to_end(&mut self, series: Vec<Series>, steps: u32) -> bool {
        let last = series.iter().map(|series| series.losses.len() as u32).max().unwrap_or(0);
        let last = last.saturating_sub(1);
        // Round, so that the axis seldom moves while α is dragged.
        let ends = [1, 10, 100, 1000, 10_000]
            .into_iter()
            .flat_map(|power| [5 * power, 10 * power, 20 * power]);
        let end = ends.into_iter().find(|end| *end >= last).unwrap_or(steps);
        self.show(series, end.min(steps))
    }

    /// The lowest and highest loss shown, rounded so that the axes do not move while α is dragged.
    fn extent(&self) -> (f64, f64) {
        let first = self.series.iter().filter_map(|series| series.losses.first()).copied();
        let first = first.filter(|loss| loss.is_finite() && *loss > 0.0).fold(0.0, larger);
        let first = if first > 0.0 { first } else { 1.0 };
        if self.scale == LossScale::Linear {
            return (0.0, 1.08 * first);
        }
        let top = f64::ceil(libm::log10(first) + 1e-9);
        let (mut least, mut most) = (first, first);
        for series in &self.series {
            for &loss in &series.losses {
                if loss < least && loss > 0.0 {
                    least = loss;
                }
                if loss > most && loss < f64::INFINITY {
                    most = loss;
                }
            }
        }
        // Steps of two decades keep the axis steady under small changes.
        let down = 2.0 * f64::floor(libm::log10(least) / 2.0);
        let up = 2.0 * f64::ceil(libm::log10(most) / 2.0);
        let mut low = if down < top - 2.0 { down } else { top - 2.0 };
        let mut high = if up > top { up } else { top };
        let (floor, roof) = (top - MOST_DECADES, top + DECADES_UP);
        // Limited to the range of f64.
        let (floor, roof) = (floor.clamp(-300.0, 290.0), roof.clamp(-290.0, 300.0));
        low = if low < floor { floor } else { low };
        high = if high > roof { roof } else { high };
        (libm::pow(10.0, low), libm::pow(10.0, high))
    }

    fn y_axis(&self) -> Option<Axis> {
        let (low, high) = self.range;
        (high > low).then(|| match self.scale {
            LossScale::Log => Axis::log(low, high),
            LossScale::Linear => Axis::linear(low, high),
        })
    }

    /// The chart as the pane with this index, of this size.
    pub(crate) const fn view(
        &self,
        pane: usize,
        (width_px, height_px): (f64, f64),
    ) -> ChartPane<'_> {
        let annotations = Vec::new();
        ChartPane { chart: self, pane, width_px, height_px, at_key: "chart-at", annotations }
    }

    /// The control of the scale.
    pub(crate) fn control(&self, locale: &Locale) -> Control {
        let key = |scale| match scale {
            LossScale::Log => "scale-log",
            LossScale::Linear => "scale-linear",
        };
        controls::choice("scale", "control-scale", self.scale, key, Group::View, locale)
    }
}

/// A chart in its pane.
pub(crate) struct ChartPane<'a> {
    chart: &'a LossChart,
    pane: usize,
    width_px: f64,
    height_px: f64,
    /// The message key of what is counted across.
    at_key: &'static str,
    annotations: Vec<Annotation<'a>>,
}

/// Shapes below the lines of a chart, and shapes above them: functions, so that a module of the
/// page has only those that its charts need.
type Annotation<'a> = Box<dyn Fn(&ChartPane<'_>, &ViewState<'_>) -> [Vec<OverlayShape>; 2] + 'a>;

impl PaneView for ChartPane<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let frame = self.frame();
        let [across, up] = [frame.width_px / 56.0, frame.height_px / 26.0].map(|n| n as usize);
        let most = [across.min(self.chart.steps as usize), up];
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        draw_axes(scene, &frame, most, &label, true);
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let (mut shapes, mut above) = (Vec::new(), Vec::new());
        for annotation in &self.annotations {
            let [below, over] = annotation(self, view);
            shapes.extend(below);
            above.extend(over);
        }
        let (lines, slope_names) = self.lines(view);
        shapes.extend(lines);
        shapes.extend(above);
        // One that would lie over other words is left out: the title of the pane says what is dotted.
        for name in slope_names {
            push_apart(&mut shapes, vec![name]);
        }
        shapes.extend(self.cross_hair(view));
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        let (k, _) = self.frame().world(x_px, y_px);
        let steps = Axis::linear(0.0, f64::from(self.chart.steps));
        Place::Iteration(libm::round(steps.nearest(k)) as u32)
    }
}

impl<'a> ChartPane<'a> {
    /// The same with a mark where a run ended, if it stopped early.
    pub(crate) fn with_stop(mut self, outcome: Outcome) -> Self {
        self.annotations.push(Box::new(move |chart, view| chart.stop(outcome, view)));
        self
    }

    /// The same with names beside the current points of the lines, in the order of the lines.
    pub(crate) fn with_names(
        mut self,
        names: impl Fn(&ViewState<'_>) -> Vec<Option<String>> + 'a,
    ) -> Self {
        self.annotations.push(Box::new(move |chart, view| {
            [Vec::new(), chart.names_at_heads(names(view), view)]
        }));
        self
    }

    /// Adds a curve of the learning rate of each step; the full height of the chart stands for α.
    pub(crate) fn with_rates(mut self, alpha: f64, rate: impl Fn(usize) -> f64 + 'a) -> Self {
        self.annotations
            .push(Box::new(move |chart, view| [chart.rates(alpha, &rate, view), Vec::new()]));
        self
    }

    /// Adds lines where α changed on the way, each at the place of its iterate on the horizontal axis.
    pub(crate) fn with_changes(
        mut self,
        changes: &'a [(u32, f64)],
        place: impl Fn(f64) -> f64 + 'a,
    ) -> Self {
        if !changes.is_empty() {
            self.annotations.push(Box::new(move |chart, view| {
                let frame = chart.frame();
                let y_px = frame.top_px + 10.0;
                chart_lines::at_changes(&frame, changes, &place, y_px, view.locale)
            }));
        }
        self
    }

    /// Names what is counted along the horizontal axis, if not iterations.
    pub(crate) fn counting(self, at_key: &'static str) -> Self {
        Self { at_key, ..self }
    }

    fn frame(&self) -> Frame {
        let (left_px, top_px) = (46.0, 10.0);
        Frame {
            left_px,
            top_px,
            width_px: self.width_px - left_px - 14.0,
            height_px: self.height_px - top_px - 26.0,
            x: Axis::linear(0.0, f64::from(self.chart.steps)),
            y: self.chart.y_axis().unwrap_or(Axis::linear(0.0, 1.0)),
        }
    }

    /// Draws the lines, their future parts faintly, and their current points; returns the names of the slopes
    /// besides.
    fn lines(&self, view: &ViewState<'_>) -> (Vec<OverlayShape>, Vec<OverlayShape>) {
        let frame = self.frame();
        let now = frame.x_px(view.position);
        let mut marks = vec![chart_lines::at_shown_step(&frame, now)];
        let mut slope_names = Vec::new();
        for series in self.shown() {
            let point = |(k, &loss): (usize, &f64)| {
                (frame.x_px(k as f64), self.height_beyond(&frame, loss))
            };
            let points: Vec<(f64, f64)> = series.losses.iter().enumerate().map(point).collect();
            let present = (f64::floor(view.position) as usize).min(points.len().saturating_sub(1));
            // At the start there is no past to tell from what is ahead.
            let whole = view.whole || view.position == 0.0 && !view.predicting;
            let drawn = if whole { points.len() - 1 } else { present };
            let past = points[..=drawn].to_vec();
            let mut lines = Vec::new();
            // The future part would give away the prediction.
            if !view.predicting && !whole {
                let ahead = points[present..].to_vec();
                lines.push(OverlayShape::Path {
                    points: ahead,
                    role: series.role,
                    width: 1.5,
                    dashed: series.second,
                    opacity: if series.second { 0.5 } else { 0.3 },
                });
            }
            self.slope_curve(
                series,
                if view.predicting { present } else { usize::MAX },
                &mut marks,
                &mut slope_names,
            );
            lines.push(OverlayShape::Path {
                points: past,
                role: series.role,
                width: 2.2,
                dashed: series.second,
                opacity: 1.0,
            });
            // A diverging loss leaves through the upper edge, and its marble with it.
            if points.iter().any(|(_, y_px)| *y_px < frame.top_px) {
                let room = Frame { height_px: frame.height_px + EDGE_PX, ..frame };
                marks.push(OverlayShape::within(&room, lines));
            } else {
                marks.extend(lines);
            }
            let head = points[present];
            if head.1 < frame.top_px {
                continue;
            }
            let (fill, outline) = if series.second {
                (ColorRole::Panel, series.role)
            } else {
                (series.role, ColorRole::Panel)
            };
            marks.push(OverlayShape::Disc { at: head, radius: 4.5, fill, outline });
        }
        (marks, slope_names)
    }

    /// ‖∇f‖ up to an iterate, thin and dotted in the colour of its run, with its name. The axis is
    /// that of the losses; what lies beyond it is not drawn.
    fn slope_curve(
        &self,
        series: &Series,
        to: usize,
        marks: &mut Vec<OverlayShape>,
        names: &mut Vec<OverlayShape>,
    ) {
        let (frame, role) = (self.frame(), series.role);
        let count = series.slopes.len().min(to.saturating_add(1));
        let place = |(k, &slope): (usize, &f64)| {
            let y = if slope > 0.0 { frame.y_px(slope) } else { frame.bottom_px() };
            within((frame.x_px(k as f64), y))
        };
        let points: Vec<(f64, f64)> =
            series.slopes[..count].iter().enumerate().map(place).collect();
        // A single point is no curve.
        let [.., _, end] = points[..] else { return };
        // Below the words about the step at which the run stopped.
        let y = between(end.1, frame.top_px + 36.0, frame.bottom_px());
        let right = end.0 > frame.left_px + 60.0;
        let (align, aside) = if right { (Align::End, -6.0) } else { (Align::Start, 6.0) };
        let (at, text) = ((end.0 + aside, y - 10.0), "‖∇f‖".to_owned());
        let (width, dashed, opacity) = (1.2, true, 0.8);
        let line = OverlayShape::Path { points, role, width, dashed, opacity };
        marks.push(OverlayShape::within(&frame, vec![line]));
        names.push(OverlayShape::Label { at, text, role, align });
    }

    /// The learning rates as a line, and the one of the step at hand.
    fn rates(
        &self,
        alpha: f64,
        rate: &dyn Fn(usize) -> f64,
        view: &ViewState<'_>,
    ) -> Vec<OverlayShape> {
        let frame = self.frame();
        let height = |k: usize| {
            let share = if alpha > 0.0 { between(rate(k) / alpha, 0.0, 1.0) } else { 0.0 };
            frame.bottom_px() - share * frame.height_px
        };
        // A staircase falls between two steps; so each pixel has its own.
        let steps = self.chart.steps as usize;
        let columns = (frame.width_px as usize).clamp(1, 2000).min(steps.max(1));
        let points: Vec<(f64, f64)> = (0..=columns)
            .map(|column| column * steps / columns)
            .map(|k| (frame.x_px(k as f64), height(k)))
            .collect();
        let k = (view.k as usize).min(steps);
        let (at, role) = ((frame.x_px(k as f64), height(k)), ColorRole::Muted);
        let text = view.locale.format("chart-rate", &[("alpha", &*view.locale.short(rate(k)))]);
        let right = at.0 > frame.left_px + frame.width_px / 2.0;
        let (align, aside) = if right { (Align::End, -8.0) } else { (Align::Start, 8.0) };
        let beside = (at.0 + aside, between(at.1 - 10.0, frame.top_px + 8.0, frame.bottom_px()));
        vec![
            OverlayShape::Path { points, role, width: 1.2, dashed: false, opacity: 0.7 },
            OverlayShape::Disc { at, radius: 3.0, fill: role, outline: ColorRole::Panel },
            OverlayShape::Label { at: beside, text, role, align },
        ]
    }

    /// Under the pointer, the iteration with the values of all lines there.
    fn cross_hair(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Some((_, (x_px, y_px))) = view.cursor.filter(|(pane, _)| *pane == self.pane) else {
            return Vec::new();
        };
        let Place::Iteration(k) = self.place(x_px, y_px) else { return Vec::new() };
        if view.predicting && k > view.k {
            return Vec::new();
        }
        let (frame, locale) = (self.frame(), view.locale);
        let x = frame.x_px(f64::from(k));
        let mut places = Vec::new();
        for series in self.shown() {
            for (values, key) in [(&series.losses, "chart-loss"), (&series.slopes, "chart-slope")] {
                if let Some(&value) = values.get(k as usize).filter(|value| value.is_finite()) {
                    let text = locale.format(key, &[("value", &*locale.rounded(value))]);
                    places.push(((x, self.height_of(&frame, value)), text, series.role));
                }
            }
        }
        if places.len() > MOST_READ {
            let off = |place: &Labelled| (place.0.1 - y_px).abs();
            let nearest = places.into_iter().min_by(|a, b| off(a).total_cmp(&off(b)));
            places = nearest.into_iter().collect();
        }
        let step = locale.format(self.at_key, &[("k", &*k.to_string())]);
        chart_lines::at_pointer(&frame, x, places, step)
    }

    /// The non-empty lines; a run whose start is outside the domain has none.
    fn shown(&self) -> impl Iterator<Item = &Series> {
        let begins = |series: &&Series| series.losses.first().is_some_and(|loss| loss.is_finite());
        self.chart.series.iter().filter(begins)
    }

    /// A line where a run stopped, with its meaning.
    fn stop(&self, outcome: Outcome, view: &ViewState<'_>) -> [Vec<OverlayShape>; 2] {
        let role = match outcome {
            _ if view.predicting => return Default::default(),
            Outcome::Converged { .. } => ColorRole::Converged,
            Outcome::Stalled { .. } => ColorRole::Ink,
            _ => return Default::default(),
        };
        let frame = self.frame();
        let x_px = frame.x_px(outcome.k() as f64);
        let points = vec![(x_px, frame.top_px), (x_px, frame.bottom_px())];
        let text = view.locale.format("mark-stop", &[("k", &*outcome.k().to_string())]);
        let right = x_px > frame.left_px + frame.width_px / 2.0;
        let (align, aside) = if right { (Align::End, -6.0) } else { (Align::Start, 6.0) };
        // A run that stops early begins where the lines and names of others are.
        let down = if right { 12.0 } else { frame.height_px / 2.0 };
        let at = (x_px + aside, frame.top_px + down);
        // Below all other lines, and with the words above them.
        [
            vec![OverlayShape::Path { points, role, width: 1.5, dashed: false, opacity: 0.8 }],
            vec![OverlayShape::Label { at, text, role, align }],
        ]
    }

    /// The names of the lines, at their current points.
    fn names_at_heads(
        &self,
        names: Vec<Option<String>>,
        view: &ViewState<'_>,
    ) -> Vec<OverlayShape> {
        let frame = self.frame();
        let k = f64::floor(view.position) as usize;
        let series = self.chart.series.iter().zip(names);
        let heads = series.filter_map(|(series, name)| {
            let present = k.min(series.losses.len().checked_sub(1)?);
            let loss = series.losses[present];
            let at = (frame.x_px(present as f64), self.height_of(&frame, loss));
            loss.is_finite().then_some((at, name?, series.role))
        });
        beside(heads.collect(), (frame.right_px(), frame.bottom_px()))
    }

    /// The pixel height of a loss, which may be above the chart, but not below it.
    fn height_beyond(&self, frame: &Frame, loss: f64) -> f64 {
        if loss > self.chart.range.1 {
            within((0.0, frame.y_px(loss))).1
        } else {
            self.height_of(frame, loss)
        }
    }

    /// The pixel height of a loss, clamped to the chart.
    fn height_of(&self, frame: &Frame, loss: f64) -> f64 {
        let (low, high) = self.chart.range;
        let shown = if loss.is_nan() || loss > high {
            high
        } else if loss < low {
            low
        } else {
            loss
        };
        frame.y_px(shown)
    }
}

fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}
