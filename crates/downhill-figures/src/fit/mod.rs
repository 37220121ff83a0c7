//! The fit: points make a loss, and descent on it, batch by batch, turns a line until it fits them.

mod account;
mod course;
mod ground;
mod scatter;
#[cfg(test)]
mod tests;
mod valley;
mod view;

use downhill::{Dataset, MAX_POINTS, Rule};

use crate::controls::RULES;
use crate::declare::{Control, Keys, Pane, Readout, Span, Table};
use crate::draw::{Mark, Scene, between};
use crate::exhibit::{Effect, Ending, Exhibit, Moment, Place};
use crate::field::{Field, Slot, Value};
use crate::line::{LARGEST_ALPHA, LARGEST_START};
use crate::loss_chart::{LossChart, SCALES, Series, chart_pane};
use crate::panes::Panes;
use crate::snapshot::Run;
use crate::voice::Voice;
use account::Told;
use course::{Course, Plan};
use ground::{LossPane, Walker};
use scatter::{Drawn, Held, Scatter};
use valley::Valley;

/// The models, by the names that the core has for them.
const MODELS: &[&str] = &["wx", "wx+b"];

/// Where the points come from.
const SOURCES: &[&str] = &["five", "noisy", "own"];
const FIVE: usize = 0;
const NOISY: usize = 1;
const OWN: usize = 2;

/// Which other run is shown for comparison.
const AGAINST: &[&str] = &["none", "batch", "stochastic"];

/// What an iteration of the chart is.
const PER: &[&str] = &["update", "epoch"];

/// What the table lists.
const TABLES: &[&str] = &["updates", "points"];

/// No coordinate of a point is larger.
const LARGEST_COORDINATE: f64 = 1e12;

/// A nudge by a key, as a share of the view.
const NUDGE: f64 = 0.02;

/// The panes.
const DATA: usize = 0;
const LOSS: usize = 1;
const CHART: usize = 2;

/// Points, a model, and one or two runs that learn its parameters.
pub(crate) struct Fit {
    model: usize,
    source: usize,
    batch: u32,
    rule: usize,
    alpha: f64,
    start: [f64; 2],
    epochs: u32,
    seed: u32,
    noise: f64,
    against: usize,
    per: usize,
    listed: usize,
    /// The points that the field `points` was given; always those of `own` while these are shown.
    pasted: Option<Dataset>,
    own: Option<Dataset>,
    /// The source at the last computation.
    shown: usize,
    data: Dataset,
    valley: Valley,
    course: Course,
    other: Option<Course>,
    scatter: Scatter,
    ground: LossPane,
    chart: LossChart,
    /// The point that keys move and remove.
    chosen: Option<usize>,
    held: Option<Held>,
    /// Whether what is held is missing from the still layer already.
    lifted: bool,
    /// The present iterate of the first run, as the figure last said.
    k: usize,
    told: Told,
}

impl Default for Fit {
    fn default() -> Self {
        let data = Dataset::five();
        let plan = Plan {
            line: false,
            batch: 0,
            rule: 0,
            alpha: 0.01,
            start: [0.0; 2],
            epochs: 50,
            seed: 1,
        };
        Self {
            model: 0,
            source: FIVE,
            batch: 0,
            rule: 0,
            alpha: plan.alpha,
            start: plan.start,
            epochs: 50,
            seed: plan.seed,
            noise: 0.1,
            against: 0,
            per: 0,
            listed: 0,
            pasted: None,
            own: None,
            shown: FIVE,
            valley: Valley::default(),
            course: Course::run(&data, &plan),
            data,
            other: None,
            scatter: Scatter::default(),
            ground: LossPane::default(),
            chart: LossChart::default(),
            chosen: None,
            held: None,
            lifted: false,
            k: 0,
            told: Told::Nothing,
        }
    }
}

impl Fit {
    const fn has_b(&self) -> bool {
        self.model == 1
    }

