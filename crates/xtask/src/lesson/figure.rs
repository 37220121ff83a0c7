//! Renders a figure of the prose: its tag with a still picture inside, shown until the element
//! comes alive.

use downhill_figures::{Declaration, NAMES};

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
    fallback: Fallback,
}

/// The two kinds of figures.
enum Kind {
    /// A code cell, which is written in JavaScript.
    Code,
    /// A figure of `downhill-figures`.
    Drawn,
}

impl Kind {
    fn parse(name: &str) -> Result<Self, String> {
        match name {
            "code" => Ok(Self::Code),
            _ if NAMES.contains(&name) => Ok(Self::Drawn),
            _ => Err(format!("there is no figure `{name}`; there are code, {}", NAMES.join(", "))),
        }
    }
}

/// What the element contains until it comes alive.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fallback {
    /// The pictures of a figure, each for some screens.
    Stills(Vec<Still>),
    /// The listings of a code cell, as HTML.
    Listings(String),
}

/// What an argument of a figure's block is for.
enum Argument<'a> {
    /// `id=…`
    Id,
    /// `size=small`
    Small,
    /// `still.field=…`: a field of the picture alone.
    Still(&'a str),
    /// An attribute of the element.
    Attribute,
}

impl<'a> Argument<'a> {
    fn parse(key: &'a str, value: &str) -> Result<Self, String> {
        match (key, value) {
            ("id", _) => Ok(Self::Id),
            ("size", "small") => Ok(Self::Small),
            ("size", _) => Err(format!("`size={value}`: the only size is small")),
            _ => Ok(key.strip_prefix("still.").map_or(Self::Attribute, Self::Still)),
        }
    }
}

impl FigureUse {
    /// Parses a figure and draws its stills.
    ///
    /// # Errors
    /// If there is no figure with that name, or it rejects an argument.
    pub(crate) fn new(call: &Call, alt: &str, first_screen: bool) -> Result<Self, String> {
        match Kind::parse(&call.name)? {
            Kind::Code => Self::code(call, alt),
            Kind::Drawn => Self::drawn(call, alt, first_screen),
        }
    }

    /// A figure, represented by its stills until it comes alive.
    fn drawn(call: &Call, alt: &str, first_screen: bool) -> Result<Self, String> {
        let name = call.name.clone();
        let mut attributes = Vec::new();
        let mut drawn = Vec::new();
        let mut id = None;
        let mut small = false;
        for (key, value) in &call.arguments {
            match Argument::parse(key, value)? {
                Argument::Id => id = Some(value.clone()),
                Argument::Small => small = true,
                Argument::Still(field) => drawn.push((field.to_owned(), value.clone())),
                Argument::Attribute => attributes.push((key.clone(), value.clone())),
            }
        }
        // The live figure has to accept its attributes even where the picture overrides them.
        stills::start(&name, &attributes)?;
        let kept =
            attributes.iter().filter(|(field, _)| !drawn.iter().any(|(other, _)| other == field));
        let state: Vec<_> = kept.chain(&drawn).cloned().collect();
        let fallback = Fallback::Stills(stills::draw(&name, &state)?);
        Ok(Self { name, alt: alt.to_owned(), attributes, id, small, first_screen, fallback })
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
            fallback: Fallback::Listings(program.html()),
        })
    }

    /// Its name, as in its element's.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Whether these fields can be set beside its attributes.
    ///
    /// # Errors
    /// As for [`stills::start`].
    pub(crate) fn accepts(&self, fields: &[(String, String)]) -> Result<(), String> {
        if !NAMES.contains(&&*self.name) {
            return fields.iter().try_for_each(|(field, _)| match &**field {
                "program" | "language" => Ok(()),
                _ => Err(format!("a code cell has no `{field}`")),
            });
        }
        let kept = self.attributes.iter().filter(|(own, _)| !fields.iter().any(|(f, _)| f == own));
        stills::start(&self.name, &kept.chain(fields).cloned().collect::<Vec<_>>()).map(drop)
    }

    /// The field or action of the control with this label, if the control is folded away under “More”.
    ///
    /// # Errors
    /// As for [`stills::start`].
    pub(crate) fn folded(&self, label: &str) -> Result<Option<String>, String> {
        if !NAMES.contains(&&*self.name) {
            return Ok(None);
        }
        let mut figure = stills::start(&self.name, &self.attributes)?;
        let shown = figure.text("show").unwrap_or_default();
        let Declaration { controls, first, .. } = figure.declaration();
        for control in controls {
            let control = serde_json::to_value(control).map_err(|error| error.to_string())?;
            let text = |key: &str| control[key].as_str().unwrap_or_default();
            let named = |name: &str| shown.split([',', ' ']).any(|shown| shown == name);
            // Runners are switched one by one and set all together.
            let sets = match text("kind") {
                "runner" => "rules",
                _ if control["field"].is_string() => text("field"),
                _ => text("action"),
            };
            let is_first = first.contains(&text("id")) || text("group") == "share";
            if text("label") == label
                && !is_first
                && !["id", "group", "field"].into_iter().any(|key| named(text(key)))
            {
                return Ok(Some(sets.to_owned()));
            }
        }
        Ok(None)
    }

    /// Its pictures; none for a code cell.
    pub(crate) fn stills(&self) -> &[Still] {
        match &self.fallback {
            Fallback::Stills(stills) => stills,
            Fallback::Listings(_) => &[],
        }
    }
}

