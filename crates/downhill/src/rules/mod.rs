//! Update rules: how a walker turns the slope underfoot into a step.

mod gradient_descent;
mod momentum;
mod step;

use std::fmt;

pub(crate) use step::Ground;
pub use step::{State, Step};

/// An update rule with its settings.
///
/// The learning rate α is no setting of a rule: it belongs to the descent.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// w ← w − α∇f(w).
    GradientDescent,
    /// v ← βv + ∇f(w); w ← w − αv.
    Momentum {
        /// How much of the velocity is kept, 0 ≤ β < 1.
        beta: f64,
    },
}

/// A setting of a rule: its name, default, and the values it may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// The name, in lower case with hyphens, PyTorch's where it has one.
    pub name: &'static str,
    /// The default, PyTorch's where it has one.
    pub default: f64,
    /// The smallest allowed value.
    pub from: f64,
    /// The bound above, itself not allowed.
    pub below: f64,
}

impl Setting {
    const BETA: Self = Self { name: "beta", default: 0.9, from: 0.0, below: 1.0 };

    /// Whether the setting may have this value.
    #[must_use]
    pub fn allows(&self, value: f64) -> bool {
        self.from <= value && value < self.below
    }
}

impl Rule {
    /// Every rule with its default settings, in the order of the lesson.
    pub const ALL: [Self; 2] = [Self::GradientDescent, Self::Momentum { beta: 0.9 }];

    /// The rule with this name and its default settings.
    ///
    /// # Errors
    /// If no rule has the name.
    ///
    /// ```
    /// use downhill::Rule;
    ///
    /// assert_eq!(Rule::parse("momentum")?, Rule::Momentum { beta: 0.9 });
    /// # Ok::<(), downhill::RuleError>(())
    /// ```
    pub fn parse(name: &str) -> Result<Self, RuleError> {
        Self::ALL.into_iter().find(|rule| rule.name() == name).ok_or(RuleError::UnknownRule)
    }

    /// The name the rule is asked for by.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::GradientDescent => "gd",
            Self::Momentum { .. } => "momentum",
        }
    }

    /// Its settings.
    #[must_use]
    pub fn settings(&self) -> &'static [Setting] {
        match self {
            Self::GradientDescent => &[],
            Self::Momentum { .. } => &[Setting::BETA],
        }
    }

    /// The present value of the setting with this name, if the rule has it.
    #[must_use]
    pub fn setting(mut self, name: &str) -> Option<f64> {
        self.slot(name).map(|slot| *slot)
    }

    /// The same rule with another value for the setting with this name.
    ///
    /// # Errors
    /// If the rule has no such setting, or the value is not allowed.
    ///
    /// ```
    /// use downhill::Rule;
    ///
    /// let rule = Rule::parse("momentum")?.with("beta", 0.5)?;
    /// assert_eq!(rule, Rule::Momentum { beta: 0.5 });
    /// assert!(rule.with("beta", 1.0).is_err());
    /// # Ok::<(), downhill::RuleError>(())
    /// ```
    pub fn with(mut self, name: &str, value: f64) -> Result<Self, RuleError> {
        let rule = self.name();
        let unknown = RuleError::UnknownSetting { rule };
        let Some(setting) = self.settings().iter().find(|s| s.name == name) else {
            return Err(unknown);
        };
        if !setting.allows(value) {
            return Err(RuleError::NotAllowed { setting: *setting });
        }
        *self.slot(name).ok_or(unknown)? = value;
        Ok(self)
    }

    fn slot(&mut self, name: &str) -> Option<&mut f64> {
        match (self, name) {
            (Self::Momentum { beta }, "beta") => Some(beta),
            _ => None,
        }
    }

    /// What the rule's state consists of, by name; empty for a rule that remembers nothing.
    #[must_use]
    pub fn state_names(&self) -> &'static [&'static str] {
        match self {
            Self::GradientDescent => &[],
            Self::Momentum { .. } => &["v"],
        }
    }

    /// The step from a point, which changes `state`.
    pub(crate) fn step<const D: usize>(
        &self,
        ground: &Ground<'_, D>,
        state: &mut State<D>,
    ) -> Step<D> {
        match *self {
            Self::GradientDescent => gradient_descent::step(ground, state),
            Self::Momentum { beta } => momentum::step(beta, ground, state),
        }
    }
}

/// Why a rule or a setting was refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RuleError {
    /// No rule has the name.
    UnknownRule,
    /// The rule has no setting of that name.
    UnknownSetting {
        /// The rule's name.
        rule: &'static str,
    },
    /// The value is outside what the setting allows.
    NotAllowed {
        /// The setting.
        setting: Setting,
    },
}

impl fmt::Display for RuleError {
    /// What is allowed, to be read after the parameter's name and the value that came.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRule => {
                let names: Vec<_> = Rule::ALL.iter().map(Rule::name).collect();
                write!(f, "one of {}", names.join(", "))
            }
            Self::UnknownSetting { rule } => write!(f, "not a setting of the rule {rule}"),
            Self::NotAllowed { setting } if setting.below.is_finite() => {
                write!(
                    f,
                    "a number from {} up to but not including {}",
                    setting.from, setting.below
                )
            }
            Self::NotAllowed { setting } => {
                write!(f, "a finite number of at least {}", setting.from)
            }
        }
    }
}

impl std::error::Error for RuleError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_found_by_its_name_with_its_defaults() {
        for rule in Rule::ALL {
            assert_eq!(Rule::parse(rule.name()), Ok(rule));
            for setting in rule.settings() {
                assert_eq!(rule.setting(setting.name), Some(setting.default), "{setting:?}");
                assert!(setting.allows(setting.default));
                let changed = rule.with(setting.name, setting.from).unwrap();
                assert_eq!(changed.setting(setting.name), Some(setting.from));
                assert!(rule.with(setting.name, setting.below).is_err());
                assert!(rule.with(setting.name, f64::NAN).is_err());
            }
        }
    }

    #[test]
    fn unknown_names_are_refused() {
        assert_eq!(Rule::parse("sgdx"), Err(RuleError::UnknownRule));
        let error = Rule::GradientDescent.with("beta", 0.5).unwrap_err();
        assert_eq!(error, RuleError::UnknownSetting { rule: "gd" });
        assert_eq!(Rule::GradientDescent.setting("beta"), None);
    }
}
