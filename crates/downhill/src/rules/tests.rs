//! Properties that hold for every rule.

use super::*;
use crate::{Descent, Loss as _, Ravine, StopCriteria};

#[test]
fn every_rule_is_found_by_its_name_with_its_defaults() {
    for rule in Rule::ALL {
        assert_eq!(rule.name().parse::<Rule>(), Ok(rule));
        for setting in rule.hyperparameters() {
            assert_eq!(rule.hyperparameter(setting.name), Some(setting.default), "{setting:?}");
            assert!(setting.allows(setting.default));
            let changed = rule.with(setting.name, setting.lower).unwrap();
            assert_eq!(changed.hyperparameter(setting.name), Some(setting.lower));
            assert!(rule.with(setting.name, setting.upper_exclusive).is_err());
            assert!(rule.with(setting.name, f64::NAN).is_err());
        }
    }
}

/// The compiler finds the matches in which a new variant is missing, but not this list.
#[test]
fn every_rule_is_listed() {
    assert_eq!(include_str!("mod.rs").matches("::FACTS,").count(), Rule::ALL.len());
}

#[test]
fn unknown_names_are_refused() {
    assert_eq!("sgdx".parse::<Rule>(), Err(RuleError::UnknownRule));
    let error = Rule::GradientDescent.with("beta", 0.5).unwrap_err();
    assert_eq!(error, RuleError::UnknownHyperparameter { rule: "gd" });
    assert_eq!(Rule::GradientDescent.hyperparameter("beta"), None);
}

#[test]
fn every_step_shows_working_that_adds_up() {
    let ravine = Ravine { kappa: 20.0, angle: 0.4 };
    let limit = StopCriteria { max_iterations: 30, gradient_tol: 0.0 };
    for rule in Rule::ALL {
        let mut descent = Descent::new(&ravine, &rule, 0.03, [-4.0, 1.0], limit);
        let mut before = State::default();
        while let Some(step) = descent.step() {
            assert_eq!(step.before, before, "{}", rule.name());
            assert_eq!(step.after.steps, before.steps + 1);
            assert_eq!(step.gradient, ravine.gradient(step.from));
            assert_eq!(step.to, descent.current().x);
            for i in 0..2 {
                let shown = -step.rate[i] * step.direction[i] - step.decay[i];
                assert!((shown - step.displacement[i]).abs() <= 1e-15 * shown.abs());
                let taken = step.to[i] - step.from[i];
                assert!((taken - step.displacement[i]).abs() <= 1e-15 * step.from[i].abs());
            }
            for (slot, vector) in step.after.vectors.iter().enumerate() {
                let named = slot < rule.state_names().len();
                assert_eq!(*vector != [0.0; 2], named, "{} slot {slot}", rule.name());
            }
            before = step.after;
        }
    }
}

#[test]
fn a_steps_state_owns_no_memory() {
    // A `Copy` type cannot own an allocation, so a step cannot leave one behind.
    fn owns_nothing<T: Copy>() {}
    owns_nothing::<(Rule, State<2>, Step<2>, crate::Schedule, crate::Iterate<2>)>();
}

#[test]
fn without_inertia_momentum_is_plain_descent() {
    let ravine = Ravine { kappa: 20.0, angle: 0.4 };
    let limit = StopCriteria { max_iterations: 50, gradient_tol: 0.0 };
    let plain = crate::descend(&ravine, Rule::GradientDescent, 0.03, [-4.0, 1.0], limit);
    for rule in [Rule::Momentum { beta: 0.0 }, Rule::Nesterov { beta: 0.0 }] {
        assert_eq!(crate::descend(&ravine, rule, 0.03, [-4.0, 1.0], limit), plain);
    }
}

#[test]
fn newton_converges_in_one_step_for_any_condition_number() {
    let ravine = Ravine { kappa: 1000.0, angle: 0.4 };
    let limit = StopCriteria { max_iterations: 1, gradient_tol: 0.0 };
    for safeguard in [true, false] {
        let run = crate::descend(&ravine, Rule::Newton { safeguard }, 1.0, [-4.0, 1.0], limit);
        assert!(run.iterates[1].x.iter().all(|x| x.abs() < 1e-12));
        assert_eq!(run.newton, [NewtonStep::Newton]);
    }
    let plain = crate::descend(&ravine, Rule::GradientDescent, 1e-3, [-4.0, 1.0], limit);
    assert_eq!(plain.newton, []);
}

/// The limit for ε → 0, where PyTorch computes 0/0.
#[test]
fn without_eps_a_coordinate_without_a_slope_stays_where_it_is() {
    let crate::AnyLoss::Loss2d(valley) = "x^2 + 0y".parse::<crate::AnyLoss>().unwrap() else {
        panic!("two variables")
    };
    let limit = StopCriteria { max_iterations: 20, gradient_tol: 0.0 };
    for rule in Rule::ALL.into_iter().filter_map(|rule| rule.with("eps", 0.0).ok()) {
        let run = crate::descend(&valley, rule, 0.05, [1.0, 3.0], limit);
        assert_eq!(run.outcome, crate::Outcome::Exhausted { k: 20 }, "{}", rule.name());
        // AdamW's weight decay moves every coordinate, whatever its gradient.
        let stays = !matches!(rule, Rule::AdamW { .. });
        assert!(!stays || run.iterates.iter().all(|iterate| iterate.x[1] == 3.0));
        // Adadelta's first steps are proportional to ε.
        let moves = !matches!(rule, Rule::Adadelta { .. });
        assert_eq!(run.iterates[20].x[0] < 1.0, moves, "{}", rule.name());
        let mut bottom = Descent::new(&valley, &rule, 0.05, [0.0, 0.0], limit);
        let step = bottom.step().unwrap();
        assert_eq!((step.displacement, step.to), ([0.0; 2], [0.0; 2]), "{}", rule.name());
        assert!(step.rate.iter().all(|rate| rate.is_finite()), "{}", rule.name());
        // ε = 0 behaves like a tiny ε.
        let tiny = rule.with("eps", 1e-300).unwrap();
        let near = crate::descend(&valley, tiny, 0.05, [1.0, 3.0], limit).iterates[20].x;
        assert!((near[0] - run.iterates[20].x[0]).abs() < 1e-12, "{}", rule.name());
    }
}
