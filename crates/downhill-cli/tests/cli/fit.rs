//! Tests of `downhill fit`.

use std::process::Output;

use serde_json::Value;

use crate::run::{refusal, text, with_input};

fn fit(arguments: &[&str], input: &[u8]) -> Output {
    with_input(&[&["fit"], arguments].concat(), input)
}

fn printed(arguments: &[&str], input: &[u8]) -> String {
    text(fit(arguments, input))
}

#[test]
fn the_lesson_fit() {
    let json: Value = serde_json::from_str(&printed(&["--format", "json"], b"")).expect("JSON");
    let w = |k: usize| json["iterates"][k][0].as_f64().expect("a number");
    assert_eq!((w(0), w(1)), (0.0, 0.44));
    assert_eq!(format!("{:.4} {:.4}", w(11), w(50)), "1.8700 2.0000");
    assert_eq!(json["batch_losses"][0], 44.0);
    assert_eq!(json["regime"], "monotone");
    assert_eq!(json["outcome"]["kind"], "exhausted");
    assert_eq!(json["epochs"].as_array().map(Vec::len), Some(51));
}

/// Many lines fit a single point equally well: the loss is flat along one direction, without a
/// saddle.
#[test]
fn one_point_makes_no_saddle() {
    for points in ["0.3,0.7\n", "0.1,2\n0.1,2.5\n0.1,-3\n", &"0.7,1.9\n".repeat(10_000)] {
        let flags = ["--model", "wx+b", "--points", "-", "--alpha", "0.1", "--epochs", "300"];
        let text = printed(&[&flags[..], &["--format", "json"]].concat(), points.as_bytes());
        let json: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(json["regime"], "monotone", "{points:.20}");
        assert_eq!(json["outcome"]["kind"], "converged", "{points:.20}");
    }
}

/// A squared error is defined everywhere, but may overflow.
#[test]
fn a_loss_too_large_for_a_number_is_none() {
    let points = b"1e200,1\n";
    let flags = ["--points", "-", "--start", "1"];
    let table = printed(&flags, points);
    assert!(table.contains("\n0      0  1  none      none\n"), "{table}");
    let why = "undefined at update 0: the loss is infinite there, or too large for a number\n";
    assert!(table.ends_with(why), "{table}");
    let csv = printed(&[&flags[..], &["--format", "csv"]].concat(), points);
    assert_eq!(csv, "run,k,x,loss,gradient\ngd,0,1,,\n");
    let text = printed(&[&flags[..], &["--format", "json"]].concat(), points);
    let json: Value = serde_json::from_str(&text).expect("JSON");
    assert!(json["losses"][0].is_null() && json["gradients"][0][0].is_null(), "{text}");
    assert_eq!(json["outcome"]["kind"], "undefined");
}

#[test]
fn epochs_are_rows_where_asked() {
    let flags = ["--data", "noisy", "--model", "wx+b", "--batch", "32", "--epochs", "3"];
    let updates = printed(&[&flags[..], &["--format", "csv"]].concat(), b"");
    let epochs = printed(&[&flags[..], &["--format", "csv", "--per", "epoch"]].concat(), b"");
    assert_eq!((updates.lines().count(), epochs.lines().count()), (1 + 13, 1 + 4));
    assert!(epochs.starts_with("run,k,x,y,loss,gradient_x,gradient_y\ngd,0,0,0,"));
    let last =
        |text: &str| text.lines().last().and_then(|l| l.splitn(3, ',').last().map(String::from));
    assert_eq!(last(&updates), last(&epochs));
    let table = printed(&[&flags[..], &["--per", "epoch"]].concat(), b"");
    assert!(table.ends_with("exhausted at update 12\n"), "{table}");
}

#[test]
fn own_points_come_from_a_file_or_standard_input() {
    let table =
        printed(&["--points", "-", "--alpha", "0.5", "--epochs", "9"], b"x,y\n1,3\n-1,-3\n");
    let second: Vec<&str> = table.lines().nth(2).expect("a row").split_whitespace().collect();
    assert_eq!(second[..3], ["1", "1", "3"], "{table}");
    assert!(table.ends_with("converged at update 1\n"));
}

