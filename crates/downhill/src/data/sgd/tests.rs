//! Tests of stochastic gradient descent.

use super::*;
use crate::descend;
use crate::vector::is_finite;

const GD: Rule = Rule::GradientDescent;

fn five(alpha: f64, epochs: usize) -> SgdRun<1> {
    fit(&Dataset::five(), GD, alpha, [0.0], SgdConfig { epochs, tol: 0.0, ..SgdConfig::default() })
}

#[test]
fn the_numbers_of_the_lesson() {
    let run = five(0.01, 50);
    let w = |k: usize| format!("{:.4}", run.trajectory.iterates[k].x[0]);
    assert_eq!([w(0), w(1), w(11), w(50)], ["0.0000", "0.4400", "1.8700", "2.0000"]);
    assert_eq!(format!("{:.4}", run.trajectory.iterates[1].loss), "26.7696");
    let slow = five(0.0001, 1000).trajectory;
    assert_eq!(format!("{:.4}", slow.iterates[1000].x[0]), "1.7789");
    assert!(matches!(five(1.0, 50).trajectory.outcome, Outcome::Diverged { k: 5 }));
    // The bound on α is 2/22.
    assert!(matches!(five(0.0909, 1000).trajectory.outcome, Outcome::Exhausted { .. }));
    assert!(matches!(five(0.092, 1000).trajectory.outcome, Outcome::Diverged { .. }));
}

/// A squared error is defined everywhere, but may overflow.
#[test]
fn a_loss_too_large_for_a_number_is_none() {
    let far = Dataset::new(vec![[1.0, 1e200], [2.0, 1.0]]).unwrap();
    for batch in [0, 1] {
        let run = fit(&far, GD, 0.1, [0.0], SgdConfig { batch, ..SgdConfig::default() });
        assert_eq!(run.trajectory.outcome, Outcome::Undefined { k: 0, infinite: true });
        assert_eq!((run.trajectory.iterates.len(), run.updates.len()), (1, 0));
    }
}

#[test]
fn adam_needs_a_larger_rate_here() {
    let plan = SgdConfig { epochs: 200, tol: 0.0, ..SgdConfig::default() };
    let adam = "adam".parse::<Rule>().unwrap();
    let after =
        |alpha| fit(&Dataset::five(), adam, alpha, [0.0], plan).trajectory.iterates[200].x[0];
    assert_eq!(format!("{:.4} {:.5}", after(0.001), after(0.1)), "0.1959 1.99994");
}

#[test]
fn a_schedule_begins_at_the_start() {
    let data = Dataset::noisy(1, 0.1);
    let plan = SgdConfig { batch: 7, epochs: 3, tol: 0.0, ..SgdConfig::default() };
    let schedule = Schedule::StepDecay { factor: 0.5, every: 2 };
    let fresh = Sgd::new(&data, &GD, 0.05, [0.0, 0.0], plan).with_schedule(schedule);
    let mut fit = Sgd::new(&data, &GD, 0.05, [0.0, 0.0], plan);
    for _ in 0..5 {
        fit.update().unwrap();
    }
    // As in Descent::with_schedule, α changes from the first step on, and so do the batches.
    let mut fit = fit.with_schedule(schedule);
    assert_eq!((fit.k(), fit.epochs_done(), fit.current().x), (0, 0, [0.0, 0.0]));
    assert!(fit.batch().is_empty());
    let rates: Vec<f64> = (0..4).map(|_| fit.update().unwrap().step.alpha).collect();
    assert_eq!(rates, [0.05, 0.05, 0.025, 0.025]);
    fit.reset();
    assert_eq!(fit.run(), fresh.run());
}

#[test]
fn a_schedule_lets_a_stochastic_run_settle() {
    let data = Dataset::noisy(1, 0.1);
    let plan = SgdConfig { batch: 1, epochs: 100, ..SgdConfig::default() };
    let last_epoch = |schedule| {
        let run = Sgd::new(&data, &GD, 0.05, [0.0], plan).with_schedule(schedule).run();
        assert_eq!(run.trajectory.outcome, Outcome::Exhausted { k: 10_000 });
        let tail = run.trajectory.iterates[9_900..].iter().map(|i| i.x[0]);
        tail.clone().reduce(crate::Scalar::max).unwrap() - tail.reduce(crate::Scalar::min).unwrap()
    };
    let cosine = Schedule::for_steps("cosine", 10_000).unwrap();
    assert!(last_epoch(cosine) < 0.01 * last_epoch(Schedule::Constant));
}

#[test]
fn noisy_points_lie_near_the_line() {
    let plan = SgdConfig { epochs: 1000, ..SgdConfig::default() };
    for seed in 0..20 {
        let data = Dataset::noisy(seed, 0.1);
        let run = fit(&data, GD, 0.1, [0.0, 0.0], plan);
        assert!(matches!(run.trajectory.outcome, Outcome::Converged { .. }));
        let [w, b] = run.trajectory.iterates[run.trajectory.last_k()].x;
        assert!((w - 2.0).abs() < 0.05 && b.abs() < 0.05, "seed {seed}: {w} {b}");
    }
}

