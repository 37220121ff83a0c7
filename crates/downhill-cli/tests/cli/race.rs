//! The race figure and the command agree: each run's numbers are those of `downhill trace` with the
//! settings shown.

use downhill_figures::{Figure, Input, Locale, Readout, figure};

use crate::run::printed;

const ALL: &str = "gd,momentum,nesterov,adagrad,rmsprop,adam,adamw,nadam,adadelta,adafactor,newton";

/// The command that the figure shows for the selected run.
fn command(race: &Figure) -> String {
    let readouts = race.readouts();
    let shown = readouts.iter().find_map(|readout| match readout {
        Readout::Line { id: "command", text, .. } => Some(text.clone()),
        _ => None,
    });
    shown.expect("a command")
}

/// Splits a command line as a shell does; here quotes only surround whole words.
fn words(line: &str) -> Vec<&str> {
    let parts = line.split('\'').enumerate();
    parts
        .flat_map(
            |(i, part)| {
                if i % 2 == 1 { vec![part] } else { part.split_whitespace().collect() }
            },
        )
        .collect()
}

#[track_caller]
fn each_run_matches_the_command(fields: &[(&str, &str)]) {
    let mut race = figure("race", Locale::default()).expect("the race");
    let changes = race.start(&[&[("rules", ALL)], fields].concat());
    assert!(changes.problems.is_empty(), "{:?}", changes.problems);
    while race.apply(&Input::Work(10_000)).working {}
    let csv = race.csv();
    let names: Vec<&str> = ALL.split(',').collect();
    for (row, name) in names.iter().enumerate() {
        let _chosen = race.apply(&Input::Choose(u32::try_from(row).expect("a row")));
        let line = command(&race);
        let words = words(&line);
        assert_eq!(words[0], "downhill");
        let traced = printed(&[&words[1..], &["--format", "csv"]].concat());
        let of_this = |text: &str| -> Vec<String> {
            let begins = format!("{name},");
            let rows = text.lines().filter(|row| row.starts_with(&begins));
            // Runs other than Newton's have an empty column.
            rows.map(|row| row.trim_end_matches(',').to_owned()).collect()
        };
        assert!(of_this(&csv).len() > 1, "{name} did not walk");
        assert_eq!(of_this(&csv), of_this(&traced), "{line}");
    }
}

#[test]
fn with_the_same_alpha() {
    each_run_matches_the_command(&[]);
}

#[test]
fn each_at_its_best() {
    let fields = [("fair", "best"), ("steps", "150"), ("loss", "himmelblau"), ("start", "-0.5,-1")];
    each_run_matches_the_command(&fields);
}

#[test]
fn with_a_custom_formula_schedule_and_settings() {
    each_run_matches_the_command(&[
        ("loss", "x^4 - 2x^2 + y^2"),
        ("start", "0.1,1"),
        ("schedule", "step-decay:0.5,30"),
        ("alpha", "0.02,20:0.004,40:0.03"),
        ("beta", "0.5"),
        ("beta1", "0.8"),
        ("beta2", "0.95"),
        ("eps", "1e-4"),
        ("rho", "0.7"),
        ("weight-decay", "0.1"),
        ("momentum-decay", "0.01"),
        ("steps", "120"),
    ]);
}
