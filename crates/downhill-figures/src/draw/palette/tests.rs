//! What the palettes promise: contrast, and colours that everybody can tell apart.

use super::*;

/// The contrast ratio of two colours (WCAG 2.2, relative luminance).
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |c: Rgb| {
        let linear = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
        };
        0.2126 * linear(c.0) + 0.7152 * linear(c.1) + 0.0722 * linear(c.2)
    };
    let (a, b) = (luminance(a), luminance(b));
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    (high + 0.05) / (low + 0.05)
}

#[test]
fn text_is_readable_on_paper_and_panel_in_both_themes() {
    let text = [
        ColorRole::Ink,
        ColorRole::Muted,
        ColorRole::Gradient,
        ColorRole::Step,
        ColorRole::Vanilla,
        ColorRole::Momentum,
        ColorRole::Guess,
        ColorRole::Converged,
        ColorRole::Diverged,
    ];
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for ground in [ColorRole::Paper, ColorRole::Panel] {
            for role in text {
                let ratio = contrast(palette.get(role), palette.get(ground));
                assert!(
                    ratio >= 4.5,
                    "{theme:?}: {} on {} has {ratio:.2}",
                    role.name(),
                    ground.name()
                );
            }
        }
    }
}

#[test]
fn marks_stand_out_on_every_tint() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for tint in ColorRole::TINTS {
            for role in [
                ColorRole::Ink,
                ColorRole::Vanilla,
                ColorRole::Marble,
                ColorRole::Guess,
                ColorRole::Momentum,
            ] {
                let ratio = contrast(palette.get(role), palette.get(tint));
                assert!(
                    ratio >= 3.0,
                    "{theme:?}: {} on {} has {ratio:.2}",
                    role.name(),
                    tint.name()
                );
            }
        }
    }
}

#[test]
fn rules_stand_out_on_panel_and_bands() {
    let (first, last) = (ColorRole::Nesterov as usize, ColorRole::Newton as usize);
    let runners = ColorRole::ALL[first..=last].iter().copied();
    let runners: Vec<ColorRole> =
        runners.chain([ColorRole::Vanilla, ColorRole::Momentum]).collect();
    assert_eq!(runners.len(), downhill::Rule::ALL.len());
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for &role in &runners {
            for ground in ColorRole::TINTS.into_iter().chain([ColorRole::Panel, ColorRole::Paper]) {
                let ratio = contrast(palette.get(role), palette.get(ground));
                let (role, ground) = (role.name(), ground.name());
                assert!(ratio >= 3.0, "{theme:?}: {role} on {ground} has {ratio:.2}");
            }
        }
    }
}

#[test]
fn saved_runs_stand_out_on_their_backgrounds() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for role in ColorRole::KEPT {
            for ground in [ColorRole::Panel, ColorRole::Paper, ColorRole::Tint1] {
                let ratio = contrast(palette.get(role), palette.get(ground));
                let (role, ground) = (role.name(), ground.name());
                assert!(ratio >= 4.0, "{theme:?}: {role} on {ground} has {ratio:.2}");
            }
        }
    }
}

/// The ways of seeing: full colour vision, and without one kind of cone.
///
/// Source: Machado, Oliveira, Fernandes, *A Physiologically-based Model for Simulation of Color Vision
/// Deficiency* (2009), table 1 at severity 1.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deutan",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritan",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// A colour as seen, as CIE L*a*b*.
fn seen(colour: Rgb, sight: [[f64; 3]; 3]) -> [f64; 3] {
    let linear = |v: u8| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { libm::pow((v + 0.055) / 1.055, 2.4) }
    };
    let times = |m: [[f64; 3]; 3], v: [f64; 3]| {
        m.map(|row| {
            let sum: f64 = row.iter().zip(v).map(|(a, b)| a * b).sum();
            if sum > 0.0 { sum } else { 0.0 }
        })
    };
    let rgb = times(sight, [colour.0, colour.1, colour.2].map(linear));
    // From sRGB to CIE XYZ relative to the white point D65.
    let xyz = times(
        [
            [0.433_95, 0.376_22, 0.189_83],
            [0.212_67, 0.715_15, 0.072_18],
            [0.017_76, 0.109_48, 0.872_76],
        ],
        rgb,
    );
    let f = xyz.map(|t| if t > 0.008_856 { libm::cbrt(t) } else { 7.787 * t + 16.0 / 116.0 });
    [116.0 * f[1] - 16.0, 500.0 * (f[0] - f[1]), 200.0 * (f[1] - f[2])]
}

