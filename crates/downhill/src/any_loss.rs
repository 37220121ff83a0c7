//! A loss given by name or by formula.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::formula::{Expression, FormulaError};
use crate::landscape::Landscape;
use crate::landscapes::{landscape_1d, landscape_2d, titles_1d, titles_2d};
use crate::loss::Loss;

/// A loss whose dimension is known only at run time.
///
/// ```
/// use downhill::{AnyLoss, Loss};
///
/// let AnyLoss::Loss1d(surface) = "x^2".parse::<AnyLoss>()? else { panic!("one variable") };
/// assert_eq!(surface.gradient([5.0]), [10.0]);
/// assert!(matches!("ravine".parse::<AnyLoss>()?, AnyLoss::Loss2d(_)));
/// # Ok::<(), downhill::LossError>(())
/// ```
#[derive(Clone, Debug)]
pub enum AnyLoss {
    /// A loss in x.
    Loss1d(NamedLoss<1>),
    /// A loss in x and y.
    Loss2d(NamedLoss<2>),
}

/// A loss with the text it was requested by and, if that is a landscape's name, what is known about
/// it.
#[derive(Clone)]
pub struct NamedLoss<const D: usize> {
    text: String,
    loss: Arc<dyn Loss<D> + Send + Sync>,
    landscape: Option<Landscape<D>>,
}

impl<const D: usize> NamedLoss<D> {
    /// Wraps a loss under the given text.
    #[must_use]
    pub fn new(text: impl Into<String>, loss: Arc<dyn Loss<D> + Send + Sync>) -> Self {
        Self { text: text.into(), loss, landscape: None }
    }

    /// The loss.
    #[must_use]
    pub fn loss(&self) -> &dyn Loss<D> {
        &*self.loss
    }

    /// The name or formula it was requested by.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is known about it, if it was requested by a landscape's name.
    #[must_use]
    pub fn landscape(&self) -> Option<&Landscape<D>> {
        self.landscape.as_ref()
    }
}

impl NamedLoss<1> {
    /// The one-dimensional landscape with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        landscape_1d(name).map(Self::from)
    }
}

impl NamedLoss<2> {
    /// The two-dimensional landscape with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        landscape_2d(name).map(Self::from)
    }
}

impl<const D: usize> From<Landscape<D>> for NamedLoss<D> {
    fn from(landscape: Landscape<D>) -> Self {
        Self {
            text: landscape.name.to_owned(),
            loss: Arc::clone(&landscape.loss),
            landscape: Some(landscape),
        }
    }
}

impl<const D: usize> Loss<D> for NamedLoss<D> {
    fn value(&self, at: [f64; D]) -> f64 {
        self.loss.value(at)
    }
    fn value_and_gradient(&self, at: [f64; D]) -> (f64, [f64; D]) {
        self.loss.value_and_gradient(at)
    }
    fn hessian(&self, at: [f64; D]) -> [[f64; D]; D] {
        self.loss.hessian(at)
    }
    fn is_quadratic(&self) -> bool {
        self.loss.is_quadratic()
    }
    fn wrapped(&self) -> Option<&dyn Loss<D>> {
        Some(&*self.loss)
    }
}

impl<const D: usize> fmt::Debug for NamedLoss<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedLoss").field("text", &self.text).finish_non_exhaustive()
    }
}

impl AnyLoss {
    /// The number of variables: 1 or 2.
    #[must_use]
    pub fn dimension(&self) -> usize {
        match self {
            Self::Loss1d(_) => 1,
            Self::Loss2d(_) => 2,
        }
    }

    /// The name or formula it was requested by.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Loss1d(surface) => surface.text(),
            Self::Loss2d(surface) => surface.text(),
        }
    }
}

impl FromStr for AnyLoss {
    type Err = LossError;

    /// Parses a landscape's name, or a formula in x or in x and y.
    fn from_str(text: &str) -> Result<Self, LossError> {
        let name = text.trim();
        if let Some(surface) = NamedLoss::<1>::named(name) {
            return Ok(Self::Loss1d(surface));
        }
        if let Some(surface) = NamedLoss::<2>::named(name) {
            return Ok(Self::Loss2d(surface));
        }
        // With surrounding spaces, so that error offsets refer to the original text.
        let expression = text.parse::<Expression>().map_err(|formula| LossError { formula })?;
        let text = expression.text().to_owned();
        Ok(match expression.variables() {
            1 => Self::Loss1d(NamedLoss::new(text, Arc::new(expression))),
            _ => Self::Loss2d(NamedLoss::new(text, Arc::new(expression))),
        })
    }
}

impl fmt::Display for AnyLoss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

impl<const D: usize> fmt::Display for NamedLoss<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text())
    }
}

/// The error for a text that is not a loss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossError {
    formula: FormulaError,
}

impl LossError {
    /// The error of the text as a formula, with its position.
    #[must_use]
    pub fn formula(&self) -> &FormulaError {
        &self.formula
    }

    /// What is allowed instead, to be read after a parameter's name and the text given.
    #[must_use]
    pub fn allowed(&self) -> String {
        format!("a formula in x or in x and y ({}), or one of {}", self.formula, landscape_names())
    }
}

impl fmt::Display for LossError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (formula, names) = (&self.formula, landscape_names());
        write!(f, "neither a formula in x, or in x and y ({formula}), nor one of {names}")
    }
}

fn landscape_names() -> String {
    let names: Vec<&str> = titles_1d().chain(titles_2d()).map(|(name, _)| name).collect();
    names.join(", ")
}

impl std::error::Error for LossError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.formula)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_and_names_share_one_interface() {
        for (text, curvature) in
            [("x^2", 2.0), ("x²", 2.0), ("0.5*x^2", 1.0), ("3x^2", 6.0), ("parabola", 2.0)]
        {
            let AnyLoss::Loss1d(surface) = text.parse::<AnyLoss>().unwrap() else {
                panic!("{text}")
            };
            assert_eq!(surface.hessian([1.0]), [[curvature]], "{text}");
            assert_eq!(surface.text(), text);
        }
    }

    #[test]
    fn only_names_carry_data() {
        let AnyLoss::Loss2d(ravine) = "ravine".parse::<AnyLoss>().unwrap() else { panic!() };
        assert_eq!(ravine.landscape().unwrap().start, [-4.0, 1.0]);
        let AnyLoss::Loss1d(square) = "x^2".parse::<AnyLoss>().unwrap() else { panic!() };
        assert!(square.landscape().is_none());
    }

    #[test]
    fn error_positions_refer_to_the_given_text() {
        let error = "  x^".parse::<AnyLoss>().unwrap_err();
        assert_eq!((error.formula().character(), error.formula().column()), (5, 4));
        let AnyLoss::Loss1d(square) = " x^2 ".parse::<AnyLoss>().unwrap() else { panic!() };
        assert_eq!(square.text(), "x^2");
    }

    #[test]
    fn nonsense_is_refused_with_what_is_allowed() {
        for text in ["", "nonsense", "x^", "x^2 + z"] {
            let error = text.parse::<AnyLoss>().unwrap_err();
            assert!(!error.to_string().is_empty());
        }
    }
}
