//! Tests of `downhill trace`, `downhill losses` and `downhill rules`.

use downhill::Rule;
use serde_json::Value;

use crate::run::{downhill, json, printed, refusal};

fn floats(value: &Value) -> Vec<f64> {
    value.as_array().expect("a list").iter().map(|n| n.as_f64().expect("a number")).collect()
}

const CONTRACT: [&str; 11] =
    ["trace", "--loss", "x^2", "--start", "5", "--rule", "gd", "--alpha", "0.1", "--steps", "25"];

#[test]
fn the_contract_has_the_bits_of_the_textbook_loop() {
    let run = json(&CONTRACT);
    let mut x = 5.0_f64;
    for (k, at) in run["iterates"].as_array().expect("a list").iter().enumerate() {
        assert_eq!(floats(at)[0].to_bits(), x.to_bits(), "iterate {k}");
        assert_eq!(floats(&run["losses"])[k].to_bits(), (x * x).to_bits());
        assert_eq!(floats(&run["gradients"][k]), [2.0 * x]);
        x -= 0.1 * (2.0 * x);
    }
    let last = floats(&run["iterates"][25])[0];
    assert!((last / 0.018_889_465_931_478_607 - 1.0).abs() <= 1e-14);
    let keys: Vec<&str> = run.as_object().expect("an object").keys().map(String::as_str).collect();
    for key in ["name", "rule", "alpha", "regime", "iterates", "losses", "gradients", "outcome"] {
        assert!(keys.contains(&key), "{key} of {keys:?}");
    }
    assert_eq!((&run["rule"], &run["regime"]), (&Value::from("gd"), &Value::from("monotone")));
    assert_eq!(run["outcome"], serde_json::json!({"kind": "exhausted", "k": 25}));
}

#[test]
fn csv_and_table_have_the_same_numbers() {
    let csv = printed(&[&CONTRACT[..], &["--format", "csv"]].concat());
    let table = printed(&CONTRACT);
    assert!(csv.starts_with("run,k,x,loss,gradient\ngd,0,5,25,10\ngd,1,4,16,8\n"));
    assert!(table.ends_with("\nexhausted at iteration 25\n"));
    assert_eq!(csv.lines().count() + 1, table.lines().count(), "the table ends with the outcome");
    for (row, line) in csv.lines().zip(table.lines()) {
        let cells: Vec<&str> = row.split(',').skip(1).collect();
        assert_eq!(cells, line.split_whitespace().collect::<Vec<_>>());
    }
    let two = printed(&["trace", "--loss", "ravine", "--steps", "0", "--format", "csv"]);
    assert_eq!(two, "run,k,x,y,loss,gradient_x,gradient_y\ngd,0,-4,1,58,-4,100\n");
}

/// A regime describes the whole run: it holds in every direction, and rounding errors do not count
/// as slope.
#[test]
fn regime_and_outcome_agree_in_two_dimensions() {
    for (loss, start, alpha, regime, outcome) in [
        ("(0.3x+0.6y)^2", "1,1", "0.1", "monotone", "converged"),
        ("(0.3x+0.6y)^2", "1,1", "2.3", "diverge", "diverged"),
        ("(x+y)^2", "1,2", "0.25", "one step", "converged"),
        ("x^2+3y^2", "1,1", "0.16666666666666666", "monotone", "converged"),
        ("x^2+y^2", "1,2", "0.5", "one step", "converged"),
        ("ravine", "-4,1", "0.01", "monotone", "exhausted"),
        ("ravine", "-4,1", "0.02", "bounce", "exhausted"),
        ("x^2-1e-13y^2", "1,0", "0.1", "diverge", "stalled"),
        ("(x+y)^2-1e-9y^2", "1,1", "0.1", "diverge", "stalled"),
    ] {
        let run =
            json(&["trace", "--loss", loss, "--start", start, "--alpha", alpha, "--steps", "400"]);
        assert_eq!(run["regime"], regime, "{loss} {alpha}");
        assert_eq!(run["outcome"]["kind"], outcome, "{loss} {alpha}");
    }
}

