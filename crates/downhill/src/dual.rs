//! Dual numbers: forward-mode automatic differentiation.

use core::ops::{Add, Div, Mul, Neg, Sub};

use crate::scalar::Scalar;

/// A value with its partial derivatives by `D` variables.
///
/// Arithmetic follows the rules of differentiation, so evaluating a formula on dual numbers gives
/// its exact gradient, without finite differences: with ε² = 0, `f(x + ε) = f(x) + f′(x)·ε`. Duals
/// over duals carry second derivatives, duals over lanes the gradients at several points.
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
    /// The variables that it may depend on; derivatives by the others are not computed. Only the
    /// formula determines this, so the compiler resolves it and no checks remain at run time.
    depends: [bool; D],
}

impl<S: Scalar, const D: usize> Dual<S, D> {
    /// A constant: every partial derivative is 0.
    #[inline]
    #[must_use]
    pub fn constant(value: S) -> Self {
        Self { value, partials: [S::from(0.0); D], depends: [false; D] }
    }

    /// The variable with this index: its own partial derivative is 1.
    ///
    /// # Panics
    /// If `index` is not below `D`.
    #[inline]
    #[must_use]
    pub fn variable(value: S, index: usize) -> Self {
        let mut dual = Self::constant(value);
        dual.partials[index] = S::from(1.0);
        dual.depends[index] = true;
        dual
    }

    /// All coordinates of a point as variables.
    #[inline]
    #[must_use]
    pub fn variables(at: [S; D]) -> [Self; D] {
        let mut variables = at.map(Self::constant);
        for (i, variable) in variables.iter_mut().enumerate() {
            variable.partials[i] = S::from(1.0);
            variable.depends[i] = true;
        }
        variables
    }

    /// The chain rule: `value` is g(u) and `slope` is g′(u), with this dual as u.
    #[inline]
    fn chain(self, value: S, slope: S) -> Self {
        self.map(value, |partial| slope * partial)
    }

    /// 1/√(1−u²), the derivative of the arc sine, in factors that do not cancel near 1.
    #[inline]
    fn arc_slope(self) -> S {
        let (one, u) = (S::from(1.0), self.value);
        one / ((one - u) * (one + u)).sqrt()
    }

    /// A dual with this value and the dependencies of `self`; `partial` computes its partial
    /// derivatives.
    #[inline]
    fn map(self, value: S, partial: impl Fn(S) -> S) -> Self {
        let mut result = Self { depends: self.depends, ..Self::constant(value) };
        for i in 0..D {
            if self.depends[i] {
                result.partials[i] = partial(self.partials[i]);
            }
        }
        result
    }

    /// A dual with this value and the dependencies of both. A partial derivative combines those of
    /// both, or uses that of the one that depends on the variable.
    #[inline]
    fn join(
        self,
        other: Self,
        value: S,
        both: impl Fn(S, S) -> S,
        left: impl Fn(S) -> S,
        right: impl Fn(S) -> S,
    ) -> Self {
        let mut result = Self::constant(value);
        // A loop, because the closures of `array::from_fn` are not always inlined.
        for i in 0..D {
            let (a, b) = (self.partials[i], other.partials[i]);
            match (self.depends[i], other.depends[i]) {
                (true, true) => result.partials[i] = both(a, b),
                (true, false) => result.partials[i] = left(a),
                (false, true) => result.partials[i] = right(b),
                (false, false) => {}
            }
            result.depends[i] = self.depends[i] | other.depends[i];
        }
        result
    }
}

impl<S: Scalar, const D: usize> From<f64> for Dual<S, D> {
    #[inline]
    fn from(value: f64) -> Self {
        Self::constant(S::from(value))
    }
}

impl<S: Scalar, const D: usize> Add for Dual<S, D> {
    type Output = Self;
    #[inline]
    fn add(self, other: Self) -> Self {
        self.join(other, self.value + other.value, |a, b| a + b, |a| a, |b| b)
    }
}

impl<S: Scalar, const D: usize> Sub for Dual<S, D> {
    type Output = Self;
    #[inline]
    fn sub(self, other: Self) -> Self {
        self.join(other, self.value - other.value, |a, b| a - b, |a| a, |b| -b)
    }
}

impl<S: Scalar, const D: usize> Mul for Dual<S, D> {
    type Output = Self;
    #[expect(clippy::suspicious_arithmetic_impl, reason = "the product rule adds")]
    #[inline]
    fn mul(self, other: Self) -> Self {
        let (u, v) = (self.value, other.value);
        self.join(other, u * v, |a, b| u * b + a * v, |a| a * v, |b| u * b)
    }
}

