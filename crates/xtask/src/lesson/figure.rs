//! Renders a figure of the prose: its tag with a still picture inside, shown until the element
//! comes alive.

use downhill_figures::NAMES;

use super::call::Call;
use super::programs::{self, Program};
use super::stills::{self, Still};
use crate::project;

/// One use of a figure in the prose.
///
/// Arguments are the element's attributes. Those that begin with `still.` apply only to the
/// picture, which may show a later state than the one the reader starts with. `id` and `size=small`
/// are handled here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FigureUse {
    name: String,
    alt: String,
    attributes: Vec<(String, String)>,
    /// The id by which another figure of the page can link to it.
    id: Option<String>,
    /// Whether it is one of several side by side.
    small: bool,
    /// Whether it is visible without scrolling, so that its picture is fetched at once.
    first_screen: bool,
    pub(crate) stills: Vec<Still>,
    /// What a code cell shows instead of a picture.
    listings: Option<String>,
}

impl FigureUse {
    /// Parses a figure and draws its stills.
    ///
    /// # Errors
    /// If there is no figure with that name, or it rejects an argument.
    pub(crate) fn new(call: &Call, alt: &str, first_screen: bool) -> Result<Self, String> {
        let name = call.name.clone();
        if name == "code" {
            return Self::code(call, alt);
        }
        if !NAMES.contains(&name.as_str()) {
            return Err(format!("there is no figure `{name}`; there are {}", NAMES.join(", ")));
        }
        let mut attributes = Vec::new();
        let mut drawn = Vec::new();
        let mut id = None;
        let mut small = false;
        for (field, value) in &call.arguments {
            match field.strip_prefix("still.") {
                None if field == "id" => id = Some(value.clone()),
                None if field == "size" && value == "small" => small = true,
                Some(field) => drawn.push((field.to_owned(), value.clone())),
                None => attributes.push((field.clone(), value.clone())),
            }
        }
        // The live figure has to accept its attributes even where the picture overrides them.
        stills::start(&name, &attributes)?;
        let kept =
            attributes.iter().filter(|(field, _)| !drawn.iter().any(|(other, _)| other == field));
        let state: Vec<_> = kept.chain(&drawn).cloned().collect();
        let stills = stills::draw(&name, &state)?;
        let alt = alt.to_owned();
        Ok(Self { name, alt, attributes, id, small, first_screen, stills, listings: None })
    }

    /// A code cell, represented by its listings until it comes alive.
    fn code(call: &Call, alt: &str) -> Result<Self, String> {
        let program = call.text("program").unwrap_or(programs::NAMES[0]);
        let program = Program::read(&project::root().join("www/programs"), program)?;
        call.text("language");
        call.finish()?;
        Ok(Self {
            name: call.name.clone(),
            alt: alt.to_owned(),
            attributes: call.arguments.clone(),
            id: None,
            small: false,
            first_screen: false,
            stills: Vec::new(),
            listings: Some(program.html()),
        })
    }
}

/// The figure's element with its stills inside, followed by its caption.
///
/// Every still has its width and height in the HTML, so that nothing moves when the picture
/// arrives.
pub(crate) fn html(figure: &FigureUse, caption: &str) -> String {
    let FigureUse { name, alt, attributes, id, small, first_screen, stills, listings } = figure;
    let class = if *small { " class=\"small\"" } else { "" };
    let id = id.iter().map(|id| ("id".to_owned(), id.clone())).collect::<Vec<_>>();
    let attributes: String = id
        .iter()
        .chain(attributes)
        .map(|(field, value)| format!(" {field}=\"{}\"", escape(value)))
        .collect();
    let loading = if *first_screen { "" } else { " loading=\"lazy\"" };
    let alt = escape(alt);
    let pictures: String = stills
        .iter()
        .map(|Still { file, media, width, height, .. }| {
            let size = format!("width=\"{width}\" height=\"{height}\"");
            if media.is_empty() {
                format!(
                    "<img src=\"stills/{file}\" {size}{loading} decoding=\"async\" alt=\"{alt}\">"
                )
            } else {
                format!("<source srcset=\"stills/{file}\" media=\"{media}\" {size}>")
            }
        })
        .collect();
    let inside = match listings {
        Some(listings) => listings.clone(),
        None => format!("<picture>{pictures}</picture>"),
    };
    format!(
        "<figure{class}>\n<gd-{name}{attributes}>{inside}</gd-{name}>\n\
         <figcaption>{caption}</figcaption>\n</figure>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_its_stills() {
        let call = Call::parse("bowl alpha=0.9 loss=x^2 still.k=3").unwrap();
        let figure = FigureUse::new(&call, "a \"bowl\"", false).unwrap();
        let html = html(&figure, "The <em>bowl</em>.");
        assert!(html.contains("<gd-bowl alpha=\"0.9\" loss=\"x^2\"><picture><source "), "{html}");
        assert!(html.contains("<img src=\"stills/bowl-"));
        assert!(html.contains("-light.svg\" width=\"800\" height=\""));
        assert!(html.contains("loading=\"lazy\"") && html.contains("alt=\"a &quot;bowl&quot;\""));
        assert!(html.contains("<figcaption>The <em>bowl</em>.</figcaption>"));
    }

    #[test]
    fn arguments_are_checked_for_element_and_still() {
        let fault =
            |text: &str| FigureUse::new(&Call::parse(text).unwrap(), "", false).unwrap_err();
        assert!(fault("nonsense").starts_with("there is no figure `nonsense`"));
        assert!(fault("bowl kappa=3").contains("kappa"));
        assert!(fault("bowl still.alpha=much").contains("much"));
    }
}