/// The figure's element with its stills and its exercise inside, followed by its caption.
///
/// Every still has its width and height in the HTML, so that nothing moves when the picture
/// arrives.
pub(crate) fn html(figure: &FigureUse, exercise: &str, caption: &str) -> String {
    let FigureUse { name, alt, attributes, id, small, first_screen, fallback } = figure;
    let class = if *small { " class=\"small\"" } else { "" };
    let id = id.iter().map(|id| ("id".to_owned(), id.clone())).collect::<Vec<_>>();
    let attributes: String = id
        .iter()
        .chain(attributes)
        .map(|(field, value)| format!(" {field}=\"{}\"", escape(value)))
        .collect();
    let inside = match fallback {
        Fallback::Stills(stills) => picture(stills, &escape(alt), *first_screen),
        Fallback::Listings(listings) => listings.clone(),
    };
    format!(
        "<figure{class}>\n<gd-{name}{attributes}>{inside}{exercise}</gd-{name}>\n\
         <figcaption>{caption}</figcaption>\n</figure>\n"
    )
}

/// The stills as one picture, of which the browser fetches one.
fn picture(stills: &[Still], alt: &str, first_screen: bool) -> String {
    let loading = if first_screen { " fetchpriority=\"high\"" } else { " loading=\"lazy\"" };
    let sources: String = stills
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
    format!("<picture>{sources}</picture>")
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
        let html = html(&figure, "", "The <em>bowl</em>.");
        assert!(html.contains("<gd-bowl alpha=\"0.9\" loss=\"x^2\"><picture><source "), "{html}");
        assert!(html.contains("<img src=\"stills/bowl-"));
        assert!(html.contains("-light.svg\" width=\"580\" height=\""));
        assert!(html.contains("loading=\"lazy\"") && html.contains("alt=\"a &quot;bowl&quot;\""));
        assert!(html.contains("<figcaption>The <em>bowl</em>.</figcaption>"));
    }

    #[test]
    fn arguments_are_checked_for_element_and_still() {
        let fault =
            |text: &str| FigureUse::new(&Call::parse(text).unwrap(), "", false).unwrap_err();
        assert!(fault("nonsense").starts_with("there is no figure `nonsense`"));
        assert!(fault("bowl kappa=3").contains("kappa"));
        assert_eq!(fault("bowl size=large"), "`size=large`: the only size is small");
        assert!(fault("bowl still.alpha=much").contains("much"));
    }
}
