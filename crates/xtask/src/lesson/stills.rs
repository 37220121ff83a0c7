//! Draws the still pictures and exports the colours that the page takes from the figures.

use downhill::{Expression, FormulaError};
use downhill_figures::{
    ColorRole, Figure, Locale, NAMES, Palette, StaticImage, Theme, figure, static_svg,
};

/// One picture of a figure's state, in one theme and for wide or narrow screens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Still {
    /// Its file name, the same in every build.
    pub(crate) file: String,
    /// The media query for which it is shown; empty for the fallback.
    pub(crate) media: &'static str,
    /// Its size in CSS pixels.
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) svg: String,
}

/// The width of the panes of a wide figure, whose controls stand beside them, in CSS pixels.
pub(crate) const WIDE: u32 = 580;

/// The kinds of stills of a figure: name, media query, theme and width. The first match is shown.
const KINDS: [(&str, &str, Theme, u32); 4] = [
    ("narrow-dark", "(max-width: 36rem) and (prefers-color-scheme: dark)", Theme::Dark, 400),
    ("narrow", "(max-width: 36rem)", Theme::Light, 400),
    ("dark", "(prefers-color-scheme: dark)", Theme::Dark, WIDE),
    ("light", "", Theme::Light, WIDE),
];

/// Starts a figure in a state.
///
/// # Errors
/// If there is no such figure, a field is unknown or its value is not allowed.
pub(crate) fn start(name: &str, fields: &[(String, String)]) -> Result<Figure, String> {
    let mut figure = figure(name, Locale::new("en", ".", ""))?;
    let entries: Vec<_> = fields.iter().map(|(f, v)| (f.as_str(), v.as_str())).collect();
    match figure.start(&entries).problems.into_iter().next() {
        Some(problem) => Err(problem.refusal),
        None => Ok(figure),
    }
}

/// Draws a figure's state in every kind; the last still is the fallback.
///
/// # Errors
/// As for [`start`].
pub(crate) fn draw(name: &str, fields: &[(String, String)]) -> Result<Vec<Still>, String> {
    draw_as(&format!("{name}-{:06x}", mark(fields)), name, fields)
}

/// Draws every figure as it is without parameters, for a frame that shows it before anything else
/// has been fetched. Their files are named after the figure and the kind, without a state.
///
/// # Errors
/// None, as long as every figure has a default state.
pub(crate) fn defaults() -> Result<Vec<Still>, String> {
    let all: Result<Vec<_>, _> = NAMES.iter().map(|name| draw_as(name, name, &[])).collect();
    Ok(all?.into_iter().flatten().collect())
}

/// Whether this is the name of the file of such a still.
pub(crate) fn is_default(file: &str) -> bool {
    let kinds = |name: &&str| {
        KINDS.iter().any(|(kind, ..)| file.strip_suffix(&format!("-{kind}.svg")) == Some(*name))
    };
    NAMES.iter().any(kinds)
}

/// The script that shows such a still, told which figures have one.
pub(crate) fn frame_script(script: &str) -> String {
    format!("self.gdDrawn = {NAMES:?};\n{script}")
}

fn draw_as(file: &str, name: &str, fields: &[(String, String)]) -> Result<Vec<Still>, String> {
    KINDS
        .iter()
        .map(|&(kind, media, theme, width)| {
            let mut figure = start(name, fields)?;
            let svg = static_svg(&mut figure, StaticImage { width_px: f64::from(width), theme });
            let height =
                height(&svg).ok_or_else(|| format!("the still of `{name}` has no height"))?;
            Ok(Still { file: format!("{file}-{kind}.svg"), media, width, height, svg })
        })
        .collect()
}

/// A hash of a state for its file name: FNV-1a in 24 bits, kept short because it appears in the
/// page four times.
fn mark(fields: &[(String, String)]) -> u32 {
    let text: String = fields.iter().map(|(field, value)| format!("{field}={value};")).collect();
    let hash = text
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash >> 24) ^ (hash & 0x00ff_ffff)
}

/// The height declared by the SVG document, in whole pixels.
fn height(svg: &str) -> Option<u32> {
    let digits = svg.split(" height=\"").nth(1)?.split('"').next()?;
    let height: f64 = digits.parse().ok()?;
    Some(height.round() as u32)
}

