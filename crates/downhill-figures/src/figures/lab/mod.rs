//! The learning-rate lab: one run to experiment with, saved runs for comparison, and the α-sweep.

mod drawing;
mod presets;
mod readouts;
mod saved_runs;
mod sweep_pane;

use downhill::{Outcome, SweepPoint, landscapes_1d};

use crate::descent::descent_1d::Descent1d;
use crate::descent::readouts::{curve_pane, standing_line};
use crate::draw::{ColorRole, OverlayShape, Scene};
use crate::framework::controls::menu_landscape;
use crate::framework::declaration::{Control, Keys, Pane, Readout, Span, Table};
use crate::framework::field::{Field, Slot, Value};
use crate::framework::figure::outcome_cell;
use crate::framework::figure_kind::{Effect, FigureKind, Place, RunEnd, ViewState};
use crate::framework::pane_set::PaneSet;
use crate::framework::snapshot::Run;
use crate::panes::curve::CurvePane;
use crate::panes::loss_chart::{LossChart, Series, chart_pane};
use crate::text::locale::Locale;
use presets::{Preset, Presets};
use readouts::{Said, said};
use saved_runs::SavedRuns;
use sweep_pane::{SweepPane, point_of};

/// The pane of the loss chart.
const CHART: usize = 1;

/// The pane of the sweep.
const SWEEP: usize = 2;

/// The name of a saved run: part of the state, but not of the spec.
const RUN_NAME: &str = "run-name";

/// An experiment with the learning rate.
pub(crate) struct Lab {
    descent: Descent1d,
    presets: Presets,
    saved_runs: SavedRuns,
    /// The saved runs as text.
    notes: String,
    sweep_pane: SweepPane,
    /// The current run's point in the sweep.
    point: SweepPoint,
    /// The selected row of the table: 0 is the current run, followed by the saved ones.
    chosen: usize,
    curve: CurvePane,
    chart: LossChart,
    /// The reader's last action.
    did: Said,
    /// Whether a completed sweep has not been reported yet.
    swept: bool,
}

impl Default for Lab {
    fn default() -> Self {
        let descent = Descent1d::default();
        Self {
            point: point_of(&descent),
            descent,
            presets: Presets::default(),
            saved_runs: SavedRuns::default(),
            notes: String::new(),
            sweep_pane: SweepPane::default(),
            chosen: 0,
            curve: CurvePane::default(),
            chart: LossChart::default(),
            did: Said::Rate,
            swept: false,
        }
    }
}

impl Lab {
    /// The α of a preset: on a quadratic from its curvature, otherwise the best one found by the
    /// sweep.
    fn preset(&self, preset: Preset) -> Option<f64> {
        let swept = || self.sweep_pane.best().map(|point| point.alpha);
        self.presets.alpha(preset).or_else(|| (preset == Preset::Best).then(swept).flatten())
    }

    fn take_alpha(&mut self, alpha: f64) -> Effect {
        self.descent.set_alpha(alpha);
        self.did = Said::Rate;
        Effect::Spec
    }

    /// Records an action on the saved runs.
    fn note(&mut self, did: Said) -> Effect {
        self.did = did;
        self.notes = self.saved_runs.written();
        Effect::Runs
    }

    fn choose_row(&mut self, row: usize) -> Effect {
        if row > self.saved_runs.runs().len() {
            return Effect::None;
        }
        self.chosen = row;
        self.did = Said::Chosen;
        Effect::Overlay
    }

    /// The index of the selected saved run.
    fn kept(&self) -> Option<usize> {
        self.chosen.checked_sub(1).filter(|index| *index < self.saved_runs.runs().len())
    }

    /// The names of all runs, the current one first.
    fn names(&self, locale: &Locale) -> Vec<String> {
        let kept = self.saved_runs.runs().iter().map(|kept| kept.name(locale));
        [locale.get("lab-now")].into_iter().chain(kept).collect()
    }

    /// All runs, the current one first.
    fn descents(&self) -> impl Iterator<Item = (&Descent1d, ColorRole)> {
        let kept = self.saved_runs.runs().iter().map(|kept| (&kept.descent, kept.role()));
        [(&self.descent, ColorRole::Step)].into_iter().chain(kept)
    }
}

