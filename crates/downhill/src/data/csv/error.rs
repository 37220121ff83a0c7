//! The error type for text that is not a data set, with the line.

use core::fmt;

use super::super::points::MAX_POINTS;
use super::MAX_BYTES;
use super::reading::name;
use super::text::is_invisible;
use crate::numbers::{code_point, vanishes};

/// The error for text that is not a data set, with the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvError {
    pub(super) line: usize,
    pub(super) problem: Problem,
}

impl Problem {
    pub(super) fn not_a_number(cell: &str, name: &'static str) -> Self {
        Self::NotANumber { found: quote(cell), name, hint: hint(cell) }
    }
}

impl CsvError {
    /// The line, counted from 1, or 0 if the error concerns the whole text.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    TooLong,
    NoPoints,
    TooMany,
    /// The number of columns found; `like` is a line that contains the separator.
    NotTwo {
        count: usize,
        separator: char,
        like: usize,
    },
    NotANumber {
        found: String,
        name: &'static str,
        hint: &'static str,
    },
    TooFar {
        found: String,
        largest: String,
    },
    /// A quotation mark is not closed, or something follows the closing one.
    Quotes,
    /// `sep=` or `dec=` with something other than a separator or a decimal mark.
    Directive {
        found: String,
    },
    /// Both decimal marks occur in one text.
    Mixed {
        found: String,
        other: String,
        line: usize,
        decimal: char,
    },
    /// A line that can be read in two ways.
    Ambiguous {
        found: String,
        readings: [String; 2],
        remedy: &'static str,
    },
}

/// Quotes the given text, shortened, with invisible characters shown by their code points.
pub(super) fn quote(text: &str) -> String {
    let mut quote = String::new();
    for c in text.chars().take(40) {
        if is_invisible(c) || c < ' ' && c != '\t' {
            quote.push('[');
            quote.push_str(&code_point(c));
            quote.push(']');
        } else {
            quote.push(c);
        }
    }
    quote
}

/// A hint at what may be wrong with a cell that is not a number.
fn hint(found: &str) -> &'static str {
    let sign = sign_hint(found);
    // With either decimal mark.
    if sign.is_empty() && vanishes(&found.replace(',', ".")) {
        " that can be told from 0"
    } else {
        sign
    }
}

/// A hint at a sign that does not belong in a number here, whatever else the cell contains.
pub(super) fn sign_hint(found: &str) -> &'static str {
    let bracket = |c: char| "[]{}<>".contains(c);
    if found.ends_with('%') {
        "; it can mean a share or a hundred times as much"
    } else if found.starts_with('(') && found.ends_with(')') {
        "; brackets can mean a negative number or nothing"
    } else if found.contains(bracket) || found.starts_with('(') || found.ends_with(')') {
        " without brackets"
    } else if found.contains(|c| matches!(c, '$' | '¢'..='¥' | '\u{20a0}'..='\u{20cf}')) {
        " without a currency sign"
    } else {
        ""
    }
}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        match &self.problem {
            Problem::TooLong => {
                write!(f, "the data are too long; expected at most {MAX_BYTES} bytes")
            }
            Problem::NoPoints => f.write_str("found no points; expected lines such as 1,2"),
            Problem::TooMany => write!(f, "found too many points; expected at most {MAX_POINTS}"),
            Problem::NotTwo { count, separator, like } => {
                let noun = if *count == 1 { "value" } else { "columns" };
                write!(f, "found {count} {noun}, expected two: ")?;
                match separator {
                    ',' if *count > 2 => f.write_str("x,y, or x;y with decimal commas"),
                    ',' => f.write_str("x,y"),
                    _ => {
                        write!(f, "x and y with {} between them", name(*separator))?;
                        if *like > 0 && *like != self.line {
                            write!(f, ", as in line {like}")?;
                        }
                        Ok(())
                    }
                }
            }
            Problem::NotANumber { found, name, hint } => {
                write!(f, "found '{found}', expected a finite number for {name}{hint}")
            }
            Problem::TooFar { found, largest } => {
                write!(f, "found '{found}', expected a number from -{largest} to {largest}")
            }
            Problem::Quotes => f.write_str("expected a closing quotation mark, then the separator"),
            Problem::Directive { found } => write!(
                f,
                "found '{found}', expected sep= with a comma, semicolon, tab, bar or blank, or dec= with a point or comma"
            ),
            Problem::Mixed { found, other, line, decimal } => {
                let [mark, before] =
                    if *decimal == '.' { ["comma", "point"] } else { ["point", "comma"] };
                write!(
                    f,
                    "found '{found}' with a decimal {mark}, but '{other}' in line {line} has a decimal {before}; expected the same in all lines"
                )
            }
            Problem::Ambiguous { found, readings: [one, other], remedy } => {
                write!(f, "found '{found}', which can be {one} or {other}; {remedy}")
            }
        }
    }
}

impl core::error::Error for CsvError {}
