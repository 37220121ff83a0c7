//! The part of a figure that is specific to its kind; what all figures share is in
//! [`Figure`](crate::Figure).

use downhill::Outcome;

use crate::draw::{OverlayShape, Raster, ReliefMode, Scene, Solid};
use crate::framework::declaration::{Control, Pane, Readout, Table};
use crate::framework::field::{Field, Problem, Value};
use crate::framework::pane_set::PaneSet;
use crate::framework::prediction::{Guess, Verdict};
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

/// The state in which a figure is drawn or described.
pub(crate) struct ViewState<'a> {
    /// The index of the current iterate.
    pub(crate) k: u32,
    /// The position of the marble: a fractional index.
    pub(crate) position: f64,
    /// Whether taps mark a guess.
    pub(crate) predicting: bool,
    /// The reader's guess for the next iterate.
    pub(crate) guess: Option<&'a Guess>,
    /// The verdict on the last guess.
    pub(crate) verdict: Option<&'a Verdict>,
    /// The cross-hair: its pane and its position in CSS pixels.
    pub(crate) cursor: Option<(usize, (f64, f64))>,
    /// The language.
    pub(crate) locale: &'a Locale,
}

/// The meaning of a point on a pane.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// A point of the loss's domain, on the pane of a run.
    Point {
        /// The run whose next iterate a guess here is about.
        run: usize,
        /// The coordinates.
        at: Vec<f64>,
    },
    /// An iteration.
    Iteration(u32),
    /// A point with other coordinates, where taps are handled by the figure kind.
    Custom(Vec<f64>),
    /// No meaning.
    None,
}

/// What the figure kind's own input has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing: the figure kind does not use the input.
    None,
    /// The overlay and the readouts.
    Overlay,
    /// Static layers as well.
    StaticLayers,
    /// The runs, with an unchanged spec.
    Runs,
    /// The spec, so that everything is recomputed.
    Spec,
    /// The start, so that in addition the run goes back to it.
    Start,
    /// Nothing yet: the run starts playing.
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

/// One kind of figure: its spec, the model computed from it, its drawings and its readouts.
pub(crate) trait FigureKind {
    /// The figure's name, as in its element's name.
    fn name(&self) -> &'static str;

    /// The message key of the figure's title.
    fn title(&self) -> &'static str;

    /// The figure's own fields, in the order of the command line's help.
    fn fields(&mut self) -> Vec<Field<'_>>;

    /// Recomputes everything that depends on the spec; returns the panes whose static layers
    /// changed.
    #[must_use]
    fn recompute(&mut self) -> PaneSet;

    /// The part of the spec that could not be used as given in the last computation.
    fn problem(&self, _locale: &Locale) -> Option<Problem> {
        None
    }

    /// Whether the figure shows its runs at their end until the reader goes back.
    fn at_end(&self) -> bool {
        false
    }

    /// Sets the size of a pane in CSS pixels.
    fn resize(&mut self, pane: usize, width_px: f64, height_px: f64);

    /// The largest index of an iterate in any run.
    fn last(&self) -> u32;

    /// The playback rate, in iterations per second.
    fn pace(&self) -> f64;

    /// The panes.
    fn panes(&self, locale: &Locale) -> Vec<Pane>;

