//! A figure in the prose: its tag, with a still picture inside for as long as there is no living one.

use super::call::Call;
use super::stills::{self, Theme};

/// A figure as one place of the prose uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FigureUse {
    /// Its element's name without `gd-`.
    pub(crate) name: String,
    /// What its still shows, in words.
    pub(crate) alt: String,
    /// Its attributes.
    pub(crate) fields: Vec<(String, String)>,
    /// Whether it is seen without scrolling.
    pub(crate) first_screen: bool,
}

impl FigureUse {
    /// Takes a figure from the prose.
    ///
    /// # Errors
    /// Where no figure has that name.
    pub(crate) fn new(call: &Call, alt: &str, first_screen: bool) -> Result<Self, String> {
        if !stills::FIGURES.contains(&call.name.as_str()) {
            let known = stills::FIGURES.join(", ");
            return Err(format!("there is no figure `{}`; there are {known}", call.name));
        }
        Ok(Self {
            name: call.name.clone(),
            alt: alt.to_owned(),
            fields: call.arguments.clone(),
            first_screen,
        })
    }

    /// The name of its still's file: one for every figure and state, the same in every build.
    pub(crate) fn still(&self, theme: Theme) -> String {
        let mut name = self.name.clone();
        for (field, value) in &self.fields {
            name.push('-');
            name.push_str(field);
            name.push('-');
            name.extend(
                value.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' }),
            );
        }
        format!("{name}-{}.svg", theme.name())
    }
}

/// The figure's element with its still inside, and its caption.
///
/// Width and height of the still stand in the HTML, so nothing moves when the picture arrives.
///
/// # Errors
/// Where the figure cannot be drawn.
pub(crate) fn html(figure: &FigureUse, caption: &str) -> Result<String, String> {
    let name = &figure.name;
    let attributes: String = figure
        .fields
        .iter()
        .map(|(field, value)| format!(" {field}=\"{}\"", escape(value)))
        .collect();
    let (width, height) = stills::size(name);
    let light = figure.still(Theme::Light);
    let dark = figure.still(Theme::Dark);
    let loading = if figure.first_screen { "" } else { " loading=\"lazy\"" };
    let alt = escape(&figure.alt);
    Ok(format!(
        "<figure>\n<gd-{name}{attributes}><picture><source srcset=\"stills/{dark}\" media=\"(prefers-color-scheme: dark)\">\
         <img src=\"stills/{light}\" width=\"{width}\" height=\"{height}\"{loading} decoding=\"async\" alt=\"{alt}\"></picture></gd-{name}>\n\
         <figcaption>{caption}</figcaption>\n</figure>\n"
    ))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_stands_with_its_still() {
        let call = Call::parse("bowl alpha=0.9 loss=x^2").unwrap();
        let figure = FigureUse::new(&call, "a \"bowl\"", false).unwrap();
        assert_eq!(figure.still(Theme::Light), "bowl-alpha-0.9-loss-x_2-light.svg");
        let html = html(&figure, "The <em>bowl</em>.").unwrap();
        assert!(html.contains("<gd-bowl alpha=\"0.9\" loss=\"x^2\"><picture>"));
        assert!(html.contains("alt=\"a &quot;bowl&quot;\""));
        assert!(html.contains("loading=\"lazy\"") && html.contains("width=\""));
        assert!(html.contains("<figcaption>The <em>bowl</em>.</figcaption>"));
    }
}
