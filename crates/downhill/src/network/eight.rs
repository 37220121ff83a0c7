//! Eight numbers of eight points side by side, natively and in the page.
//!
//! [`Lanes`](crate::lanes::Lanes) serve any formula, natively alone. A network needs few operations and
//! many of them, and the page trains it too: there they are 128-bit registers written out, because code
//! that is optimized for its size is not vectorized. Every number has the bits that it would have alone.

use core::ops::{Add, Div, Mul, Sub};

pub(super) use registers::Eight;

/// The number of points in an [`Eight`].
pub(super) const WIDTH: usize = 8;

/// 3·2⁵¹: adding it rounds to a whole number, which the low bits of the sum then are.
const TO_WHOLE: f64 = 6_755_399_441_055_744.0;

impl Eight {
    /// self + a·b, each rounded.
    #[inline(always)]
    pub(super) fn plus(self, a: Self, b: Self) -> Self {
        self + a * b
    }

    /// The sum of the eight, in a fixed order.
    #[inline(always)]
    pub(super) fn sum(self) -> f64 {
        let [a, b, c, d, e, f, g, h] = self.to_array();
        ((a + b) + (c + d)) + ((e + f) + (g + h))
    }

    /// The nearest whole number k of each, and 2ᵏ, for −1022 ≤ k ≤ 1023.
    #[inline(always)]
    pub(super) fn nearest_power(self) -> (Self, Self) {
        let sum = self + Self::splat(TO_WHOLE);
        (sum - Self::splat(TO_WHOLE), sum.exponent())
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod registers {
    use super::{Add, Div, Mul, Sub, WIDTH};

    /// An array, which the compiler puts into registers.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Eight([f64; WIDTH]);

    impl Eight {
        #[inline(always)]
        pub(crate) fn splat(value: f64) -> Self {
            Self([value; WIDTH])
        }

        #[inline(always)]
        pub(crate) fn to_array(self) -> [f64; WIDTH] {
            self.0
        }

        #[inline(always)]
        fn map(mut self, f: impl Fn(f64) -> f64) -> Self {
            for value in &mut self.0 {
                *value = f(*value);
            }
            self
        }

        #[inline(always)]
        fn zip(mut self, other: Self, f: impl Fn(f64, f64) -> f64) -> Self {
            for (value, other) in self.0.iter_mut().zip(other.0) {
                *value = f(*value, other);
            }
            self
        }

        #[inline(always)]
        pub(crate) fn abs(self) -> Self {
            self.map(f64::abs)
        }

        /// The size of each with the sign of the other.
        #[inline(always)]
        pub(crate) fn copysign(self, sign: Self) -> Self {
            self.zip(sign, f64::copysign)
        }

        /// The other where this is smaller; NaN stays.
        #[inline(always)]
        pub(crate) fn at_least(self, floor: Self) -> Self {
            self.zip(floor, |value, floor| if value < floor { floor } else { value })
        }

        /// One number where this is above 0, another elsewhere.
        #[inline(always)]
        pub(crate) fn if_positive(self, then: Self, otherwise: Self) -> Self {
            let mut chosen = otherwise;
            for (i, chosen) in chosen.0.iter_mut().enumerate() {
                *chosen = if self.0[i] > 0.0 { then.0[i] } else { *chosen };
            }
            chosen
        }

        /// 2ᵏ for the whole number k in the low bits.
        #[inline(always)]
        pub(super) fn exponent(self) -> Self {
            self.map(|sum| f64::from_bits((sum.to_bits() << 52).wrapping_add(1.0_f64.to_bits())))
        }
    }

    impl From<[f64; WIDTH]> for Eight {
        #[inline(always)]
        fn from(eight: [f64; WIDTH]) -> Self {
            Self(eight)
        }
    }

    impl Add for Eight {
        type Output = Self;
        #[inline(always)]
        fn add(self, other: Self) -> Self {
            self.zip(other, |a, b| a + b)
        }
    }
    impl Sub for Eight {
        type Output = Self;
        #[inline(always)]
        fn sub(self, other: Self) -> Self {
            self.zip(other, |a, b| a - b)
        }
    }
    impl Mul for Eight {
        type Output = Self;
        #[inline(always)]
        fn mul(self, other: Self) -> Self {
            self.zip(other, |a, b| a * b)
        }
    }
    impl Div for Eight {
        type Output = Self;
        #[inline(always)]
        fn div(self, other: Self) -> Self {
            self.zip(other, |a, b| a / b)
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod registers {
    use core::arch::wasm32::{
        f64x2, f64x2_abs, f64x2_add, f64x2_div, f64x2_extract_lane, f64x2_gt, f64x2_lt, f64x2_mul,
        f64x2_splat, f64x2_sub, i64x2_add, i64x2_shl, v128, v128_bitselect,
    };

    use super::{Add, Div, Mul, Sub, WIDTH};

    /// Four registers.
    #[derive(Clone, Copy, Debug)]
    pub(crate) struct Eight(v128, v128, v128, v128);

    impl Eight {
        #[inline(always)]
        pub(crate) fn splat(value: f64) -> Self {
            let two = f64x2_splat(value);
            Self(two, two, two, two)
        }

        #[inline(always)]
        pub(crate) fn to_array(self) -> [f64; WIDTH] {
            let first = |two| f64x2_extract_lane::<0>(two);
            let second = |two| f64x2_extract_lane::<1>(two);
            let Self(a, b, c, d) = self;
            [first(a), second(a), first(b), second(b), first(c), second(c), first(d), second(d)]
        }

        #[inline(always)]
        fn map(self, f: impl Fn(v128) -> v128) -> Self {
            Self(f(self.0), f(self.1), f(self.2), f(self.3))
        }

        #[inline(always)]
        fn zip(self, other: Self, f: impl Fn(v128, v128) -> v128) -> Self {
            Self(f(self.0, other.0), f(self.1, other.1), f(self.2, other.2), f(self.3, other.3))
        }

        #[inline(always)]
        pub(crate) fn abs(self) -> Self {
            self.map(|two| f64x2_abs(two))
        }

        /// The size of each with the sign of the other.
        #[inline(always)]
        pub(crate) fn copysign(self, sign: Self) -> Self {
            self.zip(sign, |two, sign| v128_bitselect(sign, two, f64x2_splat(-0.0)))
        }

        /// The other where this is smaller; NaN stays.
        #[inline(always)]
        pub(crate) fn at_least(self, floor: Self) -> Self {
            self.zip(floor, |two, floor| v128_bitselect(floor, two, f64x2_lt(two, floor)))
        }

        /// One number where this is above 0, another elsewhere.
        #[inline(always)]
        pub(crate) fn if_positive(self, then: Self, otherwise: Self) -> Self {
            let where_positive = self.map(|two| f64x2_gt(two, f64x2_splat(0.0)));
            Self(
                v128_bitselect(then.0, otherwise.0, where_positive.0),
                v128_bitselect(then.1, otherwise.1, where_positive.1),
                v128_bitselect(then.2, otherwise.2, where_positive.2),
                v128_bitselect(then.3, otherwise.3, where_positive.3),
            )
        }

        /// 2ᵏ for the whole number k in the low bits.
        #[inline(always)]
        pub(super) fn exponent(self) -> Self {
            self.map(|sum| i64x2_add(i64x2_shl(sum, 52), f64x2_splat(1.0)))
        }
    }

    impl From<[f64; WIDTH]> for Eight {
        #[inline(always)]
        fn from([a, b, c, d, e, f, g, h]: [f64; WIDTH]) -> Self {
            Self(f64x2(a, b), f64x2(c, d), f64x2(e, f), f64x2(g, h))
        }
    }

    impl Add for Eight {
        type Output = Self;
        #[inline(always)]
        fn add(self, other: Self) -> Self {
            self.zip(other, |a, b| f64x2_add(a, b))
        }
    }
    impl Sub for Eight {
        type Output = Self;
        #[inline(always)]
        fn sub(self, other: Self) -> Self {
            self.zip(other, |a, b| f64x2_sub(a, b))
        }
    }
    impl Mul for Eight {
        type Output = Self;
        #[inline(always)]
        fn mul(self, other: Self) -> Self {
            self.zip(other, |a, b| f64x2_mul(a, b))
        }
    }
    impl Div for Eight {
        type Output = Self;
        #[inline(always)]
        fn div(self, other: Self) -> Self {
            self.zip(other, |a, b| f64x2_div(a, b))
        }
    }
}
