//! Several numbers side by side, for work on many points at once.

use core::array;
use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::scalar::{Scalar, powi_by_squaring};

/// How many points are worked on at once: eight f64 fill four 128-bit SIMD registers.
pub const WIDTH: usize = 8;

/// Eight numbers that go through the same formula together.
///
/// Every lane gives the same bits as the formula on that lane's `f64` alone; the compiler turns
/// the loops into SIMD instructions.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(16))]
pub struct Lanes(pub [f64; WIDTH]);

impl Lanes {
    /// The same number in every lane.
    #[must_use]
    pub fn splat(value: f64) -> Self {
        Self([value; WIDTH])
    }

    fn map(self, f: impl Fn(f64) -> f64) -> Self {
        Self(self.0.map(f))
    }

    fn zip(self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
        Self(array::from_fn(|lane| f(self.0[lane], other.0[lane])))
    }
}

impl From<f64> for Lanes {
    fn from(value: f64) -> Self {
        Self::splat(value)
    }
}

impl Add for Lanes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.zip(other, |a, b| a + b)
    }
}

impl Sub for Lanes {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.zip(other, |a, b| a - b)
    }
}

impl Mul for Lanes {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.zip(other, |a, b| a * b)
    }
}

impl Div for Lanes {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self.zip(other, |a, b| a / b)
    }
}

impl Neg for Lanes {
    type Output = Self;
    fn neg(self) -> Self {
        self.map(|a| -a)
    }
}

impl Scalar for Lanes {
    fn exp(self) -> Self {
        self.map(Scalar::exp)
    }
    fn ln(self) -> Self {
        self.map(Scalar::ln)
    }
    fn sqrt(self) -> Self {
        self.map(Scalar::sqrt)
    }
    fn sin(self) -> Self {
        self.map(Scalar::sin)
    }
    fn cos(self) -> Self {
        self.map(Scalar::cos)
    }
    fn tan(self) -> Self {
        self.map(Scalar::tan)
    }
    fn tanh(self) -> Self {
        self.map(Scalar::tanh)
    }
    fn abs(self) -> Self {
        self.map(Scalar::abs)
    }
    fn powi(self, n: i32) -> Self {
        powi_by_squaring(self, n)
    }
    fn powf(self, exponent: Self) -> Self {
        self.zip(exponent, Scalar::powf)
    }
    fn select(self, threshold: Self, if_at_least: Self, otherwise: Self) -> Self {
        Self(array::from_fn(|lane| {
            self.0[lane].select(threshold.0[lane], if_at_least.0[lane], otherwise.0[lane])
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_do_not_mix() {
        let a = Lanes([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
        let doubled = a * Lanes::splat(2.0) + Lanes::from(1.0) - Lanes::splat(1.0);
        assert_eq!((doubled / a).0, [2.0; WIDTH]);
        assert_eq!((-a).abs(), a);
    }

    #[test]
    fn select_decides_lane_by_lane() {
        let a = Lanes([1.0, -1.0, 0.0, f64::NAN, 5.0, -5.0, 2.0, -2.0]);
        let sign = a.select(Lanes::splat(0.0), Lanes::splat(1.0), Lanes::splat(-1.0));
        assert_eq!(sign.0, [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0]);
    }
}
