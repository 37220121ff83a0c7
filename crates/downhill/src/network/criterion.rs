//! What is averaged over the points: the squared error or the logistic loss.

use std::str::FromStr;

use super::eight::Eight;
use super::elementary::{sigmoid, softplus};
use crate::names::UnknownName;

/// The error of an output f at a point with the target t.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Criterion {
    /// (f − t)², as in `torch.nn.MSELoss`.
    #[default]
    MeanSquares,
    /// ln(1 + e^(−tf)) for targets ±1, as in `torch.nn.SoftMarginLoss`.
    Logistic,
}

/// The errors of eight points, with their first two derivatives by f.
pub(super) struct Errors {
    pub(super) value: Eight,
    pub(super) slope: Eight,
    pub(super) bend: Eight,
}

impl Criterion {
    /// Every criterion.
    pub const ALL: [Self; 2] = [Self::MeanSquares, Self::Logistic];

    /// `mse` or `logistic`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MeanSquares => "mse",
            Self::Logistic => "logistic",
        }
    }

    pub(super) fn at(self, output: Eight, target: Eight) -> Errors {
        match self {
            Self::MeanSquares => {
                let error = output - target;
                let two = Eight::splat(2.0);
                Errors { value: error * error, slope: two * error, bend: two }
            }
            Self::Logistic => {
                let minus = Eight::splat(0.0) - target;
                let (value, wrong) = softplus(minus * output);
                let right = sigmoid(target * output);
                Errors { value, slope: minus * wrong, bend: target * target * wrong * right }
            }
        }
    }
}

impl FromStr for Criterion {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let criterion = Self::ALL.into_iter().find(|criterion| criterion.name() == name);
        criterion.ok_or(UnknownName { kind: "loss", allowed: "mse or logistic" })
    }
}
