//! The number types that a loss formula can be evaluated over.

use core::ops::{Add, Div, Mul, Neg, Sub};

/// A number type for formulas: `f64`, a [`Dual`](crate::Dual) that also carries derivatives, or
/// internal lanes that carry several points at once.
///
/// A formula written once, generic over its scalar, therefore gives values, gradients, Hessians and
/// whole rows of a basin map. That is why the trait has [`select`](Self::select),
/// [`abs`](Self::abs), [`max`](Self::max) and [`min`](Self::min) instead of comparisons: a lane
/// cannot branch.
///
/// Transcendental functions come only from the `libm` crate, so the same input gives the same bits
/// on every platform. All functions are total: outside a function's domain the result is NaN or
/// infinite, as in IEEE 754, never a panic.
pub trait Scalar:
    Copy
    + From<f64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// `e^self`.
    #[must_use]
    fn exp(self) -> Self;
    /// Natural logarithm; domain `self > 0`.
    #[must_use]
    fn ln(self) -> Self;
    /// Square root; domain `self ≥ 0`. The derivative at 0 is infinite.
    #[must_use]
    fn sqrt(self) -> Self;
    /// Sine of an angle in radians.
    #[must_use]
    fn sin(self) -> Self;
    /// Cosine of an angle in radians.
    #[must_use]
    fn cos(self) -> Self;
    /// Tangent of an angle in radians.
    #[must_use]
    fn tan(self) -> Self;
    /// Hyperbolic tangent.
    #[must_use]
    fn tanh(self) -> Self;
    /// The arc sine, between −π/2 and π/2; domain `−1 ≤ self ≤ 1`, at whose ends the derivative is
    /// infinite.
    #[must_use]
    fn asin(self) -> Self;
    /// The arc cosine, between 0 and π; domain and derivative as for [`asin`](Self::asin).
    #[must_use]
    fn acos(self) -> Self;
    /// The arc tangent, between −π/2 and π/2.
    #[must_use]
    fn atan(self) -> Self;
    /// The largest integer that is not above it. The derivative is 0, even at the jumps.
    #[must_use]
    fn floor(self) -> Self;
    /// The absolute value, with the subgradient 0 at the kink.
    #[must_use]
    fn abs(self) -> Self;
    /// `self^n` for an integer `n`, by repeated multiplication.
    #[must_use]
    fn powi(self, n: i32) -> Self;
    /// `self^exponent` for a real exponent; domain `self > 0`, or `self ≥ 0` if the power is
    /// finite.
    #[must_use]
    fn powf(self, exponent: Self) -> Self;
    /// `if_at_least` if `self ≥ threshold`, otherwise `otherwise` (also if either is NaN).
    #[must_use]
    fn select(self, threshold: Self, if_at_least: Self, otherwise: Self) -> Self;

    /// 1 above 0, −1 below, 0 at 0, and NaN for NaN. The derivative is 0, even at the jump.
    #[inline]
    #[must_use]
    fn sign(self) -> Self {
        let (zero, one) = (Self::from(0.0), Self::from(1.0));
        let not_below = (-self).select(zero, zero, one);
        // A number that is neither at least 0 nor at most 0 is NaN, and so is 0 times it.
        let below = (-self).select(zero, -one, self * zero);
        self.select(zero, not_below, below)
    }

    /// The larger of two numbers; `self` if they are equal.
    #[inline]
    #[must_use]
    fn max(self, other: Self) -> Self {
        self.select(other, self, other)
    }

    /// The smaller of two numbers; `other` if they are equal.
    #[inline]
    #[must_use]
    fn min(self, other: Self) -> Self {
        self.select(other, other, self)
    }
}