    const fn plan(&self) -> Plan {
        Plan {
            line: self.has_b(),
            batch: self.batch as usize,
            rule: self.rule,
            alpha: self.alpha,
            start: self.start,
            epochs: self.epochs as usize,
            seed: self.seed,
        }
    }

    /// The points of the source, where they are not those from before.
    fn choose_data(&mut self) {
        if self.pasted.is_none() && self.shown == OWN && self.source == OWN {
            // The field was emptied.
            (self.own, self.source) = (None, FIVE);
        } else if self.pasted.is_some() && (self.shown != OWN || self.pasted != self.own) {
            (self.own, self.source) = (self.pasted.take(), OWN);
        }
        let data = match self.source {
            FIVE => Dataset::five(),
            NOISY => Dataset::noisy(self.seed, self.noise),
            // What was there becomes the reader's own.
            _ => self.own.clone().unwrap_or_else(|| self.data.clone()),
        };
        if data != self.data && self.held.is_none() {
            let count = data.points().len();
            self.chosen = self.chosen.filter(|&index| index < count);
        }
        self.data = data;
        let is_own = self.source == OWN;
        if is_own {
            self.own = Some(self.data.clone());
        }
        self.pasted = self.own.clone().filter(|_| is_own);
        self.shown = self.source;
    }

    /// Takes other points, as the reader's own.
    fn take(&mut self, points: Vec<[f64; 2]>, told: Told) -> Effect {
        match Dataset::new(points) {
            Ok(data) => {
                self.pasted = Some(data);
                self.told = told;
                Effect::Spec
            }
            Err(_) => Effect::None,
        }
    }

    fn move_point(&mut self, index: usize, to: [f64; 2], told: Told) -> Effect {
        let mut points = self.data.points().to_vec();
        match points.get_mut(index) {
            Some(point) => {
                *point = to.map(|c| between(c, -LARGEST_COORDINATE, LARGEST_COORDINATE));
                self.take(points, told)
            }
            None => Effect::None,
        }
    }

    fn remove(&mut self) -> Effect {
        let Some(index) = self.chosen else { return Effect::None };
        let mut points = self.data.points().to_vec();
        if points.len() == 1 {
            self.told = Told::Last;
            return Effect::Moving;
        }
        if index < points.len() {
            points.remove(index);
        }
        self.chosen = Some(index.min(points.len() - 1));
        self.take(points, Told::Removed(index))
    }

    /// The parameters become those of a line or a place; the run begins there.
    fn stand_at(&mut self, at: [f64; 2]) -> Effect {
        let bounded = at.map(|c| between(c, -LARGEST_START, LARGEST_START));
        self.start = [bounded[0], if self.has_b() { bounded[1] } else { 0.0 }];
        self.told = Told::Stands;
        Effect::Start
    }

    fn choose_point(&mut self, index: usize) -> Effect {
        if index >= self.data.points().len() {
            return Effect::None;
        }
        self.chosen = Some(index);
        self.told = Told::Chosen;
        Effect::Moving
    }

    /// A run's position where the first one is at another.
    fn position_of(&self, other: &Course, position: f64) -> f64 {
        if PER[self.per] == "epoch" {
            other.position_of(self.course.epoch_at(position))
        } else {
            between(position, 0.0, other.last() as f64)
        }
    }

