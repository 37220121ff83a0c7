//! What figures state about a run is true: regimes, bounds and outcomes agree.

use downhill_figures::{
    ColorRole, Control, Figure, Input, Locale, OverlayShape, Readout, ReliefMode, figure,
};

fn figured(name: &str, fields: &[(&str, &str)]) -> Figure {
    let mut figure = figure(name, Locale::default()).expect("a figure");
    for (field, value) in fields {
        let changes = figure.apply(&Input::Set(field, value));
        assert!(changes.problems.is_empty(), "{name} {field}={value}: {:?}", changes.problems);
    }
    figure
}

fn lines(figure: &mut Figure, part: &str) -> Vec<String> {
    let lines = figure.readouts().into_iter().filter_map(|readout| match readout {
        Readout::Line { part: of, text, .. } if of == part => Some(text.replace('\u{a0}', " ")),
        _ => None,
    });
    lines.collect()
}

/// The number of points on lines and of dots.
fn points(shapes: &[OverlayShape]) -> usize {
    let count = |shape: &OverlayShape| match shape {
        OverlayShape::Dots { points, .. } | OverlayShape::Path { points, .. } => points.len(),
        OverlayShape::Window { marks, .. } => points(marks),
        _ => 0,
    };
    shapes.iter().map(count).sum()
}

/// The labels and values of all pairs.
fn pairs(figure: &mut Figure) -> Vec<(String, String)> {
    let pairs = figure.readouts().into_iter().filter_map(|readout| match readout {
        Readout::Pairs { pairs, .. } => Some(pairs),
        _ => None,
    });
    pairs.flatten().map(|pair| (pair.label, pair.value)).collect()
}

fn regime(figure: &mut Figure) -> Option<&'static str> {
    figure.snapshot().runs[0].regime
}

/// From α's slider: bands by label, marks by label, and the text of the value.
fn track(figure: &mut Figure) -> (Vec<String>, Vec<String>, String) {
    let controls = figure.declaration().controls;
    let alpha = controls.into_iter().find_map(|control| match control {
        Control::Range { id: "alpha", bands, marks, value_text, .. } => Some((
            bands.into_iter().map(|band| band.label).collect(),
            marks.into_iter().map(|mark| mark.label).collect(),
            value_text,
        )),
        _ => None,
    });
    alpha.expect("a slider of α")
}

#[test]
fn in_a_ravine_no_single_step_reaches_the_minimum() {
    let mut ravine = figured("ravine", &[("kappa", "100"), ("alpha", "0.01")]);
    let said = lines(&mut ravine, "regime");
    assert_eq!(
        said[0],
        "Vanilla, α = 0.01: monotone. Across the ravine one step lands on the floor; along the floor each \
         step leaves 99 % of the way."
    );
    assert_eq!(regime(&mut ravine), Some("monotone"));
    let (bands, _, value) = track(&mut ravine);
    assert!(!bands.contains(&"one step".to_owned()), "{bands:?}");
    assert_eq!(value, "0.01; Vanilla: monotone; Momentum: oscillate");
    let at = &ravine.snapshot().runs[0].iterates[1];
    assert!((at[0] + 3.96).abs() < 1e-12 && at[1].abs() < 1e-12, "{at:?}");

    for (fields, single) in [
        (&[("kappa", "1"), ("alpha", "1")][..], true),
        (&[("kappa", "50"), ("alpha", "0.02"), ("angle", "30")], false),
        (&[("kappa", "1"), ("alpha", "1"), ("angle", "30")], true),
    ] {
        let mut ravine = figured("ravine", fields);
        let end = &ravine.snapshot().runs[0].iterates[1];
        let landed = end[0].abs() < 1e-12 && end[1].abs() < 1e-12;
        assert_eq!(landed, single, "{fields:?}");
        assert_eq!(regime(&mut ravine) == Some("one step"), single, "{fields:?}");
        let (bands, _, value) = track(&mut ravine);
        assert_eq!(bands.contains(&"one step".to_owned()), single, "{fields:?}");
        assert_eq!(value.contains("Vanilla: one step;"), single, "{value}");
    }
}

#[test]
fn every_figure_with_two_directions_describes_both() {
    for (name, fields) in [
        ("hill", &[("loss", "x^2+3y^2"), ("alpha", "0.1666666666666667")][..]),
        ("starts", &[("loss", "x^2+3y^2"), ("alpha", "0.1666666666666667")]),
        ("race", &[("loss", "x^2+3y^2"), ("alpha", "0.1666666666666667"), ("runner", "gd")]),
    ] {
        let mut figure = figured(name, fields);
        let said = lines(&mut figure, "regime");
        let words = "monotone: Across the ravine one step lands on the floor; along the floor each step \
                     leaves 66.7 % of the way.";
        assert!(said.len() == 1 && said[0].ends_with(words), "{name}: {said:?}");
        assert_eq!(regime(&mut figure), Some("monotone"), "{name}");
    }
    let mut plane = figured("plane", &[("kappa", "100"), ("alpha", "0.01"), ("beta", "0")]);
    let said = lines(&mut plane, "regime");
    assert!(said[0].starts_with("monotone: Across the ravine one step lands"), "{said:?}");
    let mut fit = figured("fit", &[("model", "wx+b"), ("epochs", "80")]);
    let said = lines(&mut fit, "regime");
    assert!(
        said[0].contains("Across the ravine") && said[0].contains("along the floor"),
        "{said:?}"
    );
}

#[test]
fn other_losses_keep_to_themselves() {
    for name in ["hill", "starts", "race"] {
        let mut figure = figured(name, &[("loss", "himmelblau"), ("alpha", "0.001")]);
        assert!(lines(&mut figure, "regime").is_empty(), "{name}");
        assert_eq!(regime(&mut figure), None, "{name}");
    }
    let mut bowl = figured("bowl", &[("loss", "2x+1")]);
    assert_eq!(
        lines(&mut bowl, "regime"),
        ["No regime: this loss has no minimum: it falls for ever."]
    );
    let mut bowl = figured("bowl", &[("loss", "x^4")]);
    assert_eq!(
        lines(&mut bowl, "regime"),
        ["No single regime: the curvature of this loss changes from place to place."]
    );
    let mut bowl = figured("bowl", &[("loss", "-x^2")]);
    assert!(lines(&mut bowl, "regime")[0].starts_with("diverge: The ground curves down"));
    let mut race = figured("race", &[("loss", "bowl"), ("schedule", "cosine")]);
    assert!(lines(&mut race, "regime").is_empty() && regime(&mut race).is_none());
}

