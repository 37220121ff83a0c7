//! Tests of the fit through its inputs and outputs.

use crate::{Changes, Figure, Input, Locale, OverlayShape, Readout, figure};

/// A fit with these fields, on panes of a common size.
fn fit(fields: &[(&str, &str)]) -> Figure {
    let mut fit = figure("fit", Locale::default()).expect("the fit");
    let problems = fit.start(fields).problems;
    assert!(problems.is_empty(), "{problems:?}");
    for (pane, height_px) in [(0, 300.0), (1, 300.0), (2, 160.0)] {
        let _sized = fit.apply(&Input::Resize(pane, 400.0, height_px));
    }
    fit
}

fn parameters(fit: &mut Figure, k: usize) -> Vec<f64> {
    fit.snapshot().runs[0].iterates[k].clone()
}

fn points(fit: &mut Figure) -> Vec<[f64; 2]> {
    let data = fit.snapshot().data;
    match data.iter().find(|(name, _)| *name == "points") {
        Some((_, crate::Value::Points(points))) => points.clone(),
        other => panic!("no points: {other:?}"),
    }
}

/// Where a point of the data is drawn: the frame has 50 px on its left, 26 below and 10 elsewhere.
fn place([x, y]: [f64; 2], [x0, x1]: [f64; 2], [y0, y1]: [f64; 2]) -> (f64, f64) {
    (50.0 + 340.0 * (x - x0) / (x1 - x0), 10.0 + 264.0 * (y1 - y) / (y1 - y0))
}

const ACROSS: [f64; 2] = [-1.0, 6.0];
const UP: [f64; 2] = [-2.0, 12.0];

fn drag(fit: &mut Figure, from: (f64, f64), to: (f64, f64)) -> Changes {
    assert!(fit.apply(&Input::Press(0, from.0, from.1)).handled, "nothing is there to be held");
    let _dragged = fit.apply(&Input::Drag(0, to.0, to.1));
    fit.apply(&Input::Release(0))
}

#[test]
fn the_numbers_of_the_lesson() {
    let mut five = fit(&[]);
    let snapshot = five.snapshot();
    let run = &snapshot.runs[0];
    assert_eq!((run.losses[0], run.gradients[0][0]), (44.0, -44.0));
    let number = |name: &str| match snapshot.data.iter().find(|(key, _)| *key == name) {
        Some((_, crate::Value::Number(number))) => *number,
        other => panic!("{other:?}"),
    };
    assert_eq!((number("curvature"), number("stable-alpha")), (22.0, 2.0 / 22.0));
    let rounded = |value: f64| format!("{value:.4}");
    assert_eq!(rounded(run.iterates[1][0]) + " " + &rounded(run.losses[1]), "0.4400 26.7696");
    assert_eq!(rounded(run.iterates[11][0]), "1.8700");
    assert_eq!(rounded(run.iterates[50][0]), "2.0000");
    let mut slow = fit(&[("alpha", "0.0001"), ("epochs", "1000")]);
    assert_eq!(rounded(parameters(&mut slow, 1000)[0]), "1.7789");
    let mut wild = fit(&[("alpha", "1")]);
    assert!(matches!(wild.snapshot().runs[0].outcome, downhill::Outcome::Diverged { .. }));
    let mut both = fit(&[("model", "wx+b"), ("epochs", "500")]);
    let [w, b] = parameters(&mut both, 500)[..] else { panic!("two parameters") };
    assert_eq!(rounded(w) + " " + &rounded(b), "1.9738 0.0946");
}

/// Its former place stays marked, so that it can be put back.
#[test]
fn a_point_can_be_pulled_far_out_of_the_view() {
    let mut fit = fit(&[]);
    let hollow = |fit: &Figure| format!("{:?}", fit.overlay(0)).matches("outline: Muted").count();
    assert_eq!(hollow(&fit), 0);
    let _changes = drag(&mut fit, place([4.0, 8.0], ACROSS, UP), place([4.0, 20.0], ACROSS, UP));
    assert!((points(&mut fit)[3][1] - 20.0).abs() < 0.1, "{:?}", points(&mut fit));
    assert_eq!(hollow(&fit), 1);
    let _changes = fit.apply(&Input::Set("points", "0,1\n2,3\n1,1\n4,9"));
    assert_eq!(hollow(&fit), 0);
}

