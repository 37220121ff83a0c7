//! How a text becomes a loss: a landscape by its name, or a formula.

use std::sync::Arc;

use downhill::{Expression, FormulaError, NamedLoss};

/// Whether any figure here has a loss of one variable: a module of the page without one leaves their landscapes out.
const CURVES: bool = cfg!(any(feature = "walks", feature = "labs"));

/// The same of two variables; a module with neither leaves the reader of formulas out.
const GROUNDS: bool = cfg!(any(feature = "maps", feature = "hill"));

/// A loss of one variable; otherwise what is wrong with the formula, if it is one at all.
pub(super) fn loss_1d(text: &str) -> Result<NamedLoss<1>, Option<FormulaError>> {
    if !CURVES {
        return Err(None);
    }
    if let Some(surface) = NamedLoss::<1>::named(text.trim()) {
        return Ok(surface);
    }
    let expression = Expression::parse(text).map_err(Some)?;
    if expression.variables() > 1 {
        return Err(None);
    }
    Ok(NamedLoss::new(expression.text().to_owned(), Arc::new(expression)))
}

/// A loss in x and y; a formula may leave either out.
pub(super) fn loss_2d(text: &str) -> Result<NamedLoss<2>, Option<FormulaError>> {
    if !GROUNDS {
        return Err(None);
    }
    if let Some(surface) = NamedLoss::<2>::named(text.trim()) {
        return Ok(surface);
    }
    // With the blanks around it, so that a mistake is where it is in the text that came.
    let expression = Expression::parse(text).map_err(Some)?;
    Ok(NamedLoss::new(expression.text().to_owned(), Arc::new(expression)))
}

/// Whether a text is the name of a landscape that a figure here can show.
#[must_use]
pub fn is_landscape(text: &str) -> bool {
    let name = text.trim();
    CURVES && NamedLoss::<1>::named(name).is_some()
        || GROUNDS && NamedLoss::<2>::named(name).is_some()
}
