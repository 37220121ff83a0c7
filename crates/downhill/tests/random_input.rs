//! Feeds random bytes, nested brackets and huge numbers to everything that parses text.
//!
//! Formulas and CSV have such tests beside their parsers. For a long run:
//! `PROPTEST_CASES=100000 cargo test -p downhill --release break_nothing`.

use downhill::{
    Activation, AnyLoss, Dataset, Hidden, Init, Loss, Model, Rule, Samples, Schedule, StopCriteria,
    descend,
};
use proptest::prelude::*;

/// Parses a text as everything that it could be, and uses the results.
fn survives(text: &str, number: f64) {
    match text.parse::<AnyLoss>() {
        Ok(AnyLoss::Loss1d(surface)) => {
            let _ = surface.hessian([number]);
            let limit = StopCriteria { max_iterations: 3, gradient_tol: 0.0 };
            let run = descend(surface.loss(), Rule::GradientDescent, 0.1, [number], limit);
            assert!(run.iterates.iter().skip(1).all(|iterate| iterate.x[0].is_finite()));
        }
        Ok(AnyLoss::Loss2d(surface)) => {
            let _ = surface.hessian([number, 1.0]);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Err(error) = Schedule::for_steps(text, 100) {
        assert!(!error.to_string().is_empty());
    }
    if let Ok(schedule) = Schedule::for_steps(text, usize::MAX) {
        let _ = (schedule.alpha(number, 0), schedule.alpha(0.1, usize::MAX));
    }
    if let Err(error) = text.parse::<Rule>() {
        assert!(!error.to_string().is_empty());
    }
    for rule in Rule::ALL {
        for name in rule.hyperparameters().iter().map(|setting| setting.name).chain([text]) {
            if let Ok(rule) = rule.with(name, number) {
                assert_eq!(rule.hyperparameter(name), Some(number));
            }
        }
    }
    if let Ok(model) = text.parse::<Model>() {
        assert!(model.parameters() > 0);
    }
    if let Ok(activation) = text.parse::<Activation>() {
        assert_eq!(activation.name(), text);
    }
    if let Ok(hidden) = text.parse::<Hidden>() {
        assert_eq!(hidden.to_string().parse(), Ok(hidden));
    }
    if let Ok(init) = text.parse::<Init>() {
        assert_eq!(init.to_string().parse(), Ok(init));
    }
    match Samples::read(text) {
        Ok(samples) => assert!(samples.list().len() > 1),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Ok(data) = Dataset::from_csv(text) {
        assert!(!data.points().is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_break_nothing(bytes in prop::collection::vec(any::<u8>(), 0..300), number: f64) {
        survives(&String::from_utf8_lossy(&bytes), number);
    }

    #[test]
    fn random_words_break_nothing(
        words in prop::collection::vec(prop::sample::select(vec![
            "x", "y", "^2", "+", "(", ")", "rosenbrock", "ravine", "gd", "adam", "wx", "+b", "cosine", "warm-up",
            "step-decay", "1/t", ":", ",", "0.5", "1e308", "99999999999999999999", "-1", "nan", "inf", "\n", " ",
            "relu", "sigmoid",
        ]), 0..8),
        number: f64,
    ) {
        survives(&words.concat(), number);
    }

    #[test]
    fn nested_brackets_break_nothing(
        bracket in prop::sample::select(vec!["(", "-(", "[", "{\"a\":", "|("]),
        levels in 0_usize..2000,
    ) {
        survives(&bracket.repeat(levels), 1.0);
    }
}