#[test]
fn a_dragged_point_moves_the_landscape() {
    let mut fit = fit(&[]);
    let before = parameters(&mut fit, 50)[0];
    let changes = drag(&mut fit, place([4.0, 8.0], ACROSS, UP), place([4.0, 4.0], ACROSS, UP));
    assert!(changes.announcement.is_some_and(|said| said.starts_with("Point 4 is at 4, 4.")));
    let moved = points(&mut fit);
    assert!((moved[3][0] - 4.0).abs() < 0.03 && (moved[3][1] - 4.0).abs() < 0.06, "{moved:?}");
    assert!(parameters(&mut fit, 50)[0] < before - 0.2);
    assert_eq!(fit.text("data").as_deref(), Some("own"));
    // A link records that the points are the reader's own, but not the points; a restart needs
    // both.
    assert!(fit.differences().iter().all(|(name, _)| *name != "points"));
    assert!(
        fit.state().iter().any(|(name, text)| *name == "points" && text.starts_with("x,y\n1,2\n"))
    );
}

#[test]
fn the_line_can_be_turned_and_shifted() {
    let mut slope = fit(&[("k", "20")]);
    // Near the end of the line, which is close to y = 2x by now.
    let _turned = drag(&mut slope, place([5.5, 10.92], ACROSS, UP), place([5.5, 5.5], ACROSS, UP));
    assert_eq!(slope.snapshot().k, 0, "the run begins there");
    let w = parameters(&mut slope, 0)[0];
    assert!((w - 1.0).abs() < 0.02, "{w}");
    assert_eq!(points(&mut slope).len(), 5, "no point was meant");
    let mut both = fit(&[("model", "wx+b"), ("start", "1,0")]);
    let _shifted = drag(&mut both, place([2.5, 2.5], ACROSS, UP), place([2.5, 4.5], ACROSS, UP));
    let [w, b] = parameters(&mut both, 0)[..] else { panic!("two parameters") };
    assert!((w - 1.0).abs() < 1e-9 && (b - 2.0).abs() < 0.06, "{w} {b}");
}

#[test]
fn points_are_added_chosen_moved_and_removed() {
    let mut fit = fit(&[]);
    let (x_px, y_px) = place([2.0, 9.0], ACROSS, UP);
    let _added = fit.apply(&Input::Tap(0, x_px, y_px));
    assert_eq!(points(&mut fit).len(), 6);
    let said = fit.apply(&Input::Key(0, "PageUp")).announcement.expect("a point is read out");
    assert!(said.starts_with("Point 5 of 6 at 5, 10."), "{said}");
    let _moved = fit.apply(&Input::Key(0, "Shift+ArrowDown"));
    assert!(points(&mut fit)[4][1] < 10.0);
    for left in (1..6).rev() {
        let said = fit.apply(&Input::Key(0, "Delete")).announcement.expect("it is said");
        let noun = if left == 1 { "is" } else { "are" };
        assert!(said.contains(&format!("{left} {noun} left")), "{said}");
    }
    assert_eq!(
        fit.apply(&Input::Key(0, "Delete")).announcement.as_deref(),
        Some("A fit needs a point: the last one stays.")
    );
    assert_eq!(points(&mut fit).len(), 1);
}

