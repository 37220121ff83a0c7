//! What is wrong with a formula, and where.

use core::fmt;

use super::MAX_CHARACTERS;

/// Why a text is not a formula. Its [`Display`](fmt::Display) form is one sentence with the place,
/// what was found and what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    pub(super) offset: usize,
    pub(super) character: usize,
    pub(super) problem: Problem,
}

/// The kinds of mistake in a formula.
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
    /// A function whose argument is not in parentheses.
    NeedsParentheses(String),
    /// A function of one argument that got more.
    TooManyArguments(String),
    /// `max` or `min` of one argument.
    TooFewArguments(String),
    /// A comma where no function is open.
    StrayComma,
    /// A number right after a value, as in `x2`.
    NumberAfterValue(String),
    /// Something stands where something else belongs.
    Unexpected {
        /// What stands there; empty at the end of the formula.
        found: String,
        /// What belongs there.
        expected: &'static str,
    },
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

    /// What kind of mistake it is.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Written piece by piece, as formatted strings cost kilobytes in the browser.
        let mut say = |parts: &[&str]| parts.iter().try_for_each(|part| f.write_str(part));
        match &self.problem {
            Problem::Empty => {
                return say(&[
                    "the formula is empty; expected one in x, or in x and y, such as x^2 + 3y^2",
                ]);
            }
            Problem::TooLong => {
                let limit = MAX_CHARACTERS.to_string();
                return say(&["the formula is too long; expected at most ", &limit, " characters"]);
            }
            _ => say(&["character ", &self.character.to_string(), ": "])?,
        }
        match &self.problem {
            Problem::Empty | Problem::TooLong => Ok(()),
            Problem::TooDeep => {
                say(&["nested too deeply; at most 64 levels of parentheses and powers are allowed"])
            }
            Problem::TooComplex => say(&[
                "too much to compute; at most 512 operations and 16 open sub-results are allowed",
            ]),
            Problem::UnknownName(name) => say(&[
                "unknown name '",
                name,
                "'; expected x, y, pi, e or one of ",
                super::lexer::FUNCTION_NAMES,
            ]),
            Problem::UnknownCharacter(character) => {
                say(&["'", character.encode_utf8(&mut [0; 4]), "' has no meaning in a formula"])
            }
            Problem::NumberTooLarge(number) => {
                say(&["the number ", number, " is too large; at most 1.79e308 is allowed"])
            }
            Problem::NeedsParentheses(name) => {
                say(&["expected '(' after ", name, ", as in ", name, "(x)"])
            }
            Problem::TooManyArguments(name) => {
                say(&["found ',', but ", name, " takes one argument; expected ')'"])
            }
            Problem::TooFewArguments(name) => {
                say(&["found ')', but ", name, " takes at least two arguments; expected ','"])
            }
            Problem::StrayComma => say(&[
                "found ',', expected an operator; decimals are written with a point, as in 0.5",
            ]),
            Problem::NumberAfterValue(number) => say(&[
                "found the number ",
                number,
                " after a value; expected an operator such as * or ^ between them",
            ]),
            Problem::Unexpected { found, expected } if found.is_empty() => {
                say(&["expected ", expected, ", found the end of the formula"])
            }
            Problem::Unexpected { found, expected } => {
                say(&["expected ", expected, ", found '", found, "'"])
            }
        }
    }
}

impl core::error::Error for FormulaError {}
