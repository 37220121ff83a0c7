//! The deep chain: the size of the gradient after many layers.
//!
//! The chain rule multiplies one factor per layer, so a factor slightly below 1 makes the gradient
//! vanish and one slightly above 1 makes it explode. Source: Hochreiter, *Untersuchungen zu
//! dynamischen neuronalen Netzen* (1991); Glorot, Bengio, *Understanding the difficulty of training
//! deep feedforward neural networks* (2010).

use std::str::FromStr;

use crate::names::UnknownName;
use crate::random::{Random, RandomUse};
use crate::scalar::Scalar;

/// The number of units per layer.
const WIDTH: usize = 32;
/// Keeps layer normalization finite; PyTorch's default.
const EPSILON: f64 = 1e-5;

type Layer = [f64; WIDTH];

/// The activation function of a unit, applied to its weighted sum z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Activation {
    /// 1/(1 + e⁻ᶻ), slope at most ¼.
    #[default]
    Sigmoid,
    /// tanh z, slope at most 1.
    Tanh,
    /// max(z, 0), slope 0 or 1; 0 at the kink.
    Relu,
    /// z itself, slope 1.
    Linear,
}

impl Activation {
    /// Every activation, in the order of the lesson.
    pub const ALL: [Self; 4] = [Self::Sigmoid, Self::Tanh, Self::Relu, Self::Linear];

    /// `sigmoid`, `tanh`, `relu` or `linear`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sigmoid => "sigmoid",
            Self::Tanh => "tanh",
            Self::Relu => "relu",
            Self::Linear => "linear",
        }
    }

    /// The value and the derivative at z.
    fn at(self, z: f64) -> (f64, f64) {
        match self {
            Self::Sigmoid => {
                // The exponential of a negative number cannot overflow.
                let small = Scalar::exp(-z.abs());
                let value = if z >= 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) };
                (value, small / ((1.0 + small) * (1.0 + small)))
            }
            Self::Tanh => {
                let value = Scalar::tanh(z);
                (value, 1.0 - value * value)
            }
            Self::Relu if z > 0.0 => (z, 1.0),
            // A product, so that NaN stays NaN.
            Self::Relu => (z * 0.0, 0.0),
            Self::Linear => (z, 1.0),
        }
    }
}

impl FromStr for Activation {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let allowed = "sigmoid, tanh, relu or linear";
        let activation = Self::ALL.into_iter().find(|activation| activation.name() == name);
        activation.ok_or(UnknownName { kind: "activation", allowed })
    }
}

/// How depth affects the gradient, from the ratio of its norms at the first and last layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradientFlow {
    /// Below 1/[`BAND`](Self::BAND): the first layers hardly learn.
    Vanishing,
    /// Within a factor of [`BAND`](Self::BAND): layers learn at a similar pace.
    Healthy,
    /// Above [`BAND`](Self::BAND), or not a number: no learning rate suits all layers.
    Exploding,
}

impl GradientFlow {
    /// The largest factor between the gradients of two layers that one learning rate still suits. It is
    /// a convention: with α a hundredth of what the larger one allows, a run takes a hundred times as
    /// many steps.
    pub const BAND: f64 = 100.0;

    /// `vanishing`, `healthy` or `exploding`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vanishing => "vanishing",
            Self::Healthy => "healthy",
            Self::Exploding => "exploding",
        }
    }

    fn of(first: f64, last: f64) -> Self {
        if Self::BAND * first < last {
            Self::Vanishing
        } else if first <= Self::BAND * last {
            Self::Healthy
        } else {
            Self::Exploding
        }
    }
}

/// A chain of fully connected layers, 32 units each, with random weights.
///
/// With activation φ, layer l computes aₗ = φ(Wₗ·aₗ₋₁). With `skip` it adds its input, aₗ = aₗ₋₁ +
/// φ(Wₗ·aₗ₋₁) (He et al., 2016). With `norm` the result, after any skip connection, is shifted and
/// scaled to mean 0 and variance 1 over the units (Ba, Kiros, Hinton, *Layer normalization*, 2016,
/// without gain and bias). The weights are normal with standard deviation `weight_scale`/√32, the
/// input a₀ is standard normal, and the loss is f = c·aₙ with a random unit vector c. The same seed
/// gives the same directions at every weight scale.
///
/// ```
/// use downhill::{Activation, DeepNetwork, GradientFlow};
///
/// let chain = DeepNetwork::default();
/// assert_eq!((chain.depth, chain.activation), (20, Activation::Sigmoid));
/// assert_eq!(chain.run().flow, GradientFlow::Vanishing);
/// assert_eq!(DeepNetwork { norm: true, ..chain }.run().flow, GradientFlow::Healthy);
/// assert_eq!(DeepNetwork { skip: true, ..chain }.run().flow, GradientFlow::Healthy);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DeepNetwork {
    /// The number of layers, clamped to 1 … [`DeepNetwork::MAX_DEPTH`].
    pub depth: usize,
    /// The activation of every unit.
    pub activation: Activation,
    /// The scale of the weights. On average a linear chain preserves the gradient norm at 1, a ReLU
    /// chain at √2.
    pub weight_scale: f64,
    /// Whether each layer adds its input to its output.
    pub skip: bool,
    /// Whether each layer normalises its output.
    pub norm: bool,
    /// The seed of the weights, the input and c.
    pub seed: u32,
}