impl<S: Scalar, const D: usize> Div for Dual<S, D> {
    type Output = Self;
    #[expect(
        clippy::suspicious_arithmetic_impl,
        reason = "the quotient rule subtracts and multiplies"
    )]
    #[inline]
    fn div(self, other: Self) -> Self {
        let divisor = other.value;
        let quotient = self.value / divisor;
        let both = |a, b| (a - quotient * b) / divisor;
        self.join(other, quotient, both, |a| a / divisor, |b| -(quotient * b) / divisor)
    }
}

impl<S: Scalar, const D: usize> Neg for Dual<S, D> {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        self.map(-self.value, |partial| -partial)
    }
}

impl<S: Scalar, const D: usize> Scalar for Dual<S, D> {
    #[inline]
    fn exp(self) -> Self {
        let value = self.value.exp();
        self.chain(value, value)
    }
    #[inline]
    fn ln(self) -> Self {
        // 1/x is defined below 0, where the logarithm and therefore its derivative are not.
        let slope = S::from(1.0) / self.value;
        let slope = self.value.select(S::from(0.0), slope, S::from(f64::NAN));
        self.chain(self.value.ln(), slope)
    }
    #[inline]
    fn sqrt(self) -> Self {
        let root = self.value.sqrt();
        self.chain(root, S::from(0.5) / root)
    }
    #[inline]
    fn sin(self) -> Self {
        self.chain(self.value.sin(), self.value.cos())
    }
    #[inline]
    fn cos(self) -> Self {
        self.chain(self.value.cos(), -self.value.sin())
    }
    #[inline]
    fn tan(self) -> Self {
        let tangent = self.value.tan();
        self.chain(tangent, S::from(1.0) + tangent * tangent)
    }
    #[inline]
    fn tanh(self) -> Self {
        let value = self.value.tanh();
        self.chain(value, S::from(1.0) - value * value)
    }
    #[inline]
    fn asin(self) -> Self {
        self.chain(self.value.asin(), self.arc_slope())
    }
    #[inline]
    fn acos(self) -> Self {
        self.chain(self.value.acos(), -self.arc_slope())
    }
    #[inline]
    fn atan(self) -> Self {
        let u = self.value;
        self.chain(u.atan(), S::from(1.0) / (S::from(1.0) + u * u))
    }
    #[inline]
    fn floor(self) -> Self {
        Self::constant(self.value.floor())
    }
    #[inline]
    fn abs(self) -> Self {
        let zero = S::from(0.0);
        let one = S::from(1.0);
        // 1 above 0, −1 below, and at the kink the subgradient 0.
        let above = self.value.select(zero, one, zero);
        let below = (-self.value).select(zero, one, zero);
        self.chain(self.value.abs(), above - below)
    }
    #[inline]
    fn powi(self, n: i32) -> Self {
        match n {
            0 => Self::from(1.0),
            1 => self,
            // Fewer operations than differentiating each multiplication.
            _ => {
                let slope = S::from(f64::from(n)) * self.value.powi(n.saturating_sub(1));
                self.chain(self.value.powi(n), slope)
            }
        }
    }
    #[inline]
    fn powf(self, exponent: Self) -> Self {
        let (base, power) = (self.value, self.value.powf(exponent.value));
        let zero = S::from(0.0);
        let slope = exponent.value * base.powf(exponent.value - S::from(1.0));
        // x⁰ is 1 everywhere, so its derivative is 0, also at x = 0, where the power rule gives
        // 0·∞.
        let level = (-exponent.value.abs()).select(zero, zero, slope);
        let by_base = (-base).select(zero, level, slope);
        let by_exponent = |rate: S| {
            let through_exponent = power * base.ln() * rate;
            // If the exponent does not change, its term is exactly 0, even for a base without a
            // logarithm. Positive bases have one, so the term is kept there: a rate that is 0 here
            // may have a nonzero derivative.
            let unchanging = (-rate.abs()).select(zero, zero, through_exponent);
            (-base).select(zero, unchanging, through_exponent)
        };
        self.join(
            exponent,
            power,
            |a, b| by_base * a + by_exponent(b),
            |a| by_base * a,
            by_exponent,
        )
    }
    #[inline]
    fn select(self, threshold: Self, if_at_least: Self, otherwise: Self) -> Self {
        let choose = |a, b| self.value.select(threshold.value, a, b);
        let zero = S::from(0.0);
        let value = choose(if_at_least.value, otherwise.value);
        if_at_least.join(otherwise, value, choose, |a| choose(a, zero), |b| choose(zero, b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::Lanes;

    type D1 = Dual<f64, 1>;

    /// A function with its derivative.
    type Case = (fn(D1) -> D1, fn(f64) -> f64);

    #[test]
    fn derivatives_are_those_of_the_textbook() {
        let cases: [Case; 15] = [
            (|x| x * x, |x| 2.0 * x),
            (|x| D1::from(1.0) / x, |x| -1.0 / (x * x)),
            (|x| -x + D1::from(3.0) - x, |_| -2.0),
            (Scalar::exp, libm::exp),
            (Scalar::ln, |x| 1.0 / x),
            (Scalar::sqrt, |x| 0.5 / x.sqrt()),
            (Scalar::sin, libm::cos),
            (Scalar::cos, |x| -libm::sin(x)),
            (Scalar::tan, |x| 1.0 / (libm::cos(x) * libm::cos(x))),
            (Scalar::tanh, |x| 1.0 / (libm::cosh(x) * libm::cosh(x))),
            (|x| (x / D1::from(2.0)).asin(), |x| 1.0 / (4.0 - x * x).sqrt()),
            (|x| (x / D1::from(2.0)).acos(), |x| -1.0 / (4.0 - x * x).sqrt()),
            (Scalar::atan, |x| 1.0 / (1.0 + x * x)),
            (|x| x.powi(-3), |x| -3.0 / (x * x * x * x)),
            (|x| x.powf(x), |x| libm::pow(x, x) * (libm::log(x) + 1.0)),
        ];
        for (index, (f, derivative)) in cases.into_iter().enumerate() {
            for x in [0.3, 0.9, 1.7] {
                let found = f(D1::variable(x, 0)).partials[0];
                let planted = derivative(x);
                assert!(
                    (found - planted).abs() <= 1e-14 * planted.abs(),
                    "case {index} at {x}: {found} and {planted}"
                );
            }
        }
    }

    #[test]
    fn at_a_kink_the_subgradient_is_zero() {
        assert_eq!(D1::variable(0.0, 0).abs().partials, [0.0]);
        assert_eq!(D1::variable(-2.0, 0).abs().partials, [-1.0]);
        assert_eq!(D1::variable(2.0, 0).abs().partials, [1.0]);
    }

    #[test]
    fn jumps_have_zero_derivative() {
        for x in [-1.5, -1.0, 0.0, 0.5, 2.0] {
            assert_eq!(D1::variable(x, 0).floor().partials, [0.0], "floor at {x}");
            assert_eq!(D1::variable(x, 0).sign().partials, [0.0], "sign at {x}");
        }
    }

    #[test]
    fn constant_exponents_need_no_logarithm() {
        let at = D1::variable(-2.0, 0);
        assert_eq!(at.powf(D1::from(3.0)).partials, [12.0]);
        let zero = D1::variable(0.0, 0);
        assert_eq!(zero.powf(D1::from(0.0)).partials, [0.0]);
        assert_eq!(zero.powf(D1::from(2.0)).partials, [0.0]);
    }

    #[test]
    fn select_takes_value_and_derivatives_from_the_same_side() {
        let [x, y] = Dual::<f64, 2>::variables([1.0, 2.0]);
        let larger = Scalar::max(x, y);
        assert_eq!((larger.value, larger.partials), (2.0, [0.0, 1.0]));
        let smaller = Scalar::min(x, y);
        assert_eq!((smaller.value, smaller.partials), (1.0, [1.0, 0.0]));
    }

    #[test]
    fn duals_over_duals_carry_second_derivatives() {
        let inner = Dual::<f64, 2>::variables([2.0, 3.0]);
        let [x, y] = Dual::variables(inner);
        // f = x²y³ has f_xx = 2y³, f_xy = 6xy², f_yy = 6x²y.
        let f = x.powi(2) * y.powi(3);
        assert_eq!(f.partials[0].partials, [54.0, 108.0]);
        assert_eq!(f.partials[1].partials, [108.0, 72.0]);
    }

    #[test]
    fn every_lane_has_the_bits_of_its_number() {
        let points = [-3.0, -0.5, 0.1, 0.7, 1.0, 2.5, 9.0, 100.0];
        let f = |x: Dual<Lanes, 1>| (x.sin() * x.powi(3)).exp() / (x * x + Dual::from(1.0));
        let g = |x: D1| (x.sin() * x.powi(3)).exp() / (x * x + D1::from(1.0));
        let together = f(Dual::variable(Lanes::from(points), 0)).partials[0];
        for (lane, point) in points.into_iter().enumerate() {
            let alone = g(D1::variable(point, 0)).partials[0];
            assert_eq!(together.lane(lane).to_bits(), alone.to_bits(), "at {point}");
        }
    }
}
