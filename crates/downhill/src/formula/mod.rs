//! Formulas that a person types, in x or in x and y: parsed once, evaluated on any scalar.

#[cfg(feature = "parser")]
mod bars;
#[cfg(feature = "parser")]
mod characters;
mod error;
mod exchange;
#[cfg(feature = "parser")]
mod function;
#[cfg(feature = "parser")]
mod lexer;
#[cfg(feature = "parser")]
mod name;
#[cfg(feature = "parser")]
mod operand;
#[cfg(feature = "parser")]
mod parser;
#[cfg(feature = "parser")]
mod plain;
#[cfg(feature = "parser")]
mod problem;
#[cfg(feature = "parser")]
mod signature;
#[cfg(feature = "parser")]
mod tree;
#[cfg(feature = "parser")]
mod typeset;

use core::fmt;
use core::str::FromStr;

use crate::batch::{Batch, StopThresholds};
use crate::compiled::CompiledFormula;
use crate::loss::Loss;
#[cfg(feature = "parser")]
pub use characters::columns;
pub use error::FormulaError;
#[cfg(feature = "parser")]
pub use exchange::read_formula;
pub use exchange::{knows_formula, supply_formula};
#[cfg(feature = "parser")]
pub use problem::Problem;

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
/// | `y = x^2`, `f(x, y) = …`, `L(w) = …` | what stands after the equals sign |
/// | `-2^x`, `2^-x`, `2^3^x` | −(2ˣ), 2⁻ˣ, 2^(3ˣ): powers bind first and to the right |
/// | `1/2x` | (1/2)·x: division and both products bind alike, from the left |
/// | `x²`, `x^2`, `x**2` | x·x, with the same bits |
/// | `1e-3`, `.5`, `2e` | 0.001, 0.5, 2·e |
/// | <code>&#124;x&#124;</code>, <code>&#124;&#124;x&#124; − 2&#124;</code>, `abs(x)` | absolute value; bars that can be paired in two ways are refused |
/// | `sin^2(x)`, `sin²x` | the square of the sine; `sin^-1` is refused, as it may mean `asin` or 1/sin |
/// | `√x`, `³√x`, `∛x`, `log_2(x)`, `log10(x)` | roots, also odd ones of negative numbers; logarithms to a whole base |
/// | `sin x`, `cos 2πx`, `sin x cos y` | an argument of numbers, constants and one variable |
/// | `\\frac{1}{2}x^{2}`, `\\left(x\\right)`, `$…$` | LaTeX, as it is pasted |
/// | `np.sin(x)`, `Math.pow(x, 2)` | functions as programs call them |
///
/// Functions: `sin cos tan asin acos atan exp ln log sqrt cbrt abs sinh cosh tanh sigmoid relu floor
/// sign pow max min`. `log` is the natural logarithm, as in Python. `max` and `min` take
/// two arguments or more. Constants: `pi`, `π`, `e`. Where mathematicians differ, as in `sin x/2`,
/// `sin x^2` or `√2x`, the error offers both readings.
///
/// **Variables.** x, or x and y; y alone counts as the second one. Any other letter may stand for x if it is
/// the only one (`w`, `θ`), and two stand for x and y if they are known as a pair: `x_1` and `x_2` (also `x₁`,
/// `x1`, `θ_0` and `θ_1`), `w` and `b`, `u` and `v`, `m` and `b`, `s` and `t`, `p` and `q`, or those that a signature lists, as in `f(p, t) = p t`.
///
/// **Invisible characters** are refused by their code point, so that nothing invisible is read, except for
/// the signs for invisible times and function application, which mathematics in a page is copied with.
///
/// **Kinks.** Where a derivative does not exist, one is chosen: `abs` has slope 0 at 0, `relu`
/// slope 0 at 0 (as in PyTorch), `floor` and `sign` slope 0 everywhere, and `max` and `min` take the slope
/// of the argument written first where two are equal. `sqrt` has an infinite slope at 0.
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
    recording: CompiledFormula,
    variables: usize,
    degree: Option<u32>,
    has_kinks: bool,
    #[cfg(feature = "parser")]
    tree: tree::Tree,
}

impl Expression {
    /// Reads a formula.
    ///
    /// # Errors
    /// Where the text is not a formula or exceeds the bounds: the offset, what was found there and
    /// what was expected.
    ///
    /// Without the feature `parser`, only what was given to [`supply_formula`] is known.
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        #[cfg(feature = "parser")]
        let read = parser::parse(text);
        #[cfg(not(feature = "parser"))]
        let read = exchange::recall(text);
        read
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

    /// What the variables are called, as they are written without typography: `x`, `w`, `x_1`.
    #[cfg(feature = "parser")]
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.tree.names.iter().take(self.variables).map(|name| name.text()).collect()
    }

    /// The formula as it was understood, as the content of a MathML `math` element: elements without
    /// attributes, and between them only letters, digits and signs that need no escaping.
    ///
    /// ```
    /// use downhill::Expression;
    ///
    /// let half = "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>";
    /// let shown = Expression::parse("1/2x")?.mathml();
    /// assert_eq!(shown, format!("<mrow>{half}<mo>\u{2062}</mo><mi>x</mi></mrow>"));
    /// # Ok::<(), downhill::FormulaError>(())
    /// ```
    #[cfg(feature = "parser")]
    #[must_use]
    pub fn mathml(&self) -> String {
        typeset::mathml(&self.tree)
    }

    /// The formula as it was understood, as a text with every sign and parenthesis, which is read back as
    /// the same formula.
    ///
    /// ```
    /// use downhill::Expression;
    ///
    /// let formula = Expression::parse("1/2x - 2^x^2")?;
    /// assert_eq!(formula.understood().to_string(), "(1/2)·x - 2^(x^2)");
    /// # Ok::<(), downhill::FormulaError>(())
    /// ```
    #[cfg(feature = "parser")]
    #[must_use]
    pub fn understood(&self) -> impl fmt::Display {
        struct Plain<'e>(&'e tree::Tree);
        impl fmt::Display for Plain<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                plain::write(self.0, f)
            }
        }
        Plain(&self.tree)
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

    /// Whether `abs`, `relu`, `floor`, `sign`, `max` or `min` occurs, so that value or gradient may jump somewhere.
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
    fn step_batch(
        &self,
        walkers: &mut Batch<D>,
        alpha: f64,
        alarm: StopThresholds,
        most: usize,
    ) -> usize {
        self.recording.step_batch(walkers, alpha, alarm, most)
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
