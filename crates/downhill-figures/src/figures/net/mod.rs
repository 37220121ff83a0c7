//! A small network, trained: its points, its losses, and how sharply its hill bends beside the bound of
//! the first section.

mod charts;
mod choices;
mod controls;
mod data_pane;
mod gradients_pane;
mod hill;
mod hill_pane;
mod output_map;
mod own_points;
mod playhead;
mod plot;
mod presets;
mod readouts;
mod results;
mod row_chart;
mod saved_runs;
mod settings;
#[cfg(test)]
mod tests;
mod training_run;

use downhill::{Outcome, PlaneKind, Samples};

use crate::draw::Axis;
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::declaration::{Keys, Pane, Span};
use crate::framework::field::{Field, Problem, Slot};
use crate::framework::figure_kind::{Change, Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;
use choices::{Shown, Source, Speed};
use data_pane::DataPane;
use gradients_pane::GradientsPane;
use hill::{Hill, HillKey, HillMap};
use hill_pane::HillPane;
use playhead::Playhead;
use plot::Plot;
use saved_runs::SavedRuns;
use settings::Settings;
use training_run::TrainingRun;

/// The panes.
const SHARPNESS: usize = 0;
const DATA: usize = 1;
const CHARTED: usize = 2;

/// How long a training is played, in seconds.
const PLAYED_SECONDS: f64 = 12.0;

/// The axes as last drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Drawn {
    sharpness: Axis,
    loss: Axis,
    gradients: Axis,
    steps: u32,
    shown: Shown,
}

/// A network in training.
pub(crate) struct Net {
    settings: Settings,
    shown: Shown,
    plane: PlaneKind,
    speed: Speed,
    run: TrainingRun,
    playhead: Playhead,
    plot: Plot,
    hill: Hill,
    kept: SavedRuns,
    notes: String,
    /// The class of points that are added.
    pen: f64,
    /// The reader's own points at the last computation.
    own: own_points::OwnPoints,
    drawn: Drawn,
}

impl Default for Net {
    fn default() -> Self {
        let unit = Axis::linear(0.0, 1.0);
        Self {
            settings: Settings::default(),
            shown: Shown::Loss,
            plane: PlaneKind::default(),
            speed: Speed::Usual,
            run: TrainingRun::default(),
            playhead: Playhead::default(),
            plot: Plot::default(),
            hill: Hill::default(),
            kept: SavedRuns::default(),
            notes: String::new(),
            pen: -1.0,
            own: own_points::OwnPoints::default(),
            drawn: Drawn {
                sharpness: unit,
                loss: unit,
                gradients: unit,
                steps: 0,
                shown: Shown::Loss,
            },
        }
    }
}

impl Net {
    /// α with its changes.
    fn plan(&self) -> AlphaPlan {
        let Settings { alpha, changes, steps, .. } = self.settings;
        AlphaPlan { alpha, changes, steps }
    }

    /// Whether the training diverged.
    fn has_diverged(&self) -> bool {
        matches!(self.run.outcome(), Some(Outcome::Diverged { .. }))
    }

    /// The last change of α that the training came to, with the changes before it.
    fn last_change(&self) -> Option<(u32, downhill::AlphaChanges)> {
        let last = self.run.last();
        let list = self.settings.changes.list();
        let seen = list.iter().take_while(|(k, _)| *k <= last).count().checked_sub(1)?;
        let mut earlier = downhill::AlphaChanges::default();
        for &(k, alpha) in &list[..seen] {
            earlier = earlier.from_step(k, alpha).unwrap_or(earlier);
        }
        Some((list[seen].0, earlier))
    }

    /// Updates the axes; returns the panes whose axes changed.
    fn note_axes(&mut self) -> PaneSet {
        let drawn = Drawn {
            sharpness: self.sharpness_axis(),
            loss: self.loss_axis(),
            gradients: self.gradients_axis(),
            steps: self.settings.steps,
            shown: self.shown,
        };
        let before = std::mem::replace(&mut self.drawn, drawn);
        let steps = before.steps != drawn.steps;
        PaneSet::one(SHARPNESS).when(steps || before.sharpness != drawn.sharpness)
            | PaneSet::one(CHARTED)
                .when(steps || before.loss != drawn.loss || before.shown != drawn.shown)
    }

    /// Continues whatever is being computed, for about this many steps.
    fn work(&mut self, steps: usize) -> Update {
        if !self.is_working() {
            return Update::NONE;
        }
        let mut left = steps as f64;
        let mut hills = PaneSet::NONE;
        while left > 0.0 {
            left -= if self.is_map_due() {
                self.playhead.work(&self.run, &self.plot)
            } else if self.run.is_working() {
                self.run.work()
            } else if let Some(key) = self.hill_due() {
                let Some(training) = self.playhead.training(&self.run) else { break };
                let (work, is_new) = self.hill.work(key, &self.run, training);
                hills |= PaneSet::one(CHARTED).when(is_new);
                work
            } else if self.kept.is_working() {
                self.kept.work()
            } else {
                break;
            };
        }
        Update { static_layers: self.note_axes() | hills, ..Update::of(Change::Progress) }
    }

