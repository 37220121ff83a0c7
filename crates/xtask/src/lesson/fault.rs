//! The error type for mistakes in the prose, with file and line.

use std::fmt;
use std::path::Path;

/// A mistake in a file of the lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The file, relative to the root of the repository.
    pub(crate) file: String,
    /// The line number, counted from 1.
    pub(crate) line: usize,
    /// What is wrong and what to write instead.
    pub(crate) message: String,
}

impl Fault {
    /// Creates a fault at a line of a file.
    pub(crate) fn new(file: &Path, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.display().to_string(), line, message: message.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for Fault {}