/// The colour difference CIEDE2000, with all weights 1.
///
/// Source: Sharma, Wu, Dalal, *The CIEDE2000 Color-Difference Formula* (2005), equations 2 to 22.
fn difference([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    let seventh = |c: f64| libm::sqrt(libm::pow(c, 7.0) / (libm::pow(c, 7.0) + 6_103_515_625.0));
    let mean = |x: f64, y: f64| (x + y) / 2.0;
    let stretch = 1.5 - 0.5 * seventh(mean(libm::hypot(a1, b1), libm::hypot(a2, b2)));
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (libm::hypot(a1, b1), libm::hypot(a2, b2));
    let hue = |a: f64, b: f64| libm::atan2(b, a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let grey = c1 * c2 == 0.0;
    let turn = if grey { 0.0 } else { (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0 };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * libm::sqrt(c1 * c2) * libm::sin((turn / 2.0).to_radians());
    let (l, c) = (mean(l1, l2), mean(c1, c2));
    let h = if grey { h1 + h2 } else { (h1 + turn / 2.0).rem_euclid(360.0) };
    let cos = |degrees: f64| libm::cos(degrees.to_radians());
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0)
        - 0.20 * cos(4.0 * h - 63.0);
    let off = (l - 50.0) * (l - 50.0);
    let lightness = dl / (1.0 + 0.015 * off / libm::sqrt(20.0 + off));
    let chroma = dc / (1.0 + 0.045 * c);
    let hue = dh / (1.0 + 0.015 * c * t);
    let blue = 30.0 * libm::exp(-((h - 275.0) / 25.0) * ((h - 275.0) / 25.0));
    let rotation = -libm::sin((2.0 * blue).to_radians()) * 2.0 * seventh(c);
    libm::sqrt(lightness * lightness + chroma * chroma + hue * hue + rotation * chroma * hue)
}

#[test]
fn differences_are_those_of_the_paper() {
    // Table 1 of Sharma, Wu and Dalal: among them pairs on either side of hue 0 and near black.
    for (one, other, wanted) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ] {
        let got = difference(one, other);
        assert!((got - wanted).abs() < 5e-5, "{one:?} {other:?}: {got}, not {wanted}");
    }
}

/// Colours that stand together in a picture and mean different things, without a shape, a dash or a hatch to tell them
/// apart: each of a set beside every other one.
const TOGETHER: &[&[ColorRole]] = &[
    // The race: all rules on one map and one chart.
    &[
        ColorRole::Vanilla,
        ColorRole::Momentum,
        ColorRole::Nesterov,
        ColorRole::AdaGrad,
        ColorRole::RmsProp,
        ColorRole::Adam,
        ColorRole::AdamW,
        ColorRole::Nadam,
        ColorRole::Adadelta,
        ColorRole::Adafactor,
        ColorRole::Newton,
    ],
    // The lab: saved runs with the one that goes on, and the curve below them.
    &[
        ColorRole::Step,
        ColorRole::Kept0,
        ColorRole::Kept1,
        ColorRole::Kept2,
        ColorRole::Kept3,
        ColorRole::Kept4,
    ],
    &ColorRole::BASINS,
    // On tracks, and beside sentences about them.
    &[
        ColorRole::Still,
        ColorRole::Monotone,
        ColorRole::OneStep,
        ColorRole::Zigzag,
        ColorRole::Bounce,
        ColorRole::Diverge,
        ColorRole::Oscillate,
    ],
    // The bowl: the curve, the slope and the step on it, and a guess.
    &[ColorRole::Curve, ColorRole::Gradient, ColorRole::Step, ColorRole::Guess],
    // The hill and the fit: trails with their arrows.
    &[ColorRole::Vanilla, ColorRole::Gradient, ColorRole::Step],
    &[ColorRole::Momentum, ColorRole::Gradient, ColorRole::Step],
    &[ColorRole::Stochastic, ColorRole::Gradient, ColorRole::Step],
    &[ColorRole::Vanilla, ColorRole::Momentum, ColorRole::Stochastic],
    &[ColorRole::Vanilla, ColorRole::Guess],
    &[ColorRole::Momentum, ColorRole::Guess],
    // How runs ended.
    &[ColorRole::Converged, ColorRole::Diverged],
    &[ColorRole::Step, ColorRole::Diverged],
];

/// The least difference of two colours that stand together; 2.3 is just noticeable between two adjacent areas.
const DISTINCT: f64 = 12.0;

/// Asserts that two roles look different in both themes to everyone but those without blue cones, who are one in ten
/// thousand.
#[track_caller]
fn assert_distinct(one: ColorRole, other: ColorRole) {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for (name, sight) in &SIGHTS[..3] {
            let [a, b] = [one, other].map(|role| seen(palette.get(role), *sight));
            let apart = difference(a, b);
            let (one, other) = (one.name(), other.name());
            assert!(apart >= DISTINCT, "{theme:?}: {one} and {other}, {name}: {apart:.1}");
        }
    }
}

