//! Products of the Hessian of a network's loss with vectors, exactly.
//!
//! The derivative of the whole gradient computation in the direction v is Hv: every number of the pass
//! gets its rate of change. Source: Pearlmutter, *Fast exact multiplication by the Hessian* (1994), who
//! calls it the R-operator.

use super::eight::Eight;
use super::lanczos::{Search, Sharpness, largest};
use super::loss::NetworkLoss;
use super::passes::{add_up, backward, fill, forward, multiply, outer};

/// The Hessian of a network's loss over all samples at given weights, as a linear function.
///
/// ```
/// use downhill::{Criterion, Hidden, HiddenActivation, Network, NetworkLoss, Sample, Samples};
///
/// // A line: the mean of (w·x + b − t)² has the Hessian 2·(x, 1)·(x, 1)ᵀ on average over the points.
/// let line = Network::new(1, Hidden::new(&[])?, HiddenActivation::Linear);
/// let samples = [0.0, 2.0].map(|x| Sample { x: [x, 0.0], target: x - 2.0 });
/// let samples = Samples::numbers(samples.to_vec()).expect("two points");
/// let mut loss = NetworkLoss::new(line, Criterion::MeanSquares, samples);
/// let mut curvatures = loss.curvatures(&[0.0, 0.0]);
/// let mut product = [0.0; 2];
/// curvatures.product(&[1.0, 0.0], &mut product);
/// assert_eq!(product, [4.0, 2.0]);
/// assert!((curvatures.sharpness(None, 1e-9).lambda - (3.0 + f64::sqrt(5.0))).abs() < 1e-12);
/// # Ok::<(), downhill::ShapeError>(())
/// ```
#[derive(Debug)]
pub struct Curvatures<'a> {
    loss: &'a NetworkLoss,
    weights: Vec<f64>,
    gradient: Vec<f64>,
    /// φ″ of each hidden layer, multiplied by the derivative of the loss by its values.
    bends: Vec<Vec<Eight>>,
    /// The rates of change of each layer's weighted sums, and of its values.
    sums: Vec<Vec<Eight>>,
    values: Vec<Vec<Eight>>,
    /// Those of the derivatives of the loss by a layer's sums, and by those of the layer before.
    deltas: Vec<Eight>,
    previous: Vec<Eight>,
}

impl NetworkLoss {
    /// The Hessian at these weights.
    pub fn curvatures(&mut self, weights: &[f64]) -> Curvatures<'_> {
        let mut gradient = vec![0.0; weights.len()];
        let mut bends = vec![Vec::new(); self.network().layers().len() - 1];
        self.prepare(weights, &mut gradient, &mut |layer, slopes| bends[layer] = slopes.to_vec());
        for (layer, bends) in bends.iter_mut().enumerate() {
            let (values, slopes) = (&self.pass.values[layer + 1], &self.pass.slopes[layer]);
            self.network().activation().bend(values, slopes, bends);
        }
        let like = |all: &[Vec<Eight>]| all.to_vec();
        Curvatures {
            weights: weights.to_vec(),
            gradient,
            bends,
            sums: like(&self.pass.deltas),
            values: like(&self.pass.slopes),
            deltas: Vec::new(),
            previous: Vec::new(),
            loss: self,
        }
    }
}

impl Curvatures<'_> {
    /// The gradient there.
    #[must_use]
    pub fn gradient(&self) -> &[f64] {
        &self.gradient
    }

    /// The product Hv.
    pub fn product(&mut self, v: &[f64], product: &mut [f64]) {
        let Self { loss, weights, bends, sums, values, deltas, previous, .. } = self;
        let (pass, layers) = (&loss.pass, loss.network().layers());
        let blocks = pass.blocks;
        for (index, layer) in layers.iter().enumerate() {
            let rates = &mut sums[index];
            fill(&v[layer.biases()], blocks, rates);
            forward(&v[layer.weights()], blocks, &pass.values[index], rates);
            if let Some(before) = index.checked_sub(1) {
                forward(&weights[layer.weights()], blocks, &values[before], rates);
            }
            if let Some(values) = values.get_mut(index) {
                values.copy_from_slice(rates);
                multiply(values, &pass.slopes[index]);
            }
        }
        product.fill(0.0);
        deltas.clear();
        if let Some(outputs) = sums.last() {
            deltas.extend_from_slice(outputs);
        }
        multiply(deltas, &pass.bends);
        for (index, layer) in layers.iter().enumerate().rev() {
            let entries = &mut product[layer.weights()];
            outer(deltas, blocks, &pass.values[index], entries);
            let Some(before) = index.checked_sub(1) else {
                add_up(deltas, blocks, &mut product[layer.biases()]);
                break;
            };
            outer(&pass.deltas[index], blocks, &values[before], entries);
            add_up(deltas, blocks, &mut product[layer.biases()]);
            previous.clear();
            previous.resize(layer.inputs * blocks, Eight::splat(0.0));
            backward(&v[layer.weights()], blocks, &pass.deltas[index], previous);
            backward(&weights[layer.weights()], blocks, deltas, previous);
            multiply(previous, &pass.slopes[before]);
            for ((rate, bend), sum) in previous.iter_mut().zip(&bends[before]).zip(&sums[before]) {
                *rate = rate.plus(*bend, *sum);
            }
            core::mem::swap(deltas, previous);
        }
    }

    /// The largest eigenvalue of the Hessian, by Lanczos's method.
    ///
    /// It ends when the residual ‖Hv − λv‖ is at most `tolerance` times the largest absolute
    /// eigenvalue known. Then an eigenvalue is that close to λ; for a λ that stands apart the error is
    /// about the square of it. `near` is a vector to begin from, such as that of the last weights.
    pub fn sharpness(&mut self, near: Option<&[f64]>, tolerance: f64) -> Sharpness {
        let count = self.weights.len();
        largest(count, &mut |v, product| self.product(v, product), near, tolerance)
    }
}

/// A search for the largest eigenvalue in slices, between which there is time for something else.
///
/// It finds what [`Curvatures::sharpness`] finds, bit for bit.
#[derive(Clone, Debug)]
pub struct SharpnessSearch {
    weights: Vec<f64>,
    search: Search,
    found: Option<Sharpness>,
}

impl SharpnessSearch {
    /// A search at these weights; `near` and `tolerance` as for [`Curvatures::sharpness`].
    #[must_use]
    pub fn new(weights: &[f64], near: Option<&[f64]>, tolerance: f64) -> Self {
        let search = Search::new(weights.len(), near, tolerance);
        Self { weights: weights.to_vec(), search, found: None }
    }

    /// The weights at which it searches.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Goes on for some products of the Hessian of this loss, the same in every slice; returns what was
    /// found once it is known. A slice costs one product more.
    pub fn advance(&mut self, loss: &mut NetworkLoss, products: usize) -> Option<&Sharpness> {
        if self.found.is_none() {
            let mut curvatures = loss.curvatures(&self.weights);
            for _ in 0..products {
                let step = self.search.step(&mut |v, product| curvatures.product(v, product));
                if step.is_some() {
                    self.found = step;
                    break;
                }
            }
        }
        self.found.as_ref()
    }
}

#[cfg(test)]
mod tests;