#[test]
fn every_regime_and_outcome_has_its_name() {
    for (alpha, regime) in [
        ("0", "still"),
        ("0.3", "monotone"),
        ("0.5", "one step"),
        ("0.7", "zigzag"),
        ("1", "bounce"),
        ("1.1", "diverge"),
    ] {
        let run = json(&["trace", "--loss", "x^2", "--start", "5", "--alpha", alpha]);
        assert_eq!(run["regime"], regime, "{alpha}");
    }
    let ball = json(&["trace", "--loss", "ravine", "--rule", "momentum", "--momentum", "0.9"]);
    assert_eq!(ball["regime"], "oscillate");
    let ending = |arguments: &[&str]| {
        let more = ["trace", "--steps", "5000", "--alpha"];
        json(&[&more[..], arguments].concat())["outcome"]["kind"].clone()
    };
    assert_eq!(ending(&["0.1", "--loss", "x^2", "--start", "5"]), "converged");
    assert_eq!(ending(&["0.1", "--loss", "x^2", "--start", "5", "--tol", "0"]), "exhausted");
    assert_eq!(ending(&["1.1", "--loss", "x^2", "--start", "5"]), "diverged");
    assert_eq!(ending(&["0.1", "--loss", "x^2 - y^2", "--start", "3,0"]), "stalled");
    assert_eq!(json(&["trace", "--loss", "rosenbrock"])["regime"], Value::Null);
}

/// From ½α up to α in two steps: 5 − 0.05 · 10 = 4.5, then 4.5 − 0.075 · 9 = 3.825.
#[test]
fn a_cyclical_schedule_rises_from_its_lowest_rate() {
    let few = ["trace", "--loss", "x^2", "--start", "5", "--alpha", "0.1", "--steps", "2"];
    let run = json(&[&few[..], &["--schedule", "cyclical:0.5,2"]].concat());
    let at = |k: usize| run["iterates"][k][0].as_f64().unwrap();
    assert!((at(1) - 4.5).abs() < 1e-12 && (at(2) - 3.825).abs() < 1e-12, "{run}");
}

#[test]
fn alpha_changes_from_a_step_on() {
    let run = |alpha: &str| {
        json(&["trace", "--loss", "x^2", "--start", "5", "--alpha", alpha, "--steps", "60"])
    };
    let (steady, changed) = (run("0.1"), run("0.1,40:0.01"));
    let at = |run: &Value, k: usize| run["iterates"][k][0].as_f64().expect("a number");
    assert_eq!(at(&steady, 40).to_bits(), at(&changed, 40).to_bits(), "the walk so far stays");
    assert!((at(&changed, 41) / at(&changed, 40) - 0.98).abs() < 1e-12);
    assert_eq!((&changed["alpha"], &changed["regime"]), (&Value::from(0.1), &Value::Null));
    let refused = |alpha: &str| {
        let few = ["trace", "--loss", "x^2", "--start", "5", "--steps", "25", "--alpha", alpha];
        refusal(downhill(&few))
    };
    let fifty: String = (1..=50).map(|k| format!(",{k}:0.1")).collect();
    for (alpha, sentence) in [
        ("0.1,40:", "one with changes STEP:RATE after commas, as in 0.1,40:0.01"),
        ("40:0.01,20:0.1", "a learning rate to begin with, then its changes, as in 0.1,40:0.01"),
        ("0.1,40:0.01,20:0.1", "each at a later step than the one before"),
        (&*format!("0.1{fifty}"), "a learning rate and at most 8 changes"),
        ("0.1,25:0.01", "the change 25:0.01 comes too late; with 25 steps the last is step 24"),
    ] {
        let said = refused(alpha);
        assert!(said.contains("--alpha") && said.contains(sentence), "{alpha}: {said}");
    }
}