impl Default for DeepNetwork {
    fn default() -> Self {
        Self {
            depth: 20,
            activation: Activation::Sigmoid,
            weight_scale: 1.0,
            skip: false,
            norm: false,
            seed: 1,
        }
    }
}

/// The result of one forward and backward pass through a [`DeepNetwork`].
#[derive(Clone, Debug, PartialEq)]
pub struct BackwardPass {
    /// ‖∂f/∂aₗ‖ for l = 1 … n. The last is 1.
    pub gradients: Vec<f64>,
    /// ‖aₗ‖/√32, the root mean square of the units' values, for l = 1 … n.
    pub activations: Vec<f64>,
    /// How depth affects the gradient.
    pub flow: GradientFlow,
}

impl BackwardPass {
    /// The factor by which each layer changes the gradient norm, as a geometric mean.
    ///
    /// 1 for a single layer; 0, infinite or NaN if the gradient leaves the range of `f64`.
    #[must_use]
    pub fn factor(&self) -> f64 {
        match (self.gradients.first(), self.gradients.len()) {
            (Some(first), layers @ 2..) => {
                #[expect(clippy::cast_precision_loss, reason = "at most MAX_DEPTH")]
                let steps = (layers - 1) as f64;
                Scalar::powf(*first, 1.0 / steps)
            }
            _ => 1.0,
        }
    }
}

/// What the backward pass needs of a layer.
struct LayerCache {
    weights: Vec<Layer>,
    slopes: Layer,
    normalised: Layer,
    deviation: f64,
}

impl DeepNetwork {
    /// The largest number of layers.
    pub const MAX_DEPTH: usize = 200;

    /// Runs one forward and one backward pass.
    ///
    /// Total: every weight scale gives a verdict.
    #[must_use]
    pub fn run(&self) -> BackwardPass {
        let depth = self.depth.clamp(1, Self::MAX_DEPTH);
        let mut random = Random::new(self.seed, RandomUse::Weights);
        let mut at: Layer = core::array::from_fn(|_| random.normal());
        let direction: Layer = core::array::from_fn(|_| random.normal());
        let length = size(&direction);

        let mut activations = Vec::with_capacity(depth);
        let mut layers = Vec::with_capacity(depth);
        for _ in 0..depth {
            let layer = self.forward(&mut at, &mut random);
            layers.push(layer);
            activations.push(size(&at) / f64::from(WIDTH_U8).sqrt());
        }

        let mut gradient = direction.map(|c| c / length);
        let mut gradients = vec![0.0; depth];
        for (layer, recorded) in layers.iter().zip(&mut gradients).rev() {
            *recorded = size(&gradient);
            gradient = self.backward(layer, gradient);
        }
        let verdict = GradientFlow::of(gradients[0], gradients[depth - 1]);
        BackwardPass { gradients, activations, flow: verdict }
    }

    /// Propagates the values through one layer with new weights.
    fn forward(&self, at: &mut Layer, random: &mut Random) -> LayerCache {
        let scale = self.weight_scale / f64::from(WIDTH_U8).sqrt();
        let weights: Vec<Layer> =
            (0..WIDTH).map(|_| core::array::from_fn(|_| scale * random.normal())).collect();
        let mut slopes = [0.0; WIDTH];
        let mut out = [0.0; WIDTH];
        for (unit, row) in weights.iter().enumerate() {
            let z = row.iter().zip(at.iter()).map(|(w, a)| w * a).sum();
            let (value, slope) = self.activation.at(z);
            slopes[unit] = slope;
            out[unit] = if self.skip { at[unit] + value } else { value };
        }
        let mut deviation = 1.0;
        if self.norm {
            let centre = mean(&out);
            out = out.map(|value| value - centre);
            deviation = (mean(&out.map(|value| value * value)) + EPSILON).sqrt();
            out = out.map(|value| value / deviation);
        }
        *at = out;
        LayerCache { weights, slopes, normalised: out, deviation }
    }

    /// Propagates ∂f/∂aₗ back through the layer to ∂f/∂aₗ₋₁.
    fn backward(&self, layer: &LayerCache, mut gradient: Layer) -> Layer {
        if self.norm {
            let n = &layer.normalised;
            let centre = mean(&gradient);
            let along = mean(&core::array::from_fn(|i| gradient[i] * n[i]));
            gradient =
                core::array::from_fn(|i| (gradient[i] - centre - n[i] * along) / layer.deviation);
        }
        let mut back = if self.skip { gradient } else { [0.0; WIDTH] };
        for ((row, slope), g) in layer.weights.iter().zip(&layer.slopes).zip(&gradient) {
            let through = slope * g;
            for (b, w) in back.iter_mut().zip(row) {
                *b += w * through;
            }
        }
        back
    }
}

