//! Describes how a text of points was read.

use core::fmt;

use super::number::Marks;

/// How a text was read: the number of points and the marks used.
///
/// Its `Display` form is shown to the reader, such as "5 points; columns separated by a semicolon,
/// decimals by a comma".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvReading {
    pub(super) points: usize,
    /// Whether lines beginning with `#` were skipped.
    pub(super) comments: bool,
    pub(super) separator: char,
    pub(super) marks: Marks,
    /// The first and last heading line.
    pub(super) headings: Option<(usize, usize)>,
}

impl CsvReading {
    /// The column separator: a comma, a semicolon, a tab, a vertical bar, or a space for any amount
    /// of white space.
    #[must_use]
    pub fn separator(&self) -> char {
        self.separator
    }

    /// The decimal mark; `None` if no number has one.
    #[must_use]
    pub fn decimal(&self) -> Option<char> {
        self.marks.decimal
    }

    /// The mark between groups of three digits; `None` if no number has one.
    #[must_use]
    pub fn thousands(&self) -> Option<char> {
        self.marks.thousands
    }
}

/// The name of a mark, with its article.
pub(super) fn name(mark: char) -> &'static str {
    match mark {
        ',' => "a comma",
        ';' => "a semicolon",
        '\t' => "a tab",
        '|' => "a vertical bar",
        '.' => "a point",
        '\'' => "an apostrophe",
        ' ' => "blanks",
        _ => "an Arabic mark",
    }
}

impl fmt::Display for CsvReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = if self.points == 1 { "" } else { "s" };
        write!(f, "{} point{s}; columns separated by {}", self.points, name(self.separator))?;
        match self.marks.decimal {
            Some(mark) => write!(f, ", decimals by {}", name(mark))?,
            None => f.write_str(", no decimals")?,
        }
        if let Some(mark) = self.marks.thousands {
            write!(f, ", thousands by {}", name(mark))?;
        }
        match self.headings {
            Some((first, last)) if first == last => write!(f, "; line {first} is a heading")?,
            Some((first, last)) => write!(f, "; lines {first} to {last} are headings")?,
            None => {}
        }
        if self.comments {
            f.write_str("; lines that begin with # are left out")?;
        }
        Ok(())
    }
}
