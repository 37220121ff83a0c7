//! A figure: what all of them share, around what is special to one.

use downhill::Outcome;

use crate::change::{Changes, Event, Input};
use crate::controls;
use crate::declare::{Declaration, Keys, Readout};
use crate::draw::{Mark, Scene, between};
use crate::exhibit::{Ending, Exhibit, Moment, Place};
use crate::field::{Field, Slot, Value};
use crate::player::Player;
use crate::prediction::{Guess, Prediction};
use crate::snapshot::Snapshot;
use crate::voice::Voice;

/// Themes that a figure can be asked for.
const THEMES: &[&str] = &["auto", "light", "dark"];

/// No pane is larger.
const LARGEST_PX: f64 = 32_000.0;

/// A cross-hair moves this many CSS pixels at a key press.
const NUDGE_PX: f64 = 8.0;

/// The fields that every figure has.
#[derive(Clone, Debug, Default)]
struct Shared {
    theme: usize,
    lang: String,
    hide: String,
    autoplay: bool,
    k: u32,
}

/// An interactive figure: state, inputs and what can be seen of it, without a screen.
pub struct Figure {
    exhibit: Box<dyn Exhibit>,
    shared: Shared,
    player: Player,
    prediction: Prediction,
    cursor: Option<(usize, (f64, f64))>,
    sizes_px: Vec<(f64, f64)>,
    voice: Voice,
    /// Ends already announced, so that each is announced once on the way there.
    announced: Vec<bool>,
}

impl Figure {
    pub(crate) fn new(mut exhibit: Box<dyn Exhibit>, voice: Voice) -> Self {
        let _first = exhibit.recompute();
        let panes = exhibit.panes(&voice).len();
        let runs = exhibit.endings(&voice).len();
        Self {
            exhibit,
            shared: Shared::default(),
            player: Player::default(),
            prediction: Prediction::default(),
            cursor: None,
            sizes_px: vec![(0.0, 0.0); panes],
            voice,
            announced: vec![false; runs],
        }
    }