    /// Both runs, the main one first, with their positions.
    fn walkers(&self, position: f64) -> Vec<Walker<'_>> {
        let first = between(position, 0.0, self.course.last() as f64);
        let mut all = vec![Walker { course: &self.course, position: first }];
        let other = self.other.iter();
        all.extend(
            other.map(|course| Walker { course, position: self.position_of(course, position) }),
        );
        all
    }

    fn data_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let walkers = self.walkers(moment.position);
        let line = |walker: &Walker<'_>| {
            let behind = libm::floor(walker.position);
            let (here, next) = (
                walker.course.iterate(behind as usize).at,
                walker.course.iterate(behind as usize + 1).at,
            );
            let share = walker.position - behind;
            std::array::from_fn(|i| here[i] + share * (next[i] - here[i]))
        };
        let drawn: Vec<Drawn<'_>> = walkers
            .iter()
            .enumerate()
            .map(|(index, walker)| Drawn {
                at: line(walker),
                role: walker.course.role(),
                batch: if index == 0 { self.course.batch(moment.k as usize) } else { &[] },
            })
            .collect();
        let chosen = self.chosen.or((TABLES[self.listed] == "points").then_some(0));
        let mut marks = self.scatter.marks(&self.data, &drawn, chosen, self.has_b());
        if let Some((_, at)) = moment.cursor.filter(|(pane, _)| *pane == DATA)
            && self.held.is_none()
        {
            marks.extend(self.scatter.cross_hair(at, moment.voice));
        }
        marks
    }

    /// What the chart shows of a run.
    fn losses(&self, course: &Course) -> Vec<f64> {
        if PER[self.per] == "epoch" {
            course.epochs.iter().map(|&k| course.iterate(k).loss).collect()
        } else {
            course.path.iter().map(|iterate| iterate.loss).collect()
        }
    }

    /// How many updates or epochs the chart has room for.
    fn chart_steps(&self) -> u32 {
        if PER[self.per] == "epoch" {
            return self.epochs;
        }
        let runs = || self.other.iter().chain([&self.course]);
        let last = runs().map(Course::last).max().unwrap_or(0);
        let most = runs().map(|run| run.updates_in(self.epochs as usize)).max().unwrap_or(0);
        // Runs that end early leave the axis no longer than a round number.
        let round = libm::round(view::round_up(last.max(10) as f64)) as usize;
        most.min(round).max(last) as u32
    }

    /// The moment as the chart counts.
    fn chart_moment<'a>(&self, moment: &Moment<'a>) -> Moment<'a> {
        let position = if PER[self.per] == "epoch" {
            self.course.epoch_at(moment.position)
        } else {
            moment.position
        };
        Moment { position, ..*moment }
    }
}

