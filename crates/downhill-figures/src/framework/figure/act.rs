//! How a figure responds to buttons, sliders and passing time.

use downhill::{AlphaChanges, Outcome};

use super::{Figure, outcome_sentence, shapes_runs, view_state};
use crate::framework::controls;
use crate::framework::field::{Field, Slot};
use crate::framework::figure_kind::{Change, Facts, FigureInput, Update};
use crate::framework::input::Changes;
use crate::framework::pane_view::Place;
use crate::framework::playback::Playback;
use crate::framework::prediction::Prediction;

impl Figure {
    pub(super) fn slide(&mut self, name: &str, position: f64, changes: &mut Changes) {
        if name == "k" {
            let k = if position >= 0.0 { libm::round(position) as u32 } else { 0 };
            self.playback.pause();
            return self.seek(k, changes);
        }
        let view =
            view_state(&self.playback, &self.prediction, self.modes(), self.cursor, &self.locale);
        let declared = self.kind.declare(&view).controls;
        let scale = declared.iter().find_map(|control| controls::scale_of(control, name));
        let value = scale.map_or(position, |scale| scale.value(position));
        self.turn(name, &downhill::numbers::shortest(value), false, changes);
        self.whole |= shapes_runs(name);
        self.changed_spec(changes);
    }

    /// Sets a field as the reader's hand does: with “from here on”, a learning rate applies from the
    /// iteration shown.
    pub(super) fn turn(&mut self, name: &str, text: &str, typed: bool, changes: &mut Changes) {
        let k = self.kind.turned_at(self.playback.k());
        let Facts { from_here, last, .. } = self.kind.facts();
        let on = name == "alpha" && (from_here || self.shared.from_here);
        let Some(plan) = self.kind.alpha_plan().filter(|_| on) else {
            return self.set(name, text, typed, changes);
        };
        // A dial that is turned while the run plays would change α at every iteration on the way.
        self.playback.pause();
        let locale = self.locale.clone();
        let label = self.label(name);
        let (mut alpha, mut others) = (plan.at(k), AlphaChanges::default());
        let bounds = self.kind.fields().iter().find_map(|field| match field.slot {
            Slot::Rate(_, _, bounds) => Some(bounds),
            _ => None,
        });
        let slot = Slot::Rate(&mut alpha, &mut others, bounds.unwrap_or_default());
        let mut field = Field { name: "alpha", slot };
        let read =
            if typed { field.enter(text, &label, &locale) } else { field.read(text, &locale) };
        if !others.list().is_empty() {
            return self.set(name, text, typed, changes);
        }
        changes.problems.extend(read.err());
        if alpha == plan.at(k) {
            return;
        }
        match plan.with_rate(k, last, alpha, &locale) {
            // A number taken at its bound is in force too, and what was wrong with it stays beside it.
            Ok(plan) => self.set(name, &plan.changes.text(plan.alpha), false, changes),
            Err(problem) => changes.problems.push(problem),
        }
    }

    pub(super) fn act(&mut self, action: &str, changes: &mut Changes) {
        match action {
            "play" => self.play(changes),
            "pause" => {
                self.playback.pause();
                changes.mark_view();
            }
            "step" => {
                self.playback.pause();
                let before = self.playback.k();
                self.step(1, changes);
                if self.playback.k() != before && changes.announcement.is_none() {
                    changes.announcement = Some(self.kind.progress_sentence(&self.view_state()));
                }
            }
            "reset" => {
                self.playback.pause();
                self.tried = false;
                self.whole = false;
                self.prediction.forget();
                self.seek(0, changes);
                changes.announcement = Some(self.locale.get("said-reset"));
                changes.mark_view();
            }
            "clear" => {
                self.playback.pause();
                self.seek(0, changes);
                let fresh = crate::figure(self.name(), self.locale.clone());
                if let Some(start) = fresh.ok().and_then(|mut figure| figure.text("start")) {
                    self.set("start", &start, false, changes);
                    let _ = self.playback.seek(self.rest());
                    self.changed_spec(changes);
                }
            }
            "predict" => {
                self.playback.pause();
                self.whole = false;
                changes.table = true;
                if !self.prediction.is_active() {
                    self.pass_on(FigureInput::Predict, changes);
                }
                self.prediction.toggle();
                // The picture must not show what is to be predicted: the end of a run, or a run that
                // has ended already.
                let Facts { predicts_end, last, .. } = self.kind.facts();
                if self.prediction.is_active() && (predicts_end || self.playback.k() >= last) {
                    self.seek(0, changes);
                }
                let runner = self.guessed_runner();
                changes.announcement = Some(match (self.prediction.is_active(), runner) {
                    (true, Some(run)) => controls::mark_end_sentence(&run, &self.locale),
                    (true, None) => self.locale.get("said-predict"),
                    _ => self.locale.get("said-no-predict"),
                });
                changes.mark_view();
            }
            _ => {
                self.pass_on(FigureInput::Act(action), changes);
                // A landscape brings its own α and start.
                if !changes.events.is_empty() || action.starts_with("loss=") {
                    self.settle_others(changes);
                }
                if let Some((field, text)) = action.split_once('=') {
                    self.set(field, text, false, changes);
                    self.whole |= shapes_runs(field);
                    self.changed_spec(changes);
                }
            }
        }
    }

