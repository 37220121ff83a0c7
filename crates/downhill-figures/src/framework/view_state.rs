//! What every figure is told when it is drawn or described.

use crate::framework::prediction::{Guess, Verdict};
use crate::text::locale::Locale;

/// The state in which a figure is drawn or described.
pub(crate) struct ViewState<'a> {
    /// The index of the current iterate.
    pub(crate) k: u32,
    /// The position of the marble: a fractional index.
    pub(crate) position: f64,
    /// Whether runs are drawn to their ends because a setting was just changed: the whole trajectory
    /// follows the hand.
    pub(crate) whole: bool,
    /// Whether taps mark a guess.
    pub(crate) predicting: bool,
    /// The reader's guess for the next iterate.
    pub(crate) guess: Option<&'a Guess>,
    /// The verdict on the last guess.
    pub(crate) verdict: Option<&'a Verdict>,
    /// Whether a new α applies from here on.
    pub(crate) from_here: bool,
    /// The cross-hair: its pane and its position in CSS pixels.
    pub(crate) cursor: Option<(usize, (f64, f64))>,
    /// The language.
    pub(crate) locale: &'a Locale,
}

impl ViewState<'_> {
    /// Whether the reader is asked for a prediction, and has not been told how good it was.
    pub(crate) const fn is_asking(&self) -> bool {
        self.predicting && self.verdict.is_none()
    }

    /// The last iterate up to which a run of this length is drawn.
    pub(crate) fn drawn_to(&self, last: usize) -> usize {
        if self.whole { last } else { (f64::floor(self.position) as usize).min(last) }
    }

    /// The same for a run that ends at iterate `last` and that another one may outlast.
    pub(crate) fn up_to(&self, last: u32) -> Self {
        let end = f64::from(last);
        let late = self.k > last || self.position > end;
        let position = if late { end } else { self.position };
        Self { k: self.k.min(last), position, ..*self }
    }
}
