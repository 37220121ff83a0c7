//! The race: several update rules descend one landscape from one start, and any of their steps can
//! be broken down.

mod controls;
mod drawing;
mod model;
mod readouts;
mod step_breakdown;

use downhill::{Rule, landscapes_2d};

use crate::descent::descent_1d::{LARGEST_ALPHA, LARGEST_START};
use crate::descent::rules;
use crate::draw::{OverlayShape, Scene};
use crate::framework::controls::menu_landscape;
use crate::framework::declaration::{Control, Keys, Pane, Readout, Span, Table};
use crate::framework::field::{Field, Slot, Value};
use crate::framework::figure_kind::{Effect, FigureKind, Place, RunEnd, ViewState};
use crate::framework::pane_set::PaneSet;
use crate::framework::snapshot::Run;
use crate::panes::contour_map::{ContourPane, view_of};
use crate::panes::loss_chart::{LossChart, Series, chart_pane};
use crate::text::locale::Locale;
use model::{MOST_STEPS, RaceModel, Runner};

/// Smoothing factors stay below 1, since a rule that keeps everything never comes to rest.
const LARGEST_SHARE: f64 = 0.9999;

/// The upper bound of non-negative settings such as ε and λ.
const LARGEST_SIZE: f64 = 1e6;

/// Several update rules on one landscape.
pub(crate) struct Race {
    model: RaceModel,
    /// The rule whose steps are broken down.
    chosen: Rule,
    map: ContourPane,
    chart: LossChart,
    /// The loss whose contours are drawn.
    drawn: String,
    /// Whether a best α that was found has not been reported yet.
    found: bool,
}

impl Default for Race {
    fn default() -> Self {
        let model = RaceModel::default();
        Self {
            map: ContourPane::new(view_of(&model.loss)),
            model,
            chosen: Rule::ALL[5],
            chart: LossChart::default(),
            drawn: String::new(),
            found: false,
        }
    }
}

impl Race {
    /// The row of the rule whose steps are broken down: the first row if the selected rule is not
    /// in the race.
    fn row_chosen(&self) -> usize {
        let runners = self.model.runners();
        runners.iter().position(|runner| rules::is_same(&runner.rule, &self.chosen)).unwrap_or(0)
    }

    fn runner(&self) -> &Runner {
        &self.model.runners()[self.row_chosen()]
    }

    fn choose_row(&mut self, row: usize) -> Effect {
        match self.model.runners().get(row) {
            Some(runner) => {
                self.chosen = runner.rule;
                Effect::Overlay
            }
            None => Effect::None,
        }
    }
}

