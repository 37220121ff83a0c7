//! The part of a figure that is specific to its kind; what all figures share is in
//! [`Figure`](crate::Figure).

use crate::draw::ReliefMode;
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::declaration::{Control, Pane, Table};
use crate::framework::field::{Field, Problem};
use crate::framework::figure_text::FigureText;
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;

/// An input whose meaning depends on the figure.
///
/// Positions are CSS pixels of the pane, from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FigureInput<'a> {
    /// A pane has this width and height; for a figure whose view or whose inputs depend on it.
    Resize(usize, f64, f64),
    /// 3D landscapes are rendered this way.
    Relief(ReliefMode),
    /// A new start. Missing coordinates are taken as 0.
    Drop(&'a [f64]),
    /// A tap. While the reader predicts, one that the figure does not use marks a guess.
    Tap(usize, f64, f64),
    /// The pointer is pressed on a pane.
    Press(usize, f64, f64),
    /// The pressed pointer moves to this position.
    Drag(usize, f64, f64),
    /// The pressed pointer is released.
    Release,
    /// The wheel or a pinch magnifies a pane by this factor.
    Zoom(f64),
    /// A key on a pane, or on the table if the pane does not exist.
    Key(usize, &'a str),
    /// One of the figure's own actions, by name.
    Act(&'a str),
    /// The reader begins to predict.
    Predict,
    /// The last tap began a double click and is undone.
    DoubleClick,
    /// A text that is part of the state but not of the spec, such as the name of a saved run.
    Label(&'a str, &'a str),
    /// A row of the table is selected.
    Choose(u32),
    /// The pointer or the cross-hair is at this position of a pane, or nowhere.
    Hover(Option<(usize, (f64, f64))>),
    /// Advances a long computation by about this many descent steps.
    Work(usize),
}

/// What an input changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Nothing: the figure does not use the input.
    None,
    /// Nothing yet: a drag has begun.
    Held,
    /// The rasters and the readouts.
    Rasters,
    /// The overlay and the readouts.
    View,
    /// As much of a long computation that everything may look different: rasters, overlays, readouts and
    /// controls, and possibly the end of the runs.
    Progress,
    /// Another iteration is to be shown.
    Seek(u32),
    /// The runs, with an unchanged spec. The figure has recomputed them.
    Runs,
    /// The spec. The figure has recomputed everything that depends on it.
    Spec,
    /// The start, so that in addition the run goes back to it.
    Start,
    /// Nothing yet: the run starts playing.
    Play,
    /// The spec, as with [`Change::Spec`]; the run plays from its start.
    Replay,
}

/// The result of an input.
#[must_use]
pub(crate) struct Update {
    /// What changed.
    pub(crate) change: Change,
    /// The panes whose static layers changed.
    pub(crate) static_layers: PaneSet,
    /// The announcement for the live region.
    pub(crate) announcement: Option<String>,
}

impl Update {
    /// Nothing.
    pub(crate) const NONE: Self = Self::of(Change::None);
    /// The overlay and the readouts.
    pub(crate) const VIEW: Self = Self::of(Change::View);

    /// A change without static layers or an announcement.
    pub(crate) const fn of(change: Change) -> Self {
        Self { change, static_layers: PaneSet::NONE, announcement: None }
    }

    /// The same and all static layers.
    pub(crate) fn all_layers() -> Self {
        Self { static_layers: PaneSet::ALL, ..Self::VIEW }
    }

    /// The runs, recomputed.
    pub(crate) fn runs(static_layers: PaneSet) -> Self {
        Self { static_layers, ..Self::of(Change::Runs) }
    }

    /// The spec, with everything recomputed.
    pub(crate) fn spec(static_layers: PaneSet) -> Self {
        Self { static_layers, ..Self::of(Change::Spec) }
    }

    /// The start, with everything recomputed.
    pub(crate) fn start(static_layers: PaneSet) -> Self {
        Self { static_layers, ..Self::of(Change::Start) }
    }

    /// The spec, with everything recomputed, and the run played from its start.
    pub(crate) fn replay(static_layers: PaneSet) -> Self {
        Self { static_layers, ..Self::of(Change::Replay) }
    }

    /// This update, with an announcement.
    pub(crate) fn saying(self, announcement: String) -> Self {
        Self { announcement: Some(announcement), ..self }
    }
}

/// What all figures have in common but each sets for itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// The figure's name, as in its element's name.
    pub(crate) name: &'static str,
    /// The message key of its title.
    pub(crate) title: &'static str,
    /// The message key of the play button.
    pub(crate) play_key: &'static str,
    /// The largest index of an iterate in any run.
    pub(crate) last: u32,
    /// The iteration up to which runs that are still being computed are known; playback waits there.
    pub(crate) reached: u32,
    /// The playback rate, in iterations per second.
    pub(crate) pace: f64,
    /// Whether the figure shows its runs at their end until the reader goes back.
    pub(crate) at_end: bool,
    /// Whether guesses are about where a run ends instead of its next iterate.
    pub(crate) predicts_end: bool,
    /// The run that such guesses are about.
    pub(crate) chosen: usize,
    /// Whether the reader walks instead of the runs, so that there is nothing to predict.
    pub(crate) walked: bool,
    /// Whether the reader can predict where a step leads.
    pub(crate) predicts: bool,
    /// Whether a new α always applies from the iteration shown on, and not only if the reader wants so.
    pub(crate) from_here: bool,
    /// Whether the table's rows change with the iteration.
    pub(crate) live_rows: bool,
    /// Whether a long computation is unfinished.
    pub(crate) is_working: bool,
    /// The controls, the readouts and possibly the `table` that stay in sight beside the panes, by
    /// id. The rest is folded away until the reader asks for more.
    pub(crate) first: &'static [&'static str],
}

