//! How a text becomes a loss: a landscape by its name, or a formula.

use std::sync::Arc;

use downhill::{Expression, FormulaError, Surface};

/// Whether any figure here has a loss of one variable: a module of the page without one leaves their landscapes out.
const CURVES: bool = cfg!(any(feature = "walks", feature = "labs"));

/// The same of two variables; a module with neither leaves the reader of formulas out.
const GROUNDS: bool = cfg!(any(feature = "maps", feature = "hill"));

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
pub(super) fn ground(text: &str) -> Result<Surface<2>, Option<FormulaError>> {
    if !GROUNDS {
        return Err(None);
    }
    if let Some(surface) = Surface::<2>::named(text.trim()) {
        return Ok(surface);
    }
    // With the blanks around it, so that a mistake is where it is in the text that came.
    let expression = Expression::parse(text).map_err(Some)?;
    Ok(Surface::new(expression.text().to_owned(), Arc::new(expression)))
}

/// A loss typeset as it is understood, as the content of a MathML `math` element; nothing if the text is none.
///
/// ```
/// assert_eq!(downhill_figures::typeset("x"), "<mrow><mi>x</mi></mrow>");
/// assert_eq!(downhill_figures::typeset("saddle"), downhill_figures::typeset("x^2 - y^2"));
/// assert_eq!(downhill_figures::typeset("x^"), "");
/// ```
#[must_use]
pub fn typeset(text: &str) -> String {
    if !CURVES && !GROUNDS {
        return String::new();
    }
    let name = text.trim();
    let curve = if CURVES { Surface::<1>::named(name) } else { None };
    let known = match curve {
        Some(surface) => surface.landscape().map(|known| known.formula),
        None => Surface::<2>::named(name).and_then(|s| s.landscape().map(|known| known.formula)),
    };
    let formula = Expression::parse(known.unwrap_or(text));
    formula.map(|formula| formula.mathml()).unwrap_or_default()
}
