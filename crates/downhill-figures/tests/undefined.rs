//! Figures describe, draw and export runs that leave the domain of the loss, and NaN or infinity
//! never appears in the output.

use downhill_figures::{Figure, Input, Locale, Readout, figure};

fn with(name: &str, settings: &[(&str, &str)]) -> Figure {
    let mut figure = figure(name, Locale::default()).expect("a figure");
    let changes = figure.start(settings);
    assert!(changes.problems.is_empty(), "{:?}", changes.problems);
    for pane in 0..figure.declaration().panes.len() {
        let _ = figure.apply(&Input::Resize(pane, 480.0, 320.0));
    }
    for _ in 0..400 {
        if !figure.apply(&Input::Work(200_000)).working {
            break;
        }
    }
    figure
}

/// All text that a reader can see or hear from a figure.
fn seen(figure: &mut Figure) -> String {
    let panes = figure.declaration().panes.len();
    let mut text = format!("{:?}{:?}", figure.declaration(), figure.readouts());
    text += &format!("{:?}", figure.rows(0, 40));
    for pane in 0..panes {
        let _ = figure.apply(&Input::Hover(pane, 150.0, 120.0));
        text += &format!("{:?}{:?}", figure.overlay(pane), figure.static_layer(pane));
        let _ = figure.apply(&Input::Hover(pane, 330.0, 120.0));
        text += &format!("{:?}", figure.overlay(pane));
    }
    text + &figure.csv()
}

#[track_caller]
fn holds_no_false_number(what: &str, text: &str) {
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        assert!(!["NaN", "inf", "Infinity"].contains(&word), "{what}: {word} in {text}");
    }
    assert!(!text.contains('∞'), "{what}: {text}");
}

fn said(figure: &Figure, wanted: &str) -> String {
    let lines = figure.readouts().into_iter().filter_map(|readout| match readout {
        Readout::Line { id, text, .. } if id == wanted => Some(text),
        _ => None,
    });
    lines.collect()
}

const FORMULAS_1D: [(&str, &str, &str); 12] = [
    ("-ln(x)-x", "-0.5", "0.1"),
    ("ln(x)", "1", "0.6"),
    ("sqrt(x)", "1", "3"),
    ("0/0", "5", "0.1"),
    ("x/0", "5", "0.1"),
    ("x^2/0", "5", "0.1"),
    ("x^x", "1000000", "0.1"),
    ("1/x", "-1", "1"),
    ("1/x", "0", "0.1"),
    ("sqrt(x^2)", "5", "1"),
    ("exp(x^2)", "30", "0.1"),
    ("sqrt(4-x^2)", "1", "1"),
];

const FORMULAS_2D: [(&str, &str, &str); 7] = [
    ("ln(x)+y^2", "1,1", "0.5"),
    ("-ln(x)-x+y^2", "-0.5,1", "0.1"),
    ("sqrt(x^2+y^2)", "3,4", "1"),
    ("x/0+y", "1,1", "0.1"),
    ("0/0+x*y", "1,1", "0.1"),
    ("1/(x*y)", "0,1", "0.1"),
    ("ln(x)*ln(y)", "2,2", "0.9"),
];

/// Plays all runs to the end, with a guess on the way, and checks every iteration.
fn look_at_all(figure: &mut Figure, what: &str) {
    for _ in 0..3 {
        holds_no_false_number(what, &seen(figure));
        let _ = figure.apply(&Input::Act("predict"));
        let _ = figure.apply(&Input::Tap(0, 120.0, 100.0));
        holds_no_false_number(what, &seen(figure));
        let changes = figure.apply(&Input::Act("step"));
        holds_no_false_number(what, &format!("{:?}", changes.announcement));
        holds_no_false_number(what, &format!("{:?}", changes.events));
        let _ = figure.apply(&Input::Act("predict"));
        // Between two iterates.
        let _ = figure.apply(&Input::Tick(0.1));
        holds_no_false_number(what, &seen(figure));
        let _ = figure.apply(&Input::Tick(0.25));
        let _ = figure.apply(&Input::Tick(0.25));
    }
}