#[test]
fn regime_and_outcome_agree_where_one_direction_is_flat() {
    for loss in ["(0.3x+0.6y)^2", "(x+y)^2", "(0.1x-0.7y+2)^2", "0.09x^2+0.36x y+0.36y^2"] {
        for figure in ["hill", "starts", "race"] {
            let mut figure = figured(figure, &[("loss", loss), ("alpha", "0.1")]);
            assert_eq!(regime(&mut figure), Some("monotone"), "{loss}");
            let outcome = figure.snapshot().runs[0].outcome.name();
            assert!(outcome == "converged" || outcome == "exhausted", "{loss}: {outcome}");
            let said = lines(&mut figure, "regime");
            let adaptive = said[0].starts_with("Adam · Curvature sets no bound on α here");
            let level = said[0].ends_with("along the floor nothing moves, for there it is level.");
            assert!(adaptive || level, "{said:?}");
        }
    }
    let mut fit = figured("fit", &[("model", "wx+b"), ("points", "0.3,0.7"), ("alpha", "0.1")]);
    assert_eq!(regime(&mut fit), Some("monotone"));
    assert!(lines(&mut fit, "regime")[0].ends_with("for there it is level."));
    assert_eq!(lines(&mut fit, "flat").len(), 1);
    let saddle = "x^2-0.000000000001y^2";
    let mut hill = figured("hill", &[("loss", saddle), ("start", "1,0"), ("alpha", "0.1")]);
    assert_eq!(regime(&mut hill), Some("diverge"));
    assert_eq!(hill.snapshot().runs[0].outcome.name(), "stalled");
}

#[test]
fn the_hill_judges_a_rule_by_its_own_bound() {
    // λ = 2 in all directions: 2/λ = 1, (2 + 2·0.9)/λ = 1.9, (2 + 2·0.9)/((1 + 2·0.9)λ) = 0.679.
    for (rule, alpha, mark, bound, stable) in [
        ("gd", "0.9", "2/λ = 1", "1", true),
        ("gd", "1.1", "2/λ = 1", "1", false),
        ("momentum", "1.7", "(2 + 2β)/λ = 1.9", "1.9", true),
        ("momentum", "2", "(2 + 2β)/λ = 1.9", "1.9", false),
        ("nesterov", "0.65", "(2 + 2β)/(1 + 2β)λ = 0.679", "0.679", true),
        ("nesterov", "0.7", "(2 + 2β)/(1 + 2β)λ = 0.679", "0.679", false),
    ] {
        let fields = [("rule", rule), ("alpha", alpha), ("steps", "2000"), ("start", "1,1")];
        let mut hill = figured("hill", &fields);
        let (bands, marks, value) = track(&mut hill);
        assert_eq!(bands, ["stable", "too large"]);
        assert_eq!(marks, [mark]);
        assert_eq!(value.ends_with(", stable"), stable, "{rule} {value}");
        let up_to = ("Stable up to α".to_owned(), bound.to_owned());
        assert!(pairs(&mut hill).contains(&up_to), "{rule}");
        let outcome = hill.snapshot().runs[0].outcome.name();
        assert_eq!(outcome, if stable { "converged" } else { "diverged" }, "{rule} {alpha}");
    }
    for rule in ["adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta", "adafactor", "newton"]
    {
        for loss in ["bowl", "himmelblau"] {
            let mut hill = figured("hill", &[("loss", loss), ("rule", rule)]);
            let (bands, marks, value) = track(&mut hill);
            assert!(bands.is_empty() && marks.is_empty() && !value.contains(','), "{rule} {value}");
            let said = ("Stable up to α".to_owned(), "not bounded by curvature".to_owned());
            assert!(pairs(&mut hill).contains(&said), "{rule}");
        }
    }
    // A saddle has no stable α, and the curvature of a maximum sets no bound.
    let mut saddle = figured("hill", &[("loss", "saddle")]);
    let (bands, marks, _) = track(&mut saddle);
    assert_eq!((bands, marks), (vec!["too large".to_owned()], Vec::new()));
    assert!(pairs(&mut saddle).contains(&("Stable up to α".to_owned(), "none".to_owned())));
}

#[test]
fn the_hills_bound_is_that_of_its_valleys() {
    // The largest curvatures of Himmelblau's minimizers are 133.8 at C and 80.6 at B.
    for (alpha, said) in [
        ("0.012", ", stable"),
        ("0.018", ", stable in wide valleys only"),
        ("0.028", ", too large"),
    ] {
        let mut hill = figured("hill", &[("loss", "himmelblau"), ("alpha", alpha)]);
        let (bands, marks, value) = track(&mut hill);
        assert_eq!(bands, ["stable", "wide valleys", "too large"]);
        assert!(value.ends_with(said), "{value}");
        let up_to = ("Stable up to α".to_owned(), "0.0149 in every valley".to_owned());
        assert!(pairs(&mut hill).contains(&up_to), "{marks:?} {:?}", pairs(&mut hill));
    }
    // Of a typed formula the valleys are those that marbles have reached.
    let typed = "(x^2+y-11)^2+(x+y^2-7)^2";
    let fields = [("loss", typed), ("start", "4,3"), ("alpha", "0.01")];
    let up_to = ("Stable up to α".to_owned(), "0.0243".to_owned());
    assert!(pairs(&mut figured("hill", &fields)).contains(&up_to));
}