    /// The figure's own controls, without those common to all figures.
    fn controls(&self, view: &ViewState<'_>) -> Vec<Control>;

    /// The readouts.
    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout>;

    /// The state of the runs in one sentence, announced after a step.
    fn progress_sentence(&self, view: &ViewState<'_>) -> String;

    /// The table of iterations.
    fn table(&self, _moment: &ViewState<'_>) -> Option<Table> {
        None
    }

    /// One row of the table.
    fn row(&self, _k: u32, _moment: &ViewState<'_>) -> Vec<String> {
        Vec::new()
    }

    /// Whether the table's rows change with the iteration.
    fn has_live_rows(&self) -> bool {
        false
    }

    /// Draws a pane's static layer.
    fn static_layer(&self, pane: usize, scene: &mut Scene, locale: &Locale);

    /// A pane's overlay.
    fn overlay(&self, pane: usize, view: &ViewState<'_>) -> Vec<OverlayShape>;

    /// The meaning of a point of a pane, in CSS pixels.
    fn place(&self, pane: usize, x_px: f64, y_px: f64) -> Place;

    /// Where the cross-hair first appears when moved by keyboard: on the current iterate.
    fn cross_hair_start(&self, pane: usize, k: u32) -> (f64, f64);

    /// Sets the start. Missing coordinates are taken as 0.
    fn drop_at(&mut self, at: &[f64]);

    /// Handles a tap that does not set the start.
    fn tap(&mut self, _pane: usize, _x_px: f64, _y_px: f64) -> Effect {
        Effect::None
    }

    /// Called before a tap, to save what it may change for the action `double-click` to restore.
    fn remember(&mut self) {}

    /// The announcement about the figure's own last tap, key, action or choice.
    fn announcement(&self, _moment: &ViewState<'_>) -> Option<String> {
        None
    }

    /// Receives the index of the current iterate before every input.
    fn set_k(&mut self, _k: u32) {}

    /// Whether drags on a pane are handled wherever they begin.
    fn drags_anywhere(&self, _pane: usize) -> bool {
        false
    }

    /// Handles a press on a pane; returns whether something is being dragged now.
    fn press(&mut self, _pane: usize, _x_px: f64, _y_px: f64) -> bool {
        false
    }

    /// Drags it to this position.
    fn drag(&mut self, _pane: usize, _x_px: f64, _y_px: f64) -> Effect {
        Effect::None
    }

    /// Ends the drag.
    fn release(&mut self) -> Effect {
        Effect::None
    }

    /// Magnifies a pane by this factor (wheel or pinch).
    fn zoom(&mut self, _pane: usize, _factor: f64) -> Effect {
        Effect::None
    }

    /// Handles a key with a meaning specific to this figure's pane.
    fn key(&mut self, _pane: usize, _key: &str) -> Effect {
        Effect::None
    }

    /// Performs one of the figure's own actions, by name.
    fn act(&mut self, _action: &str) -> Effect {
        Effect::None
    }

    /// Sets a text that is part of the state but not of the spec, such as the name of a saved run.
    fn set_label(&mut self, _name: &str, _text: &str) -> Effect {
        Effect::None
    }

    /// Selects a row of the table, if rows are not iterations.
    fn choose(&mut self, _row: u32) -> Effect {
        Effect::None
    }

    /// Handles the pointer or cross-hair moving to a position or leaving; returns whether the
    /// readouts changed.
    fn hover(&mut self, _cursor: Option<(usize, (f64, f64))>, _position: f64) -> bool {
        false
    }

    /// The message key of the play button.
    fn play_key(&self) -> &'static str {
        "action-play"
    }

    /// Whether guesses are about where a run ends instead of its next iterate.
    fn predicts_end(&self) -> bool {
        false
    }

    /// Sets how a 3D landscape is rendered.
    fn set_relief_mode(&mut self, _ground: ReliefMode) {}

    /// A pane's 3D landscape, for a renderer.
    fn solid(&mut self, _pane: usize, _moment: &ViewState<'_>) -> Option<Solid<'_>> {
        None
    }

    /// Continues a computation that takes longer than a frame, for about `steps` descent steps.
    ///
    /// Returns whether rasters changed.
    fn work(&mut self, _steps: usize) -> bool {
        false
    }

    /// What else changed by that work.
    fn after_work(&mut self) -> Effect {
        Effect::None
    }

    /// Whether there is such work left.
    fn is_working(&self) -> bool {
        false
    }

    /// The raster below a pane's static layer, if the pane declares one, with at most `most` cells
    /// per side.
    fn raster(&self, _pane: usize, _most: u32) -> Option<Raster> {
        None
    }

    /// The runs, for snapshots, CSV and predictions.
    fn runs(&self) -> Vec<Run>;

    /// How each run ended.
    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd>;

    /// The runs as CSV.
    fn csv(&self) -> String;

    /// The data of a figure without runs.
    fn data(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}