    /// A double click acts on the view, so whatever its first click did is undone.
    pub(super) fn take_back(
        &mut self,
        before: Option<(Playback, Prediction)>,
        changes: &mut Changes,
    ) {
        let Some((player, prediction)) = before else {
            self.pass_on(FigureInput::Act("view"), changes);
            return;
        };
        // The previous positions show which ends are newly reached.
        let now = std::mem::replace(&mut self.playback, player);
        if self.pass_on(FigureInput::DoubleClick, changes) {
            self.prediction = prediction;
        } else {
            self.playback = now;
        }
    }

    fn play(&mut self, changes: &mut Changes) {
        self.playback.play(self.kind.facts().last);
        self.whole = false;
        // The values under a finger that has left a chart do not stay beside the moving ones.
        if let Some((pane, (x_px, y_px))) = self.cursor
            && matches!(self.place(pane, x_px, y_px), Place::Iteration(_))
        {
            self.cursor = None;
        }
        self.tried = true;
        // The run is released because of the guess about its end.
        if !self.kind.facts().predicts_end || self.prediction.guess().is_none() {
            self.prediction.forget();
        }
        changes.mark_view();
    }

    /// Passes an input to the figure kind and applies what it changed. Returns whether the kind used it.
    pub(super) fn pass_on(&mut self, input: FigureInput<'_>, changes: &mut Changes) -> bool {
        let ended = self.is_at_end();
        let update = self.update(input);
        let own = update.change != Change::None;
        changes.handled |= own;
        self.carry_out(update, ended, changes);
        own
    }

    pub(super) fn update(&mut self, input: FigureInput<'_>) -> Update {
        let view =
            view_state(&self.playback, &self.prediction, self.modes(), self.cursor, &self.locale);
        self.kind.update(input, &view)
    }

    /// Applies what an input changed; `ended` tells whether the figure was at its end before.
    pub(super) fn carry_out(&mut self, update: Update, ended: bool, changes: &mut Changes) {
        match update.change {
            Change::None | Change::Held => {}
            Change::Rasters => {
                changes.raster = true;
                changes.readouts = true;
            }
            Change::View => changes.mark_view(),
            Change::Progress => {
                self.playback.bound(self.kind.facts().last);
                changes.raster = true;
                changes.mark_view();
            }
            Change::Seek(k) => {
                self.playback.pause();
                self.seek(k, changes);
            }
            Change::Runs => {
                self.follow_recompute(ended, changes);
                // The spec is the same; hosts that keep the runs have to ask for them again.
                self.changed_spec(changes);
            }
            Change::Spec => {
                self.whole |= !self.kind.facts().predicts_end;
                self.follow_recompute(ended, changes);
                self.changed_spec(changes);
            }
            Change::Start => {
                self.playback.pause();
                let _ = self.playback.seek(0);
                self.whole = false;
                self.follow_recompute(false, changes);
                if self.kind.facts().at_end {
                    let _ = self.playback.seek(self.kind.facts().last);
                    // The newest run is at its end at once, and that is news.
                    if let Some(newest) = self.announced.last_mut() {
                        *newest = false;
                    }
                    self.tried = true;
                }
                changes.cleared.push("start".to_owned());
                self.changed_spec(changes);
            }
            Change::Play => self.play(changes),
            Change::Replay => {
                let _ = self.playback.seek(0);
                self.follow_recompute(false, changes);
                self.changed_spec(changes);
                self.play(changes);
            }
        }
        changes.static_layers |= update.static_layers;
        if update.announcement.is_some() {
            changes.announcement = update.announcement;
        }
    }

