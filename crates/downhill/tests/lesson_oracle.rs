//! The lesson's numbers: those of the plainest loops in CPython, and as the lesson prints them.
//!
//! `tests/oracle/lesson.py` makes the numbers. Where the lesson's loop and the core take the same
//! operations the bits are equal; sums over points may be added in another order.

use downhill::{
    Dataset, MeanSquaredError, Outcome, Parabola, Quadratic, Ravine, Rule, StopCriteria,
    Trajectory, descend,
};
use serde_json::Value;

const GD: Rule = Rule::GradientDescent;

fn oracle(name: &str) -> Value {
    let oracle: Value =
        serde_json::from_str(include_str!("../../../tests/oracle/lesson.json")).expect("JSON");
    oracle[name].clone()
}

fn number(name: &str) -> f64 {
    oracle(name).as_f64().expect("a number")
}

fn numbers(name: &str) -> Vec<f64> {
    let list = oracle(name);
    list.as_array().expect("a list").iter().map(|n| n.as_f64().expect("a number")).collect()
}

fn limit(steps: usize) -> StopCriteria {
    StopCriteria { max_iterations: steps, gradient_tol: 0.0 }
}

fn places(run: &Trajectory<1>) -> Vec<f64> {
    run.iterates.iter().map(|iterate| iterate.x[0]).collect()
}

fn parabola(start: f64, alpha: f64, steps: usize) -> Trajectory<1> {
    descend(&Parabola, &GD, alpha, [start], limit(steps))
}

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found}, CPython has {expected}");
}

#[test]
fn the_parabola_has_the_bits_of_cpython() {
    for (start, alpha, steps) in [
        (10.0, 0.1, 20),
        (10.0, 0.001, 20),
        (10.0, 1.1, 20),
        (5.0, 0.1, 25),
        (-3.0, 0.1, 25),
        (2.0, 0.1, 25),
    ] {
        let expected = numbers(&format!("from {start} at {alpha}"));
        assert_eq!(places(&parabola(start, alpha, steps)), expected);
    }
}

#[test]
fn the_slopes_of_one_dial_and_two() {
    use downhill::{AnyLoss, Loss as _};
    assert_eq!([5.0, -3.0, 0.0].map(|x| Parabola.gradient([x])), [[10.0], [-6.0], [0.0]]);
    let AnyLoss::Loss2d(bowl) = AnyLoss::parse("x^2 + y^2").expect("a formula") else { panic!() };
    assert_eq!(bowl.gradient([3.0, 4.0]), [6.0, 8.0]);
}

#[test]
fn one_dial_as_printed() {
    let run = parabola(10.0, 0.1, 20);
    let printed = |k: usize| format!("{:.4} {:.8}", run.iterates[k].x[0], run.iterates[k].loss);
    assert_eq!(printed(1), "8.0000 64.00000000");
    assert_eq!(printed(2), "6.4000 40.96000000");
    assert_eq!(printed(3), "5.1200 26.21440000");
    assert_eq!(printed(4), "4.0960 16.77721600");
    assert_eq!(printed(5), "3.2768 10.73741824");
    assert_eq!(format!("{:.5}", run.iterates[20].x[0]), "0.11529");
    assert_eq!(format!("{:.7}", run.iterates[20].loss), "0.0132923");
    assert_eq!(format!("{:.3}", parabola(10.0, 0.001, 20).iterates[20].x[0]), "9.608");
    for pair in places(&parabola(10.0, 1.1, 20)).windows(2) {
        assert!((pair[1] / pair[0] + 1.2).abs() < 1e-14);
    }
    let quadratic = Quadratic::of(&Parabola).expect("x² is quadratic");
    let names = [0.25, 0.5, 0.75, 1.0, 1.25].map(|alpha| quadratic.regime(alpha).name());
    assert_eq!(names, ["monotone", "one step", "zigzag", "bounce", "diverge"]);
    // What those words mean.
    assert_eq!(places(&parabola(5.0, 0.5, 1)), [5.0, 0.0]);
    assert_eq!(places(&parabola(5.0, 1.0, 3)), [5.0, -5.0, 5.0, -5.0]);
}

#[test]
fn walk_and_formula() {
    let quadratic = Quadratic::of(&Parabola).expect("x² is quadratic");
    let run = parabola(5.0, 0.1, 25);
    let [iterated] = run.iterates[25].x;
    let [closed] = quadratic.closed_form([5.0], 0.1, 25);
    assert_eq!(format!("{iterated:.4} {:.4}", run.iterates[25].loss), "0.0189 0.0004");
    assert_eq!(closed, number("closed form"));
    assert!((iterated - closed).abs() <= 1e-14 * closed);
    assert!(format!("{iterated}").ends_with("478583"));
    assert!(format!("{closed}").ends_with("478607"));
}

#[test]
fn when_to_stop() {
    let run = descend(
        &Parabola,
        &GD,
        0.1,
        [10.0],
        StopCriteria { max_iterations: 100, gradient_tol: 1e-6 },
    );
    let expected = numbers("until flat");
    assert_eq!(run.outcome, Outcome::Converged { k: 76 });
    assert_eq!((run.outcome.k() as f64, run.iterates[76].x[0]), (expected[0], expected[1]));
    assert_eq!(format!("{:.2e}", run.iterates[76].x[0]), "4.31e-7");
}

