//! Colours by meaning: one role means the same in every figure.

/// Declares the roles: each with its name in style sheets and its colours in the light and the dark theme.
macro_rules! roles {
    ($($(#[$about:meta])* $Role:ident = $name:literal, $light:literal, $dark:literal;)+) => {
        /// The meaning of a colour; a [`Palette`](super::Palette) gives its value in a theme.
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
        pub(super) const LIGHT: [u32; ColorRole::ALL.len()] = [$($light),+];

        /// The colours of the dark theme.
        pub(super) const DARK: [u32; ColorRole::ALL.len()] = [$($dark),+];
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
