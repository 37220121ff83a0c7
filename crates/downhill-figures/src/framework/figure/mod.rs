//! The `Figure` type: everything that figures share, around one figure kind.

mod act;
mod point;
#[cfg(test)]
mod python;
mod queries;
#[cfg(test)]
mod round_trips;
#[cfg(test)]
mod tests;
mod unsettled;

use downhill::{AlphaChanges, CriticalPoint, Outcome};

use crate::draw::{ReliefMode, Theme, between};
use crate::framework::choice::named_choice;
use crate::framework::field::{Field, Problem, Slot, Value, nearest};
use crate::framework::figure_kind::{FigureInput, FigureKind};
use crate::framework::input::{Changes, Event, Input};
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::playback::Playback;
use crate::framework::prediction::Prediction;
use crate::framework::results::RunEnd;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;
use unsettled::Unsettled;

named_choice! {
    /// The theme requested for a figure.
    #[derive(Default)]
    enum ThemeChoice {
        /// The theme of the reader's system.
        #[default]
        Auto = "auto",
        Light = "light",
        Dark = "dark",
    }
}

/// The largest size of a pane.
const LARGEST_PX: f64 = 32_000.0;

/// The fields that every figure has.
#[derive(Clone, Debug, Default)]
struct Shared {
    theme: ThemeChoice,
    lang: String,
    hide: String,
    show: String,
    fit: f64,
    autoplay: bool,
    from_here: bool,
    k: u32,
}

/// An interactive figure: state, inputs and views, independent of any screen.
pub struct Figure {
    kind: Box<dyn FigureKind>,
    shared: Shared,
    playback: Playback,
    prediction: Prediction,
    /// Whether a setting was changed last, so that runs are drawn to their ends.
    whole: bool,
    cursor: Option<(usize, (f64, f64))>,
    sizes_px: Vec<(f64, f64)>,
    /// The playback and prediction before the last tap, if nothing else was done since: a double
    /// click undoes the tap.
    before: Option<(Playback, Prediction)>,
    locale: Locale,
    /// The ends already announced, so that each is announced once when it is reached.
    announced: Vec<bool>,
    /// Whether a step was requested that a run which ends at its start does not take.
    tried: bool,
    /// The problems that are on show.
    unsettled: Vec<Unsettled>,
}

impl Figure {
    pub(crate) fn new(mut kind: Box<dyn FigureKind>, mut locale: Locale) -> Self {
        for words in kind.words() {
            locale.words.add(words);
        }
        let _first = kind.recompute();
        let (playback, prediction) = (Playback::default(), Prediction::default());
        let view = view_state(&playback, &prediction, (false, false), None, &locale);
        let panes = kind.declare(&view).panes.len();
        let runs = kind.results().run_ends(&locale).len();
        let mut figure = Self {
            kind,
            shared: Shared::default(),
            playback,
            prediction,
            whole: false,
            cursor: None,
            sizes_px: vec![(0.0, 0.0); panes],
            before: None,
            locale,
            announced: vec![true; runs],
            tried: false,
            unsettled: Vec::new(),
        };
        let _first = figure.playback.seek(figure.rest());
        figure
    }

    /// The iteration shown if none is requested.
    fn rest(&self) -> u32 {
        if self.kind.facts().at_end { self.kind.facts().last } else { 0 }
    }

    /// Whether there is anything to play.
    fn has_runs(&self) -> bool {
        !self.announced.is_empty()
    }

    /// The theme of a still picture: the requested one, or the light one where the reader's system is to decide.
    #[must_use]
    pub const fn theme(&self) -> Theme {
        match self.shared.theme {
            ThemeChoice::Auto | ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
        }
    }