#[test]
fn every_marble_has_a_line() {
    let fields = [
        ("loss", "himmelblau"),
        ("alpha", "0.01"),
        ("start", "-0.2,-0.9;-0.6,4.6;4.4,4.2;-4.8,-1.2"),
        ("k", "24"),
    ];
    let lines: Vec<String> = pairs(&mut figured("hill", &fields))
        .into_iter()
        .filter(|(label, _)| label.starts_with("Marble "))
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    assert_eq!(
        lines,
        [
            "Marble 1: (3.57, −1.68), loss 0.36",
            "Marble 2: rests at (−2.81, 3.13)",
            "Marble 3: rests at (3, 2)",
            "Marble 4: rests at (−3.78, −3.28)",
        ]
    );
    assert!(
        pairs(&mut figured("hill", &[("blindfold", "on")]))
            .iter()
            .all(|(label, _)| !label.starts_with("Marble "))
    );
}

#[test]
fn a_blindfolded_walk_is_compared_however_the_blindfold_comes_off() {
    for off in [Input::Act("reveal"), Input::Act("blindfold"), Input::Set("blindfold", "off")] {
        let mut hill = figured("hill", &[("blindfold", "on"), ("start", "3,4;-2,1")]);
        let _ = hill.apply(&Input::Resize(0, 600.0, 360.0));
        let ahead = ("Slope ahead".to_owned(), "6, uphill".to_owned());
        assert!(pairs(&mut hill).contains(&ahead), "{:?}", pairs(&mut hill));
        let _ = hill.apply(&Input::Act("walk"));
        let _ = hill.apply(&off);
        let said = lines(&mut hill, "outcome");
        assert!(said[0].starts_with("You took 1 step"), "{off:?}: {said:?}");
        // The whole descent is there, before it is released: a dot for each of its steps.
        let steps = hill.snapshot().runs[0].iterates.len();
        for mode in [ReliefMode::Drawn, ReliefMode::Map] {
            let _ = hill.set_relief_mode(mode);
            assert!(points(&hill.overlay(0)) > steps, "{off:?} {mode:?}");
        }
        // Put on again, a new walk begins.
        let _ = hill.apply(&Input::Act("blindfold"));
        assert!(pairs(&mut hill).contains(&("Steps taken".to_owned(), "0".to_owned())));
    }
}

#[test]
fn a_guess_about_the_end_names_its_marble() {
    let mut hill = figured("hill", &[("start", "3,4;-2,1")]);
    let _ = hill.apply(&Input::Resize(0, 600.0, 360.0));
    let _ = hill.apply(&Input::Drop(&[1.0, 2.0]));
    let said = hill.apply(&Input::Act("predict")).announcement;
    let ask = "Where will Marble 3 come to rest? Mark it on the hill, then press Release.";
    assert_eq!(said.as_deref(), Some(ask));
    assert_eq!(lines(&mut hill, "prediction"), [ask]);
}

#[test]
fn the_reveal_names_the_rule_that_walked() {
    for (rule, words) in [
        ("gd", "From the same start gradient descent with α = 0.1 "),
        ("momentum", "From the same start momentum with α = 0.1 "),
        ("nesterov", "From the same start Nesterov’s momentum with α = 0.1 "),
        ("adam", "From the same start Adam with α = 0.1 "),
        ("newton", "From the same start Newton’s method with α = 0.1 "),
    ] {
        let mut hill = figured("hill", &[("rule", rule), ("blindfold", "on")]);
        assert!(lines(&mut hill, "regime").is_empty());
        assert_reveals(&mut hill, words);
    }
}

/// After one step under the blindfold the reveal says this.
fn assert_reveals(hill: &mut Figure, words: &str) {
    let _walked = hill.apply(&Input::Act("walk"));
    let _revealed = hill.apply(&Input::Act("reveal"));
    let said = lines(hill, "outcome");
    assert!(said[0].contains(words), "{said:?}");
}

#[test]
fn the_reveal_says_how_the_rule_fared() {
    for (loss, start, alpha, steps, words) in [
        ("x^2+y^2", "1,1", "0.1", "200", "α = 0.1 converged in 67 steps, at a loss of "),
        ("x^2+y^2", "1,1", "1.1", "200", "α = 1.1 diverged after 79 steps, at a loss of "),
        (
            "x^2+y^2",
            "1,1",
            "0.1",
            "3",
            "α = 0.1 had not converged after 3 steps, at a loss of 0.524.",
        ),
        ("saddle", "1,0", "0.1", "200", "α = 0.1 stalled after 66 steps, at a loss of "),
        (
            "ln(x)+y^2",
            "1,1",
            "0.6",
            "9",
            "α = 0.6 left the domain of the loss after 2 steps, at a loss of ",
        ),
    ] {
        let fields = [("loss", loss), ("start", start), ("alpha", alpha), ("steps", steps)];
        let mut hill = figured("hill", &[&fields[..], &[("blindfold", "on")]].concat());
        assert_reveals(&mut hill, words);
    }
}

#[test]
fn the_ravine_describes_both_rules() {
    let mut ravine = figured("ravine", &[("alpha", "0.018"), ("beta", "0.9")]);
    let said = lines(&mut ravine, "regime");
    assert!(said[0].starts_with("Vanilla, α = 0.018: zigzag. Across the ravine"), "{said:?}");
    let momentum = "Momentum, α = 0.018, β = 0.9: oscillate. Across the ravine and along the floor";
    assert!(said[1].starts_with(momentum), "{said:?}");
}

