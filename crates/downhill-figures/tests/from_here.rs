//! “α from here on”: the walk so far stays, and α changes at the iteration shown.

use downhill_figures::{Figure, Input, Locale, OverlayShape, Readout, figure};

/// The figures whose α can change on the way.
const CHANGING: [&str; 4] = ["bowl", "ravine", "fit", "race"];

fn started(name: &str, fields: &[(&str, &str)]) -> Figure {
    let mut figure = figure(name, Locale::default()).expect("a figure");
    let problems = figure.start(fields).problems;
    assert!(problems.is_empty(), "{name}: {problems:?}");
    figure
}

fn line(figure: &Figure) -> String {
    let plan = figure.readouts().into_iter().find_map(|readout| match readout {
        Readout::Line { id: "alpha-plan", text, .. } => Some(text),
        _ => None,
    });
    plan.expect("a line on α")
}

/// The labels in all panes.
fn labels(figure: &mut Figure) -> Vec<String> {
    fn collect(shapes: &[OverlayShape], texts: &mut Vec<String>) {
        for shape in shapes {
            match shape {
                OverlayShape::Label { text, .. } => texts.push(text.clone()),
                OverlayShape::Window { marks, .. } => collect(marks, texts),
                _ => {}
            }
        }
    }
    let mut texts = Vec::new();
    for pane in 0..figure.declaration().panes.len() {
        let _ = figure.apply(&Input::Resize(pane, 600.0, 400.0));
        collect(&figure.overlay(pane), &mut texts);
    }
    texts
}

/// The losses of the first run.
fn losses(figure: &mut Figure) -> Vec<f64> {
    figure.snapshot().runs[0].losses.clone()
}

#[test]
fn the_walk_so_far_stays() {
    for name in CHANGING {
        let mut figure = started(name, &[("alpha", "0.001"), ("from-here", "on"), ("k", "7")]);
        assert_eq!(
            line(&figure),
            "Turn α, and the new value will apply from iteration 7 on.",
            "{name}"
        );
        let before = losses(&mut figure);
        let changes = figure.apply(&Input::Enter("alpha", "0.0002"));
        assert!(changes.problems.is_empty(), "{name}: {:?}", changes.problems);
        let after = losses(&mut figure);
        assert_eq!(before[..=7], after[..=7], "{name}");
        assert_ne!(before[8].to_bits(), after[8].to_bits(), "{name}");
        assert_eq!(figure.text("alpha").as_deref(), Some("0.001,7:0.0002"), "{name}");
        assert!(line(&figure).starts_with("α = 0.001, 0.0002 from iteration 7 on."), "{name}");
        let marked = labels(&mut figure);
        let marked = marked.iter().filter(|text| *text == "α = 0.0002").count();
        // On the path of every run (of the selected one in the race), and on the loss curves where
        // there are any.
        assert_eq!(marked, [1, 3, 2, 2][CHANGING.iter().position(|n| *n == name).expect("one")]);
        assert_eq!(figure.snapshot().regime, None, "{name}: two α have no regime");
        // The state is a link, and opens as the same.
        let state = figure.state();
        let entries: Vec<(&str, &str)> = state.iter().map(|(n, t)| (*n, t.as_str())).collect();
        let mut again = started(name, &entries);
        assert_eq!((again.state(), losses(&mut again)), (state, after), "{name}");
        // Off is one α for the whole run.
        let _ = figure.apply(&Input::Act("from-here=off"));
        assert_eq!(figure.text("alpha").as_deref(), Some("0.001"), "{name}");
        assert_eq!((losses(&mut figure), line(&figure)), (before, String::new()), "{name}");
    }
}

#[test]
fn a_slider_shows_the_rate_of_the_iteration_and_turns_it() {
    let mut bowl = started("bowl", &[("alpha", "0.1,4:0.9,9:0.3"), ("steps", "40"), ("k", "6")]);
    let _ = bowl.apply(&Input::Slide("alpha", 0.25));
    assert_eq!(bowl.text("alpha").as_deref(), Some("0.1,4:0.9,6:0.25"), "later ones are gone");
    // What is already so needs no change.
    let _ = bowl.apply(&Input::Slide("alpha", 0.25));
    let _ = bowl.apply(&Input::Seek(20));
    let _ = bowl.apply(&Input::Enter("alpha", "0.25"));
    assert_eq!(bowl.text("alpha").as_deref(), Some("0.1,4:0.9,6:0.25"));
    let _ = bowl.apply(&Input::Seek(0));
    let _ = bowl.apply(&Input::Enter("alpha", "0.2"));
    assert_eq!(bowl.text("alpha").as_deref(), Some("0.2"), "from the start on is for all steps");
}

