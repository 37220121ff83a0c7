//! Descent on a loss of one variable: the model shared by the bowl, the scrubber and the lab.

use std::sync::Arc;

use downhill::{
    AlphaChanges, CompiledFormula, Descent, Iterate, Loss, NamedLoss, Outcome, Parabola, Quadratic,
    Regime, Rule, StopCriteria, Trajectory,
};

use crate::descent::regime;
use crate::draw::{Axis, between};
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::controls::{self, formula_of};
use crate::framework::declaration::{Control, Readout};
use crate::framework::field::{Field, Slot, Value};
use crate::framework::figure_kind::Facts;
use crate::framework::results::{Results, RunEnd};
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

/// The largest allowed coordinate of a start.
pub(crate) const LARGEST_START: f64 = 1e6;

/// A point of a plane; missing coordinates are 0.
pub(crate) fn plane_point(at: &[f64]) -> [f64; 2] {
    [0, 1].map(|i| at.get(i).copied().unwrap_or(0.0))
}

/// A start on a plane: coordinates are clamped, and missing ones are 0.
pub(crate) fn plane_start(at: &[f64]) -> [f64; 2] {
    plane_point(at).map(|coordinate| coordinate.clamp(-LARGEST_START, LARGEST_START))
}

/// The largest allowed learning rate.
pub(crate) const LARGEST_ALPHA: f64 = 1e6;

/// The largest allowed ε.
const LARGEST_TOL: f64 = 1e6;

/// The slider's end as a multiple of the largest stable α, so that divergence can be reached.
const BEYOND_STABLE: f64 = 1.2;

/// How much farther out than the start the view extends for the first steps of a diverging run.
const LARGEST_REACH: f64 = 2.5;

/// The view extends beyond its iterates by this factor.
const MARGIN: f64 = 1.12;

/// Larger losses are left out of a view, whose height would overflow.
const HIGHEST: f64 = 1e300;

/// The smallest reach of the view of a quadratic to both sides of its minimizer: that of the
/// default start.
const USUAL_REACH: f64 = MARGIN * 5.0;

/// The fields of the spec, and the run computed from them.
#[derive(Clone, Debug)]
pub(crate) struct Descent1d {
    loss: NamedLoss<1>,
    alpha: f64,
    changes: AlphaChanges,
    start: [f64; 1],
    steps: u32,
    /// The gradient tolerance at which the run stops.
    pub(crate) tol: f64,
    trajectory: Trajectory<1>,
    quadratic: Option<Quadratic<1>>,
    view: View,
}

/// The part of the world shown by a curve's pane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct View {
    pub(crate) x: Axis,
    pub(crate) y: Axis,
}

/// The name of the default loss.
const PARABOLA: &str = "parabola";

impl Default for Descent1d {
    fn default() -> Self {
        let loss = NamedLoss::new(
            PARABOLA,
            Arc::new(
                CompiledFormula::of(&Parabola).unwrap_or_else(|_| panic!("one result at a time")),
            ),
        );
        let (alpha, start, limit) =
            (0.1, [5.0], StopCriteria { max_iterations: 25, ..StopCriteria::default() });
        let changes = AlphaChanges::default();
        let mut descent = Self {
            trajectory: run(&loss, (alpha, changes), start, limit),
            loss,
            alpha,
            changes,
            start,
            steps: limit.max_iterations as u32,
            tol: limit.gradient_tol,
            quadratic: None,
            view: View { x: Axis::linear(-1.0, 1.0), y: Axis::linear(0.0, 1.0) },
        };
        let _first = descent.recompute();
        descent
    }
}

fn run(
    loss: &dyn Loss<1>,
    (alpha, changes): (f64, AlphaChanges),
    start: [f64; 1],
    limit: StopCriteria,
) -> Trajectory<1> {
    Descent::new(loss, Rule::GradientDescent, alpha, start, limit).with_changes(changes).run()
}