    /// The figure's name, as in its element's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.kind.facts().name
    }

    /// Sets whether the reader prefers reduced motion.
    pub fn reduce_motion(&mut self, reduce: bool) {
        self.playback.reduce_motion(reduce);
    }

    /// Sets how a 3D landscape is rendered.
    pub fn set_relief_mode(&mut self, ground: ReliefMode) -> Changes {
        let mut changes = Changes::default();
        let _ = self.update(FigureInput::Relief(ground));
        changes.mark_run(PaneSet::ALL);
        self.finish(changes)
    }

    /// Starts the figure with attributes or URL parameters.
    ///
    /// A text that cannot be used leaves the default and gives a problem. Of duplicates the first
    /// counts.
    ///
    /// The page's module is cut here: see `crates/xtask/src/dist/split.rs`.
    #[inline(never)]
    pub fn start(&mut self, entries: &[(&str, &str)]) -> Changes {
        let mut changes = Changes::default();
        for rank in RANKS {
            for (index, (name, text)) in entries.iter().enumerate() {
                if rank_of(name) != rank {
                    continue;
                }
                match entries[..index].iter().find(|(before, _)| before == name) {
                    None => {
                        // A default adapted to another loss is not reported if it is overridden.
                        changes.problems.retain(|problem| problem.parameter != *name);
                        self.set(name, text, false, &mut changes);
                    }
                    Some((_, taken)) => {
                        changes.problems.push(twice(name, taken, text, &self.locale))
                    }
                }
            }
        }
        self.started(entries, changes)
    }

    /// Like [`start`](Self::start), if nothing about the texts needs a second look; otherwise the
    /// figure is as before.
    ///
    /// The page has this before anyone reads, and the rest of `start` only then.
    pub fn start_plainly(&mut self, entries: &[(&str, &str)]) -> Option<Changes> {
        let changes = self.all_plainly(entries);
        if changes.is_none()
            && let Ok(fresh) = crate::figure(self.name(), self.locale.clone())
        {
            *self = fresh;
        }
        changes
    }

    fn all_plainly(&mut self, entries: &[(&str, &str)]) -> Option<Changes> {
        let mut changes = Changes::default();
        for rank in RANKS {
            for (index, (name, text)) in entries.iter().enumerate() {
                if rank_of(name) != rank {
                    continue;
                }
                changes.problems.retain(|problem| problem.parameter != *name);
                let twice = entries[..index].iter().any(|(before, _)| before == name);
                if twice || !self.set_plainly(name, text, &mut changes) {
                    return None;
                }
            }
        }
        // What is wrong is told by what answers the reader.
        changes.problems.is_empty().then(|| self.started(entries, changes))
    }

    /// What follows once all fields are set.
    fn started(&mut self, entries: &[(&str, &str)], mut changes: Changes) -> Changes {
        changes.mark_run(PaneSet::ALL);
        changes.events.push(Event { name: "gd-ready", detail: Vec::new() });
        // A request for the last iteration is about its end, so it is shown.
        let asked = entries.iter().any(|(name, _)| *name == "k");
        if self.shared.autoplay && !(asked && self.playback.k() >= self.kind.facts().last) {
            let last = self.kind.facts().last;
            // With reduced motion nothing starts by itself: the end of the run is shown at once.
            if self.playback.is_still() {
                let _ = self.playback.seek(last);
            } else {
                self.playback.play(last);
            }
        }
        self.finish(changes)
    }

    /// Applies one input and returns what changed.
    pub fn apply(&mut self, input: &Input<'_>) -> Changes {
        let mut changes = Changes::default();
        let k = self.playback.k();
        match *input {
            Input::Tick(seconds) => self.tick(seconds, &mut changes),
            Input::Work(steps) => {
                let ended = self.is_at_end();
                let update = self.update(FigureInput::Work(steps));
                self.carry_out(update, ended, &mut changes);
            }
            Input::Resize(pane, width_px, height_px) => {
                if let Some(size) = self.sizes_px.get_mut(pane) {
                    *size =
                        (between(width_px, 0.0, LARGEST_PX), between(height_px, 0.0, LARGEST_PX));
                    let (width_px, height_px) = *size;
                    let _ = self.update(FigureInput::Resize(pane, width_px, height_px));
                    changes.raster = true;
                    changes.static_layers = PaneSet::one(pane);
                    changes.overlay = true;
                }
            }
            _ => self.respond(input, &mut changes),
        }
        if self.playback.k() != k {
            let k = Value::Number(f64::from(self.playback.k()));
            changes.events.push(Event { name: "gd-step", detail: vec![("k", k)] });
        }
        self.finish(changes)
    }

    /// Applies an input of the reader: all but time, sizes and work.
    ///
    /// The page's module is cut here: see `crates/xtask/src/dist/split.rs`.
    #[inline(never)]
    fn respond(&mut self, input: &Input<'_>, changes: &mut Changes) {
        let before = if input.comes_between_clicks() { None } else { self.before.take() };
        match *input {
            Input::Act("double-click") => self.take_back(before, changes),
            Input::Set(name, text) | Input::Enter(name, text) => {
                match *input {
                    Input::Enter(..) => self.turn(name, text, true, changes),
                    _ => self.set(name, text, false, changes),
                }
                self.whole |= shapes_runs(name);
                self.changed_spec(changes);
            }
            Input::Slide(name, position) => self.slide(name, position, changes),
            Input::Act(action) => self.act(action, changes),
            Input::Step(n) => self.step(n, changes),
            Input::Seek(k) => self.seek(k, changes),
            Input::Drop(at) => self.drop_at(at, changes),
            Input::Tap(pane, x_px, y_px) => {
                self.before = Some((self.playback.clone(), self.prediction.clone()));
                self.tap(pane, x_px, y_px, changes);
            }
            Input::Press(pane, x_px, y_px) => {
                self.pass_on(FigureInput::Press(pane, x_px, y_px), changes);
            }
            Input::Drag(pane, x_px, y_px) => self.drag(pane, x_px, y_px, changes),
            Input::Release(_) => {
                self.pass_on(FigureInput::Release, changes);
            }
            Input::Zoom(_, factor) => {
                self.pass_on(FigureInput::Zoom(factor), changes);
            }
            Input::Choose(row) => {
                if !self.pass_on(FigureInput::Choose(row), changes) {
                    self.seek(row, changes);
                }
            }
            Input::Hover(pane, x_px, y_px) => self.point(Some((pane, (x_px, y_px))), changes),
            Input::Leave(_) => self.point(None, changes),
            Input::Key(pane, key) => self.key(pane, key, changes),
            Input::Tick(_) | Input::Work(_) | Input::Resize(..) => {}
        }
        self.clear_settled(changes);
    }

    /// Adds announcements, and whether animation frames are needed.
    fn finish(&mut self, mut changes: Changes) -> Changes {
        self.settle_end(&mut changes);
        let k = self.playback.k();
        self.kind.show(k, self.playback.is_playing());
        for (run, ending) in self.kind.results().run_ends(&self.locale).into_iter().enumerate() {
            let RunEnd { name, outcome, last } = ending;
            let reached = k >= last && (k > 0 || self.tried);
            let news = reached && !self.announced[run];
            self.announced[run] = reached;
            if !news {
                continue;
            }
            let kind = Value::Text(outcome.name().to_owned());
            let at = Value::Number(outcome.k() as f64);
            let detail = vec![("run", Value::Text(name.clone())), ("kind", kind), ("k", at)];
            changes.events.push(Event { name: "gd-outcome", detail });
            let sentence = outcome_sentence(&self.locale, &name, outcome);
            changes.announcement = Some(match changes.announcement.take() {
                Some(before) => format!("{before} {sentence}"),
                None => sentence,
            });
        }
        if !changes.problems.is_empty() {
            self.report(&mut changes);
        }
        // While the reader predicts, tables end at the present.
        let live = self.kind.facts().live_rows || self.prediction.is_active();
        changes.table = changes.table || changes.readouts && live;
        changes.running = self.playback.is_moving();
        changes.working = self.kind.facts().is_working;
        changes
    }

    /// All fields: the common ones, then the figure kind's own.
    pub(in crate::framework) fn fields(&mut self) -> Vec<Field<'_>> {
        let always = self.kind.facts().from_here;
        let mut fields = vec![
            Field { name: "theme", slot: Slot::Choice(&mut self.shared.theme) },
            Field { name: "lang", slot: Slot::Text(&mut self.shared.lang) },
            Field { name: "hide", slot: Slot::Text(&mut self.shared.hide) },
            Field { name: "show", slot: Slot::Text(&mut self.shared.show) },
            Field { name: "fit", slot: Slot::Number(&mut self.shared.fit, (0.0, LARGEST_PX)) },
            Field { name: "autoplay", slot: Slot::Toggle(&mut self.shared.autoplay) },
        ];
        fields.extend(self.kind.fields());
        if !always && fields.iter().any(|field| matches!(field.slot, Slot::Rate(..))) {
            let slot = Slot::Toggle(&mut self.shared.from_here);
            fields.push(Field { name: "from-here", slot });
        }
        let most = downhill::StopCriteria::MAX_STEPS as u32;
        if !self.announced.is_empty() {
            fields.push(Field { name: "k", slot: Slot::Count(&mut self.shared.k, (0, most)) });
        }
        fields
    }

    /// Sets a field from text that needs no second look; returns whether that was so.
    fn set_plainly(&mut self, name: &str, text: &str, changes: &mut Changes) -> bool {
        self.shared.k = self.playback.k();
        let mut fields = self.fields();
        let field = fields.iter_mut().find(|field| field.name == name);
        if !field.is_some_and(|field| field.read_plainly(text)) {
            return false;
        }
        changes.cleared.push(name.to_owned());
        self.follow_set(name, changes);
        true
    }

    /// Sets a field from text, typed or not.
    fn set(&mut self, name: &str, text: &str, typed: bool, changes: &mut Changes) {
        self.shared.k = self.playback.k();
        let locale = self.locale.clone();
        let label = if typed { self.label(name) } else { String::new() };
        let last = self.kind.facts().last;
        let end = last.to_string();
        let text = if name == "k" && text == "last" { &end } else { text };
        let mut fields = self.fields();
        let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
        let Some(field) = fields.iter_mut().find(|field| field.name == name) else {
            if !self.pass_on(FigureInput::Label(name, text), changes) {
                changes.problems.push(unknown(name, &names, &locale));
            }
            return;
        };
        if let Slot::Count(_, (_, most)) = &mut field.slot
            && typed
            && name == "k"
        {
            // A reader sees the run that there is; a link may be older than its end.
            *most = last;
        }
        let read =
            if typed { field.enter(text, &label, &locale) } else { field.read(text, &locale) };
        match read {
            Ok(()) => changes.cleared.push(name.to_owned()),
            Err(problem) => changes.problems.push(problem),
        }
        self.keep_plan(name);
        self.follow_set(name, changes);
    }

    /// A run with changes of α goes on “from here”, and one that does not has a single α.
    fn keep_plan(&mut self, name: &str) {
        match name {
            "alpha" => {
                let plan = self.kind.alpha_plan();
                self.shared.from_here |= plan.is_some_and(|plan| !plan.changes.list().is_empty());
            }
            "from-here" if !self.shared.from_here => {
                for field in self.kind.fields() {
                    if let Slot::Rate(_, changes, _) = field.slot {
                        *changes = AlphaChanges::default();
                    }
                }
            }
            _ => {}
        }
    }

    fn follow_set(&mut self, name: &str, changes: &mut Changes) {
        if name == "k" {
            let k = self.shared.k;
            self.seek(k, changes);
        } else {
            self.recompute(changes);
        }
    }

    /// Recomputes everything that depends on the spec.
    fn recompute(&mut self, changes: &mut Changes) {
        let ended = self.is_at_end();
        changes.static_layers |= self.kind.recompute();
        self.follow_recompute(ended, changes);
    }

    /// Whether the figure shows its runs up to their ends, and does now.
    fn is_at_end(&self) -> bool {
        self.kind.facts().at_end && self.playback.k() >= self.kind.facts().last
    }

    /// What all figures do after the kind has recomputed.
    fn follow_recompute(&mut self, ended: bool, changes: &mut Changes) {
        self.playback.bound(self.kind.facts().last);
        if ended {
            let _ = self.playback.seek(self.kind.facts().last);
        }
        if let Some(problem) = self.kind.problem(&self.locale) {
            // What was read is not what is used.
            changes.problems.retain(|other| other.parameter != problem.parameter);
            changes.problems.push(problem);
        }
        if self.kind.facts().walked {
            self.prediction.end();
        } else {
            self.prediction.forget();
        }
        // An end already shown was not reached just now.
        let k = self.playback.k();
        let endings = self.kind.results().run_ends(&self.locale);
        self.announced = endings.into_iter().map(|ending| k >= ending.last && k > 0).collect();
        self.tried = false;
        changes.mark_run(PaneSet::NONE);
    }

    fn changed_spec(&mut self, changes: &mut Changes) {
        changes.events.push(Event { name: "gd-change", detail: self.spec() });
        // Without playback, the result of a setting is all there is to announce.
        if !self.has_runs() && changes.announcement.is_none() {
            changes.announcement = Some(self.kind.progress_sentence(&self.view_state()));
        }
    }

    /// A pane, if there is one with this index.
    fn pane(&self, pane: usize) -> Option<Box<dyn PaneView + '_>> {
        let size_px = *self.sizes_px.get(pane)?;
        Some(self.kind.pane(pane, size_px))
    }

    /// Whether runs are drawn to their ends, and whether a new α applies from here on.
    fn modes(&self) -> (bool, bool) {
        (self.whole, self.shared.from_here || self.kind.facts().from_here)
    }

    fn view_state(&self) -> ViewState<'_> {
        view_state(&self.playback, &self.prediction, self.modes(), self.cursor, &self.locale)
    }
}

