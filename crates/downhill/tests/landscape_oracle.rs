//! Every named landscape against SymPy: values, gradients and Hessians at random points.
//!
//! `tests/oracle/landscapes.py` makes the numbers, to 40 digits.

use downhill::landscapes::{landscapes_1d, landscapes_2d};
use downhill::{AnyLoss, Loss};
use serde_json::Value;

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|n| n.as_f64().expect("a number")).collect()
}

/// Equal to 10⁻¹² of the largest number around: sums may cancel, and then no formula in f64 has more.
#[track_caller]
fn close(what: &str, found: &[f64], expected: &[f64], scale: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    let scale =
        expected.iter().fold(scale, |largest, n| if n.abs() > largest { n.abs() } else { largest });
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() <= 1e-12 * scale, "{what}: {found:?}, SymPy has {expected:?}");
    }
}

fn check<const D: usize>(loss: &dyn Loss<D>, name: &str, point: &Value) {
    let at: [f64; D] = numbers(&point["at"]).try_into().expect("a point of this dimension");
    let (value, gradient) = loss.value_and_gradient(at);
    let hessian: Vec<f64> =
        point["hessian"].as_array().expect("rows").iter().flat_map(numbers).collect();
    let expected = point["value"].as_f64().expect("a number");
    assert_eq!(loss.value(at).to_bits(), value.to_bits(), "{name} at {at:?}");
    close(&format!("{name} at {at:?}"), &[value], &[expected], 1.0);
    close(&format!("gradient of {name} at {at:?}"), &gradient, &numbers(&point["gradient"]), 0.0);
    let found = loss.hessian(at);
    close(&format!("Hessian of {name} at {at:?}"), found.as_flattened(), &hessian, 0.0);
}

#[test]
fn derivatives_equal_those_of_sympy() {
    let oracle: Value =
        serde_json::from_str(include_str!("../../../tests/oracle/landscapes.json")).expect("JSON");
    let cases = oracle["cases"].as_array().expect("cases");
    let mut checked = Vec::new();
    for case in cases {
        let name = case["name"].as_str().expect("a text");
        let loss = AnyLoss::parse(name).expect("a landscape");
        let points = case["points"].as_array().expect("points");
        assert_eq!(points.len(), 12, "{name}");
        for point in points {
            match &loss {
                AnyLoss::Loss1d(surface) => check(surface.loss(), name, point),
                AnyLoss::Loss2d(surface) => check(surface.loss(), name, point),
            }
        }
        checked.push(name);
    }
    let mut all: Vec<&str> = landscapes_1d().iter().map(|l| l.name).collect();
    all.extend(landscapes_2d().iter().map(|l| l.name));
    assert_eq!(checked, all, "every landscape has its oracle");
}