#[test]
fn the_fit_judges_a_rule_by_its_own_bound() {
    // λ = 22 on the five points.
    for (rule, formula, bound) in [
        ("gd", "2/λ", "0.09091"),
        ("momentum", "(2 + 2β)/λ", "0.1727"),
        ("nesterov", "(2 + 2β)/(1 + 2β)λ", "0.06169"),
    ] {
        let mut fit = figured("fit", &[("rule", rule)]);
        let pair = (format!("Largest stable α, {formula}"), bound.to_owned());
        assert!(pairs(&mut fit).contains(&pair), "{rule}: {:?}", pairs(&mut fit));
        let (bands, marks, _) = track(&mut fit);
        assert_eq!(bands.is_empty(), rule == "nesterov");
        assert!(!marks.is_empty() || rule == "momentum", "{rule}");
    }
    let (bands, _, _) = track(&mut figured("fit", &[("rule", "momentum")]));
    assert_eq!(bands, ["monotone", "oscillate", "diverge", "still"]);
    for rule in ["adam", "newton"] {
        let mut fit = figured("fit", &[("rule", rule), ("batch", "1")]);
        let (bands, marks, _) = track(&mut fit);
        assert!(bands.is_empty() && marks.is_empty());
        assert!(!pairs(&mut fit).iter().any(|(label, _)| label.starts_with("Largest stable")));
        assert!(!lines(&mut fit, "regime")[0].contains("mark on the slider"));
    }
    let mut noisy = figured("fit", &[("batch", "1"), ("rule", "nesterov")]);
    assert!(lines(&mut noisy, "regime")[0].ends_with("the bound for batch descent."));
    assert_eq!(track(&mut noisy).1, ["0.0617"]);
}

/// Up to κ = 4 a ravine is drawn with equal scales.
#[test]
fn a_round_bowl_looks_round() {
    let circle = |kappa: &str| {
        let mut ravine = figured("ravine", &[("kappa", kappa), ("start", "3,0")]);
        let _ = ravine.apply(&Input::Resize(0, 420.0, 280.0));
        // Three units to the right of the bottom and three above it.
        let at = |x: f64, y: f64| {
            let mut moved = figured("ravine", &[("kappa", kappa), ("start", "3,0")]);
            let _ = moved.apply(&Input::Resize(0, 420.0, 280.0));
            let _ = moved.apply(&Input::Tap(0, x, y));
            let start = moved.text("start").unwrap_or_default();
            start.split(',').map(|part| part.trim().parse::<f64>().unwrap()).collect::<Vec<_>>()
        };
        let [middle, right, above] = [at(200.0, 130.0), at(300.0, 130.0), at(200.0, 30.0)];
        (above[1] - middle[1]) / (right[0] - middle[0])
    };
    for kappa in ["1", "2", "4"] {
        let ratio = circle(kappa);
        assert!((ratio - 1.0).abs() < 0.1, "κ = {kappa}: {ratio}");
    }
    assert!(circle("100") < 0.6);
}

#[test]
fn what_a_person_reads_has_few_digits() {
    for (figure, fields) in [
        ("bowl", &[("alpha", "0.123456789"), ("start", "0.333333333333"), ("k", "7")][..]),
        ("lab", &[("alpha", "0.123456789"), ("k", "7")]),
        ("ravine", &[("fair", "best"), ("k", "7")]),
        ("race", &[("alpha", "0.000123456789"), ("k", "7")]),
        ("plane", &[("alpha", "0.0123456789"), ("beta", "0.87654321")]),
        ("fit", &[("alpha", "0.0123456789"), ("k", "7")]),
        ("starts", &[("alpha", "0.0123456789")]),
    ] {
        let mut figure = figured(figure, fields);
        // All digits are in what is copied.
        let read = figure
            .readouts()
            .into_iter()
            .filter(|readout| !matches!(readout, Readout::Line { id: "command", .. }));
        let text = format!(
            "{:?} {:?}",
            read.collect::<Vec<_>>(),
            figure.apply(&Input::Act("step")).announcement
        );
        let longest = text.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or(0);
        assert!(longest <= 9, "{text}");
    }
}

#[test]
fn a_race_says_no_alpha_that_it_is_still_searching() {
    let mut race = figured("race", &[("fair", "best"), ("alpha", "0.1"), ("steps", "200")]);
    let alphas = |race: &mut Figure| {
        race.rows(0, 9).into_iter().map(|row| row[1].clone()).collect::<Vec<_>>()
    };
    assert_eq!(alphas(&mut race), ["searching …"; 4]);
    while race.apply(&Input::Work(100_000)).working {}
    assert!(alphas(&mut race).iter().all(|alpha| alpha.parse::<f64>().is_ok()));
}

#[test]
fn runs_that_leave_a_map_say_which_they_are() {
    let mut race =
        figured("race", &[("alpha", "0.5"), ("rules", "gd,momentum,nesterov"), ("k", "9")]);
    let _ = race.apply(&Input::Resize(0, 420.0, 320.0));
    let left: Vec<(f64, String)> = race
        .overlay(0)
        .into_iter()
        .filter_map(|shape| match shape {
            OverlayShape::Label { at, text, .. } if text.contains(" off the map since ") => {
                Some((at.1, text))
            }
            _ => None,
        })
        .collect();
    assert_eq!(left.len(), 3, "{left:?}");
    for (index, (y, text)) in left.iter().enumerate() {
        assert!(
            left[..index].iter().all(|(other, same)| (other - y).abs() >= 14.0 && same != text)
        );
    }
}

/// What a race says and shows after its runs have converged, or while they are on the way.
#[test]
fn a_race_says_who_wins_and_after_how_many_steps() {
    let bowl = [("loss", "bowl"), ("rules", "gd,newton"), ("alpha", "0.25"), ("k", "last")];
    let newton = [("loss", "bowl"), ("rules", "gd,newton"), ("alpha", "1"), ("k", "last")];
    for (fields, said, named) in [
        // Each step halves the distance; Newton leaves three quarters of it.
        (&bowl[..], "Gradient descent came first: it converged after ", "Gradient descent first, "),
        // One step lands on the bottom; plain descent bounces for ever.
        (
            &newton,
            "Newton came first: it converged after 1 step. Gradient descent is last with ",
            "Newton first, 1 step",
        ),
        (&[("k", "150")], "After 150 iterations Momentum is ahead ", "Momentum leads"),
    ] {
        let mut race = figured("race", fields);
        let _ = race.apply(&Input::Resize(1, 360.0, 130.0));
        let standing = lines(&mut race, "standing");
        assert!(standing[0].starts_with(said), "{standing:?}");
        let names = race.overlay(1).into_iter().filter_map(|shape| match shape {
            OverlayShape::Label { text, .. } => Some(text),
            _ => None,
        });
        assert!(names.into_iter().any(|name| name.starts_with(named)), "{fields:?}: no {named}");
    }
}

