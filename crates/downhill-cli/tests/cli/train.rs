//! Tests of `downhill train`.

use std::path::PathBuf;

use serde_json::Value;

use crate::run::{downhill, json, printed, refusal, with_input};

fn numbers(trained: &Value, column: &str) -> Vec<f64> {
    let rows = trained["rows"].as_array().expect("rows");
    rows.iter().filter_map(|row| row[column].as_f64()).collect()
}

/// The median of λ/(2/α) over the later half of the rows.
fn at_the_edge(trained: &Value) -> f64 {
    let ratios = numbers(trained, "lambda").into_iter().zip(numbers(trained, "bound"));
    let ratios: Vec<f64> = ratios.map(|(lambda, bound)| lambda / bound).collect();
    let mut later = ratios[ratios.len() / 2..].to_vec();
    later.sort_by(f64::total_cmp);
    later[later.len() / 2]
}

/// A file of this name for one test.
fn file(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&path);
    path
}

#[test]
fn rows_have_what_the_contract_says() {
    let flags = ["train", "--steps", "450", "--every", "200"];
    let trained = json(&flags);
    assert_eq!(numbers(&trained, "k"), [0.0, 200.0, 400.0, 450.0]);
    let row = trained["rows"][0].as_object().expect("a row");
    let keys: Vec<&String> = row.keys().collect();
    assert_eq!(keys, ["accuracy", "bound", "held_out", "k", "lambda", "loss"]);
    assert_eq!(trained["outcome"], serde_json::json!({"kind": "exhausted", "k": 450}));
    assert_eq!(
        (&trained["spec"]["hidden"], &trained["spec"]["alpha"]),
        (&"16,16".into(), &0.2.into())
    );
    assert_eq!(row["bound"], 10.0);
    let csv = printed(&[&flags[..], &["--format", "csv"]].concat());
    assert!(csv.starts_with("k,loss,held_out,accuracy,lambda,bound\n0,"), "{csv}");
    let table = printed(&flags);
    assert!(table.ends_with("\nexhausted at step 450\n"), "{table}");
    for (line, row) in csv.lines().zip(table.lines()) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells, row.split_whitespace().collect::<Vec<_>>());
    }
    // Rows do not change the walk, and neither do the steps that are still to come.
    let alone = json(&["train", "--steps", "400", "--every", "1000"]);
    assert_eq!(alone["rows"][1]["loss"], trained["rows"][2]["loss"]);
}

/// The edge of stability: with full batches λ climbs to 2/α, whatever α is, and stays there.
#[test]
fn lambda_locks_at_the_edge() {
    for alpha in ["0.05", "0.1", "0.2"] {
        let trained = json(&["train", "--data", "spiral", "--alpha", alpha]);
        let edge = at_the_edge(&trained);
        assert!((edge - 1.0).abs() < 0.05, "α = {alpha}: {edge}");
        let first = numbers(&trained, "lambda")[0] / numbers(&trained, "bound")[0];
        assert!(first < 0.8, "α = {alpha}: it climbs from {first}");
    }
    let moons = json(&["train"]);
    assert!((at_the_edge(&moons) - 1.0).abs() < 0.05);
    assert!(numbers(&moons, "loss")[30] < 2e-3 && numbers(&moons, "accuracy")[30] == 1.0);
}

/// With α = 0.2 circles lock for 19 of the seeds from 1 to 20, spirals for all; moons for 17.
#[test]
fn it_locks_for_most_seeds() {
    for data in ["circles", "spiral"] {
        for seed in ["2", "3", "5"] {
            let edge = at_the_edge(&json(&["train", "--data", data, "--seed", seed]));
            assert!((edge - 1.0).abs() < 0.05, "{data}, seed {seed}: {edge}");
        }
    }
}