#[test]
fn noise_shakes_a_walker_and_the_seed_repeats_it() {
    let walk = |more: &[&str]| {
        let few = ["trace", "--loss", "himmelblau", "--start", "3,2", "--steps", "50"];
        json(&[&few[..], more].concat())
    };
    let calm = walk(&["--noise", "0"]);
    assert_eq!(calm, walk(&["--seed", "7"]), "without noise a seed is nothing");
    assert_eq!(calm["outcome"]["kind"], "converged");
    let shaken = walk(&["--noise", "40"]);
    assert_eq!(shaken["outcome"]["kind"], "exhausted", "it leaves the bottom it started on");
    assert_eq!(shaken, walk(&["--noise", "40", "--seed", "1"]));
    assert_ne!(shaken, walk(&["--noise", "40", "--seed", "2"]));
}

#[test]
fn critical_points_that_are_not_minima_are_named() {
    let last = |loss: &str, start: &str| {
        let text = printed(&["trace", "--loss", loss, "--start", start]);
        text.lines().last().expect("a line").to_owned()
    };
    for (loss, start, ended) in [
        ("x^2 - y^2", "0,0", "stalled on a saddle or an inflection at iteration 0"),
        ("-x^2 - y^2", "0,0", "stalled on a maximum at iteration 0"),
        ("cos(x)", "0", "stalled on a maximum at iteration 0"),
        ("1 - x^4", "0", "stalled on a maximum at iteration 0"),
        ("x^3", "0", "stalled on a saddle or an inflection at iteration 0"),
        ("1 - exp(-x^2)", "9", "stalled on a plateau at iteration 0"),
        ("x^4", "0", "converged at iteration 0"),
    ] {
        assert_eq!(last(loss, start), ended, "{loss}");
    }
}

#[test]
fn leaving_the_domain_is_named_without_nan() {
    for (loss, start, alpha, end) in [
        ("-ln(x)-x", "-0.5", "0.1", 0),
        ("0/0", "5", "0.1", 0),
        ("x^2+ln(-1)", "2", "0.1", 0),
        ("ln(x)", "1", "0.6", 2),
        ("sqrt(x)", "1", "2", 1),
        ("cbrt(x)", "1", "3", 1),
        ("sqrt(x)", "1", "3", 1),
        ("x^x", "1000000", "0.1", 0),
        ("x^2", "1e200", "0.1", 0),
        ("exp(x)", "800", "0.1", 0),
        ("exp(x^2)", "2", "0.5", 1),
        ("x/0", "5", "0.1", 0),
        ("ln(x)+y^2", "1,1", "0.5", 2),
    ] {
        let from = ["trace", "--loss", loss, "--start", start, "--alpha", alpha];
        let run = json(&from);
        assert_eq!(run["outcome"], serde_json::json!({"kind": "undefined", "k": end}), "{loss}");
        let losses = run["losses"].as_array().expect("a list");
        assert_eq!(losses.len(), end.max(1));
        // Only the start may have a null loss, where the loss is undefined.
        assert_eq!(losses[0].is_null(), end == 0, "{loss}");
        let table = printed(&from);
        let large = ["x^x", "x^2", "exp(x)", "exp(x^2)", "x/0"].contains(&loss);
        let why = match end {
            _ if large => "the loss is infinite there, or too large for a number",
            0 => {
                "the start lies outside the domain of the loss, which has no value or no slope there"
            }
            _ => "it left the domain of the loss, which has no value or no slope there",
        };
        let words = format!("undefined at iteration {end}: {why}\n");
        assert!(run["regime"].is_null(), "{loss}");
        if end == 0 {
            assert!(run["gradients"][0][0].is_null(), "{loss}");
        }
        assert!(table.contains(&words), "{table}");
        assert_eq!(table.contains("none"), end == 0, "{table}");
        let csv = printed(&[&from[..], &["--format", "csv"]].concat());
        for text in [table, csv.clone(), run.to_string()] {
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            assert!(words.all(|word| !["NaN", "inf"].contains(&word)), "{text}");
        }
        assert_eq!(csv.contains(",,"), end == 0, "{csv}");
    }
}