#[test]
fn no_figure_shows_nan_or_infinity() {
    for (loss, start, alpha) in FORMULAS_1D {
        for name in ["bowl", "scrubber", "lab"] {
            let mut figure = with(name, &[("loss", loss), ("start", start), ("alpha", alpha)]);
            look_at_all(&mut figure, &format!("{name} {loss}"));
            if name == "lab" {
                let _ = figure.apply(&Input::Act("keep"));
                let _ = figure.apply(&Input::Set("alpha", "0.01"));
                look_at_all(&mut figure, &format!("lab with a kept run, {loss}"));
            }
        }
    }
    for (loss, start, alpha) in FORMULAS_2D {
        for name in ["hill", "race", "starts"] {
            let spec = [("loss", loss), ("start", start), ("alpha", alpha), ("steps", "20")];
            let mut figure = with(name, &spec);
            look_at_all(&mut figure, &format!("{name} {loss}"));
            if name == "hill" {
                let _ = figure.apply(&Input::Act("blindfold"));
                look_at_all(&mut figure, &format!("blindfolded, {loss}"));
            }
        }
        let rules = ("rules", "gd,adam,newton");
        let fair = [("loss", loss), ("start", start), ("fair", "best"), ("steps", "50"), rules];
        look_at_all(&mut with("race", &fair), &format!("race at its best {loss}"));
    }
}

#[test]
fn leaving_the_domain_is_an_outcome_of_its_own() {
    for (loss, start, alpha, end) in [
        ("-ln(x)-x", "-0.5", "0.1", 0),
        ("ln(x)", "1", "0.6", 2),
        ("sqrt(x)", "1", "3", 1),
        ("x^x", "1000000", "0.1", 0),
        ("exp(x)", "800", "0.1", 0),
        ("exp(x^2)", "2", "0.5", 1),
        ("cbrt(x)", "1", "3", 1),
        ("sqrt(x^2)", "5", "1", 5),
    ] {
        let spec = [("loss", loss), ("start", start), ("alpha", alpha)];
        let mut bowl = with("bowl", &spec);
        let run = bowl.snapshot().runs.remove(0);
        assert_eq!((run.outcome.name(), run.outcome.k()), ("undefined", end), "{loss}");
        assert!(run.losses.iter().skip(1).all(|loss| loss.is_finite()), "{loss}");
        assert_eq!(run.losses.len(), end.max(1), "{loss}");
        let _ = bowl.apply(&Input::Seek(u32::MAX));
        let words = said(&bowl, "outcome");
        let wanted = match (loss, end) {
            ("x^x" | "exp(x)" | "exp(x^2)", _) => format!(
                "ended at iteration {end}: the loss is infinite there, or too large for a number."
            ),
            (_, 0) => "starts outside the domain of the loss: it has no value or no slope there."
                .to_owned(),
            _ => format!(
                "left the domain of the loss at iteration {end}: it has no value or no slope there."
            ),
        };
        assert!(words.contains(&wanted), "{loss}: {words}");
    }
}

#[test]
fn a_formula_without_any_value_has_no_regime() {
    for loss in ["x/0", "x^2/0", "0/0", "1/0+x^2"] {
        let bowl = with("bowl", &[("loss", loss)]);
        assert_eq!(
            said(&bowl, "regime"),
            "No regime: this formula has no value anywhere.",
            "{loss}"
        );
    }
}