#[test]
fn batch_descent_is_descent() {
    let data = Dataset::noisy(5, 0.2);
    for rule in Rule::ALL {
        for batch in [0, 100, 5000] {
            let plan = SgdConfig { batch, epochs: 60, seed: 9, tol: 1e-3 };
            let run = fit(&data, rule, 0.02, [-1.0, 3.0], plan);
            let limit = StopCriteria { max_iterations: 60, gradient_tol: 1e-3 };
            let loss = MeanSquaredError(&data);
            assert_eq!(run.trajectory, descend(&loss, rule, 0.02, [-1.0, 3.0], limit));
            assert_eq!(run.epochs, (0..run.trajectory.iterates.len()).collect::<Vec<_>>());
        }
    }
}

#[test]
fn every_epoch_uses_every_point_once() {
    let data = Dataset::noisy(1, 0.1);
    for (batch, updates) in [(1, 100), (7, 15), (32, 4), (99, 2), (100, 1)] {
        let plan = SgdConfig { batch, epochs: 3, ..SgdConfig::default() };
        let mut fit = Sgd::new(&data, &GD, 0.01, [0.0, 0.0], plan);
        assert!(fit.batch().is_empty());
        let mut orders = Vec::new();
        for epoch in 1..=3 {
            let mut order = Vec::new();
            for _ in 0..updates {
                let update = fit.update().expect("an update");
                assert_eq!((update.epoch, update.points), (epoch, fit.batch().len()));
                assert!(update.points <= batch);
                order.extend_from_slice(fit.batch());
            }
            assert_eq!(fit.epochs_done(), epoch);
            orders.push(order.clone());
            order.sort_unstable();
            assert_eq!(order, (0..100).collect::<Vec<_>>());
        }
        assert_eq!(fit.outcome(), Some(Outcome::Exhausted { k: 3 * updates }));
        assert!(fit.update().is_none());
        assert_eq!(batch < 100, orders[0] != orders[1] && orders[1] != orders[2]);
    }
}

#[test]
fn stochastic_descent_settles_only_on_an_exact_fit() {
    let plan = SgdConfig { batch: 1, epochs: 200, ..SgdConfig::default() };
    let exact = fit(&Dataset::five(), GD, 0.01, [0.0], plan);
    assert!(matches!(exact.trajectory.outcome, Outcome::Converged { .. }));
    let noisy = fit(&Dataset::noisy(1, 0.1), GD, 0.05, [0.0], plan);
    assert_eq!(noisy.trajectory.outcome, Outcome::Exhausted { k: 20_000 });
    assert_eq!(noisy.epochs.len(), 201);
    let tail = &noisy.trajectory.iterates[10_000..];
    let spread = |side: fn(f64, f64) -> f64| tail.iter().map(|i| i.x[0]).reduce(side).unwrap();
    let (low, high) = (spread(crate::Scalar::min), spread(crate::Scalar::max));
    assert!(high - low > 0.01, "{low} to {high}");
}

#[test]
fn many_points_have_the_loss_of_all_of_them() {
    let few = Dataset::noisy(3, 0.5);
    let many = Dataset::new(few.points().repeat(20)).unwrap();
    let plan = SgdConfig { batch: 7, epochs: 2, tol: 0.0, ..SgdConfig::default() };
    let run = fit(&many, GD, 0.01, [1.0, -1.0], plan);
    assert_eq!(run.trajectory.iterates.len(), 1 + 2 * 2000_usize.div_ceil(7));
    let loss = MeanSquaredError(&many);
    for iterate in &run.trajectory.iterates {
        let (value, gradient) = loss.value_and_gradient(iterate.x);
        assert!((iterate.loss - value).abs() < 1e-12 * (1.0 + value));
        for (found, expected) in iterate.gradient.iter().zip(gradient) {
            assert!((found - expected).abs() < 1e-11);
        }
    }
}

#[test]
fn reset_replays_the_same_bits() {
    let data = Dataset::noisy(2, 0.1);
    let plan = SgdConfig { batch: 8, epochs: 4, ..SgdConfig::default() };
    let mut fit = Sgd::new(&data, &Rule::Momentum { beta: 0.9 }, 0.01, [0.0, 0.0], plan);
    let first: Vec<_> = std::iter::from_fn(|| fit.update()).collect();
    fit.reset();
    let again: Vec<_> = std::iter::from_fn(|| fit.update()).collect();
    assert_eq!((first.len(), first), (52, again));
}

#[test]
fn every_fit_ends() {
    let wild = Dataset::new(vec![[1e300, -1e300], [0.0, 1.0]]).unwrap();
    for alpha in [0.0, 1e-300, 1e300, f64::INFINITY, f64::NAN] {
        for batch in [0, 1] {
            let plan = SgdConfig { batch, epochs: 20, ..SgdConfig::default() };
            let run = fit(&wild, GD, alpha, [0.0, 0.0], plan);
            assert!(run.trajectory.iterates.iter().all(|i| is_finite(i.x)));
        }
    }
    let plan = SgdConfig { epochs: usize::MAX, tol: 0.0, ..SgdConfig::default() };
    let run = fit(&Dataset::five(), GD, 0.01, [0.0], plan);
    assert_eq!(run.trajectory.outcome, Outcome::Exhausted { k: StopCriteria::MAX_STEPS });
    let none = fit(&Dataset::five(), GD, 0.01, [0.0], SgdConfig { epochs: 0, ..plan });
    assert_eq!(none.trajectory.outcome, Outcome::Exhausted { k: 0 });
}
