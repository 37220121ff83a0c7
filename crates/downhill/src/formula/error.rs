//! That a text is no formula, and where the mistake is.

use core::fmt;

#[cfg(feature = "parser")]
use super::problem::Problem;

/// Why a text is not a formula. Its [`Display`](fmt::Display) form is one sentence with the place,
/// what was found and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    pub(super) offset: usize,
    pub(super) character: usize,
    pub(super) column: usize,
    #[cfg(feature = "parser")]
    pub(super) problem: Problem,
    /// The sentence of who read the formula.
    #[cfg(not(feature = "parser"))]
    pub(super) sentence: String,
}

impl FormulaError {
    /// Where the mistake is, in bytes from the start of the text as it was given.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The same place as people count: the first character is 1.
    #[must_use]
    pub fn character(&self) -> usize {
        self.character
    }

    /// How many [columns](crate::columns) the text before it takes, so that a caret can be put under it.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(feature = "parser")]
        let said = self.problem.say(self.character, f);
        #[cfg(not(feature = "parser"))]
        let said = f.write_str(&self.sentence);
        said
    }
}

impl core::error::Error for FormulaError {}
