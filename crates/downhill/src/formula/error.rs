//! The error type for text that is not a formula, with its position.

use core::fmt;

#[cfg(feature = "parser")]
use super::problem::Problem;

/// The error for text that is not a formula. Its [`Display`](fmt::Display) form is one sentence
/// with the position, what was found and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    pub(super) offset: usize,
    pub(super) character: usize,
    pub(super) column: usize,
    #[cfg(feature = "parser")]
    pub(super) problem: Problem,
    /// The message from the module that parsed the formula.
    #[cfg(not(feature = "parser"))]
    pub(super) sentence: String,
}

impl FormulaError {
    /// The position of the error, in bytes from the start of the given text.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The position of the error in characters, counted from 1.
    #[must_use]
    pub fn character(&self) -> usize {
        self.character
    }

    /// The number of [columns](crate::columns) before the error, for placing a caret below it.
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
