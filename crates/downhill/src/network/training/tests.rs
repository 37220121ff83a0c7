//! Tests of the training of networks.

use super::*;
use crate::network::{Criterion, Hidden, HiddenActivation, Init, Network, NetworkData};

fn training(config: TrainingConfig) -> Training {
    let network = Network::new(2, Hidden::new(&[5, 4]).unwrap(), HiddenActivation::Tanh);
    let start = network.start(Init::LeCun, 2);
    let points = NetworkData::Moons.draw(30, 0.1, 2);
    let [loss, held_out] = [points.train, points.held_out.unwrap()]
        .map(|samples| NetworkLoss::new(network.clone(), Criterion::MeanSquares, samples));
    Training::new(loss, Some(held_out), start, config).unwrap()
}

const CONFIG: fn() -> TrainingConfig = || TrainingConfig { steps: 1500, ..Default::default() };

#[test]
fn going_back_and_on_again_is_exact() {
    for rule in Rule::ALL.into_iter().filter(Rule::is_first_order) {
        for batch in [0, 7] {
            let alpha = if rule.name() == "adadelta" { 1.0 } else { 0.01 };
            let config = TrainingConfig { rule, alpha, batch, ..CONFIG() };
            let mut straight = training(config);
            let mut weights = vec![straight.weights().to_vec()];
            while straight.k() < 700 {
                assert!(straight.step().is_some(), "{} {:?}", rule.name(), straight.outcome());
                weights.push(straight.weights().to_vec());
            }
            for k in [699, 3, 0, 256, 257, 511, 700, 1] {
                assert!(straight.seek(k));
                assert_eq!(straight.weights(), weights[k], "{} at {k}", rule.name());
                straight.measure(None);
                straight.advance(5);
                let after = &weights[(k + 5).min(700)];
                assert!(k > 695 || straight.weights() == after, "{} at {k}", rule.name());
            }
            assert!(straight.checkpoints.len() <= Training::MOST_CHECKPOINTS);
        }
    }
}

#[test]
fn slices_of_any_length_are_the_whole() {
    let config = TrainingConfig { batch: 8, ..CONFIG() };
    let (mut one, mut other) = (training(config), training(config));
    assert_eq!(one.advance(9999), 1500);
    for (slice, look) in [1, 2, 7, 100, 390, 1000].into_iter().zip([true, false].iter().cycle()) {
        other.advance(slice);
        if *look {
            other.measure(Some(1e-3));
        }
    }
    assert_eq!(one.weights(), other.weights());
    assert_eq!(one.outcome(), Some(Outcome::Exhausted { k: 1500 }));
    assert_eq!((one.epochs_done(), one.steps_per_epoch()), (375, 4));
    one.set_steps(1600);
    assert_eq!((one.outcome(), one.advance(9999)), (None, 100));
}

#[test]
fn another_alpha_from_here_on_is_the_walk_with_that_change() {
    let mut planned = training(CONFIG());
    let (alpha, changes) = AlphaChanges::read("0.2,150:0.05,300:0.3").unwrap();
    planned.set_alpha(alpha, changes);
    let mut turned = training(CONFIG());
    turned.advance(500);
    assert!(turned.change_alpha(150, 0.05));
    assert_eq!(turned.k(), 150);
    turned.advance(150);
    assert!(turned.change_alpha(300, 0.3));
    for training in [&mut planned, &mut turned] {
        assert!(training.seek(450));
    }
    assert_eq!(planned.weights(), turned.weights());
    assert_eq!(turned.config().changes, changes);
    // What was done with the old α is forgotten, and comes again with it.
    let mut old = training(CONFIG());
    old.advance(450);
    assert_ne!(old.weights(), turned.weights());
    turned.set_alpha(0.2, AlphaChanges::default());
    assert!(turned.k() <= 150 && turned.seek(450));
    assert_eq!(old.weights(), turned.weights());
    for k in 1..=8 {
        assert!(turned.change_alpha(k, 0.1));
    }
    assert!(!turned.change_alpha(9, 0.2) && turned.change_alpha(8, 0.2));
    assert!(turned.change_alpha(0, 0.1) && turned.config().changes.list().is_empty());
}