impl Exhibit for Fit {
    fn name(&self) -> &'static str {
        "fit"
    }

    fn title(&self) -> &'static str {
        "title-fit"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let parameters = 1 + self.model;
        let field = |name, slot| Field { name, slot };
        vec![
            field("model", Slot::Choice(&mut self.model, MODELS)),
            field("data", Slot::Choice(&mut self.source, SOURCES)),
            field("batch", Slot::Count(&mut self.batch, (0, MAX_POINTS as u32))),
            field("rule", Slot::Choice(&mut self.rule, RULES)),
            field("alpha", Slot::Number(&mut self.alpha, (0.0, LARGEST_ALPHA))),
            field("start", Slot::Parameters(&mut self.start[..parameters], LARGEST_START)),
            field("epochs", Slot::Count(&mut self.epochs, (1, 100_000))),
            field("seed", Slot::Count(&mut self.seed, (0, u32::MAX))),
            field("noise", Slot::Number(&mut self.noise, (0.0, LARGEST_START))),
            field("against", Slot::Choice(&mut self.against, AGAINST)),
            field("per", Slot::Choice(&mut self.per, PER)),
            field("list", Slot::Choice(&mut self.listed, TABLES)),
            field("scale", Slot::Choice(&mut self.chart.scale, SCALES)),
            field("points", Slot::Data(&mut self.pasted, LARGEST_COORDINATE)),
        ]
    }

    fn recompute(&mut self) -> Panes {
        let before = (self.scatter.window, self.ground.window);
        if !self.has_b() {
            self.start[1] = 0.0;
        }
        self.choose_data();
        let plan = self.plan();
        self.valley = Valley::of(&self.data, plan.line, &Rule::ALL[plan.rule], plan.alpha);
        self.course = Course::run(&self.data, &plan);
        let batch = match AGAINST[self.against] {
            "batch" => Some(0),
            "stochastic" => Some(1),
            _ => None,
        };
        let count = self.data.points().len();
        let other = batch.map(|batch| Plan { batch, ..plan });
        let other = other.filter(|other| other.kind(count) != plan.kind(count));
        self.other = other.map(|other| Course::run(&self.data, &other));
        if self.held.is_none() {
            self.look();
        }
        let courses = std::iter::once(&self.course).chain(&self.other);
        let series =
            courses.map(|run| Series { role: run.role(), losses: self.losses(run) }).collect();
        let axes = self.chart.show(series, self.chart_steps());
        // A line that is dragged leaves points and landscape as they are.
        let same = matches!(self.held, Some(Held::End | Held::Middle | Held::Marble));
        let points = matches!(self.held, Some(Held::Point(_))) && self.lifted;
        self.lifted = self.held.is_some();
        let data = !same && !points || before.0 != self.scatter.window;
        Panes::one(DATA).when(data)
            | Panes::one(LOSS).when(!same || before.1 != self.ground.window)
            | Panes::one(CHART).when(axes)
    }

    fn at(&mut self, k: u32) {
        self.k = k as usize;
    }

    fn resize(&mut self, pane: usize, width_px: f64, height_px: f64) {
        match pane {
            DATA => {
                (self.scatter.window.width_px, self.scatter.window.height_px) =
                    (width_px, height_px)
            }
            LOSS => {
                (self.ground.window.width_px, self.ground.window.height_px) = (width_px, height_px)
            }
            _ => self.chart.resize(width_px, height_px),
        }
    }

    fn last(&self) -> u32 {
        let other = self.other.as_ref().filter(|_| PER[self.per] == "update");
        self.course.last().max(other.map_or(0, Course::last)) as u32
    }

    fn pace(&self) -> f64 {
        (f64::from(self.last()) / 8.0).clamp(2.0, 1200.0)
    }

    fn panes(&self, voice: &Voice) -> Vec<Pane> {
        let pane = |id, label, caption, help| Pane {
            id,
            label: voice.get(label),
            caption: voice.get(caption),
            aspect: 0.74,
            span: Span::Half,
            keys: Keys::Place,
            help: voice.get(help),
            drags: true,
            raster: false,
            relief: false,
        };
        vec![
            pane("data", "pane-fit-data", "caption-fit-data", "help-fit-data"),
            pane("loss", "pane-fit-loss", "caption-fit-loss", "help-fit-loss"),
            chart_pane(voice, 0.24, Span::Full),
        ]
    }

    fn controls(&self, moment: &Moment<'_>) -> Vec<Control> {
        self.all_controls(moment.voice)
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        self.all_readouts(moment)
    }

    fn standing(&self, moment: &Moment<'_>) -> String {
        self.where_it_is(moment)
    }

    fn said(&self, moment: &Moment<'_>) -> Option<String> {
        self.what_happened(moment)
    }

    fn has_live_rows(&self) -> bool {
        TABLES[self.listed] == "points"
    }

    fn table(&self, moment: &Moment<'_>) -> Option<Table> {
        Some(self.list(moment))
    }

    fn row(&self, row: u32, moment: &Moment<'_>) -> Vec<String> {
        self.list_row(row as usize, moment)
    }

    fn still(&self, pane: usize, scene: &mut Scene, voice: &Voice) {
        let held = match self.held {
            Some(Held::Point(index)) => Some(index),
            _ => None,
        };
        match pane {
            DATA => self.scatter.still(scene, &self.data, held, voice),
            LOSS => self.ground.still(scene, &self.valley, self.has_b(), voice),
            _ => self.chart.still(scene, voice),
        }
    }

    fn marks(&self, pane: usize, moment: &Moment<'_>) -> Vec<Mark> {
        match pane {
            DATA => self.data_marks(moment),
            LOSS => {
                let walkers = self.walkers(moment.position);
                self.ground.marks(&self.valley, self.has_b(), &walkers, moment)
            }
            _ => self.chart.marks(&self.chart_moment(moment)),
        }
    }

    fn place(&self, pane: usize, x_px: f64, y_px: f64) -> Place {
        match pane {
            DATA => Place::Aside(self.scatter.world(x_px, y_px).to_vec()),
            LOSS => {
                let at = self.ground.world(self.has_b(), x_px, y_px);
                Place::Point { run: 0, at: at[..=self.model].to_vec() }
            }
            _ => {
                let k = self.chart.k_at(x_px, y_px);
                Place::Iteration(if PER[self.per] == "epoch" {
                    self.course.position_of(f64::from(k)) as u32
                } else {
                    k
                })
            }
        }
    }

    fn home(&self, pane: usize, k: u32) -> (f64, f64) {
        match pane {
            DATA => {
                let frame = self.scatter.window.frame();
                let middle =
                    (frame.left_px + frame.width_px / 2.0, frame.top_px + frame.height_px / 2.0);
                let point = self.chosen.and_then(|index| self.data.points().get(index));
                self.scatter.window.inside(point.map_or(middle, |&[x, y]| frame.point_px(x, y)))
            }
            LOSS => {
                let at = self.course.iterate(k as usize).at;
                self.ground.place_of(&self.valley, self.has_b(), at)
            }
            _ => self.chart.place_of(k),
        }
    }

    fn drop_at(&mut self, at: &[f64]) {
        let coordinate = |i: usize| at.get(i).copied().unwrap_or(0.0);
        let _ = self.stand_at([coordinate(0), coordinate(1)]);
    }

    fn tap(&mut self, pane: usize, x_px: f64, y_px: f64) -> Effect {
        if pane != DATA {
            return Effect::None;
        }
        if let Some(index) = self.scatter.touched(&self.data, (x_px, y_px)) {
            return self.choose_point(index);
        }
        let mut points = self.data.points().to_vec();
        if points.len() >= MAX_POINTS {
            self.told = Told::Full;
            return Effect::Moving;
        }
        points.push(self.scatter.world(x_px, y_px));
        self.chosen = Some(points.len() - 1);
        self.take(points, Told::Added)
    }

    fn press(&mut self, pane: usize, x_px: f64, y_px: f64) -> bool {
        let line = self.course.iterate(self.k).at;
        self.held = match pane {
            DATA => self.scatter.grip(&self.data, line, self.has_b(), (x_px, y_px)),
            LOSS => self
                .ground
                .touches(&self.valley, self.has_b(), line, (x_px, y_px))
                .then_some(Held::Marble),
            _ => None,
        };
        if let Some(Held::Point(index)) = self.held {
            self.chosen = Some(index);
        }
        self.held.is_some()
    }

    fn drag(&mut self, _pane: usize, x_px: f64, y_px: f64) -> Effect {
        let Some(held) = self.held else { return Effect::None };
        let line = self.course.iterate(self.k).at;
        match held {
            Held::Point(index) => {
                let to = self.scatter.world(x_px, y_px);
                self.move_point(index, to, Told::Moved)
            }
            Held::Marble => {
                let to = self.ground.world(self.has_b(), x_px, y_px);
                self.stand_at(to)
            }
            Held::End | Held::Middle => {
                match self.scatter.dragged(held, line, self.has_b(), (x_px, y_px)) {
                    Some(to) => self.stand_at(to),
                    None => Effect::Moving,
                }
            }
        }
    }

    fn release(&mut self) -> Effect {
        self.held = None;
        if !std::mem::take(&mut self.lifted) {
            return Effect::None;
        }
        let _all = self.recompute();
        Effect::Still
    }

    fn key(&mut self, pane: usize, key: &str) -> Effect {
        let listed = pane > CHART && TABLES[self.listed] == "points";
        if pane == DATA || listed {
            let last = self.data.points().len() - 1;
            let next = |step: isize| match self.chosen {
                Some(index) => index.saturating_add_signed(step).min(last),
                None if step < 0 => last,
                None => 0,
            };
            let to = match key {
                "PageUp" => next(-1),
                "PageDown" => next(1),
                "ArrowUp" if listed => next(-1),
                "ArrowDown" if listed => next(1),
                "Home" if listed => 0,
                "End" if listed => last,
                "Delete" | "Backspace" => return self.remove(),
                _ => return self.nudge_point(key),
            };
            return self.choose_point(to);
        }
        match nudge(key) {
            Some([across, up]) if pane == LOSS => {
                let window = &self.ground.window;
                let [w, b] = self.course.iterate(self.k).at;
                let w = w + NUDGE * across * (window.x[1] - window.x[0]);
                // On the curve there is one way to go.
                let b =
                    if self.has_b() { b + NUDGE * up * (window.y[1] - window.y[0]) } else { 0.0 };
                let frame = window.frame();
                let fine = crate::curve::round_to;
                self.stand_at([fine(w, frame.x), if self.has_b() { fine(b, frame.y) } else { 0.0 }])
            }
            _ => Effect::None,
        }
    }

    fn act(&mut self, action: &str) -> Effect {
        match action {
            "remove" => self.remove(),
            _ => Effect::None,
        }
    }

    fn choose(&mut self, row: u32) -> Effect {
        if TABLES[self.listed] == "points" { self.choose_point(row as usize) } else { Effect::None }
    }

    fn runs(&self) -> Vec<Run> {
        let whole = self.plan().is_whole(self.data.points().len());
        let regime = self.valley.regime.filter(|_| whole).map(downhill::Regime::name);
        let mut all = vec![self.course.snapshot(regime)];
        all.extend(self.other.iter().map(|other| other.snapshot(None)));
        all
    }

    fn endings(&self, voice: &Voice) -> Vec<Ending> {
        let ending = |course: &Course, last: f64| Ending {
            name: voice.get(account::run_key(course.kind())),
            outcome: course.outcome(),
            last: last as u32,
        };
        let mut all = vec![ending(&self.course, self.course.last() as f64)];
        all.extend(self.other.iter().map(|other| {
            let end = other.last() as f64;
            let last = if PER[self.per] == "epoch" {
                libm::ceil(self.course.position_of(other.epoch_at(end)))
            } else {
                end
            };
            ending(other, last)
        }));
        all
    }

    fn csv(&self) -> String {
        Course::csv(&self.course, self.other.as_ref())
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let parameters = 1 + self.model;
        let epochs = self.course.epochs.iter().map(|&k| k as f64).collect();
        let mut all = vec![
            ("points", Value::Points(self.data.points().to_vec())),
            ("curvature", Value::Number(self.valley.curvatures[1])),
            ("stable-alpha", Value::Number(self.valley.stable)),
            ("epoch-ends", Value::Point(epochs)),
        ];
        if let Some(at) = self.valley.minimizer {
            all.push(("minimizer", Value::Point(at[..parameters].to_vec())));
        }
        all
    }
}

