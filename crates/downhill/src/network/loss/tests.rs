//! Tests of the loss of a network and its gradient.

use proptest::prelude::*;

use super::*;
use crate::network::{Hidden, HiddenActivation, Init, NetworkData, Sample};

fn loss_of(
    hidden: &[usize],
    activation: HiddenActivation,
    criterion: Criterion,
    count: usize,
) -> NetworkLoss {
    let network = Network::new(2, Hidden::new(hidden).unwrap(), activation);
    NetworkLoss::new(network, criterion, NetworkData::Moons.draw(count, 0.2, 3).train)
}

/// The loss computed point by point, as in a textbook, over any scalar.
fn textbook(loss: &NetworkLoss, weights: &[f64]) -> f64 {
    let mut total = 0.0;
    for sample in loss.samples().list() {
        let mut values = sample.x[..loss.network().inputs()].to_vec();
        let layers = loss.network().layers();
        for (index, layer) in layers.iter().enumerate() {
            let matrix = &weights[layer.weights()];
            let mut next = weights[layer.biases()].to_vec();
            for (unit, sum) in next.iter_mut().enumerate() {
                for (input, value) in values.iter().enumerate() {
                    *sum += matrix[unit * layer.inputs + input] * value;
                }
                if index + 1 < layers.len() {
                    *sum = match loss.network().activation() {
                        HiddenActivation::Tanh => libm::tanh(*sum),
                        HiddenActivation::Relu => crate::Scalar::max(*sum, 0.0),
                        HiddenActivation::Sigmoid => 1.0 / (1.0 + libm::exp(-*sum)),
                        HiddenActivation::Softplus => libm::log1p(libm::exp(*sum)),
                        HiddenActivation::Linear => *sum,
                    };
                }
            }
            values = next;
        }
        total += match loss.criterion {
            Criterion::MeanSquares => (values[0] - sample.target) * (values[0] - sample.target),
            Criterion::Logistic => libm::log1p(libm::exp(-values[0] * sample.target)),
        };
    }
    total / loss.samples().list().len() as f64
}

proptest! {
    #[test]
    fn losses_are_those_of_the_textbook_and_gradients_of_differences(
        activation in 0_usize..5, criterion in 0_usize..2, shape in 0_usize..4,
        count in 2_usize..30, seed in 0_u32..1000,
    ) {
        let activation = HiddenActivation::ALL[activation];
        let hidden = [&[][..], &[3], &[4, 2], &[3, 5, 4, 2]][shape];
        let mut loss = loss_of(hidden, activation, Criterion::ALL[criterion], count);
        let weights = loss.network().start(Init::Scale(1.3), seed);
        let direction = loss.network().start(Init::Scale(0.7), seed + 1);
        let mut gradient = vec![0.0; weights.len()];
        let value = loss.value_and_gradient(&weights, &mut gradient);
        let expected = textbook(&loss, &weights);
        prop_assert!((value - expected).abs() <= 1e-13 * (1.0 + expected));
        prop_assert_eq!(value.to_bits(), loss.value(&weights).to_bits());
        let along = |h: f64| -> Vec<f64> {
            weights.iter().zip(&direction).map(|(w, d)| w + h * d).collect()
        };
        let h = 1e-5;
        let difference = (loss.value(&along(h)) - loss.value(&along(-h))) / (2.0 * h);
        let slope: f64 = gradient.iter().zip(&direction).map(|(g, d)| g * d).sum();
        // A kink of ReLU may lie between the two points.
        let allowed = if activation == HiddenActivation::Relu { 1e-3 } else { 1e-7 };
        prop_assert!((slope - difference).abs() <= allowed * (1.0 + slope.abs()), "{} {}", slope, difference);
    }

    #[test]
    fn the_mean_over_batches_is_the_whole(seed in 0_u32..1000, size in 1_usize..9) {
        let mut loss = loss_of(&[5, 3], HiddenActivation::Tanh, Criterion::Logistic, 18);
        let weights = loss.network().start(Init::LeCun, seed);
        let mut whole = vec![0.0; weights.len()];
        let value = loss.value_and_gradient(&weights, &mut whole);
        let (mut sum, mut mean) = (vec![0.0; weights.len()], 0.0);
        let places: Vec<usize> = (0..18).rev().collect();
        let mut part = vec![0.0; weights.len()];
        for batch in places.chunks(size) {
            let share = batch.len() as f64 / 18.0;
            mean += share * loss.batch_value_and_gradient(batch, &weights, &mut part);
            sum.iter_mut().zip(&part).for_each(|(sum, part)| *sum += share * part);
        }
        prop_assert!((mean - value).abs() < 1e-14);
        for (sum, whole) in sum.iter().zip(&whole) {
            prop_assert!((sum - whole).abs() < 1e-14);
        }
        // What was loaded for a batch does not stay.
        prop_assert_eq!(value.to_bits(), loss.value(&weights).to_bits());
    }
}

#[test]
fn outputs_and_accuracy_agree() {
    let mut loss = loss_of(&[6], HiddenActivation::Softplus, Criterion::Logistic, 37);
    let weights = loss.network().start(Init::He, 2);
    let samples = loss.samples().list().to_vec();
    let places: Vec<[f64; 2]> = samples.iter().map(|sample| sample.x).collect();
    let outputs = loss.outputs(&weights, &places);
    let right = outputs.iter().zip(&samples).filter(|(f, s)| (**f >= 0.0) == (s.target > 0.0));
    let right = right.count() as f64 / 37.0;
    assert_eq!(loss.accuracy(&weights), Some(right));
    // A map of more points than are computed together.
    let many: Vec<[f64; 2]> = places.iter().copied().cycle().take(600).collect();
    let again = loss.outputs(&weights, &many);
    assert!(again.len() == 600 && again[37 * 9 + 5] == outputs[5]);
}

#[test]
fn numbers_are_learned_from_one_input_and_have_no_accuracy() {
    let network = Network::new(1, Hidden::new(&[3]).unwrap(), HiddenActivation::Tanh);
    let samples = NetworkData::Sine.draw(20, 0.0, 1).train;
    let mut loss = NetworkLoss::new(network, Criterion::MeanSquares, samples);
    let weights = loss.network().start(Init::Xavier, 1);
    assert_eq!(loss.accuracy(&weights), None);
    assert_eq!(loss.network().parameters(), 10);
    assert!((loss.value(&weights) - textbook(&loss, &weights)).abs() < 1e-14);
}

#[test]
fn weights_of_any_size_give_numbers() {
    for activation in HiddenActivation::ALL {
        for criterion in Criterion::ALL {
            let mut loss = loss_of(&[3, 3], activation, criterion, 11);
            let mut gradient = vec![0.0; loss.network().parameters()];
            for size in [0.0, 1e-300, 1e10, 1e200, f64::INFINITY, f64::NAN] {
                let weights: Vec<f64> =
                    (0..gradient.len()).map(|i| size * (i as f64 - 9.0)).collect();
                loss.value_and_gradient(&weights, &mut gradient);
                loss.curvatures(&weights).sharpness(None, 1e-6);
            }
        }
    }
    let samples = [0.0, 1.0].map(|x| Sample { x: [x, 0.0], target: x });
    let samples = Samples::numbers(samples.to_vec()).unwrap();
    let line = Network::new(1, Hidden::new(&[]).unwrap(), HiddenActivation::Linear);
    let loss = NetworkLoss::new(line, Criterion::MeanSquares, samples).value(&[1.0, 0.0]);
    assert_eq!(loss, 0.0);
}