/// The number of units in a type that converts to `f64` without loss.
#[expect(clippy::cast_possible_truncation, reason = "32 fits")]
const WIDTH_U8: u8 = WIDTH as u8;

fn mean(layer: &Layer) -> f64 {
    layer.iter().sum::<f64>() / f64::from(WIDTH_U8)
}

fn size(layer: &Layer) -> f64 {
    layer.iter().map(|value| value * value).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(activation: Activation, weight_scale: f64) -> DeepNetwork {
        DeepNetwork { activation, weight_scale, ..DeepNetwork::default() }
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        // The forward pass shares no code with the backward pass: compare with finite differences
        // of the input.
        for (skip, norm) in [(false, false), (true, false), (false, true), (true, true)] {
            let chain = DeepNetwork { skip, norm, depth: 3, ..chain(Activation::Tanh, 1.3) };
            let mut random = Random::new(1, RandomUse::Weights);
            let start: Layer = core::array::from_fn(|_| random.normal());
            let direction: Layer = core::array::from_fn(|_| random.normal());
            let loss = |start: Layer| {
                let mut random = random.clone();
                let mut at = start;
                let layers: Vec<_> = (0..3).map(|_| chain.forward(&mut at, &mut random)).collect();
                (at.iter().zip(direction).map(|(a, c)| a * c).sum::<f64>(), layers)
            };
            let gradient =
                loss(start).1.iter().rev().fold(direction, |g, layer| chain.backward(layer, g));
            for unit in [0, 17, 31] {
                let moved = |by: f64| {
                    let mut start = start;
                    start[unit] += by;
                    loss(start).0
                };
                let difference = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                assert!((gradient[unit] - difference).abs() < 1e-8, "{skip} {norm} {unit}");
            }
        }
    }

    #[test]
    fn the_verdicts_of_the_lesson() {
        use Activation::{Linear, Relu, Sigmoid, Tanh};
        use GradientFlow::{Exploding, Healthy, Vanishing};
        let root2 = core::f64::consts::SQRT_2;
        for (activation, scale, verdict) in [
            (Sigmoid, 1.0, Vanishing),
            (Sigmoid, 2.0, Vanishing),
            (Tanh, 1.0, Healthy),
            (Tanh, 0.5, Vanishing),
            (Relu, 0.7, Vanishing),
            (Relu, root2, Healthy),
            (Relu, 2.5, Exploding),
            (Linear, 0.5, Vanishing),
            (Linear, 1.0, Healthy),
            (Linear, 2.0, Exploding),
        ] {
            for seed in 0..6 {
                let run = DeepNetwork { seed, ..chain(activation, scale) }.run();
                assert_eq!(run.flow, verdict, "{activation:?} {scale} {seed}: {:?}", run.gradients);
            }
        }
        // With the remedies, no activation vanishes or explodes at the usual weight scales; from 2 on
        // tanh, normalized, grows by more than the band.
        for activation in Activation::ALL {
            for seed in 0..6 {
                for scale in [0.5, 1.0, root2] {
                    let run = DeepNetwork { norm: true, seed, ..chain(activation, scale) }.run();
                    assert_eq!(
                        run.flow, Healthy,
                        "{activation:?} {scale} {seed}: {:?}",
                        run.gradients
                    );
                }
                let run = DeepNetwork { skip: true, seed, ..chain(activation, 0.5) }.run();
                assert_eq!(run.flow, Healthy, "{activation:?} {seed}: {:?}", run.gradients);
            }
        }
    }

    #[test]
    fn a_sigmoid_takes_three_quarters_a_layer() {
        let factor = chain(Activation::Sigmoid, 1.0).run().factor();
        assert!(factor > 0.15 && factor < 0.25, "{factor}");
        assert_eq!(DeepNetwork { depth: 1, ..DeepNetwork::default() }.run().factor(), 1.0);
    }

    #[test]
    fn every_setting_gets_a_verdict() {
        for activation in Activation::ALL {
            assert_eq!(activation.name().parse::<Activation>(), Ok(activation));
            for (skip, norm) in [(false, false), (true, false), (false, true), (true, true)] {
                for weight_scale in [0.0, -1.0, 1e-300, 1e300, f64::INFINITY, f64::NAN] {
                    let chain =
                        DeepNetwork { depth: 9, skip, norm, ..chain(activation, weight_scale) };
                    assert_eq!(chain.run().gradients.len(), 9);
                    let run = DeepNetwork { depth: 0, ..chain }.run();
                    assert_eq!((run.gradients.len(), run.flow), (1, GradientFlow::Healthy));
                }
            }
        }
        let deepest = DeepNetwork { depth: 9999, ..DeepNetwork::default() }.run();
        assert_eq!(deepest.gradients.len(), DeepNetwork::MAX_DEPTH);
        assert_eq!(chain(Activation::Linear, 0.0).run().flow, GradientFlow::Vanishing);
        assert_eq!(chain(Activation::Linear, 1e300).run().flow, GradientFlow::Exploding);
        assert_eq!(chain(Activation::Sigmoid, f64::NAN).run().flow, GradientFlow::Exploding);
    }
}
