//! Why a rule or a setting cannot be had.

use std::fmt;

use super::{Hyperparameter, Rule};
use crate::numbers::shortest;

/// Why a rule or a setting was refused.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RuleError {
    /// No rule has the name.
    UnknownRule,
    /// The rule has no setting of that name.
    UnknownHyperparameter {
        /// The rule's name.
        rule: &'static str,
    },
    /// The value is outside what the setting allows.
    NotAllowed {
        /// The setting.
        setting: Hyperparameter,
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