    /// The figure's name, as in its element's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.exhibit.name()
    }

    /// Whether the reader asked for less motion.
    pub fn reduce_motion(&mut self, reduce: bool) {
        self.player.reduce_motion(reduce);
    }

    /// Takes the attributes or URL parameters that a figure starts with.
    ///
    /// Each text that cannot be used leaves the default and gives a problem.
    pub fn start(&mut self, entries: &[(&str, &str)]) -> Changes {
        let mut changes = Changes::default();
        // The iteration means something only once the run is known.
        let (last, first): (Vec<_>, Vec<_>) = entries.iter().partition(|(name, _)| *name == "k");
        for (name, text) in first.into_iter().chain(last) {
            self.set(name, text, &mut changes);
        }
        changes.mark_run(true);
        changes.events.push(Event { name: "gd-ready", detail: Vec::new() });
        if self.shared.autoplay {
            self.player.play(self.exhibit.last());
        }
        self.finish(changes)
    }

    /// Takes one input and says what changed.
    pub fn apply(&mut self, input: &Input<'_>) -> Changes {
        let mut changes = Changes::default();
        let k = self.player.k();
        match *input {
            Input::Set(name, text) => {
                self.set(name, text, &mut changes);
                self.changed_spec(&mut changes);
            }
            Input::Slide(name, position) => self.slide(name, position, &mut changes),
            Input::Act(action) => self.act(action, &mut changes),
            Input::Step(n) => self.step(n, &mut changes),
            Input::Seek(k) => self.seek(k, &mut changes),
            Input::Drop(at) => self.drop_at(at, &mut changes),
            Input::Tap(pane, x_px, y_px) => self.tap(pane, x_px, y_px, &mut changes),
            Input::Drag(pane, x_px, y_px) => {
                if let Place::Iteration(k) = self.exhibit.place(pane, x_px, y_px) {
                    self.seek(k, &mut changes);
                    changes.handled = true;
                }
            }
            Input::Hover(pane, x_px, y_px) => self.point(Some((pane, (x_px, y_px))), &mut changes),
            Input::Leave(_) => self.point(None, &mut changes),
            Input::Key(pane, key) => self.key(pane, key, &mut changes),
            Input::Tick(seconds) => self.tick(seconds, &mut changes),
            Input::Resize(pane, width_px, height_px) => {
                if let Some(size) = self.sizes_px.get_mut(pane) {
                    *size =
                        (between(width_px, 0.0, LARGEST_PX), between(height_px, 0.0, LARGEST_PX));
                    self.exhibit.resize(pane, size.0, size.1);
                    changes.still = true;
                    changes.moving = true;
                }
            }
        }
        if self.player.k() != k {
            let k = Value::Number(f64::from(self.player.k()));
            changes.events.push(Event { name: "gd-step", detail: vec![("k", k)] });
        }
        self.finish(changes)
    }

    /// Announces what was reached and says whether time has to pass.
    fn finish(&mut self, mut changes: Changes) -> Changes {
        let k = self.player.k();
        for (run, ending) in self.exhibit.endings(&self.voice).into_iter().enumerate() {
            let Ending { name, outcome, last } = ending;
            let reached = k >= last && k > 0;
            let news = reached && !self.announced[run];
            self.announced[run] = reached;
            if !news {
                continue;
            }
            let kind = Value::Text(outcome.name().to_owned());
            let at = Value::Number(outcome.k() as f64);
            let detail = vec![("run", Value::Text(name.clone())), ("kind", kind), ("k", at)];
            changes.events.push(Event { name: "gd-outcome", detail });
            let sentence = outcome_sentence(&self.voice, &name, outcome);
            changes.say = Some(match changes.say.take() {
                Some(before) => format!("{before} {sentence}"),
                None => sentence,
            });
        }
        for problem in &changes.problems {
            let detail = vec![
                ("parameter", Value::Text(problem.parameter.clone())),
                ("message", Value::Text(problem.message.clone())),
            ];
            changes.events.push(Event { name: "gd-error", detail });
        }
        changes.running = self.player.is_moving();
        changes
    }

    /// All fields: those of every figure, then the figure's own.
    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = vec![
            Field { name: "theme", slot: Slot::Choice(&mut self.shared.theme, THEMES) },
            Field { name: "lang", slot: Slot::Text(&mut self.shared.lang) },
            Field { name: "hide", slot: Slot::Text(&mut self.shared.hide) },
            Field { name: "autoplay", slot: Slot::Toggle(&mut self.shared.autoplay) },
        ];
        fields.extend(self.exhibit.fields());
        let most = downhill::Limit::MAX_STEPS as u32;
        fields.push(Field { name: "k", slot: Slot::Count(&mut self.shared.k, (0, most)) });
        fields
    }

    fn set(&mut self, name: &str, text: &str, changes: &mut Changes) {
        self.shared.k = self.player.k();
        let voice = self.voice.clone();
        let mut fields = self.fields();
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let Some(field) = fields.iter_mut().find(|field| field.name == name) else {
            changes.problems.push(unknown(name, &names, &voice));
            return;
        };
        match field.read(text, &voice) {
            Ok(()) => changes.cleared.push(name.to_owned()),
            Err(problem) => changes.problems.push(problem),
        }
        if name == "k" {
            let k = self.shared.k;
            self.seek(k, changes);
        } else {
            self.recompute(changes);
        }
    }

    /// Everything that follows from the spec.
    fn recompute(&mut self, changes: &mut Changes) {
        let still = self.exhibit.recompute();
        self.player.bound(self.exhibit.last());
        self.prediction.forget();
        // An end that is present already was not reached just now.
        let k = self.player.k();
        let endings = self.exhibit.endings(&self.voice);
        self.announced = endings.into_iter().map(|ending| k >= ending.last).collect();
        changes.mark_run(still);
    }

    fn changed_spec(&mut self, changes: &mut Changes) {
        changes.events.push(Event { name: "gd-change", detail: self.spec() });
    }

    fn slide(&mut self, name: &str, position: f64, changes: &mut Changes) {
        if name == "k" {
            let k = if position >= 0.0 { libm::round(position) as u32 } else { 0 };
            self.player.pause();
            return self.seek(k, changes);
        }
        let moment = moment(&self.player, &self.prediction, self.cursor, &self.voice);
        let declared = self.exhibit.controls(&moment);
        let scale = declared.iter().find_map(|control| controls::scale_of(control, name));
        let value = scale.map_or(position, |scale| scale.value(position));
        self.set(name, &downhill::number::shortest(value), changes);
        self.changed_spec(changes);
    }

    fn act(&mut self, action: &str, changes: &mut Changes) {
        match action {
            "play" => {
                self.player.play(self.exhibit.last());
                self.prediction.forget();
                changes.mark_moment();
            }
            "pause" => {
                self.player.pause();
                changes.mark_moment();
            }
            "step" => {
                self.player.pause();
                let before = self.player.k();
                self.step(1, changes);
                if self.player.k() != before && changes.say.is_none() {
                    changes.say = Some(self.exhibit.standing(&self.moment()));
                }
            }
            "reset" => {
                self.player.pause();
                self.prediction.forget();
                self.seek(0, changes);
                changes.say = Some(self.voice.get("said-reset"));
                changes.mark_moment();
            }
            "clear" => {
                self.player.pause();
                self.seek(0, changes);
                let fresh = crate::figure(self.name(), self.voice.clone());
                if let Some(start) = fresh.ok().and_then(|mut figure| figure.text("start")) {
                    self.set("start", &start, changes);
                    self.changed_spec(changes);
                }
            }
            "predict" => {
                self.player.pause();
                self.prediction.toggle();
                let key =
                    if self.prediction.is_active() { "said-predict" } else { "said-no-predict" };
                changes.say = Some(self.voice.get(key));
                changes.mark_moment();
            }
            _ => {
                if let Some((field, text)) = action.split_once('=') {
                    self.set(field, text, changes);
                    self.changed_spec(changes);
                }
            }
        }
    }

    fn step(&mut self, n: u32, changes: &mut Changes) {
        let before = self.player.k();
        if self.player.step(n, self.exhibit.last()) {
            if n == 1 {
                self.settle(before, changes);
            } else {
                self.prediction.forget();
            }
        }
        changes.mark_moment();
    }

    /// Tells the reader how the guess did.
    fn settle(&mut self, before: u32, changes: &mut Changes) {
        if let Some(guess) = self.prediction.guess() {
            let runs = self.exhibit.runs();
            let iterates = runs.get(guess.run).map(|run| &run.iterates[..]).unwrap_or_default();
            let k = before as usize;
            if let (Some(from), Some(landed)) = (iterates.get(k), iterates.get(k + 1)) {
                self.prediction.settle(before + 1, from, landed);
                changes.say =
                    self.prediction.verdict().map(|v| controls::verdict_sentence(v, &self.voice));
                return;
            }
        }
        self.prediction.forget();
    }

    fn seek(&mut self, k: u32, changes: &mut Changes) {
        if self.player.seek(k.min(self.exhibit.last())) {
            self.prediction.forget();
        }
        changes.mark_moment();
    }

    fn drop_at(&mut self, at: &[f64], changes: &mut Changes) {
        if !at.iter().all(|coordinate| coordinate.is_finite()) {
            changes.problems.push(crate::field::Problem::not_a_point(&self.voice));
            return;
        }
        self.player.pause();
        self.exhibit.drop_at(at);
        let _ = self.player.seek(0);
        self.recompute(changes);
        let place: Vec<String> = at.iter().map(|&x| self.voice.about(x)).collect();
        changes.say = Some(self.voice.say("said-drop", &[("at", &*place.join(", "))]));
        changes.cleared.push("start".to_owned());
        self.changed_spec(changes);
    }

    fn tap(&mut self, pane: usize, x_px: f64, y_px: f64, changes: &mut Changes) {
        changes.handled = true;
        match self.exhibit.place(pane, x_px, y_px) {
            Place::Iteration(k) => {
                self.player.pause();
                self.seek(k, changes);
            }
            Place::Point { run, at } if self.prediction.is_active() => {
                self.player.pause();
                let place: Vec<String> = at.iter().map(|&x| self.voice.about(x)).collect();
                changes.say = Some(self.voice.say("said-guess", &[("at", &*place.join(", "))]));
                self.prediction.mark(Guess { run, at });
                changes.mark_moment();
            }
            Place::Point { at, .. } => self.drop_at(&at, changes),
        }
    }

    fn point(&mut self, cursor: Option<(usize, (f64, f64))>, changes: &mut Changes) {
        changes.moving = self.cursor != cursor;
        self.cursor = cursor;
    }

    fn key(&mut self, pane: usize, key: &str, changes: &mut Changes) {
        let panes = self.exhibit.panes(&self.voice);
        if panes.get(pane).is_some_and(|pane| pane.keys == Keys::Place) {
            self.place_key(pane, key, changes);
        } else {
            self.scrub_key(key, changes);
        }
    }

    /// Arrows move the cross-hair, Enter or the space bar places.
    fn place_key(&mut self, pane: usize, key: &str, changes: &mut Changes) {
        let present = match self.cursor {
            Some((on, at)) if on == pane => at,
            _ => self.exhibit.home(pane, self.player.k()),
        };
        let (dx, dy) = match key {
            "ArrowLeft" => (-NUDGE_PX, 0.0),
            "ArrowRight" => (NUDGE_PX, 0.0),
            "ArrowUp" => (0.0, -NUDGE_PX),
            "ArrowDown" => (0.0, NUDGE_PX),
            "Enter" | " " => return self.tap(pane, present.0, present.1, changes),
            "Escape" => {
                changes.handled = self.cursor.is_some();
                return self.point(None, changes);
            }
            _ => return,
        };
        let (width, height) = self.sizes_px[pane];
        let moved = (between(present.0 + dx, 0.0, width), between(present.1 + dy, 0.0, height));
        changes.handled = true;
        self.point(Some((pane, moved)), changes);
        if let Place::Point { at, .. } = self.exhibit.place(pane, moved.0, moved.1) {
            let place: Vec<String> = at.iter().map(|&x| self.voice.about(x)).collect();
            changes.say = Some(place.join(", "));
        }
    }

    /// Arrows, Page keys, Home and End move along the iterations.
    fn scrub_key(&mut self, key: &str, changes: &mut Changes) {
        let (k, last) = (self.player.k(), self.exhibit.last());
        let target = match key {
            "ArrowLeft" | "ArrowUp" => k.saturating_sub(1),
            "ArrowRight" | "ArrowDown" => k.saturating_add(1),
            "PageUp" => k.saturating_sub(10),
            "PageDown" => k.saturating_add(10),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        changes.handled = true;
        self.player.pause();
        self.seek(target, changes);
    }

    fn tick(&mut self, seconds: f64, changes: &mut Changes) {
        let (pace, last) = (self.exhibit.pace(), self.exhibit.last());
        let was_playing = self.player.is_playing();
        if self.player.tick(seconds, pace, last) || was_playing != self.player.is_playing() {
            changes.mark_moment();
        }
        changes.moving = true;
    }

    /// The names of all fields.
    #[must_use]
    pub fn field_names(&mut self) -> Vec<&'static str> {
        self.fields().into_iter().map(|field| field.name).collect()
    }

    /// The whole spec by name.
    #[must_use]
    pub fn spec(&mut self) -> Vec<(&'static str, Value)> {
        self.shared.k = self.player.k();
        self.fields().into_iter().map(|field| (field.name, field.value())).collect()
    }

    /// The value of one field as text.
    #[must_use]
    pub fn text(&mut self, name: &str) -> Option<String> {
        self.shared.k = self.player.k();
        self.fields().into_iter().find(|field| field.name == name).map(|field| field.text())
    }

    /// What differs from the defaults, by name, as text: the content of a link to this state.
    #[must_use]
    pub fn differences(&mut self) -> Vec<(&'static str, String)> {
        let Ok(mut fresh) = crate::figure(self.name(), self.voice.clone()) else {
            return Vec::new();
        };
        self.shared.k = self.player.k();
        let defaults: Vec<String> = fresh.fields().iter().map(Field::text).collect();
        let fields = self.fields();
        fields
            .iter()
            .zip(defaults)
            .filter(|(field, default)| field.text() != *default)
            .map(|(field, _)| (field.name, field.text()))
            .collect()
    }

    fn moment(&self) -> Moment<'_> {
        moment(&self.player, &self.prediction, self.cursor, &self.voice)
    }

    /// Everything that is rendered around the drawings.
    #[must_use]
    pub fn declaration(&self) -> Declaration {
        let moment = self.moment();
        let transport =
            controls::Transport { playing: self.player.is_playing(), last: self.exhibit.last() };
        let mut all = transport.controls(&moment);
        all.extend(self.exhibit.controls(&moment));
        let table = self.exhibit.table(&moment);
        all.extend(controls::share(&self.voice, table.is_some()));
        Declaration {
            figure: self.name(),
            name: self.voice.get(self.exhibit.title()),
            panes: self.exhibit.panes(&self.voice),
            controls: all,
            table,
            words: controls::element_words(&self.voice),
        }
    }

    /// What the figure says now.
    #[must_use]
    pub fn readouts(&self) -> Vec<Readout> {
        let moment = self.moment();
        let mut readouts = self.exhibit.readouts(&moment);
        readouts.push(controls::prediction_line(&moment));
        readouts
    }

    /// Rows of the table, from one iteration up to but not including another.
    #[must_use]
    pub fn rows(&self, from: u32, to: u32) -> Vec<Vec<String>> {
        let end = to.min(self.exhibit.last().saturating_add(1));
        (from..end).map(|k| self.exhibit.row(k, &self.voice)).collect()
    }

    /// A pane's still layer.
    #[must_use]
    pub fn still(&self, pane: usize) -> Scene {
        let (width_px, height_px) = self.sizes_px.get(pane).copied().unwrap_or_default();
        let mut scene = Scene::new(width_px, height_px);
        if width_px >= 1.0 && height_px >= 1.0 {
            self.exhibit.still(pane, &mut scene, &self.voice);
        }
        scene
    }

    /// A pane's moving layer.
    #[must_use]
    pub fn marks(&self, pane: usize) -> Vec<Mark> {
        self.exhibit.marks(pane, &self.moment())
    }

    /// The state as plain data.
    #[must_use]
    pub fn snapshot(&mut self) -> Snapshot {
        let runs = self.exhibit.runs();
        Snapshot {
            figure: self.name(),
            spec: self.spec(),
            k: self.player.k(),
            regime: runs.first().and_then(|run| run.regime),
            runs,
            data: self.exhibit.data(),
        }
    }

    /// The runs as CSV.
    #[must_use]
    pub fn csv(&self) -> String {
        self.exhibit.csv()
    }
}