#[test]
fn three_numbers_at_once_and_the_challenge() {
    let after = |start| format!("{:.4}", parabola(start, 0.1, 25).iterates[25].x[0]);
    assert_eq!([5.0, -3.0, 2.0].map(after), ["0.0189", "-0.0113", "0.0076"]);
    assert_eq!(format!("{:.5}", parabola(5.0, 0.1, 25).iterates[25].x[0]), "0.01889");
    let boundary = number("challenge");
    assert_eq!(format!("{boundary:.5}"), "0.85564");
    let end = |alpha| parabola(5.0, alpha, 25).iterates[25].x[0].abs();
    assert!(end(boundary - 1e-9) < 1e-3 && end(boundary + 1e-9) > 1e-3);
}

#[test]
fn learning_from_data() {
    let error = MeanSquaredError(Dataset::five());
    let run = descend::<1>(&error, &GD, 0.01, [0.0], limit(50));
    assert_eq!((numbers("fit").len(), numbers("fit losses").len()), (51, 51));
    for (k, (w, loss)) in numbers("fit").into_iter().zip(numbers("fit losses")).enumerate() {
        close(run.iterates[k].x[0], w);
        // Near w = 2 the loss is what remains of numbers around 10.
        assert!((run.iterates[k].loss - loss).abs() <= 1e-12 * loss + 1e-28, "{k}");
    }
    let quadratic = Quadratic::<1>::of(&error).expect("a mean squared error is quadratic");
    assert_eq!((quadratic.lambda_max(), run.iterates[0].loss), (22.0, 44.0));
    assert_eq!(run.iterates[0].gradient, [-44.0]);
    assert_eq!(format!("{:.4}", quadratic.largest_stable_alpha()), "0.0909");
    assert!((quadratic.minimizer[0] - 2.0).abs() < 1e-15);
    let line = descend::<2>(&error, &GD, 0.01, [0.0, 0.0], limit(500)).iterates[500].x;
    let expected = numbers("line fit");
    close(line[0], expected[0]);
    close(line[1], expected[1]);
    assert_eq!(line.map(|parameter| format!("{parameter:.4}")), ["1.9738", "0.0946"]);
}

#[test]
fn the_ravine() {
    let ravine = Ravine { kappa: 200.0, angle: 0.0 };
    for (rule, name, printed) in [
        (Rule::Momentum { beta: 0.9 }, "ravine, momentum", "1.49e-4"),
        (GD, "ravine, plain", "1.31e0"),
    ] {
        let run = descend(&ravine, &rule, 0.009, [-4.0, 1.0], limit(100));
        let losses: Vec<f64> = run.iterates.iter().map(|iterate| iterate.loss).collect();
        assert_eq!(losses, numbers(name));
        assert_eq!(format!("{:.2e}", losses[100]), printed);
    }
    let quadratic = Quadratic::of(&ravine).expect("the ravine is quadratic");
    let kappa = quadratic.kappa();
    assert_eq!(kappa, 200.0);
    let plain = quadratic.rate(quadratic.best_alpha(), 0.0);
    assert!((plain - (kappa - 1.0) / (kappa + 1.0)).abs() < 1e-15);
    let (alpha, beta) = quadratic.best_momentum();
    let root = kappa.sqrt();
    assert!((quadratic.rate(alpha, beta) - (root - 1.0) / (root + 1.0)).abs() < 1e-7);
}

#[test]
fn adam() {
    let error = MeanSquaredError(Dataset::five());
    let adam = Rule::parse("adam").expect("a rule's name");
    let end = |alpha| descend::<1>(&error, &adam, alpha, [0.0], limit(200)).iterates[200].x[0];
    close(end(0.001), number("adam at 0.001"));
    close(end(0.1), number("adam at 0.1"));
    assert_eq!(format!("{:.4} {:.5}", end(0.001), end(0.1)), "0.1959 1.99994");
}

#[test]
fn numbers_that_circulate_and_are_wrong() {
    let error = MeanSquaredError(Dataset::five());
    let fit = |alpha, steps| descend::<1>(&error, &GD, alpha, [0.0], limit(steps));
    // "Step 0: w = 0.2200, loss 33.84; step 50: w = 1.9314."
    let run = fit(0.01, 50);
    let [first, last] = [run.iterates[1], run.iterates[50]];
    assert_eq!(format!("{:.4} {:.4}", first.x[0], first.loss), "0.4400 26.7696");
    assert_eq!(format!("{:.4}", last.x[0]), "2.0000");
    assert_eq!(format!("{:.4}", run.iterates[11].x[0]), "1.8700");
    // "w = 1.2 with α = 0.0001 after 1000 steps."
    let slow = fit(0.0001, 1000).iterates[1000].x[0];
    close(slow, number("slow fit"));
    assert_eq!(format!("{slow:.4}"), "1.7789");
    // "α above 0.5 on x² may diverge": it converges up to 1, and 0.5 is best.
    let quadratic = Quadratic::of(&Parabola).expect("x² is quadratic");
    assert_eq!((quadratic.largest_stable_alpha(), quadratic.best_alpha()), (1.0, 0.5));
    assert_eq!(quadratic.rate(0.5, 0.0), 0.0);
    assert!(parabola(5.0, 0.999, 20_000).iterates[20_000].x[0].abs() < 1e-6);
    // The others, "θ = 0.00000001", "≈ 2.0" by Adam and "w ≈ 2, b ≈ 0", are held by the tests on stopping, Adam and data.
}
