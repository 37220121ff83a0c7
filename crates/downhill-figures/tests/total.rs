//! Figures survive any input from a page, a person or a script: nothing panics, no drawing position
//! is NaN or infinite, and the spec remains one that the figure itself accepts.
//!
//! For a long run: `PROPTEST_CASES=100000 cargo test -p downhill-figures --release --test total`.

use std::collections::BTreeSet;

use downhill_figures::{
    Control, Figure, Input, Locale, NAMES, OverlayShape, StaticImage, Theme, figure, static_svg,
};
use proptest::prelude::*;

/// All figures.
fn all() -> impl Iterator<Item = Figure> {
    NAMES.iter().map(|name| figure(name, Locale::default()).expect("a figure"))
}

/// The names of all fields.
fn known() -> Vec<String> {
    let fields: BTreeSet<&str> = all().flat_map(|mut figure| figure.field_names()).collect();
    assert!(fields.len() > 40, "{fields:?}");
    // Can be entered without being a field: the name of a saved run.
    fields.into_iter().chain(["run-name"]).map(String::from).collect()
}

/// The actions of all buttons and menus.
fn actions() -> Vec<String> {
    // Some are declared only where they apply, and a double click has no button.
    let mut actions: BTreeSet<String> =
        ["keep", "remove", "double-click", "only"].map(String::from).into();
    for figure in all() {
        let mut worn = self::figure(figure.name(), Locale::default()).expect("a figure");
        let _under = worn.apply(&Input::Set("blindfold", "on"));
        for control in figure.declaration().controls.iter().chain(&worn.declaration().controls) {
            match control {
                Control::Action { action, .. }
                | Control::Toggle { action, .. }
                | Control::Runner { action, .. } => {
                    actions.insert((*action).to_owned());
                }
                Control::Menu { field, options, .. } => {
                    actions
                        .extend(options.iter().map(|option| format!("{field}={}", option.value)));
                }
                _ => {}
            }
        }
    }
    assert!(actions.len() > 60, "{actions:?}");
    actions.into_iter().collect()
}

/// Known names, and any others.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![6 => prop::sample::select(known()), 1 => any::<String>()]
}

/// Texts that a person might type, numbers of every size, and arbitrary text.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => "-?[0-9]{0,4}(\\.[0-9]{0,4})?(e-?[0-9]{1,3})?",
        1 => any::<f64>().prop_map(|number| number.to_string()),
        1 => "(-?[0-9.]{1,4},-?[0-9.]{1,4};?){1,3}",
        1 => prop::sample::select(vec!["best", "same", "log", "linear", "dark", "on", "off", "kink", "wavy", "shelf", "rosenbrock", "double-well", "1/(x*y)", "last", "own",
            "wx+b", "noisy", "five", "own", "1,2\n3,4", "x,y\n0,1\n0,2\n0,1", "epoch", "points", "stochastic", "himmelblau", "cosine:20", "step-decay", "adam,gd", "newton", "adagrad,adadelta,nope"])
            .prop_map(String::from),
        1 => "[x0-9+*/^() .-]{0,24}",
        1 => any::<String>(),
    ]
}

fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -50.0..900.0_f64, 1 => any::<f64>()]
}

