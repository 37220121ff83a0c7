//! A descent ends with the outcome that its definition requires, whatever the loss, rule, learning
//! rate and start.

use downhill::{
    AnyLoss, CriticalPoint, Descent, Loss, Outcome, Rule, Schedule, StopCriteria, classify,
    landscapes_1d, landscapes_2d,
};
use proptest::prelude::*;

/// Any f64, often one that a person might choose.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -6.0..6.0_f64, 1 => any::<f64>(), 1 => Just(0.0), 1 => Just(1e200)]
}

/// A learning rate, from nothing to absurd.
fn rate() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..2.0_f64, 2 => 0.0..0.01_f64, 1 => any::<f64>()]
}

fn rule() -> impl Strategy<Value = Rule> {
    let mut rules = Rule::ALL.to_vec();
    rules.push(Rule::Newton { safeguard: false });
    prop::sample::select(rules)
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let any = |name| Schedule::for_steps(name, 60).expect("a schedule");
    prop::sample::select(Schedule::NAMES.map(any).to_vec())
}

fn length<const D: usize>(v: [f64; D]) -> f64 {
    v.into_iter().fold(0.0, libm::hypot)
}

/// Checks the definitions of the outcomes against the iterates.
fn check<const D: usize>(
    loss: &dyn Loss<D>,
    (rule, alpha, schedule): (Rule, f64, Schedule),
    start: [f64; D],
    limit: StopCriteria,
) -> Result<(), TestCaseError> {
    let descent = Descent::new(loss, &rule, alpha, start, limit).with_schedule(schedule);
    let run = descent.clone().run();
    // As text, because NaN is not equal to itself.
    prop_assert_eq!(
        format!("{:?}", descent.clone().run()),
        format!("{run:?}"),
        "a second run differs"
    );
    let finite = |at: [f64; D]| at.iter().all(|x| x.is_finite());
    let (last_k, k) = (run.last_k(), run.outcome.k());
    prop_assert_eq!(run.iterates[0].x.map(f64::to_bits), start.map(f64::to_bits));
    let valued = |loss: f64, slope| loss.is_finite() && finite(slope);
    for iterate in &run.iterates[1..] {
        prop_assert!(finite(iterate.x) && valued(iterate.loss, iterate.gradient));
    }
    prop_assert_eq!(run.newton.len(), if rule.safeguard().is_some() { last_k } else { 0 });
    let gone = |at| length(at) > 1e6 * (1.0 + length(start));
    for iterate in &run.iterates[..last_k] {
        prop_assert!(valued(iterate.loss, iterate.gradient), "it should have ended there");
        let flat = length(iterate.gradient) < limit.gradient_tol;
        prop_assert!(
            !gone(iterate.x) && !flat,
            "the run should have ended before its last iterate"
        );
    }
    let last = run.iterates[last_k];
    match run.outcome {
        Outcome::Diverged { .. } if last_k == k => {
            prop_assert!(gone(last.x) || !finite(last.x));
        }
        // An iterate that is not finite or has no value is not kept.
        Outcome::Diverged { .. } => prop_assert_eq!(last_k + 1, k),
        Outcome::Undefined { .. } => {
            let mut walk = descent;
            walk.reset();
            while walk.step().is_some() {}
            let there = walk.current();
            prop_assert_eq!(walk.k(), k);
            prop_assert!(finite(there.x) && !gone(there.x));
            prop_assert!(!valued(there.loss, there.gradient));
            prop_assert_eq!(last_k, k.saturating_sub(1));
        }
        Outcome::Exhausted { .. } => prop_assert!(k == limit.max_iterations && last_k == k),
        Outcome::Converged { .. } | Outcome::Stalled { .. } => {
            prop_assert_eq!(last_k, k);
            prop_assert!(length(last.gradient) < limit.gradient_tol);
            let bottom = classify(loss, last.x) == CriticalPoint::Minimum;
            prop_assert_eq!(bottom, run.outcome == Outcome::Converged { k });
        }
    }
    Ok(())
}

/// Losses with holes, poles, vertical slopes at the boundary, and values that overflow.
const HOLES_1D: [&str; 12] = [
    "ln(x)",
    "-ln(x)-x",
    "sqrt(x)",
    "x^x",
    "1/x",
    "x/0",
    "0/0",
    "sqrt(x^2)",
    "1/0+x^2",
    "tan(x)",
    "exp(x^2)",
    "x*ln(x)",
];
const HOLES_2D: [&str; 6] =
    ["ln(x)+y^2", "sqrt(x^2+y^2)", "x^y", "y/x", "ln(x*y)-sqrt(1-x^2)", "exp(x*y)+1/(x-y)"];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_one_dimension(
        index: prop::sample::Index, how in (rule(), rate(), schedule()), x in number(),
        steps in 0_usize..60, tol in prop_oneof![Just(0.0), Just(1e-6), Just(0.1)],
    ) {
        let landscapes = landscapes_1d();
        check(&*landscapes[index.index(landscapes.len())].loss, how, [x], StopCriteria { max_iterations: steps, gradient_tol: tol })?;
    }

    #[test]
    fn in_two_dimensions(
        index: prop::sample::Index, how in (rule(), rate(), schedule()), at in [number(), number()],
        steps in 0_usize..60, tol in prop_oneof![Just(0.0), Just(1e-6), Just(0.1)],
    ) {
        let landscapes = landscapes_2d();
        check(&*landscapes[index.index(landscapes.len())].loss, how, at, StopCriteria { max_iterations: steps, gradient_tol: tol })?;
    }

    #[test]
    fn on_losses_with_holes(
        which in 0_usize..18, how in (rule(), rate(), schedule()), at in [number(), number()],
        steps in 0_usize..60, tol in prop_oneof![Just(0.0), Just(1e-6), Just(0.1)],
    ) {
        let limit = StopCriteria { max_iterations: steps, gradient_tol: tol };
        let text = HOLES_1D.iter().chain(&HOLES_2D).nth(which).expect("a formula");
        match text.parse::<AnyLoss>().expect("it can be read") {
            AnyLoss::Loss1d(loss) => check(loss.loss(), how, [at[0]], limit)?,
            AnyLoss::Loss2d(loss) => check(loss.loss(), how, at, limit)?,
        }
    }
}