fn moment<'a>(
    player: &Player,
    prediction: &'a Prediction,
    cursor: Option<(usize, (f64, f64))>,
    voice: &'a Voice,
) -> Moment<'a> {
    Moment {
        k: player.k(),
        position: player.position(),
        predicting: prediction.is_active(),
        guess: prediction.guess(),
        verdict: prediction.verdict(),
        cursor,
        voice,
    }
}

fn unknown(name: &str, names: &[&str], voice: &Voice) -> crate::field::Problem {
    let quote: String = name.chars().take(40).collect();
    let message = voice.say("problem-unknown", &[("name", &*quote), ("names", &*names.join(", "))]);
    crate::field::Problem { parameter: quote, refusal: message.clone(), message }
}

/// How a run ended, in words.
pub(crate) fn outcome_sentence(voice: &Voice, run: &str, outcome: Outcome) -> String {
    let k = outcome.k().to_string();
    let values = [("run", run), ("k", &*k)];
    match outcome {
        Outcome::Converged { .. } => voice.say("outcome-converged", &values),
        Outcome::Diverged { .. } => voice.say("outcome-diverged", &values),
        Outcome::Stalled { .. } => voice.say("outcome-stalled", &values),
        Outcome::Exhausted { .. } => voice.say("outcome-exhausted", &values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clearing_takes_the_readers_start_away() {
        let mut bowl = crate::figure("bowl", Voice::default()).expect("the bowl");
        let _ = bowl.apply(&Input::Drop(&[2.0, 0.0]));
        let _ = bowl.apply(&Input::Act("reset"));
        assert_eq!(bowl.text("start").as_deref(), Some("2"), "a reset keeps it");
        let _ = bowl.apply(&Input::Act("clear"));
        assert_eq!(bowl.text("start").as_deref(), Some("5"));
    }
}
