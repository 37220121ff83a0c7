//! Tests of `downhill figure`.

use crate::run::{downhill, printed, refusal};

#[test]
fn every_figure_is_drawn_as_one_svg_document() {
    for name in ["bowl", "scrubber", "ravine", "race"] {
        let svg = printed(&["figure", name, "--k", "5", "--theme", "dark"]);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{name}");
        assert!(svg.contains("#15_1719".replace('_', "").as_str()), "{name} is not dark");
        assert!(!svg.contains("NaN") && !svg.contains("style="), "{name}");
    }
}

#[test]
fn the_plane_and_the_starts_are_drawn_with_their_fields() {
    let svg = printed(&["figure", "plane", "--kappa", "10", "--alpha", "0.1", "--beta", "0.3"]);
    assert!(svg.contains(">diverge</text>") && svg.contains(">best</text>"));
    let drawn = |alpha, basins| {
        printed(&["figure", "starts", "--alpha", alpha, "--basins", basins, "--start", "0,0;1,2"])
    };
    // Basins are drawn as blocks of cells; without them the map has its colour bands.
    assert!(drawn("0.01", "on").contains("crispEdges"));
    assert!(!drawn("0.01", "off").contains("crispEdges"));
    assert_ne!(drawn("0.01", "on"), drawn("0.019", "on"));
}

#[test]
fn the_picture_follows_the_fields() {
    let drawn =
        |alpha| downhill(&["figure", "bowl", "--alpha", alpha, "--k", "3", "--bare"]).stdout;
    assert_ne!(drawn("0.1"), drawn("0.2"));
    assert_eq!(drawn("0.1"), drawn("0.10"));
}

#[test]
fn a_file_is_written_where_it_is_asked_for() {
    let path = std::env::temp_dir().join(format!("downhill-figure-{}.svg", std::process::id()));
    let name = path.to_str().expect("a path in Unicode");
    assert_eq!(printed(&["figure", "ravine", "-o", name]), "");
    let svg = std::fs::read_to_string(&path).expect("the file");
    std::fs::remove_file(&path).expect("it is ours");
    assert!(svg.contains("<path"));
}

#[test]
fn a_file_that_ends_in_png_is_one() {
    let path = std::env::temp_dir().join(format!("downhill-figure-{}.png", std::process::id()));
    let name = path.to_str().expect("a path in Unicode");
    assert_eq!(printed(&["figure", "race", "--k", "20", "--width", "400", "-o", name]), "");
    let bytes = std::fs::read(&path).expect("the file");
    std::fs::remove_file(&path).expect("it is ours");
    assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n");
    // Two pixels per CSS pixel.
    assert_eq!(bytes[16..20], 800_u32.to_be_bytes());
}

#[test]
fn wrong_usage_is_one_line_that_names_parameter_value_and_what_is_allowed() {
    let line = refusal(downhill(&["figure", "bowl", "--alpha", "fast"]));
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
        ["slope", "--alpha", "1"],
        ["ravine", "-o", "ravine.bmp"],
    ] {
        let line = refusal(downhill(&[&["figure"], &wrong[..]].concat()));
        assert!(
            line.contains(wrong[if wrong[0] == "slope" { 0 } else { 2 }]) || wrong[1] == "--kappa",
            "{line}"
        );
    }
}

#[test]
fn a_file_that_ends_in_pdf_is_one_page_with_its_text() {
    let path = std::env::temp_dir().join(format!("downhill-figure-{}.pdf", std::process::id()));
    let name = path.to_str().expect("a path in Unicode");
    assert_eq!(printed(&["figure", "ravine", "--k", "60", "-o", name]), "");
    let bytes = std::fs::read(&path).expect("the file");
    std::fs::remove_file(&path).expect("it is ours");
    assert_eq!(bytes[..5], *b"%PDF-");
    assert!(bytes.windows(8).any(|part| part == b"FontFile"), "its text is no text");
}

#[test]
fn a_picture_has_its_title_its_legend_and_the_command_that_draws_it() {
    let svg = printed(&["figure", "ravine", "--k", "60", "--start", "-4,1"]);
    for text in [
        ">Momentum, loss: ",
        ">downhill figure ravine",
        "--k 60",
        "#ffffff",
        "stroke-dasharray=\"8 3\"",
    ] {
        assert!(svg.contains(text), "{text}");
    }
    let bare = printed(&["figure", "ravine", "--k", "60", "--bare"]);
    assert!(!bare.contains("downhill figure") && !bare.contains("stroke-dasharray=\"8 3\""));
}

#[test]
fn help_names_the_flags_of_that_figure_alone() {
    let help = printed(&["figure", "bowl", "--help"]);
    assert!(help.contains("Learning rate α: ") && help.contains("[default: 0.1]"), "{help}");
    for other in ["--kappa", "--autoplay", "--hide", "--for"] {
        assert!(!help.contains(other), "{other}");
    }
    let help = printed(&["figure", "--help"]);
    assert!(help.contains("ravine") && !help.contains("--kappa"), "{help}");
    let line = refusal(downhill(&["figure", "bowl", "--kappas", "5"]));
    assert!(line.contains("--kappas: no such parameter"), "{line}");
    let line = refusal(downhill(&["figure", "ravine", "--kappas", "5"]));
    assert!(line.contains("did you mean --kappa?"), "{line}");
    assert!(refusal(downhill(&["figure"])).contains("one of hill, bowl"));
    assert!(refusal(downhill(&["figure", "slope"])).contains("one of hill, bowl"));
}

#[test]
fn a_handout_has_every_figure_in_order() {
    let folder = std::env::temp_dir().join(format!("downhill-handout-{}", std::process::id()));
    let name = folder.to_str().expect("a path in Unicode");
    let said = printed(&["handout", name, "--format", "svg"]);
    let files: Vec<&str> = said.lines().collect();
    assert!(files.len() > 12 && files[0].ends_with("01-hill.svg"), "{said}");
    for file in &files {
        let svg = std::fs::read_to_string(file).expect("the file");
        assert!(svg.starts_with("<svg ") && svg.contains(">downhill figure "), "{file}");
    }
    std::fs::remove_dir_all(&folder).expect("it is ours");
}