/// What takes six steps is not drawn on an axis of five hundred.
#[test]
fn an_axis_ends_soon_after_the_last_run() {
    let last_tick = |name: &str, pane: usize, fields: &[(&str, &str)]| {
        let mut figure = figured(name, fields);
        let _ = figure.apply(&Input::Resize(pane, 700.0, 200.0));
        // The right end of the axis, by where a tap on it leads.
        let _ = figure.apply(&Input::Tap(pane, 686.0, 100.0));
        let left = figure.apply(&Input::Tap(pane, 46.0, 100.0));
        assert!(left.events.iter().any(|event| event.name == "gd-step"), "{name}");
        let _ = figure.apply(&Input::Hover(pane, 685.9, 100.0));
        figure.overlay(pane).into_iter().find_map(|shape| match shape {
            OverlayShape::Label { text, .. } => text.strip_prefix("k = ").map(str::to_owned),
            _ => None,
        })
    };
    let newton = [("loss", "bowl"), ("rules", "newton"), ("alpha", "1")];
    assert_eq!(last_tick("race", 1, &newton).as_deref(), Some("5"));
    assert_eq!(last_tick("race", 1, &[]).as_deref(), Some("500"));
    let round = [("kappa", "1"), ("fair", "best")];
    assert_eq!(last_tick("ravine", 2, &round).as_deref(), Some("5"));
}

/// A run that leaves the map and comes back has left at the last time.
#[test]
fn a_run_is_off_the_map_since_it_left_last() {
    let mut race = figured("race", &[("rules", "rmsprop"), ("alpha", "0.316")]);
    let _ = race.apply(&Input::Resize(0, 420.0, 320.0));
    let iterates = race.snapshot().runs[0].iterates.clone();
    // The map shows Rosenbrock's y up to 3 at this size.
    let out = |k: usize| iterates[k][1] > 3.05 || iterates[k][0].abs() > 2.6;
    let k = (1..iterates.len()).find(|k| out(*k) && out(*k + 1) && out(*k + 2)).expect("it leaves");
    let _ = race.apply(&Input::Seek(k as u32 + 2));
    let (mut texts, mut arrows) = (Vec::new(), Vec::new());
    for shape in race.overlay(0) {
        match shape {
            OverlayShape::Label { text, .. } if text.contains("off the map") => texts.push(text),
            OverlayShape::Arrow { role: ColorRole::RmsProp, .. } => arrows.push(()),
            _ => {}
        }
    }
    assert_eq!(texts, [format!("RMSProp off the map since k = {k}")]);
    // In the colour of its run.
    assert_eq!(arrows.len(), 1);
}

#[test]
fn starts_say_which_walk_took_longest() {
    let mut starts = figured("starts", &[("alpha", "0.01")]);
    let steps: Vec<usize> =
        starts.snapshot().runs.iter().map(|run| run.iterates.len() - 1).collect();
    let most = *steps.iter().max().expect("walks");
    let start = steps.iter().position(|steps| *steps == most).expect("one") + 1;
    let said = lines(&mut starts, "standing");
    assert!(
        said[0].ends_with(&format!("The slowest, start {start}, took {most} steps.")),
        "{said:?} {steps:?}"
    );
    // At an α where some never settle, none is the slowest.
    let mut frayed = figured("starts", &[("alpha", "0.021")]);
    assert!(!lines(&mut frayed, "standing")[0].contains("slowest"));
}

#[test]
fn a_hill_without_a_minimum_is_not_called_stable() {
    let mut hill = figured("hill", &[("loss", "log(x)"), ("start", "2,1")]);
    let bound = pairs(&mut hill).into_iter().find(|(label, _)| label == "Stable up to α");
    assert_eq!(bound.map(|(_, value)| value).as_deref(), Some("no minimum found"));
    let alpha = hill.declaration().controls.into_iter().find_map(|control| match control {
        Control::Range { id: "alpha", bands, .. } => Some(bands.len()),
        _ => None,
    });
    assert_eq!(alpha, Some(0));
}

#[test]
fn a_round_bowl_is_drawn_round() {
    for (fields, size) in [
        (&[("kappa", "1")][..], (880.0, 172.0)),
        (&[("kappa", "1")], (358.0, 90.0)),
        (&[("kappa", "2"), ("start", "-4,3")], (600.0, 150.0)),
        (&[("kappa", "50"), ("angle", "30")], (600.0, 150.0)),
    ] {
        let mut ravine = figured("ravine", fields);
        let _ = ravine.apply(&Input::Resize(0, size.0, size.1));
        let place = |ravine: &mut Figure, x: f64, y: f64| {
            let _ = ravine.apply(&Input::Hover(0, x, y));
            let said = ravine.overlay(0).into_iter().find_map(|shape| match shape {
                OverlayShape::Label { text, .. } if text.starts_with('(') => Some(text),
                _ => None,
            });
            let said = said.expect("the place under the pointer").replace('−', "-");
            let (at, _) = said[1..].split_once(')').expect("a point");
            let (x, y) = at.split_once(", ").expect("two coordinates");
            [x, y].map(|text| text.parse::<f64>().expect("a number"))
        };
        // Thirty pixels across and thirty up, in the middle of the map.
        let (x, y) = (size.0 / 2.0 + 13.0, size.1 / 2.0 + 10.0);
        let [a, b] = [place(&mut ravine, x, y), place(&mut ravine, x + 30.0, y - 30.0)];
        let (across, up) = (b[0] - a[0], b[1] - a[1]);
        assert!((across / up - 1.0).abs() < 0.05, "{fields:?}: {across} across, {up} up");
    }
}

