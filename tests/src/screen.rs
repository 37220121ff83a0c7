//! The reader's screen: size, theme and preferences.

/// Size, theme and preferences of the reader's screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screen {
    /// Width of the viewport in CSS pixels.
    pub width: u32,
    /// Height of the viewport in CSS pixels.
    pub height: u32,
    /// Device pixels per CSS pixel; whole numbers work in every engine.
    pub ratio: f64,
    /// `prefers-color-scheme: dark`.
    pub dark: bool,
    /// `prefers-reduced-motion: reduce`.
    pub reduced_motion: bool,
    /// `forced-colors: active`, which only Chromium emulates.
    pub forced_colors: bool,
    /// A finger is the pointer, which only Chromium emulates.
    pub touch: bool,
}

impl Screen {
    /// A small laptop with the light theme.
    pub const LAPTOP: Self = Self {
        width: 1280,
        height: 800,
        ratio: 1.0,
        dark: false,
        reduced_motion: false,
        forced_colors: false,
        touch: false,
    };

    /// Whether another screen differs at most in size, so that the same browser can show both.
    pub(crate) fn differs_in_size_only(&self, other: &Self) -> bool {
        Self { width: other.width, height: other.height, ..*self } == *other
    }
}