#[test]
fn what_explodes_stays_where_it_was_and_can_go_on_from_there() {
    let mut wild = training(TrainingConfig { alpha: 1e9, ..CONFIG() });
    assert_eq!(wild.advance(100), 0);
    assert_eq!(wild.outcome(), Some(Outcome::Diverged { k: 1 }));
    assert!(wild.weights().iter().all(|weight| weight.is_finite()));
    assert!(wild.measure(Some(1e-4)).loss.is_finite());
    let mut late = training(CONFIG());
    late.advance(203);
    let there = late.weights().to_vec();
    late.change_alpha(203, 1e12);
    late.advance(100);
    let Some(Outcome::Diverged { k: 204 }) = late.outcome() else { panic!("{:?}", late.outcome()) };
    assert_eq!((late.k(), late.weights()), (203, &there[..]));
    assert!(late.change_alpha(203, 0.2));
    assert_eq!((late.k(), late.outcome()), (203, None));
    let mut calm = training(CONFIG());
    for training in [&mut late, &mut calm] {
        assert!(training.seek(260));
    }
    assert_eq!(late.weights(), calm.weights());
}

#[test]
fn bounds_follow_rule_and_alpha() {
    let bound = |rule: Rule, alpha| TrainingConfig { rule, alpha, ..CONFIG() }.bound_at(0);
    assert_eq!(bound(Rule::GradientDescent, 0.2), Some(10.0));
    assert_eq!(bound(Rule::Momentum { beta: 0.5 }, 0.1), Some(30.0));
    assert_eq!(bound(Rule::GradientDescent, 0.0), None);
    assert_eq!(bound("adam".parse().unwrap(), 0.01), None);
    let (alpha, changes) = AlphaChanges::read("0.2,10:0.1").unwrap();
    let config = TrainingConfig { alpha, changes, ..CONFIG() };
    assert_eq!([9, 10].map(|k| config.bound_at(k)), [Some(10.0), Some(20.0)]);
}

#[test]
fn what_cannot_be_trained_is_refused() {
    let network = Network::new(2, Hidden::new(&[5, 4]).unwrap(), HiddenActivation::Tanh);
    let points = NetworkData::Moons.draw(30, 0.1, 2).train;
    let loss = NetworkLoss::new(network.clone(), Criterion::MeanSquares, points);
    let config = TrainingConfig { rule: Rule::Newton { safeguard: true }, ..CONFIG() };
    let start = network.start(Init::LeCun, 1);
    let refused = |start: Vec<f64>, config| Training::new(loss.clone(), None, start, config).err();
    assert_eq!(refused(start.clone(), config), Some(TrainingError::Newton));
    let wrong = Some(TrainingError::Start { parameters: 44 });
    assert_eq!(refused(vec![0.0; 43], CONFIG()), wrong);
    assert_eq!(refused(vec![f64::NAN; 44], CONFIG()), wrong);
    assert_eq!(
        Training::new(loss, None, start, TrainingConfig { steps: 0, ..CONFIG() })
            .map(|training| training.outcome())
            .unwrap(),
        Some(Outcome::Exhausted { k: 0 })
    );
}

#[test]
fn a_measure_has_everything() {
    let mut training = training(CONFIG());
    training.advance(400);
    let measure = training.measure(Some(1e-6));
    assert_eq!((measure.k, measure.gradients.len(), measure.bound), (400, 3, Some(10.0)));
    assert!(measure.loss < 0.5 && measure.held_out.is_some_and(|loss| loss < 1.0));
    assert!(measure.accuracy.is_some_and(|share| share > 0.7 && share <= 1.0));
    assert!(measure.lambda.is_some_and(|lambda| lambda > 1.0));
    assert!(training.sharpest().is_some_and(|vector| (norm_of(vector) - 1.0).abs() < 1e-12));
    let mut sliced = training.clone();
    let mut search = sliced.search_sharpest(1e-6);
    let found = loop {
        if let Some(found) = search.advance(sliced.loss_mut(), 2) {
            break found.clone();
        }
    };
    sliced.keep_sharpest(&found);
    assert_eq!(training.measure(Some(1e-6)).lambda, Some(found.lambda));
    assert_eq!(training.sharpest(), sliced.sharpest());
    let before = training.weights().to_vec();
    assert_eq!(training.step().map(f64::to_bits), Some(measure.loss.to_bits()));
    assert_ne!(training.weights(), before);
}
