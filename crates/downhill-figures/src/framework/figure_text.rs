//! What a figure says about its state.

use crate::framework::declaration::Readout;
use crate::framework::view_state::ViewState;

/// The words of a figure, apart from those of its controls and panes.
pub(crate) trait FigureText {
    /// The messages that only this figure has, or only some, as lines of `key = text`. They come with the
    /// figure, so that a reader downloads no others.
    fn words(&self) -> &'static [&'static str];

    /// The readouts.
    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout>;

    /// The state of the runs in one sentence, announced after a step.
    fn progress_sentence(&self, view: &ViewState<'_>) -> String;

    /// What the drawings show now, for those who do not see them. It may not give away what is hidden from the others.
    fn description(&self, view: &ViewState<'_>) -> String {
        self.progress_sentence(view)
    }

    /// One row of the table.
    fn row(&self, _row: u32, _view: &ViewState<'_>) -> Vec<String> {
        Vec::new()
    }
}
