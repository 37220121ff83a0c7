//! The pane that plots losses against iterations.

use downhill::Outcome;

use crate::draw::{Align, Axis, ColorRole, Frame, OverlayShape, Scene, draw_axes};
use crate::framework::choice::named_choice;
use crate::framework::controls;
use crate::framework::declaration::{Control, Group, Keys, Pane, Span};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::labels::beside;
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

/// One line of the chart.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) role: ColorRole,
    pub(crate) losses: Vec<f64>,
}

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

    /// The chart in a pane of this size.
    pub(crate) const fn view(&self, (width_px, height_px): (f64, f64)) -> ChartPane<'_> {
        ChartPane { chart: self, width_px, height_px, annotations: Vec::new() }
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
    width_px: f64,
    height_px: f64,
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
        shapes.extend(self.lines(view));
        shapes.extend(above);
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

    /// Draws the lines, their future parts faintly, and their current points.
    fn lines(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let frame = self.frame();
        let now = frame.x_px(view.position);
        let mut marks = vec![OverlayShape::Path {
            points: vec![(now, frame.top_px), (now, frame.bottom_px())],
            role: ColorRole::Muted,
            width: 1.0,
            dashed: true,
            opacity: 1.0,
        }];
        for series in self.shown() {
            let point =
                |(k, &loss): (usize, &f64)| (frame.x_px(k as f64), self.height_of(&frame, loss));
            let points: Vec<(f64, f64)> = series.losses.iter().enumerate().map(point).collect();
            let present = (f64::floor(view.position) as usize).min(points.len().saturating_sub(1));
            // At the start there is no past to tell from what is ahead.
            let whole = view.whole || view.position == 0.0 && !view.predicting;
            let drawn = if whole { points.len() - 1 } else { present };
            let past = points[..=drawn].to_vec();
            // The future part would give away the prediction.
            if !view.predicting && !whole {
                let ahead = points[present..].to_vec();
                marks.push(OverlayShape::Path {
                    points: ahead,
                    role: series.role,
                    width: 1.5,
                    dashed: false,
                    opacity: 0.3,
                });
            }
            let head = points[present];
            marks.push(OverlayShape::Path {
                points: past,
                role: series.role,
                width: 2.2,
                dashed: false,
                opacity: 1.0,
            });
            marks.push(OverlayShape::Disc {
                at: head,
                radius: 4.5,
                fill: series.role,
                outline: ColorRole::Panel,
            });
        }
        marks
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