    /// Whether the map of the shown step has to be computed: only the first one while that step is still
    /// ahead of the training.
    fn is_map_due(&self) -> bool {
        let is_ahead = self.playhead.k > self.run.reached() && self.run.is_working();
        let is_first = self.playhead.map.is_none();
        (is_first || !is_ahead) && self.playhead.is_working(&self.run, &self.plot)
    }

    /// The hill to compute, if any: while the training plays, the walk continues over the previous hill.
    fn hill_due(&self) -> Option<HillKey> {
        let has_steps = self.playhead.weights(&self.run).is_some() && !self.run.is_working();
        if self.shown != Shown::Hill || !has_steps {
            return None;
        }
        let (generation, landscape) = (self.run.generation(), self.run.landscape());
        let last = self.run.reached();
        let k = if self.plane == PlaneKind::Walk { last } else { self.playhead.k.min(last) };
        let key = HillKey { landscape, generation, k, plane: self.plane, seed: self.settings.seed };
        let is_old = self
            .hill
            .map
            .as_ref()
            .is_none_or(|map| map.key.generation != generation || map.key.plane != key.plane);
        (!self.hill.is_at(key) && (is_old || !self.playhead.is_playing)).then_some(key)
    }

    /// The hill to be shown: none while it is still that of other points or of another network.
    fn hill_map(&self) -> Option<&HillMap> {
        self.hill.map.as_ref().filter(|map| map.key.landscape == self.run.landscape())
    }

    fn is_working(&self) -> bool {
        self.is_map_due()
            || self.run.is_working()
            || self.hill_due().is_some()
            || self.kept.is_working()
    }

    /// Adds a point of the reader's own to those that are shown.
    fn add_point(&mut self, x_px: f64, y_px: f64, view: &ViewState<'_>) -> Update {
        use crate::framework::pane_view::Place;
        let Place::Custom(at) = DataPane(self).place(x_px, y_px) else { return Update::NONE };
        let locale = view.locale;
        if self.settings.source != Source::Own
            && let Some(training) = self.run.training()
        {
            self.settings.own.take_shown(training.samples());
        }
        let pen = self.pen;
        if !self.settings.own.add([at[0], at[1]], pen) {
            let most = Samples::MOST.to_string();
            return Update::VIEW.saying(locale.format("net-full", &[("n", &*most)]));
        }
        self.settings.source = Source::Own;
        let update = Update::start(self.recompute());
        let [x, y] = [at[0], at[1]].map(|number| locale.short(number));
        let n = self.settings.own.list.len().to_string();
        update.saying(locale.format("net-added", &[("x", &*x), ("y", &*y), ("n", &*n)]))
    }

    fn act(&mut self, action: &str, view: &ViewState<'_>) -> Update {
        if let Some(settings) = presets::settings(action) {
            let own = std::mem::take(&mut self.settings.own);
            self.settings = Settings { own, ..settings };
            return Update::replay(self.recompute());
        }
        let locale = view.locale;
        match action {
            "keep" if self.kept.keep(&self.run) => {
                self.notes = self.kept.written();
                let name = self.kept.runs().last().map(|kept| kept.name()).unwrap_or_default();
                let update = Update::runs(self.recompute());
                update.saying(locale.format("net-kept", &[("name", &*name)]))
            }
            "forget" => {
                self.kept.forget();
                self.notes.clear();
                Update::runs(self.recompute())
            }
            "back" => {
                let Some((k, changes)) = self.last_change() else { return Update::NONE };
                self.settings.changes = changes;
                let layers = self.recompute();
                let said = locale.format("net-back", &[("k", &*k.to_string())]);
                Update { static_layers: layers, ..Update::of(Change::Seek(k)) }.saying(said)
            }
            "epoch" => {
                let length = self.run.training().map_or(1, |t| t.steps_per_epoch()) as u32;
                Update::of(Change::Seek((view.k / length + 1).saturating_mul(length)))
            }
            "clear-points" => {
                self.settings.own.clear();
                self.settings.source = Source::Own;
                Update::start(self.recompute()).saying(locale.get("net-cleared"))
            }
            _ => Update::NONE,
        }
    }
}