/// The order in which fields are set: a point has a meaning only for a known loss or model, an
/// iteration only for a known run.
const RANKS: std::ops::Range<u8> = 0..3;

fn rank_of(name: &str) -> u8 {
    if ["loss", "model"].contains(&name) { 0 } else { 1 + u8::from(name == "k") }
}

fn view_state<'a>(
    player: &Playback,
    prediction: &'a Prediction,
    (whole, from_here): (bool, bool),
    cursor: Option<(usize, (f64, f64))>,
    locale: &'a Locale,
) -> ViewState<'a> {
    ViewState {
        k: player.k(),
        position: player.position(),
        // While it plays the marble leads, and a guess must not be given away.
        whole: whole && !player.is_playing() && !prediction.is_active(),
        predicting: prediction.is_active(),
        guess: prediction.guess(),
        verdict: prediction.verdict(),
        from_here,
        cursor,
        locale,
    }
}

/// Whether a change of this field is followed by whole trajectories: not one of the iteration shown,
/// nor of a start, from which the reader goes on step by step.
fn shapes_runs(name: &str) -> bool {
    !["k", "start", "theme", "lang", "hide", "autoplay", "from-here"].contains(&name)
}

fn unknown(name: &str, names: &[&str], locale: &Locale) -> Problem {
    let quote: String = name.chars().take(40).collect();
    let mut message =
        locale.format("problem-unknown", &[("name", &*quote), ("names", &*names.join(", "))]);
    if let Some(near) = nearest(name, names) {
        message.push(' ');
        message.push_str(&locale.format("problem-near", &[("near", near)]));
    }
    Problem { parameter: quote, refusal: message.clone(), message, offset: None }
}

