//! Parses a loss: a landscape's name or a formula.

use std::sync::Arc;

use downhill::{Expression, FormulaError, NamedLoss};

/// Whether any figure in this build has a loss of one variable; other builds leave out their
/// landscapes.
const CURVES: bool = cfg!(any(feature = "walks", feature = "labs"));

/// Whether any figure in this build has a loss of two variables; a build with neither leaves out
/// formulas.
const GROUNDS: bool = cfg!(any(feature = "maps", feature = "hill"));

/// Parses a loss of one variable; the error is that of the formula, if it is one at all.
pub(super) fn loss_1d(text: &str) -> Result<NamedLoss<1>, Option<FormulaError>> {
    if !CURVES {
        return Err(None);
    }
    parsed(text, NamedLoss::<1>::named(text.trim()))
}

/// Parses a loss in x and y; a formula may omit either.
pub(super) fn loss_2d(text: &str) -> Result<NamedLoss<2>, Option<FormulaError>> {
    if !GROUNDS {
        return Err(None);
    }
    parsed(text, NamedLoss::<2>::named(text.trim()))
}

/// The named loss, if there is one, else the formula, if it has no more variables than that.
fn parsed<const D: usize>(
    text: &str,
    named: Option<NamedLoss<D>>,
) -> Result<NamedLoss<D>, Option<FormulaError>> {
    if let Some(named) = named {
        return Ok(named);
    }
    // With surrounding spaces, so that error offsets refer to the original text.
    let expression = text.parse::<Expression>().map_err(Some)?;
    if expression.variables() > D {
        return Err(None);
    }
    Ok(NamedLoss::new(expression.text().to_owned(), Arc::new(expression)))
}

/// Whether a text is the name of a landscape that a figure in this build can show.
#[must_use]
pub fn is_landscape(text: &str) -> bool {
    let name = text.trim();
    CURVES && NamedLoss::<1>::named(name).is_some()
        || GROUNDS && NamedLoss::<2>::named(name).is_some()
}
