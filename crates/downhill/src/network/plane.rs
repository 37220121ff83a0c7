//! Planes through the weights, on which the hill can be looked at.

use std::str::FromStr;

use super::loss::NetworkLoss;
use super::shape::Network;
use super::symmetric::eigen;
use crate::names::UnknownName;
use crate::random::{Random, RandomUse};
use crate::scalar::Scalar;
use crate::vector::{dot_of, norm_of};

/// Which plane through the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PlaneKind {
    /// The two main directions of the walk.
    #[default]
    Walk,
    /// The sharpest direction and the gradient.
    Sharpest,
    /// Two random directions, normalized filter by filter.
    Random,
}

impl PlaneKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Walk, Self::Sharpest, Self::Random];

    /// `walk`, `sharpest` or `random`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Sharpest => "sharpest",
            Self::Random => "random",
        }
    }
}

impl FromStr for PlaneKind {
    type Err = UnknownName;

    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let kind = Self::ALL.into_iter().find(|kind| kind.name() == name);
        kind.ok_or(UnknownName { kind: "plane", allowed: "walk, sharpest or random" })
    }
}

/// A plane through the weights of a network: the point with the coordinates (a, b) is
/// origin + a·u + b·v, where u and v are at right angles.
///
/// ```
/// use downhill::LossPlane;
///
/// // A walk along the first axis, with a little of the second.
/// let walk = [[4.0, 0.0, 0.0], [3.0, 0.5, 0.0], [2.0, -0.5, 0.0], [0.0, 0.0, 0.0]];
/// let walk: Vec<&[f64]> = walk.iter().map(|weights| &weights[..]).collect();
/// let plane = LossPlane::of_walk(&walk, &[0.0; 3]);
/// let [a, b] = plane.coordinates(&[4.0, 0.0, 7.0]);
/// assert!((a - 4.0).abs() < 0.1 && b.abs() < 0.2);
/// assert!((plane.share(&walk) - 1.0).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct LossPlane {
    origin: Vec<f64>,
    /// Unit vectors at right angles.
    axes: [Vec<f64>; 2],
    /// The lengths of u and v.
    units: [f64; 2],
}

impl LossPlane {
    /// The plane of the main directions of a walk as seen from `origin`: those in which its points are
    /// farthest from there, by principal component analysis.
    ///
    /// Source: Li, Xu, Taylor, Studer, Goldstein, *Visualizing the loss landscape of neural nets* (2018),
    /// section 7, who take the last weights as the origin too.
    #[must_use]
    pub fn of_walk(walk: &[&[f64]], origin: &[f64]) -> Self {
        let away: Vec<Vec<f64>> = walk.iter().map(|weights| difference(weights, origin)).collect();
        let n = away.len();
        let mut products = vec![0.0; n * n];
        for i in 0..n {
            for j in 0..=i {
                let product = dot_of(&away[i], &away[j]);
                products[i * n + j] = product;
                products[j * n + i] = product;
            }
        }
        let (values, vectors) = eigen(products, n);
        let main = |other: Option<usize>| {
            let places = (0..n).filter(|place| Some(*place) != other);
            places.reduce(|best, place| if values[place] > values[best] { place } else { best })
        };
        let first = main(None);
        let directions = [first, first.and_then(|_| main(first))].map(|place| {
            let mut direction = vec![0.0; origin.len()];
            // A value that is a rounding error of the largest has no direction.
            let least = 1e-12 * first.map_or(0.0, |first| values[first]);
            if let Some(place) = place.filter(|place| values[*place] > least) {
                for (share, away) in vectors[place * n..(place + 1) * n].iter().zip(&away) {
                    add(&mut direction, *share, away);
                }
            }
            // The walk begins on the positive side.
            if away.first().is_some_and(|start| dot_of(start, &direction) < 0.0) {
                direction.iter_mut().for_each(|entry| *entry = -*entry);
            }
            direction
        });
        Self::new(origin, directions, [1.0; 2])
    }

    /// The plane of the sharpest direction and of the gradient, both at `origin`.
    #[must_use]
    pub fn of_sharpest(sharpest: &[f64], gradient: &[f64], origin: &[f64]) -> Self {
        Self::new(origin, [sharpest.to_vec(), gradient.to_vec()], [1.0; 2])
    }

