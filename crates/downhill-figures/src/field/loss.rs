//! How a text becomes a loss: a landscape by its name, or a formula.

use std::sync::Arc;

use downhill::{Expression, FormulaError, Surface};

/// Whether any figure here has a loss of one variable: a module of the page without one leaves their landscapes out.
const CURVES: bool = cfg!(any(feature = "walks", feature = "labs"));

/// A loss of one variable; otherwise what is wrong with the formula, if it is one at all.
pub(super) fn curve(text: &str) -> Result<Surface<1>, Option<FormulaError>> {
    if !CURVES {
        return Err(None);
    }
    if let Some(surface) = Surface::<1>::named(text.trim()) {
        return Ok(surface);
    }
    let expression = Expression::parse(text).map_err(Some)?;
    if expression.variables() > 1 {
        return Err(None);
    }
    Ok(Surface::new(expression.text().to_owned(), Arc::new(expression)))
}

/// A loss in x and y; a formula may leave either out.
pub(super) fn ground(text: &str) -> Result<Surface<2>, FormulaError> {
    if let Some(surface) = Surface::<2>::named(text.trim()) {
        return Ok(surface);
    }
    // With the blanks around it, so that a mistake is where it is in the text that came.
    let expression = Expression::parse(text)?;
    Ok(Surface::new(expression.text().to_owned(), Arc::new(expression)))
}