#[test]
fn colours_that_stand_together_are_told_apart() {
    assert_eq!(TOGETHER[0].len(), downhill::Rule::ALL.len());
    for together in TOGETHER {
        for (index, &one) in together.iter().enumerate() {
            for &other in &together[..index] {
                assert_distinct(one, other);
            }
        }
    }
    for kept in ColorRole::KEPT {
        assert_distinct(kept, ColorRole::Curve);
    }
}

#[test]
fn trails_are_told_from_contour_lines() {
    for &trail in TOGETHER[0].iter().chain(&[ColorRole::Stochastic, ColorRole::Guess]) {
        for line in [ColorRole::Contour, ColorRole::ContourIndex] {
            assert_distinct(trail, line);
        }
    }
    // The momentum's gold is of the lines' hue, so that it needs another lightness.
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        let [gold, line] =
            [ColorRole::Momentum, ColorRole::ContourIndex].map(|role| palette.get(role));
        assert!(contrast(gold, line) >= 1.75, "{theme:?}: {:.2}", contrast(gold, line));
    }
}

#[test]
fn curves_and_bands_stand_out() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        let regimes = TOGETHER[3].iter();
        let arrows = [ColorRole::Gradient, ColorRole::Step, ColorRole::Diverged];
        let on_bands = arrows.iter().flat_map(|role| ColorRole::TINTS.map(|tint| (*role, tint)));
        let walks = [ColorRole::Ink, ColorRole::Vanilla];
        let on_basins = walks.iter().flat_map(|role| ColorRole::BASINS.map(|at| (*role, at)));
        let grounds = [ColorRole::Panel, ColorRole::Paper];
        // Where a track has no bands it is drawn in the colour of secondary text.
        for (role, ground) in regimes
            .chain(&[ColorRole::Curve, ColorRole::Muted, ColorRole::Stochastic, ColorRole::Focus])
            .flat_map(|role| grounds.map(|ground| (*role, ground)))
            .chain(on_bands)
            .chain(on_basins)
            .chain([(ColorRole::Curve, ColorRole::Tint1)])
        {
            let ratio = contrast(palette.get(role), palette.get(ground));
            let (role, ground) = (role.name(), ground.name());
            assert!(ratio >= 3.0, "{theme:?}: {role} on {ground} has {ratio:.2}");
        }
    }
}

#[test]
fn basins_are_distinct_without_blue_cones_too() {
    for theme in [Theme::Light, Theme::Dark] {
        let palette = Palette::of(theme);
        for (index, &one) in ColorRole::BASINS.iter().enumerate() {
            for &other in &ColorRole::BASINS[..index] {
                let [a, b] = [one, other].map(|role| seen(palette.get(role), SIGHTS[3].1));
                let square: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
                let (one, other) = (one.name(), other.name());
                assert!(square.sqrt() > 9.0, "{theme:?} {one} {other}: {square}");
            }
        }
    }
}

#[test]
fn hex_round_trips() {
    assert_eq!(Rgb::parse("#0a70ff"), Some(Rgb(10, 112, 255)));
    assert_eq!(Rgb(10, 112, 255).hex(), "#0a70ff");
    assert_eq!(Rgb::parse("0a70ff"), None);
    assert_eq!(Rgb::parse("#0a70fé"), None);
}

/// Basins that touch differ by a fifth of the way from black to white.
#[test]
fn basins_on_paper_differ_without_colours() {
    let palette = Palette::printed();
    let grey = |role| {
        let Rgb(red, green, blue) = palette.get(role);
        0.299 * f64::from(red) + 0.587 * f64::from(green) + 0.114 * f64::from(blue)
    };
    let basins = [
        ColorRole::Basin0,
        ColorRole::Basin1,
        ColorRole::Basin2,
        ColorRole::Basin3,
        ColorRole::Basin4,
    ];
    for pair in basins.map(grey).windows(2) {
        assert!(pair[0] - pair[1] > 25.0, "{pair:?}");
    }
}
