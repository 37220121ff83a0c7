//! The race: update rules run down one landscape from one start, and each of their steps can be taken apart.

mod autopsy;
mod contest;
mod report;
mod settings;
mod show;

use downhill::Surface;

use crate::controls::RULES;
use crate::declare::{Control, Keys, Pane, Readout, Span, Table};
use crate::draw::{Mark, Scene};
use crate::exhibit::{Effect, Ending, Exhibit, Moment, Place};
use crate::field::{Field, Slot, Value};
use crate::line::{LARGEST_ALPHA, LARGEST_START};
use crate::loss_chart::{LossChart, SCALES, Series, chart_pane};
use crate::map::GroundMap;
use crate::panes::Panes;
use crate::snapshot::Run;
use crate::voice::Voice;
use contest::{Contest, FAIRNESS, MOST_STEPS, Runner};
use settings::ACTIONS;

/// What is shown of a formula's ground that nobody knows.
const USUAL_VIEW: [[f64; 2]; 2] = [[-5.0, 5.0], [-5.0, 5.0]];

/// Rules that keep everything never come to rest.
const LARGEST_SHARE: f64 = 0.9999;

/// Sizes such as ε and λ are no larger.
const LARGEST_SIZE: f64 = 1e6;

/// Update rules on one landscape.
pub(crate) struct Race {
    contest: Contest,
    /// The index in [`RULES`] of the runner whose steps are taken apart.
    chosen: usize,
    map: GroundMap,
    chart: LossChart,
    /// The loss whose contours are drawn.
    drawn: String,
    /// Whether a best α has been found of which nobody knows yet.
    found: bool,
}

impl Default for Race {
    fn default() -> Self {
        Self {
            contest: Contest::default(),
            chosen: 5,
            map: GroundMap::new(USUAL_VIEW),
            chart: LossChart::default(),
            drawn: String::new(),
            found: false,
        }
    }
}

impl Race {
    /// The row of the runner whose steps are taken apart: the first one where the chosen one is out.
    fn row_chosen(&self) -> usize {
        let runners = self.contest.runners();
        runners.iter().position(|runner| runner.index == self.chosen).unwrap_or(0)
    }

    fn runner(&self) -> &Runner {
        &self.contest.runners()[self.row_chosen()]
    }

    fn choose_row(&mut self, row: usize) -> Effect {
        match self.contest.runners().get(row) {
            Some(runner) => {
                self.chosen = runner.index;
                Effect::Moving
            }
            None => Effect::None,
        }
    }
}