impl Scalar for f64 {
    #[inline]
    fn exp(self) -> Self {
        libm::exp(self)
    }
    #[inline]
    fn ln(self) -> Self {
        libm::log(self)
    }
    #[inline]
    fn sqrt(self) -> Self {
        // IEEE 754 rounds the square root correctly, so every platform agrees on it.
        Self::sqrt(self)
    }
    #[inline]
    fn sin(self) -> Self {
        libm::sin(self)
    }
    #[inline]
    fn cos(self) -> Self {
        libm::cos(self)
    }
    #[inline]
    fn tan(self) -> Self {
        libm::tan(self)
    }
    #[inline]
    fn tanh(self) -> Self {
        libm::tanh(self)
    }
    #[inline]
    fn asin(self) -> Self {
        libm::asin(self)
    }
    #[inline]
    fn acos(self) -> Self {
        libm::acos(self)
    }
    #[inline]
    fn atan(self) -> Self {
        libm::atan(self)
    }
    #[inline]
    fn floor(self) -> Self {
        Self::floor(self)
    }
    #[inline]
    fn abs(self) -> Self {
        Self::abs(self)
    }
    #[inline]
    fn powi(self, n: i32) -> Self {
        powi_by_squaring(self, n)
    }
    #[inline]
    fn powf(self, exponent: Self) -> Self {
        libm::pow(self, exponent)
    }
    #[inline]
    fn select(self, threshold: Self, if_at_least: Self, otherwise: Self) -> Self {
        if self >= threshold { if_at_least } else { otherwise }
    }
}

/// Implements arithmetic operators of a scalar type, each as an expression of its two operands.
macro_rules! operators {
    ($Type:ty: $($Operator:ident::$method:ident = |$a:ident, $b:ident| $result:expr;)+) => {$(
        impl core::ops::$Operator for $Type {
            type Output = Self;
            #[inline]
            fn $method(self, other: Self) -> Self {
                let ($a, $b) = (self, other);
                $result
            }
        }
    )+};
}
pub(crate) use operators;

/// Defines functions of [`Scalar`] for a type that applies them to each lane with `map`.
#[cfg(not(target_arch = "wasm32"))]
macro_rules! by_lane {
    ($($function:ident)+) => {$(
        #[inline]
        fn $function(self) -> Self {
            self.map(Scalar::$function)
        }
    )+};
}
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use by_lane;

/// `base^n` by binary exponentiation, with the same order of operations for every scalar.
#[inline]
pub(crate) fn powi_by_squaring<S: Scalar>(base: S, n: i32) -> S {
    let mut power = S::from(1.0);
    let mut square = base;
    let mut rest = n.unsigned_abs();
    let mut first = true;
    while rest > 0 {
        if rest & 1 == 1 {
            // 1·x is skipped, so that x² costs one multiplication.
            power = if first { square } else { power * square };
            first = false;
        }
        rest >>= 1;
        if rest > 0 {
            square = square * square;
        }
    }
    if n < 0 { S::from(1.0) / power } else { power }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_powers_multiply() {
        assert_eq!(powi_by_squaring(3.0, 0), 1.0);
        assert_eq!(powi_by_squaring(3.0, 5), 243.0);
        assert_eq!(powi_by_squaring(2.0, -3), 0.125);
        let x: f64 = 0.1;
        assert_eq!(powi_by_squaring(x, 2).to_bits(), (x * x).to_bits());
        assert_eq!(powi_by_squaring(1.0, i32::MIN), 1.0);
    }

    #[test]
    fn comparisons_with_nan_take_the_other_side() {
        assert_eq!(f64::NAN.select(0.0, 1.0, 2.0), 2.0);
        assert_eq!(1.0.select(f64::NAN, 1.0, 2.0), 2.0);
        assert_eq!(Scalar::max(1.0, 2.0), 2.0);
        assert_eq!(Scalar::min(1.0, 2.0), 1.0);
    }

    #[test]
    fn signs_of_all_there_is() {
        for (number, sign) in [
            (3.0, 1.0),
            (f64::INFINITY, 1.0),
            (-1e-300, -1.0),
            (f64::NEG_INFINITY, -1.0),
            (0.0, 0.0),
            (-0.0, 0.0),
        ] {
            assert_eq!(Scalar::sign(number), sign, "{number}");
        }
        assert!(Scalar::sign(f64::NAN).is_nan());
        assert_eq!(Scalar::floor(-0.5), -1.0);
    }

    #[test]
    fn outside_the_domain_is_nan_not_a_panic() {
        assert!(Scalar::ln(-1.0).is_nan());
        assert!(Scalar::sqrt(-1.0).is_nan());
        assert!(Scalar::powf(-1.0, 0.5).is_nan());
        assert_eq!(Scalar::ln(0.0), f64::NEG_INFINITY);
        assert!(Scalar::asin(1.5).is_nan() && Scalar::acos(-1.5).is_nan());
    }
}
