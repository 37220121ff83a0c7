//! The same spec gives the same bits on every machine, and always has.
//!
//! A list of specs covers every landscape, rule, schedule and use of random numbers. Each result is
//! hashed and compared with `bits.txt`. After a change that is meant to alter bits,
//! `UPDATE_EXPECT=1` rewrites the file. `tests/browser/bits.rs` checks that the published modules
//! give the bits of native code in every browser.

use std::fmt::Debug;

use downhill::{
    Activation, AlphaChanges, AnyLoss, Basins, Criterion, Dataset, DeepNetwork, Descent, Grid,
    Hidden, HiddenActivation, Init, NamedLoss, Network, NetworkData, NetworkLoss, Noisy, Quadratic,
    Rule, Schedule, Sgd, SgdConfig, StopCriteria, Training, TrainingConfig, landscapes_1d,
    landscapes_2d,
};

/// The result of a spec as one line: its name and the FNV-1a hash of all its numbers.
///
/// Numbers are hashed in their shortest round-trip form, in which all NaN are equal.
fn line(name: &str, result: &impl Debug) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in format!("{result:?}").bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x} {name}\n")
}

const LIMIT: StopCriteria = StopCriteria { max_iterations: 120, gradient_tol: 1e-6 };

/// Every rule on a loss, and the loss's derivatives across its view.
fn descents<const D: usize>(surface: &NamedLoss<D>, start: [f64; D], text: &mut String) {
    let loss = surface.loss();
    let name = surface.text();
    for rule in Rule::ALL {
        let run = Descent::new(loss, &rule, 0.02, start, LIMIT).run();
        text.push_str(&line(&format!("{name} {}", rule.name()), &run));
    }
    let around: Vec<_> = (-20..=20)
        .map(|i| {
            let at = start.map(|x| x + 0.37 * f64::from(i));
            (loss.value_and_gradient(at), loss.hessian(at))
        })
        .collect();
    text.push_str(&line(&format!("{name} derivatives"), &around));
    let analysis = Quadratic::of(loss).map(|q| (q, q.bands(), q.closed_form(start, 0.02, 25)));
    text.push_str(&line(&format!("{name} analysis"), &analysis));
}

fn report() -> String {
    let mut text = String::new();
    for landscape in landscapes_1d() {
        let start = landscape.start;
        descents(&landscape.into(), start, &mut text);
    }
    for landscape in landscapes_2d() {
        let start = landscape.start;
        descents(&landscape.into(), start, &mut text);
    }
    for formula in [
        "sin(x) + cos(2x) + tan(x/9)",
        "exp(-x^2) + ln(1+x^2) + sqrt(x^2+1)",
        "sinh(x/5) + cosh(x/5) + tanh(x) + sigmoid(3x)",
        "abs(x) + relu(x-1) + max(x, 0.5) + min(x, -0.5) + (x^2+1)^0.3",
        "(x²+y−11)² + 2^(x/3) + |x y|",
        "asin(x/9) + acos(x/9) + atan(x) + x floor(x) + sign(x)x^3 + ∛x + log2(x^2)",
    ] {
        match formula.parse::<AnyLoss>().expect("a formula") {
            AnyLoss::Loss1d(surface) => descents(&surface, [1.3], &mut text),
            AnyLoss::Loss2d(surface) => descents(&surface, [1.3, -0.8], &mut text),
        }
    }
    for name in Schedule::NAMES {
        let schedule = Schedule::for_steps(name, 100).expect("a schedule");
        let rates: Vec<f64> = (0..120).map(|k| schedule.alpha(0.1, k)).collect();
        text.push_str(&line(name, &rates));
    }
    let Ok(AnyLoss::Loss2d(hollows)) = "himmelblau".parse::<AnyLoss>() else {
        panic!("two variables")
    };
    let (alpha, changes) = AlphaChanges::read("0.01,20:0.002,60:0.02").expect("two changes");
    for rule in Rule::ALL {
        let shaken = Noisy { rule, size: 20.0, seed: 5 };
        let walk = Descent::new(hollows.loss(), &shaken, alpha, [0.5, -0.25], LIMIT);
        let run = walk.with_changes(changes).run();
        text.push_str(&line(&format!("changes and noise, {}", rule.name()), &run));
    }
    let data = Dataset::noisy(7, 0.1);
    for batch in [0, 1, 32] {
        let plan = SgdConfig { batch, epochs: 4, seed: 3, tol: 0.0 };
        for rule in Rule::ALL {
            let run = Sgd::new(&data, &rule, 0.05, [0.0, 0.0], plan).run();
            text.push_str(&line(&format!("fit, batch {batch}, {}", rule.name()), &run));
        }
    }
    for activation in Activation::ALL {
        for (skip, norm) in [(false, false), (true, false), (false, true)] {
            let chain = DeepNetwork { activation, skip, norm, ..DeepNetwork::default() };
            let name = format!("chain, {}, skip {skip}, norm {norm}", activation.name());
            text.push_str(&line(&name, &chain.run()));
        }
    }
    let Ok(AnyLoss::Loss2d(himmelblau)) = "himmelblau".parse::<AnyLoss>() else {
        panic!("two variables")
    };
    let grid = Grid::new([[-5.0, 5.0], [-5.0, 5.0]], 32, 32);
    let mut basins = Basins::new(himmelblau, 0.01, LIMIT, grid);
    while !basins.is_done() {
        basins.advance(10_000);
    }
    let cells: Vec<_> = (0..32 * 32).map(|i| basins.cell(i % 32, i / 32)).collect();
    assert!(cells.iter().all(Option::is_some) && basins.minimizers().len() == 4);
    text.push_str(&line("basins", &cells));
    networks(&mut text);
    text
}

/// Every kind of points with an activation, and every rule.
fn networks(text: &mut String) {
    let first_order = Rule::ALL.into_iter().filter(Rule::is_first_order);
    let kinds = NetworkData::ALL.into_iter().cycle().zip(HiddenActivation::ALL.into_iter().cycle());
    for (rule, (data, activation)) in first_order.zip(kinds) {
        let batch = if rule.name() == "gd" { 0 } else { 16 };
        let split = data.draw(40, 0.1, 3);
        let network = Network::new(split.train.inputs(), Hidden::default(), activation);
        let criterion =
            if data.has_classes() { Criterion::Logistic } else { Criterion::MeanSquares };
        let start = network.start(Init::Xavier, 3);
        let loss = NetworkLoss::new(network, criterion, split.train);
        let config = TrainingConfig { rule, alpha: 0.02, batch, ..TrainingConfig::default() };
        let mut training = Training::new(loss, None, start, config).expect("a training");
        training.advance(60);
        let measure = training.measure(Some(1e-6));
        let name = format!("network, {}, {}, {}", data.name(), activation.name(), rule.name());
        text.push_str(&line(&name, &(measure, training.weights())));
    }
}

#[test]
fn every_spec_gives_the_bits_that_are_written_down() {
    let found = report();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write("tests/bits.txt", &found).expect("the file can be written");
        return;
    }
    let expected = include_str!("bits.txt");
    for (found, expected) in found.lines().zip(expected.lines()) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.lines().count(), expected.lines().count());
    assert!(found.lines().count() > 300);
}
