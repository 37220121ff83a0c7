//! Golden pictures of figures.
//!
//! `UPDATE_EXPECT=1 cargo test -p downhill-figures --test golden` rewrites `tests/golden/`; look at
//! every changed picture before committing it.

use std::path::Path;

use downhill_figures::{Input, Locale, StaticImage, Theme, figure, static_svg};

/// Compares the picture of a figure's state with the golden one.
fn check(file: &str, name: &str, fields: &[(&str, &str)], theme: Theme, width_px: f64) {
    check_after(file, name, fields, &[], theme, width_px);
}

/// Like [`check`], after some inputs.
fn check_after(
    file: &str,
    name: &str,
    fields: &[(&str, &str)],
    inputs: &[Input<'_>],
    theme: Theme,
    width_px: f64,
) {
    let mut figure = figure(name, Locale::default()).expect("a figure");
    assert!(figure.start(fields).problems.is_empty());
    for input in inputs {
        assert!(figure.apply(input).problems.is_empty());
    }
    let svg = static_svg(&mut figure, StaticImage { width_px, theme });
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(file);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&kept, &svg).expect("the picture is written");
    }
    let expected = std::fs::read_to_string(&kept).expect("a picture, as UPDATE_EXPECT=1 writes it");
    let same = svg.lines().zip(expected.lines()).take_while(|(now, kept)| now == kept).count();
    assert!(
        svg == expected,
        "{file} differs from line {} on; if that is meant, rewrite it as the head of this file says",
        same + 1
    );
}

#[test]
fn a_zigzag_on_the_bowl() {
    check("bowl-zigzag.svg", "bowl", &[("alpha", "0.9"), ("k", "5")], Theme::Light, 600.0);
}

#[test]
fn a_divergence_on_the_bowl_keeps_its_first_steps_in_view() {
    check("bowl-diverge-dark.svg", "bowl", &[("alpha", "1.1"), ("k", "9")], Theme::Dark, 360.0);
}

#[test]
fn half_way_down_the_scrubber() {
    check("scrubber.svg", "scrubber", &[("k", "12")], Theme::Light, 800.0);
}

#[test]
fn where_the_scrubber_stopped() {
    let fields = [("start", "10"), ("steps", "100"), ("k", "last")];
    check("scrubber-stop-dark.svg", "scrubber", &fields, Theme::Dark, 360.0);
}

#[test]
fn three_learning_rates_in_the_lab() {
    let kept = ["keep", "zigzag", "keep", "best"].map(Input::Act);
    let inputs: Vec<Input<'_>> = kept.into_iter().chain([Input::Seek(6)]).collect();
    check_after("lab.svg", "lab", &[("steps", "100")], &inputs, Theme::Light, 800.0);
}

#[test]
fn a_formula_in_the_lab_in_dark_theme_on_a_phone() {
    let fields = [
        ("loss", "(x^2-4)^2/16 + x/4"),
        ("start", "3.5"),
        ("alpha", "0.9"),
        ("track", "log"),
        ("k", "12"),
    ];
    check("lab-own-dark.svg", "lab", &fields, Theme::Dark, 360.0);
}

#[test]
fn a_race_in_the_ravine() {
    check("ravine.svg", "ravine", &[("k", "60")], Theme::Light, 800.0);
}

#[test]
fn four_rules_in_a_race() {
    check("race.svg", "race", &[("k", "60")], Theme::Light, 800.0);
}

#[test]
fn a_path_of_the_readers_own_in_a_race() {
    // As no rule goes: it drifts while it descends.
    let mut at = [4.0, -1.5];
    let mut path = String::new();
    for _ in 0..=30 {
        path.push_str(&format!("{:.4},{:.4};", at[0], at[1]));
        let [x, y] = at;
        at = [x - 0.002 * (4.0 * x * x * x) + 0.05 * y, y + 0.02 * y + 0.05 * x];
    }
    let fields = [
        ("loss", "x**4 - y**2"),
        ("rules", "gd,adam"),
        ("alpha", "0.01"),
        ("start", "4,-1.5"),
        ("steps", "30"),
        ("path", &path),
        ("k", "30"),
    ];
    check("race-own-path.svg", "race", &fields, Theme::Light, 800.0);
}

