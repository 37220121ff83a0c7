//! Runs the listings with their interpreters and compares the outputs.

use std::process::Command;

use super::*;
use crate::project;
use crate::setup::python;

#[test]
fn part_comments_are_removed() {
    let (source, parts) = unmarked("x = 5  #: start\n\n# One.\nx = x - 1    #: step rate\n");
    assert_eq!(source, "x = 5\n\n# One.\nx = x - 1\n");
    assert_eq!(parts, ["start", "", "", "step rate"]);
}

#[test]
fn formulas_have_rows_and_parts() {
    let rows = formula("step: x | = | |y|\nz\n").unwrap();
    let parts: Vec<Vec<&str>> =
        rows.iter().map(|row| row.iter().map(|(part, _)| part.as_str()).collect()).collect();
    assert_eq!(parts, [vec!["step", "", ""], vec![""]]);
    assert!(rows[0][0].1.starts_with("<math"), "{}", rows[0][0].1);
    assert!(formula("step: \\frac{").is_err());
}

#[test]
fn programs_are_whole() {
    for program in read(&project::root()).unwrap() {
        let html = program.html();
        assert!(!program.json().to_string().contains(MARK) && !html.contains(MARK));
        for Listing { source, parts, .. } in &program.listings {
            assert_eq!(source.lines().count(), parts.len());
            assert!(source.lines().all(|line| line.chars().count() <= 80), "{}", program.name);
        }
    }
    let unknown = Program::read(&project::root().join("www/programs"), "genetic").unwrap_err();
    assert!(unknown.contains("there are descent, until-flat"), "{unknown}");
}

/// Runs a program and returns its output.
fn printed(interpreter: &str, source: &str) -> String {
    let ran = Command::new(interpreter).args(["-c", source]).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{said}");
    String::from_utf8(ran.stdout).unwrap()
}

/// Runs the listings of one language, if an interpreter with the imported module is installed.
fn run(language: &str, module: &str) -> bool {
    let Some(interpreter) = python::with(module) else { return false };
    for program in read(&project::root()).unwrap() {
        let listing = program.listings.iter().find(|listing| listing.language == language).unwrap();
        let output = printed(interpreter, &listing.source);
        assert_eq!(output, listing.output, "{} in {language}", program.name);
    }
    true
}

#[test]
fn cpython_prints_what_is_recorded() {
    assert!(run("python", "sys"), "{}", python::how_to_get());
}

#[test]
fn numpy_prints_what_is_recorded() {
    assert!(run("numpy", "numpy"), "{}", python::how_to_get());
}

#[test]
fn pytorch_prints_what_is_recorded() {
    if !run("pytorch", "torch") {
        eprintln!("PyTorch is not installed (Debian's python3-torch): its listings are not run");
    }
}

/// The lesson's numbers, from which no listing may deviate.
#[test]
fn recorded_outputs_have_the_numbers_of_the_lesson() {
    let programs = read(&project::root()).unwrap();
    for (name, numbers) in [
        ("descent", &["0.0189", "0.0113", "0.0076"][..]),
        ("until-flat", &["76", "4.31e-07"]),
        ("fit", &["1.9738", "0.0946"]),
        ("minibatch", &["2.0000"]),
        ("adam", &["1.99994"]),
    ] {
        let program = programs.iter().find(|program| program.name == name).unwrap();
        for Listing { output, language, .. } in &program.listings {
            for number in numbers {
                assert!(output.contains(number), "{name} in {language}: {output}");
            }
        }
    }
    assert!(programs[0].listings[0].output.contains("x = 0.01889\n"));
}

/// The verdict of the check on a run with this α: its first line and the value of a name.
fn verdict(run: &str) -> (String, String) {
    let programs = read(&project::root()).unwrap();
    let source = format!("{run}\n{}", programs[0].check.as_deref().unwrap());
    let said = printed(python::with("sys").unwrap(), &source);
    let (verdict, values) = said.split_once('\n').unwrap();
    (verdict.to_owned(), values.to_owned())
}

#[test]
fn the_challenge_knows_both_sides_of_the_boundary() {
    let walk = |alpha: &str| {
        verdict(&format!(
            "alpha = {alpha}\nsteps = 25\nx = 5.0\nfor k in range(steps):\n    x = x - alpha * 2 * x"
        ))
    };
    for (alpha, expected) in [
        ("-0.1", "uphill"),
        ("0", "still"),
        ("0.1", "slow"),
        ("0.14", "slow"),
        ("0.15", "below"),
        ("0.5", "below"),
        ("0.85", "below"),
        ("0.855", "found"),
        ("0.8556", "found"),
        ("0.85564", "found"),
        ("0.85565", "above"),
        ("0.9", "above"),
        ("1", "bounce"),
        ("1.1", "diverge"),
        ("1e300", "lost"),
    ] {
        let (verdict, values) = walk(alpha);
        assert_eq!(verdict, expected, "α = {alpha}");
        assert!(values.contains("boundary 0.85564\n"), "{values}");
    }
    assert!(walk("0.85").1.contains("largest 5\n"));
    assert_eq!(verdict("alpha = 0.8\nsteps = 30\nx = 0").0, "steps");
    assert_eq!(verdict("alpha = 0.8\nsteps = 25\nx = 0").0, "elsewhere");
    for run in ["pass", "alpha = 'big'\nsteps = 25\nx = 1", "alpha = 0.5\nsteps = 25\nx = [1]"] {
        assert_eq!(verdict(run).0, "unknown", "{run}");
    }
}