#[test]
fn a_bad_row_is_reported_and_nothing_is_lost() {
    let mut fit = fit(&[]);
    let _pasted = fit.apply(&Input::Set("points", "0,1\n2,3\n"));
    let mut refused = |text: &str| {
        let problems = fit.apply(&Input::Set("points", text)).problems;
        problems.first().map(|problem| problem.message.clone()).unwrap_or_default()
    };
    let message = refused("1,2\n3,four");
    assert_eq!(
        message,
        "points: line 2: found 'four', expected a finite number for y. The points from before stay."
    );
    assert_eq!(
        refused("1,1e13"),
        "points: line 1: found '1e13', expected a number from -1000000000000 to 1000000000000. The points from before stay."
    );
    assert!(refused(&"1,2\n".repeat(10_001)).contains("line 10001: found too many points"));
    assert_eq!(points(&mut fit), [[0.0, 1.0], [2.0, 3.0]]);
    // Entered again after another source; an empty field removes the points.
    let _five = fit.apply(&Input::Set("data", "five"));
    assert_eq!(points(&mut fit).len(), 5);
    let _again = fit.apply(&Input::Set("points", "0,1\n2,3\n"));
    assert_eq!(points(&mut fit), [[0.0, 1.0], [2.0, 3.0]]);
    let _emptied = fit.apply(&Input::Set("points", ""));
    assert_eq!(fit.text("data").as_deref(), Some("five"));
}

#[test]
fn the_reading_is_shown_beside_the_field() {
    let hint = |fit: &mut Figure| {
        let controls = fit.declaration().controls;
        let hint = controls.into_iter().find_map(|control| match control {
            crate::Control::Lines { hint, .. } => Some(hint),
            _ => None,
        });
        hint.expect("a field for points")
    };
    let own = "Your points stay on this page: a link does not carry them.";
    let mut fit = fit(&[]);
    let _pasted = fit.apply(&Input::Set("points", "x;y\n0,5;1\n1.000;–2"));
    assert_eq!(
        hint(&mut fit),
        format!(
            "Read as 2 points; columns separated by a semicolon, decimals by a comma, thousands by a point; line 1 is a heading. First rows: (0.5, 1), (1000, −2). {own}"
        )
    );
    // A refused text leaves the description of the points in force.
    let _refused = fit.apply(&Input::Set("points", "$1,$2"));
    assert!(hint(&mut fit).starts_with("Read as 2 points; columns separated by a semicolon"));
    let _again = fit.apply(&Input::Set("points", "1 2\n3 4\n5 6\n7 8"));
    assert_eq!(
        hint(&mut fit),
        format!(
            "Read as 4 points; columns separated by blanks, no decimals. First rows: (1, 2), (3, 4), (5, 6) …. {own}"
        )
    );
    // Points moved by hand are no longer those that were read.
    let _chosen = fit.apply(&Input::Key(0, "PageDown"));
    let _moved = fit.apply(&Input::Key(0, "Shift+ArrowUp"));
    assert_eq!(hint(&mut fit), own);
    let many = "1\t2\n".repeat(600);
    let _pasted = fit.apply(&Input::Set("points", &many));
    assert!(hint(&mut fit).starts_with("Read as 600 points; columns separated by a tab"));
    let _five = fit.apply(&Input::Set("data", "five"));
    assert!(!hint(&mut fit).contains("Read as"));
    // With a decimal comma, a comma does not separate coordinates.
    let mut german = figure("fit", Locale::new("de", ",", ".")).expect("the fit");
    let _pasted = german.apply(&Input::Set("points", "0.5,1"));
    assert!(hint(&mut german).contains("First rows: (0,5; 1)."));
}

#[test]
fn awkward_points_work_or_say_why_not() {
    for (text, flat) in [
        ("2,3", false),
        ("2,3\n2,3\n2,3", false),
        ("0,1\n0,2\n0,3", true),
        ("1e12,-1e12\n-1e12,1e12", false),
        ("1e-9,1e-9", false),
    ] {
        for model in ["wx", "wx+b"] {
            let mut fit = fit(&[("model", model)]);
            let changes = fit.apply(&Input::Set("points", text));
            assert!(changes.problems.is_empty(), "{text:?}");
            let says = fit
                .readouts()
                .iter()
                .any(|readout| matches!(readout, Readout::Line { id: "flat", .. }));
            let one_x = text != "1e12,-1e12\n-1e12,1e12";
            assert_eq!(says, flat || model == "wx+b" && one_x, "{model} {text:?}");
            for pane in 0..3 {
                assert!(!fit.static_layer(pane).ops.is_empty());
            }
        }
    }
}

