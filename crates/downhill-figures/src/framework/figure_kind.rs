//! What is special to one figure; everything that all figures share is in [`Figure`](crate::Figure).

use downhill::Outcome;

use crate::draw::{OverlayShape, Raster, ReliefMode, Scene, Solid};
use crate::framework::declaration::{Control, Pane, Readout, Table};
use crate::framework::field::{Field, Problem, Value};
use crate::framework::pane_set::PaneSet;
use crate::framework::prediction::{Guess, Verdict};
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

/// What is present while a figure is drawn or read.
pub(crate) struct ViewState<'a> {
    /// The index of the present iterate.
    pub(crate) k: u32,
    /// Where the marble is: an index with a fraction.
    pub(crate) position: f64,
    /// Whether taps mark a guess.
    pub(crate) predicting: bool,
    /// The reader's guess for the next iterate.
    pub(crate) guess: Option<&'a Guess>,
    /// How the last guess did.
    pub(crate) verdict: Option<&'a Verdict>,
    /// The cross-hair, on its pane, in CSS pixels.
    pub(crate) cursor: Option<(usize, (f64, f64))>,
    /// The language.
    pub(crate) locale: &'a Locale,
}

/// What a place on a pane stands for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// A point of the loss's domain, on the pane of this run.
    Point {
        /// Which run's next iterate a guess here is about.
        run: usize,
        /// The coordinates.
        at: Vec<f64>,
    },
    /// An iteration.
    Iteration(u32),
    /// A point of another world, by its coordinates: what a tap does there is the figure's own.
    Custom(Vec<f64>),
    /// Nothing.
    None,
}

/// What a figure's own input has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing: the input is not the figure's.
    None,
    /// What moves, and what is said of it.
    Overlay,
    /// Still layers too.
    StaticLayers,
    /// The runs, under the same spec.
    Runs,
    /// The spec, so that everything is computed again.
    Spec,
    /// The start, so that in addition the run stands at it again.
    Start,
    /// Nothing yet: the run is to be played.
    Play,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RunEnd {
    /// The run's name in words.
    pub(crate) name: String,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// The index of its last iterate.
    pub(crate) last: u32,
}

/// One kind of figure: a spec, what follows from it, and how that is drawn and said.
pub(crate) trait FigureKind {
    /// The figure's name, as in its element's name.
    fn name(&self) -> &'static str;

    /// The key of the figure's title among the words.
    fn title(&self) -> &'static str;

    /// The fields of the spec that are this figure's own, in the order of the CLI's help.
    fn fields(&mut self) -> Vec<Field<'_>>;

    /// Computes what follows from the spec. Says whose still layers look different now.
    #[must_use]
    fn recompute(&mut self) -> PaneSet;

    /// What of the spec the figure could not take as it stands when it last computed.
    fn problem(&self, _locale: &Locale) -> Option<Problem> {
        None
    }

    /// Whether the figure shows its runs to their end until the reader goes back.
    fn at_end(&self) -> bool {
        false
    }

    /// A pane got this size in CSS pixels.
    fn resize(&mut self, pane: usize, width_px: f64, height_px: f64);

    /// The index of the last iterate of any run.
    fn last(&self) -> u32;

    /// How fast a run is played, in iterations a second.
    fn pace(&self) -> f64;

    /// The drawings.
    fn panes(&self, locale: &Locale) -> Vec<Pane>;

