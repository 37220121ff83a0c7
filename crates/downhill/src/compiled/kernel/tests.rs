//! Kernels run by an engine, compared with the interpreter.

use std::sync::Arc;

use super::*;
use crate::compiled::CompiledFormula;
use crate::landscapes::{self, Himmelblau};
use crate::{
    AnyLoss, Descent, Formula, Loss, NamedLoss, Outcome, Rule, Scalar, Spacing, StopCriteria, Sweep,
};
use proptest::prelude::*;

/// A compiled formula, typed or in Rust.
fn typed(text: &str) -> NamedLoss<2> {
    match text.parse::<AnyLoss>() {
        Ok(AnyLoss::Loss2d(loss)) => loss,
        other => panic!("{text}: {other:?}"),
    }
}

fn compiled(formula: &impl Formula<2>) -> NamedLoss<2> {
    NamedLoss::new("compiled", Arc::new(CompiledFormula::of(formula).expect("few results")))
}

/// A block of descents that are never flat.
fn begun(starts: &[[f64; 2]], alpha: f64, max_iterations: usize) -> Block {
    let limit = StopCriteria { max_iterations, gradient_tol: 0.0 };
    let mut block = Block::new(alpha, limit, starts.len());
    block.fill((0..).zip(starts.iter().copied()));
    block.begin();
    block
}

/// Walks from all starts in a kernel, `slice` steps at a time, and compares every end with that of
/// a descent by itself.
fn same_as_alone(
    loss: &NamedLoss<2>,
    starts: &[[f64; 2]],
    alpha: f64,
    max_iterations: usize,
    slice: usize,
) {
    engine::start();
    let compiled = loss.compiled().expect("a compiled formula");
    let kernel = compiled.kernel(Task::Map).expect("an engine");
    // Without a tolerance, so that only the number of steps, a missing value or divergence ends a
    // descent.
    let mut block = begun(starts, alpha, max_iterations);
    let mut calls = 0;
    while !block.is_done() {
        kernel.walk(&mut block, slice);
        calls += 1;
        assert!(calls <= starts.len() * (max_iterations + 2), "{} goes on", loss.text());
    }
    kernel.classify(&mut block);
    let limit = StopCriteria { max_iterations, gradient_tol: 0.0 };
    for (&start, End { x, steps, ending, .. }) in starts.iter().zip(block.ends()) {
        let descent = Descent::new(loss, Rule::GradientDescent, alpha, start, limit);
        let alone = end_of(descent);
        let found = match ending {
            // Within the rounding of a threshold, or where ‖∇f‖² overflows, a descent may go on.
            Ending::Unclear => {
                let step = |at: [f64; 2], _| {
                    let slope = compiled.gradient(at);
                    [at[0] - alpha * slope[0], at[1] - alpha * slope[1]]
                };
                (alone.0, alone.1, (steps..alone.0).fold(x, step))
            }
            _ => (steps, ending, x),
        };
        // As text, because all NaN then compare equal.
        assert_eq!(format!("{found:?}"), format!("{alone:?}"), "{} from {start:?}", loss.text());
    }
}

/// The end of a descent by itself.
fn end_of(mut descent: Descent<'_, 2>) -> (usize, Ending, [f64; 2]) {
    while descent.step().is_some() {}
    let ending = match descent.outcome() {
        Some(Outcome::Converged { .. }) => Ending::Converged,
        Some(Outcome::Diverged { .. }) => Ending::Diverged,
        Some(Outcome::Undefined { infinite: false, .. }) => Ending::Undefined,
        Some(Outcome::Undefined { infinite: true, .. }) => Ending::Infinite,
        _ => Ending::Exhausted,
    };
    (descent.k(), ending, descent.current().x)
}

/// Formulas with every operation, poles, holes, jumps and overflows.
const FORMULAS: [&str; 25] = [
    "x + y",
    "y",
    "x*y",
    "7 + 0*x*y",
    "x^2*y - 3",
    "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
    "-x^3 / (y - 1)",
    "exp(x)*cos(3*y) + sin(x*y)",
    "ln(x) + y^2",
    "sqrt(x) + sqrt(y)",
    "x^y",
    "y^x + abs(x)^1.5",
    "tan(x) + tanh(y) - atan(x*y)",
    "asin(x/3) + acos(y/3)",
    "floor(3*x) + sign(y)*x^2",
    "abs(x - y) + max(x, y^2) - min(x*y, 0)",
    "relu(x)^2 + relu(-y)",
    "x^-3 + y^9",
    "x^7 - x^30*y^12",
    "1/x + 1/y",
    "y/0 + x",
    "exp(x^2*9) + y^2",
    "(-0)*x + 0*y + 1/(x*0)",
    "20 + x^2 + y^2 - 10*(cos(2*pi*x) + cos(2*pi*y))",
    "exp(-(x^2 + y^2)) * (x + ln(abs(y)))",
];

