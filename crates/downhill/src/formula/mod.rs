//! Formulas typed by people, in x or in x and y: parsed once, evaluated over any scalar.

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

/// The longest accepted formula, in characters.
pub const MAX_CHARACTERS: usize = 512;

/// A loss given by a formula, parsed from text in x, or in x and y.
///
/// It is a [`Loss`] with exact derivatives in any dimension. In fewer dimensions than it has
/// [`variables`](Self::variables), the missing one is NaN.
///
/// | written | parsed as |
/// | --- | --- |
/// | `2x`, `3(x+1)`, `x y`, `xy`, `x·y`, `x×y` | products; a number needs a sign before it |
/// | `y = x^2`, `f(x, y) = …`, `L(w) = …` | the expression after the equals sign |
/// | `-2^x`, `2^-x`, `2^3^x` | −(2ˣ), 2⁻ˣ, 2^(3ˣ): powers bind tightest and are right-associative |
/// | `1/2x` | (1/2)·x: division and both kinds of product have the same precedence, from the left |
/// | `x²`, `x^2`, `x**2` | x·x, with the same bits |
/// | `1e-3`, `.5`, `2e` | 0.001, 0.5, 2·e |
/// | <code>&#124;x&#124;</code>, <code>&#124;&#124;x&#124; − 2&#124;</code>, `abs(x)` | absolute value; bars that can be paired in two ways are refused |
/// | `sin^2(x)`, `sin²x` | the square of the sine; `sin^-1` is refused, because it may mean `asin` or 1/sin |
/// | `√x`, `³√x`, `∛x`, `log_2(x)`, `log10(x)` | roots, including odd roots of negative numbers; logarithms to an integer base |
/// | `sin x`, `cos 2πx`, `sin x cos y` | an argument of numbers, constants and one variable |
/// | `\\frac{1}{2}x^{2}`, `\\left(x\\right)`, `$…$` | pasted LaTeX |
/// | `np.sin(x)`, `Math.pow(x, 2)` | functions as written in programs |
///
/// Functions:
/// `sin cos tan asin acos atan exp ln log sqrt cbrt abs sinh cosh tanh sigmoid relu floor sign pow max min`.
/// `log` is the natural logarithm, as in Python. `max` and `min` take two or more arguments.
/// Constants: `pi`, `π`, `e`. Where conventions differ, as in `sin x/2`, `sin x^2` or `√2x`, the
/// error offers both readings.
///
/// **Variables.** x, or x and y; y alone counts as the second one. Any other letter may stand for x
/// if it is the only one (`w`, `θ`), and two letters may stand for x and y if they are a known
/// pair: `x_1` and `x_2` (also `x₁`, `x1`, `θ_0` and `θ_1`), `w` and `b`, `u` and `v`, `m` and `b`,
/// `s` and `t`, `p` and `q`, or those listed in a signature, as in `f(p, t) = p t`.
///
/// **Invisible characters** are refused and named by their code points, except for invisible times
/// and function application, which formulas copied from a page contain.
///
/// **Kinks.** Where a derivative does not exist, one is chosen: 0 for `abs` and `relu` at 0 (as in
/// PyTorch), 0 everywhere for `floor` and `sign`, and for `max` and `min` of equal arguments that
/// of the first. `sqrt` has an infinite derivative at 0.
///
/// **Powers.** A constant integer exponent up to 64 in magnitude is repeated multiplication, so
/// `x^2` is `x*x` and its derivative 2x to the last bit. Any other power is libm's `pow`: NaN for a
/// negative base, unless the exponent is an integer.
///
/// **Limits.** At most 512 [characters](MAX_CHARACTERS), 64 levels of nesting, 512 instructions and
/// 16 intermediate results; anything beyond is an error, like anything that is not a formula. No
/// input panics, and evaluation allocates nothing.
///
/// # Example
/// ```
/// use downhill::{Expression, Loss};
///
/// let loss = "(x-1)^2 + 4y^2".parse::<Expression>()?;
/// assert_eq!(loss.variables(), 2);
/// assert!(loss.is_quadratic());
/// assert_eq!(loss.value_and_gradient([3.0, 1.0]), (8.0, [4.0, 8.0]));
/// assert_eq!(loss.to_string(), "(x-1)^2 + 4y^2");
///
/// let error = "3(x+".parse::<Expression>().unwrap_err();
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
    /// The formula as typed, without surrounding spaces.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number of variables: 2 if y occurs, otherwise 1 (also for a constant).
    #[must_use]
    pub fn variables(&self) -> usize {
        self.variables
    }

    /// The names of the variables, in plain text: `x`, `w`, `x_1`.
    #[cfg(feature = "parser")]
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.tree.names.iter().take(self.variables).map(|name| name.text()).collect()
    }

    /// The parsed formula as the content of a MathML `math` element: elements without attributes,
    /// containing only letters, digits and signs that need no escaping.
    ///
    /// ```
    /// use downhill::Expression;
    ///
    /// let half = "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>";
    /// let shown = "1/2x".parse::<Expression>()?.mathml();
    /// assert_eq!(shown, format!("<mrow>{half}<mo>\u{2062}</mo><mi>x</mi></mrow>"));
    /// # Ok::<(), downhill::FormulaError>(())
    /// ```
    #[cfg(feature = "parser")]
    #[must_use]
    pub fn mathml(&self) -> String {
        typeset::mathml(&self.tree)
    }

    /// The parsed formula as text with every sign and parenthesis, which parses to the same
    /// formula.
    ///
    /// ```
    /// use downhill::Expression;
    ///
    /// let formula = "1/2x - 2^x^2".parse::<Expression>()?;
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

    /// The degree of the polynomial, determined from the structure of the formula; `None` if it is
    /// not written as a polynomial.
    ///
    /// Terms are not cancelled: `x^3 - x^3` counts as 3.
    ///
    /// ```
    /// use downhill::Expression;
    ///
    /// assert_eq!("x*x + 3x".parse::<Expression>()?.degree(), Some(2));
    /// assert_eq!("sin(1) x y^3 / 2".parse::<Expression>()?.degree(), Some(4));
    /// assert_eq!("1/x".parse::<Expression>()?.degree(), None);
    /// # Ok::<(), downhill::FormulaError>(())
    /// ```
    #[must_use]
    pub fn degree(&self) -> Option<u32> {
        self.degree
    }

    /// Whether it is a polynomial of degree at most 2, so that its Hessian is constant.
    #[must_use]
    pub fn is_quadratic(&self) -> bool {
        self.degree().is_some_and(|degree| degree <= 2)
    }

    /// Whether `abs`, `relu`, `floor`, `sign`, `max` or `min` occurs, so that the value or gradient
    /// may jump somewhere.
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
    fn is_quadratic(&self) -> bool {
        Self::is_quadratic(self)
    }
    fn wrapped(&self) -> Option<&dyn Loss<D>> {
        Some(&self.recording)
    }
}

impl FromStr for Expression {
    type Err = FormulaError;
    /// The error has the place of the mistake, what was found there and what was expected.
    ///
    /// Without the feature `parser` nothing can be parsed, except in the modules of the lesson's
    /// page, which are handed what another module has parsed.
    fn from_str(text: &str) -> Result<Self, FormulaError> {
        #[cfg(feature = "parser")]
        let read = parser::parse(text);
        #[cfg(not(feature = "parser"))]
        let read = exchange::recall(text);
        read
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests;
