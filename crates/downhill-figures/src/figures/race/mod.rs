//! The race: several update rules descend one landscape from one start, possibly beside a path of the
//! reader's own, and any of their steps can be broken down.

mod controls;
mod map_pane;
mod model;
mod own_path;
mod readouts;
mod step_breakdown;

use downhill::sorting::{FEW, sort_by_key};
use downhill::{AlphaChanges, Rule, landscape_2d};

use crate::descent::descent_1d::{LARGEST_ALPHA, LARGEST_START, plane_start};
use crate::descent::rules;
use crate::draw::ColorRole;
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::controls::menu_landscape;
use crate::framework::declaration::{Pane, Span};
use crate::framework::field::{Field, OWN, SAME, Slot, Value};
use crate::framework::figure_kind::{Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::{Results, RunEnd};
use crate::framework::snapshot::Run;
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::{ContourPane, view_of};
use crate::panes::loss_chart::{LossChart, Series, chart_pane, slopes};
use crate::text::locale::Locale;
use map_pane::MapPane;
use model::{Entrant, MOST_STEPS, RaceModel, Runner};
use own_path::OwnPath;

/// Smoothing factors stay below 1, since a rule that keeps everything never comes to rest.
const LARGEST_SHARE: f64 = 0.9999;

/// The upper bound of non-negative settings such as ε and λ.
const LARGEST_SIZE: f64 = 1e6;

/// Several update rules on one landscape.
pub(crate) struct Race {
    model: RaceModel,
    own: OwnPath,
    /// The run whose steps are broken down.
    chosen: Entrant,
    map: ContourPane,
    chart: LossChart,
    /// The loss whose contours are drawn.
    drawn: String,
}

impl Default for Race {
    fn default() -> Self {
        let model = RaceModel::default();
        Self {
            map: ContourPane::new(view_of(&model.loss)),
            model,
            own: OwnPath::default(),
            chosen: Entrant(10),
            chart: LossChart::default(),
            drawn: String::new(),
        }
    }
}

impl Race {
    /// The row of the rule whose steps are broken down: the first row if the selected rule is not
    /// in the race.
    fn row_chosen(&self) -> usize {
        let runners = self.model.runners();
        runners.iter().position(|runner| runner.index == self.chosen.0).unwrap_or(0)
    }

    fn runner(&self) -> &Runner {
        &self.model.runners()[self.row_chosen()]
    }

    /// Charts all runs, the chosen one with its slopes; returns whether the axes changed.
    fn show_chart(&mut self) -> bool {
        let chosen = self.row_chosen();
        let series = self.model.runners().iter().enumerate().map(|(row, runner)| {
            let iterates = &runner.trajectory.iterates;
            Series {
                role: runner.role(),
                losses: iterates.iter().map(|iterate| iterate.loss).collect(),
                slopes: if row == chosen { slopes(iterates) } else { Vec::new() },
                second: runner.is_second(),
            }
        });
        let own = self.own.trajectory().map(|trajectory| Series {
            role: ColorRole::Ink,
            losses: trajectory.iterates.iter().map(|iterate| iterate.loss).collect(),
            slopes: Vec::new(),
            second: false,
        });
        let series = series.chain(own).collect();
        self.chart.show_to_end(series, self.model.steps.max(self.own.last()))
    }

    /// The rows of the rules after k iterations, from the first to the last: those that have converged
    /// by their steps, then the others by their losses, and last those that have left the domain.
    fn ranks(&self, k: u32) -> Vec<usize> {
        let place = |row: &usize| {
            let runner = &self.model.runners()[*row];
            match runner.arrived(k) {
                Some(steps) => (0.0, f64::from(steps)),
                None => runner.loss(k).map_or((2.0, 0.0), |loss| (1.0, loss)),
            }
        };
        let mut rows: Vec<usize> = (0..self.model.runners().len()).collect();
        sort_by_key(&mut rows, FEW, |row| place(row).1);
        sort_by_key(&mut rows, FEW, |row| place(row).0);
        rows
    }

    /// The name of a run, with what tells it from the other one of the same rule.
    fn title(&self, runner: &Runner, locale: &Locale) -> String {
        if !self.model.is_found(runner) {
            return runner.rule.title().to_owned();
        }
        rules::told_apart(runner.rule.title(), &self.model.told_apart(runner), locale)
    }

    fn choose_row(&mut self, row: usize, view: &ViewState<'_>) -> Update {
        match self.model.runners().get(row) {
            Some(runner) => {
                self.chosen = Entrant(runner.index);
                let _same = self.show_chart();
                Update::VIEW.saying(self.runner_sentence(view))
            }
            None => Update::NONE,
        }
    }

    /// How far the runner is whose steps are taken apart.
    fn runner_sentence(&self, view: &ViewState<'_>) -> String {
        let (locale, runner) = (view.locale, self.runner());
        let k = view.k.min(self.last());
        let loss = locale.short(runner.iterate(k).loss);
        let runners = self.model.runners().len().to_string();
        let values = [
            ("name", &*self.title(runner, locale)),
            ("alpha", &*self.alpha_word(runner, locale)),
            ("k", &*k.to_string()),
            ("loss", &*loss),
            ("runners", &*runners),
        ];
        locale.format("said-runner", &values)
    }

    /// The largest index of an iterate in any run.
    fn last(&self) -> u32 {
        let rules = self.model.runners().iter().map(Runner::last);
        rules.chain([self.own.last()]).max().unwrap_or(0)
    }
}

impl FigureKind for Race {
    fn facts(&self) -> Facts {
        Facts {
            last: self.last(),
            pace: (f64::from(self.last()) / 10.0).clamp(2.0, 600.0),
            live_rows: true,
            is_working: self.model.sought().is_some(),
            first: &[
                "run-gd",
                "run-momentum",
                "run-rmsprop",
                "run-adam",
                "fair",
                "alpha",
                "other-alpha",
                "standing",
                "table",
                "schedule-note",
            ],
            ..Facts::of("race", "title-race")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let model = &mut self.model;
        let share = |slot| Slot::Number(slot, (0.0, LARGEST_SHARE));
        let field = |name, slot| Field { name, slot };
        vec![
            field("loss", Slot::Loss(&mut model.loss)),
            field("rules", Slot::Names(&mut model.rules, rules::names_twice())),
            field("fair", Slot::Choice(&mut model.fair)),
            field("alpha", Slot::Rate(&mut model.alpha, &mut model.changes, (0.0, LARGEST_ALPHA))),
            field("other-alpha", Slot::Own(&mut model.other_alpha, (0.0, LARGEST_ALPHA), SAME)),
            field("beta", share(&mut model.beta)),
            field("other-beta", Slot::Own(&mut model.other_beta, (0.0, LARGEST_SHARE), SAME)),
            field("beta1", share(&mut model.beta1)),
            field("beta2", share(&mut model.beta2)),
            field("eps", Slot::Own(&mut model.eps, (0.0, LARGEST_SIZE), OWN)),
            field("rho", Slot::Own(&mut model.rho, (0.0, LARGEST_SHARE), OWN)),
            field("weight-decay", Slot::Number(&mut model.weight_decay, (0.0, LARGEST_SIZE))),
            field("momentum-decay", Slot::Number(&mut model.momentum_decay, (0.0, LARGEST_SIZE))),
            field("safeguard", Slot::Toggle(&mut model.safeguard)),
            field("schedule", Slot::Written(&mut model.schedule)),
            field("start", Slot::Point(&mut model.start, LARGEST_START)),
            field("steps", Slot::Count(&mut model.steps, (1, MOST_STEPS))),
            field("path", self.own.slot()),
            field("runner", Slot::Choice(&mut self.chosen)),
            field("scale", Slot::Choice(&mut self.chart.scale)),
        ]
    }

    fn recompute(&mut self) -> PaneSet {
        self.model.recompute();
        self.own.recompute(&self.model.loss);
        let before = (self.map.view, std::mem::take(&mut self.drawn));
        self.fit_view();
        self.model.loss.text().clone_into(&mut self.drawn);
        let axes = self.show_chart();
        let map = before.0 != self.map.view || before.1 != self.drawn;
        if map {
            let model = &self.model;
            self.map.sample(&|x, y| model.value(x, y));
        }
        PaneSet::one(0).when(map) | PaneSet::one(1).when(axes)
    }

    fn alpha_plan(&self) -> Option<AlphaPlan> {
        Some(self.model.plan())
    }

    fn update(&mut self, input: FigureInput<'_>, view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Resize(0, width_px, height_px) => {
                self.map.resize(width_px, height_px);
                self.fit_view();
            }
            FigureInput::Drop(at) => {
                self.model.start = plane_start(at);
                return Update::start(self.recompute());
            }
            // On the table arrows go from runner to runner.
            FigureInput::Key(2.., key) => {
                let (row, last) = (self.row_chosen(), self.model.runners().len() - 1);
                let row = match key {
                    "ArrowUp" => row.saturating_sub(1),
                    "ArrowDown" => (row + 1).min(last),
                    "Home" => 0,
                    "End" => last,
                    _ => return Update::NONE,
                };
                return self.choose_row(row, view);
            }
            FigureInput::Choose(row) => return self.choose_row(row as usize, view),
            FigureInput::Act("safeguard") => {
                self.model.safeguard = !self.model.safeguard;
                let spec = Update::spec(self.recompute());
                return spec.saying(self.runner_sentence(view));
            }
            FigureInput::Act("twice") => {
                let runner = self.runner().clone();
                self.model.toggle_second(&runner);
                let index =
                    if self.model.is_twice(&runner) { runner.index | 1 } else { runner.index & !1 };
                self.chosen = Entrant(index);
                let spec = Update::spec(self.recompute());
                return spec.saying(self.runner_sentence(view));
            }
            FigureInput::Act(action) => {
                let toggled = Rule::ALL.iter().position(|rule| controls::action(rule) == action);
                if toggled.is_some_and(|index| self.model.toggle(index)) {
                    let spec = Update::spec(self.recompute());
                    return spec.saying(self.runner_sentence(view));
                }
                if let Some(known) = menu_landscape(action, landscape_2d) {
                    (self.model.alpha, self.model.start) = (known.alpha, known.start);
                    // What was ten times as large may be the same by now.
                    self.model.other_alpha = self.model.other_alpha.map(|_| 10.0 * known.alpha);
                    self.model.changes = AlphaChanges::default();
                }
            }
            FigureInput::Work(steps) if self.model.search(steps) => {
                return Update::runs(self.recompute());
            }
            _ => {}
        }
        Update::NONE
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let map =
            Pane::new("map", ["pane-race", "caption-race", "help-race"], (1.0, Span::Half), locale);
        Declared {
            panes: vec![map, chart_pane(locale, 1.0, Span::Half)],
            controls: self.settings(view),
            table: Some(self.list(locale)),
        }
    }

    fn pane(&self, pane: usize, size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        match pane {
            0 => Box::new(MapPane(self)),
            _ => {
                let chart = self
                    .chart
                    .view(pane, size_px)
                    .with_names(move |view| self.names(view.k, size_px.1, view.locale));
                let chart = chart.with_changes(self.model.changes.list(), |k| k);
                let runner = self.runner();
                Box::new(if self.model.is_steady(runner) {
                    chart
                } else {
                    // The full height stands for the largest α that there is.
                    let changes = self.model.changes_of(runner.index);
                    let rates = changes.list().iter().map(|(_, alpha)| *alpha);
                    let most = rates.chain([runner.alpha]).max_by(f64::total_cmp);
                    let most = most.unwrap_or(runner.alpha);
                    chart.with_rates(most, |k| self.model.rate(runner, k))
                })
            }
        }
    }

    fn results(&self) -> &dyn Results {
        self
    }
}