impl Descent1d {
    /// The fields of a figure with a fixed ε.
    pub(crate) fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = self.fields_and_stop();
        let _tol = fields.pop();
        fields
    }

    /// The same with an α that may change on the way.
    pub(crate) fn changing_fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = self.all_fields();
        let _tol = fields.pop();
        fields
    }

    /// The fields of the spec, including ε as the last one.
    pub(crate) fn fields_and_stop(&mut self) -> Vec<Field<'_>> {
        let one_alpha = |field| match field {
            Field { name, slot: Slot::Rate(alpha, _, bounds) } => {
                Field { name, slot: Slot::Number(alpha, bounds) }
            }
            other => other,
        };
        self.all_fields().into_iter().map(one_alpha).collect()
    }

    fn all_fields(&mut self) -> Vec<Field<'_>> {
        let most = StopCriteria::MAX_STEPS as u32;
        vec![
            Field { name: "loss", slot: Slot::Loss(&mut self.loss) },
            Field {
                name: "alpha",
                slot: Slot::Rate(&mut self.alpha, &mut self.changes, (0.0, LARGEST_ALPHA)),
            },
            Field { name: "start", slot: Slot::Point(&mut self.start, LARGEST_START) },
            Field { name: "steps", slot: Slot::Count(&mut self.steps, (1, most)) },
            Field { name: "tol", slot: Slot::Number(&mut self.tol, (0.0, LARGEST_TOL)) },
        ]
    }

    /// Recomputes the run; returns whether the view changed.
    pub(crate) fn recompute(&mut self) -> bool {
        let before = (self.view, self.loss.text().to_owned());
        let rates = (self.alpha, self.changes);
        self.trajectory = run(self.loss.loss(), rates, self.start, self.limit());
        self.quadratic = Quadratic::of(self.loss.loss());
        self.view = self.fit_view();
        before.0 != self.view || self.loss.text() != before.1
    }

    /// The view that contains the start and the first steps, however the run continues.
    fn fit_view(&self) -> View {
        let landscape = self.loss.landscape();
        let quadratic = self.quadratic.map(|quadratic| quadratic.minimizer[0]);
        let view = landscape.map(|landscape| landscape.view[0]).filter(|_| quadratic.is_none());
        let centre = quadratic.or(view.map(|[low, high]| (low + high) / 2.0)).unwrap_or(0.0);
        let distance = (self.start[0] - centre).abs();
        let mut reach = distance;
        for iterate in self.trajectory.iterates.iter().take(5) {
            let out = (iterate.x[0] - centre).abs();
            reach = if out > reach { out } else { reach };
        }
        let largest = LARGEST_REACH * distance;
        reach = if reach > largest { largest } else { reach };
        let usual = view.map_or(USUAL_REACH, |[low, high]| (high - low) / 2.0);
        // A start within the usual view does not change it: otherwise each click would zoom in
        // further, and none could zoom out again.
        let half = if MARGIN * reach < usual { usual } else { MARGIN * reach };
        let (from, to) = (centre - half, centre + half);
        let samples = (0..=64).map(|i| self.f(from + (to - from) * f64::from(i) / 64.0));
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in samples.filter(|value| value.abs() < HIGHEST) {
            low = if value < low { value } else { low };
            high = if value > high { value } else { high };
        }
        if low >= high {
            // A constant loss, in the middle of a view that is not degenerate at any loss.
            let around = if low.abs() > 1.0 { low.abs() } else { 1.0 };
            (low, high) = if low.is_finite() { (low - around, low + around) } else { (0.0, 1.0) };
        }
        let margin = 0.07 * (high - low);
        View { x: Axis::linear(from, to), y: Axis::linear(low - margin, high) }
    }

    pub(crate) fn limit(&self) -> StopCriteria {
        StopCriteria { max_iterations: self.steps as usize, gradient_tol: self.tol }
    }

    pub(crate) fn f(&self, x: f64) -> f64 {
        self.loss.value([x])
    }

    pub(crate) fn view(&self) -> View {
        self.view
    }

    pub(crate) fn alpha(&self) -> f64 {
        self.alpha
    }

    /// The learning rate with its changes.
    pub(crate) fn plan(&self) -> AlphaPlan {
        AlphaPlan { alpha: self.alpha, changes: self.changes, steps: self.steps }
    }

    pub(crate) fn start(&self) -> [f64; 1] {
        self.start
    }

    pub(crate) fn steps(&self) -> u32 {
        self.steps
    }

    pub(crate) fn quadratic(&self) -> Option<&Quadratic<1>> {
        self.quadratic.as_ref()
    }

    pub(crate) fn iterates(&self) -> &[Iterate<1>] {
        &self.trajectory.iterates
    }

    /// The k-th iterate, or the last one.
    pub(crate) fn iterate(&self, k: u32) -> Iterate<1> {
        let iterates = self.iterates();
        iterates[(k as usize).min(iterates.len() - 1)]
    }

    pub(crate) fn last(&self) -> u32 {
        self.trajectory.last_k() as u32
    }

    /// Where the step from the k-th iterate leads, if the loss is undefined there.
    pub(crate) fn beyond(&self, k: usize) -> Option<f64> {
        let Outcome::Undefined { k: end, .. } = self.outcome() else { return None };
        let here = self.iterates().get(k).filter(|_| k + 1 == end)?;
        Some(here.x[0] - self.plan().at(k as u32) * here.gradient[0])
    }

    pub(crate) fn outcome(&self) -> Outcome {
        self.trajectory.outcome
    }

    pub(crate) fn trajectory(&self) -> &Trajectory<1> {
        &self.trajectory
    }

    pub(crate) fn loss(&self) -> &NamedLoss<1> {
        &self.loss
    }

    pub(crate) fn set_alpha(&mut self, alpha: f64) {
        self.alpha = between(alpha, 0.0, LARGEST_ALPHA);
    }

    /// The regime of the run, which there is for one α.
    pub(crate) fn regime(&self) -> Option<Regime> {
        self.quadratic
            .filter(|_| self.changes.list().is_empty())
            .map(|quadratic| quadratic.regime(self.alpha))
    }

    /// The line that describes the regime of the step from iteration `k`.
    pub(crate) fn regime_line(&self, k: u32, locale: &Locale) -> Readout {
        regime::line(self.loss.loss(), &Rule::GradientDescent, self.plan().at(k), locale)
    }

    pub(crate) fn drop_at(&mut self, at: &[f64]) {
        let x = at.first().copied().unwrap_or(0.0);
        self.start = [x.clamp(-LARGEST_START, LARGEST_START)];
    }

    pub(crate) fn ending(&self, locale: &Locale) -> RunEnd {
        let name = locale.get("run-gd");
        RunEnd { name, outcome: self.trajectory.outcome, last: self.last() }
    }

    /// The settings of the run besides rule and α, for figures that keep several runs.
    pub(crate) fn settings(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("loss", Value::Text(self.loss.text().to_owned())),
            ("start", Value::Number(self.start[0])),
            ("steps", Value::Number(f64::from(self.steps))),
            ("tol", Value::Number(self.tol)),
        ]
    }

    /// The facts of a figure that plays this run, by its name and the message key of its title.
    pub(crate) fn facts(&self, name: &'static str, title: &'static str) -> Facts {
        // The whole run takes about eight seconds, within what the eye can follow.
        let pace = (f64::from(self.last()) / 8.0).clamp(2.0, 60.0);
        Facts { last: self.last(), pace, ..Facts::of(name, title) }
    }

    /// The controls of learning rate, start, steps and loss.
    pub(crate) fn controls(&self, k: u32, locale: &Locale) -> Vec<Control> {
        let bands = self.quadratic.map_or_else(Vec::new, |quadratic| quadratic.bands());
        let stable = self.quadratic.map_or(1.0, |quadratic| quadratic.largest_stable_alpha());
        let max =
            if stable.is_finite() && stable > 0.0 { BEYOND_STABLE * stable } else { BEYOND_STABLE };
        // The default loss has its name without what is known about it.
        let formula = match formula_of(&self.loss) {
            PARABOLA => "x^2",
            formula => formula,
        };
        vec![
            controls::alpha_range(self.plan().at(k), max, &bands, locale),
            controls::number("start", locale.get("control-start-x"), locale.full(self.start[0])),
            controls::number("steps", locale.get("control-steps"), self.steps.to_string()),
            controls::formula("loss", "control-loss", formula, locale),
        ]
    }
}

impl Results for Descent1d {
    fn heard(&self, k: u32) -> f64 {
        self.iterate(k).loss
    }

    fn runs(&self) -> Vec<Run> {
        let regime = self.regime().map(Regime::name);
        vec![Run::new("gd", Rule::GradientDescent.name(), self.alpha, regime, &self.trajectory)]
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        vec![self.ending(locale)]
    }

    fn csv(&self) -> String {
        downhill::csv::trajectories(&[("gd", &self.trajectory)])
    }
}

#[cfg(test)]
mod tests {
    use super::Descent1d;

    #[test]
    fn a_start_near_the_minimizer_does_not_move_the_view() {
        let mut descent = Descent1d::default();
        let before = descent.view();
        descent.drop_at(&[0.2]);
        assert!(!descent.recompute());
        assert_eq!(descent.view(), before);
    }
}
