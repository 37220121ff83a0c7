//! The published modules give the same bits in every engine as native code, where landscapes are
//! compiled rather than interpreted and everything is optimized differently.
//!
//! The specs cover the elements: every landscape, typed formulas, every rule and schedule, fits,
//! chains, basin maps. They are compared by the bits of every number in `snapshot()` and by
//! `toCSV()`, whose numbers are the shortest that read back with the same bits.

use downhill::{Activation, Rule, Schedule, landscapes_1d, landscapes_2d};
use downhill_figures::{Input, Locale, NAMES};
use downhill_tests::{Case, Page, case};
use serde_json::{Value, json};

pub(crate) const CASES: &[Case] =
    &[case!(runs_have_the_bits_of_native_code), case!(maps_have_the_bits_of_native_code)];

/// A figure with its attributes.
struct Spec {
    figure: &'static str,
    entries: Vec<(&'static str, String)>,
}

fn spec(figure: &'static str, entries: &[(&'static str, &str)]) -> Spec {
    let entries = entries.iter().map(|&(name, text)| (name, text.to_owned())).collect();
    Spec { figure, entries }
}

/// Typed formulas that cover every operator and function, and common spellings.
const ONE: [&str; 4] = [
    "sin(x) + cos(2x) + tan(x/9)",
    "exp(-x^2) + ln(1+x^2) + sqrt(x^2+1)",
    "sinh(x/5) + cosh(x/5) + tanh(x) + sigmoid(3x)",
    "abs(x) + relu(x-1) + max(x, 0.5) + min(x, -0.5) + (x^2+1)^0.3",
];
const TWO: [&str; 3] =
    ["(x²+y−11)² + 2^(x/3) + |x y|", "ln(1+x^2+y^2) + sin(3x)*cos(2y)", "(x-y)^4 + exp(x/3) + y^2"];

fn all_rules() -> String {
    Rule::ALL.map(|rule| rule.name()).join(",")
}

fn runs() -> Vec<Spec> {
    let rules = all_rules();
    let mut all = Vec::new();
    for name in landscapes_1d().iter().map(|landscape| landscape.name).chain(ONE) {
        all.push(spec("lab", &[("loss", name), ("steps", "120"), ("tol", "1e-3")]));
        all.push(spec("scrubber", &[("loss", name), ("alpha", "0.02"), ("steps", "90")]));
    }
    for name in landscapes_2d().iter().map(|landscape| landscape.name).chain(TWO) {
        let race = [("loss", name), ("rules", &*rules), ("alpha", "0.02"), ("steps", "120")];
        all.push(spec("race", &race));
        // Basin maps for all landscapes would dominate the running time.
        all.push(spec("starts", &[("loss", name), ("alpha", "0.003"), ("basins", "off")]));
    }
    all.push(spec("hill", &[("loss", "ackley"), ("rule", "adam"), ("k", "5")]));
    for schedule in Schedule::NAMES {
        all.push(spec("race", &[("schedule", schedule), ("rules", "gd,momentum,adamw")]));
    }
    let own =
        [("beta", "0.7"), ("beta1", "0.8"), ("beta2", "0.95"), ("eps", "1e-4"), ("rho", "0.6")];
    let decays = [("weight-decay", "0.1"), ("momentum-decay", "0.01"), ("rules", &*rules)];
    all.push(spec("race", &[own.as_slice(), &decays].concat()));
    all.push(spec("race", &[("fair", "best"), ("rules", "gd,nesterov,rmsprop"), ("steps", "40")]));
    all.push(spec("ravine", &[("kappa", "37"), ("angle", "31"), ("fair", "best")]));
    all.push(spec("plane", &[("kappa", "37"), ("alpha", "0.03"), ("beta", "0.61")]));
    all.push(spec("bowl", &[("alpha", "0.9"), ("start", "-3.3")]));
    for rule in Rule::ALL {
        for batch in ["0", "1", "32"] {
            let fit = [("rule", rule.name()), ("batch", batch), ("epochs", "4"), ("seed", "3")];
            all.push(spec("fit", &[fit.as_slice(), &[("data", "noisy")]].concat()));
        }
    }
    all.push(spec("fit", &[("model", "wx"), ("points", "1,2\n2,4.1\n3,5.9"), ("data", "own")]));
    for activation in Activation::ALL {
        for (skip, norm) in [("off", "off"), ("on", "off"), ("off", "on")] {
            let chain = [("activation", activation.name()), ("skip", skip), ("norm", norm)];
            all.push(spec("chain", &chain));
        }
    }
    for (data, activation, batch) in [("spiral", "tanh", "0"), ("sine", "softplus", "7")] {
        let net = [("data", data), ("activation", activation), ("batch", batch)];
        all.push(spec("net", &[net.as_slice(), &[("steps", "90"), ("every", "30")]].concat()));
    }
    all
}

