//! What the charts show: the sharpness beside its bound, and the losses.

use downhill::{Measure, Rule};

use super::row_chart::{Line, Name, RowChart, rounded_up};
use super::{CHARTED, Net, SHARPNESS};
use crate::descent::rules;
use crate::draw::{Axis, ColorRole, Scene, Shape, units};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;

/// A sharpness that is this many times the bound is beyond the chart: there the walk is already lost.
const BEYOND: f64 = 4.0;

/// A bound that is this many times the sharpness is beyond the chart.
const ABOVE: f64 = 2.5;

/// Losses this many decades below the first one are cut off.
const MOST_DECADES: f64 = 12.0;

/// The largest of some numbers, and 0.
fn largest(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.filter(|number| number.is_finite()).fold(0.0, |most, n| if n > most { n } else { most })
}

/// Measured values over the steps.
fn points(rows: &[Measure], value: impl Fn(&Measure) -> Option<f64>) -> Vec<(f64, f64)> {
    rows.iter().filter_map(|row| Some((row.k as f64, value(row)?))).collect()
}

fn line(role: ColorRole, points: Vec<(f64, f64)>, name: Name) -> Line {
    Line { role, points, dashed: false, faint: false, is_known: false, name }
}

/// The bound of a rule, as a formula.
pub(super) const fn bound_formula(rule: &Rule) -> &'static str {
    match rule {
        Rule::Momentum { .. } => "(2 + 2β)/α",
        Rule::Nesterov { .. } => "(2 + 2β)/((1 + 2β)α)",
        _ => "2/α",
    }
}

impl Net {
    /// The bound at the steps where it is known to change: it does not wait for the training.
    fn bounds(&self) -> Vec<(f64, f64)> {
        let config = self.run.settings().config();
        let steps = self.settings.steps;
        let mut places = Vec::new();
        if self.settings.schedule.as_str() == "constant" {
            places.push(0);
            for &(k, _) in self.settings.changes.list().iter().filter(|(k, _)| *k <= steps) {
                places.extend([k - 1, k]);
            }
            places.push(steps);
        } else {
            places
                .extend((0..=100).map(|part| (f64::from(steps) * f64::from(part) / 100.0) as u32));
        }
        let last = steps.saturating_sub(1);
        let bound = |k: u32| Some((f64::from(k), config.bound_at(k.min(last) as usize)?));
        places.into_iter().filter_map(bound).collect()
    }

    /// The axis of the sharpness: the bounds, and λ unless it is far above them.
    pub(super) fn sharpness_axis(&self) -> Axis {
        let bound = largest(self.bounds().into_iter().map(|(_, bound)| bound));
        let kept = self.kept.runs().iter().flat_map(|kept| kept.rows());
        let rows = self.run.rows().iter().chain(kept);
        let limit = if bound > 0.0 { BEYOND * bound } else { f64::INFINITY };
        let lambda =
            largest(rows.filter_map(|row| row.lambda).map(|l| if l < limit { l } else { limit }));
        let ceiling = if lambda > 0.0 { ABOVE * lambda } else { f64::INFINITY };
        let most = if bound < ceiling { bound } else { ceiling };
        let most = if lambda > most { lambda } else { most };
        Axis::linear(0.0, rounded_up(1.08 * most))
    }

    /// The axis of the losses.
    pub(super) fn loss_axis(&self) -> Axis {
        let kept = self.kept.runs().iter().flat_map(|kept| kept.rows());
        let rows = self.run.rows().iter().chain(kept);
        let losses = rows.flat_map(|row| [Some(row.loss), row.held_out]).flatten();
        let (mut low, mut high) = (1.0, 1.0);
        for loss in losses.filter(|loss| loss.is_finite() && *loss > 0.0) {
            low = if loss < low { loss } else { low };
            high = if loss > high { loss } else { high };
        }
        let high = f64::ceil(libm::log10(high) - 1e-9);
        let high = if high > 2.0 { 2.0 } else { high };
        let low = f64::floor(libm::log10(low) + 1e-9);
        let low = if low < high - MOST_DECADES { high - MOST_DECADES } else { low };
        let low = if low > high - 1.0 { high - 1.0 } else { low };
        Axis::log(libm::pow(10.0, low), libm::pow(10.0, high))
    }

    pub(super) fn role(&self) -> ColorRole {
        rules::role(&self.settings.rule())
    }

    /// λ over the steps, with the bound.
    pub(super) fn sharpness_chart(&self, size_px: (f64, f64)) -> SharpnessChart<'_> {
        let bounds = self.bounds();
        let formula = bound_formula(&self.settings.rule());
        let mut lines: Vec<Line> = Vec::new();
        for kept in self.kept.runs() {
            let lambdas = points(kept.rows(), |row| row.lambda);
            lines.push(Line { faint: true, ..line(kept.role(), lambdas, Name::Text(kept.name())) });
        }
        let lambdas = points(self.run.rows(), |row| row.lambda);
        lines.push(line(self.role(), lambdas, Name::Text("λ".to_owned())));
        if !bounds.is_empty() {
            let bound = line(ColorRole::Bounce, bounds.clone(), Name::Text(formula.to_owned()));
            lines.push(Line { dashed: true, is_known: true, ..bound });
        }
        let chart = RowChart {
            pane: SHARPNESS,
            size_px,
            steps: self.settings.steps,
            y: self.drawn.sharpness,
            lines,
            changes: self.settings.changes.list(),
        };
        SharpnessChart { chart, bounds }
    }

    /// The losses over the steps.
    pub(super) fn loss_chart(&self, size_px: (f64, f64)) -> RowChart<'_> {
        let rows = self.run.rows();
        let mut lines = Vec::new();
        for kept in self.kept.runs() {
            let losses = points(kept.rows(), |row| Some(row.loss));
            lines.push(Line { faint: true, ..line(kept.role(), losses, Name::Text(kept.name())) });
        }
        let losses = points(rows, |row| Some(row.loss));
        lines.push(line(self.role(), losses, Name::Key("net-training")));
        let held_out = points(rows, |row| row.held_out);
        if !held_out.is_empty() {
            let held_out = line(ColorRole::Stochastic, held_out, Name::Key("net-held-out"));
            lines.push(Line { dashed: true, ..held_out });
        }
        RowChart {
            pane: CHARTED,
            size_px,
            steps: self.settings.steps,
            y: self.drawn.loss,
            lines,
            changes: self.settings.changes.list(),
        }
    }
}

/// The chart of the sharpness, on a ground that says where the walk is unstable.
pub(super) struct SharpnessChart<'a> {
    chart: RowChart<'a>,
    bounds: Vec<(f64, f64)>,
}

impl PaneView for SharpnessChart<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let frame = self.chart.frame();
        if let ([(first, _), ..], [.., (last, _)]) = (&self.bounds[..], &self.bounds[..]) {
            let top = frame.y.to;
            let under =
                self.bounds.iter().map(|&(k, bound)| (k, if bound < top { bound } else { top }));
            let around = under.chain([(*last, top), (*first, top)]);
            let corner = |(k, value)| {
                let (x, y) = frame.point_px(k, value);
                (units(x), units(y))
            };
            scene.push(Shape::Polygon(around.map(corner).collect()), ColorRole::Diverge, 0.1);
        }
        self.chart.static_layer(scene, locale);
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<crate::draw::OverlayShape> {
        self.chart.overlay(view)
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        self.chart.place(x_px, y_px)
    }
}