impl Facts {
    /// Those of a figure without runs, by its name and the message key of its title.
    pub(crate) const fn of(name: &'static str, title: &'static str) -> Self {
        Self {
            name,
            title,
            play_key: "action-play",
            last: 0,
            reached: u32::MAX,
            pace: 1.0,
            at_end: false,
            predicts_end: false,
            chosen: 0,
            walked: false,
            predicts: true,
            from_here: false,
            live_rows: false,
            is_working: false,
            first: &[],
        }
    }
}

/// What is rendered around a figure's drawings, without what all figures have.
pub(crate) struct Declared {
    /// The panes, in reading order.
    pub(crate) panes: Vec<Pane>,
    /// The controls, in tab order.
    pub(crate) controls: Vec<Control>,
    /// The table, for a figure that has one.
    pub(crate) table: Option<Table>,
}

/// One kind of figure: its spec, the model computed from it, its controls and its panes.
pub(crate) trait FigureKind: FigureText {
    /// What all figures have in common but each sets for itself.
    fn facts(&self) -> Facts;

    /// The figure's own fields, in the order of the command line's help.
    fn fields(&mut self) -> Vec<Field<'_>>;

    /// Recomputes everything that depends on the spec; returns the panes whose static layers
    /// changed.
    #[must_use]
    fn recompute(&mut self) -> PaneSet;

    /// Uses an input and says what it changed, recomputing what depends on it. An input that the
    /// figure does not use changes nothing.
    fn update(&mut self, input: FigureInput<'_>, view: &ViewState<'_>) -> Update;

    /// Says which iteration is shown, and whether the runs are being played, to a figure that has to
    /// compute what it shows of it.
    fn show(&mut self, _k: u32, _is_playing: bool) {}

    /// The learning rate and its changes, of a figure whose runs can go on with another one.
    fn alpha_plan(&self) -> Option<AlphaPlan> {
        None
    }

    /// The iteration from which a new α applies while iteration `k` is shown.
    fn turned_at(&self, k: u32) -> u32 {
        k
    }

    /// The part of the spec that could not be used as given in the last computation.
    fn problem(&self, _locale: &Locale) -> Option<Problem> {
        None
    }

    /// The panes, the controls and the table.
    fn declare(&self, view: &ViewState<'_>) -> Declared;

    /// A pane, by its index in the declaration, at this width and height in CSS pixels.
    fn pane(&self, pane: usize, size_px: (f64, f64)) -> Box<dyn PaneView + '_>;

    /// What the figure has computed.
    fn results(&self) -> &dyn Results;
}
