//! Formulas that a person types, in x or in x and y: parsed once, evaluated on any scalar.

mod error;
mod function;
mod lexer;
mod operand;
mod parser;

use core::fmt;
use core::str::FromStr;

use crate::loss::Loss;
use crate::recording::Recording;
use crate::walkers::{Alarm, Walkers};
pub use error::{FormulaError, Problem};

/// The longest formula that is accepted, in characters.
pub const MAX_CHARACTERS: usize = 512;

/// A loss by formula: what [`parse`](Self::parse) made of a text in x, or in x and y.
///
/// It is a [`Loss`] with exact derivatives in any dimension. In fewer dimensions than it has
/// [`variables`](Self::variables) the missing one is NaN.
///
/// | written | read as |
/// | --- | --- |
/// | `2x`, `3(x+1)`, `x y`, `xy`, `x·y`, `x×y` | products; a number may not follow without a sign |
/// | `-2^x`, `2^-x`, `2^3^x` | −(2ˣ), 2⁻ˣ, 2^(3ˣ): powers bind first and to the right |
/// | `1/2x` | (1/2)·x: division and both products bind alike, from the left |
/// | `x²`, `x^2`, `x**2` | x·x, with the same bits |
/// | `1e-3`, `.5`, `2e` | 0.001, 0.5, 2·e |
/// | <code>&#124;x&#124;</code>, `abs(x)` | absolute value |
///
/// Functions, each with its argument in parentheses: `sin cos tan exp ln log sqrt abs sinh cosh
/// tanh sigmoid relu max min`. `log` is the natural logarithm, as in Python. `max` and `min` take
/// two arguments or more. Constants: `pi`, `π`, `e`.
///
/// **Kinks.** Where a derivative does not exist, one is chosen: `abs` has slope 0 at 0, `relu`
/// slope 0 at 0 (as in PyTorch), and `max` and `min` take the slope of the argument written first
/// where two are equal. `sqrt` has an infinite slope at 0.
///
/// **Powers.** A whole constant exponent up to 64 in size is repeated multiplication, so `x^2` is
/// `x*x` and its derivative 2x to the last bit. Any other power is libm's `pow`: NaN for a negative
/// base, unless the exponent is whole.
///
/// **Bounds.** At most 512 [characters](MAX_CHARACTERS), 64 levels of nesting, 512 instructions and
/// 16 intermediate results; whatever exceeds them is an error, as is everything that is not a
/// formula. No input panics, and evaluation allocates nothing.
///
/// # Example
/// ```
/// use downhill::{Expression, Loss};
///
/// let loss = Expression::parse("(x-1)^2 + 4y^2")?;
/// assert_eq!(loss.variables(), 2);
/// assert!(loss.is_quadratic());
/// assert_eq!(loss.value_and_gradient([3.0, 1.0]), (8.0, [4.0, 8.0]));
/// assert_eq!(loss.to_string(), "(x-1)^2 + 4y^2");
///
/// let error = Expression::parse("3(x+").unwrap_err();
/// assert_eq!(error.offset(), 4);
/// assert_eq!(
///     error.to_string(),
///     "character 5: expected a number, x, y, a function or '(', found the end of the formula"
/// );
/// # Ok::<(), downhill::FormulaError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    text: String,
    recording: Recording,
    variables: usize,
    degree: Option<u32>,
    has_kinks: bool,
}

impl Expression {
    /// Reads a formula.
    ///
    /// # Errors
    /// Where the text is not a formula or exceeds the bounds: the offset, what was found there and
    /// what was expected.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        parser::parse(text)
    }

    /// The formula as it was typed, without spaces around it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many variables the formula needs: 2 where y occurs, otherwise 1 (also for a constant).
    #[must_use]
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// The degree of the polynomial, read off the structure of the formula, or `None` where it is
    /// not written as a polynomial.
    ///
    /// Terms are not cancelled: `x^3 - x^3` counts as 3.
    ///
    /// ```
    /// use downhill::Expression;
    ///
    /// assert_eq!(Expression::parse("x*x + 3x")?.degree(), Some(2));
    /// assert_eq!(Expression::parse("sin(1) x y^3 / 2")?.degree(), Some(4));
    /// assert_eq!(Expression::parse("1/x")?.degree(), None);
    /// # Ok::<(), downhill::FormulaError>(())
    /// ```
    #[must_use]
    pub fn degree(&self) -> Option<u32> {
        self.degree
    }

    /// Whether it is a polynomial of degree at most 2, so that its Hessian is the same everywhere.
    #[must_use]
    pub fn is_quadratic(&self) -> bool {
        self.degree().is_some_and(|degree| degree <= 2)
    }

    /// Whether `abs`, `relu`, `max` or `min` occurs, so that the gradient may jump somewhere.
    #[must_use]
    pub fn has_kinks(&self) -> bool {
        self.has_kinks
    }
}

impl<const D: usize> Loss<D> for Expression {
    fn value(&self, at: [f64; D]) -> f64 {
        self.recording.value(at)
    }
    fn value_and_gradient(&self, at: [f64; D]) -> (f64, [f64; D]) {
        self.recording.value_and_gradient(at)
    }
    fn hessian(&self, at: [f64; D]) -> [[f64; D]; D] {
        self.recording.hessian(at)
    }
    fn walk(&self, walkers: &mut Walkers<D>, alpha: f64, alarm: Alarm, most: usize) -> usize {
        self.recording.walk(walkers, alpha, alarm, most)
    }
    fn is_quadratic(&self) -> bool {
        Self::is_quadratic(self)
    }
}

impl FromStr for Expression {
    type Err = FormulaError;
    fn from_str(text: &str) -> Result<Self, FormulaError> {
        Self::parse(text)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
