//! Two `f64` in one 128-bit SIMD register.

use core::ops::Neg;

use crate::scalar::{Scalar, by_lane, operators, powi_by_squaring};

/// Two `f64` evaluated together, each with the bits that it would have alone.
///
/// This is the smallest SIMD type: a whole step of a formula on two numbers fits into the sixteen
/// registers of a processor, which one on eight numbers does not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct F64x2(array::Two);

/// An array, which the compiler puts into a register if it can.
mod array {
    use crate::scalar::Scalar;

    pub(super) type Two = [f64; 2];

    #[inline]
    pub(super) fn from_array(two: [f64; 2]) -> Two {
        two
    }
    #[inline]
    pub(super) fn to_array(two: Two) -> [f64; 2] {
        two
    }
    #[inline]
    pub(super) fn splat(value: f64) -> Two {
        [value; 2]
    }
    #[inline]
    pub(super) fn add([a, b]: Two, [c, d]: Two) -> Two {
        [a + c, b + d]
    }
    #[inline]
    pub(super) fn sub([a, b]: Two, [c, d]: Two) -> Two {
        [a - c, b - d]
    }
    #[inline]
    pub(super) fn mul([a, b]: Two, [c, d]: Two) -> Two {
        [a * c, b * d]
    }
    #[inline]
    pub(super) fn div([a, b]: Two, [c, d]: Two) -> Two {
        [a / c, b / d]
    }
    #[inline]
    pub(super) fn neg([a, b]: Two) -> Two {
        [-a, -b]
    }
    #[inline]
    pub(super) fn abs(two: Two) -> Two {
        two.map(f64::abs)
    }
    #[inline]
    pub(super) fn sqrt(two: Two) -> Two {
        two.map(f64::sqrt)
    }
    #[inline]
    pub(super) fn select(a: Two, threshold: Two, if_at_least: Two, otherwise: Two) -> Two {
        [
            a[0].select(threshold[0], if_at_least[0], otherwise[0]),
            a[1].select(threshold[1], if_at_least[1], otherwise[1]),
        ]
    }
    pub(super) type Mask = [bool; 2];

    #[inline]
    pub(super) fn least([a, b]: Two, [c, d]: Two) -> Two {
        [if c < a { c } else { a }, if d < b { d } else { b }]
    }
    #[inline]
    pub(super) fn above([a, b]: Two, [c, d]: Two) -> Mask {
        [a > c, b > d]
    }
    #[inline]
    pub(super) fn at_most([a, b]: Two, [c, d]: Two) -> Mask {
        [a <= c, b <= d]
    }
    #[inline]
    pub(super) fn bits([a, b]: Mask) -> u8 {
        u8::from(a) | u8::from(b) << 1
    }
}

/// A condition on each of two numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mask(array::Mask);

impl Mask {
    /// One bit per number, with the first in the lowest bit.
    #[inline]
    pub(crate) fn bits(self) -> u8 {
        array::bits(self.0)
    }

    /// Whether the condition holds for both numbers.
    #[inline]
    pub(crate) fn all(self) -> bool {
        // One comparison of bits; WebAssembly's own instruction for this compiles to more.
        self.bits() == 0b11
    }
}

impl F64x2 {
    /// The two numbers.
    #[inline]
    pub(crate) fn to_array(self) -> [f64; 2] {
        array::to_array(self.0)
    }

    /// Whether this is larger, elementwise; false for NaN.
    #[inline]
    pub(crate) fn above(self, other: Self) -> Mask {
        Mask(array::above(self.0, other.0))
    }

    /// The elementwise minimum; if one is NaN, either.
    #[inline]
    pub(crate) fn least(self, other: Self) -> Self {
        Self(array::least(self.0, other.0))
    }

    /// Whether this is at most `other`, elementwise; false for NaN.
    #[inline]
    pub(crate) fn at_most(self, other: Self) -> Mask {
        Mask(array::at_most(self.0, other.0))
    }

    #[inline]
    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self::from(self.to_array().map(f))
    }
}

impl From<[f64; 2]> for F64x2 {
    #[inline]
    fn from(two: [f64; 2]) -> Self {
        Self(array::from_array(two))
    }
}

impl From<f64> for F64x2 {
    #[inline]
    fn from(value: f64) -> Self {
        Self(array::splat(value))
    }
}

operators! { F64x2:
    Add::add = |a, b| Self(array::add(a.0, b.0));
    Sub::sub = |a, b| Self(array::sub(a.0, b.0));
    Mul::mul = |a, b| Self(array::mul(a.0, b.0));
    Div::div = |a, b| Self(array::div(a.0, b.0));
}

impl Neg for F64x2 {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        Self(array::neg(self.0))
    }
}

impl Scalar for F64x2 {
    by_lane!(exp ln sin cos tan tanh asin acos atan floor);

    #[inline]
    fn sqrt(self) -> Self {
        Self(array::sqrt(self.0))
    }
    #[inline]
    fn abs(self) -> Self {
        Self(array::abs(self.0))
    }
    #[inline]
    fn powi(self, n: i32) -> Self {
        powi_by_squaring(self, n)
    }
    #[inline]
    fn powf(self, exponent: Self) -> Self {
        let ([a, b], [c, d]) = (self.to_array(), exponent.to_array());
        Self::from([Scalar::powf(a, c), Scalar::powf(b, d)])
    }
    #[inline]
    fn select(self, threshold: Self, if_at_least: Self, otherwise: Self) -> Self {
        Self(array::select(self.0, threshold.0, if_at_least.0, otherwise.0))
    }
}
