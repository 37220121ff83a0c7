//! Converts LaTeX between dollar signs to MathML at build time, so that no typesetting library is
//! shipped.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

/// Whether a formula is inline or displayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Inline,
    Display,
}

/// Converts a formula to MathML; a displayed one is put in a box of its own, which may scroll.
///
/// # Errors
/// If the LaTeX is not understood, or needs a `style` attribute (colours, negative spaces), which
/// the page's Content-Security-Policy blocks.
pub(crate) fn mathml(latex: &str, place: Place) -> Result<String, String> {
    let storage = Storage::new();
    // The renderer turns errors into red text, so they are looked for beforehand.
    if let Some(error) = Parser::new(latex, &storage).find_map(Result::err) {
        let text = error.to_string();
        return Err(format!("formula `{latex}`: {}", text.lines().next().unwrap_or("unreadable")));
    }
    let display_mode = match place {
        Place::Inline => DisplayMode::Inline,
        Place::Display => DisplayMode::Block,
    };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut html = String::new();
    push_mathml(&mut html, Parser::new(latex, &storage), config)
        .map_err(|error| format!("formula `{latex}`: {error}"))?;
    if html.contains(" style=") {
        return Err(format!(
            "formula `{latex}` needs a style attribute, which the page may not have"
        ));
    }
    // The renderer does not escape a less-than sign.
    let html = html.replace("><</", ">&lt;</");
    Ok(match place {
        Place::Inline => html,
        Place::Display => format!("<div class=\"formula\">{html}</div>\n"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml() {
        let html = mathml(r"x_{k+1} = x_k - \alpha f'(x_k)", Place::Inline).unwrap();
        assert!(html.starts_with("<math"), "{html}");
        assert!(html.contains("<msub>"), "{html}");
        assert!(mathml("x < 1", Place::Inline).unwrap().contains("<mo>&lt;</mo>"));
        assert!(mathml("x^2", Place::Display).unwrap().contains("display=\"block\""));
    }

    #[test]
    fn errors_and_style_attributes_are_refused() {
        assert!(mathml(r"\frac{1", Place::Inline).unwrap_err().starts_with("formula"));
        assert!(mathml(r"\color{red} x", Place::Inline).unwrap_err().contains("style"));
        assert!(mathml(r"a \! b", Place::Inline).unwrap_err().contains("style"));
    }
}