#[test]
fn every_rule_at_its_best_on_a_phone() {
    let rules = "gd,momentum,nesterov,adagrad,rmsprop,adam,adamw,nadam,adadelta,adafactor,newton";
    let fields = [("rules", rules), ("fair", "best"), ("steps", "200"), ("k", "40")];
    check("race-best.svg", "race", &fields, Theme::Dark, 360.0);
}

#[test]
fn a_turned_ravine_on_a_phone_where_plain_descent_diverges() {
    let fields = [("angle", "30"), ("alpha", "0.022"), ("k", "40")];
    check("ravine-turned.svg", "ravine", &fields, Theme::Dark, 360.0);
}

#[test]
fn four_starts_on_himmelblau_and_their_basins() {
    check("starts.svg", "starts", &[], Theme::Light, 600.0);
}

#[test]
fn a_large_alpha_frays_the_basins() {
    let fields = [("alpha", "0.019"), ("start", "0,0;1,1;4.5,4.5"), ("k", "12")];
    check("starts-frayed-dark.svg", "starts", &fields, Theme::Dark, 360.0);
}

#[test]
fn marbles_on_a_hill_with_four_valleys() {
    let fields =
        [("loss", "himmelblau"), ("alpha", "0.01"), ("start", "0,0;-1,4;4,-4.5"), ("k", "12")];
    check("hill.svg", "hill", &fields, Theme::Light, 800.0);
}

#[test]
fn a_custom_hill_in_dark_theme_on_a_phone() {
    let fields =
        [("loss", "sin(2x)+cos(2y)+x^2/6"), ("azimuth", "-50"), ("elevation", "25"), ("k", "30")];
    check("hill-own-dark.svg", "hill", &fields, Theme::Dark, 360.0);
}

#[test]
fn adam_twice_in_the_race() {
    let fields = [("rules", "gd,adam,adam"), ("other-alpha", "1"), ("k", "last")];
    check("race-twice.svg", "race", &fields, Theme::Light, 800.0);
}

#[test]
fn momentum_twice_in_the_ravine() {
    let fields = [("other-beta", "0.5"), ("k", "40")];
    check("ravine-twice.svg", "ravine", &fields, Theme::Light, 600.0);
}

#[test]
fn the_plane_of_alpha_and_beta() {
    check("plane.svg", "plane", &[], Theme::Light, 600.0);
}

#[test]
fn the_plane_on_a_phone_at_a_diverging_pair() {
    let fields = [("kappa", "10"), ("alpha", "0.3"), ("beta", "0.2")];
    check("plane-dark.svg", "plane", &fields, Theme::Dark, 360.0);
}

#[test]
fn a_line_learned_from_five_points() {
    check("fit.svg", "fit", &[("k", "4")], Theme::Light, 800.0);
}

#[test]
fn one_point_at_a_time_against_all_of_them_on_a_phone() {
    let fields = [
        ("model", "wx+b"),
        ("data", "noisy"),
        ("noise", "0.5"),
        ("batch", "1"),
        ("against", "batch"),
        ("alpha", "0.05"),
        ("epochs", "10"),
        ("per", "epoch"),
        ("k", "300"),
    ];
    check("fit-stochastic-dark.svg", "fit", &fields, Theme::Dark, 360.0);
}

#[test]
fn a_gradient_vanishes_in_a_deep_chain() {
    check("chain.svg", "chain", &[], Theme::Light, 600.0);
}

#[test]
fn a_gradient_explodes_in_dark_theme_on_a_phone() {
    let fields = [("activation", "relu"), ("weight-scale", "2.5"), ("depth", "30")];
    check("chain-exploding-dark.svg", "chain", &fields, Theme::Dark, 360.0);
}

#[test]
fn a_short_chain_shows_its_factors() {
    let fields = [("activation", "tanh"), ("depth", "6"), ("weight-scale", "0.5")];
    check("chain-short.svg", "chain", &fields, Theme::Light, 600.0);
}

#[test]
fn a_network_meets_the_edge() {
    let fields = [("data", "spiral"), ("layers", "24,24"), ("alpha", "0.1"), ("k", "2500")];
    check("net.svg", "net", &fields, Theme::Light, 800.0);
}

#[test]
fn the_hill_of_a_catapult_on_a_phone() {
    let fields = [("alpha", "0.1,1000:0.2"), ("steps", "2000"), ("view", "hill"), ("k", "last")];
    check("net-hill-dark.svg", "net", &fields, Theme::Dark, 360.0);
}
