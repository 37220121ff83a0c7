//! What makes a comparison of runs fair.

use crate::framework::choice::NamedChoice;

/// The settings that runs are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Fairness {
    /// All share α.
    #[default]
    Same,
    /// Each has its own best α, and β if it has one.
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
