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

impl fmt::Display for RuleError {
    /// Written to follow the parameter's name and the given value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownRule => {
                let names: Vec<_> = Rule::ALL.iter().map(Rule::name).collect();
                write!(f, "one of {}", names.join(", "))
            }
            Self::UnknownHyperparameter { rule } => write!(f, "not a setting of the rule {rule}"),
            Self::NotAllowed { setting } if setting.upper_exclusive.is_finite() => {
                let [from, below] = [setting.lower, setting.upper_exclusive].map(shortest);
                write!(f, "a number from {from} up to but not including {below}")
            }
            Self::NotAllowed { setting } if setting.lower > 0.0 => {
                f.write_str("a finite number above 0")
            }
            Self::NotAllowed { .. } => f.write_str("a finite number of at least 0"),
        }
    }
}

impl std::error::Error for RuleError {}
