//! Names as text and back: `Display` and `FromStr` of what is chosen by a name.

use std::fmt;

/// Why a text names nothing of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownName {
    pub(crate) kind: &'static str,
    pub(crate) allowed: &'static str,
}

impl UnknownName {
    /// The names there are, as in "sigmoid, tanh, relu or linear".
    #[must_use]
    pub const fn allowed(&self) -> &'static str {
        self.allowed
    }
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no such {}; expected {}", self.kind, self.allowed)
    }
}

impl std::error::Error for UnknownName {}

/// Displays types by their `name()`, padded as the format asks for.
macro_rules! display_by_name {
    ($($type:ty),* $(,)?) => {
        $(impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        })*
    };
}

display_by_name!(
    crate::Activation,
    crate::Criterion,
    crate::CriticalPoint,
    crate::GradientFlow,
    crate::HiddenActivation,
    crate::Model,
    crate::NetworkData,
    crate::NewtonStep,
    crate::PlaneKind,
    crate::Regime,
    crate::Rule,
);

#[cfg(test)]
mod tests {
    use crate::{Activation, Model, Rule, Schedule};

    #[test]
    fn what_is_displayed_reads_back() {
        for rule in Rule::ALL {
            assert_eq!(rule.to_string().parse(), Ok(rule));
        }
        for activation in Activation::ALL {
            assert_eq!(activation.to_string().parse(), Ok(activation));
        }
        for model in Model::ALL {
            assert_eq!(model.to_string().parse(), Ok(model));
        }
        for text in ["constant", "step-decay:0.1,30", "1/t:0.5", "cosine:200", "warm-up:7"] {
            let schedule: Schedule = text.parse().unwrap();
            assert_eq!(schedule.to_string(), text);
        }
    }

    #[test]
    fn errors_are_sentences_of_their_own() {
        let unknown = "sgdx".parse::<Rule>().unwrap_err().to_string();
        assert!(unknown.starts_with("there is no such rule; expected one of gd, momentum, "));
        assert!(unknown.ends_with(", newton"), "{unknown}");
        let said = [
            Rule::GradientDescent.with("beta", 0.5).unwrap_err().to_string(),
            Rule::Momentum { beta: 0.9 }.with("beta", 1.0).unwrap_err().to_string(),
            "identity".parse::<Activation>().unwrap_err().to_string(),
            "ax".parse::<Model>().unwrap_err().to_string(),
        ];
        assert_eq!(
            said,
            [
                "the rule gd has no such hyperparameter",
                "beta must be a number from 0 up to but not including 1",
                "there is no such activation; expected sigmoid, tanh, relu or linear",
                "there is no such model; expected wx or wx+b",
            ]
        );
    }
}