#[test]
fn a_thousandth_of_the_gradient_is_not_healthy() {
    // Sigmoids with these weights leave 0.00131 of the gradient at the first of five layers.
    let mut chain = figured("chain", &[("depth", "5")]);
    let first: f64 = chain.rows(0, 1)[0][1].parse().unwrap_or_default();
    assert!(first > 0.001 && first < 0.1, "{first}");
    let said = lines(&mut chain, "outcome");
    assert!(said[0].starts_with("Vanishing: ") && said[0].contains("factor of 100"), "{said:?}");
    // ReLU at the scale of the lesson's button is no better.
    let mut relu = figured("chain", &[("activation", "relu")]);
    assert!(lines(&mut relu, "outcome")[0].starts_with("Vanishing: "));
}

/// An axis that moves with every change hides what the change did.
#[test]
fn the_chains_axis_stays_while_it_suffices() {
    let mut chain = figured("chain", &[("depth", "20")]);
    let _ = chain.apply(&Input::Resize(0, 600.0, 360.0));
    // The line at 1, which moves with the axis.
    let line = |chain: &mut Figure| {
        let _ = chain.apply(&Input::Key(0, "End"));
        chain.overlay(0).into_iter().find_map(|shape| match shape {
            OverlayShape::Path { points, .. } => Some(points[1].1),
            _ => None,
        })
    };
    let before = line(&mut chain);
    for (name, text) in [("depth", "16"), ("depth", "12"), ("weight-scale", "1.2")] {
        let _ = chain.apply(&Input::Set(name, text));
        assert_eq!(line(&mut chain), before, "{name} {text}");
    }
    let _ = chain.apply(&Input::Set("depth", "40"));
    let deep = line(&mut chain);
    assert_ne!(deep, before, "more decades are needed");
    let _ = chain.apply(&Input::Set("depth", "20"));
    assert_eq!(line(&mut chain), deep);
    let _ = chain.apply(&Input::Set("norm", "on"));
    assert_eq!(line(&mut chain), deep, "the bars before are still shown");
    let _ = chain.apply(&Input::Act("redraw"));
    assert_ne!(line(&mut chain), deep, "far too many decades");
}

#[test]
fn the_field_of_a_loss_shows_its_formula() {
    for (figure, fields, shown) in [
        ("bowl", &[][..], "x^2"),
        ("scrubber", &[("loss", "wavy")], "x^2/10 + 1 - cos(2x)"),
        ("lab", &[("loss", "x^4")], "x^4"),
        ("hill", &[("loss", "bowl")], "x^2 + y^2"),
    ] {
        let controls = figured(figure, fields).declaration().controls;
        let value = controls.into_iter().find_map(|control| match control {
            Control::Formula { value, .. } => Some(value),
            _ => None,
        });
        assert_eq!(value.as_deref(), Some(shown), "{figure}");
    }
}

/// The longest line of a pane that is not faint, in points.
fn longest(shapes: &[OverlayShape]) -> usize {
    let length = |shape: &OverlayShape| match shape {
        OverlayShape::Path { points, opacity, .. } if *opacity > 0.5 => points.len(),
        OverlayShape::Window { marks, .. } => longest(marks),
        _ => 0,
    };
    shapes.iter().map(length).max().unwrap_or(0)
}

/// The number of iterates drawn as dots.
fn dots(shapes: &[OverlayShape]) -> usize {
    let count = |shape: &OverlayShape| match shape {
        OverlayShape::Dots { points, .. } => points.len(),
        OverlayShape::Window { marks, .. } => dots(marks),
        _ => 0,
    };
    shapes.iter().map(count).max().unwrap_or(0)
}

#[test]
fn the_whole_trajectory_follows_the_hand() {
    for (name, fields, (field, text), chart) in [
        ("bowl", &[("steps", "80")][..], ("alpha", "0.015"), None),
        ("lab", &[("steps", "80")], ("alpha", "0.015"), Some(1)),
        ("ravine", &[("steps", "80")], ("kappa", "90"), Some(2)),
        ("race", &[("steps", "80")], ("alpha", "0.0012"), Some(1)),
        ("fit", &[("model", "wx+b"), ("epochs", "80")], ("alpha", "0.012"), Some(2)),
    ] {
        let mut figure = figured(name, fields);
        for pane in 0..3 {
            let _ = figure.apply(&Input::Resize(pane, 420.0, 320.0));
        }
        let _ = figure.apply(&Input::Act("reset"));
        let map = usize::from(name == "fit");
        // The lab shows the way ahead faintly, but not to those who predict.
        let faint = name == "lab";
        let steps = |figure: &mut Figure| figure.snapshot().runs[0].iterates.len();
        if let Some(chart) = chart {
            let all = steps(&mut figure);
            assert!(longest(&figure.overlay(chart)) >= all, "{name}: an empty chart at the start");
        }
        assert!(faint || dots(&figure.overlay(map)) <= 30, "{name}");
        let _ = figure.apply(&Input::Set(field, text));
        let all = steps(&mut figure);
        assert!(all > 60, "{name}: {all}");
        // Dots outside the picture are left out.
        assert!(dots(&figure.overlay(map)) > all / 2, "{name}: all of it is drawn");
        let _ = figure.apply(&Input::Act("step"));
        assert!(faint || dots(&figure.overlay(map)) <= 30, "{name}: step by step again");
        let _ = figure.apply(&Input::Set(field, text));
        let _ = figure.apply(&Input::Act("predict"));
        assert!(dots(&figure.overlay(map)) <= 30, "{name}: nothing is given away");
        if let Some(chart) = chart {
            assert!(longest(&figure.overlay(chart)) <= 30, "{name}: nor in the chart");
        }
    }
}

/// The labels of a pane.
fn labels(shapes: &[OverlayShape]) -> Vec<String> {
    let of = |shape: &OverlayShape| match shape {
        OverlayShape::Label { text, .. } => vec![text.replace('\u{a0}', " ")],
        OverlayShape::Window { marks, .. } => labels(marks),
        _ => Vec::new(),
    };
    shapes.iter().flat_map(of).collect()
}