#[test]
fn a_table_has_no_negative_zero() {
    let asked = |format| {
        printed(&["trace", "--loss", "-x^2", "--start", "0", "--steps", "1", "--format", format])
    };
    assert!(asked("csv").contains("-0"), "the number as it is");
    let table = asked("table");
    assert!(!table.contains("-0"), "{table}");
}

#[test]
fn rules_take_their_settings_and_a_schedule() {
    let run = json(&[
        "trace",
        "--loss",
        "0.5(x^2+50y^2)",
        "--start",
        "-4,1",
        "--rule",
        "adamw",
        "--beta1",
        "0.7",
        "--beta2",
        "0.99",
        "--eps",
        "1e-5",
        "--weight-decay",
        "0.2",
        "--alpha",
        "0.05",
    ]);
    // The first step in tests/oracle/rules.json.
    assert!((floats(&run["iterates"][1])[0] / -3.910_000_124_999_687_6 - 1.0).abs() < 1e-12);
    let run = json(&[
        "trace",
        "--loss",
        "x^2",
        "--start",
        "5",
        "--schedule",
        "step-decay:0.5,1",
        "--alpha",
        "0.5",
        "--steps",
        "2",
        "--tol",
        "0",
    ]);
    assert_eq!(run["regime"], Value::Null);
    let listed = printed(&["rules"]);
    let rules: Value =
        serde_json::from_str(&printed(&["rules", "--format", "json"])).expect("JSON");
    let names: Vec<&str> =
        rules.as_array().expect("rules").iter().filter_map(|r| r["name"].as_str()).collect();
    assert_eq!(names, Rule::ALL.each_ref().map(Rule::name));
    for said in [
        "momentum, nesterov: v ← βv + g adds up whole slopes; with averaging, v ← βv + (1 − β)g, the same walk takes α/(1 − β)",
        "nesterov: the iterates are the look-ahead points",
        "adagrad, rmsprop, adam, adamw, nadam: ε stands outside the root",
        "adadelta, adafactor: ε stands inside the root",
        "adamw: weight decay takes αλw off, with the α of the schedule",
        "adadelta, adafactor: with ε = 0 a coordinate that has felt no slope stays where it is",
        "newton: --safeguard on: where the Hessian H is not positive definite, w − t|H|⁻¹∇f with a t ≤ α",
        "--safeguard on\n",
        "downhill fit: the loss is the mean of the squares, not half of it: courses with ½ use twice our α",
    ] {
        assert!(listed.contains(said), "{listed}");
    }
    let conventions = |rule: usize| rules[rule]["conventions"].as_array().map_or(0, Vec::len);
    assert_eq!([0, 1, 2, 5, 6, 10].map(conventions), [0, 1, 2, 2, 3, 1]);
    for name in names {
        assert!(listed.contains(name));
        json(&["trace", "--loss", "rosenbrock", "--rule", name]);
    }
}

