//! The regime of a learning rate on a quadratic loss.

/// How plain descent or momentum behaves on a quadratic loss.
///
/// In several dimensions each eigenvector of the Hessian has its own regime, and the whole run has
/// the last of them in the order below: it diverges if it diverges in any direction, and takes one
/// step only if it does so in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regime {
    /// Nothing moves: α = 0, or there is no curvature.
    Still,
    /// αλ = 1: one step lands on the minimizer.
    OneStep,
    /// Every step ends nearer to the minimizer on the same side.
    Monotone,
    /// Every step ends nearer to the minimizer on the other side.
    Zigzag,
    /// Momentum overshoots the minimizer and comes back.
    Oscillate,
    /// αλ = 2: back and forth between the same two points forever.
    Bounce,
    /// Every step ends farther away.
    Diverge,
}

impl Regime {
    /// `still`, `monotone`, `one step`, `zigzag`, `bounce`, `diverge` or `oscillate`.
    #[must_use]
    pub const fn name(self) -> &'static str {
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

/// The tolerance for equality of αλ and of the rates and ratios derived from it.
pub const EQUAL: f64 = 1e-12;

/// A range of learning rates with the same regime; a single one if both ends are equal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The lower end.
    pub from: f64,
    /// The upper end; infinite for the last band.
    pub to: f64,
    /// The regime within the band.
    pub regime: Regime,
}

impl Band {
    /// Whether a learning rate is in the band, including its ends, to within the tolerance of
    /// regimes.
    #[must_use]
    pub fn holds(&self, alpha: f64) -> bool {
        self.from * (1.0 - EQUAL) <= alpha && alpha <= self.to * (1.0 + EQUAL)
    }

    /// The band of a learning rate: of two that meet there, the lower; a band of a single α takes
    /// precedence over its neighbours.
    #[must_use]
    pub fn of(bands: &[Self], alpha: f64) -> Option<&Self> {
        let mut holding = bands.iter().filter(|band| band.holds(alpha));
        let first = holding.next()?;
        Some(holding.find(|band| band.from == band.to).unwrap_or(first))
    }
}