#[test]
fn charts_tell_the_values_under_the_pointer() {
    // x² from 5 with α = 0.1: x_k = 5 · 0.8^k, and ‖∇f‖ = 2x.
    let mut scrubber = figured("scrubber", &[("k", "10")]);
    let _ = scrubber.apply(&Input::Resize(1, 460.0, 300.0));
    // The chart is 400 pixels wide for 25 iterations; 46 + 16 · 4 is iteration 4.
    let _ = scrubber.apply(&Input::Hover(1, 111.0, 120.0));
    let said = labels(&scrubber.overlay(1));
    for text in ["k = 4", "f = 4.1943", "‖∇f‖ = 4.096", "‖∇f‖"] {
        assert!(said.iter().any(|label| label == text), "{text} in {said:?}");
    }
    // Beyond the present, the value would give away a prediction.
    let _ = scrubber.apply(&Input::Act("predict"));
    let _ = scrubber.apply(&Input::Hover(1, 430.0, 120.0));
    assert!(labels(&scrubber.overlay(1)).iter().all(|label| !label.starts_with("f = ")));
    let _ = scrubber.apply(&Input::Leave(1));
    assert!(labels(&scrubber.overlay(1)).iter().all(|label| label != "k = 4"));

    // A finger, which does not hover, taps or drags; when the run plays, the values go.
    for finger in [Input::Tap(1, 111.0, 120.0), Input::Drag(1, 111.0, 120.0)] {
        let mut scrubber = figured("scrubber", &[("k", "10")]);
        let _ = scrubber.apply(&Input::Resize(1, 460.0, 300.0));
        let _ = scrubber.apply(&finger);
        let told =
            |scrubber: &mut Figure| labels(&scrubber.overlay(1)).contains(&"f = 4.1943".to_owned());
        assert!(told(&mut scrubber), "{finger:?}");
        let _ = scrubber.apply(&Input::Act("play"));
        assert!(!told(&mut scrubber), "{finger:?}");
    }

    let mut plane = figured("plane", &[]);
    let _ = plane.apply(&Input::Resize(0, 460.0, 300.0));
    let _ = plane.apply(&Input::Hover(0, 200.0, 120.0));
    let said = labels(&plane.overlay(0));
    assert!(
        said.iter().any(|label| label.contains("rate 0.") || label.contains("rate 1.")),
        "{said:?}"
    );

    for (name, fields, pane) in [
        ("lab", &[][..], 1),
        ("ravine", &[], 2),
        ("race", &[("rules", "gd")], 1),
        ("fit", &[], 2),
        ("fit", &[("per", "epoch"), ("batch", "1")], 2),
    ] {
        let mut figure = figured(name, fields);
        let _ = figure.apply(&Input::Resize(pane, 460.0, 300.0));
        let _ = figure.apply(&Input::Hover(pane, 100.0, 120.0));
        let said = labels(&figure.overlay(pane));
        let some = |start: &str| said.iter().any(|label| label.starts_with(start));
        assert!(some("f = ") && some("‖∇f‖ = "), "{name}: {said:?}");
    }
}

#[test]
fn a_schedule_is_drawn() {
    let of = |schedule: &str, k: &str| {
        let fields = [("schedule", schedule), ("alpha", "0.001"), ("k", k)];
        let mut race = figured("race", &fields);
        let _ = race.apply(&Input::Resize(1, 460.0, 300.0));
        labels(&race.overlay(1)).into_iter().find(|label| label.starts_with("α(k) = "))
    };
    assert_eq!(of("constant", "0"), None);
    assert_eq!(of("warm-up:10", "4").as_deref(), Some("α(k) = 0.0005"));
    assert_eq!(of("cyclical:0.2,50", "50").as_deref(), Some("α(k) = 0.001"));
    assert_eq!(of("cyclical:0.2,50", "100").as_deref(), Some("α(k) = 0.0002"));
}

#[test]
fn what_was_before_a_change_stays_until_the_next() {
    let marked = |figure: &mut Figure, pane: usize| -> Vec<OverlayShape> {
        let shapes = figure.overlay(pane);
        shapes
            .into_iter()
            .filter(|shape| labels(std::slice::from_ref(shape)) == ["before the change"])
            .collect()
    };
    // A drag is one change: the mark stays where it was put, until something else is changed.
    let mut chain = figured("chain", &[]);
    let _ = chain.apply(&Input::Resize(0, 600.0, 360.0));
    assert!(marked(&mut chain, 0).is_empty());
    let _ = chain.apply(&Input::Set("weight-scale", "1.1"));
    let first = marked(&mut chain, 0);
    assert_eq!(first.len(), 1);
    let _ = chain.apply(&Input::Set("weight-scale", "1.2"));
    assert_eq!(marked(&mut chain, 0), first);
    let _ = chain.apply(&Input::Act("skip"));
    assert_ne!(marked(&mut chain, 0), first);

    let mut lab = figured("lab", &[]);
    let _ = lab.apply(&Input::Resize(2, 600.0, 240.0));
    let sweep = |lab: &mut Figure| while lab.apply(&Input::Work(1_000_000)).working {};
    sweep(&mut lab);
    assert!(marked(&mut lab, 2).is_empty());
    let _ = lab.apply(&Input::Set("tol", "0.01"));
    sweep(&mut lab);
    assert_eq!(marked(&mut lab, 2).len(), 1);
    let _ = lab.apply(&Input::Set("alpha", "0.3"));
    assert_eq!(marked(&mut lab, 2).len(), 1, "α does not change the sweep");

    for model in ["wx", "wx+b"] {
        let mut fit = figured("fit", &[("model", model)]);
        for pane in 0..2 {
            let _ = fit.apply(&Input::Resize(pane, 400.0, 300.0));
        }
        assert!(marked(&mut fit, 1).is_empty());
        let _ = fit.apply(&Input::Set("points", "1,2\n2,4\n3,6.1"));
        assert!(marked(&mut fit, 1).is_empty(), "it would cover the end of the walk");
        let _ = fit.apply(&Input::Set("points", "1,1\n2,3\n3,3.6"));
        assert_eq!(marked(&mut fit, 1).len(), 1, "{model}");
        let _ = fit.apply(&Input::Set("alpha", "0.02"));
        assert_eq!(marked(&mut fit, 1).len(), 1, "α does not change the loss");
        let _ = fit.apply(&Input::Set("data", "five"));
        assert!(marked(&mut fit, 1).is_empty(), "other points are no edit");
        let _ = fit.apply(&Input::Set("points", "1,1\n2,3\n3,3.6"));
        let _ = fit.apply(&Input::Set("model", if model == "wx" { "wx+b" } else { "wx" }));
        assert!(marked(&mut fit, 1).is_empty(), "another model has another loss");
    }
}

