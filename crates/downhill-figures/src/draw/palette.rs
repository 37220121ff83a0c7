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
    Contour = "contour", 0xc0_9e71, 0x6d_5d43;
    /// Every fifth contour line.
    ContourIndex = "contour-index", 0xb5_8c58, 0x8f_764d;
    /// The curve of a loss.
    Curve = "curve", 0xa4_715b, 0xc6_ac8b;
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
    Gradient = "gradient", 0x84_0a00, 0xe0_6f46;
    /// A step: downhill.
    Step = "step", 0x14_5e4d, 0x74_dcc6;
    /// Plain gradient descent.
    Vanilla = "vanilla", 0x0e_51ad, 0x86_b2ff;
    /// Descent with momentum.
    Momentum = "momentum", 0x84_6200, 0xea_b133;
    /// The marble at the current iterate.
    Marble = "marble", 0x2a_2823, 0xf4_efe2;
    /// The reader's prediction.
    Guess = "guess", 0x47_0a6b, 0xa2_76c0;
    /// A run that converged, or a good value.
    Converged = "converged", 0x1b_6726, 0x8d_db8c;
    /// A run that diverged.
    Diverged = "diverged", 0xc4_275f, 0xf7_6b92;
    /// The regime at α = 0.
    Still = "regime-still", 0x75_8385, 0x70_7b75;
    /// The regime below 1/λ.
    Monotone = "regime-monotone", 0x66_9473, 0x68_a27d;
    /// The regime at 1/λ.
    OneStep = "regime-one-step", 0x00_5a3a, 0x63_d595;
    /// The regime from 1/λ to 2/λ.
    Zigzag = "regime-zigzag", 0xae_831c, 0xd8_a847;
    /// The regime at 2/λ.
    Bounce = "regime-bounce", 0xa4_4e00, 0xc4_6e28;
    /// The regime above 2/λ.
    Diverge = "regime-diverge", 0xb4_274e, 0xbf_3556;
    /// Momentum's complex eigenvalues.
    Oscillate = "regime-oscillate", 0x7e_85c3, 0x7e_89d0;
    /// The focus ring.
    Focus = "focus", 0x0b_57d0, 0x8a_b4f8;
    /// The basin of attraction of one minimizer.
    Basin0 = "basin-0", 0xa3_b2f3, 0x3f_54ac;
    /// Another basin.
    Basin1 = "basin-1", 0xde_a64a, 0x69_591a;
    /// Another basin.
    Basin2 = "basin-2", 0x48_c6a2, 0x16_5645;
    /// Another basin.
    Basin3 = "basin-3", 0xf9_c8e6, 0x87_2b6a;
    /// Another basin; with more of them the colours repeat.
    Basin4 = "basin-4", 0xd8_e49d, 0x5a_1612;
    /// Nesterov’s momentum.
    Nesterov = "nesterov", 0x51_4517, 0x8e_9100;
    /// AdaGrad.
    AdaGrad = "adagrad", 0x9a_5455, 0xa3_7aa7;
    /// RMSProp.
    RmsProp = "rmsprop", 0x05_4a4a, 0xa6_d5bb;
    /// Adam.
    Adam = "adam", 0xb4_3a75, 0xff_bde3;
    /// AdamW.
    AdamW = "adamw", 0x23_1024, 0xbb_9aab;
    /// Nadam.
    Nadam = "nadam", 0x6f_40ff, 0x74_e58f;
    /// Adadelta.
    Adadelta = "adadelta", 0x24_3224, 0x16_a17b;
    /// Adafactor.
    Adafactor = "adafactor", 0x00_00aa, 0x27_86fc;
    /// Newton’s method.
    Newton = "newton", 0x00_0054, 0xe7_ff09;
    /// Descent on one point or a mini-batch at a time.
    Stochastic = "stochastic", 0xbc_3173, 0xdc_76b2;
    /// A saved run.
    Kept0 = "kept-0", 0x46_58cf, 0xa9_acff;
    /// Another saved run.
    Kept1 = "kept-1", 0x7d_2f00, 0xd9_8f40;
    /// Another saved run.
    Kept2 = "kept-2", 0x77_187a, 0xdd_79be;
    /// Another saved run.
    Kept3 = "kept-3", 0x58_6475, 0xb8_d9f6;
    /// Another saved run.
    Kept4 = "kept-4", 0x71_7300, 0xd1_dd62;
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

    /// The light palette on white, with basins that a copier tells apart by their greys.
    #[must_use]
    pub fn printed() -> Self {
        let mut palette = Self::of(Theme::Light);
        for (role, colour) in [
            (ColorRole::Paper, Rgb(255, 255, 255)),
            (ColorRole::Panel, Rgb(255, 255, 255)),
            (ColorRole::Basin0, Rgb(0xee, 0xf2, 0xff)),
            (ColorRole::Basin1, Rgb(0xf0, 0xd0, 0x90)),
            (ColorRole::Basin2, Rgb(0x80, 0xc8, 0xb0)),
            (ColorRole::Basin3, Rgb(0xb0, 0x70, 0xa0)),
            (ColorRole::Basin4, Rgb(0x60, 0x58, 0x40)),
        ] {
            palette.set(role as usize, colour);
        }
        palette
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
mod tests;