#[test]
fn newton_steps_are_distinguished_from_others() {
    let loss = "x^4-2y x^2+y^2+x^2-2x+5";
    let asked = |more: &[&'static str]| {
        let all = ["trace", "--loss", loss, "--start", "1,4", "--rule", "newton", "--alpha", "1"];
        [&all[..], more].concat()
    };
    // A pure Newton step arrives at once.
    let pure = printed(&asked(&["--safeguard", "off", "--format", "csv"]));
    assert_eq!(
        pure,
        "run,k,x,y,loss,gradient_x,gradient_y,step\nnewton,0,1,4,13,-12,6,\nnewton,1,1,1,4,0,0,newton\n"
    );
    let safe = printed(&asked(&["--format", "csv"]));
    let steps: Vec<&str> = safe.lines().filter_map(|line| line.rsplit(',').next()).collect();
    assert_eq!(steps[..3], ["step", "", "safeguard"]);
    assert_eq!(steps.last(), Some(&"newton"));
    let losses = floats(&json(&asked(&[]))["losses"]);
    assert!(losses.windows(2).take(1).all(|pair| pair[1] < pair[0]), "{losses:?}");
    assert_eq!(json(&asked(&["--safeguard", "off"]))["steps"], serde_json::json!(["newton"]));
    assert_eq!(json(&asked(&["--safeguard", "on"]))["steps"][0], "safeguard");
    let table = printed(&asked(&[]));
    assert!(table.lines().next().expect("a head").ends_with("step"), "{table}");
    assert!(table.contains(" of 7 steps was not Newton's: the Hessian was not positive definite"));
    let singular =
        ["trace", "--loss", "x^2 + y", "--start", "1,1", "--rule", "newton", "--steps", "3"];
    let singular = [&singular[..], &["--safeguard", "off"]].concat();
    let table = printed(&singular);
    assert!(
        table.contains("3 of 3 steps were not Newton's: the Hessian was singular or not finite\n"),
        "{table}"
    );
    let once = printed(&[&singular[..8], &["1", "--safeguard", "on"]].concat());
    assert!(once.contains("1 of 1 step was not Newton's: the Hessian was not"), "{once}");
    assert_eq!(json(&singular)["iterates"][3], serde_json::json!([1.0, 1.0]), "it stays");
    // Other rules have neither the column nor the switch.
    let plain = ["trace", "--loss", "x^2", "--start", "5", "--steps", "1", "--format", "csv"];
    assert!(printed(&plain).starts_with("run,k,x,loss,gradient\n"));
    assert_eq!(json(&plain[..7])["steps"], Value::Null);
    for (flags, said) in [
        (
            &["--rule", "gd", "--safeguard", "off"][..],
            "--safeguard: 'off' is not a setting of the rule gd; allowed: none",
        ),
        (
            &["--rule", "newton", "--beta", "0.5"],
            "--beta: '0.5' is not a setting of the rule newton; allowed: --safeguard",
        ),
    ] {
        let text =
            refusal(downhill(&[&["trace", "--loss", "x^2", "--start", "5"], flags].concat()));
        assert!(text.contains(said), "{text}");
    }
    for wrong in ["maybe", "0", "true", ""] {
        let text = refusal(downhill(
            &asked(&["--safeguard"]).into_iter().chain([wrong]).collect::<Vec<_>>(),
        ));
        assert!(text.contains("on or off"), "{text}");
    }
}

#[test]
fn listed_losses_can_be_traced() {
    let losses: Value =
        serde_json::from_str(&printed(&["losses", "--format", "json"])).expect("JSON");
    let losses = losses.as_array().expect("losses");
    assert_eq!(losses.len(), 20);
    for loss in losses {
        let text = |key: &str| loss[key].as_str().expect("text").to_owned();
        let start: Vec<String> = floats(&loss["start"]).iter().map(ToString::to_string).collect();
        let start = start.join(",");
        // The loss is the same by name and by formula.
        let iterates = |asked: &str| {
            let run = json(&["trace", "--loss", asked, "--start", &start, "--alpha", "0.001"]);
            floats(&run["iterates"][1])
        };
        let (by_name, by_formula) = (iterates(&text("name")), iterates(&text("formula")));
        assert_eq!(
            (by_name.len(), by_formula.len()),
            (floats(&loss["start"]).len(), by_name.len())
        );
        for (a, b) in by_name.into_iter().zip(by_formula) {
            assert!((a - b).abs() <= 1e-12 * (1.0 + b.abs()), "{}", text("name"));
        }
        let table = printed(&["losses"]);
        let named = |line: &&str| line.split_whitespace().next() == Some(&text("name"));
        assert_eq!(table.lines().filter(named).count(), 1, "{} in a line of its own", text("name"));
    }
    assert_eq!(printed(&["losses", "--format", "csv"]).lines().count(), 21);
}