/// The custom properties `--gd-<role>` of both themes: the system's unless the reader chose one.
pub(crate) fn palette_css() -> String {
    let properties = |theme| {
        let palette = Palette::of(theme);
        let lines = ColorRole::ALL
            .map(|role| format!("  --gd-{}: {};\n", role.name(), palette.get(role).hex()));
        let scheme = match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        };
        format!("  color-scheme: {scheme};\n{}", lines.concat())
    };
    let (light, dark) = (properties(Theme::Light), properties(Theme::Dark));
    format!(
        "/* Written by cargo xtask lesson from the palette of downhill-figures. */\n\n\
         :root {{\n{light}}}\n\n\
         @media (prefers-color-scheme: dark) {{\n:root:not([data-theme=\"light\"]) {{\n{dark}}}\n}}\n\n\
         :root[data-theme=\"dark\"] {{\n{dark}}}\n"
    )
}

/// The same colours as lists of pairs, for elements without a wasm module.
pub(crate) fn palette_json() -> String {
    let pairs = |theme| {
        let palette = Palette::of(theme);
        let pair =
            |role: ColorRole| format!("[\"{}\",\"{}\"]", role.name(), palette.get(role).hex());
        ColorRole::ALL.map(pair).join(",")
    };
    format!("{{\"light\":[{}],\"dark\":[{}]}}\n", pairs(Theme::Light), pairs(Theme::Dark))
}

/// Every landscape's typeset formula, by name and by the formula as figures show it, so that
/// elements need no parser for them.
///
/// # Errors
/// If a landscape's own formula cannot be parsed.
pub(crate) fn landscapes_json() -> Result<String, FormulaError> {
    let curves = downhill::landscapes_1d().into_iter().map(|known| (known.name, known.formula));
    let grounds = downhill::landscapes_2d().into_iter().map(|known| (known.name, known.formula));
    let mut typeset = serde_json::Map::new();
    for (name, formula) in curves.chain(grounds) {
        let mathml = formula.parse::<Expression>()?.mathml();
        typeset.insert(name.to_owned(), mathml.clone().into());
        typeset.insert(formula.to_owned(), mathml.into());
    }
    Ok(serde_json::Value::from(typeset).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|&(field, value)| (field.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn stills_are_drawn_in_every_kind() {
        let stills = draw("bowl", &fields(&[("alpha", "0.9"), ("loss", "x^2")])).unwrap();
        assert_eq!(stills.len(), 4);
        let last = &stills[3];
        assert!(last.file.starts_with("bowl-") && last.file.ends_with("-light.svg"));
        assert_eq!(last.media, "");
        let other = draw("bowl", &fields(&[("alpha", "0.8"), ("loss", "x^2")])).unwrap();
        assert_ne!(other[3].file, last.file, "another state has another name");
        for still in &stills {
            assert!(still.svg.starts_with("<svg") && still.height > 100, "{}", still.file);
            assert!(!still.svg.contains("style="), "a picture obeys the policy too");
        }
        assert_ne!(stills[2].svg, last.svg, "the themes differ");
    }

    #[test]
    fn every_figure_has_a_still_for_frames() {
        let stills = defaults().unwrap();
        assert_eq!(stills.len(), 4 * NAMES.len());
        let script = frame_script("show();");
        for name in NAMES {
            assert!(stills.iter().any(|still| still.file == format!("{name}-narrow-dark.svg")));
            assert!(script.contains(&format!("\"{name}\"")), "{script}");
        }
    }

    #[test]
    fn wrong_figures_and_fields_are_refused() {
        assert!(draw("nonsense", &[]).unwrap_err().contains("nonsense"));
        assert!(draw("bowl", &fields(&[("alpha", "much")])).unwrap_err().contains("alpha"));
        assert!(draw("bowl", &fields(&[("kappa", "3")])).unwrap_err().contains("kappa"));
    }

    #[test]
    fn the_palette_has_every_role_three_times() {
        let css = palette_css();
        for role in ColorRole::ALL {
            let property = format!("--gd-{}: ", role.name());
            assert_eq!(css.matches(&property).count(), 3, "{property}");
        }
    }
}
