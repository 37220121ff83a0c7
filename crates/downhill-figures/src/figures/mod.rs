//! The list of all figures, each in its own file or folder.

#[cfg(feature = "walks")]
mod bowl;
#[cfg(feature = "labs")]
mod chain;
#[cfg(feature = "data")]
mod fit;
#[cfg(feature = "hill")]
mod hill;
#[cfg(feature = "labs")]
mod lab;
#[cfg(feature = "walks")]
mod plane;
#[cfg(feature = "maps")]
mod race;
#[cfg(feature = "walks")]
mod ravine;
#[cfg(feature = "walks")]
mod scrubber;
#[cfg(feature = "maps")]
mod starts;

use crate::framework::figure::Figure;
use crate::framework::figure_kind::FigureKind;
use crate::text::locale::Locale;

/// Lists the figures: the module of the page with each, its name and its type.
macro_rules! figures {
    ($($feature:literal: $name:literal = $Kind:ty;)+) => {
        /// The names of all figures, in the order of the lesson.
        pub const NAMES: &[&str] = &[$(#[cfg(feature = $feature)] $name,)+];

        /// Each figure with the module of the page that contains it.
        #[cfg(test)]
        pub(crate) const MODULES: &[(&str, &str)] =
            &[$(#[cfg(feature = $feature)] ($name, $feature),)+];

        fn kind(name: &str) -> Option<Box<dyn FigureKind>> {
            match name {
                $(#[cfg(feature = $feature)] $name => Some(Box::new(<$Kind>::default())),)+
                _ => None,
            }
        }
    };
}

figures! {
    "hill": "hill" = hill::Hill;
    "walks": "bowl" = bowl::Bowl;
    "walks": "scrubber" = scrubber::Scrubber;
    "labs": "lab" = lab::Lab;
    "data": "fit" = fit::Fit;
    "maps": "starts" = starts::Starts;
    "walks": "ravine" = ravine::Ravine;
    "walks": "plane" = plane::Plane;
    "maps": "race" = race::Race;
    "labs": "chain" = chain::Chain;
}

/// Creates a figure with its default spec, by name.
///
/// # Errors
/// If there is no figure with this name; the message lists all names.
pub fn figure(name: &str, locale: Locale) -> Result<Figure, String> {
    match kind(name) {
        Some(kind) => Ok(Figure::new(kind, locale)),
        None => {
            let quote: String = name.chars().take(40).collect();
            let names = NAMES.join(", ");
            Err(locale.format("problem-figure", &[("name", &*quote), ("names", &*names)]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MODULES;

    #[test]
    fn the_page_fetches_each_figure_from_its_module() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/elements/define.js");
        let page = std::fs::read_to_string(file).expect("the list of elements");
        for (name, module) in MODULES {
            let line = format!("{name}: \"{module}\",");
            assert!(
                page.contains(&format!("\n  {line}\n")),
                "www/elements/define.js lacks `{line}`"
            );
        }
    }
}
