//! How the weights of a network begin.

use core::fmt;
use std::str::FromStr;

use super::Network;
use crate::numbers::{plain, shortest};
use crate::random::{Random, RandomUse};

/// The distribution of the first weights: normal with mean 0, and biases that are 0.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Init {
    /// Variance 1/fan-in. Source: LeCun, Bottou, Orr, Müller, *Efficient BackProp* (1998).
    #[default]
    LeCun,
    /// Variance 2/(fan-in + fan-out). Source: Glorot, Bengio (2010).
    Xavier,
    /// Variance 2/fan-in, for ReLU. Source: He et al., *Delving deep into rectifiers* (2015).
    He,
    /// LeCun's, with a standard deviation so many times as large.
    Scale(
        /// The factor, finite and at least 0.
        f64,
    ),
}

impl Init {
    /// The named ones.
    pub const NAMED: [Self; 3] = [Self::LeCun, Self::Xavier, Self::He];

    /// Its name, or `scale`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeCun => "lecun",
            Self::Xavier => "xavier",
            Self::He => "he",
            Self::Scale(_) => "scale",
        }
    }

    /// The standard deviation of the weights of a layer.
    fn deviation(self, fan_in: usize, fan_out: usize) -> f64 {
        let (inward, outward) = (fan_in as f64, fan_out as f64);
        match self {
            Self::LeCun => (1.0 / inward).sqrt(),
            Self::Xavier => (2.0 / (inward + outward)).sqrt(),
            Self::He => (2.0 / inward).sqrt(),
            Self::Scale(factor) => factor * (1.0 / inward).sqrt(),
        }
    }
}

impl FromStr for Init {
    type Err = InitError;

    /// A name, or the factor of [`Scale`](Self::Scale).
    fn from_str(text: &str) -> Result<Self, InitError> {
        let named = Self::NAMED.into_iter().find(|init| init.name() == text);
        let scale = || plain(text).filter(|factor| *factor >= 0.0).map(Self::Scale);
        named.or_else(scale).ok_or(InitError)
    }
}

impl fmt::Display for Init {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scale(factor) => f.write_str(&shortest(*factor)),
            _ => f.write_str(self.name()),
        }
    }
}

/// The error for text that is no way to begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InitError;

impl InitError {
    /// What is allowed instead, to be read after a parameter's name and the text given.
    #[must_use]
    pub const fn allowed(self) -> &'static str {
        "lecun, xavier, he, or a number of at least 0 that scales lecun's"
    }
}

impl fmt::Display for InitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no such init; expected ")?;
        f.write_str(self.allowed())
    }
}

impl core::error::Error for InitError {}

impl Network {
    /// The weights to begin with, layer by layer. Another `init` scales them; another seed draws others.
    #[must_use]
    pub fn start(&self, init: Init, seed: u32) -> Vec<f64> {
        let mut random = Random::new(seed, RandomUse::Weights);
        let mut weights = vec![0.0; self.parameters()];
        for layer in self.layers() {
            let deviation = init.deviation(layer.inputs, layer.units);
            for weight in &mut weights[layer.weights()] {
                *weight = deviation * random.normal();
            }
        }
        weights
    }
}
