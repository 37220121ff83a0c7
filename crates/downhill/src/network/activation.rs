//! The activation functions of hidden units, with their first two derivatives.

use std::str::FromStr;

use super::eight::Eight;
use super::elementary::{sigmoid, softplus, tanh};
use crate::names::UnknownName;

/// The activation φ of the hidden units of a [`Network`](super::Network), applied to the weighted sum z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum HiddenActivation {
    /// tanh z.
    #[default]
    Tanh,
    /// max(z, 0), with slope 0 at the kink and curvature 0 everywhere.
    Relu,
    /// 1/(1 + e⁻ᶻ).
    Sigmoid,
    /// ln(1 + eᶻ), a smooth ReLU.
    Softplus,
    /// z itself: the network is then a linear function, however deep.
    Linear,
}

impl HiddenActivation {
    /// Every activation.
    pub const ALL: [Self; 5] =
        [Self::Tanh, Self::Relu, Self::Sigmoid, Self::Softplus, Self::Linear];

    /// `tanh`, `relu`, `sigmoid`, `softplus` or `linear`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tanh => "tanh",
            Self::Relu => "relu",
            Self::Sigmoid => "sigmoid",
            Self::Softplus => "softplus",
            Self::Linear => "linear",
        }
    }

    /// φ of weighted sums in place, and the slopes φ′.
    pub(super) fn apply(self, sums: &mut [Eight], slopes: &mut [Eight]) {
        let one = Eight::splat(1.0);
        match self {
            Self::Tanh => each(sums, slopes, |z| {
                let value = tanh(z);
                (value, one - value * value)
            }),
            Self::Relu => each(sums, slopes, |z| {
                let zero = Eight::splat(0.0);
                // A product, so that NaN stays NaN.
                (z.at_least(zero), z.if_positive(one, z * zero))
            }),
            Self::Sigmoid => each(sums, slopes, |z| {
                let value = sigmoid(z);
                (value, value * (one - value))
            }),
            Self::Softplus => each(sums, slopes, softplus),
            Self::Linear => each(sums, slopes, |z| (z, one)),
        }
    }

    /// Multiplies by φ″, from the values and slopes that [`apply`](Self::apply) gave.
    pub(super) fn bend(self, values: &[Eight], slopes: &[Eight], numbers: &mut [Eight]) {
        let (one, two) = (Eight::splat(1.0), Eight::splat(2.0));
        let each = values.iter().zip(slopes).zip(numbers);
        match self {
            Self::Tanh => {
                let minus = Eight::splat(-2.0);
                each.for_each(|((value, slope), at)| *at = *at * (minus * *value * *slope));
            }
            Self::Sigmoid => {
                each.for_each(|((value, slope), at)| *at = *at * (*slope * (one - two * *value)));
            }
            // Its slope is the logistic function.
            Self::Softplus => {
                each.for_each(|((_, slope), at)| *at = *at * (*slope * (one - *slope)))
            }
            Self::Relu | Self::Linear => {
                each.for_each(|(_, at)| *at = *at * Eight::splat(0.0));
            }
        }
    }
}

#[inline(always)]
fn each(sums: &mut [Eight], slopes: &mut [Eight], f: impl Fn(Eight) -> (Eight, Eight)) {
    for (sum, slope) in sums.iter_mut().zip(slopes) {
        (*sum, *slope) = f(*sum);
    }
}

impl FromStr for HiddenActivation {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let allowed = "tanh, relu, sigmoid, softplus or linear";
        let activation = Self::ALL.into_iter().find(|activation| activation.name() == name);
        activation.ok_or(UnknownName { kind: "activation", allowed })
    }
}
