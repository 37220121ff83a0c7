//! What a learning rate does on a bowl, in one word.

/// How plain descent or momentum behaves on a quadratic loss.
///
/// In several dimensions each eigenvector of the Hessian has a regime of its own, and the run as a whole
/// has the last of them in the order below: it diverges if it diverges anywhere, and lands in one step
/// only if it does so everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regime {
    /// Nothing moves: α = 0, or there is no curvature.
    Still,
    /// αλ = 1: one step lands on the bottom.
    OneStep,
    /// Every step ends on the same side of the bottom, nearer to it.
    Monotone,
    /// Every step ends on the other side, nearer to the bottom.
    Zigzag,
    /// Momentum swings past the bottom and comes back.
    Oscillate,
    /// αλ = 2: back and forth between the same two places for ever.
    Bounce,
    /// Every step ends farther away.
    Diverge,
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

/// Equalities of αλ, and of the rates and ratios that follow from it, are decided to within this.
pub const EQUAL: f64 = 1e-12;

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

impl Band {
    /// Whether a learning rate lies in the band, its ends included, as nearly as regimes tell equal.
    #[must_use]
    pub fn holds(&self, alpha: f64) -> bool {
        self.from * (1.0 - EQUAL) <= alpha && alpha <= self.to * (1.0 + EQUAL)
    }

    /// The band that a learning rate lies in: of two that meet there the lower, of a single one and those
    /// around it the single one.
    #[must_use]
    pub fn of(bands: &[Self], alpha: f64) -> Option<&Self> {
        let mut holding = bands.iter().filter(|band| band.holds(alpha));
        let first = holding.next()?;
        Some(holding.find(|band| band.from == band.to).unwrap_or(first))
    }
}
