//! The functions that formulas know by name.

use crate::scalar::Scalar;

/// A function of a formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Function {
    Sin,
    Cos,
    Tan,
    Exp,
    Ln,
    Sqrt,
    Abs,
    Sinh,
    Cosh,
    Tanh,
    Sigmoid,
    Relu,
    Max,
    Min,
}

impl Function {
    /// Whether it takes two arguments or more, in pairs.
    pub(super) fn is_folding(self) -> bool {
        matches!(self, Self::Max | Self::Min)
    }

    /// Whether its slope jumps somewhere.
    pub(super) fn has_kink(self) -> bool {
        matches!(self, Self::Abs | Self::Relu | Self::Max | Self::Min)
    }

    /// Its value; only those that fold look at `v`.
    pub(super) fn of<S: Scalar>(self, u: S, v: S) -> S {
        match self {
            Self::Sin => u.sin(),
            Self::Cos => u.cos(),
            Self::Tan => u.tan(),
            Self::Exp => u.exp(),
            Self::Ln => u.ln(),
            Self::Sqrt => u.sqrt(),
            Self::Abs => u.abs(),
            // By way of tanh, as e^u − e^(−u) would cancel near 0.
            Self::Sinh => u.tanh() * cosh(u),
            Self::Cosh => cosh(u),
            Self::Tanh => u.tanh(),
            Self::Sigmoid => sigmoid(u),
            // Zero first, so that its slope counts where u is 0, and NaN stays NaN.
            Self::Relu => S::from(0.0).select(u, S::from(0.0), u),
            // Where two cannot be compared one of them is NaN, and so is their sum.
            Self::Max => u.select(v, u, v.select(u, v, u + v)),
            Self::Min => v.select(u, u, u.select(v, v, u + v)),
        }
    }
}

fn cosh<S: Scalar>(u: S) -> S {
    (u.exp() + (-u).exp()) * S::from(0.5)
}

/// 1/(1 + e⁻ᵘ); each side uses the exponential that cannot overflow there.
fn sigmoid<S: Scalar>(u: S) -> S {
    let one = S::from(1.0);
    let grown = u.exp();
    u.select(S::from(0.0), one / (one + (-u).exp()), grown / (one + grown))
}