#[test]
fn every_formula_has_the_bits_of_the_interpreter() {
    let starts: Vec<[f64; 2]> = (0..29)
        .map(|i| [-2.6 + 0.2 * f64::from(i), 1.9 - 0.17 * f64::from(i)])
        .chain([[0.0, 0.0], [-0.0, 1.0], [1.0, -0.0]])
        .collect();
    for formula in FORMULAS {
        same_as_alone(&typed(formula), &starts, 0.05, 13, 6);
    }
}

#[test]
fn compiled_landscapes_have_the_bits_of_the_interpreter() {
    let starts: Vec<[f64; 2]> =
        (0..21).map(|i| [2.0 - 0.2 * f64::from(i), -1.5 + 0.15 * f64::from(i)]).collect();
    same_as_alone(&compiled(&landscapes::Ackley), &starts, 0.01, 40, 100);
    same_as_alone(&compiled(&landscapes::Beale), &starts, 0.001, 40, 7);
    same_as_alone(&compiled(&Himmelblau), &starts, 0.01, 40, 1);
    same_as_alone(&compiled(&landscapes::Rosenbrock), &starts, 0.001, 40, 3);
    same_as_alone(&compiled(&landscapes::SixHumpCamel), &starts, 0.01, 40, 1000);
}

#[test]
fn few_starts_and_no_steps_are_walked_too() {
    let loss = compiled(&Himmelblau);
    for count in [1, 2, 7, 8, 9] {
        let starts: Vec<[f64; 2]> = (0..count).map(|i| [f64::from(i) - 4.0, 1.0]).collect();
        same_as_alone(&loss, &starts, 0.01, 0, 5);
        same_as_alone(&loss, &starts, 0.01, 1, 5);
        same_as_alone(&loss, &starts, 0.01, 17, 5);
    }
}

#[test]
fn a_call_takes_no_more_steps_than_it_may() {
    engine::start();
    let loss = compiled(&Himmelblau);
    let kernel = loss.compiled().and_then(|formula| formula.kernel(Task::Map)).expect("an engine");
    let mut block = begun(&[[0.0, 0.0]; 20], 0.001, 100_000);
    kernel.walk(&mut block, 1000);
    assert_eq!(block.clock(), 1000);
    kernel.walk(&mut block, 1);
    assert_eq!(block.clock(), 1001);
}

/// A sum of this many terms.
struct Terms(u32);

impl Formula<2> for Terms {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let term = |i: u32| (x * S::from(f64::from(i))).sin() * y;
        (1..self.0).fold(x, |sum, i| sum + term(i))
    }
}

#[test]
fn long_formulas_are_left_to_the_interpreter() {
    engine::start();
    for (terms, is_short) in [(50, true), (300, false), (20_000, false)] {
        let loss = compiled(&Terms(terms));
        let kernel = loss.compiled().and_then(|formula| formula.kernel(Task::Map));
        assert_eq!(kernel.is_some(), is_short, "{terms} terms");
    }
}

