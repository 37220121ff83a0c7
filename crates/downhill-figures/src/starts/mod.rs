//! Many starts on ground that is no bowl: the same α, another start, another answer.

mod atlas;
mod flock;

use downhill::{Outcome, Surface};

use crate::controls;
use crate::declare::{Control, Group, Keys, Pair, Pane, Readout, Span, Table, TrackMark};
use crate::digits::to_decimals;
use crate::draw::{Align, Mark, Raster, Role, Scene};
use crate::exhibit::{Effect, Ending, Exhibit, Moment, Place};
use crate::field::{Field, Problem, Slot, Value};
use crate::figure::{outcome_cell, outcome_sentence};
use crate::line::LARGEST_ALPHA;
use crate::map::{GroundMap, Walk};
use crate::panes::Panes;
use crate::snapshot::Run;
use crate::voice::Voice;
use atlas::{Atlas, CELLS};
use flock::{Flock, MOST_STARTS, MOST_STEPS, NAMES, letter};

/// A start within this distance of a pointer is meant by it, in CSS pixels.
const GRAB_PX: f64 = 14.0;

/// A start typed beyond this is refused; the map's border is nearer.
const LARGEST_START: f64 = 1e6;

/// So many bottoms are listed one by one.
const MOST_LISTED: usize = 8;

/// A map of a landscape with many runs on it.
pub(crate) struct Starts {
    flock: Flock,
    atlas: Atlas,
    basins: bool,
    map: GroundMap,
    /// The run that the reader looks at.
    chosen: usize,
    /// The start that the pointer has taken hold of.
    held: Option<usize>,
    /// What the still layer shows.
    drawn: (String, bool),
    /// The last attempt to find twins found no border.
    no_twins: bool,
}

impl Default for Starts {
    fn default() -> Self {
        let flock = Flock::default();
        let map = GroundMap::new(flock.view());
        Self {
            flock,
            atlas: Atlas::default(),
            basins: true,
            map,
            chosen: 0,
            held: None,
            drawn: (String::new(), false),
            no_twins: false,
        }
    }
}

impl Starts {
    fn f(&self) -> impl Fn(f64, f64) -> f64 {
        use downhill::Loss;
        |x, y| self.flock.loss.value([x, y])
    }

    /// The ground's title, or its formula.
    fn landscape(&self) -> String {
        let loss = &self.flock.loss;
        loss.landscape().map_or(loss.text(), |landscape| landscape.title).to_owned()
    }

    /// The start under a point of the pane, the chosen one first.
    fn start_at(&self, x_px: f64, y_px: f64) -> Option<usize> {
        let frame = self.map.frame();
        let near = |index: &usize| {
            let [x, y] = self.flock.starts[*index];
            let at = frame.point_px(x, y);
            flock::distance([at.0, at.1], [x_px, y_px]) <= GRAB_PX
        };
        Some(self.chosen).filter(near).or_else(|| (0..self.flock.starts.len()).find(near))
    }

    /// A place in words, to what could be seen on a map.
    fn place_words(at: [f64; 2], voice: &Voice) -> String {
        let at = at.map(|coordinate| to_decimals(coordinate, 4.0));
        format!("({}, {})", voice.about(at[0]), voice.about(at[1]))
    }

    /// Where the chosen run began and how it ended, or how far it is.
    fn told(&self, moment: &Moment<'_>) -> String {
        let voice = moment.voice;
        let run = &self.flock.runs()[self.chosen];
        let n = NAMES[self.chosen];
        let from = Self::place_words(run.iterates[0].at, voice);
        let name = voice.say("starts-run", &[("n", n), ("at", &*from)]);
        let here = self.flock.iterate(self.chosen, moment.k);
        let (at, loss) = (Self::place_words(here.at, voice), voice.about(here.loss));
        if (moment.k as usize) < run.last_k() {
            let k = moment.k.to_string();
            let values = [("run", &*name), ("k", &*k), ("at", &*at), ("loss", &*loss)];
            return voice.say("starts-under-way", &values);
        }
        let mut text = outcome_sentence(voice, &name, run.outcome);
        if let Some(bottom) = self.flock.bottom_of(run) {
            let letter = letter(bottom);
            let values = [("letter", &*letter), ("at", &*at), ("loss", &*loss)];
            text.push(' ');
            text.push_str(&voice.say("starts-at", &values));
        }
        text
    }