impl Exhibit for Race {
    fn name(&self) -> &'static str {
        "race"
    }

    fn title(&self) -> &'static str {
        "title-race"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let contest = &mut self.contest;
        let share = |slot| Slot::Number(slot, (0.0, LARGEST_SHARE));
        let field = |name, slot| Field { name, slot };
        vec![
            field("loss", Slot::Ground(&mut contest.loss)),
            field("rules", Slot::Names(&mut contest.rules, RULES)),
            field("fair", Slot::Choice(&mut contest.fair, FAIRNESS)),
            field("alpha", Slot::Number(&mut contest.alpha, (0.0, LARGEST_ALPHA))),
            field("beta", share(&mut contest.beta)),
            field("beta1", share(&mut contest.beta1)),
            field("beta2", share(&mut contest.beta2)),
            field("eps", Slot::Own(&mut contest.eps, (0.0, LARGEST_SIZE))),
            field("rho", Slot::Own(&mut contest.rho, (0.0, LARGEST_SHARE))),
            field("weight-decay", Slot::Number(&mut contest.weight_decay, (0.0, LARGEST_SIZE))),
            field("momentum-decay", Slot::Number(&mut contest.momentum_decay, (0.0, LARGEST_SIZE))),
            field("safeguard", Slot::Toggle(&mut contest.safeguard)),
            field("schedule", Slot::Schedule(&mut contest.schedule)),
            field("start", Slot::Point(&mut contest.start, LARGEST_START)),
            field("steps", Slot::Count(&mut contest.steps, (1, MOST_STEPS))),
            field("runner", Slot::Choice(&mut self.chosen, RULES)),
            field("scale", Slot::Choice(&mut self.chart.scale, SCALES)),
        ]
    }

    fn recompute(&mut self) -> Panes {
        self.contest.recompute();
        let before = (self.map.view, std::mem::take(&mut self.drawn));
        self.look();
        self.contest.loss.text().clone_into(&mut self.drawn);
        let losses = |runner: &Runner| runner.trajectory.iterates.iter().map(|i| i.loss).collect();
        let runners = self.contest.runners().iter();
        let series =
            runners.map(|runner| Series { role: runner.role(), losses: losses(runner) }).collect();
        let axes = self.chart.show(series, self.contest.steps);
        let map = before.0 != self.map.view || before.1 != self.drawn;
        if map {
            let contest = &self.contest;
            self.map.survey(|x, y| contest.value(x, y));
        }
        Panes::one(0).when(map) | Panes::one(1).when(axes)
    }

    fn resize(&mut self, pane: usize, width_px: f64, height_px: f64) {
        if pane == 0 {
            self.map.resize(width_px, height_px);
            self.look();
        } else {
            self.chart.resize(width_px, height_px);
        }
    }

    fn last(&self) -> u32 {
        self.contest.runners().iter().map(Runner::last).max().unwrap_or(0)
    }

    fn pace(&self) -> f64 {
        (f64::from(self.last()) / 10.0).clamp(2.0, 600.0)
    }

    fn panes(&self, voice: &Voice) -> Vec<Pane> {
        let map = Pane {
            id: "map",
            label: voice.get("pane-race"),
            caption: voice.get("caption-race"),
            aspect: 0.8,
            span: Span::Half,
            keys: Keys::Place,
            help: voice.get("help-race"),
            drags: false,
            raster: false,
            relief: false,
        };
        vec![map, chart_pane(voice, 0.8, Span::Half)]
    }

    fn controls(&self, moment: &Moment<'_>) -> Vec<Control> {
        self.settings(moment.voice)
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        self.report(moment)
    }

    fn standing(&self, moment: &Moment<'_>) -> String {
        self.who_is_ahead(moment).0
    }

    fn said(&self, moment: &Moment<'_>) -> Option<String> {
        let (voice, runner) = (moment.voice, self.runner());
        let loss = voice.about(runner.iterate(moment.k).loss);
        let runners = self.contest.runners().len().to_string();
        let values = [
            ("name", runner.rule.title()),
            ("alpha", &*voice.exact(runner.alpha)),
            ("k", &*moment.k.to_string()),
            ("loss", &*loss),
            ("runners", &*runners),
        ];
        Some(voice.say("said-runner", &values))
    }

    fn has_live_rows(&self) -> bool {
        true
    }

    fn table(&self, moment: &Moment<'_>) -> Option<Table> {
        Some(self.list(moment.voice))
    }

    fn row(&self, row: u32, moment: &Moment<'_>) -> Vec<String> {
        self.line(row as usize, moment)
    }

    fn still(&self, pane: usize, scene: &mut Scene, voice: &Voice) {
        if pane == 0 {
            self.map.still(scene, |x, y| self.contest.value(x, y), voice);
        } else {
            self.chart.still(scene, voice);
        }
    }

    fn marks(&self, pane: usize, moment: &Moment<'_>) -> Vec<Mark> {
        if pane == 0 { self.map_marks(moment) } else { self.chart_marks(moment) }
    }

    fn place(&self, pane: usize, x_px: f64, y_px: f64) -> Place {
        if pane == 0 {
            Place::Point { run: self.row_chosen(), at: self.map.world(x_px, y_px).to_vec() }
        } else {
            Place::Iteration(self.chart.k_at(x_px, y_px))
        }
    }

    fn home(&self, pane: usize, k: u32) -> (f64, f64) {
        if pane == 0 {
            self.map.place_of(self.runner().iterate(k).at)
        } else {
            self.chart.place_of(k)
        }
    }

    fn drop_at(&mut self, at: &[f64]) {
        let coordinate =
            |i: usize| at.get(i).copied().unwrap_or(0.0).clamp(-LARGEST_START, LARGEST_START);
        self.contest.start = [coordinate(0), coordinate(1)];
    }

    /// On the table arrows go from runner to runner.
    fn key(&mut self, pane: usize, key: &str) -> Effect {
        if pane < 2 {
            return Effect::None;
        }
        let (row, last) = (self.row_chosen(), self.contest.runners().len() - 1);
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
        match ACTIONS.iter().position(|name| *name == action) {
            Some(index) if self.contest.toggle(index) => Effect::Spec,
            None if action == "safeguard" => {
                self.contest.safeguard = !self.contest.safeguard;
                Effect::Spec
            }
            _ => {
                // A landscape that is chosen from the menu brings its own α and start.
                let surface = action.strip_prefix("loss=").and_then(Surface::<2>::named);
                if let Some(known) = surface.as_ref().and_then(Surface::landscape) {
                    (self.contest.alpha, self.contest.start) = (known.alpha, known.start);
                }
                Effect::None
            }
        }
    }

    fn choose(&mut self, row: u32) -> Effect {
        self.choose_row(row as usize)
    }

    fn work(&mut self, steps: usize) -> bool {
        self.found = self.contest.search(steps);
        false
    }

    fn news(&mut self) -> Effect {
        if std::mem::take(&mut self.found) { Effect::Runs } else { Effect::None }
    }

    fn is_working(&self) -> bool {
        self.contest.sought().is_some()
    }

    fn runs(&self) -> Vec<Run> {
        let runners = self.contest.runners().iter();
        runners
            .map(|runner| {
                let name = runner.rule.name();
                let regime = self.contest.regime(runner);
                Run::new(name, name, runner.alpha, regime, &runner.trajectory)
            })
            .collect()
    }

    fn endings(&self, _voice: &Voice) -> Vec<Ending> {
        let runners = self.contest.runners().iter();
        runners
            .map(|runner| Ending {
                name: runner.rule.title().to_owned(),
                outcome: runner.trajectory.outcome,
                last: runner.last(),
            })
            .collect()
    }

    fn csv(&self) -> String {
        let runners = self.contest.runners().iter();
        let runs: Vec<_> = runners.map(|runner| (runner.rule.name(), &runner.trajectory)).collect();
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        vec![("command", Value::Text(self.command()))]
    }
}
