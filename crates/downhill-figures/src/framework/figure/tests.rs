//! Tests of what all figures do.

use super::*;
use crate::framework::declaration::Readout;

#[test]
fn duplicate_or_misspelt_names_are_reported() {
    let mut bowl = crate::figure("bowl", Locale::default()).expect("the bowl");
    let problems = bowl.start(&[("alpha", "0.2"), ("Steps", "9"), ("alpha", "0.3")]).problems;
    let said: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
    let [unknown, twice] = said[..] else { panic!("{said:?}") };
    assert!(unknown.starts_with("This figure has no parameter “Steps”; it has "), "{unknown}");
    assert!(unknown.ends_with(" Did you mean steps?"), "{unknown}");
    assert_eq!(twice, "alpha is given twice: “0.2” is used, not “0.3”.");
    assert_eq!(bowl.text("alpha").as_deref(), Some("0.2"));
}

#[test]
fn an_iteration_beyond_the_run_is_refused_with_the_runs_own_end() {
    let mut bowl = crate::figure("bowl", Locale::default()).expect("the bowl");
    let _ = bowl.start(&[("steps", "12")]);
    let said = bowl.apply(&Input::Enter("k", "99")).problems.swap_remove(0).message;
    assert_eq!(said, "Iteration k must be a number from 0 to 12, not “99”. 12 is used.");
    assert_eq!(bowl.playback.k(), 12);
    // A link may name an iteration that its run no longer has.
    assert!(bowl.start(&[("k", "99")]).problems.is_empty());
}

#[test]
fn a_plain_start_is_the_same_start() {
    let hill = [("loss", "himmelblau"), ("alpha", "0.01"), ("start", "-0.2,-0.9;4.6,-4.2")];
    let all: [(&str, &[(&str, &str)]); 5] = [
        ("bowl", &[]),
        ("hill", &hill),
        ("hill", &[("autoplay", "on"), ("theme", "dark"), ("k", "3")]),
        ("bowl", &[("alpha", "0.9"), ("start", "-4")]),
        ("chain", &[]),
    ];
    for (name, entries) in all {
        let mut figures =
            [(); 2].map(|()| crate::figure(name, Locale::default()).expect("a figure"));
        let plain = figures[0].start_plainly(entries).expect("nothing to explain");
        let full = figures[1].start(entries);
        assert_eq!(format!("{plain:?}"), format!("{full:?}"));
        let [one, other] = figures.map(|mut figure| (figure.state(), figure.csv()));
        assert_eq!(one, other);
    }
    for entries in [&[("alpha", "0,9")][..], &[("alpha", "1"), ("alpha", "1")], &[("a", "1")]] {
        let mut bowl = crate::figure("bowl", Locale::default()).expect("a figure");
        let both = [&[("start", "-4")], entries].concat();
        assert!(bowl.start_plainly(&both).is_none(), "{entries:?}");
        assert_eq!(bowl.text("start").as_deref(), Some("5"), "it is as before");
    }
}

/// Every failure starts at iteration 0, plays, and ends as its button says.
#[test]
fn failures_play_at_once() {
    for (name, action, ends) in [
        ("lab", "crawl", &["exhausted"][..]),
        ("lab", "zigzag", &["converged"]),
        ("lab", "bounce", &["exhausted"]),
        ("lab", "explode", &["diverged"]),
        ("starts", "saddle", &["stalled", "converged"]),
        ("starts", "plateau", &["converged", "exhausted"]),
        ("fit", "noise-floor", &["exhausted"]),
    ] {
        let mut figure = crate::figure(name, Locale::default()).expect("a figure");
        let steps =
            if name == "lab" { &[("steps", "100"), ("k", "last")][..] } else { &[("k", "last")] };
        let _ = figure.start(steps);
        let changes = figure.apply(&Input::Act(action));
        let mut events = changes.events;
        assert!(changes.running && figure.playback.k() == 0, "{name}: {action} plays");
        assert!(events.iter().any(|event| event.name == "gd-change"), "{action}");
        while figure.playback.is_playing() {
            events.extend(figure.apply(&Input::Tick(0.25)).events);
        }
        let kinds = events.iter().filter(|event| event.name == "gd-outcome");
        let kinds: Vec<_> = kinds.map(|event| event.detail[1].1.clone()).collect();
        let mut ended: Vec<_> = ends.iter().map(|end| Value::Text((*end).to_owned())).collect();
        assert_eq!(kinds.len(), ended.len(), "{action}: {kinds:?}");
        ended.retain(|end| !kinds.contains(end));
        assert!(ended.is_empty(), "{action}: {kinds:?}");
    }
    for (action, verdict) in [("exploding", "exploding"), ("vanishing", "vanishing")] {
        let mut chain = crate::figure("chain", Locale::default()).expect("the chain");
        let _ = chain.start(&[("skip", "on"), ("norm", "on")]);
        let _ = chain.apply(&Input::Act(action));
        let data = chain.snapshot().data;
        assert_eq!(data[1], ("verdict", Value::Text(verdict.to_owned())));
    }
}