    /// How many starts end where.
    fn summary(&self, voice: &Voice) -> String {
        let mut ends = vec![0_u32; self.flock.bottoms().len()];
        let mut others = [0_u32; 4];
        for run in self.flock.runs() {
            match (self.flock.bottom_of(run), run.outcome) {
                (Some(bottom), _) => ends[bottom] += 1,
                (None, Outcome::Converged { .. }) => others[0] += 1,
                (None, Outcome::Diverged { .. }) => others[1] += 1,
                (None, Outcome::Stalled { .. }) => others[2] += 1,
                (None, Outcome::Exhausted { .. }) => others[3] += 1,
            }
        }
        let mut parts = Vec::new();
        for (bottom, count) in ends.iter().enumerate() {
            if *count > 0 {
                let (n, letter) = (count.to_string(), letter(bottom));
                parts.push(voice.say("starts-end-at", &[("n", &*n), ("letter", &*letter)]));
            }
        }
        let keys = ["starts-elsewhere", "starts-diverged", "starts-stalled", "starts-exhausted"];
        for (key, count) in keys.into_iter().zip(others) {
            if count > 0 {
                parts.push(voice.say(key, &[("n", &*count.to_string())]));
            }
        }
        let n = self.flock.starts.len().to_string();
        let key = if self.flock.starts.len() == 1 { "starts-one" } else { "starts-many" };
        let alpha = voice.exact(self.flock.alpha);
        voice.say(key, &[("n", &*n), ("alpha", &*alpha), ("ends", &*parts.join(", "))])
    }

    /// What the colours of the map mean, and how much of it each covers.
    fn legend(&self, voice: &Voice) -> Readout {
        let mut pairs = Vec::new();
        let bottoms = self.flock.bottoms();
        let shares = self.atlas.shares(bottoms.len());
        let percent = |count: u32, all: u32| {
            let share = 100.0 * f64::from(count) / f64::from(all.max(1));
            voice.say("starts-percent", &[("n", &*voice.digits.fixed(share, 1))])
        };
        let share = |bottom: usize| {
            shares.as_ref().map_or(String::new(), |s| percent(s.bottoms[bottom], s.all))
        };
        for (bottom, &at) in bottoms.iter().enumerate().take(MOST_LISTED) {
            pairs.push(Pair {
                label: format!("{} {}", letter(bottom), Self::place_words(at, voice)),
                value: share(bottom),
                role: Role::BASINS[bottom % Role::BASINS.len()],
            });
        }
        if let Some(shares) = &shares {
            let rest: u32 = shares.bottoms.iter().skip(MOST_LISTED).sum();
            for (key, count, role) in [
                ("starts-legend-others", rest, Role::Tint0),
                ("starts-legend-diverged", shares.diverged, Role::Diverged),
                ("starts-legend-stalled", shares.stalled, Role::Ink),
                ("starts-legend-exhausted", shares.exhausted, Role::Panel),
            ] {
                if count > 0 {
                    let value = percent(count, shares.all);
                    pairs.push(Pair { label: voice.get(key), value, role });
                }
            }
        }
        Readout::Pairs { id: "legend", part: "legend", pairs }
    }

    fn alpha_control(&self, voice: &Voice) -> Control {
        let max = self.flock.most_alpha();
        let mut control = controls::alpha_range(self.flock.alpha, max, &[], voice);
        if let Control::Range { marks, .. } = &mut control {
            // Beyond these descent cannot stay at the bottom of that letter.
            for bottom in 0..self.flock.bottoms().len().min(MOST_LISTED) {
                let (at, letter) = (self.flock.stable(bottom) / max, letter(bottom));
                // Letters too near each other to be read share a mark.
                match marks.iter_mut().find(|mark| (mark.at - at).abs() < 0.03) {
                    Some(mark) => mark.label = format!("{}, {letter}", mark.label),
                    None if at < 1.0 => marks.push(TrackMark { at, label: letter }),
                    None => {}
                }
            }
        }
        control
    }

    fn choose_start(&mut self, index: usize) -> Effect {
        if index >= self.flock.starts.len() {
            return Effect::None;
        }
        self.chosen = index;
        Effect::Moving
    }
}

