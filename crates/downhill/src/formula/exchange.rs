//! Passes parsed formulas as bytes from one module to another.
//!
//! Typed formulas need a large parser, but few readers of the page type one. So a separate module
//! parses them on first use and supplies the result to the figures' modules, which have no parser.

/// Parses a formula for [`supply_formula`] in another module: either its instructions or an error
/// message.
#[cfg(feature = "parser")]
#[must_use]
pub fn read_formula(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    match text.parse::<super::Expression>() {
        Ok(read) => {
            bytes.extend([1, read.variables as u8, u8::from(read.has_kinks)]);
            bytes.extend(read.degree.unwrap_or(NO_DEGREE).to_le_bytes());
            read.recording.write(&mut bytes);
        }
        Err(error) => {
            bytes.push(0);
            for place in [error.offset, error.character, error.column] {
                bytes.extend((place as u32).to_le_bytes());
            }
            bytes.extend(error.to_string().into_bytes());
        }
    }
    bytes
}

/// Stands for the degree of a formula that is not a polynomial.
const NO_DEGREE: u32 = u32::MAX;

/// Whether a formula can be parsed here: it was supplied, or there is a parser.
#[must_use]
pub fn knows_formula(text: &str) -> bool {
    cfg!(feature = "parser") || memory::knows(text)
}

/// Supplies the result of [`read_formula`] for a text; returns whether the bytes are valid.
///
/// With a parser nothing needs to be supplied, and the bytes are ignored.
pub fn supply_formula(text: &str, bytes: &[u8]) -> bool {
    cfg!(feature = "parser") || memory::supply(text, bytes)
}

#[cfg(not(feature = "parser"))]
pub(super) use memory::recall;

#[cfg(feature = "parser")]
mod memory {
    pub(super) fn knows(_text: &str) -> bool {
        true
    }
    pub(super) fn supply(_text: &str, _bytes: &[u8]) -> bool {
        true
    }
}

/// The supplied results, by text.
#[cfg(not(feature = "parser"))]
mod memory {
    use std::cell::RefCell;

    use super::super::{Expression, FormulaError};
    use super::NO_DEGREE;
    use crate::compiled::{Bytes, CompiledFormula};

    /// The most formulas kept; the oldest is dropped first.
    const MOST: usize = 256;

    type Reading = Result<Expression, FormulaError>;

    thread_local! {
        static SUPPLIED: RefCell<Vec<(String, Reading)>> = const { RefCell::new(Vec::new()) };
    }

    pub(super) fn knows(text: &str) -> bool {
        SUPPLIED.with_borrow(|all| all.iter().any(|(known, _)| known == text))
    }

    /// The page's module is cut here: see `crates/xtask/src/dist/split.rs`.
    #[inline(never)]
    pub(super) fn supply(text: &str, bytes: &[u8]) -> bool {
        let Some(reading) = decoded(text, &mut Bytes(bytes)) else { return false };
        SUPPLIED.with_borrow_mut(|all| {
            if all.len() >= MOST {
                let _oldest = all.remove(0);
            }
            all.push((text.to_owned(), reading));
        });
        true
    }

    /// The result supplied for a text. A formula in use is looked up as displayed, without
    /// surrounding spaces.
    pub(in super::super) fn recall(text: &str) -> Reading {
        let same = |known: &str| known == text || known.trim() == text;
        let known = SUPPLIED.with_borrow(|all| {
            let found = all.iter().find(|(known, _)| same(known));
            found.map(|(_, reading)| reading.clone())
        });
        let sentence = || "the formula has not been read".to_owned();
        known.unwrap_or_else(|| {
            Err(FormulaError { offset: 0, character: 1, column: 0, sentence: sentence() })
        })
    }

    fn decoded(text: &str, bytes: &mut Bytes<'_>) -> Option<Reading> {
        if bytes.byte()? == 0 {
            let place = |bytes: &mut Bytes<'_>| bytes.number().map(|place| place as usize);
            let (offset, character, column) = (place(bytes)?, place(bytes)?, place(bytes)?);
            let sentence = core::str::from_utf8(bytes.0).ok()?.to_owned();
            return Some(Err(FormulaError { offset, character, column, sentence }));
        }
        let variables = usize::from(bytes.byte()?);
        let has_kinks = bytes.byte()? != 0;
        let degree = Some(bytes.number()?).filter(|degree| *degree != NO_DEGREE);
        let is_quadratic = degree.is_some_and(|degree| degree <= 2);
        let recording = CompiledFormula::read(bytes, is_quadratic)?;
        Some(Ok(Expression {
            text: text.trim().to_owned(),
            recording,
            variables,
            degree,
            has_kinks,
        }))
    }
}