#[test]
fn thousands_of_points_stay_responsive() {
    let text: String =
        (0..10_000).map(|i| format!("{},{}\n", i % 1000, 2 * (i % 1000) + i / 1000)).collect();
    let mut fit =
        fit(&[("batch", "1"), ("epochs", "100000"), ("against", "batch"), ("alpha", "0.0001")]);
    let begun = std::time::Instant::now();
    let _pasted = fit.apply(&Input::Set("points", &text));
    assert_eq!(points(&mut fit).len(), 10_000);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    // Overlapping dots are left out.
    assert!(fit.static_layer(0).ops.len() < 2000);
}

#[test]
fn a_second_run_is_drawn_beside_the_first() {
    let mut fit = fit(&[("batch", "1"), ("against", "batch"), ("seed", "7"), ("epochs", "3")]);
    let names: Vec<_> = fit.snapshot().runs.into_iter().map(|run| run.name).collect();
    assert_eq!(names, ["stochastic", "batch"]);
    assert_eq!(fit.csv().lines().count(), 1 + 16 + 4);
    let _epochs = fit.apply(&Input::Set("per", "epoch"));
    let _sought = fit.apply(&Input::Seek(10));
    // Ten updates of single points, or two of all points, are two epochs.
    let said = format!("{:?}", fit.readouts());
    assert!(said.contains("After 10 updates, or 2 epochs"), "{said}");
    assert!(said.contains("0.7832"), "w after two batch updates: 2(1 − 0.78²): {said}");
}

#[test]
fn an_input_announces_what_it_did_and_nothing_from_before() {
    let mut five = fit(&[]);
    let [x_px, y_px] = [place([1.0, 2.0], ACROSS, UP).0, 150.0];
    assert!(five.apply(&Input::Tap(0, x_px, y_px)).announcement.is_some(), "a point is added");
    let changes = five.apply(&Input::Act("safeguard"));
    assert!(changes.handled);
    assert_eq!(changes.announcement, None);
}

/// While a point is pulled far up, it stays in sight, and so does the valley that it moves.
#[test]
fn what_is_dragged_and_what_it_changes_stay_in_sight() {
    let mut fit = fit(&[]);
    let (from, far) = (place([5.0, 10.0], ACROSS, UP), (place([5.0, 10.0], ACROSS, UP).0, -300.0));
    assert!(fit.apply(&Input::Press(0, from.0, from.1)).handled);
    let _dragged = fit.apply(&Input::Drag(0, far.0, far.1));
    let [x, y] = points(&mut fit)[4];
    assert!(y > UP[1], "{y}");
    let drawn = fit.overlay(0);
    let rings = drawn.iter().filter_map(|shape| match shape {
        OverlayShape::Disc { at, radius: 7.5, .. } => Some(*at),
        _ => None,
    });
    let rings: Vec<_> = rings.collect();
    assert_eq!(rings.len(), 1, "{drawn:?}");
    assert!((rings[0].1 - 10.0).abs() < 0.5, "at the upper edge: {rings:?}");
    let told = format!("({x}, ");
    assert!(
        drawn.iter().any(
            |shape| matches!(shape, OverlayShape::Label { text, .. } if text.starts_with(&told))
        ),
        "{drawn:?}"
    );
    let valley = fit.overlay(1);
    let away = |shape: &OverlayShape| matches!(shape, OverlayShape::Label { text, .. } if text.starts_with("off"));
    assert!(!valley.iter().any(away), "{valley:?}");
}

#[test]
fn other_points_have_none_that_is_chosen() {
    let mut fit = fit(&[]);
    let at = place([3.0, 6.0], ACROSS, UP);
    let _ = drag(&mut fit, at, (at.0, at.1 - 30.0));
    let ringed = |fit: &mut Figure| {
        fit.overlay(0).iter().any(|shape| matches!(shape, OverlayShape::Disc { radius: 7.5, .. }))
    };
    assert!(ringed(&mut fit));
    let _ = fit.apply(&Input::Set("data", "noisy"));
    assert!(!ringed(&mut fit));
}
