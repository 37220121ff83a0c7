//! Tests of Hessian-vector products.

use proptest::prelude::*;

use crate::network::{
    Criterion, Hidden, HiddenActivation, Init, Network, NetworkData, NetworkLoss, SharpnessSearch,
};
use crate::vector::{dot_of, norm_of};

fn loss_of(hidden: &[usize], activation: HiddenActivation, criterion: Criterion) -> NetworkLoss {
    let network = Network::new(2, Hidden::new(hidden).unwrap(), activation);
    NetworkLoss::new(network, criterion, NetworkData::Circles.draw(21, 0.2, 5).train)
}

proptest! {
    #[test]
    fn the_hessian_is_symmetric_and_the_derivative_of_the_gradient(
        activation in 0_usize..5, criterion in 0_usize..2, shape in 0_usize..4, seed in 0_u32..1000,
    ) {
        let activation = HiddenActivation::ALL[activation];
        let hidden = [&[][..], &[4], &[3, 4], &[3, 2, 4, 3]][shape];
        let mut loss = loss_of(hidden, activation, Criterion::ALL[criterion]);
        let [weights, u, v] =
            [0, 1, 2].map(|more| loss.network().start(Init::Scale(1.2), 3 * seed + more));
        let [mut hu, mut hv] = [vec![0.0; u.len()], vec![0.0; u.len()]];
        let mut curvatures = loss.curvatures(&weights);
        curvatures.product(&u, &mut hu);
        curvatures.product(&v, &mut hv);
        let size = norm_of(&hu) * norm_of(&v) + norm_of(&hv) * norm_of(&u);
        let (one, other) = (dot_of(&v, &hu), dot_of(&u, &hv));
        prop_assert!((one - other).abs() <= 1e-13 * size, "{} and {}", one, other);
        // Twice the same gives the same.
        let mut again = vec![0.0; u.len()];
        curvatures.product(&u, &mut again);
        prop_assert_eq!(&hu, &again);

        if activation != HiddenActivation::Relu {
            let h = 1e-5;
            let mut gradient = |h: f64| {
                let moved: Vec<f64> = weights.iter().zip(&v).map(|(w, v)| w + h * v).collect();
                let mut gradient = vec![0.0; v.len()];
                loss.value_and_gradient(&moved, &mut gradient);
                gradient
            };
            let (after, before) = (gradient(h), gradient(-h));
            for (place, product) in hv.iter().enumerate() {
                let difference = (after[place] - before[place]) / (2.0 * h);
                prop_assert!((product - difference).abs() <= 1e-6 * (1.0 + norm_of(&hv)));
            }
        }
    }
}

/// A warm start needs fewer products, and finds the same.
#[test]
fn a_start_nearby_is_shorter() {
    let mut loss = loss_of(&[8, 8], HiddenActivation::Tanh, Criterion::MeanSquares);
    let mut weights = loss.network().start(Init::LeCun, 1);
    let cold = loss.curvatures(&weights).sharpness(None, 1e-8);
    weights.iter_mut().for_each(|weight| *weight *= 1.001);
    let warm = loss.curvatures(&weights).sharpness(Some(&cold.vector), 1e-8);
    let again = loss.curvatures(&weights).sharpness(None, 1e-8);
    assert!((warm.lambda / again.lambda - 1.0).abs() < 1e-12);
    assert!(warm.products <= again.products, "{} and {}", warm.products, again.products);
    assert!(warm.residual <= 1e-8 * warm.lambda);
}

#[test]
fn a_search_in_slices_finds_the_same() {
    let mut loss = loss_of(&[7, 6], HiddenActivation::Sigmoid, Criterion::Logistic);
    let weights = loss.network().start(Init::Xavier, 3);
    let whole = loss.curvatures(&weights).sharpness(None, 1e-9);
    for slice in [1, 3, 1000] {
        let mut search = SharpnessSearch::new(&weights, None, 1e-9);
        let mut slices = 1;
        while search.advance(&mut loss, slice).is_none() {
            // Others use the loss in between.
            loss.outputs(&weights, &[[0.5, 0.5]]);
            slices += 1;
        }
        assert_eq!(slices, whole.products.div_ceil(slice));
        assert_eq!(search.advance(&mut loss, 1), Some(&whole));
    }
}
