//! Eight numbers side by side, for evaluating several points at once.

use core::ops::Neg;

use crate::f64x2::F64x2;
use crate::scalar::{Scalar, by_lane, operators, powi_by_squaring};

/// The number of lanes: eight f64 fill four 128-bit SIMD registers.
pub(crate) const WIDTH: usize = 8;

/// The number of registers for all lanes.
pub(crate) const PAIRS: usize = WIDTH / 2;

/// Eight numbers evaluated together.
///
/// Every lane gives the same bits as evaluating its `f64` alone.
#[derive(Clone, Copy, Debug)]
pub struct Lanes([F64x2; PAIRS]);

impl Lanes {
    /// The same number in every lane.
    #[inline]
    #[must_use]
    pub fn splat(value: f64) -> Self {
        Self([F64x2::from(value); PAIRS])
    }

    /// The eight numbers.
    #[inline]
    #[must_use]
    pub fn to_array(self) -> [f64; WIDTH] {
        let [[a, b], [c, d], [e, f], [g, h]] = self.0.map(F64x2::to_array);
        [a, b, c, d, e, f, g, h]
    }

    /// The number in one lane.
    ///
    /// # Panics
    /// If there is no such lane.
    #[inline]
    #[must_use]
    pub fn lane(&self, lane: usize) -> f64 {
        // A selection between two registers, because an index would go through memory.
        let [first, second] = self.0[lane / 2].to_array();
        if lane.is_multiple_of(2) { first } else { second }
    }

    /// Replaces the number in one lane.
    ///
    /// # Panics
    /// If there is no such lane.
    #[inline]
    pub fn put(&mut self, lane: usize, value: f64) {
        let [first, second] = self.0[lane / 2].to_array();
        let two = if lane.is_multiple_of(2) { [value, second] } else { [first, value] };
        self.0[lane / 2] = F64x2::from(two);
    }

    /// The lanes in pairs.
    #[inline]
    pub(crate) fn pairs(&self) -> &[F64x2; PAIRS] {
        &self.0
    }

    /// The lanes in pairs.
    #[inline]
    pub(crate) fn pairs_mut(&mut self) -> &mut [F64x2; PAIRS] {
        &mut self.0
    }

    #[inline]
    fn map(mut self, f: impl Fn(F64x2) -> F64x2) -> Self {
        for pair in &mut self.0 {
            *pair = f(*pair);
        }
        self
    }

    #[inline]
    fn zip(mut self, other: Self, f: impl Fn(F64x2, F64x2) -> F64x2) -> Self {
        for i in 0..PAIRS {
            self.0[i] = f(self.0[i], other.0[i]);
        }
        self
    }
}

impl From<[f64; WIDTH]> for Lanes {
    #[inline]
    fn from([a, b, c, d, e, f, g, h]: [f64; WIDTH]) -> Self {
        Self([[a, b], [c, d], [e, f], [g, h]].map(F64x2::from))
    }
}

impl From<f64> for Lanes {
    #[inline]
    fn from(value: f64) -> Self {
        Self::splat(value)
    }
}

operators! { Lanes:
    Add::add = |a, b| a.zip(b, |a, b| a + b);
    Sub::sub = |a, b| a.zip(b, |a, b| a - b);
    Mul::mul = |a, b| a.zip(b, |a, b| a * b);
    Div::div = |a, b| a.zip(b, |a, b| a / b);
}

impl Neg for Lanes {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        self.map(|a| -a)
    }
}

impl Scalar for Lanes {
    by_lane!(exp ln sqrt sin cos tan tanh asin acos atan floor abs);

    #[inline]
    fn powi(self, n: i32) -> Self {
        powi_by_squaring(self, n)
    }
    #[inline]
    fn powf(self, exponent: Self) -> Self {
        self.zip(exponent, Scalar::powf)
    }
    #[inline]
    fn select(self, threshold: Self, if_at_least: Self, otherwise: Self) -> Self {
        let mut chosen = self;
        for i in 0..PAIRS {
            chosen.0[i] = self.0[i].select(threshold.0[i], if_at_least.0[i], otherwise.0[i]);
        }
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_do_not_mix() {
        let a = Lanes::from([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
        let doubled = a * Lanes::splat(2.0) + Lanes::from(1.0) - Lanes::splat(1.0);
        assert_eq!((doubled / a).to_array(), [2.0; WIDTH]);
        assert_eq!((-a).abs().to_array(), a.to_array());
    }

    #[test]
    fn select_decides_lane_by_lane() {
        let a = Lanes::from([1.0, -1.0, 0.0, f64::NAN, 5.0, -5.0, 2.0, -2.0]);
        let sign = a.select(Lanes::splat(0.0), Lanes::splat(1.0), Lanes::splat(-1.0));
        assert_eq!(sign.to_array(), [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0]);
    }
}
