//! What a learning rate does on a bowl, in one word.

/// How plain descent or momentum behaves on a quadratic loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Regime {
    /// α = 0: nothing moves.
    Still,
    /// Every step ends on the same side of the bottom, nearer to it.
    Monotone,
    /// αλ = 1: one step lands on the bottom.
    OneStep,
    /// Every step ends on the other side, nearer to the bottom.
    Zigzag,
    /// αλ = 2: back and forth between the same two places for ever.
    Bounce,
    /// Every step ends farther away.
    Diverge,
    /// Momentum swings past the bottom and comes back.
    Oscillate,
}

impl Regime {
    /// `still`, `monotone`, `one step`, `zigzag`, `bounce`, `diverge` or `oscillate`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Still => "still",
            Self::Monotone => "monotone",
            Self::OneStep => "one step",
            Self::Zigzag => "zigzag",
            Self::Bounce => "bounce",
            Self::Diverge => "diverge",
            Self::Oscillate => "oscillate",
        }
    }
}

/// The learning rates from `from` to `to` that share a regime; a single one where both are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Where it begins.
    pub from: f64,
    /// Where it ends; infinite for the last.
    pub to: f64,
    /// What happens there.
    pub regime: Regime,
}