    /// The plane of two random directions in which the weights of each unit are as long as at `origin`;
    /// biases stay. There the coordinates count lengths of the weights.
    ///
    /// Source: Li et al. (2018), section 4, with a unit's incoming weights as a filter.
    #[must_use]
    pub fn random(network: &Network, origin: &[f64], seed: u32) -> Self {
        let mut random = Random::new(seed, RandomUse::Directions);
        let mut direction = || {
            let mut direction = vec![0.0; origin.len()];
            for layer in network.layers() {
                let places = layer.weights();
                let rows = direction[places.clone()].chunks_mut(layer.inputs);
                for (row, weights) in rows.zip(origin[places].chunks(layer.inputs)) {
                    row.iter_mut().for_each(|entry| *entry = random.normal());
                    let factor = norm_of(weights) / norm_of(row);
                    row.iter_mut().for_each(|entry| *entry *= factor);
                }
            }
            direction
        };
        let directions = [direction(), direction()];
        let units = [norm_of(&directions[0]), norm_of(&directions[1])];
        Self::new(origin, directions, units)
    }

    fn new(origin: &[f64], directions: [Vec<f64>; 2], units: [f64; 2]) -> Self {
        let [mut first, mut second] = directions;
        unit(&mut first, None);
        unit(&mut second, Some(&first));
        let units = units.map(|unit| if unit > 0.0 && unit.is_finite() { unit } else { 1.0 });
        Self { origin: origin.to_vec(), axes: [first, second], units }
    }

    /// The weights at a point of the plane.
    #[must_use]
    pub fn at(&self, coordinates: [f64; 2]) -> Vec<f64> {
        let mut weights = self.origin.clone();
        for ((axis, unit), coordinate) in self.axes.iter().zip(self.units).zip(coordinates) {
            add(&mut weights, unit * coordinate, axis);
        }
        weights
    }

    /// The coordinates of the point of the plane next to these weights.
    #[must_use]
    pub fn coordinates(&self, weights: &[f64]) -> [f64; 2] {
        let away = difference(weights, &self.origin);
        [0, 1].map(|axis| dot_of(&self.axes[axis], &away) / self.units[axis])
    }

    /// The share of a walk that the plane holds: of the squares of its distances from the origin, from 0
    /// to 1. A walk that stays at the origin is held.
    #[must_use]
    pub fn share(&self, walk: &[&[f64]]) -> f64 {
        let [mut held, mut all] = [0.0; 2];
        for weights in walk {
            let away = difference(weights, &self.origin);
            all += dot_of(&away, &away);
            for axis in &self.axes {
                let along = dot_of(axis, &away);
                held += along * along;
            }
        }
        if all > 0.0 { Scalar::min(held / all, 1.0) } else { 1.0 }
    }

    /// How far a walk goes from the origin along each axis, in coordinates.
    #[must_use]
    pub fn reach(&self, walk: &[&[f64]]) -> [f64; 2] {
        let mut reach = [0.0; 2];
        for weights in walk {
            for (reach, coordinate) in reach.iter_mut().zip(self.coordinates(weights)) {
                *reach = Scalar::max(coordinate.abs(), *reach);
            }
        }
        reach
    }

    /// The losses at some points of the plane, as many at a time as fit between two frames.
    pub fn losses(&self, loss: &mut NetworkLoss, points: &[[f64; 2]]) -> Vec<f64> {
        points.iter().map(|point| loss.value(&self.at(*point))).collect()
    }
}