fn twice(name: &str, taken: &str, other: &str, locale: &Locale) -> Problem {
    let short = |text: &str| text.chars().take(40).collect::<String>();
    let name = short(name);
    let values = [("name", &*name), ("got", &*short(taken)), ("other", &*short(other))];
    let message = locale.format("problem-twice", &values);
    Problem { parameter: name, refusal: message.clone(), message, offset: None }
}

/// Describes how a run ended, in a sentence.
pub(crate) fn outcome_sentence(locale: &Locale, run: &str, outcome: Outcome) -> String {
    let k = outcome.k().to_string();
    let values = [("run", run), ("k", &*k)];
    match outcome {
        Outcome::Converged { .. } => locale.format("outcome-converged", &values),
        Outcome::Diverged { .. } => locale.format("outcome-diverged", &values),
        Outcome::Undefined { infinite: true, .. } => locale.format("outcome-infinite", &values),
        Outcome::Undefined { k: 0, .. } => locale.format("outcome-undefined-start", &values),
        Outcome::Undefined { .. } => locale.format("outcome-undefined", &values),
        Outcome::Stalled { on: CriticalPoint::Maximum, .. } => {
            locale.format("outcome-stalled-maximum", &values)
        }
        Outcome::Stalled { on: CriticalPoint::Flat, .. } => {
            locale.format("outcome-stalled-plateau", &values)
        }
        Outcome::Stalled { .. } => locale.format("outcome-stalled-saddle", &values),
        Outcome::Exhausted { .. } => locale.format("outcome-exhausted", &values),
    }
}

/// Describes how a run ended in a word or two, for a table.
pub(crate) fn outcome_cell(locale: &Locale, outcome: Outcome) -> String {
    let key = match outcome {
        Outcome::Converged { .. } => "cell-converged",
        Outcome::Diverged { .. } => "cell-diverged",
        Outcome::Undefined { infinite: true, .. } => "cell-infinite",
        Outcome::Undefined { .. } => "cell-undefined",
        Outcome::Stalled { .. } => "cell-stalled",
        Outcome::Exhausted { .. } => "cell-exhausted",
    };
    locale.format(key, &[("k", &*outcome.k().to_string())])
}