/// Raising α throws the walk to where the hill bends less; momentum has an edge of its own; random
/// batches keep the walk away from it.
#[test]
fn the_edge_follows_alpha_and_momentum_and_batches_hide_it() {
    let spiral = ["train", "--data", "spiral", "--every", "500"];
    let raised = json(&[&spiral[..], &["--alpha", "0.1,3000:0.2"]].concat());
    let lambdas = numbers(&raised, "lambda");
    assert!((19.0..21.0).contains(&lambdas[6]) && (9.5..11.0).contains(&lambdas[7]), "{lambdas:?}");
    assert_eq!(numbers(&raised, "bound")[5..8], [20.0, 10.0, 10.0]);
    assert_eq!(raised["spec"]["alpha"], "0.1,3000:0.2");
    let momentum = ["--rule", "momentum", "--beta", "0.5", "--alpha", "0.05"];
    let momentum = json(&[&spiral[..], &momentum].concat());
    assert_eq!(numbers(&momentum, "bound")[0], 60.0);
    assert!((at_the_edge(&momentum) - 1.0).abs() < 0.05, "{}", at_the_edge(&momentum));
    let batches = json(&[&spiral[..], &["--alpha", "0.1", "--batch", "10"]].concat());
    assert!(at_the_edge(&batches) < 0.75, "{}", at_the_edge(&batches));
}

/// Measured often enough that no spike is missed: with α = 0.1 λ passes its bound once, at step 80.
#[test]
fn lambda_may_also_climb_and_sink() {
    let flags = ["train", "--data", "circles", "--alpha", "0.05", "--seed", "2", "--every", "20"];
    let trained = json(&flags);
    let lambdas = numbers(&trained, "lambda");
    let peak =
        lambdas.iter().copied().fold(0.0, |most, lambda| if lambda > most { lambda } else { most });
    assert!(lambdas[0] < 6.0 && (30.0..36.0).contains(&peak), "{} and {peak}", lambdas[0]);
    assert_eq!(numbers(&trained, "bound")[0], 40.0);
    assert!(lambdas[200..].iter().all(|lambda| (14.0..24.0).contains(lambda)), "{lambdas:?}");
}

#[test]
fn numbers_have_no_accuracy_and_adaptive_rules_no_bound() {
    let flags = ["--data", "sine", "--rule", "adam", "--alpha", "0.01", "--steps", "300"];
    let trained = json(&[&["train"], &flags[..], &["--every", "300", "--noise", "0.05"]].concat());
    let last = &trained["rows"][1];
    assert!(last["accuracy"].is_null() && last["bound"].is_null());
    assert!(last["loss"].as_f64().expect("a loss") < 0.2, "{last}");
    assert_eq!(trained["spec"]["beta2"], 0.999);
    let table = printed(&[&["train"], &flags[..]].concat());
    assert!(table.lines().nth(1).expect("a row").ends_with("none"), "{table}");
}

#[test]
fn weights_are_written_and_read_to_the_last_bit() {
    let path = file("weights.json");
    let name = path.to_str().expect("a name");
    let halves = ["train", "--steps", "150", "--every", "150", "--weights", name];
    printed(&halves);
    let second = json(&halves);
    let whole = json(&["train", "--steps", "300", "--every", "150"]);
    assert_eq!(second["rows"][0]["loss"], whole["rows"][1]["loss"]);
    assert_eq!(second["rows"][1]["loss"], whole["rows"][2]["loss"]);
    let text = std::fs::read_to_string(&path).expect("the file");
    let written: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(written["activation"], "tanh");
    let layers = written["layers"].as_array().expect("layers");
    let shape = |layer: &Value| {
        let rows = layer["weights"].as_array().expect("rows");
        (rows.len(), rows[0].as_array().map(Vec::len), layer["biases"].as_array().map(Vec::len))
    };
    let shapes: Vec<_> = layers.iter().map(shape).collect();
    let expected = [(16, 2, 16), (16, 16, 16), (1, 16, 1)];
    assert_eq!(shapes, expected.map(|(units, inputs, biases)| (units, Some(inputs), Some(biases))));

    let refused =
        |more: &[&str]| refusal(downhill(&[&["train", "--weights", name], more].concat()));
    let line = refused(&["--hidden", "16"]);
    assert!(line.ends_with("found 3 layers, expected 2 with the output's\n"), "{line}");
    let line = refused(&["--hidden", "16,12"]);
    assert!(line.ends_with("layer 2: found 16 rows of weights, expected 12\n"), "{line}");
    let line = refused(&["--activation", "relu"]);
    assert!(line.ends_with("its activation is tanh, expected relu\n"), "{line}");
    std::fs::write(&path, "{\"layers\": 3}").expect("the file can be written");
    let line = refused(&[]);
    assert!(line.contains("expected {\"layers\": [{\"weights\""), "{line}");
    let line = refusal(downhill(&["train", "--steps", "0", "--weights", "no/such/folder/w.json"]));
    assert!(line.contains("--weights: 'no/such/folder/w.json' cannot be written: "), "{line}");
}

