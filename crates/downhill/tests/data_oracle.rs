//! Fits by batches against NumPy, and the deep chain against PyTorch's autograd.
//!
//! `tests/oracle/fits.py` and `chain.py` make the numbers; `pcg.py` has the random numbers once more.

use downhill::{Activation, Dataset, DeepNetwork, Rule, SgdConfig, fit};
use serde_json::Value;

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn whole(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a whole number")).expect("small")
}

fn seed(case: &Value) -> u32 {
    u32::try_from(whole(&case["seed"])).expect("32 bits")
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(number).collect()
}

/// Equal to 1e-12 of the size of the number, or of `scale` where sums cancel.
#[track_caller]
fn close(what: &str, found: &[f64], expected: &[f64], scale: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (k, (a, b)) in found.iter().zip(expected).enumerate() {
        let bound = 1e-12 * if b.abs() > scale { b.abs() } else { scale };
        assert!((a - b).abs() <= bound, "{what}, number {k}: {a}, the oracle has {b}");
    }
}

fn check_fit<const D: usize>(case: &Value, data: &Dataset, rule: &Rule) {
    let what = format!("{} batch {}", case["data"], case["batch"]);
    let start: [f64; D] = numbers(&case["start"]).try_into().expect("a start");
    let plan = SgdConfig {
        batch: whole(&case["batch"]),
        epochs: whole(&case["epochs"]),
        seed: seed(case),
        tol: 0.0,
    };
    let run = fit(data, rule, number(&case["alpha"]), start, plan);
    let path: Vec<f64> = run.trajectory.iterates.iter().flat_map(|i| i.x).collect();
    let expected: Vec<f64> =
        case["path"].as_array().expect("a path").iter().flat_map(numbers).collect();
    close(&format!("{what}: parameters"), &path, &expected, 1.0);
    let losses: Vec<f64> = run.trajectory.iterates.iter().map(|i| i.loss).collect();
    close(&format!("{what}: losses"), &losses, &numbers(&case["losses"]), 1e-3);
    let batch_losses: Vec<f64> = run.updates.iter().map(|update| update.loss).collect();
    close(&format!("{what}: batch losses"), &batch_losses, &numbers(&case["batch_losses"]), 1e-3);
}

#[test]
fn fits_equal_those_of_numpy() {
    let oracle: Value =
        serde_json::from_str(include_str!("../../../tests/oracle/fits.json")).expect("JSON");
    let cases = oracle["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 9);
    for case in cases {
        let data = match case["data"].as_str() {
            Some("five") => Dataset::five(),
            _ => Dataset::noisy(seed(case), number(&case["noise"])),
        };
        let points: Vec<f64> =
            case["points"].as_array().expect("points").iter().flat_map(numbers).collect();
        close("points", data.points().as_flattened(), &points, 1.0);
        let rule = match number(&case["beta"]) {
            0.0 => Rule::GradientDescent,
            beta => Rule::Momentum { beta },
        };
        match case["start"].as_array().expect("a start").len() {
            1 => check_fit::<1>(case, &data, &rule),
            _ => check_fit::<2>(case, &data, &rule),
        }
    }
}

#[test]
fn chains_equal_those_of_autograd() {
    let oracle: Value =
        serde_json::from_str(include_str!("../../../tests/oracle/chain.json")).expect("JSON");
    let cases = oracle["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 32);
    for case in cases {
        let chain = DeepNetwork {
            depth: whole(&case["depth"]),
            activation: Activation::parse(case["activation"].as_str().expect("a name"))
                .expect("an activation"),
            weight_scale: number(&case["weight_scale"]),
            skip: case["skip"] == true,
            norm: case["norm"] == true,
            seed: seed(case),
        };
        let run = chain.run();
        close(&format!("{chain:?}: gradients"), &run.gradients, &numbers(&case["gradients"]), 0.0);
        close(&format!("{chain:?}: values"), &run.activations, &numbers(&case["activations"]), 0.0);
    }
}
