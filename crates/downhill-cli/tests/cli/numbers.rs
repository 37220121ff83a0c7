//! Numbers on the command line: one accepted notation, and a helpful message for every other.

use crate::run::{downhill, printed, refusal};

/// Asserts that the command refuses these arguments in one line that ends with `end`.
#[track_caller]
fn refused(arguments: &[&str], end: &str) {
    let line = refusal(downhill(arguments));
    assert!(line.trim_end().ends_with(end), "{arguments:?}: {line}");
}

#[test]
fn every_command_reads_numbers_alike() {
    let trace = ["trace", "--loss", "x^2", "--start", "5"];
    for (flag, text, end) in [
        (
            "--alpha",
            "0,9",
            "--alpha: '0,9' is not allowed; allowed: a finite number of at least 0; write decimals with a point, as in 0.9",
        ),
        ("--alpha", "1,234", "it can be read as 1234 or as 1.234"),
        ("--alpha", "1,234.5", "; write 1234.5"),
        ("--alpha", "1/2", "; write 0.5"),
        ("--alpha", "50%", "; write 0.5"),
        ("--alpha", "0.\u{200b}9", "; it contains the invisible character U+200B"),
        (
            "--alpha",
            "1e-400",
            "allowed: a finite number of at least 0; it is too small to be told from 0",
        ),
        ("--tol", "−2e−999", "; it is too small to be told from 0"),
        ("--alpha", "inf", "allowed: a finite number of at least 0"),
        ("--alpha", "NaN", "allowed: a finite number of at least 0"),
        ("--alpha", "-1", "allowed: a finite number of at least 0"),
        ("--beta", "0,9", "as in 0.9"),
        ("--steps", "2,5", "as in 2.5"),
        ("--steps", "2.5", "allowed: a whole number from 0 to 100000"),
    ] {
        refused(&[&trace[..], &[flag, text]].concat(), end);
    }
    refused(
        &["trace", "--loss", "x^2", "--start", "1,5"],
        "one finite number; write decimals with a point, as in 1.5",
    );
    refused(
        &["trace", "--loss", "bowl", "--start", "0,5;1"],
        "2 finite numbers separated by commas, such as -4,1",
    );
    refused(&["sweep", "--loss", "bowl", "--from", "0,001"], "as in 0.001");
    refused(&["sweep", "--loss", "bowl", "--points", "1,000"], "it can be read as 1000 or as 1");
    refused(&["basins", "--loss", "bowl", "--grid", "9,0"], "as in 9");
    refused(&["basins", "--loss", "bowl", "--box", "-0,5,1,-1,1"], "such as -5,5,-5,5");
    refused(&["fit", "--noise", "0,1"], "as in 0.1");
    refused(&["fit", "--seed", "1.5"], "a whole number from 0 to 4294967295");
    refused(
        &["figure", "bowl", "--alpha", "0,9"],
        "not “0,9”. Write decimals with a point, as in 0.9.",
    );
    refused(&["figure", "bowl", "--start", "1,5"], "as in 1.5.");
    refused(&["figure", "bowl", "--alpha", "1e-400"], "It is too small to be told from 0.");
    let line = refusal(downhill(&["trace", "--loss", "1e-400x", "--start", "5"]));
    assert!(line.contains("the number 1e-400 is too small to be told from 0"), "{line}");
    for command in
        [&["trace", "--loss", "bowl", "--start", "1;2"][..], &["figure", "race", "--start", "1;2"]]
    {
        let line = refusal(downhill(command));
        assert!(line.contains("1;2") && line.contains("comma"), "{line}");
    }
    refused(&["figure", "bowl", "--width", "800,5"], "a number from 200 to 4000");
    for same in ["0.5", "+.5", "5e-1", " 0.5 "] {
        let run = |alpha| printed(&[&trace[..], &["--alpha", alpha]].concat());
        assert_eq!(run(same), run("0.5"));
    }
    // The minus sign used by figures is accepted too.
    let start = |at| printed(&["trace", "--loss", "x^2", "--start", at, "--steps", "1e1"]);
    assert_eq!(start("−5"), start("-5"));
}

#[test]
fn unknown_or_duplicate_flags_are_refused() {
    refused(
        &["trace", "--loss", "x^2", "--alfa", "0.1"],
        "--alfa: no such parameter; did you mean --alpha? --help lists those there are",
    );
    refused(
        &["fit", "--weight_decay", "0.1"],
        "did you mean --weight-decay? --help lists those there are",
    );
    refused(
        &["sweep", "--colour", "red"],
        "--colour: no such parameter; --help lists those there are",
    );
    refused(
        &["figure", "bowl", "--step", "9"],
        "did you mean --steps? --help lists those there are",
    );
    refused(
        &["trace", "--loss", "x^2", "--alpha", "0.1", "--alpha", "0.2"],
        "--alpha: given twice",
    );
    refused(&["figure", "ravine", "--kappa", "9", "--kappa", "9"], "--kappa: given twice");
    // A figure has its own flags alone.
    refused(
        &["figure", "bowl", "--kappa", "9"],
        "--kappa: no such parameter; --help lists those there are",
    );
}

#[test]
fn a_parameter_is_named_once() {
    for (parameter, text, line) in [
        ("--alpha", "-1", "--alpha must be a number from 0 to "),
        ("--alpha", "fast", "--alpha must be a number from 0 to "),
        ("--start", "1;2;3", "--start must be "),
    ] {
        let said = refusal(downhill(&["figure", "race", parameter, text]));
        assert!(said.contains(line) && said.matches(&parameter[2..]).count() == 1, "{said}");
    }
    let said = refusal(downhill(&["figure", "fit", "--points", "1,2\n3,four"]));
    assert!(said.contains("--points: line 2: found 'four'"), "{said}");
}
