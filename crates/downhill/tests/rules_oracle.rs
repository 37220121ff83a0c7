//! Every update rule and schedule against PyTorch, or NumPy where PyTorch has no such rule.
//!
//! `tests/oracle/rules.py` makes the numbers: 300 steps on five losses, with default and other settings.

use downhill::{AnyLoss, Descent, Loss, Rule, Schedule, StopCriteria};
use serde_json::Value;

fn oracle() -> Value {
    serde_json::from_str(include_str!("../../../tests/oracle/rules.json")).expect("JSON")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a string")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// The rule of a case with its settings.
fn rule(case: &Value) -> Rule {
    let rule = Rule::parse(text(&case["rule"])).expect("a rule's name");
    case["settings"].as_object().expect("settings").iter().fold(rule, |rule, (name, value)| {
        match value.as_bool() {
            Some(on) if name == "safeguard" => rule.with_safeguard(on),
            _ => rule.with(name, number(value)).expect("a setting of the rule"),
        }
    })
}

#[track_caller]
fn close(what: &str, found: &[f64], expected: &Value) {
    let expected: Vec<f64> = list(expected).iter().map(number).collect();
    assert_eq!(found.len(), expected.len(), "{what}: {found:?}, the oracle has {expected:?}");
    for (a, b) in found.iter().zip(&expected) {
        assert!((a - b).abs() <= 1e-12 * b.abs(), "{what}: {found:?}, the oracle has {expected:?}");
    }
}

fn check<const D: usize>(loss: &dyn Loss<D>, case: &Value) {
    let rule = rule(case);
    let start: Vec<f64> = list(&case["iterates"][0]).iter().map(number).collect();
    let start = start.try_into().expect("a start of the loss's dimension");
    let alpha = number(&case["alpha"]);
    let limit = StopCriteria { max_iterations: 300, gradient_tol: 0.0 };
    let mut descent = Descent::new(loss, &rule, alpha, start, limit);
    let what = format!("{rule:?}, α = {alpha} on {}", text(&case["loss"]));
    assert_eq!(list(&case["k"]).len(), list(&case["iterates"]).len(), "{what}");
    assert_eq!(list(&case["k"]).last().and_then(Value::as_u64), Some(300), "{what}");
    let states = case["state"].as_array().map_or(0, Vec::len);
    // PyTorch keeps Adafactor's state by rows and columns, and NumPy has none of Newton's.
    let names = if rule.name() == "adafactor" { 0 } else { rule.state_names().len() };
    assert_eq!(states, names, "{what}: the state at step 20");
    for (k, expected) in list(&case["k"]).iter().zip(list(&case["iterates"])) {
        while (descent.k() as u64) < k.as_u64().expect("an index") {
            let Some(step) = descent.step() else { panic!("{what}: ended too early") };
            if step.after.steps != 20 {
                continue;
            }
            for (slot, expected) in case["state"].as_array().into_iter().flatten().enumerate() {
                let name = rule.state_names()[slot];
                close(&format!("{what}: {name}"), &step.after.vectors[slot], expected);
            }
        }
        close(&format!("{what}: iterate {k}"), &descent.current().x, expected);
    }
}

#[test]
fn iterates_and_states_equal_those_of_pytorch_and_numpy() {
    let oracle = oracle();
    let cases = list(&oracle["cases"]);
    for rule in Rule::ALL {
        let of_rule = |case: &&Value| text(&case["rule"]) == rule.name();
        assert!(cases.iter().filter(of_rule).count() >= 4, "{} is not covered", rule.name());
    }
    for case in cases {
        match AnyLoss::parse(text(&case["loss"])).expect("a loss") {
            AnyLoss::Loss1d(surface) => check(surface.loss(), case),
            AnyLoss::Loss2d(surface) => check(surface.loss(), case),
        }
    }
}

#[test]
fn schedules_equal_those_of_pytorch() {
    let oracle = oracle();
    let cases = list(&oracle["schedules"]);
    for name in Schedule::NAMES.into_iter().filter(|name| *name != "constant") {
        let of_kind = |case: &&Value| text(&case["schedule"]).starts_with(name);
        assert!(cases.iter().any(|case| of_kind(&case)), "{name} is not covered");
    }
    for case in cases {
        let name = text(&case["schedule"]);
        assert_eq!(list(&case["alphas"]).len(), 100, "{name}");
        let schedule = Schedule::parse(name, 100).expect("a schedule");
        for (k, expected) in list(&case["alphas"]).iter().enumerate() {
            let (found, expected) = (schedule.alpha(0.1, k), number(expected));
            assert!((found - expected).abs() <= 1e-12 * expected, "{name}: step {k}: {found}");
        }
    }
}
