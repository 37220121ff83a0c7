//! The settings with which runs are compared.

use crate::framework::choice::NamedChoice;

/// How the hyperparameters of compared runs are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Fairness {
    /// All runs share α.
    #[default]
    Same,
    /// Each run has its own best α, and β if it has one.
    Best,
}

impl NamedChoice for Fairness {
    const ALL: &'static [Self] = &[Self::Same, Self::Best];

    fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Best => "best",
        }
    }
}