    pub(super) fn step(&mut self, n: u32, changes: &mut Changes) {
        let before = self.playback.k();
        self.whole = false;
        if self.playback.step(n, self.kind.facts().last) {
            if self.kind.facts().predicts_end {
                // Settled where the run ends.
            } else if n == 1 {
                self.settle(before, changes);
            } else {
                self.prediction.forget();
            }
        } else if n > 0 {
            self.lead_nowhere(changes);
        }
        changes.mark_view();
    }

    /// A step was requested that no run takes: if it would leave the domain of the loss, that is
    /// announced.
    fn lead_nowhere(&mut self, changes: &mut Changes) {
        self.tried = true;
        let endings = self.kind.results().run_ends(&self.locale).into_iter().zip(&self.announced);
        let left: Vec<String> = endings
            .filter(|(ending, told)| **told && matches!(ending.outcome, Outcome::Undefined { .. }))
            .map(|(ending, _)| outcome_sentence(&self.locale, &ending.name, ending.outcome))
            .collect();
        if !left.is_empty() {
            changes.announcement = Some(left.join(" "));
        }
        // There is no iterate to compare a guess with.
        if self.prediction.guess().is_some() && !self.kind.facts().predicts_end {
            self.prediction.forget();
        }
    }

    /// Announces the verdict on a guess.
    pub(super) fn settle(&mut self, before: u32, changes: &mut Changes) {
        if let Some(guess) = self.prediction.guess() {
            let runs = self.kind.results().runs();
            let iterates = runs.get(guess.run).map(|run| &run.iterates[..]).unwrap_or_default();
            let k = before as usize;
            if let (Some(from), Some(landed)) = (iterates.get(k), iterates.get(k + 1)) {
                self.prediction.settle(before + 1, from, landed);
                changes.announcement = self
                    .prediction
                    .verdict()
                    .map(|v| controls::verdict_sentence(v, false, &self.locale));
                return;
            }
        }
        self.prediction.forget();
    }

    pub(super) fn seek(&mut self, k: u32, changes: &mut Changes) {
        self.whole = false;
        if self.playback.seek(k.min(self.kind.facts().last)) && !self.kind.facts().predicts_end {
            self.prediction.forget();
        }
        changes.mark_view();
    }

    /// Announces the verdict on a guess about the end, once the run is there.
    pub(super) fn settle_end(&mut self, changes: &mut Changes) {
        let Some(guess) = self.prediction.guess().filter(|_| self.kind.facts().predicts_end) else {
            return;
        };
        let runs = self.kind.results().runs();
        let iterates = runs.get(guess.run).map(|run| &run.iterates[..]).unwrap_or_default();
        let k = self.playback.k();
        if let (Some(from), Some(landed)) = (iterates.first(), iterates.last())
            && k > 0
            && k as usize + 1 >= iterates.len()
        {
            self.prediction.settle(k, from, landed);
            let verdict = self.prediction.verdict();
            changes.announcement =
                verdict.map(|verdict| controls::verdict_sentence(verdict, true, &self.locale));
            changes.readouts = true;
        }
    }

    pub(super) fn drop_at(&mut self, at: &[f64], changes: &mut Changes) {
        if !at.iter().all(|coordinate| coordinate.is_finite()) {
            changes.problems.push(crate::framework::field::Problem::not_a_point(&self.locale));
            return;
        }
        self.pass_on(FigureInput::Drop(at), changes);
        let place: Vec<String> = at.iter().map(|&x| self.locale.short(x)).collect();
        changes.announcement = Some(self.locale.format("said-drop", &[("at", &*place.join(", "))]));
    }

    pub(super) fn tick(&mut self, seconds: f64, changes: &mut Changes) {
        let Facts { pace, last, reached, .. } = self.kind.facts();
        let was_playing = self.playback.is_playing();
        // What is not computed yet is waited for.
        let ready = (f64::from(reached) - self.playback.position()) / pace;
        let seconds = if reached < last && ready < seconds {
            if ready > 0.0 { ready } else { 0.0 }
        } else {
            seconds
        };
        if self.playback.tick(seconds, pace, last) || was_playing != self.playback.is_playing() {
            changes.mark_view();
        }
        changes.overlay = true;
    }
}
