//! The loss of a network over points, as a function of its weights.

use super::criterion::Criterion;
use super::eight::{Eight, WIDTH};
use super::passes::{add_up, backward, fill, forward, multiply, outer};
use super::points::Samples;
use super::shape::Network;

/// The mean error of a network over samples, with its derivatives by the weights.
///
/// The gradient comes by reverse mode, eight points at a time. It is total: weights of any size give
/// numbers, which may be infinite or NaN.
///
/// ```
/// use downhill::{Criterion, Hidden, HiddenActivation, Network, NetworkLoss, Sample, Samples};
///
/// // Without hidden layers the network is w·x + b. The loss of the line through the points is 0.
/// let line = Network::new(1, Hidden::new(&[])?, HiddenActivation::Linear);
/// let samples = [1.0, 2.0, 3.0].map(|x| Sample { x: [x, 0.0], target: 2.0 * x + 1.0 });
/// let samples = Samples::numbers(samples.to_vec()).expect("three points");
/// let mut loss = NetworkLoss::new(line, Criterion::MeanSquares, samples);
/// assert!(loss.value(&[2.0, 1.0]) < 1e-30);
/// let mut gradient = [0.0; 2];
/// let value = loss.value_and_gradient(&[2.0, 0.0], &mut gradient);
/// assert!((value - 1.0).abs() < 1e-15 && (gradient[1] + 2.0).abs() < 1e-15);
/// # Ok::<(), downhill::ShapeError>(())
/// ```
#[derive(Clone, Debug)]
pub struct NetworkLoss {
    network: Network,
    criterion: Criterion,
    samples: Samples,
    /// Whether the points in `pass` are all of the samples.
    has_all: bool,
    pub(super) pass: Pass,
}

/// What a pass through the network leaves behind, layer by layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Pass {
    /// The number of blocks of eight points.
    pub(super) blocks: usize,
    /// The inputs, the values of each hidden layer, and the output.
    pub(super) values: Vec<Vec<Eight>>,
    /// φ′ of each hidden layer.
    pub(super) slopes: Vec<Vec<Eight>>,
    /// The derivative of the loss by the weighted sums of each layer.
    pub(super) deltas: Vec<Vec<Eight>>,
    targets: Vec<Eight>,
    /// One divided by the number of points; 0 for those that fill the last block.
    shares: Vec<Eight>,
    /// The second derivative of the loss by the output.
    pub(super) bends: Vec<Eight>,
}

impl Pass {
    /// Makes room for a network and a number of points.
    fn resize(&mut self, network: &Network, points: usize) {
        let blocks = points.div_ceil(WIDTH);
        if blocks == self.blocks {
            return;
        }
        let zeros = |units: usize| vec![Eight::splat(0.0); units * blocks];
        let layers = network.layers();
        self.blocks = blocks;
        self.values = vec![zeros(network.inputs())];
        self.values.extend(layers.iter().map(|layer| zeros(layer.units)));
        self.slopes = layers[1..].iter().map(|layer| zeros(layer.inputs)).collect();
        self.deltas = layers.iter().map(|layer| zeros(layer.units)).collect();
        self.targets = zeros(1);
        self.shares = zeros(1);
        self.bends = zeros(1);
    }

    /// Takes in points; copies of the last one fill its block, so that they overflow when it does.
    fn load(&mut self, network: &Network, count: usize, point: impl Fn(usize) -> ([f64; 2], f64)) {
        self.resize(network, count);
        let share = 1.0 / count as f64;
        for block in 0..self.blocks {
            let [mut x, mut y, mut target, mut shares] = [[0.0; WIDTH]; 4];
            for lane in 0..WIDTH {
                let index = block * WIDTH + lane;
                ([x[lane], y[lane]], target[lane]) = point(index.min(count - 1));
                shares[lane] = if index < count { share } else { 0.0 };
            }
            self.values[0][block] = Eight::from(x);
            if network.inputs() == 2 {
                self.values[0][self.blocks + block] = Eight::from(y);
            }
            self.targets[block] = Eight::from(target);
            self.shares[block] = Eight::from(shares);
        }
    }

    /// Computes the values of all layers.
    fn forward(&mut self, network: &Network, weights: &[f64]) {
        for (index, layer) in network.layers().iter().enumerate() {
            let (before, after) = self.values.split_at_mut(index + 1);
            let (inputs, sums) = (&before[index], &mut after[0]);
            fill(&weights[layer.biases()], self.blocks, sums);
            forward(&weights[layer.weights()], self.blocks, inputs, sums);
            if let Some(slopes) = self.slopes.get_mut(index) {
                network.activation().apply(sums, slopes);
            }
        }
    }

    /// The loss, and its derivatives by the output.
    fn errors(&mut self, network: &Network, criterion: Criterion) -> f64 {
        let last = network.layers().len();
        let mut loss = Eight::splat(0.0);
        for block in 0..self.blocks {
            let errors = criterion.at(self.values[last][block], self.targets[block]);
            let share = self.shares[block];
            loss = loss.plus(share, errors.value);
            self.deltas[last - 1][block] = share * errors.slope;
            self.bends[block] = share * errors.bend;
        }
        loss.sum()
    }

