//! The error type for rules and hyperparameters.

use std::fmt;

use super::{Hyperparameter, Rule};
use crate::numbers::shortest;

/// Why a rule or a hyperparameter was refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RuleError {
    /// There is no rule with this name.
    UnknownRule,
    /// The rule has no hyperparameter with this name.
    UnknownHyperparameter {
        /// The rule's name.
        rule: &'static str,
    },
    /// The value is outside the hyperparameter's domain.
    NotAllowed {
        /// The hyperparameter.
        setting: Hyperparameter,
    },
}

impl RuleError {
    /// What is allowed instead, to be read after a parameter's name and the value given.
    #[must_use]
    pub fn allowed(&self) -> String {
        match self {
            Self::UnknownRule => {
                "one of ".to_owned() + &Rule::ALL.map(|rule| rule.name()).join(", ")
            }
            Self::UnknownHyperparameter { .. } => "a hyperparameter of the rule".to_owned(),
            Self::NotAllowed { setting } if setting.upper_exclusive.is_finite() => {
                let [from, below] = [setting.lower, setting.upper_exclusive].map(shortest);
                format!("a number from {from} up to but not including {below}")
            }
            Self::NotAllowed { setting } if setting.lower > 0.0 => {
                "a finite number above 0".to_owned()
            }
            Self::NotAllowed { .. } => "a finite number of at least 0".to_owned(),
        }
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRule => write!(f, "there is no such rule; expected {}", self.allowed()),
            Self::UnknownHyperparameter { rule } => {
                write!(f, "the rule {rule} has no such hyperparameter")
            }
            Self::NotAllowed { setting } => {
                write!(f, "{} must be {}", setting.name, self.allowed())
            }
        }
    }
}

impl std::error::Error for RuleError {}
