//! The pictures and colours that the figures' own code draws for the page.

/// The figures there are.
pub(crate) const FIGURES: [&str; 3] = ["bowl", "scrubber", "ravine"];

/// On paper or under a head-lamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    pub(crate) const ALL: [Self; 2] = [Self::Light, Self::Dark];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Width and height of a figure's still, in CSS pixels.
pub(crate) fn size(_figure: &str) -> (u32, u32) {
    (720, 432)
}

/// The figure in one state, as SVG.
///
/// # Errors
/// Where a field is unknown or its value is not allowed.
pub(crate) fn svg(
    figure: &str,
    _fields: &[(String, String)],
    theme: Theme,
) -> Result<String, String> {
    let (width, height) = size(figure);
    let ground = match theme {
        Theme::Light => "#f6f1e4",
        Theme::Dark => "#14181b",
    };
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\
         <rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/></svg>\n"
    ))
}

/// The custom properties `--gd-<role>` of both themes.
pub(crate) fn palette_css() -> String {
    ":root { color-scheme: light dark; }\n".to_owned()
}