impl FigureKind for Lab {
    fn name(&self) -> &'static str {
        "lab"
    }

    fn title(&self) -> &'static str {
        "title-lab"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = self.descent.fields_and_stop();
        fields.push(Field { name: "scale", slot: Slot::Choice(&mut self.chart.scale) });
        fields.push(Field { name: "kept", slot: Slot::Notes(&mut self.notes) });
        fields.push(Field { name: "track", slot: Slot::Choice(&mut self.sweep_pane.track) });
        fields
    }

    fn recompute(&mut self) -> PaneSet {
        if self.notes != self.saved_runs.written() {
            self.saved_runs = SavedRuns::read(&self.notes, point_of);
            self.notes = self.saved_runs.written();
            self.chosen = self.chosen.min(self.saved_runs.runs().len());
        }
        let track = self.sweep_pane.axis();
        let curve = PaneSet::one(0).when(self.descent.recompute());
        self.presets.suit(&self.descent);
        self.point = point_of(&self.descent);
        let swept = self.sweep_pane.show(&self.descent, self.presets.range)
            || track != self.sweep_pane.axis();
        let losses = |descent: &Descent1d| descent.iterates().iter().map(|i| i.loss).collect();
        let mut series: Vec<Series> = self
            .descents()
            .map(|(descent, role)| Series { role, losses: losses(descent) })
            .collect();
        series.rotate_left(1);
        let steps = self.last().max(self.descent.steps());
        let chart = PaneSet::one(CHART).when(self.chart.show(series, steps));
        curve | chart | PaneSet::one(SWEEP).when(swept)
    }

    fn resize(&mut self, pane: usize, width_px: f64, height_px: f64) {
        match pane {
            CHART => self.chart.resize(width_px, height_px),
            SWEEP => self.sweep_pane.resize(width_px, height_px),
            _ => self.curve.resize(width_px, height_px),
        }
    }

    /// All runs share one index, which reaches the end of the longest.
    fn last(&self) -> u32 {
        self.descents().map(|(descent, _)| descent.last()).max().unwrap_or(0)
    }

    fn pace(&self) -> f64 {
        (f64::from(self.last()) / 8.0).clamp(2.0, 60.0)
    }

    fn panes(&self, locale: &Locale) -> Vec<Pane> {
        let mut curve = curve_pane(locale, 0.72, Span::Half);
        curve.caption = locale.get("caption-curve");
        let sweep = Pane {
            id: "sweep",
            label: locale.get("pane-sweep"),
            caption: locale.get("caption-sweep"),
            aspect: 0.3,
            span: Span::Full,
            keys: Keys::Scrub,
            help: locale.get("help-sweep"),
            drags: true,
            raster: false,
            relief: false,
        };
        vec![curve, chart_pane(locale, 0.72, Span::Half), sweep]
    }

    fn controls(&self, view: &ViewState<'_>) -> Vec<Control> {
        readouts::controls(self, view)
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let own = self.own(view);
        vec![
            self.descent.regime_line(view.locale),
            readouts::statistics(&self.descent, &own),
            readouts::outcome(&self.descent, view.locale),
            readouts::comparison(self, view.locale),
            readouts::sweep(self, view.locale),
        ]
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        standing_line(&self.descent, &self.own(view))
    }

    fn announcement(&self, view: &ViewState<'_>) -> Option<String> {
        Some(said(self, view.locale))
    }

    fn table(&self, view: &ViewState<'_>) -> Option<Table> {
        let locale = view.locale;
        let keys = [
            "column-run",
            "column-alpha",
            "column-start",
            "column-outcome",
            "column-x-there",
            "column-loss",
        ];
        Some(Table {
            caption: locale.get("caption-kept"),
            columns: keys.map(|key| locale.get(key)).to_vec(),
            rows: self.saved_runs.runs().len() as u32 + 1,
            k: self.chosen as u32,
            roles: self.descents().map(|(_, role)| role).collect(),
        })
    }

    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        let locale = view.locale;
        let row = row as usize;
        let (Some((descent, _)), Some(name)) =
            (self.descents().nth(row), self.names(locale).into_iter().nth(row))
        else {
            return Vec::new();
        };
        let end = descent.iterate(descent.last());
        vec![
            name,
            locale.full(descent.alpha()),
            locale.full(descent.start()[0]),
            outcome_cell(locale, descent.outcome()),
            locale.short(end.x[0]),
            locale.short(end.loss),
        ]
    }

    fn static_layer(&self, pane: usize, scene: &mut Scene, locale: &Locale) {
        match pane {
            CHART => self.chart.still(scene, locale),
            SWEEP => self.sweep_pane.still(scene, &self.descent, locale),
            _ => self.curve.still(scene, &self.descent, locale),
        }
    }

    fn overlay(&self, pane: usize, view: &ViewState<'_>) -> Vec<OverlayShape> {
        match pane {
            CHART => self.chart_marks(view),
            SWEEP => self.sweep_marks(view),
            _ => self.curve_marks(view),
        }
    }

    fn place(&self, pane: usize, x_px: f64, y_px: f64) -> Place {
        match pane {
            CHART => Place::Iteration(self.chart.k_at(x_px, y_px)),
            SWEEP => Place::None,
            _ => Place::Point { run: 0, at: vec![self.curve.x_at(&self.descent, x_px, y_px)] },
        }
    }

    fn cross_hair_start(&self, pane: usize, k: u32) -> (f64, f64) {
        match pane {
            CHART => self.chart.place_of(k),
            SWEEP => self.sweep_pane.place_of(&self.point),
            _ => self.curve.place_of(&self.descent, k),
        }
    }

    fn drop_at(&mut self, at: &[f64]) {
        self.descent.drop_at(at);
    }

    fn tap(&mut self, pane: usize, x_px: f64, _y_px: f64) -> Effect {
        if pane == SWEEP { self.take_alpha(self.sweep_pane.alpha_at(x_px)) } else { Effect::None }
    }

    /// A touch on the point drags it; elsewhere it scrolls the page.
    fn press(&mut self, pane: usize, x_px: f64, y_px: f64) -> bool {
        pane == SWEEP && self.sweep_pane.is_near(&self.point, x_px, y_px)
    }

    fn drags_anywhere(&self, pane: usize) -> bool {
        pane == SWEEP
    }

    fn drag(&mut self, pane: usize, x_px: f64, y_px: f64) -> Effect {
        self.tap(pane, x_px, y_px)
    }

    fn key(&mut self, pane: usize, key: &str) -> Effect {
        if pane == SWEEP {
            if matches!(key, "b" | "B" | "Enter") {
                return self.act("best");
            }
            let alpha = self.sweep_pane.stepped(self.descent.alpha(), key);
            return alpha.map_or(Effect::None, |alpha| self.take_alpha(alpha));
        }
        if pane < SWEEP {
            return Effect::None;
        }
        // On the table, arrow keys move from run to run.
        let last = self.saved_runs.runs().len();
        match key {
            "ArrowUp" => self.choose_row(self.chosen.saturating_sub(1)),
            "ArrowDown" => self.choose_row((self.chosen + 1).min(last)),
            "Home" => self.choose_row(0),
            "End" => self.choose_row(last),
            "Delete" | "Backspace" => self.act("remove"),
            _ => Effect::None,
        }
    }

    fn act(&mut self, action: &str) -> Effect {
        if let Some(preset) = Preset::of(action) {
            return self.preset(preset).map_or(Effect::None, |alpha| self.take_alpha(alpha));
        }
        match (action, self.kept()) {
            ("keep", _) if self.saved_runs.keep(&self.descent, self.point) => {
                self.chosen = self.saved_runs.runs().len();
                self.note(Said::Kept)
            }
            ("remove", Some(index)) => {
                let Some(kept) = self.saved_runs.remove(index) else { return Effect::None };
                self.chosen = self.chosen.min(self.saved_runs.runs().len());
                self.note(Said::Removed(Box::new(kept)))
            }
            ("rewind", Some(index)) => {
                self.descent = self.saved_runs.runs()[index].descent.clone();
                self.did = Said::Rewound;
                Effect::Start
            }
            _ => {
                if let Some(known) = menu_landscape(action, landscapes_1d()) {
                    self.descent.set_alpha(known.alpha);
                    self.descent.drop_at(&known.start);
                }
                Effect::None
            }
        }
    }

    fn set_label(&mut self, name: &str, text: &str) -> Effect {
        let renamed = name == RUN_NAME
            && self.kept().is_some_and(|index| self.saved_runs.rename(index, text));
        if !renamed {
            return Effect::None;
        }
        self.note(Said::Renamed)
    }

    fn choose(&mut self, row: u32) -> Effect {
        self.choose_row(row as usize)
    }

    fn work(&mut self, steps: usize) -> bool {
        self.swept = self.sweep_pane.work(&self.descent, steps);
        false
    }

    fn after_work(&mut self) -> Effect {
        if std::mem::take(&mut self.swept) { Effect::StaticLayers } else { Effect::None }
    }

    fn is_working(&self) -> bool {
        self.sweep_pane.is_working()
    }

    fn runs(&self) -> Vec<Run> {
        let mut runs = self.descent.runs();
        for kept in self.saved_runs.runs() {
            runs.extend(
                kept.descent.runs().into_iter().map(|run| Run { name: kept.plain_name(), ..run }),
            );
        }
        for (run, (descent, _)) in runs.iter_mut().zip(self.descents()) {
            run.settings = descent.settings();
        }
        runs
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        vec![self.descent.ending(locale)]
    }

    fn csv(&self) -> String {
        let kept = self.saved_runs.runs().iter();
        let named: Vec<_> =
            kept.map(|kept| (kept.plain_name(), kept.descent.trajectory())).collect();
        let mut runs = vec![("gd", self.descent.trajectory())];
        runs.extend(named.iter().map(|(name, run)| (&**name, *run)));
        downhill::csv::trajectories(&runs)
    }

    /// The data of the sweep.
    fn data(&self) -> Vec<(&'static str, Value)> {
        let points = self.sweep_pane.points();
        let list = |of: fn(&SweepPoint) -> f64| Value::Point(points.iter().map(of).collect());
        let outcomes = points.iter().filter_map(|point| point.outcome.name().chars().next());
        let now = match self.point.outcome {
            Outcome::Converged { k } => Value::Number(k as f64),
            outcome => Value::Text(outcome.name().to_owned()),
        };
        vec![
            ("iterations-to-converge", now),
            ("alphas", list(|point| point.alpha)),
            ("iterations", list(|point| point.outcome.k() as f64)),
            ("outcomes", Value::Text(outcomes.collect())),
        ]
    }
}
