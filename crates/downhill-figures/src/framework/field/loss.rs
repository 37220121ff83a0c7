//! Parses a loss: a landscape's name or a formula.

use std::sync::Arc;

use downhill::{Expression, FIRST_LANDSCAPES, FormulaError, NamedLoss};

/// A loss of one variable, or of two.
///
/// Figures with one are downloaded without the landscapes of the other.
pub trait LossSlot {
    /// The name or the formula.
    fn text(&self) -> &str;

    /// The number of variables; a formula may omit any.
    fn variables(&self) -> usize;

    /// Takes a name or a formula.
    ///
    /// # Errors
    /// With the error of the formula, if it is one at all. The previous loss then stays.
    fn read(&mut self, text: &str) -> Result<(), Option<FormulaError>>;

    /// Takes the name of a landscape that the page has before anyone reads; returns whether it is
    /// one.
    #[must_use]
    fn read_plainly(&mut self, text: &str) -> bool;

    /// The error of a text as a formula, if it was meant to be one.
    fn error(&self, text: &str) -> Option<FormulaError>;
}

impl LossSlot for NamedLoss<1> {
    fn text(&self) -> &str {
        self.text()
    }
    fn variables(&self) -> usize {
        1
    }
    fn read(&mut self, text: &str) -> Result<(), Option<FormulaError>> {
        *self = parsed(text, Self::named(text.trim()))?;
        Ok(())
    }
    fn read_plainly(&mut self, text: &str) -> bool {
        let Some(named) = Self::named(text) else { return false };
        *self = named;
        true
    }
    fn error(&self, text: &str) -> Option<FormulaError> {
        parsed(text, Self::named(text.trim())).err().flatten()
    }
}

impl LossSlot for NamedLoss<2> {
    fn text(&self) -> &str {
        self.text()
    }
    fn variables(&self) -> usize {
        2
    }
    fn read(&mut self, text: &str) -> Result<(), Option<FormulaError>> {
        *self = parsed(text, Self::named(text.trim()))?;
        Ok(())
    }
    fn read_plainly(&mut self, text: &str) -> bool {
        let first = FIRST_LANDSCAPES.contains(&text).then(|| Self::named(text));
        let Some(named) = first.flatten() else { return false };
        *self = named;
        true
    }
    fn error(&self, text: &str) -> Option<FormulaError> {
        parsed(text, Self::named(text.trim())).err().flatten()
    }
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