impl Exhibit for Starts {
    fn name(&self) -> &'static str {
        "starts"
    }

    fn title(&self) -> &'static str {
        "title-starts"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let flock = &mut self.flock;
        vec![
            Field { name: "loss", slot: Slot::Ground(&mut flock.loss) },
            Field { name: "alpha", slot: Slot::Number(&mut flock.alpha, (0.0, LARGEST_ALPHA)) },
            Field {
                name: "start",
                slot: Slot::Points(&mut flock.starts, MOST_STARTS, LARGEST_START),
            },
            Field { name: "steps", slot: Slot::Count(&mut flock.steps, (1, MOST_STEPS)) },
            Field { name: "basins", slot: Slot::Toggle(&mut self.basins) },
        ]
    }

    fn recompute(&mut self) -> Panes {
        self.no_twins = false;
        self.flock.recompute();
        self.chosen = self.chosen.min(self.flock.starts.len() - 1);
        self.map.view = self.flock.view();
        self.atlas.show(&self.flock, self.basins);
        let drawn = (self.flock.loss.text().to_owned(), self.basins);
        Panes::ALL.when(std::mem::replace(&mut self.drawn, drawn) != self.drawn)
    }

    fn problem(&self, voice: &Voice) -> Option<Problem> {
        let got = Self::place_words(self.flock.outside?, voice);
        let [x, y] = self.flock.view().map(|side| side.map(|end| voice.exact(end)));
        let values =
            [("got", &*got), ("x0", &*x[0]), ("x1", &*x[1]), ("y0", &*y[0]), ("y1", &*y[1])];
        let refusal = voice.say("problem-outside", &values);
        let message = format!("{refusal} {}", voice.get("problem-border"));
        Some(Problem { parameter: "start".to_owned(), refusal, message, offset: None })
    }

    fn at_end(&self) -> bool {
        true
    }

    fn resize(&mut self, _pane: usize, width_px: f64, height_px: f64) {
        self.map.resize(width_px, height_px);
    }

    fn last(&self) -> u32 {
        self.flock.last()
    }

    fn pace(&self) -> f64 {
        (f64::from(self.last()) / 8.0).clamp(2.0, 120.0)
    }

    fn panes(&self, voice: &Voice) -> Vec<Pane> {
        vec![Pane {
            id: "map",
            label: voice.get("pane-starts"),
            caption: String::new(),
            aspect: 0.86,
            span: Span::Full,
            keys: Keys::Place,
            help: voice.get("help-starts"),
            drags: true,
            raster: true,
            relief: false,
        }]
    }

    fn controls(&self, moment: &Moment<'_>) -> Vec<Control> {
        let voice = moment.voice;
        let group = Group::Settings;
        let action = |id, key, disabled| Control::Action {
            id,
            action: id,
            label: voice.get(key),
            disabled,
            primary: false,
            group: Group::Transport,
        };
        let text = |id, key, value| Control::Text {
            id,
            field: if id == "formula" { "loss" } else { id },
            label: voice.get(key),
            value,
            group,
        };
        let places: Vec<String> = self
            .flock
            .starts
            .iter()
            .map(|at| at.map(downhill::number::shortest).join(","))
            .collect();
        let [landscape, formula] = controls::ground(&self.flock.loss, voice);
        vec![
            self.alpha_control(voice),
            landscape,
            formula,
            text("start", "control-starts", places.join("; ")),
            controls::number("steps", voice.get("control-steps"), self.flock.steps.to_string()),
            action("twins", "action-twins", false),
            action("ring", "action-ring", false),
            action("rows", "action-rows", false),
            action("clear", "action-clear", false),
            action("remove", "action-remove", self.flock.starts.len() == 1),
            Control::Toggle {
                id: "basins",
                action: "basins",
                label: voice.get("action-basins"),
                pressed: self.basins,
                group: Group::View,
            },
        ]
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        let voice = moment.voice;
        let line = |id, part, text, role| Readout::Line { id, part, text, role };
        let exact = self.atlas.is_working();
        vec![
            line("summary", "standing", self.summary(voice), Role::Vanilla),
            line("outcome", "outcome", self.told(moment), Role::Vanilla),
            self.legend(voice),
            line(
                "working",
                "readout",
                if exact { voice.get("starts-working") } else { String::new() },
                Role::Muted,
            ),
        ]
    }

    fn standing(&self, moment: &Moment<'_>) -> String {
        self.told(moment)
    }

    fn said(&self, moment: &Moment<'_>) -> Option<String> {
        Some(if self.no_twins { moment.voice.get("said-no-twins") } else { self.told(moment) })
    }

    fn table(&self, moment: &Moment<'_>) -> Option<Table> {
        let voice = moment.voice;
        let keys = ["column-start", "column-from", "column-outcome", "column-to", "column-loss"];
        Some(Table {
            caption: voice.say("caption-starts", &[("loss", &*self.landscape())]),
            columns: keys.map(|key| voice.get(key)).to_vec(),
            rows: self.flock.runs().len() as u32,
            k: self.chosen as u32,
            roles: Vec::new(),
        })
    }

    fn row(&self, row: u32, moment: &Moment<'_>) -> Vec<String> {
        let voice = moment.voice;
        let index = row as usize;
        let run = &self.flock.runs()[index];
        let end = run.iterates[run.last_k()];
        let place = Self::place_words(end.at, voice);
        let to = match self.flock.bottom_of(run) {
            Some(bottom) => format!("{} {place}", letter(bottom)),
            None => place,
        };
        vec![
            NAMES[index].to_owned(),
            Self::place_words(run.iterates[0].at, voice),
            outcome_cell(voice, run.outcome),
            to,
            voice.about(end.loss),
        ]
    }

    fn still(&self, _pane: usize, scene: &mut Scene, voice: &Voice) {
        if self.basins {
            self.map.lines(scene, self.f(), voice);
        } else {
            self.map.still(scene, self.f(), voice);
        }
    }

    fn marks(&self, _pane: usize, moment: &Moment<'_>) -> Vec<Mark> {
        let frame = self.map.frame();
        let bottoms = self.flock.bottoms();
        let listed = &bottoms[..bottoms.len().min(MOST_LISTED)];
        let mut marks = self.map.surveys(listed);
        for (bottom, at) in listed.iter().enumerate() {
            if frame.contains(at[0], at[1]) {
                let (x_px, y_px) = frame.point_px(at[0], at[1]);
                let (text, at) = (letter(bottom), (x_px + 10.0, y_px));
                marks.push(Mark::Label { at, text, role: Role::Ink, align: Align::Start });
            }
        }
        // The chosen run comes last and lies above the others.
        let others = (0..self.flock.runs().len()).filter(|run| *run != self.chosen);
        for run in others.chain([self.chosen]) {
            let trajectory = &self.flock.runs()[run];
            let walk = Walk {
                run,
                iterates: &trajectory.iterates,
                role: Role::Vanilla,
                runs_away: matches!(trajectory.outcome, Outcome::Diverged { .. }),
                faint: run != self.chosen,
            };
            marks.extend(self.map.walk(&walk, moment));
            let [x, y] = self.flock.starts[run];
            let at = frame.point_px(x, y);
            let (radius, outline) =
                if walk.faint { (4.5, Role::Vanilla) } else { (6.0, Role::Ink) };
            marks.push(Mark::Disc { at, radius, fill: Role::Panel, outline });
        }
        if let Some((_, at)) = moment.cursor {
            marks.extend(self.map.cross_hair(at, Some(&self.f()), moment.voice));
        }
        marks
    }

    fn place(&self, _pane: usize, x_px: f64, y_px: f64) -> Place {
        let at = self.flock.inside(self.map.world(x_px, y_px));
        Place::Point { run: self.chosen, at: at.to_vec() }
    }

    fn home(&self, _pane: usize, _k: u32) -> (f64, f64) {
        self.map.place_of(self.flock.starts[self.chosen])
    }

    fn drop_at(&mut self, at: &[f64]) {
        let coordinate = |i: usize| at.get(i).copied().unwrap_or(0.0);
        let at = [coordinate(0), coordinate(1)];
        let starts = &mut self.flock.starts;
        // On a full map the chosen start moves instead.
        if starts.len() == MOST_STARTS {
            starts[self.chosen] = at;
        } else {
            starts.push(at);
            self.chosen = starts.len() - 1;
        }
    }

    fn tap(&mut self, _pane: usize, x_px: f64, y_px: f64) -> Effect {
        self.start_at(x_px, y_px).map_or(Effect::None, |index| self.choose_start(index))
    }

    fn press(&mut self, _pane: usize, x_px: f64, y_px: f64) -> bool {
        self.held = self.start_at(x_px, y_px);
        self.chosen = self.held.unwrap_or(self.chosen);
        self.held.is_some()
    }

    fn drag(&mut self, _pane: usize, x_px: f64, y_px: f64) -> Effect {
        let Some(held) = self.held.filter(|held| *held < self.flock.starts.len()) else {
            return Effect::None;
        };
        self.flock.starts[held] = self.flock.inside(self.map.world(x_px, y_px));
        Effect::Spec
    }

    fn key(&mut self, pane: usize, key: &str) -> Effect {
        let last = self.flock.starts.len() - 1;
        let (back, on) = (self.chosen.saturating_sub(1), (self.chosen + 1).min(last));
        match key {
            "Delete" | "Backspace" => self.act("remove"),
            "PageUp" => self.choose_start(back),
            "PageDown" => self.choose_start(on),
            "Home" => self.choose_start(0),
            "End" => self.choose_start(last),
            // On the table the arrows walk its rows.
            "ArrowUp" if pane > 0 => self.choose_start(back),
            "ArrowDown" if pane > 0 => self.choose_start(on),
            _ => Effect::None,
        }
    }

    fn act(&mut self, action: &str) -> Effect {
        match action {
            "twins" => {
                if !self.flock.twins() {
                    self.no_twins = true;
                    return Effect::Moving;
                }
                self.chosen = 0;
            }
            "ring" => self.flock.ring(),
            "rows" => self.flock.rows(),
            "remove" if self.flock.starts.len() > 1 => {
                self.flock.starts.remove(self.chosen);
            }
            "basins" => self.basins = !self.basins,
            _ => {
                // A landscape that is chosen from the menu brings its own α, and starts that lie on its map.
                let surface = action.strip_prefix("loss=").and_then(Surface::<2>::named);
                if let Some(landscape) = surface.as_ref().and_then(Surface::landscape) {
                    self.flock.alpha = landscape.alpha;
                    self.flock.loss = Surface::from(landscape.clone());
                    self.flock.ring();
                }
                return Effect::None;
            }
        }
        Effect::Spec
    }

    fn choose(&mut self, row: u32) -> Effect {
        self.choose_start(row as usize)
    }

    fn work(&mut self, steps: usize) -> bool {
        self.atlas.work(&mut self.flock, steps)
    }

    fn is_working(&self) -> bool {
        self.atlas.is_working()
    }

    fn raster(&self, _pane: usize, most: u32) -> Option<Raster> {
        self.atlas.raster(&self.map.frame(), most)
    }

    fn runs(&self) -> Vec<Run> {
        let alpha = self.flock.alpha;
        let run = |(name, run)| Run::new(name, "gd", alpha, None, run);
        NAMES.into_iter().zip(self.flock.runs()).map(run).collect()
    }

    fn endings(&self, voice: &Voice) -> Vec<Ending> {
        let runs = NAMES.into_iter().zip(self.flock.runs());
        runs.map(|(n, run)| Ending {
            name: voice.say("starts-name", &[("n", n)]),
            outcome: run.outcome,
            last: run.last_k() as u32,
        })
        .collect()
    }

    fn csv(&self) -> String {
        let runs: Vec<_> = NAMES.into_iter().zip(self.flock.runs()).collect();
        downhill::csv::trajectories(&runs)
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let Some(basins) = self.atlas.basins() else {
            // Nothing of the map is known yet; without basins there is none.
            return if self.basins { vec![("done", Value::Toggle(false))] } else { Vec::new() };
        };
        let [x, y] = self.flock.view();
        let mut minimizer = Vec::with_capacity(basins.grid().len());
        let (mut iterations, mut outcomes) = (minimizer.clone(), String::new());
        for at in 0..CELLS * CELLS {
            let Some(cell) = basins.cell(at % CELLS, at / CELLS) else { continue };
            minimizer.push(cell.minimizer.map_or(-1.0, f64::from));
            iterations.push(cell.outcome.k() as f64);
            outcomes.extend(cell.outcome.name().chars().next());
        }
        vec![
            ("done", Value::Toggle(basins.is_done())),
            ("box", Value::Point(vec![x[0], x[1], y[0], y[1]])),
            ("grid", Value::Number(f64::from(CELLS))),
            ("minimizers", Value::Points(basins.minimizers().to_vec())),
            ("minimizer", Value::Point(minimizer)),
            ("iterations", Value::Point(iterations)),
            ("outcomes", Value::Text(outcomes)),
        ]
    }
}
