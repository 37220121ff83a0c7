//! What can be chosen in the fit besides model and rule: points, comparison, and what chart and table count.

use crate::framework::choice::NamedChoice;

/// Where the points come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    /// The lesson's five.
    Five,
    /// A line's points with noise.
    Noisy,
    /// The reader's own.
    Own,
}

impl NamedChoice for Source {
    const ALL: &'static [Self] = &[Self::Five, Self::Noisy, Self::Own];

    fn name(self) -> &'static str {
        match self {
            Self::Five => "five",
            Self::Noisy => "noisy",
            Self::Own => "own",
        }
    }
}

/// Which other run is shown for comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Against {
    None,
    Batch,
    Stochastic,
}

impl NamedChoice for Against {
    const ALL: &'static [Self] = &[Self::None, Self::Batch, Self::Stochastic];

    fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Batch => "batch",
            Self::Stochastic => "stochastic",
        }
    }
}

/// What an iteration of the chart is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Per {
    Update,
    Epoch,
}

impl NamedChoice for Per {
    const ALL: &'static [Self] = &[Self::Update, Self::Epoch];

    fn name(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Epoch => "epoch",
        }
    }
}

/// What the table lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Listed {
    Updates,
    Points,
}

impl NamedChoice for Listed {
    const ALL: &'static [Self] = &[Self::Updates, Self::Points];

    fn name(self) -> &'static str {
        match self {
            Self::Updates => "updates",
            Self::Points => "points",
        }
    }
}