/// An input; its texts are owned so that cases can be shrunk.
#[derive(Clone, Debug)]
enum Deed {
    Set(String, String),
    Enter(String, String),
    Slide(String, f64),
    Act(String),
    Step(u32),
    Seek(u32),
    Drop(f64, f64),
    Tap(usize, f64, f64),
    Drag(usize, f64, f64),
    Hover(usize, f64, f64),
    Press(usize, f64, f64),
    Release(usize),
    Zoom(usize, f64),
    Choose(u32),
    Work(usize),
    Key(usize, &'static str),
    Tick(f64),
    Resize(usize, f64, f64),
}

fn deed() -> impl Strategy<Value = Deed> {
    let keys = vec![
        "ArrowLeft",
        "ArrowDown",
        "Enter",
        " ",
        "Escape",
        "Home",
        "End",
        "PageUp",
        "a",
        "Delete",
        "b",
        "r",
        "+",
        "0",
        "Shift+ArrowUp",
        "PageDown",
    ];
    prop_oneof![
        4 => (name(), text()).prop_map(|(name, text)| Deed::Set(name, text)),
        2 => (name(), text()).prop_map(|(name, text)| Deed::Enter(name, text)),
        1 => (name(), coordinate()).prop_map(|(name, at)| Deed::Slide(name, at)),
        1 => prop::sample::select(actions()).prop_map(Deed::Act),
        1 => any::<u32>().prop_map(Deed::Step),
        1 => any::<u32>().prop_map(Deed::Seek),
        1 => (coordinate(), coordinate()).prop_map(|(x, y)| Deed::Drop(x, y)),
        1 => (0_usize..5, coordinate(), coordinate()).prop_map(|(p, x, y)| Deed::Tap(p, x, y)),
        1 => (0_usize..5, coordinate(), coordinate()).prop_map(|(p, x, y)| Deed::Drag(p, x, y)),
        1 => (0_usize..5, coordinate(), coordinate()).prop_map(|(p, x, y)| Deed::Hover(p, x, y)),
        1 => (0_usize..4, coordinate(), coordinate()).prop_map(|(p, x, y)| Deed::Press(p, x, y)),
        1 => (0_usize..3).prop_map(Deed::Release),
        1 => (0_usize..3, coordinate()).prop_map(|(p, factor)| Deed::Zoom(p, factor)),
        1 => any::<u32>().prop_map(|row| Deed::Choose(row % 9)),
        1 => (0_usize..60_000).prop_map(Deed::Work),
        1 => (0_usize..5, prop::sample::select(keys)).prop_map(|(p, key)| Deed::Key(p, key)),
        1 => coordinate().prop_map(Deed::Tick),
        1 => (0_usize..5, coordinate(), coordinate()).prop_map(|(p, w, h)| Deed::Resize(p, w, h)),
    ]
}

fn apply(figure: &mut Figure, deed: &Deed) {
    let _changes = match deed {
        Deed::Set(name, text) => figure.apply(&Input::Set(name, text)),
        Deed::Enter(name, text) => figure.apply(&Input::Enter(name, text)),
        Deed::Slide(name, at) => figure.apply(&Input::Slide(name, *at)),
        Deed::Act(action) => figure.apply(&Input::Act(action)),
        Deed::Step(n) => figure.apply(&Input::Step(*n)),
        Deed::Seek(k) => figure.apply(&Input::Seek(*k)),
        Deed::Drop(x, y) => figure.apply(&Input::Drop(&[*x, *y])),
        Deed::Tap(pane, x, y) => figure.apply(&Input::Tap(*pane, *x, *y)),
        Deed::Drag(pane, x, y) => figure.apply(&Input::Drag(*pane, *x, *y)),
        Deed::Hover(pane, x, y) => figure.apply(&Input::Hover(*pane, *x, *y)),
        Deed::Press(pane, x, y) => figure.apply(&Input::Press(*pane, *x, *y)),
        Deed::Release(pane) => figure.apply(&Input::Release(*pane)),
        Deed::Zoom(pane, factor) => figure.apply(&Input::Zoom(*pane, *factor)),
        Deed::Choose(row) => figure.apply(&Input::Choose(*row)),
        Deed::Work(steps) => figure.apply(&Input::Work(*steps)),
        Deed::Key(pane, key) => figure.apply(&Input::Key(*pane, key)),
        Deed::Tick(seconds) => figure.apply(&Input::Tick(*seconds)),
        Deed::Resize(pane, w, h) => figure.apply(&Input::Resize(*pane, *w, *h)),
    };
}

/// All positions of overlay shapes, including those inside windows.
fn positions(marks: &[OverlayShape], all: &mut Vec<(f64, f64)>) {
    for mark in marks {
        match mark {
            OverlayShape::Disc { at, .. } | OverlayShape::Label { at, .. } => all.push(*at),
            OverlayShape::Path { points, .. } | OverlayShape::Dots { points, .. } => {
                all.extend(points)
            }
            OverlayShape::Arrow { from, to, .. } => all.extend([*from, *to]),
            OverlayShape::Window { marks, .. } => positions(marks, all),
        }
    }
}

proptest! {
    // A case runs a whole session, in some cases over a hundred thousand iterations.
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: cases(), max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_figure_survives_any_input(
        index in 0..NAMES.len(), deeds in prop::collection::vec(deed(), 1..12),
    ) {
        let mut figure = figure(NAMES[index], Locale::default()).expect("a figure");
        let _pictured = static_svg(&mut figure, StaticImage { width_px: 640.0, theme: Theme::Light });
        for deed in &deeds {
            apply(&mut figure, deed);
        }
        let declared = figure.declaration();
        let _said = figure.readouts();
        for pane in 0..declared.panes.len() {
            let _still = figure.static_layer(pane);
            if let Some(raster) = figure.raster(pane, 24) {
                prop_assert_eq!(raster.cells.len() as u32, raster.columns * raster.rows());
            }
            let mut all = Vec::new();
            positions(&figure.overlay(pane), &mut all);
            prop_assert!(all.iter().all(|(x, y)| x.is_finite() && y.is_finite()), "{all:?}");
        }
        let snapshot = figure.snapshot();
        prop_assert!(snapshot.runs.iter().flat_map(|run| &run.iterates).flatten().all(|x| x.is_finite()));
        prop_assert!(figure.differences().iter().all(|(name, _)| !is_own(NAMES[index], name)));
        // The state (a link plus the reader's own data) is accepted as it is.
        let differences = figure.state();
        let entries: Vec<(&str, &str)> =
            differences.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let mut again = downhill_figures::figure(NAMES[index], Locale::default()).expect("a figure");
        let problems = again.start(&entries).problems;
        prop_assert!(problems.is_empty(), "{problems:?}");
        prop_assert_eq!(again.spec(), figure.spec());
    }

    #[test]
    fn a_spec_is_read_or_refused(
        index in 0..NAMES.len(), entries in prop::collection::vec((name(), text()), 0..8),
    ) {
        let mut figure = figure(NAMES[index], Locale::default()).expect("a figure");
        let entries: Vec<(&str, &str)> =
            entries.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        for problem in figure.start(&entries).problems {
            prop_assert!(problem.message.contains(&problem.parameter), "{problem:?}");
            prop_assert!(problem.message.len() < 900, "{problem:?}");
        }
    }
}

/// Whether a field holds the reader's own data, which links leave out. (`points` is such data in the
/// fit alone: in the net it is how many points there are.)
fn is_own(figure: &str, field: &str) -> bool {
    matches!(
        (figure, field),
        ("fit", "points") | ("net", "own") | ("race", "path") | ("lab" | "net", "kept")
    )
}

/// The number of cases: few in every test run, `PROPTEST_CASES` in a longer one.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(48)
}