#[test]
fn wrong_usage_is_refused_in_one_line_that_names_the_parameter() {
    let base = ["trace", "--loss", "x^2", "--start", "5"];
    let with = |more: &[&'static str]| [&base[..], more].concat();
    for (arguments, named) in [
        (with(&["--alpha", "nan"]), "--alpha"),
        (with(&["--alpha", "-1"]), "--alpha"),
        (with(&["--alpha", "1e999"]), "--alpha"),
        (with(&["--alpha"]), "--alpha"),
        (with(&["--noise", "-1"]), "--noise"),
        (with(&["--seed", "0.5"]), "--seed"),
        (with(&["--alpha", "1", "--alpha", "2"]), "--alpha"),
        (with(&["--steps", "100001"]), "--steps"),
        (with(&["--steps", "-3"]), "--steps"),
        (with(&["--steps", "2.5"]), "--steps"),
        (with(&["--tol", "inf"]), "--tol"),
        (with(&["--format", "xml"]), "--format"),
        (with(&["--rule", "sgdx"]), "--rule"),
        (with(&["--beta", "0.5"]), "--beta"),
        (with(&["--rule", "momentum", "--beta", "1"]), "--beta"),
        (with(&["--rule", "adam", "--eps", "-1"]), "--eps"),
        (with(&["--schedule", "cosine:0"]), "--schedule"),
        (with(&["--bogus"]), "--bogus"),
        (vec!["trace", "--loss", "x^2", "--start", "1,2"], "--start"),
        (vec!["trace", "--loss", "ravine", "--start", "1"], "--start"),
        (vec!["trace", "--loss", "ravine", "--start", "1,nan"], "--start"),
        (vec!["trace", "--loss", "x^2"], "--start"),
        (vec!["trace", "--loss", "x^", "--start", "1"], "--loss"),
        (vec!["trace", "--loss", "a\nb", "--start", "1"], "--loss"),
        (vec!["trace", "--start", "1"], "--loss"),
        (vec!["trase"], "trase"),
        (vec![], "command"),
    ] {
        let said = refusal(downhill(&arguments));
        assert!(said.contains(named), "{arguments:?}: {said}");
    }
}

#[test]
fn help_is_not_an_error() {
    for arguments in [
        &["--help"][..],
        &["trace", "--help"],
        &["rules", "--help"],
        &["losses", "--help"],
        &["--version"],
    ] {
        let output = downhill(arguments);
        assert!(output.status.success() && !output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_formula_is_shown_as_parsed() {
    for (text, understood) in [
        ("1/2x", "(1/2)·x"),
        ("x^2 y^2", "x^2·y^2"),
        ("log(x)", "ln(x)"),
        ("-2^x", "-(2^x)"),
        ("||x|-2|", "abs(abs(x) - 2)"),
        ("saddle", "x^2 - y^2"),
    ] {
        let csv = printed(&["losses", "--loss", text, "--format", "csv"]);
        assert!(csv.ends_with(&format!(",{understood}\n")), "{csv}");
        assert!(printed(&["losses", "--loss", text]).contains(understood));
    }
    let reading = json(&["losses", "--loss", "f(w, b) = (2w + b)^2"]);
    assert_eq!(reading["understood"], "(2·w + b)^2");
    assert_eq!(reading["variables"], serde_json::json!(["w", "b"]));
    assert_eq!(reading["dimension"], 2);
    assert!(reading["mathml"].as_str().expect("a text").starts_with("<mrow><msup>"));
    let line = refusal(downhill(&["losses", "--loss", "sin x/2"]));
    assert!(line.contains("write sin(x/2) or sin(x)/2"), "{line}");
    let line = refusal(downhill(&["losses", "--loss", "  x^"]));
    assert!(line.contains("character 5: "), "{line}");
}