impl FigureKind for Net {
    fn facts(&self) -> Facts {
        let speed = match self.speed {
            Speed::Slow => 0.2,
            Speed::Usual => 1.0,
            Speed::Fast => 4.0,
        };
        let last = self.run.last();
        Facts {
            last,
            reached: if self.run.is_working() { self.run.reached() } else { u32::MAX },
            pace: speed * (f64::from(self.settings.steps) / PLAYED_SECONDS).clamp(2.0, 1e5),
            predicts: false,
            from_here: true,
            is_working: self.is_working(),
            first: &[
                "edge", "sinks", "catapult", "explodes", "alpha", "view", "plane", "back", "keep",
                "standing", "outcome",
            ],
            ..Facts::of("net", "title-net")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = self.settings.fields();
        fields.push(Field { name: "view", slot: Slot::Choice(&mut self.shown) });
        fields.push(Field { name: "plane", slot: Slot::Choice(&mut self.plane) });
        fields.push(Field { name: "speed", slot: Slot::Choice(&mut self.speed) });
        fields.push(Field { name: "kept", slot: Slot::Notes(&mut self.notes) });
        fields
    }

    fn recompute(&mut self) -> PaneSet {
        if self.notes != self.kept.written() {
            self.kept = SavedRuns::read(&self.notes);
            self.notes = self.kept.written();
        }
        // Points that were pasted are meant to be used.
        if self.settings.own != self.own {
            let own = &self.settings.own;
            if !own.list.is_empty() {
                self.settings.source = Source::Own;
            } else if !own.is_cleared && self.settings.source == Source::Own {
                self.settings.source = Settings::default().source;
            }
            self.own = self.settings.own.clone();
        }
        // The points that are shown are the ones to begin from.
        let own = &mut self.settings.own;
        if self.settings.source == Source::Own && own.list.is_empty() && !own.is_cleared {
            let usual = || Settings::default().split().map(|split| split.train);
            let shown = self.run.training().map(|training| training.samples().clone());
            if let Some(samples) = shown.or_else(usual) {
                own.take_shown(&samples);
            }
            self.own = own.clone();
        }
        let generation = self.run.generation();
        let _changed = self.run.set(&self.settings, &|| self.settings.split());
        let mut layers = self.note_axes() | PaneSet::one(SHARPNESS);
        if self.run.generation() != generation || self.run.training().is_none() {
            let training = self.run.training();
            if training.is_none() {
                self.playhead.clear();
            }
            let all: Vec<&Samples> = training
                .map(|training| [Some(training.samples()), training.held_out()])
                .into_iter()
                .flatten()
                .flatten()
                .collect();
            let is_plane = training.is_none_or(|training| training.network().inputs() == 2);
            let _fits = self.plot.fit(&all, &self.settings.own.list, is_plane);
            layers |= PaneSet::one(DATA);
        }
        layers
    }

    fn show(&mut self, k: u32, is_playing: bool) {
        (self.playhead.k, self.playhead.is_playing) = (k, is_playing);
    }

    fn alpha_plan(&self) -> Option<AlphaPlan> {
        Some(self.plan())
    }

    /// After the end there is nothing to continue: the last α of a training that diverged changes, and
    /// otherwise the α of the whole training.
    fn turned_at(&self, k: u32) -> u32 {
        match self.last_change() {
            _ if k < self.run.last() => k,
            Some((k, _)) if self.has_diverged() => k,
            _ => 0,
        }
    }

    fn problem(&self, locale: &Locale) -> Option<Problem> {
        let message = self.problem_with_points(locale)?;
        Some(Problem {
            parameter: "own".to_owned(),
            refusal: message.clone(),
            message,
            offset: None,
        })
    }

    fn update(&mut self, input: FigureInput<'_>, view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Resize(DATA, width_px, height_px) => {
                (self.plot.width_px, self.plot.height_px) = (width_px, height_px);
                Update::NONE
            }
            FigureInput::Tap(DATA, x_px, y_px) => self.add_point(x_px, y_px, view),
            FigureInput::Key(DATA, "c" | "C") => {
                self.pen = -self.pen;
                let key = if self.pen > 0.0 { "class-second" } else { "class-first" };
                Update::VIEW.saying(view.locale.get(key))
            }
            FigureInput::Label("class", class) => {
                self.pen = if class == "1" { 1.0 } else { -1.0 };
                Update::VIEW
            }
            FigureInput::Act(action) => self.act(action, view),
            FigureInput::Work(steps) => self.work(steps),
            _ => Update::NONE,
        }
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let chart = |id, [label, caption]: [&str; 2], aspect, span| Pane {
            keys: Keys::Scrub,
            drags: true,
            ..Pane::new(id, [label, caption, "help-chart"], (aspect, span), locale)
        };
        let keys = match self.shown {
            Shown::Loss => ["pane-net-loss", "caption-net-loss"],
            Shown::Hill => ["pane-net-hill", "caption-net-hill"],
            Shown::Gradients => ["pane-net-gradients", "caption-net-gradients"],
        };
        let data = ["pane-net-data", "caption-net-data", "help-net-data"];
        Declared {
            panes: vec![
                chart("sharpness", ["pane-sharpness", "caption-sharpness"], 0.34, Span::Full),
                Pane { raster: true, ..Pane::new("data", data, (0.77, Span::Column), locale) },
                chart("view", keys, 0.77, Span::Column),
            ],
            controls: self.settings(view),
            table: None,
        }
    }

    fn pane(&self, pane: usize, size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        match pane {
            SHARPNESS => Box::new(self.sharpness_chart(size_px)),
            DATA => Box::new(DataPane(self)),
            _ => match self.shown {
                Shown::Loss => Box::new(self.loss_chart(size_px)),
                Shown::Hill => Box::new(HillPane::new(self, size_px)),
                Shown::Gradients => Box::new(GradientsPane { net: self, size_px }),
            },
        }
    }

    fn results(&self) -> &dyn Results {
        self
    }
}