impl FigureKind for Race {
    fn name(&self) -> &'static str {
        "race"
    }

    fn title(&self) -> &'static str {
        "title-race"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let model = &mut self.model;
        let share = |slot| Slot::Number(slot, (0.0, LARGEST_SHARE));
        let field = |name, slot| Field { name, slot };
        vec![
            field("loss", Slot::Loss2d(&mut model.loss)),
            field("rules", Slot::Names(&mut model.rules, rules::names())),
            field("fair", Slot::Choice(&mut model.fair)),
            field("alpha", Slot::Number(&mut model.alpha, (0.0, LARGEST_ALPHA))),
            field("beta", share(&mut model.beta)),
            field("beta1", share(&mut model.beta1)),
            field("beta2", share(&mut model.beta2)),
            field("eps", Slot::Own(&mut model.eps, (0.0, LARGEST_SIZE))),
            field("rho", Slot::Own(&mut model.rho, (0.0, LARGEST_SHARE))),
            field("weight-decay", Slot::Number(&mut model.weight_decay, (0.0, LARGEST_SIZE))),
            field("momentum-decay", Slot::Number(&mut model.momentum_decay, (0.0, LARGEST_SIZE))),
            field("safeguard", Slot::Toggle(&mut model.safeguard)),
            field("schedule", Slot::Schedule(&mut model.schedule)),
            field("start", Slot::Point(&mut model.start, LARGEST_START)),
            field("steps", Slot::Count(&mut model.steps, (1, MOST_STEPS))),
            field("runner", Slot::Choice(&mut self.chosen)),
            field("scale", Slot::Choice(&mut self.chart.scale)),
        ]
    }

    fn recompute(&mut self) -> PaneSet {
        self.model.recompute();
        let before = (self.map.view, std::mem::take(&mut self.drawn));
        self.fit_view();
        self.model.loss.text().clone_into(&mut self.drawn);
        let losses = |runner: &Runner| runner.trajectory.iterates.iter().map(|i| i.loss).collect();
        let runners = self.model.runners().iter();
        let series =
            runners.map(|runner| Series { role: runner.role(), losses: losses(runner) }).collect();
        let axes = self.chart.show(series, self.model.steps);
        let map = before.0 != self.map.view || before.1 != self.drawn;
        if map {
            let model = &self.model;
            self.map.sample(|x, y| model.value(x, y));
        }
        PaneSet::one(0).when(map) | PaneSet::one(1).when(axes)
    }

    fn resize(&mut self, pane: usize, width_px: f64, height_px: f64) {
        if pane == 0 {
            self.map.resize(width_px, height_px);
            self.fit_view();
        } else {
            self.chart.resize(width_px, height_px);
        }
    }

    fn last(&self) -> u32 {
        self.model.runners().iter().map(Runner::last).max().unwrap_or(0)
    }

    fn pace(&self) -> f64 {
        (f64::from(self.last()) / 10.0).clamp(2.0, 600.0)
    }

    fn panes(&self, locale: &Locale) -> Vec<Pane> {
        let map = Pane {
            id: "map",
            label: locale.get("pane-race"),
            caption: locale.get("caption-race"),
            aspect: 0.8,
            span: Span::Half,
            keys: Keys::Place,
            help: locale.get("help-race"),
            drags: false,
            raster: false,
            relief: false,
        };
        vec![map, chart_pane(locale, 0.8, Span::Half)]
    }

    fn controls(&self, view: &ViewState<'_>) -> Vec<Control> {
        self.settings(view.locale)
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        self.report(view)
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        self.who_is_ahead(view).0
    }

    fn announcement(&self, view: &ViewState<'_>) -> Option<String> {
        let (locale, runner) = (view.locale, self.runner());
        let loss = locale.short(runner.iterate(view.k).loss);
        let runners = self.model.runners().len().to_string();
        let values = [
            ("name", runner.rule.title()),
            ("alpha", &*locale.full(runner.alpha)),
            ("k", &*view.k.to_string()),
            ("loss", &*loss),
            ("runners", &*runners),
        ];
        Some(locale.format("said-runner", &values))
    }

    fn has_live_rows(&self) -> bool {
        true
    }

    fn table(&self, view: &ViewState<'_>) -> Option<Table> {
        Some(self.list(view.locale))
    }

    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        self.line(row as usize, view)
    }

    fn static_layer(&self, pane: usize, scene: &mut Scene, locale: &Locale) {
        if pane == 0 {
            self.map.still(scene, |x, y| self.model.value(x, y), locale);
        } else {
            self.chart.still(scene, locale);
        }
    }

    fn overlay(&self, pane: usize, view: &ViewState<'_>) -> Vec<OverlayShape> {
        if pane == 0 { self.map_marks(view) } else { self.chart_marks(view) }
    }

    fn place(&self, pane: usize, x_px: f64, y_px: f64) -> Place {
        if pane == 0 {
            Place::Point { run: self.row_chosen(), at: self.map.world(x_px, y_px).to_vec() }
        } else {
            Place::Iteration(self.chart.k_at(x_px, y_px))
        }
    }

    fn cross_hair_start(&self, pane: usize, k: u32) -> (f64, f64) {
        if pane == 0 {
            self.map.place_of(self.runner().iterate(k).x)
        } else {
            self.chart.place_of(k)
        }
    }

    fn drop_at(&mut self, at: &[f64]) {
        let coordinate =
            |i: usize| at.get(i).copied().unwrap_or(0.0).clamp(-LARGEST_START, LARGEST_START);
        self.model.start = [coordinate(0), coordinate(1)];
    }

    /// On the table, arrow keys move from rule to rule.
    fn key(&mut self, pane: usize, key: &str) -> Effect {
        if pane < 2 {
            return Effect::None;
        }
        let (row, last) = (self.row_chosen(), self.model.runners().len() - 1);
        let row = match key {
            "ArrowUp" => row.saturating_sub(1),
            "ArrowDown" => (row + 1).min(last),
            "Home" => 0,
            "End" => last,
            _ => return Effect::None,
        };
        self.choose_row(row)
    }

    fn act(&mut self, action: &str) -> Effect {
        match Rule::ALL.iter().position(|rule| controls::action(rule) == action) {
            Some(index) if self.model.toggle(index) => Effect::Spec,
            None if action == "safeguard" => {
                self.model.safeguard = !self.model.safeguard;
                Effect::Spec
            }
            _ => {
                if let Some(known) = menu_landscape(action, landscapes_2d()) {
                    (self.model.alpha, self.model.start) = (known.alpha, known.start);
                }
                Effect::None
            }
        }
    }

    fn choose(&mut self, row: u32) -> Effect {
        self.choose_row(row as usize)
    }

    fn work(&mut self, steps: usize) -> bool {
        self.found = self.model.search(steps);
        false
    }

    fn after_work(&mut self) -> Effect {
        if std::mem::take(&mut self.found) { Effect::Runs } else { Effect::None }
    }

    fn is_working(&self) -> bool {
        self.model.sought().is_some()
    }

    fn runs(&self) -> Vec<Run> {
        let runners = self.model.runners().iter();
        runners
            .map(|runner| {
                let name = runner.rule.name();
                let regime = self.model.regime(runner);
                Run::new(name, name, runner.alpha, regime, &runner.trajectory)
            })
            .collect()
    }

    fn run_ends(&self, _locale: &Locale) -> Vec<RunEnd> {
        let runners = self.model.runners().iter();
        runners
            .map(|runner| RunEnd {
                name: runner.rule.title().to_owned(),
                outcome: runner.trajectory.outcome,
                last: runner.last(),
            })
            .collect()
    }

    fn csv(&self) -> String {
        let runners = self.model.runners().iter();
        let runs: Vec<_> = runners.map(|runner| (runner.rule.name(), &runner.trajectory)).collect();
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        vec![("command", Value::Text(self.command()))]
    }
}
