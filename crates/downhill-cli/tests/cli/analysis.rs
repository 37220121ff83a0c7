//! Tests of `downhill sweep` and `downhill basins`.

use serde_json::Value;

use crate::run::{downhill, json, printed, printed_with_threads, refusal};

/// Asserts that the command exits with status 2 and one line that begins with `start`.
#[track_caller]
fn refused(arguments: &[&str], beginning: &str) {
    let line = refusal(downhill(arguments));
    assert!(line.starts_with(&format!("downhill: {beginning}")), "{line}");
}

#[test]
fn the_sweep_over_the_parabola_has_its_valley_and_its_cliff() {
    let contract = "sweep --loss x^2 --start 5 --from 0.1 --to 1.1 --points 11";
    let contract: Vec<&str> = contract.split(' ').collect();
    let swept = json(&contract);
    assert_eq!(swept["best"], 0.5);
    let points = swept["points"].as_array().expect("a list");
    let ends: Vec<&str> = points.iter().filter_map(|point| point["outcome"].as_str()).collect();
    assert_eq!(ends[..9], ["converged"; 9]);
    assert_eq!(ends[9..], ["exhausted", "diverged"]);
    assert_eq!(points[4]["k"], 1);
    let csv = printed(&[&contract[..], &["--format", "csv"]].concat());
    assert!(csv.starts_with("alpha,outcome,k,loss\n0.1,converged,"));
    assert_eq!(csv.lines().count(), 12);
    let table = printed(&contract);
    assert!(table.ends_with("\nfastest with α = 0.5: 1 iteration\n"), "{table}");
}

#[test]
fn runs_that_leave_the_domain_are_reported_and_never_best() {
    let from = "sweep --loss ln(x) --start 1 --from 0.2 --to 1 --points 5 --steps 3 --tol 0";
    let from: Vec<&str> = from.split(' ').collect();
    let swept = json(&from);
    assert_eq!(swept["points"][4]["outcome"], "undefined");
    assert_eq!((&swept["points"][4]["loss"], &swept["best"]), (&Value::Null, &Value::from(0.2)));
    let csv = printed(&[&from[..], &["--format", "csv"]].concat());
    assert!(csv.ends_with("\n1,undefined,1,\n"), "{csv}");
    assert!(printed(&from).contains("undefined  1                 none\n"), "{}", printed(&from));
    let all = [&from[..6], &["0.6"], &from[7..]].concat();
    let verdict = "\nevery learning rate leaves the domain of the loss or ends where the loss is infinite or too large for a number\n";
    assert!(printed(&all).ends_with(verdict), "{}", printed(&all));

    for (loss, start, to, words) in [
        ("exp(x^2)", "1e3", "1", "ends where the loss is infinite or too large for a number"),
        ("ln(x)", "-1", "1", "starts outside the domain of the loss"),
        ("sqrt(x)", "1", "1e8", "leaves the domain of the loss or diverges"),
    ] {
        let arguments =
            ["sweep", "--loss", loss, "--start", start, "--from", "3", "--to", to, "--points", "2"];
        let table = printed(&arguments);
        assert!(table.ends_with(&format!("\nevery learning rate {words}\n")), "{table}");
    }
    let table =
        printed(&["basins", "--loss", "exp(x^2) + y^2", "--box", "99,100,0,1", "--grid", "2"]);
    let words = "\n4 of 4 starts lie or end where the loss is infinite or too large for a number\n";
    assert!(table.ends_with(words), "{table}");

    let map = "basins --loss ln(x)+y^2 --alpha 0.3 --box -1,1,-1,1 --grid 4";
    let map: Vec<&str> = map.split(' ').collect();
    let cells = json(&map);
    assert_eq!(cells["outcome"][0], serde_json::json!(vec!["undefined"; 4]));
    assert_eq!(cells["iterations"][0][0], 0);
    let table = printed(&map);
    let words = "16 of 16 starts leave the domain of the loss or lie outside it\n";
    assert!(table.ends_with(words), "{table}");
}

#[test]
fn himmelblau_is_divided_among_its_four_minimizers() {
    let contract =
        "basins --loss himmelblau --alpha 0.01 --box -5,5,-5,5 --grid 32 --steps 200".split(' ');
    let contract: Vec<&str> = contract.collect();
    let map = json(&contract);
    assert_eq!(map["minimizers"].as_array().map(Vec::len), Some(4));
    let rows = map["minimizer"].as_array().expect("rows");
    assert_eq!((rows.len(), rows[0].as_array().map(Vec::len)), (32, Some(32)));
    // Rows run from the lowest y up, and within a row from the lowest x.
    assert_eq!((&rows[0][0], &rows[0][31]), (&Value::from(2), &Value::from(3)));
    assert_eq!((&rows[31][0], &rows[31][31]), (&Value::from(1), &Value::from(0)));
    let csv = printed(&[&contract[..], &["--format", "csv"]].concat());
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("x,y,minimizer,iterations,outcome"));
    assert_eq!(lines.clone().count(), 32 * 32);
    for (line, (row, column)) in lines.zip((0..32).flat_map(|r| (0..32).map(move |c| (r, c)))) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells[2], map["minimizer"][row][column].to_string());
        assert_eq!(cells[3], map["iterations"][row][column].to_string());
    }
}

#[test]
fn any_number_of_threads_prints_the_same() {
    // Its many minimizers are found on the way, and numbered in the order in which they are.
    let map = "basins --loss sin(x)*cos(y) --alpha 0.4 --box -9,9,-9,9 --grid 90 --format json";
    let sweep = "sweep --loss rosenbrock --rule adam --from 1e-4 --to 1 --spacing log --points 60";
    for command in [map, sweep] {
        let arguments: Vec<&str> = command.split(' ').collect();
        let alone = printed_with_threads(1, &arguments);
        for threads in [2, 7] {
            assert_eq!(printed_with_threads(threads, &arguments), alone, "{threads}: {command}");
        }
    }
}

#[test]
fn a_cell_matches_trace_from_its_centre() {
    let map = json(&["basins", "--loss", "beale", "--box", "0,4,0,1", "--grid", "2"]);
    let from = ["trace", "--loss", "beale", "--start", "3,0.75", "--steps", "200"];
    let trace = json(&from);
    assert_eq!(map["outcome"][1][1], trace["outcome"]["kind"]);
    assert_eq!(map["iterations"][1][1], trace["outcome"]["k"]);
}

#[test]
fn wrong_usage_is_refused_in_one_line() {
    refused(&["sweep"], "--loss: missing");
    refused(&["sweep", "--loss", "x^2"], "--start: missing");
    refused(&["sweep", "--loss", "bowl", "--points", "0"], "--points: '0' is not allowed");
    refused(&["sweep", "--loss", "bowl", "--from", "-1"], "--from: '-1' is not allowed");
    refused(&["sweep", "--loss", "bowl", "--spacing", "log", "--from", "0"], "--from: '0'");
    refused(
        &["basins", "--loss", "x^2"],
        "--loss: 'x^2' is not allowed; allowed: a loss in x and y",
    );
    refused(&["basins", "--loss", "x*y"], "--box: missing");
    for sides in ["1,2,3", "2,1,0,1", "0,1,nan,1", "-1e308,1e308,0,1", ""] {
        refused(&["basins", "--loss", "bowl", "--box", sides], "--box: '");
    }
    refused(&["basins", "--loss", "bowl", "--grid", "4096"], "--grid: '4096' is not allowed");
    refused(&["basins", "--loss", "bowl", "--steps", "-1"], "--steps: '-1' is not allowed");
}
