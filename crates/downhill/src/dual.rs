//! Dual numbers: forward-mode automatic differentiation.

use core::array;
use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::scalar::{Scalar, powi_by_squaring};

/// A value together with its partial derivatives by `D` variables.
///
/// Arithmetic follows the rules of differentiation, so evaluating a formula on duals gives its
/// exact gradient, without finite differences: with ε² = 0, `f(x + ε) = f(x) + f′(x)·ε`.
/// A dual over duals carries second derivatives, a dual over lanes the gradients at many points.
///
/// ```
/// use downhill::Dual;
///
/// let x = Dual::<f64, 1>::variable(5.0, 0);
/// let f = x * x;
/// assert_eq!(f.value, 25.0);
/// assert_eq!(f.partials, [10.0]);
/// ```
///
/// Source: Wengert, *A simple automatic derivative evaluation program* (1964).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dual<S, const D: usize> {
    /// The value of the expression.
    pub value: S,
    /// Its partial derivatives, one for each variable.
    pub partials: [S; D],
}

impl<S: Scalar, const D: usize> Dual<S, D> {
    /// A constant: every partial derivative is 0.
    #[must_use]
    pub fn constant(value: S) -> Self {
        Self { value, partials: [S::from(0.0); D] }
    }

    /// The variable with this index: its own partial derivative is 1.
    ///
    /// # Panics
    /// If `index` is not below `D`.
    #[must_use]
    pub fn variable(value: S, index: usize) -> Self {
        let mut dual = Self::constant(value);
        dual.partials[index] = S::from(1.0);
        dual
    }

    /// All coordinates of a point as variables.
    #[must_use]
    pub fn variables(at: [S; D]) -> [Self; D] {
        array::from_fn(|i| Self::variable(at[i], i))
    }

    /// The chain rule: `value` is g(u) and `slope` g′(u) for this dual as u.
    fn chain(self, value: S, slope: S) -> Self {
        Self { value, partials: self.partials.map(|partial| slope * partial) }
    }
}

impl<S: Scalar, const D: usize> From<f64> for Dual<S, D> {
    fn from(value: f64) -> Self {
        Self::constant(S::from(value))
    }
}

impl<S: Scalar, const D: usize> Add for Dual<S, D> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            value: self.value + other.value,
            partials: array::from_fn(|i| self.partials[i] + other.partials[i]),
        }
    }
}

impl<S: Scalar, const D: usize> Sub for Dual<S, D> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            value: self.value - other.value,
            partials: array::from_fn(|i| self.partials[i] - other.partials[i]),
        }
    }
}

#[expect(clippy::suspicious_arithmetic_impl, reason = "the product rule")]
impl<S: Scalar, const D: usize> Mul for Dual<S, D> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self {
            value: self.value * other.value,
            partials: array::from_fn(|i| {
                self.value * other.partials[i] + self.partials[i] * other.value
            }),
        }
    }
}

#[expect(clippy::suspicious_arithmetic_impl, reason = "the quotient rule")]
impl<S: Scalar, const D: usize> Div for Dual<S, D> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let quotient = self.value / other.value;
        Self {
            value: quotient,
            partials: array::from_fn(|i| {
                (self.partials[i] - quotient * other.partials[i]) / other.value
            }),
        }
    }
}

impl<S: Scalar, const D: usize> Neg for Dual<S, D> {
    type Output = Self;
    fn neg(self) -> Self {
        Self { value: -self.value, partials: self.partials.map(|partial| -partial) }
    }
}

impl<S: Scalar, const D: usize> Scalar for Dual<S, D> {
    fn exp(self) -> Self {
        let value = self.value.exp();
        self.chain(value, value)
    }
    fn ln(self) -> Self {
        self.chain(self.value.ln(), S::from(1.0) / self.value)
    }
    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        self.chain(root, S::from(0.5) / root)
    }
    fn sin(self) -> Self {
        self.chain(self.value.sin(), self.value.cos())
    }
    fn cos(self) -> Self {
        self.chain(self.value.cos(), -self.value.sin())
    }
    fn tan(self) -> Self {
        let tangent = self.value.tan();
        self.chain(tangent, S::from(1.0) + tangent * tangent)
    }
    fn tanh(self) -> Self {
        let value = self.value.tanh();
        self.chain(value, S::from(1.0) - value * value)
    }
    fn abs(self) -> Self {
        let zero = S::from(0.0);
        let one = S::from(1.0);
        // 1 above 0, −1 below, and at the kink their mean 0, a subgradient.
        let above = self.value.select(zero, one, zero);
        let below = (-self.value).select(zero, one, zero);
        self.chain(self.value.abs(), above - below)
    }
    fn powi(self, n: i32) -> Self {
        powi_by_squaring(self, n)
    }
    fn powf(self, exponent: Self) -> Self {
        let power = self.value.powf(exponent.value);
        let by_base = exponent.value * self.value.powf(exponent.value - S::from(1.0));
        // Where the exponent is a constant its term is exactly 0, also for a base that has no logarithm.
        let logarithm = self.value.ln();
        let zero = S::from(0.0);
        Self {
            value: power,
            partials: array::from_fn(|i| {
                let through_base = by_base * self.partials[i];
                let rate = exponent.partials[i];
                let through_exponent = power * logarithm * rate;
                // A base above 0 has a logarithm, so nothing need be left out there: a rate that is 0
                // here may still have a derivative of its own.
                let size = rate.abs();
                let constant = (-size).select(zero, zero, through_exponent);
                let through_exponent = (-self.value).select(zero, constant, through_exponent);
                through_base + through_exponent
            }),
        }
    }
    fn select(self, threshold: Self, if_at_least: Self, otherwise: Self) -> Self {
        Self {
            value: self.value.select(threshold.value, if_at_least.value, otherwise.value),
            partials: array::from_fn(|i| {
                self.value.select(threshold.value, if_at_least.partials[i], otherwise.partials[i])
            }),
        }
    }
}