#[test]
fn a_rate_beyond_its_bound_is_used_at_the_bound_as_is_said() {
    let mut bowl = started("bowl", &[("from-here", "on"), ("alpha", "0.1"), ("k", "4")]);
    let said = bowl.apply(&Input::Enter("alpha", "-1")).problems.swap_remove(0).message;
    assert!(said.ends_with("“-1”. 0 is used."), "{said}");
    assert_eq!(bowl.text("alpha").as_deref(), Some("0.1,4:0"));
}

#[test]
fn a_dial_that_is_turned_while_a_run_plays_stops_it() {
    let mut bowl = started("bowl", &[("from-here", "on"), ("alpha", "0.01")]);
    let _ = bowl.apply(&Input::Act("play"));
    while bowl.apply(&Input::Tick(0.1)).running && bowl.text("k").as_deref() != Some("5") {}
    let _ = bowl.apply(&Input::Slide("alpha", 0.5));
    // The marble rolls to where it was going, and rests.
    while bowl.apply(&Input::Tick(0.1)).running {}
    assert_eq!(bowl.text("k").as_deref(), Some("5"));
    assert_eq!(bowl.text("alpha").as_deref(), Some("0.01,5:0.5"));
}

#[test]
fn what_cannot_be_is_said_in_a_sentence() {
    let refused = |fields: &[(&str, &str)], input: Input<'_>| {
        let mut bowl = started("bowl", fields);
        let before = bowl.text("alpha");
        let changes = bowl.apply(&input);
        assert_eq!(bowl.text("alpha"), before, "the last good value stays");
        let [problem] = &changes.problems[..] else { panic!("{:?}", changes.problems) };
        assert_eq!(problem.parameter, "alpha");
        problem.message.clone()
    };
    let fifty: String = (1..=50).map(|k| format!(",{k}:0.1")).collect();
    for (text, sentence) in [
        (
            "0.1,40:",
            "alpha must be a learning rate, or one with changes STEP:RATE after commas, as in 0.1,40:0.01, not “0.1,40:”. 0.1 stays.",
        ),
        (
            "40:0.01,20:0.1",
            "alpha must be a learning rate to begin with, then its changes, as in 0.1,40:0.01, not “40:0.01,20:0.1”. 0.1 stays.",
        ),
        ("0.1,40:1e9", "alpha must be a number from 0 to 1000000, not “0.1,40:1e9”. 0.1 stays."),
    ] {
        assert_eq!(refused(&[], Input::Set("alpha", text)), sentence);
    }
    let many = refused(&[], Input::Set("alpha", &format!("0.1{fifty}")));
    assert!(
        many.starts_with("alpha must be a learning rate and at most 8 changes, not “"),
        "{many}"
    );
    let on = ("from-here", "on");
    assert_eq!(
        refused(&[on, ("k", "25")], Input::Enter("alpha", "0.2")),
        "The run ends at iteration 25: go back to change α from there on."
    );
    let plan = "0.1,1:0.2,2:0.1,3:0.2,4:0.1,5:0.2,6:0.1,7:0.2,8:0.1";
    assert_eq!(
        refused(&[("alpha", plan), ("k", "9")], Input::Slide("alpha", 0.3)),
        "α has changed 8 times already: go back to one of its changes."
    );
    assert_eq!(
        refused(&[on, ("k", "5")], Input::Enter("alpha", "fast")),
        "Learning rate α must be a number from 0 to 1000000, not “fast”. 0.1 stays."
    );
    // More steps may be allowed later, so this is said but not refused.
    let late = started("bowl", &[("alpha", "0.1,40:0.01")]);
    assert!(line(&late).ends_with("With 25 steps none is taken from iteration 40."));
}

#[test]
fn a_plan_is_typed_with_the_separators_of_the_page() {
    let german = Locale::new("de", ",", ".");
    let mut bowl = figure("bowl", german).expect("a figure");
    let changes = bowl.apply(&Input::Enter("alpha", "0,1; 4:0,25"));
    assert!(changes.problems.is_empty(), "{:?}", changes.problems);
    assert_eq!(bowl.text("alpha").as_deref(), Some("0.1,4:0.25"));
}