#[test]
fn a_refused_module_is_not_offered_again() {
    thread_local! {
        static OFFERS: RefCell<usize> = const { RefCell::new(0) };
    }
    load_kernels_with(|_| {
        OFFERS.with_borrow_mut(|offers| *offers += 1);
        None
    });
    let loss = compiled(&Himmelblau);
    for _ in 0..3 {
        assert!(loss.compiled().and_then(|formula| formula.kernel(Task::Map)).is_none());
    }
    assert_eq!(OFFERS.take(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_walk_has_the_bits_of_the_interpreter(
        which in 0..FORMULAS.len(), alpha in -0.5..1.5, steps in 0_usize..60, slice in 1_usize..90,
        starts in prop::collection::vec([-3.0..3.0, -3.0..3.0], 1..40),
    ) {
        same_as_alone(&typed(FORMULAS[which]), &starts, alpha, steps, slice);
    }
}

#[test]
fn recorded_runs_have_the_bits_of_the_interpreter() {
    // From (alpha, start, steps): long runs that exhaust their steps, converge, diverge or leave
    // the domain after more steps than are taken without a kernel.
    let runs = [
        ("(1 - x)^2 + 100*(y - x^2)^2", 0.001, [-1.2, 1.0], 10_000),
        ("(1 - x)^2 + 100*(y - x^2)^2", 0.001, [-1.2, 1.0], 1499),
        ("x*y + x^4", 0.001, [0.5, -0.3], 30_000),
        ("x^2 + y^2", 0.01, [3.0, 2.0], 5000),
        ("exp(-x) + 0*y", 0.1, [1.0, 0.0], 3000),
        ("x + ln(x + 2)^2 + y^2", 0.001, [1.0, 0.5], 9000),
        ("x*y - y", 0.02, [0.1, 1.1], 9000),
    ];
    for (text, alpha, start, max_iterations) in runs {
        let loss = typed(text);
        let limit = StopCriteria { max_iterations, gradient_tol: 1e-6 };
        same_runs(&loss, alpha, start, limit);
    }
    let line = |text: &str| match text.parse::<AnyLoss>() {
        Ok(AnyLoss::Loss1d(loss)) => loss,
        other => panic!("{text}: {other:?}"),
    };
    let limit = StopCriteria { max_iterations: 4000, gradient_tol: 1e-6 };
    for text in ["x^2", "x^4", "-x^2", "ln(x)", "cos(x)/x", "sqrt(x)"] {
        same_runs(&line(text), 0.003, [2.0], limit);
    }
}

/// Compares runs of all rules with those where the engine refuses all modules.
fn same_runs<const D: usize>(
    loss: &NamedLoss<D>,
    alpha: f64,
    start: [f64; D],
    limit: StopCriteria,
) {
    for rule in Rule::ALL.into_iter().filter(Rule::is_elementwise) {
        let run = || Descent::new(loss, rule, alpha, start, limit).run();
        engine::start();
        let kernel = loss.compiled().and_then(|formula| formula.kernel(Task::Rule(rule, D)));
        assert!(kernel.is_some(), "{}", loss.text());
        let in_kernel = run();
        // Only a long run asks for a kernel by itself.
        engine::start();
        assert_eq!(format!("{in_kernel:?}"), format!("{:?}", run()), "{}", loss.text());
        load_kernels_with(|_| None);
        let alone = run();
        let what = format!("{} of {}", rule.name(), loss.text());
        assert_eq!(format!("{in_kernel:?}"), format!("{alone:?}"), "{what}");
        let is_long = in_kernel.iterates.len() > 500;
        assert!(is_long || rule != Rule::GradientDescent, "{what} ends at {}", in_kernel.last_k());
    }
}

#[test]
fn sweeps_in_kernels_have_the_points_of_single_descents() {
    engine::start();
    let limit = StopCriteria { max_iterations: 300, gradient_tol: 1e-4 };
    for text in FORMULAS {
        same_points(&typed(text), [0.7, 1.3], limit);
    }
    for text in ["x^2", "x^4", "-x^2", "ln(x)", "cos(x)/x", "sqrt(x)", "abs(x)", "x^2 + 1/x"] {
        let Ok(AnyLoss::Loss1d(loss)) = text.parse::<AnyLoss>() else { panic!("{text}") };
        same_points(&loss, [0.9], limit);
        same_points(&loss, [0.0], limit);
    }
    // Too far for a kernel of plain descent.
    same_points(&typed("x^2 + y^2"), [1e5, 0.0], limit);
    // The tolerance is within rounding, or the start has ended already.
    same_points(&typed("x^2 + y^2"), [0.5, 0.0], StopCriteria { gradient_tol: 1.0, ..limit });
    same_points(&typed("x^2 + y^2"), [0.0, 0.0], limit);
    same_points(&typed("x^2 + y^2"), [1.0, 2.0], StopCriteria { max_iterations: 0, ..limit });
}

/// Rules with hyperparameters that are not the usual ones, too: the kernel is the same.
fn rules() -> impl Iterator<Item = Rule> {
    let all = Rule::ALL.into_iter().filter(Rule::is_elementwise);
    let others = [
        Rule::Momentum { beta: 0.0 },
        Rule::AdaGrad { eps: 0.0 },
        Rule::RmsProp { rho: 0.0, eps: 0.0 },
        Rule::Adam { beta1: 0.5, beta2: 0.75, eps: 0.0 },
        Rule::Adadelta { rho: 0.25, eps: 0.0 },
        Rule::Nadam { beta1: 0.3, beta2: 0.0, eps: 1e-3, momentum_decay: 7.0 },
    ];
    all.chain(others)
}

fn same_points<const D: usize>(loss: &NamedLoss<D>, start: [f64; D], limit: StopCriteria) {
    for rule in rules() {
        let sweep = Sweep::new(loss, rule, start, limit);
        let count = if rule == Rule::GradientDescent { 83 } else { 19 };
        let alphas = || Spacing::Logarithmic.alphas(1e-3, 20.0, count).chain([0.0, -0.1]);
        let alone: Vec<_> = sweep.over(alphas()).collect();
        let mut points = Vec::new();
        while points.len() < alone.len() {
            points.extend(sweep.advance(alphas().skip(points.len()), 3000));
        }
        let what = format!("{} of {}", rule.name(), loss.text());
        assert_eq!(format!("{points:?}"), format!("{alone:?}"), "{what}");
    }
}