    /// Sends the deltas back through the layers. `keep` is given the derivatives by the values of each
    /// hidden layer before the slopes come in.
    fn backward(
        &mut self,
        network: &Network,
        weights: &[f64],
        gradient: &mut [f64],
        keep: &mut dyn FnMut(usize, &[Eight]),
    ) {
        gradient.fill(0.0);
        for (index, layer) in network.layers().iter().enumerate().rev() {
            let (before, after) = self.deltas.split_at_mut(index);
            let deltas = &after[0];
            outer(deltas, self.blocks, &self.values[index], &mut gradient[layer.weights()]);
            add_up(deltas, self.blocks, &mut gradient[layer.biases()]);
            if let Some(previous) = before.last_mut() {
                previous.fill(Eight::splat(0.0));
                backward(&weights[layer.weights()], self.blocks, deltas, previous);
                keep(index - 1, previous);
                multiply(previous, &self.slopes[index - 1]);
            }
        }
    }
}

impl NetworkLoss {
    /// The most points whose outputs are computed together.
    const TOGETHER: usize = 256;

    /// The loss of this network over these samples.
    #[must_use]
    pub fn new(network: Network, criterion: Criterion, samples: Samples) -> Self {
        Self { network, criterion, samples, has_all: false, pass: Pass::default() }
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The samples.
    #[must_use]
    pub fn samples(&self) -> &Samples {
        &self.samples
    }

    fn load_all(&mut self) {
        if !self.has_all {
            let all = self.samples.list();
            self.pass.load(&self.network, all.len(), |index| (all[index].x, all[index].target));
            self.has_all = true;
        }
    }

    /// The loss at these weights.
    pub fn value(&mut self, weights: &[f64]) -> f64 {
        self.load_all();
        self.pass.forward(&self.network, weights);
        self.pass.errors(&self.network, self.criterion)
    }

    /// The loss and its gradient.
    pub fn value_and_gradient(&mut self, weights: &[f64], gradient: &mut [f64]) -> f64 {
        self.load_all();
        self.descend(weights, gradient, &mut |_, _| ())
    }

    /// The loss and its gradient over some of the samples, by their places.
    pub fn batch_value_and_gradient(
        &mut self,
        batch: &[usize],
        weights: &[f64],
        gradient: &mut [f64],
    ) -> f64 {
        let all = self.samples.list();
        if batch.len() == all.len() {
            return self.value_and_gradient(weights, gradient);
        }
        self.has_all = false;
        self.pass.load(&self.network, batch.len(), |index| {
            let sample = &all[batch[index]];
            (sample.x, sample.target)
        });
        self.descend(weights, gradient, &mut |_, _| ())
    }

    /// The gradient over all points, as a second derivative needs it.
    pub(super) fn prepare(
        &mut self,
        weights: &[f64],
        gradient: &mut [f64],
        keep: &mut dyn FnMut(usize, &[Eight]),
    ) {
        self.load_all();
        self.descend(weights, gradient, keep);
    }

    fn descend(
        &mut self,
        weights: &[f64],
        gradient: &mut [f64],
        keep: &mut dyn FnMut(usize, &[Eight]),
    ) -> f64 {
        self.pass.forward(&self.network, weights);
        let loss = self.pass.errors(&self.network, self.criterion);
        self.pass.backward(&self.network, weights, gradient, keep);
        loss
    }

    /// The share of the samples on whose side of 0 the output is; `None` if the targets are numbers.
    pub fn accuracy(&mut self, weights: &[f64]) -> Option<f64> {
        if !self.samples.has_classes() {
            return None;
        }
        self.load_all();
        self.pass.forward(&self.network, weights);
        let outputs = self.pass.values.last()?;
        let all = self.samples.list();
        let mut right = 0_u32;
        for (block, samples) in outputs.iter().zip(all.chunks(WIDTH)) {
            for (output, sample) in block.to_array().iter().zip(samples) {
                right += u32::from((*output >= 0.0) == (sample.target > 0.0));
            }
        }
        Some(f64::from(right) / all.len() as f64)
    }

    /// The network's outputs at any points, such as the places of a map.
    pub fn outputs(&mut self, weights: &[f64], points: &[[f64; 2]]) -> Vec<f64> {
        self.has_all = false;
        let mut outputs = Vec::with_capacity(points.len());
        for points in points.chunks(Self::TOGETHER) {
            self.pass.load(&self.network, points.len(), |index| (points[index], 0.0));
            self.pass.forward(&self.network, weights);
            for (place, _) in points.iter().enumerate() {
                let last = self.network.layers().len();
                outputs.push(self.pass.values[last][place / WIDTH].to_array()[place % WIDTH]);
            }
        }
        outputs
    }
}

#[cfg(test)]
mod tests;