impl Fit {
    fn look(&mut self) {
        self.scatter.look(&self.data);
        let courses: Vec<&Course> = std::iter::once(&self.course).chain(&self.other).collect();
        self.ground.look(&self.valley, self.model == 1, &courses);
    }

    /// Shift and an arrow move the chosen point.
    fn nudge_point(&mut self, key: &str) -> Effect {
        let (Some([across, up]), Some(index)) = (nudge(key), self.chosen) else {
            return Effect::None;
        };
        let Some(&[x, y]) = self.data.points().get(index) else { return Effect::None };
        let frame = self.scatter.window.frame();
        let x = x + NUDGE * across * (frame.x.to - frame.x.from);
        let y = y + NUDGE * up * (frame.y.to - frame.y.from);
        let to = [crate::curve::round_to(x, frame.x), crate::curve::round_to(y, frame.y)];
        self.move_point(index, to, Told::Moved)
    }
}

/// Which way an arrow with Shift moves something: across and up.
fn nudge(key: &str) -> Option<[f64; 2]> {
    match key {
        "Shift+ArrowLeft" => Some([-1.0, 0.0]),
        "Shift+ArrowRight" => Some([1.0, 0.0]),
        "Shift+ArrowUp" => Some([0.0, 1.0]),
        "Shift+ArrowDown" => Some([0.0, -1.0]),
        _ => None,
    }
}
