//! The colours of the two themes: a map on warm paper, and the same map by lamplight.

use super::color_role::{ColorRole, DARK, LIGHT};

/// A colour as red, green and blue, 0–255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Parses `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.is_ascii() {
            return None;
        }
        let channel = |from: usize| u8::from_str_radix(digits.get(from..from + 2)?, 16).ok();
        Some(Self(channel(0)?, channel(2)?, channel(4)?))
    }

    /// Formats `#rrggbb`.
    #[must_use]
    pub fn hex(self) -> String {
        let mut text = String::from("#");
        for channel in [self.0, self.1, self.2] {
            for nibble in [channel >> 4, channel & 15] {
                text.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
            }
        }
        text
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