#[test]
fn with_reduced_motion_nothing_starts_by_itself() {
    for still in [false, true] {
        let mut hill = crate::figure("hill", Locale::default()).expect("the hill");
        hill.reduce_motion(still);
        let changes = hill.start(&[("autoplay", "on")]);
        assert_eq!(changes.running, !still);
        assert_eq!(hill.playback.k() > 0, still, "the end is shown at once instead");
    }
}

#[test]
fn the_loss_is_a_pitch_and_figures_without_runs_have_none() {
    let mut bowl = crate::figure("bowl", Locale::default()).expect("the bowl");
    assert_eq!(bowl.pitch(), Some(440.0));
    let _ = bowl.apply(&Input::Seek(10));
    assert!(bowl.pitch().is_some_and(|pitch_hz| pitch_hz < 400.0));
    for name in crate::NAMES {
        let figure = crate::figure(name, Locale::default()).expect("a figure");
        assert_eq!(figure.pitch().is_some(), figure.has_runs(), "{name}");
    }
}

#[test]
fn the_blindfold_hides_the_descent_from_everybody() {
    let mut hill = crate::figure("hill", Locale::default()).expect("the hill");
    let _ = hill.start(&[("blindfold", "on")]);
    let _ = hill.apply(&Input::Seek(20));
    assert!(hill.description().contains("a step of"), "{}", hill.description());
    assert!(hill.rows(0, 9).is_empty());
}

#[test]
fn the_regime_does_not_answer_what_is_to_be_predicted() {
    let regimes = |figure: &Figure| {
        let lines = figure.readouts().into_iter().filter_map(|readout| match readout {
            Readout::Line { part: "regime", text, .. } => Some(text),
            _ => None,
        });
        lines.collect::<Vec<_>>()
    };
    let mut hidden = 0;
    for name in crate::NAMES {
        let mut figure = crate::figure(name, Locale::default()).expect("a figure");
        if !figure.has_runs() {
            continue;
        }
        let before = regimes(&figure);
        let _ = figure.apply(&Input::Act("predict"));
        for line in regimes(&figure) {
            assert!(line.starts_with("Which regime is this?"), "{name}: {line}");
            hidden += 1;
        }
        for control in figure.declaration().controls {
            let crate::framework::declaration::Control::Range { bands, .. } = control else {
                continue;
            };
            assert!(bands.iter().all(|band| band.label.is_empty()), "{name}: {bands:?}");
        }
        let _ = figure.apply(&Input::Act("predict"));
        assert_eq!(regimes(&figure), before, "{name}");
    }
    assert!(hidden >= 5, "{hidden}");
}

#[test]
fn the_regime_is_told_once_the_prediction_is_judged() {
    let mut bowl = crate::figure("bowl", Locale::default()).expect("the bowl");
    let _ = bowl.apply(&Input::Resize(0, 400.0, 300.0));
    let _ = bowl.apply(&Input::Act("predict"));
    let _ = bowl.apply(&Input::Tap(0, 200.0, 100.0));
    let _ = bowl.apply(&Input::Act("step"));
    let told = format!("{:?}", bowl.readouts());
    assert!(!told.contains("Which regime is this?") && told.contains("monotone"), "{told}");
}

#[test]
fn critical_points_are_named() {
    for (on, word) in [
        (CriticalPoint::Saddle, "on a saddle or an inflection"),
        (CriticalPoint::Maximum, "on a maximum"),
        (CriticalPoint::Flat, "on a plateau"),
    ] {
        let text = outcome_sentence(&Locale::default(), "It", Outcome::Stalled { k: 3, on });
        assert!(text.starts_with("It stalled at iteration 3, ") && text.contains(word), "{text}");
    }
}

#[test]
fn clearing_removes_the_readers_start() {
    let mut bowl = crate::figure("bowl", Locale::default()).expect("the bowl");
    let _ = bowl.apply(&Input::Drop(&[2.0, 0.0]));
    let _ = bowl.apply(&Input::Act("reset"));
    assert_eq!(bowl.text("start").as_deref(), Some("2"), "a reset keeps it");
    let _ = bowl.apply(&Input::Act("clear"));
    assert_eq!(bowl.text("start").as_deref(), Some("5"));
}
