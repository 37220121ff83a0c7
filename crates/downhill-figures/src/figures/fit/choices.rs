//! The options of the fit: data, comparison, and the units of chart and table.

use crate::framework::choice::NamedChoice;

/// The source of the points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Source {
    /// The lesson's five points.
    Five,
    /// A line with noise.
    Noisy,
    /// The reader's own points.
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

/// The run shown for comparison.
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

/// The unit of the chart's horizontal axis.
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

/// The content of the table.
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
