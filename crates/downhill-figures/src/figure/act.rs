//! What a figure does when a button is pressed, a slider moved or time passes.

use downhill::Outcome;

use super::{Figure, moment, outcome_sentence};
use crate::change::Changes;
use crate::controls;
use crate::exhibit::Effect;
use crate::panes::Panes;
use crate::player::Player;
use crate::prediction::Prediction;

impl Figure {
    pub(super) fn slide(&mut self, name: &str, position: f64, changes: &mut Changes) {
        if name == "k" {
            let k = if position >= 0.0 { libm::round(position) as u32 } else { 0 };
            self.player.pause();
            return self.seek(k, changes);
        }
        let moment = moment(&self.player, &self.prediction, self.cursor, &self.voice);
        let declared = self.exhibit.controls(&moment);
        let scale = declared.iter().find_map(|control| controls::scale_of(control, name));
        let value = scale.map_or(position, |scale| scale.value(position));
        self.set(name, &downhill::number::shortest(value), false, changes);
        self.changed_spec(changes);
    }

    pub(super) fn act(&mut self, action: &str, changes: &mut Changes) {
        match action {
            "play" => self.play(changes),
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
                self.tried = false;
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
                    self.set("start", &start, false, changes);
                    let _ = self.player.seek(self.rest());
                    self.changed_spec(changes);
                }
            }
            "predict" => {
                self.player.pause();
                self.prediction.toggle();
                let key = match (self.prediction.is_active(), self.exhibit.foretells()) {
                    (true, true) => "predict-mark-end",
                    (true, false) => "said-predict",
                    _ => "said-no-predict",
                };
                changes.say = Some(self.voice.get(key));
                changes.mark_moment();
            }
            _ => {
                let effect = self.exhibit.act(action);
                self.told(effect, changes);
                if let Some((field, text)) = action.split_once('=') {
                    self.set(field, text, false, changes);
                    self.changed_spec(changes);
                }
            }
        }
    }

    /// A double click means the view: what its first click did is undone, whatever that was.
    pub(super) fn take_back(
        &mut self,
        before: Option<(Player, Prediction)>,
        changes: &mut Changes,
    ) {
        let Some((player, prediction)) = before else {
            let effect = self.exhibit.act("view");
            return self.told(effect, changes);
        };
        // Where the marbles were tells which ends are news.
        let now = std::mem::replace(&mut self.player, player);
        let effect = self.exhibit.act("double-click");
        if effect == Effect::None {
            self.player = now;
            return;
        }
        self.effect(effect, changes);
        self.prediction = prediction;
    }

    fn play(&mut self, changes: &mut Changes) {
        self.player.play(self.exhibit.last());
        self.tried = true;
        // A guess about the end is what the run is released for.
        if !self.exhibit.foretells() || self.prediction.guess().is_none() {
            self.prediction.forget();
        }
        changes.mark_moment();
    }

    /// Carries out what a figure's own input has changed.
    pub(super) fn effect(&mut self, effect: Effect, changes: &mut Changes) {
        match effect {
            Effect::None => return,
            Effect::Play => self.play(changes),
            Effect::Moving => changes.mark_moment(),
            Effect::Still => {
                changes.mark_moment();
                changes.still = Panes::ALL;
            }
            Effect::Runs => self.recompute(changes),
            Effect::Spec => {
                self.recompute(changes);
                self.changed_spec(changes);
            }
            Effect::Start => {
                self.player.pause();
                let _ = self.player.seek(0);
                self.recompute(changes);
                changes.cleared.push("start".to_owned());
                self.changed_spec(changes);
            }
        }
        changes.handled = true;
    }

    /// The same, and says aloud what happened.
    pub(super) fn told(&mut self, effect: Effect, changes: &mut Changes) {
        self.effect(effect, changes);
        if effect != Effect::None {
            changes.say = self.exhibit.said(&self.moment());
        }
    }

    pub(super) fn step(&mut self, n: u32, changes: &mut Changes) {
        let before = self.player.k();
        if self.player.step(n, self.exhibit.last()) {
            if self.exhibit.foretells() {
                // Settled where the run ends.
            } else if n == 1 {
                self.settle(before, changes);
            } else {
                self.prediction.forget();
            }
        } else if n > 0 {
            self.lead_nowhere(changes);
        }
        changes.mark_moment();
    }

    /// A step was asked for that no run takes: where it would leave the domain of the loss, that is said.
    fn lead_nowhere(&mut self, changes: &mut Changes) {
        self.tried = true;
        let endings = self.exhibit.endings(&self.voice).into_iter().zip(&self.announced);
        let left: Vec<String> = endings
            .filter(|(ending, told)| **told && matches!(ending.outcome, Outcome::Undefined { .. }))
            .map(|(ending, _)| outcome_sentence(&self.voice, &ending.name, ending.outcome))
            .collect();
        if !left.is_empty() {
            changes.say = Some(left.join(" "));
        }
        // There is nothing to compare a guess with.
        if self.prediction.guess().is_some() && !self.exhibit.foretells() {
            self.prediction.forget();
        }
    }

    /// Tells the reader how the guess did.
    pub(super) fn settle(&mut self, before: u32, changes: &mut Changes) {
        if let Some(guess) = self.prediction.guess() {
            let runs = self.exhibit.runs();
            let iterates = runs.get(guess.run).map(|run| &run.iterates[..]).unwrap_or_default();
            let k = before as usize;
            if let (Some(from), Some(landed)) = (iterates.get(k), iterates.get(k + 1)) {
                self.prediction.settle(before + 1, from, landed);
                changes.say = self
                    .prediction
                    .verdict()
                    .map(|v| controls::verdict_sentence(v, false, &self.voice));
                return;
            }
        }
        self.prediction.forget();
    }

    pub(super) fn seek(&mut self, k: u32, changes: &mut Changes) {
        if self.player.seek(k.min(self.exhibit.last())) && !self.exhibit.foretells() {
            self.prediction.forget();
        }
        changes.mark_moment();
    }

    /// Tells the reader how a guess about the end did, once the run is there.
    pub(super) fn settle_end(&mut self, changes: &mut Changes) {
        let Some(guess) = self.prediction.guess().filter(|_| self.exhibit.foretells()) else {
            return;
        };
        let runs = self.exhibit.runs();
        let iterates = runs.get(guess.run).map(|run| &run.iterates[..]).unwrap_or_default();
        let k = self.player.k();
        if let (Some(from), Some(landed)) = (iterates.first(), iterates.last())
            && k > 0
            && k as usize + 1 >= iterates.len()
        {
            self.prediction.settle(k, from, landed);
            let verdict = self.prediction.verdict();
            changes.say =
                verdict.map(|verdict| controls::verdict_sentence(verdict, true, &self.voice));
            changes.readouts = true;
        }
    }

    pub(super) fn drop_at(&mut self, at: &[f64], changes: &mut Changes) {
        if !at.iter().all(|coordinate| coordinate.is_finite()) {
            changes.problems.push(crate::field::Problem::not_a_point(&self.voice));
            return;
        }
        self.player.pause();
        self.exhibit.drop_at(at);
        let _ = self.player.seek(0);
        self.recompute(changes);
        if self.exhibit.at_end() {
            let _ = self.player.seek(self.exhibit.last());
            // The newest run is at its end at once, and that is news.
            if let Some(newest) = self.announced.last_mut() {
                *newest = false;
            }
            self.tried = true;
        }
        let place: Vec<String> = at.iter().map(|&x| self.voice.about(x)).collect();
        changes.say = Some(self.voice.say("said-drop", &[("at", &*place.join(", "))]));
        changes.cleared.push("start".to_owned());
        self.changed_spec(changes);
    }

    pub(super) fn tick(&mut self, seconds: f64, changes: &mut Changes) {
        let (pace, last) = (self.exhibit.pace(), self.exhibit.last());
        let was_playing = self.player.is_playing();
        if self.player.tick(seconds, pace, last) || was_playing != self.player.is_playing() {
            changes.mark_moment();
        }
        changes.moving = true;
    }
}