    /// The figure's own controls, without those that all figures have.
    fn controls(&self, view: &ViewState<'_>) -> Vec<Control>;

    /// What the figure says.
    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout>;

    /// Where the runs stand, in one sentence, said aloud after a step.
    fn progress_sentence(&self, view: &ViewState<'_>) -> String;

    /// The table of iterations.
    fn table(&self, _moment: &ViewState<'_>) -> Option<Table> {
        None
    }

    /// One row of the table.
    fn row(&self, _k: u32, _moment: &ViewState<'_>) -> Vec<String> {
        Vec::new()
    }

    /// Whether the table's rows say something else at each iteration.
    fn has_live_rows(&self) -> bool {
        false
    }

    /// Draws a pane's still layer.
    fn static_layer(&self, pane: usize, scene: &mut Scene, locale: &Locale);

    /// What moves on a pane.
    fn overlay(&self, pane: usize, view: &ViewState<'_>) -> Vec<OverlayShape>;

    /// What lies under a point of a pane, in CSS pixels.
    fn place(&self, pane: usize, x_px: f64, y_px: f64) -> Place;

    /// Where the cross-hair appears when the keyboard asks for it: on the present iterate.
    fn cross_hair_start(&self, pane: usize, k: u32) -> (f64, f64);

    /// A new start. Coordinates that are missing are taken as 0.
    fn drop_at(&mut self, at: &[f64]);

    /// A tap on something of the figure's own, where it starts no run.
    fn tap(&mut self, _pane: usize, _x_px: f64, _y_px: f64) -> Effect {
        Effect::None
    }

    /// A tap is about to happen: what it may change is remembered, for the action `double-click` to take the tap back.
    fn remember(&mut self) {}

    /// What the figure's own tap, key, action or choice has done, in a sentence said aloud.
    fn announcement(&self, _moment: &ViewState<'_>) -> Option<String> {
        None
    }

    /// The index of the present iterate, told before an input is.
    fn set_k(&mut self, _k: u32) {}

    /// Whether a drag over a pane counts wherever it begins.
    fn drags_anywhere(&self, _pane: usize) -> bool {
        false
    }

    /// The pointer is pressed on a pane. Says whether something was taken hold of, which a drag then moves.
    fn press(&mut self, _pane: usize, _x_px: f64, _y_px: f64) -> bool {
        false
    }

    /// What was taken hold of is dragged here.
    fn drag(&mut self, _pane: usize, _x_px: f64, _y_px: f64) -> Effect {
        Effect::None
    }

    /// What was taken hold of is let go.
    fn release(&mut self) -> Effect {
        Effect::None
    }

    /// The wheel or two fingers enlarge a pane by this factor.
    fn zoom(&mut self, _pane: usize, _factor: f64) -> Effect {
        Effect::None
    }

    /// A key that means something on this figure's pane alone.
    fn key(&mut self, _pane: usize, _key: &str) -> Effect {
        Effect::None
    }

    /// An action of the figure's own, by name.
    fn act(&mut self, _action: &str) -> Effect {
        Effect::None
    }

    /// A text for what is state but no part of the spec, as the name of something the reader made.
    fn set_label(&mut self, _name: &str, _text: &str) -> Effect {
        Effect::None
    }

    /// A row of the table is chosen, where rows are no iterations.
    fn choose(&mut self, _row: u32) -> Effect {
        Effect::None
    }

    /// The pointer or the cross-hair is here, or nowhere. Says whether the readouts are about something else now.
    fn hover(&mut self, _cursor: Option<(usize, (f64, f64))>, _position: f64) -> bool {
        false
    }

    /// The key of the word on the button that plays.
    fn play_key(&self) -> &'static str {
        "action-play"
    }

    /// Whether a guess is about where a run ends, and not about its next iterate.
    fn predicts_end(&self) -> bool {
        false
    }

    /// How a pane that shows ground in relief is drawn here.
    fn set_relief_mode(&mut self, _ground: ReliefMode) {}

    /// The ground of a pane for whoever can draw it in relief.
    fn solid(&mut self, _pane: usize, _moment: &ViewState<'_>) -> Option<Solid<'_>> {
        None
    }

    /// Goes on with a computation that takes longer than a frame, for about so many steps of a descent.
    ///
    /// Says whether rasters look different now.
    fn work(&mut self, _steps: usize) -> bool {
        false
    }

    /// What else is different after that.
    fn after_work(&mut self) -> Effect {
        Effect::None
    }

    /// Whether such a computation waits to go on.
    fn is_working(&self) -> bool {
        false
    }

    /// The coloured cells below a pane's still layer, for a pane that declares them: at most so many along a side.
    fn raster(&self, _pane: usize, _most: u32) -> Option<Raster> {
        None
    }

    /// The runs, for snapshots, CSV and predictions.
    fn runs(&self) -> Vec<Run>;

    /// How each run ended.
    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd>;

    /// The runs as CSV.
    fn csv(&self) -> String;

    /// What a figure without runs shows.
    fn data(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}