#[test]
fn a_question_is_not_answered_beside_it() {
    // At the end of its run a marble shows where it comes to rest.
    let mut hill = figured("hill", &[("start", "3,4;-2,1"), ("k", "last")]);
    let _ = hill.apply(&Input::Act("predict"));
    assert_eq!(hill.snapshot().k, 0);
    let mut starts = figured("starts", &[]);
    let _ = starts.apply(&Input::Act("predict"));
    assert_eq!(starts.snapshot().k, 0);
    for name in ["scrubber", "fit"] {
        let mut figure = figured(name, &[("k", "7")]);
        let all = figure.rows(0, 1000).len();
        let changes = figure.apply(&Input::Act("predict"));
        assert!(changes.table, "{name}");
        assert_eq!((figure.snapshot().k, figure.rows(0, 1000).len()), (7, 8), "{name}");
        let changes = figure.apply(&Input::Act("step"));
        assert!(changes.table, "{name}");
        assert_eq!(figure.rows(0, 1000).len(), 9, "{name}");
        let _ = figure.apply(&Input::Act("predict"));
        assert_eq!(figure.rows(0, 1000).len(), all, "{name}");
    }
}

#[test]
fn a_ravine_at_its_best_shows_no_slider_without_effect() {
    let ravine = figured("ravine", &[("fair", "best"), ("kappa", "100")]);
    let declared = ravine.declaration();
    let ranges: Vec<&str> = declared
        .controls
        .iter()
        .filter_map(|control| match control {
            Control::Range { id, .. } => Some(*id),
            _ => None,
        })
        .collect();
    assert_eq!(ranges, ["k", "kappa", "angle"]);
    // 2/(1 + 100), 4/(1 + √100)² and its β, (9/11)².
    let captions: Vec<String> =
        declared.panes.iter().map(|pane| pane.caption.replace('\u{a0}', " ")).collect();
    assert_eq!(captions[..2], ["Vanilla, α 0.019802", "Momentum, α 0.0330579, β 0.669421"]);
}

#[test]
fn a_diverging_loss_leaves_through_the_upper_edge() {
    let mut ravine = figured("ravine", &[("alpha", "0.05"), ("k", "last")]);
    let _ = ravine.apply(&Input::Resize(2, 700.0, 160.0));
    let lines = ravine.overlay(2).into_iter().filter_map(|shape| match shape {
        OverlayShape::Window { corner, marks, .. } => Some((corner.1, marks)),
        _ => None,
    });
    let above = lines.flat_map(|(top, marks)| {
        marks.into_iter().filter_map(move |mark| match mark {
            OverlayShape::Path { points, dashed: false, .. } => {
                Some(points.iter().filter(|(_, y)| *y < top).count())
            }
            _ => None,
        })
    });
    assert!(above.max().is_some_and(|above| above > 10));
}

#[test]
fn no_name_covers_the_start_of_a_race() {
    let names = |k: &str| {
        let mut race = figured("race", &[("k", k)]);
        let _ = race.apply(&Input::Resize(0, 420.0, 320.0));
        let labels = race.overlay(0).into_iter().filter_map(|shape| match shape {
            OverlayShape::Label { text, .. } if text.starts_with("Momentum") => Some(text),
            _ => None,
        });
        labels.count()
    };
    assert_eq!((names("0"), names("150")), (0, 1));
}

#[test]
fn a_chain_without_weights_has_a_product() {
    let mut chain = figured("chain", &[("weight-scale", "0")]);
    let text = lines(&mut chain, "readout").join(" ");
    assert!(text.contains("1 × 0 × … = 0"), "{text}");
    assert!(!text.contains("no number"), "{text}");
}

/// The number of an iterate outside the view is that iterate's, also while the marble is on its way there.
#[test]
fn a_marble_on_its_way_tells_an_iterates_number() {
    let mut lab = figured("lab", &[("alpha", "1.1"), ("steps", "100"), ("k", "30")]);
    let _ = lab.apply(&Input::Resize(0, 400.0, 200.0));
    let _ = lab.apply(&Input::Act("play"));
    let mut seen = 0;
    for _ in 0..40 {
        let _ = lab.apply(&Input::Tick(0.05));
        let drawn = labels(&lab.overlay(0));
        let Some(told) = drawn.iter().find(|text| text.contains(" = ")) else { continue };
        let run = &lab.snapshot().runs[0];
        let number = run.iterates[lab.snapshot().k as usize][0];
        let shown = told.rsplit(" = ").next().unwrap_or_default().replace('−', "-");
        let shown: f64 = shown.parse().expect("a number");
        assert!((shown / number - 1.0).abs() < 0.01, "{told} at {number}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}

/// A factor below 0 stands in brackets after a sign.
#[test]
fn no_two_signs_meet_in_a_calculation() {
    let bowl = figured("bowl", &[("start", "-4"), ("alpha", "0.1")]);
    let rules = bowl.readouts().into_iter().filter_map(|readout| match readout {
        Readout::Rule { rows, .. } => Some(rows),
        _ => None,
    });
    let rows: Vec<Vec<String>> =
        rules.flatten().map(|row| row.iter().map(|cell| cell.text.clone()).collect()).collect();
    assert_eq!(rows[1][1..], ["−", "(−0", ".8)", "0.1 · (−8)"]);
    assert_eq!(rows[0][1..3], ["", "−4"]);
}