#[test]
fn how_points_were_read_is_printed_with_the_table() {
    let rows = ["--points", "-", "--epochs", "1"];
    let table = printed(&rows, "x;y\r–1,5;2\r1.000;4;\r".as_bytes());
    let said = "\nread as 2 points; columns separated by a semicolon, decimals by a comma, thousands by a point; line 1 is a heading\n";
    assert!(table.contains(said), "{table}");
    // As spreadsheets save Unicode text.
    let ends =
        [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)];
    for (mark, unit) in ends {
        let bytes = "1,5\t−2\n".encode_utf16().flat_map(unit);
        let table = printed(&rows, &mark.into_iter().chain(bytes).collect::<Vec<_>>());
        let said = "\nread as 1 point; columns separated by a tab, decimals by a comma\n";
        assert!(table.contains(said), "{table}");
    }
    let complaint = refusal(fit(&rows, b"1,2\n\x96" as &[u8]));
    assert!(complaint.contains("'-': it is no UTF-8 text; save it as CSV in UTF-8"), "{complaint}");
    let complaint = refusal(fit(&rows, b"$1,$2\n"));
    assert!(
        complaint
            .contains("line 1: found '$1', expected a finite number for x without a currency sign"),
        "{complaint}"
    );
}

#[test]
fn wrong_usage_is_refused_in_one_line() {
    for (arguments, input, line) in [
        (
            &["--points", "-"][..],
            &b"1,2\n3,four\n"[..],
            "--points: '-': line 2: found 'four', expected a finite number for y",
        ),
        (&["--points", "-"], b"", "--points: '-': found no points; expected lines such as 1,2"),
        (
            &["--data", "own"],
            b"",
            "--points: missing; --data own needs a CSV file, or - for standard input",
        ),
        (
            &["--data", "five", "--points", "a.csv"],
            b"",
            "--points: 'a.csv' is given, but it is allowed with --data own alone",
        ),
        (&["--model", "w"], b"", "--model: 'w' is not allowed; allowed: wx or wx+b"),
        (
            &["--start", "1,2"],
            b"",
            "--start: '1,2' is not allowed; allowed: one finite number; write decimals with a point, as in 1.2",
        ),
        (
            &["--batch", "-1"],
            b"",
            "--batch: '-1' is not allowed; allowed: a whole number from 0 to 4294967295",
        ),
        (
            &["--alpha", "-0.1"],
            b"",
            "--alpha: '-0.1' is not allowed; allowed: a finite number of at least 0",
        ),
        (
            &["--seed", "4294967296"],
            b"",
            "--seed: '4294967296' is not allowed; allowed: a whole number from 0 to 4294967295",
        ),
    ] {
        assert_eq!(refusal(fit(arguments, input)), format!("downhill: {line}\n"));
    }
}

/// The figure and the command take the same path, bit for bit: printed numbers read back unchanged.
#[test]
fn the_figure_takes_the_same_path() {
    for (command, fields) in [
        (vec!["--batch", "1", "--seed", "7"], vec![("batch", "1"), ("seed", "7")]),
        (
            vec![
                "--batch", "32", "--seed", "7", "--data", "noisy", "--model", "wx+b", "--rule",
                "adam",
            ],
            vec![
                ("batch", "32"),
                ("seed", "7"),
                ("data", "noisy"),
                ("model", "wx+b"),
                ("rule", "adam"),
            ],
        ),
    ] {
        let printed = printed(&[&command[..], &["--format", "csv"]].concat(), b"");
        let mut figure =
            downhill_figures::figure("fit", downhill_figures::Locale::default()).expect("the fit");
        assert!(figure.start(&fields).problems.is_empty());
        // The run is named after its rule here and after the kind of descent there.
        let numbers = |csv: &str| -> Vec<String> {
            csv.lines().filter_map(|line| Some(line.split_once(',')?.1.to_owned())).collect()
        };
        assert_eq!(numbers(&printed), numbers(&figure.csv()));
    }
}
