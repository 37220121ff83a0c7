//! Typed formulas against SymPy: values, gradients and Hessians at random points.
//!
//! `tests/oracle/formulas.py` makes the numbers, to 40 digits.

use downhill::{Expression, Loss};
use serde_json::Value;

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|n| n.as_f64().expect("a number")).collect()
}

#[track_caller]
fn close(what: &str, found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{what}");
    // Sums may cancel, so a list is measured by its largest number.
    let scale = expected
        .iter()
        .fold(0.0_f64, |largest, n| if n.abs() > largest { n.abs() } else { largest });
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() <= 1e-12 * scale, "{what}: {found:?}, SymPy has {expected:?}");
    }
}

fn check<const D: usize>(formula: &Expression, at: &[f64], point: &Value) {
    let at: [f64; D] = at.try_into().expect("a point of this dimension");
    let (value, gradient) = formula.value_and_gradient(at);
    let hessian: Vec<f64> =
        point["hessian"].as_array().expect("rows").iter().flat_map(numbers).collect();
    close(&format!("{formula} at {at:?}"), &[value], &[point["value"].as_f64().expect("a number")]);
    close(&format!("gradient of {formula} at {at:?}"), &gradient, &numbers(&point["gradient"]));
    close(&format!("Hessian of {formula} at {at:?}"), formula.hessian(at).as_flattened(), &hessian);
}

#[test]
fn derivatives_equal_those_of_sympy() {
    let oracle: Value =
        serde_json::from_str(include_str!("../../../tests/oracle/formulas.json")).expect("JSON");
    let cases = oracle["cases"].as_array().expect("cases");
    assert!(cases.len() >= 30);
    for case in cases {
        let formula =
            Expression::parse(case["formula"].as_str().expect("a text")).expect("a formula");
        let points = case["points"].as_array().expect("points");
        assert!(!points.is_empty(), "{formula} is tried nowhere");
        for point in points {
            let at = numbers(&point["at"]);
            match at.len() {
                1 => check::<1>(&formula, &at, point),
                _ => check::<2>(&formula, &at, point),
            }
        }
    }
}