#[test]
fn own_points_come_from_a_file_or_standard_input() {
    let cross = b"x,y,class\n1,1,a\n-1,-1,a\n1,-1,b\n-1,1,b\n";
    let flags = ["train", "--own", "-", "--hidden", "8", "--steps", "500", "--every", "500"];
    let table = crate::run::text(with_input(&flags, cross));
    let last: Vec<&str> = table.lines().nth(2).expect("a row").split_whitespace().collect();
    // Four points are too few to hold one out.
    assert_eq!((last[0], last[2], last[3]), ("500", "none", "1"), "{table}");
}

#[test]
fn an_alpha_that_explodes_is_an_outcome() {
    let trained = json(&["train", "--alpha", "0.2,100:1e9", "--steps", "300", "--every", "40"]);
    assert_eq!(trained["outcome"], serde_json::json!({"kind": "diverged", "k": 101}));
    assert_eq!(numbers(&trained, "k"), [0.0, 40.0, 80.0, 100.0]);
    assert!(numbers(&trained, "loss").iter().all(|loss| *loss < 10.0));
}

#[test]
fn wrong_usage_is_refused_in_one_line() {
    let many: String = (0..500)
        .map(|i| if i == 321 { "3\n".to_owned() } else { format!("{i},1,{}\n", i % 2) })
        .collect();
    for (flags, input, end) in [
        (
            &["--hidden", "33"][..],
            "",
            "--hidden: '33' is not allowed; allowed: up to 4 hidden layers of 1 to 32 units, as in 16,16, or 0 for none",
        ),
        (&["--hidden", "1,2,3,4,5"], "", "as in 16,16, or 0 for none"),
        (&["--activation", "gelu"], "", "allowed: tanh, relu, sigmoid, softplus or linear"),
        (&["--loss", "mae"], "", "allowed: mse or logistic"),
        (
            &["--init", "-1"],
            "",
            "allowed: lecun, xavier, he, or a number of at least 0 that scales lecun's",
        ),
        (&["--data", "iris"], "", "allowed: moons, circles, xor, spiral, blobs, sine or own"),
        (&["--points", "1"], "", "allowed: a whole number from 2 to 1000"),
        (&["--every", "0"], "", "allowed: a whole number from 1 to 4294967295"),
        (
            &["--rule", "newton"],
            "",
            "--rule: 'newton' is not allowed; allowed: one of gd, momentum, nesterov, adagrad, rmsprop, adam, adamw, nadam, adadelta, adafactor",
        ),
        (
            &["--data", "sine", "--loss", "logistic"],
            "",
            "--loss: 'logistic' is for two classes; the data sine are numbers, for which mse is allowed",
        ),
        (&["--alpha", "0.2,6000:0.1"], "", "with 6000 steps the last is step 5999"),
        (
            &["--data", "own"],
            "",
            "--own: missing; --data own needs a CSV file, or - for standard input",
        ),
        (
            &["--own", "-", "--data", "moons"],
            "",
            "--own: '-' is given, but it is allowed with --data own alone",
        ),
        (&["--own", "-", "--noise", "1"], "", "--noise: own points are taken as they are"),
        (&["--own", "-"], "", "--own: '-': found no points; expected lines such as 1,2,a"),
        (&["--own", "-"], "1,2,a\n3,4,a\n", "all points are of one class; expected two classes"),
        (
            &["--own", "-"],
            "1,2,a\n1,2,b\n",
            "all points are at the same place; expected two or more",
        ),
        (&["--own", "-"], &many, "line 322: found 1 column, expected x,y,class or x,y"),
    ] {
        let line = refusal(with_input(&[&["train"], flags].concat(), input.as_bytes()));
        assert!(line.trim_end().ends_with(end), "{flags:?}: {line}");
    }
}