fn difference(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

fn add(sum: &mut [f64], factor: f64, vector: &[f64]) {
    for (sum, entry) in sum.iter_mut().zip(vector) {
        *sum += factor * entry;
    }
}

/// Makes a unit vector of what is at right angles to another one, or of any vector if there is nothing.
fn unit(vector: &mut [f64], other: Option<&[f64]>) {
    let size = norm_of(vector);
    let mut random = Random::new(1, RandomUse::Directions);
    loop {
        // Twice, since what remains may be small.
        for _ in 0..2 {
            if let Some(other) = other {
                let along = dot_of(vector, other);
                add(vector, -along, other);
            }
        }
        let left = norm_of(vector);
        if left > 1e-9 * size && left.is_finite() {
            vector.iter_mut().for_each(|entry| *entry /= left);
            return;
        }
        if vector.len() < 2 && other.is_some() {
            vector.fill(0.0);
            return;
        }
        vector.iter_mut().for_each(|entry| *entry = random.normal());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{
        Criterion, Hidden, HiddenActivation, Init, NetworkData, Training, TrainingConfig,
    };

    fn trained() -> Training {
        let network = Network::new(2, Hidden::new(&[6, 5]).unwrap(), HiddenActivation::Tanh);
        let start = network.start(Init::LeCun, 4);
        let points = NetworkData::Moons.draw(40, 0.1, 4).train;
        let loss = NetworkLoss::new(network, Criterion::MeanSquares, points);
        let mut training = Training::new(loss, None, start, TrainingConfig::default()).unwrap();
        training.advance(400);
        training
    }

    fn check(plane: &LossPlane, origin: &[f64]) {
        let [a, b] = plane.coordinates(&plane.at([0.7, -1.3]));
        assert!((a - 0.7).abs() < 1e-12 && (b + 1.3).abs() < 1e-12);
        assert_eq!(plane.coordinates(origin), [0.0, 0.0]);
        assert!(dot_of(&plane.axes[0], &plane.axes[1]).abs() < 1e-12);
    }

    #[test]
    fn the_main_directions_hold_most_of_the_walk() {
        let mut training = trained();
        let origin = training.weights().to_vec();
        let kept = training.walk().into_iter().map(|known| known.weights().to_vec());
        let kept: Vec<Vec<f64>> = kept.collect();
        let walk: Vec<&[f64]> = kept.iter().map(|weights| &weights[..]).collect();
        assert!(walk.len() > 20);
        let main = LossPlane::of_walk(&walk, &origin);
        check(&main, &origin);
        let held = main.share(&walk);
        assert!((0.8..=1.0).contains(&held), "{held}");
        assert!(main.coordinates(walk[0])[0] > 0.0 && main.reach(&walk)[0] > main.reach(&walk)[1]);

        let gradient = training.gradient().1.to_vec();
        let loss = training.loss_mut();
        let sharpest = loss.curvatures(&origin).sharpness(None, 1e-6);
        let steep = LossPlane::of_sharpest(&sharpest.vector, &gradient, &origin);
        let random = LossPlane::random(loss.network(), &origin, 1);
        for other in [&steep, &random] {
            check(other, &origin);
            assert!(other.share(&walk) < held);
        }
        // Along the sharpest direction the loss bends by λ.
        let step = 1e-3;
        let around = steep.losses(loss, &[[-step, 0.0], [0.0, 0.0], [step, 0.0]]);
        let bend = (around[0] - 2.0 * around[1] + around[2]) / (step * step);
        assert!((bend / sharpest.lambda - 1.0).abs() < 1e-3, "{bend} and {}", sharpest.lambda);
    }

    /// Each unit's part of a random direction is as long as the unit's weights.
    #[test]
    fn random_directions_are_normalized_by_filters() {
        let mut training = trained();
        let origin = training.weights().to_vec();
        let network = training.loss_mut().network().clone();
        let plane = LossPlane::random(&network, &origin, 7);
        let moved = plane.at([1.0, 0.0]);
        for layer in network.layers() {
            let rows = origin[layer.weights()].chunks(layer.inputs);
            for (row, moved) in rows.zip(moved[layer.weights()].chunks(layer.inputs)) {
                let ratio = norm_of(&difference(moved, row)) / norm_of(row);
                assert!((ratio - 1.0).abs() < 1e-12, "{ratio}");
            }
            assert_eq!(origin[layer.biases()], moved[layer.biases()]);
        }
    }

    #[test]
    fn walks_without_directions_have_a_plane_too() {
        let still = [1.0, 2.0, 3.0];
        let plane = LossPlane::of_walk(&[&still], &still);
        check(&plane, &still);
        assert_eq!((plane.share(&[&still]), plane.reach(&[&still])), (1.0, [0.0; 2]));
        let straight = LossPlane::of_walk(&[&[2.0, 2.0, 3.0], &still], &still);
        check(&straight, &still);
        assert!((straight.share(&[&[5.0, 2.0, 3.0]]) - 1.0).abs() < 1e-12);
        check(&LossPlane::of_walk(&[], &still), &still);
        check(&LossPlane::of_sharpest(&[0.0; 3], &[0.0; 3], &still), &still);
        for kind in PlaneKind::ALL {
            assert_eq!(kind.name().parse(), Ok(kind));
        }
    }
}
