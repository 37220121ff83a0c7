//! The race: update rules run down one landscape from one start, and each of their steps can be taken apart.

mod autopsy;
mod contest;

use downhill::{Schedule, Surface, number::shortest};

use crate::controls;
use crate::controls::RULES;
use crate::declare::{Choice, Control, Group, Keys, Pane, Readout, Scale, Slider, Span, Table};
use crate::draw::{Align, Mark, Role, Scene};
use crate::exhibit::{Effect, Ending, Exhibit, Moment, Place};
use crate::field::{Field, OWN, Slot, Value};
use crate::figure::{outcome_cell, outcome_sentence};
use crate::line::{LARGEST_ALPHA, LARGEST_START};
use crate::loss_chart::{LossChart, SCALES, Series, chart_pane};
use crate::map::{GroundMap, Walk};
use crate::panes::Panes;
use crate::snapshot::Run;
use crate::voice::Voice;
use contest::{Contest, FAIRNESS, MOST_STEPS, Runner, SETTINGS, SWEEP, role};

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

    /// Shows the landscape's own view with the start in it, both axes to the same scale.
    fn look(&mut self) {
        let known = self.contest.loss.landscape().map(|landscape| landscape.view);
        let mut view = known.unwrap_or(USUAL_VIEW);
        for (axis, at) in view.iter_mut().zip(self.contest.start) {
            let margin = 0.04 * (axis[1] - axis[0]);
            if at - margin < axis[0] {
                axis[0] = at - margin;
            }
            if at + margin > axis[1] {
                axis[1] = at + margin;
            }
        }
        let [width, height] = view.map(|[low, high]| high - low);
        let frame = self.map.frame();
        let ratio = crate::draw::between(frame.height_px / frame.width_px, 0.2, 5.0);
        let wanted = if height / width < ratio { (1, width * ratio) } else { (0, height / ratio) };
        let axis = &mut view[wanted.0];
        let more = (wanted.1 - (axis[1] - axis[0])) / 2.0;
        *axis = [axis[0] - more, axis[1] + more];
        self.map.view = view;
    }

    /// Names beside what they name, one below the other where they would cover each other.
    fn labels(
        &self,
        mut places: Vec<(f64, f64, usize)>,
        right_px: f64,
        bottom_px: f64,
    ) -> Vec<Mark> {
        const APART_PX: f64 = 14.0;
        let mut marks = Vec::new();
        let mut taken: Vec<(f64, f64)> = Vec::new();
        // From the top down.
        while let Some(next) =
            (0..places.len()).min_by(|a, b| places[*a].1.total_cmp(&places[*b].1))
        {
            let (x, y, row) = places.remove(next);
            let runner = &self.contest.runners()[row];
            let width = 8.0 * runner.rule.title().chars().count() as f64;
            let align = if x + width + 12.0 > right_px { Align::End } else { Align::Start };
            let left = if align == Align::End { x - 10.0 - width } else { x + 10.0 };
            let mut at = y;
            for &(other_left, other) in &taken {
                if (other_left - left).abs() < 90.0 && at < other + APART_PX {
                    at = other + APART_PX;
                }
            }
            taken.push((left, at));
            let x = if align == Align::End { x - 10.0 } else { x + 10.0 };
            if at < bottom_px {
                let text = runner.rule.title().to_owned();
                marks.push(Mark::Label { at: (x, at), text, role: runner.role(), align });
            }
        }
        marks
    }

    fn map_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let contest = &self.contest;
        let known = contest.loss.landscape().map_or(&[][..], |landscape| landscape.minimizers);
        let mut marks = self.map.surveys(known);
        let frame = self.map.frame();
        let mut places = Vec::new();
        for (row, runner) in contest.runners().iter().enumerate() {
            let walk = Walk {
                run: row,
                iterates: &runner.trajectory.iterates,
                role: runner.role(),
                runs_away: runner.has_diverged(),
                faint: false,
            };
            marks.extend(self.map.walk(&walk, moment));
            let here = runner.iterate(moment.k).at;
            if frame.contains(here[0], here[1]) {
                let (x, y) = frame.point_px(here[0], here[1]);
                places.push((x, y, row));
            }
        }
        if let Some((_, step)) = contest.step(self.runner(), moment.k)
            && !moment.predicting
        {
            marks.extend(autopsy::marks(&self.map, &step));
        }
        marks.extend(self.labels(places, frame.right_px(), frame.bottom_px()));
        if let Some((_, at)) = moment.cursor.filter(|(pane, _)| *pane == 0) {
            marks.extend(self.map.cross_hair(at, Some(&|x, y| contest.value(x, y)), moment.voice));
        }
        marks
    }

    fn chart_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let mut marks = self.chart.marks(moment);
        let (right_px, bottom_px) = self.chart.corner();
        let places = self.chart.heads(moment);
        let places = places.into_iter().enumerate().map(|(row, (x, y))| (x, y, row)).collect();
        marks.extend(self.labels(places, right_px, bottom_px));
        marks
    }

    /// Who is ahead and who is last after k iterations.
    fn who_is_ahead(&self, moment: &Moment<'_>) -> (String, Role) {
        let voice = moment.voice;
        let runners = self.contest.runners();
        let loss = |runner: &Runner| runner.iterate(moment.k).loss;
        let order = |a: &&Runner, b: &&Runner| loss(a).total_cmp(&loss(b));
        let (Some(first), Some(last)) =
            (runners.iter().min_by(order), runners.iter().max_by(order))
        else {
            return (String::new(), Role::Muted);
        };
        let iterations = if moment.k == 1 {
            voice.get("iterations-one")
        } else {
            voice.say("iterations-many", &[("k", &*moment.k.to_string())])
        };
        let (key, role) = if moment.k == 0 {
            ("race-start", Role::Muted)
        } else if runners.len() == 1 {
            ("race-alone", first.role())
        } else {
            ("race-standing", first.role())
        };
        let losses = [first, last].map(|runner| voice.about(loss(runner)));
        let values = [
            ("iterations", &*iterations),
            ("first", first.rule.title()),
            ("last", last.rule.title()),
            ("best", &*losses[0]),
            ("worst", &*losses[1]),
        ];
        (voice.say(key, &values), role)
    }

    /// What makes the race fair, in words.
    fn fairness(&self, voice: &Voice) -> Readout {
        let contest = &self.contest;
        let (from, to, count) = SWEEP;
        let found = contest.found().to_string();
        let runners = contest.runners().len().to_string();
        let values = [
            ("alpha", &*voice.exact(contest.alpha)),
            ("steps", &*contest.steps.to_string()),
            ("schedule", &*contest.schedule),
            ("count", &*count.to_string()),
            ("from", &*voice.about(from)),
            ("to", &*voice.exact(to)),
            ("found", &*found),
            ("runners", &*runners),
        ];
        let key = match (contest.is_best(), contest.sought()) {
            (false, _) => "fairness-same",
            (true, None) => "fairness-best",
            (true, Some(_)) => "fairness-search",
        };
        let text = voice.say(key, &values);
        Readout::Line { id: "fairness", part: "fairness", text, role: Role::Ink }
    }

    /// The command that prints the chosen runner's every iterate.
    fn command(&self) -> String {
        let (contest, runner) = (&self.contest, self.runner());
        let [x, y] = contest.start.map(shortest);
        let mut text = format!(
            "downhill trace --loss '{}' --start {x},{y} --steps {} --rule {} --alpha {}",
            contest.loss.text(),
            contest.steps,
            runner.rule.name(),
            shortest(runner.alpha),
        );
        for setting in runner.rule.settings() {
            if let Some(value) = runner.rule.setting(setting.name) {
                text.push_str(&format!(" --{} {}", setting.name, shortest(value)));
            }
        }
        if contest.schedule != "constant" {
            text.push_str(&format!(" --schedule {}", contest.schedule));
        }
        text
    }

    fn outcome_word(&self, runner: &Runner, moment: &Moment<'_>) -> String {
        let voice = moment.voice;
        if moment.k < runner.last() {
            return voice.get("cell-running");
        }
        outcome_cell(voice, runner.trajectory.outcome)
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
        let voice = moment.voice;
        let contest = &self.contest;
        let mut all: Vec<Control> = Vec::new();
        for (index, action) in ACTIONS.into_iter().enumerate() {
            all.push(Control::Runner {
                id: action,
                action,
                label: downhill::Rule::ALL[index].title().to_owned(),
                pressed: contest.takes_part(index),
                role: role(index),
                group: Group::Runners,
            });
        }
        all.extend(controls::ground(&contest.loss, voice));
        let fair = [("same", "fair-same"), ("best", "fair-best-alpha")];
        let label = voice.get("control-fair");
        let chosen = FAIRNESS[contest.fair];
        all.push(controls::choice("fair", label, chosen, &fair, Group::Settings, voice));
        if !contest.is_best() {
            all.push(self.alpha_control(voice));
        }
        let place = contest.start.map(shortest).join(", ");
        let options = Schedule::NAMES.map(|value| Choice { value, label: value.to_owned() });
        all.push(Control::Menu {
            id: "schedule",
            field: "schedule",
            label: voice.get("control-schedule"),
            value: contest.schedule.clone(),
            options: options.to_vec(),
            group: Group::Settings,
        });
        let own =
            |value: Option<f64>| value.map_or_else(|| OWN.to_owned(), |value| voice.exact(value));
        for (field, label, text) in [
            ("start", "control-start-xy", place),
            ("steps", "control-steps", contest.steps.to_string()),
            ("beta", "control-beta", voice.exact(contest.beta)),
            ("beta1", "control-beta1", voice.exact(contest.beta1)),
            ("beta2", "control-beta2", voice.exact(contest.beta2)),
            ("eps", "control-eps", own(contest.eps)),
            ("rho", "control-rho", own(contest.rho)),
            ("weight-decay", "control-weight-decay", voice.exact(contest.weight_decay)),
            ("momentum-decay", "control-momentum-decay", voice.exact(contest.momentum_decay)),
        ] {
            // A setting that no runner has would do nothing.
            let has = |runner: &Runner| runner.rule.setting(field).is_some();
            if !SETTINGS.contains(&field) || contest.runners().iter().any(has) {
                all.push(controls::number(field, voice.get(label), text));
            }
        }
        all.push(self.chart.control(voice));
        all
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        let voice = moment.voice;
        let (text, role) = self.who_is_ahead(moment);
        let runner = self.runner();
        let line = |id, text, role| Readout::Line { id, part: id, text, role };
        let mut all = vec![line("standing", text, role), self.fairness(voice)];
        if let Some(step) = self.contest.step(runner, moment.k) {
            all.push(autopsy::readout(runner, &step, moment.predicting, voice));
            all.push(line("legend", voice.get("autopsy-legend"), Role::Muted));
        }
        all.push(line("command", self.command(), Role::Muted));
        let outcome = runner.trajectory.outcome;
        let text = if moment.k >= runner.last() {
            outcome_sentence(voice, runner.rule.title(), outcome)
        } else {
            let (k, steps) = (moment.k.to_string(), self.contest.steps.to_string());
            voice.say("outcome-on-the-way", &[("k", &*k), ("steps", &*steps)])
        };
        all.push(line("outcome", text, runner.role()));
        all
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
        let voice = moment.voice;
        let known = self.contest.loss.landscape().is_some_and(|known| !known.minimizers.is_empty());
        let distance = if known { "column-to-bottom" } else { "column-from-start" };
        let columns =
            ["column-rule", "column-alpha", "column-loss-now", distance, "column-outcome"]
                .map(|key| voice.get(key))
                .to_vec();
        let runners = self.contest.runners();
        Some(Table {
            caption: voice.get("caption-runners"),
            columns,
            rows: runners.len() as u32,
            k: self.row_chosen() as u32,
            roles: runners.iter().map(Runner::role).collect(),
        })
    }

    fn row(&self, row: u32, moment: &Moment<'_>) -> Vec<String> {
        let Some(runner) = self.contest.runners().get(row as usize) else { return Vec::new() };
        let (voice, here) = (moment.voice, runner.iterate(moment.k));
        vec![
            runner.rule.title().to_owned(),
            voice.exact(runner.alpha),
            voice.digits.significant(here.loss, 4),
            voice.about(self.contest.distance(here.at)),
            self.outcome_word(runner, moment),
        ]
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
                Run::new(name, name, runner.alpha, None, &runner.trajectory)
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

/// The actions that let a rule in or out, in the order of [`RULES`].
const ACTIONS: [&str; RULES.len()] = [
    "run-gd",
    "run-momentum",
    "run-nesterov",
    "run-adagrad",
    "run-rmsprop",
    "run-adam",
    "run-adamw",
    "run-nadam",
    "run-adadelta",
    "run-adafactor",
    "run-newton",
];

impl Race {
    /// A logarithmic slider: useful rates differ by powers of ten from rule to rule.
    fn alpha_control(&self, voice: &Voice) -> Control {
        let (scale, alpha) = (Scale::Logarithmic, self.contest.alpha);
        let (min, max) = (-500.0, 100.0);
        let position = libm::round(scale.position(alpha));
        let value = crate::draw::between(position, min, max);
        Control::Range {
            id: "alpha",
            field: "alpha",
            label: voice.get("control-alpha"),
            slider: Slider { min, max, step: 1.0, value },
            scale,
            value_text: voice.exact(alpha),
            number_text: voice.exact(alpha),
            bands: Vec::new(),
            marks: Vec::new(),
            group: Group::Settings,
        }
    }
}
