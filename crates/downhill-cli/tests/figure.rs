//! `downhill figure` as a person uses it.

use std::process::{Command, Output};

fn downhill(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_downhill"))
        .args(arguments)
        .output()
        .expect("the command starts")
}

fn refused(arguments: &[&str]) -> String {
    let output = downhill(arguments);
    assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    assert!(output.stdout.is_empty());
    let line = String::from_utf8(output.stderr).expect("text");
    assert_eq!(line.lines().count(), 1, "{line}");
    line
}

#[test]
fn every_figure_is_drawn_as_one_svg_document() {
    for name in ["bowl", "scrubber", "ravine"] {
        let output = downhill(&["figure", name, "--k", "5", "--theme", "dark"]);
        assert!(output.status.success());
        let svg = String::from_utf8(output.stdout).expect("text");
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{name}");
        assert!(svg.contains("#15_1719".replace('_', "").as_str()), "{name} is not dark");
        assert!(!svg.contains("NaN") && !svg.contains("style="), "{name}");
    }
}

#[test]
fn the_picture_follows_the_fields() {
    let drawn = |alpha| downhill(&["figure", "bowl", "--alpha", alpha, "--k", "3"]).stdout;
    assert_ne!(drawn("0.1"), drawn("0.2"));
    assert_eq!(drawn("0.1"), drawn("0.10"));
}

#[test]
fn a_file_is_written_where_it_is_asked_for() {
    let path = std::env::temp_dir().join(format!("downhill-figure-{}.svg", std::process::id()));
    let name = path.to_str().expect("a path in Unicode");
    let output = downhill(&["figure", "ravine", "-o", name]);
    assert!(output.status.success() && output.stdout.is_empty());
    let svg = std::fs::read_to_string(&path).expect("the file");
    std::fs::remove_file(&path).expect("it is ours");
    assert!(svg.contains("polyline"));
}

#[test]
fn wrong_usage_is_one_line_that_names_parameter_value_and_what_is_allowed() {
    let line = refused(&["figure", "bowl", "--alpha", "fast"]);
    assert!(
        line.contains("alpha") && line.contains("fast") && line.contains("number from 0"),
        "{line}"
    );
    for wrong in [
        ["bowl", "--alpha", "-1"],
        ["bowl", "--alpha", "NaN"],
        ["bowl", "--kappa", "5"],
        ["bowl", "--width", "1"],
        ["bowl", "--loss", "2^"],
        ["ravine", "--start", "1"],
        ["ravine", "--steps", "1e9"],
        ["hill", "--alpha", "1"],
        ["ravine", "-o", "ravine.bmp"],
    ] {
        let line = refused(&[&["figure"], &wrong[..]].concat());
        assert!(
            line.contains(wrong[if wrong[0] == "hill" { 0 } else { 2 }]) || wrong[1] == "--kappa",
            "{line}"
        );
    }
}