impl Results for Race {
    fn heard(&self, k: u32) -> f64 {
        self.runner().iterate(k).loss
    }

    fn runs(&self) -> Vec<Run> {
        let runners = self.model.runners().iter();
        runners
            .map(|runner| {
                let regime = self.model.regime(runner);
                let rule = runner.rule.name();
                let mut run =
                    Run::new(runner.name(), rule, runner.alpha, regime, &runner.trajectory);
                if self.model.is_twice(runner) {
                    let of = |name| Some((name, Value::Number(runner.rule.hyperparameter(name)?)));
                    let all = runner.rule.hyperparameters().iter();
                    run.settings = all.filter_map(|setting| of(setting.name)).collect();
                }
                run
            })
            .chain(self.own.run())
            .collect()
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        let runners = self.model.runners().iter();
        runners
            .map(|runner| RunEnd {
                name: self.title(runner, locale),
                outcome: runner.trajectory.outcome,
                last: runner.last(),
            })
            .chain(self.own.trajectory().map(|trajectory| RunEnd {
                name: locale.get("own-path"),
                outcome: trajectory.outcome,
                last: self.own.last(),
            }))
            .collect()
    }

    fn csv(&self) -> String {
        let runners = self.model.runners().iter();
        let rules = runners.map(|runner| (runner.name(), &runner.trajectory));
        let own = self.own.trajectory().map(|trajectory| (OwnPath::NAME, trajectory));
        let runs: Vec<_> = rules.chain(own).collect();
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        vec![("command", Value::Text(self.command()))]
    }
}