/// Even if the first step already leaves, so that the index never changes.
#[test]
fn a_step_out_of_the_domain_is_announced() {
    for (settings, k) in [
        ([("loss", "sqrt(x)"), ("start", "1"), ("alpha", "3")], 1),
        ([("loss", "ln(x)"), ("start", "1"), ("alpha", "0.6")], 2),
        ([("loss", "ln(x)"), ("start", "-1"), ("alpha", "0.6")], 0),
    ] {
        let mut bowl = with("bowl", &settings);
        let changes = bowl.apply(&Input::Act("step"));
        let event = changes.events.iter().find(|event| event.name == "gd-outcome");
        let detail = format!("{:?}", event.expect("an event").detail);
        assert!(detail.contains("undefined") && detail.contains(&format!("{k}.0")), "{detail}");
        let words =
            if k == 0 { "starts outside the domain" } else { "left the domain of the loss" };
        assert!(changes.announcement.expect("it is said").contains(words));
        let again = bowl.apply(&Input::Act("step"));
        assert!(again.events.iter().all(|event| event.name != "gd-outcome"), "once is enough");
        assert!(again.announcement.expect("it is said").contains(words));
    }
}

#[test]
fn no_run_is_ahead_without_a_loss() {
    let spec = [("loss", "ln(x)+y^2"), ("start", "1,1"), ("alpha", "0.5")];
    let mut race = with("race", &spec);
    let runs = race.snapshot().runs;
    assert_eq!((runs[0].outcome.name(), runs[0].outcome.k()), ("undefined", 2));
    let _ = race.apply(&Input::Seek(2));
    let words = said(&race, "standing");
    assert!(!words.contains("Gradient descent is ahead"), "{words}");
    let left = "Gradient descent, Momentum, RMSProp left the domain of the loss";
    assert!(words.contains("Adam has a loss of −") && words.contains(left), "{words}");
    let row = race.rows(0, 1).remove(0);
    assert!(row.contains(&"no value here".to_owned()), "{row:?}");
    let nowhere = with("race", &[("loss", "ln(x)+y^2"), ("start", "-1,1")]);
    assert!(said(&nowhere, "standing").contains("no value"), "{}", said(&nowhere, "standing"));
}

/// A loss that overflows, or a pole, is not reported as outside the domain.
#[test]
fn an_infinite_loss_has_its_own_message() {
    let start = ("start", "4,0");
    let mut race = with("race", &[("loss", "exp(x^2)+y^2"), ("start", "2,0"), ("alpha", "0.5")]);
    let _ = race.apply(&Input::Seek(1));
    let words = said(&race, "standing");
    let out =
        "Gradient descent, Momentum came where the loss is infinite, or too large for a number";
    assert!(words.contains(out) && !words.contains("domain"), "{words}");
    let starts = with("starts", &[("loss", "exp(50x^2)+y^2"), start]);
    let words = said(&starts, "summary");
    assert!(words.contains("1 without a finite loss") && !words.contains("domain"), "{words}");
    let starts = with("starts", &[("loss", "exp(50x^2)+y^2"), start, ("basins", "off")]);
    let rows = format!("{:?}", starts.rows(0, 1));
    assert!(rows.contains("no finite loss, k = 0"), "{rows}");
    let mut lab = with("lab", &[("loss", "exp(x^2)"), ("start", "2"), ("alpha", "0.9")]);
    let seen = seen(&mut lab);
    assert!(seen.contains("no finite loss") && !seen.contains("domain"), "{seen}");
}

#[test]
fn starts_and_map_show_which_runs_leave() {
    let spec = [("loss", "ln(x)+y^2"), ("start", "1,1;-2,1"), ("alpha", "0.5"), ("steps", "30")];
    let mut starts = with("starts", &spec);
    let kinds: Vec<_> = starts.snapshot().runs.iter().map(|run| run.outcome.name()).collect();
    assert_eq!(kinds, ["undefined", "undefined"]);
    assert!(said(&starts, "summary").contains("2 out of the domain"));
    let legend = format!("{:?}", starts.readouts());
    assert!(legend.contains("leaves the domain, or no finite loss (striped)"), "{legend}");
}

#[test]
fn the_sweep_separates_leaving_from_diverging() {
    let mut lab = with("lab", &[("loss", "sqrt(x)"), ("start", "1"), ("alpha", "3")]);
    let data = format!("{:?}", lab.snapshot().data);
    assert!(data.contains("undefined"), "{data}");
    let still = format!("{:?}", lab.static_layer(2));
    assert!(still.contains("leaves the domain"), "{still}");
}
