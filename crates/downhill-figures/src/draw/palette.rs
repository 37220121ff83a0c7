//! The colours by meaning, one role for the same in every figure, and their values in the two themes: a map on warm
//! paper, and the same map by lamplight.

use super::rgb::Rgb;

/// Declares the roles: each with its name in style sheets and its colours in the light and the dark theme.
macro_rules! roles {
    ($($(#[$about:meta])* $Role:ident = $name:literal, $light:literal, $dark:literal;)+) => {
        /// The meaning of a colour; a [`Palette`] gives its value in a theme.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[cfg_attr(test, derive(ts_rs::TS), ts(type = "string"))]
        #[repr(u8)]
        pub enum ColorRole {
            $($(#[$about])* $Role,)+
        }

        impl ColorRole {
            /// Every role, in the order of a palette's colours.
            pub const ALL: [Self; [$(Self::$Role),+].len()] = [$(Self::$Role),+];

            /// The name in style sheets, as in `--gd-contour-index`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$Role => $name,)+
                }
            }
        }

        /// The colours of the light theme, in the order of [`ColorRole::ALL`].
        const LIGHT: [u32; ColorRole::ALL.len()] = [$($light),+];

        /// The colours of the dark theme.
        const DARK: [u32; ColorRole::ALL.len()] = [$($dark),+];
    };
}

roles! {
    /// The background of the page.
    Paper = "paper", 0xf6_f0e3, 0x15_1719;
    /// The background of a pane.
    Panel = "panel", 0xfd_faf3, 0x1c_1f21;
    /// Text and axis lines.
    Ink = "ink", 0x2a_2823, 0xec_e6d8;
    /// Secondary text.
    Muted = "muted", 0x66_604f, 0xaa_a391;
    /// Borders.
    Rule = "rule", 0xd5_cab2, 0x42_413b;
    /// Grid lines.
    Grid = "grid", 0xe9_e1cf, 0x2d_2f2f;
    /// A contour line.
    Contour = "contour", 0xc0_9f72, 0x6d_5d43;
    /// Every fifth contour line.
    ContourIndex = "contour-index", 0x8f_6a38, 0xa0_865a;
    /// Colour band of the lowest losses.
    Tint0 = "tint-0", 0xdc_e7cd, 0x2b_4238;
    /// The next band.
    Tint1 = "tint-1", 0xe4_e9cb, 0x2d_3f33;
    /// The next band.
    Tint2 = "tint-2", 0xec_e9c8, 0x2f_3b2f;
    /// The next band.
    Tint3 = "tint-3", 0xf1_e6c2, 0x30_372c;
    /// The next band.
    Tint4 = "tint-4", 0xf2_dfb8, 0x30_3229;
    /// The next band.
    Tint5 = "tint-5", 0xee_d4ab, 0x2e_2d27;
    /// The next band.
    Tint6 = "tint-6", 0xe8_c89f, 0x2b_2825;
    /// Colour band of the highest losses.
    Tint7 = "tint-7", 0xe0_bb95, 0x27_2422;
    /// The gradient: uphill.
    Gradient = "gradient", 0xb2_3a1e, 0xff_8a66;
    /// A step: downhill.
    Step = "step", 0x0a_7068, 0x4f_c9bd;
    /// Plain gradient descent.
    Vanilla = "vanilla", 0x1d_5bb8, 0x74_adff;
    /// Descent with momentum.
    Momentum = "momentum", 0x86_6400, 0xf2_b83b;
    /// The marble at the current iterate.
    Marble = "marble", 0x2a_2823, 0xf4_efe2;
    /// The reader's prediction.
    Guess = "guess", 0x7a_3d9e, 0xcb_a0f2;
    /// A run that converged, or a good value.
    Converged = "converged", 0x2c_7030, 0x84_d488;
    /// A run that diverged.
    Diverged = "diverged", 0xb0_1247, 0xff_7296;
    /// The regime at α = 0.
    Still = "regime-still", 0x8c_8676, 0x85_8171;
    /// The regime below 1/λ.
    Monotone = "regime-monotone", 0x6f_a287, 0x4d_8b6c;
    /// The regime at 1/λ.
    OneStep = "regime-one-step", 0x1f_7a4d, 0x5f_d394;
    /// The regime from 1/λ to 2/λ.
    Zigzag = "regime-zigzag", 0xe0_b04a, 0xc7_9a3a;
    /// The regime at 2/λ.
    Bounce = "regime-bounce", 0xd9_7b29, 0xd9_7f38;
    /// The regime above 2/λ.
    Diverge = "regime-diverge", 0xb8_2b50, 0xc9_4166;
    /// Momentum's complex eigenvalues.
    Oscillate = "regime-oscillate", 0x7f_86c4, 0x80_88cf;
    /// The focus ring.
    Focus = "focus", 0x0b_57d0, 0x8a_b4f8;
    /// The basin of attraction of one minimizer.
    Basin0 = "basin-0", 0xa1_b2f2, 0x40_53ab;
    /// Another basin.
    Basin1 = "basin-1", 0xe0_a74c, 0x69_591b;
    /// Another basin.
    Basin2 = "basin-2", 0x4a_c6a2, 0x13_5848;
    /// Another basin.
    Basin3 = "basin-3", 0xf7_c6e4, 0x8b_2f6c;
    /// Another basin; with more of them the colours repeat.
    Basin4 = "basin-4", 0xd6_e29a, 0x5a_1712;
    /// Nesterov’s momentum.
    Nesterov = "nesterov", 0x59_4e1f, 0x9b_a600;
    /// AdaGrad.
    AdaGrad = "adagrad", 0x99_545d, 0xb2_869e;
    /// RMSProp.
    RmsProp = "rmsprop", 0x0f_3d2e, 0xc9_f5e0;
    /// Adam.
    Adam = "adam", 0xa3_206f, 0xff_9ed6;
    /// AdamW.
    AdamW = "adamw", 0x2f_2340, 0xd9_bfff;
    /// Nadam.
    Nadam = "nadam", 0x77_24f2, 0x47_cc8e;
    /// Adadelta.
    Adadelta = "adadelta", 0x38_5166, 0x17_996e;
    /// Adafactor.
    Adafactor = "adafactor", 0x1f_1fcc, 0x00_88ff;
    /// Newton’s method.
    Newton = "newton", 0x00_008c, 0xc2_f200;
    /// Descent on one point or a mini-batch at a time.
    Stochastic = "stochastic", 0xb3_2d74, 0xff_8fc4;
    /// A saved run.
    Kept0 = "kept-0", 0x3b_4cc0, 0x9a_a8ff;
    /// Another saved run.
    Kept1 = "kept-1", 0xa8_5a00, 0xf2_a65a;
    /// Another saved run.
    Kept2 = "kept-2", 0x8a_2f8f, 0xe6_9af0;
    /// Another saved run.
    Kept3 = "kept-3", 0x4a_5a6a, 0xb4_c2d0;
    /// Another saved run.
    Kept4 = "kept-4", 0x5f_6b00, 0xc8_d65a;
}

impl ColorRole {
    /// Saved runs, which have distinct names as well.
    pub const KEPT: [Self; 5] = [Self::Kept0, Self::Kept1, Self::Kept2, Self::Kept3, Self::Kept4];

    /// Colour bands, from the lowest losses to the highest.
    pub const TINTS: [Self; 8] = [
        Self::Tint0,
        Self::Tint1,
        Self::Tint2,
        Self::Tint3,
        Self::Tint4,
        Self::Tint5,
        Self::Tint6,
        Self::Tint7,
    ];

    /// Basins of attraction, which have distinct letters as well.
    pub const BASINS: [Self; 5] =
        [Self::Basin0, Self::Basin1, Self::Basin2, Self::Basin3, Self::Basin4];
}

impl serde::Serialize for ColorRole {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The theme of a palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on warm paper.
    Light,
    /// The same map at night.
    Dark,
}

/// The colour of every role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette([Rgb; ColorRole::ALL.len()]);

impl Palette {
    /// The palette of a theme.
    #[must_use]
    pub fn of(theme: Theme) -> Self {
        let pairs = match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        };
        Self(pairs.map(|packed| Rgb((packed >> 16) as u8, (packed >> 8) as u8, packed as u8)))
    }

    /// Replaces the colour of one role, by its index in [`ColorRole::ALL`].
    pub fn set(&mut self, index: usize, colour: Rgb) {
        if let Some(slot) = self.0.get_mut(index) {
            *slot = colour;
        }
    }

    /// The contrast of shading: how much lighting brightens or darkens a surface, more in the dark
    /// theme.
    #[must_use]
    pub const fn contrast(&self) -> (f64, f64) {
        if self.get(ColorRole::Panel).1 < 128 { (4.4, 0.95) } else { (0.12, 0.5) }
    }

    /// The colour of a role under lighting given in hundredths: positive is brighter, negative
    /// darker.
    #[must_use]
    pub fn lit(&self, role: ColorRole, light: i8) -> Rgb {
        let Rgb(red, green, blue) = self.get(role);
        let (bright, dark) = self.contrast();
        let factor = 1.0 + f64::from(light) / 100.0 * if light > 0 { bright } else { dark };
        // The cast saturates.
        let channel = |value: u8| libm::round(f64::from(value) * factor) as u8;
        Rgb(channel(red), channel(green), channel(blue))
    }

    /// The colour of a role.
    #[must_use]
    pub const fn get(&self, role: ColorRole) -> Rgb {
        self.0[role as usize]
    }
}

#[cfg(test)]
mod tests {
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
                for ground in
                    ColorRole::TINTS.into_iter().chain([ColorRole::Panel, ColorRole::Paper])
                {
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

    /// A colour as seen with full colour vision or without one kind of cone, as CIE L*a*b*.
    ///
    /// Source: Machado, Oliveira, Fernandes, *A Physiologically-based Model for Simulation of Color Vision
    /// Deficiency* (2009), table 1 at severity 1.
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

    #[test]
    fn basins_are_distinct_with_any_colour_vision() {
        let sights = [
            [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ];
        for theme in [Theme::Light, Theme::Dark] {
            let palette = Palette::of(theme);
            for (sight, matrix) in sights.into_iter().enumerate() {
                for (i, one) in ColorRole::BASINS.into_iter().enumerate() {
                    for other in &ColorRole::BASINS[..i] {
                        let (a, b) =
                            (seen(palette.get(one), matrix), seen(palette.get(*other), matrix));
                        let square: f64 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
                        // 2.3 is just noticeable between two adjacent areas.
                        let (one, other) = (one.name(), other.name());
                        assert!(
                            square.sqrt() > 9.0,
                            "{theme:?} {one} {other}, sight {sight}: {square}"
                        );
                    }
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
}
