//! The hyperparameters of a rule as data, for flags, controls and tables.

/// A hyperparameter of a rule: its name, default and domain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hyperparameter {
    /// The name, in lower case with hyphens; PyTorch's if it has one.
    pub name: &'static str,
    /// Its symbol in formulas.
    pub symbol: &'static str,
    /// The default; PyTorch's if it has one.
    pub default: f64,
    /// The smallest allowed value.
    pub lower: f64,
    /// The exclusive upper bound; infinite if all finite values are allowed.
    pub upper_exclusive: f64,
}

impl Hyperparameter {
    pub(super) const BETA: Self = Self::fraction("beta", "β", 0.9);
    pub(super) const BETA1: Self = Self::fraction("beta1", "β₁", 0.9);
    pub(super) const BETA2: Self = Self::fraction("beta2", "β₂", 0.999);

    /// A fraction that is kept: from 0 up to but not including 1.
    pub(super) const fn fraction(name: &'static str, symbol: &'static str, default: f64) -> Self {
        Self { name, symbol, default, lower: 0.0, upper_exclusive: 1.0 }
    }

    /// Any finite non-negative number.
    pub(super) const fn non_negative(
        name: &'static str,
        symbol: &'static str,
        default: f64,
    ) -> Self {
        Self { name, symbol, default, lower: 0.0, upper_exclusive: f64::INFINITY }
    }

    /// The number that keeps a division by a small root finite.
    pub(super) const fn eps(default: f64) -> Self {
        Self::non_negative("eps", "ε", default)
    }

    /// Whether this value is allowed.
    #[must_use]
    pub fn allows(&self, value: f64) -> bool {
        self.lower <= value && value < self.upper_exclusive
    }

    /// The nearest allowed value; the default for NaN.
    #[must_use]
    pub fn nearest(&self, value: f64) -> f64 {
        if value.is_nan() {
            self.default
        } else if value < self.lower {
            self.lower
        } else if self.allows(value) {
            value
        } else {
            self.upper_exclusive.next_down()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_out_of_range_are_clamped() {
        for setting in [Hyperparameter::BETA, Hyperparameter::eps(1e-8)] {
            for value in [-1.0, 0.0, 0.5, 1.0, 1e300, f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
                assert!(setting.allows(setting.nearest(value)), "{setting:?} {value}");
            }
        }
        assert_eq!(Hyperparameter::BETA.nearest(0.25), 0.25);
        assert_eq!(Hyperparameter::BETA.nearest(-3.0), 0.0);
    }
}
