//! Colours by meaning: one role means the same in every figure.

/// The meaning of a colour; a [`Palette`](super::Palette) gives its value in a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(type = "string"))]
#[repr(u8)]
pub enum ColorRole {
    /// The background of the page.
    Paper,
    /// The background of a pane.
    Panel,
    /// Text and axis lines.
    Ink,
    /// Secondary text.
    Muted,
    /// Borders.
    Rule,
    /// Grid lines.
    Grid,
    /// A contour line.
    Contour,
    /// Every fifth contour line.
    ContourIndex,
    /// Colour band of the lowest losses.
    Tint0,
    /// The next band.
    Tint1,
    /// The next band.
    Tint2,
    /// The next band.
    Tint3,
    /// The next band.
    Tint4,
    /// The next band.
    Tint5,
    /// The next band.
    Tint6,
    /// Colour band of the highest losses.
    Tint7,
    /// The gradient: uphill.
    Gradient,
    /// A step: downhill.
    Step,
    /// Plain gradient descent.
    Vanilla,
    /// Descent with momentum.
    Momentum,
    /// The marble at the current iterate.
    Marble,
    /// The reader's prediction.
    Guess,
    /// A run that converged, or a good value.
    Converged,
    /// A run that diverged.
    Diverged,
    /// The regime at α = 0.
    Still,
    /// The regime below 1/λ.
    Monotone,
    /// The regime at 1/λ.
    OneStep,
    /// The regime from 1/λ to 2/λ.
    Zigzag,
    /// The regime at 2/λ.
    Bounce,
    /// The regime above 2/λ.
    Diverge,
    /// Momentum's complex eigenvalues.
    Oscillate,
    /// The focus ring.
    Focus,
    /// The basin of attraction of one minimizer.
    Basin0,
    /// Another basin.
    Basin1,
    /// Another basin.
    Basin2,
    /// Another basin.
    Basin3,
    /// Another basin; with more of them the colours repeat.
    Basin4,
    /// Nesterov’s momentum.
    Nesterov,
    /// AdaGrad.
    AdaGrad,
    /// RMSProp.
    RmsProp,
    /// Adam.
    Adam,
    /// AdamW.
    AdamW,
    /// Nadam.
    Nadam,
    /// Adadelta.
    Adadelta,
    /// Adafactor.
    Adafactor,
    /// Newton’s method.
    Newton,
    /// Descent on one point or a mini-batch at a time.
    Stochastic,
    /// A saved run.
    Kept0,
    /// Another saved run.
    Kept1,
    /// Another saved run.
    Kept2,
    /// Another saved run.
    Kept3,
    /// Another saved run.
    Kept4,
}

impl ColorRole {
    /// Every role, in the order of a palette's colours.
    pub const ALL: [Self; 52] = [
        Self::Paper,
        Self::Panel,
        Self::Ink,
        Self::Muted,
        Self::Rule,
        Self::Grid,
        Self::Contour,
        Self::ContourIndex,
        Self::Tint0,
        Self::Tint1,
        Self::Tint2,
        Self::Tint3,
        Self::Tint4,
        Self::Tint5,
        Self::Tint6,
        Self::Tint7,
        Self::Gradient,
        Self::Step,
        Self::Vanilla,
        Self::Momentum,
        Self::Marble,
        Self::Guess,
        Self::Converged,
        Self::Diverged,
        Self::Still,
        Self::Monotone,
        Self::OneStep,
        Self::Zigzag,
        Self::Bounce,
        Self::Diverge,
        Self::Oscillate,
        Self::Focus,
        Self::Basin0,
        Self::Basin1,
        Self::Basin2,
        Self::Basin3,
        Self::Basin4,
        Self::Nesterov,
        Self::AdaGrad,
        Self::RmsProp,
        Self::Adam,
        Self::AdamW,
        Self::Nadam,
        Self::Adadelta,
        Self::Adafactor,
        Self::Newton,
        Self::Stochastic,
        Self::Kept0,
        Self::Kept1,
        Self::Kept2,
        Self::Kept3,
        Self::Kept4,
    ];

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

    /// The name in style sheets, as in `--gd-contour-index`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Panel => "panel",
            Self::Ink => "ink",
            Self::Muted => "muted",
            Self::Rule => "rule",
            Self::Grid => "grid",
            Self::Contour => "contour",
            Self::ContourIndex => "contour-index",
            Self::Tint0 => "tint-0",
            Self::Tint1 => "tint-1",
            Self::Tint2 => "tint-2",
            Self::Tint3 => "tint-3",
            Self::Tint4 => "tint-4",
            Self::Tint5 => "tint-5",
            Self::Tint6 => "tint-6",
            Self::Tint7 => "tint-7",
            Self::Gradient => "gradient",
            Self::Step => "step",
            Self::Vanilla => "vanilla",
            Self::Momentum => "momentum",
            Self::Marble => "marble",
            Self::Guess => "guess",
            Self::Converged => "converged",
            Self::Diverged => "diverged",
            Self::Still => "regime-still",
            Self::Monotone => "regime-monotone",
            Self::OneStep => "regime-one-step",
            Self::Zigzag => "regime-zigzag",
            Self::Bounce => "regime-bounce",
            Self::Diverge => "regime-diverge",
            Self::Oscillate => "regime-oscillate",
            Self::Focus => "focus",
            Self::Basin0 => "basin-0",
            Self::Basin1 => "basin-1",
            Self::Basin2 => "basin-2",
            Self::Basin3 => "basin-3",
            Self::Basin4 => "basin-4",
            Self::Nesterov => "nesterov",
            Self::AdaGrad => "adagrad",
            Self::RmsProp => "rmsprop",
            Self::Adam => "adam",
            Self::AdamW => "adamw",
            Self::Nadam => "nadam",
            Self::Adadelta => "adadelta",
            Self::Adafactor => "adafactor",
            Self::Newton => "newton",
            Self::Stochastic => "stochastic",
            Self::Kept0 => "kept-0",
            Self::Kept1 => "kept-1",
            Self::Kept2 => "kept-2",
            Self::Kept3 => "kept-3",
            Self::Kept4 => "kept-4",
        }
    }
}

impl serde::Serialize for ColorRole {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_of_the_indices() {
        for (index, role) in ColorRole::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, index);
        }
    }
}
