//! The kinds of errors in a formula, and their messages.

use core::fmt;

use super::MAX_CHARACTERS;
use super::characters::columns;
use super::error::FormulaError;
use crate::numbers::is_invisible;

/// An error with the index of its character.
pub(super) type Mistake = (usize, Problem);

/// The kinds of errors in a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// Nothing but spaces.
    Empty,
    /// More than [`MAX_CHARACTERS`] characters.
    TooLong,
    /// More than 64 levels of parentheses and powers.
    TooDeep,
    /// More than 512 instructions or 16 intermediate results.
    TooComplex,
    /// A name that is neither a variable, a constant nor a function.
    UnknownName(String),
    /// A character that has no meaning in a formula.
    UnknownCharacter(char),
    /// A number beyond the largest f64.
    NumberTooLarge(String),
    /// A nonzero number that would underflow to 0.
    NumberTooSmall(String),
    /// A function whose argument is not in parentheses.
    NeedsParentheses(String),
    /// Too many arguments for a function of one argument or for `pow`.
    TooManyArguments(String),
    /// Too few arguments for `max`, `min` or `pow`.
    TooFewArguments(String),
    /// A comma outside a function; the number that it may be part of, with a point.
    StrayComma(String),
    /// A number with grouping marks, and without them.
    Grouped(String, String),
    /// A number right after a value, as in `3 4`.
    NumberAfterValue(String),
    /// Text that conventions read in two ways.
    Ambiguous {
        /// The ambiguous text.
        found: String,
        /// One way to write what it may mean.
        first: String,
        /// The other way.
        second: String,
    },
    /// Something unknown here, and what to write instead.
    Instead(String, &'static str),
    /// Two letters that are not a pair of variables.
    Mixture(String, String),
    /// A letter that the loss's signature does not list.
    Undeclared(String),
    /// Bars that can be paired in more than one way.
    Bars,
    /// A bar without a counterpart.
    LoneBar,
    /// Something other than what is expected.
    Unexpected {
        /// What was found; empty at the end of the formula.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
}

impl FormulaError {
    /// The error at a position in this text.
    pub(super) fn at(text: &str, (index, problem): Mistake) -> Self {
        let offset = text.char_indices().nth(index).map_or(text.len(), |(offset, _)| offset);
        let before = text.get(..offset).unwrap_or(text);
        Self { offset, character: before.chars().count() + 1, column: columns(before), problem }
    }

    /// Its kind.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl Problem {
    /// Writes one sentence, for an error at this character.
    pub(super) fn say(&self, character: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Written piece by piece, because formatted strings cost kilobytes in the browser.
        let mut say = |parts: &[&str]| parts.iter().try_for_each(|part| f.write_str(part));
        match self {
            Self::Empty => {
                return say(&[
                    "the formula is empty; expected one in x, or in x and y, such as x^2 + 3y^2",
                ]);
            }
            Self::TooLong => {
                let limit = MAX_CHARACTERS.to_string();
                return say(&["the formula is too long; expected at most ", &limit, " characters"]);
            }
            _ => say(&["character ", &character.to_string(), ": "])?,
        }
        match self {
            Self::Empty | Self::TooLong => Ok(()),
            Self::TooDeep => {
                say(&["nested too deeply; at most 64 levels of parentheses and powers are allowed"])
            }
            Self::TooComplex => say(&[
                "too much to compute; at most 512 operations and 16 open sub-results are allowed",
            ]),
            Self::UnknownName(name) => say(&[
                "unknown name '",
                name,
                "'; expected x, y, pi, e or one of ",
                super::lexer::FUNCTION_NAMES,
            ]),
            Self::UnknownCharacter(character) => {
                let code = crate::numbers::code_point(*character);
                if is_invisible(*character) {
                    say(&[
                        "the invisible character ",
                        &code,
                        " has no meaning in a formula; delete it",
                    ])
                } else if character.is_ascii() {
                    say(&["'", character.encode_utf8(&mut [0; 4]), "' has no meaning in a formula"])
                } else {
                    let shown = String::from(*character);
                    say(&["'", &shown, "' (", &code, ") has no meaning in a formula"])
                }
            }
            Self::NumberTooLarge(number) => {
                say(&["the number ", number, " is too large; at most 1.79e308 is allowed"])
            }
            Self::NumberTooSmall(number) => say(&[
                "the number ",
                number,
                " is too small to be told from 0; 0 or at least 5e-324 is allowed",
            ]),
            Self::NeedsParentheses(name) => {
                let arguments = match &**name {
                    "max" | "min" | "maximum" | "minimum" => "(x, 0)",
                    "pow" | "power" => "(x, 2)",
                    _ => "(x)",
                };
                say(&["expected '(' after ", name, ", as in ", name, arguments])
            }
            Self::TooManyArguments(name) => {
                let taken = if is_pow(name) { "exactly two arguments" } else { "one argument" };
                say(&["found ',', but ", name, " takes ", taken, "; expected ')'"])
            }
            Self::TooFewArguments(name) => {
                let taken = if is_pow(name) { "exactly" } else { "at least" };
                say(&["found ')', but ", name, " takes ", taken, " two arguments; expected ','"])
            }
            Self::StrayComma(number) => say(&[
                "found ',', expected an operator; decimals are written with a point, as in ",
                number,
            ]),
            Self::Grouped(found, number) => {
                say(&["'", found, "' has marks between its digits; write ", number])
            }
            Self::NumberAfterValue(number) => say(&[
                "found the number ",
                number,
                " after a value; expected an operator such as * or ^ between them",
            ]),
            Self::Ambiguous { found, first, second } => {
                say(&["'", found, "' can be read in two ways; write ", first, " or ", second])
            }
            Self::Instead(found, instead) => {
                say(&["'", found, "' is not understood here; write ", instead])
            }
            Self::Mixture(first, second) => say(&[
                "found ",
                second,
                " besides ",
                first,
                "; a loss has one variable, or two that belong together such as x and y, x_1 and x_2, or w and b, and other letters have no value",
            ]),
            Self::Undeclared(name) => say(&[name, " is not among the variables listed before '='"]),
            Self::Bars => {
                say(&["these bars can be paired in more than one way; write abs(x) for |x|"])
            }
            Self::LoneBar => {
                say(&["this bar has no partner; an absolute value is written |x| or abs(x)"])
            }
            Self::Unexpected { found, expected } if found.is_empty() => {
                say(&["expected ", expected, ", found the end of the formula"])
            }
            Self::Unexpected { found, expected } => {
                say(&["expected ", expected, ", found '", found, "'"])
            }
        }
    }
}

fn is_pow(name: &str) -> bool {
    matches!(name, "pow" | "power")
}
