//! Compares quadratics with NumPy: eigenvalues, rates as spectral radii, and the stability bounds
//! of the rules.

use downhill::{Formula, Loss, Quadratic, Rule, Scalar};
use serde_json::Value;

/// ½(ax² + 2bxy + dy²).
struct Planted([f64; 3]);

impl Formula<2> for Planted {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let [a, b, d] = self.0.map(|entry| S::from(0.5 * entry));
        a * x * x + (b + b) * x * y + d * y * y
    }
    fn is_quadratic(&self) -> bool {
        true
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

#[test]
fn eigenvalues_rates_and_bounds_are_those_of_numpy() {
    let text = include_str!("../../../tests/oracle/quadratics.json");
    let oracle: Value = serde_json::from_str(text).expect("JSON");
    let cases = list(&oracle["cases"]);
    assert_eq!(cases.len(), 20);
    let (mut bounds, mut rates) = (0, 0);
    for case in cases {
        let entries = list(&case["hessian"]);
        let loss = Planted(std::array::from_fn(|i| number(&entries[i])));
        let loss: &dyn Loss<2> = &loss;
        let quadratic = Quadratic::of(loss).expect("a quadratic");
        let values = list(&case["eigenvalues"]);
        let scale = quadratic.lambda_max().abs();
        assert_eq!(values.len(), 2);
        for (found, expected) in quadratic.eigenvalues.into_iter().zip(values) {
            assert!((found - number(expected)).abs() <= 1e-14 * scale, "{case}: {found}");
        }
        for expected in list(&case["bounds"]) {
            let mut rule = expected[0].as_str().expect("a name").parse::<Rule>().expect("a rule");
            if rule != Rule::GradientDescent {
                rule = rule.with("beta", number(&expected[1])).expect("β");
            }
            let found = quadratic.largest_stable_alpha_of(&rule).expect("a bound");
            // Bisection sees the radius pass 1 only up to rounding.
            assert!((found / number(&expected[2]) - 1.0).abs() < 1e-9, "{expected}: {found}");
            bounds += 1;
        }
        for expected in list(&case["rates"]) {
            let found = quadratic.rate(number(&expected[0]), number(&expected[1]));
            // Where two roots nearly coincide, a rounding error moves them by its square root.
            assert!((found - number(&expected[2])).abs() < 1e-7, "{expected}: {found}");
            rates += 1;
        }
    }
    assert!(bounds >= 12 * 16 && rates >= 15 * 16, "{bounds} {rates}");
}