fn maps() -> Vec<Spec> {
    let map = |loss, alpha| {
        spec("starts", &[("loss", loss), ("alpha", alpha), ("steps", "60"), ("basins", "on")])
    };
    vec![map("himmelblau", "0.01"), map("sin(x)*cos(y) + (x^2+y^2)/40", "0.4")]
}

fn runs_have_the_bits_of_native_code(page: &Page<'_>) {
    let specs = runs();
    for figure in NAMES {
        assert!(specs.iter().any(|spec| spec.figure == *figure), "no spec of {figure}");
    }
    compare(page, &specs);
}

fn maps_have_the_bits_of_native_code(page: &Page<'_>) {
    compare(page, &maps());
}

#[track_caller]
fn compare(page: &Page<'_>, specs: &[Spec]) {
    // Native runs come first, so that a bad spec fails at once.
    let expected: Vec<Native> = specs.iter().map(native).collect();
    page.open("embed.html?figure=plane");
    for (spec, Native { works, snapshot, csv }) in specs.iter().zip(expected) {
        let given = json!({ "figure": spec.figure, "entries": spec.entries, "works": works, "last": snapshot });
        let found = page.script_with(include_str!("bits.js"), &[given]);
        let what = format!("{} {:?}", spec.figure, spec.entries);
        same(&format!("the snapshot of {what}"), found["snapshot"].as_str(), &snapshot);
        same(&format!("the CSV of {what}"), found["csv"].as_str(), &csv);
    }
}

#[track_caller]
fn same(what: &str, found: Option<&str>, expected: &str) {
    let found = found.expect("a text");
    let first = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert!(found == expected, "{what}: (found, expected) first differ in {first:?}");
}

/// The result of native code.
struct Native {
    /// Whether anything took longer than a frame.
    works: bool,
    /// The snapshot, in the format of `bits.js`.
    snapshot: String,
    csv: String,
}

fn native(spec: &Spec) -> Native {
    let mut figure = downhill_figures::figure(spec.figure, Locale::default()).expect("a figure");
    let entries: Vec<(&str, &str)> =
        spec.entries.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let mut changes = figure.start(&entries);
    // A start outside a landscape's view is moved to its border.
    let other = changes.problems.iter().find(|problem| problem.parameter != "start");
    assert!(other.is_none(), "{} {:?}: {other:?}", spec.figure, spec.entries);
    let works = changes.working;
    while changes.working {
        changes = figure.apply(&Input::Work(1_000_000));
    }
    let mut text = Vec::new();
    lines("", &serde_json::to_value(figure.snapshot()).expect("plain data"), &mut text);
    assert!(text.len() > 8, "a snapshot has more to it");
    Native { works, snapshot: text.join("\n"), csv: figure.csv() }
}

fn lines(path: &str, value: &Value, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                lines(&format!("{path}.{key}"), value, into);
            }
        }
        Value::Array(all) if all.iter().any(Value::is_object) => {
            for (index, value) in all.iter().enumerate() {
                lines(&format!("{path}.{index}"), value, into);
            }
        }
        _ => {
            let mut hashes = [0x811c_9dc5_u32; 2];
            feed(value, &mut hashes);
            into.push(format!("{path} {:08x}{:08x}", hashes[0], hashes[1]));
        }
    }
}

fn feed(value: &Value, hashes: &mut [u32; 2]) {
    let mut mix = |half: usize, word: u32| {
        hashes[half] = (hashes[half] ^ word).wrapping_mul(0x0100_0193);
    };
    match value {
        Value::Array(all) => {
            mix(0, u32::try_from(all.len()).expect("a length"));
            for one in all {
                feed(one, hashes);
            }
        }
        Value::Number(number) => {
            let bits = number.as_f64().expect("a double").to_bits();
            mix(0, bits as u32);
            mix(1, (bits >> 32) as u32);
        }
        other => {
            let text = other.as_str().map_or_else(|| other.to_string(), ToOwned::to_owned);
            text.chars().for_each(|letter| mix(1, letter.into()));
        }
    }
}
