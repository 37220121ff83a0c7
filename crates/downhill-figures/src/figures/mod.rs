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

/// Creates a figure with its default spec, by name.
///
/// # Errors
/// If there is no figure with this name; the message lists all names.
pub fn figure(name: &str, locale: Locale) -> Result<Figure, String> {
    let kind: Box<dyn FigureKind> = match name {
        #[cfg(feature = "hill")]
        "hill" => Box::new(hill::Hill::default()),
        #[cfg(feature = "walks")]
        "bowl" => Box::new(bowl::Bowl::default()),
        #[cfg(feature = "walks")]
        "scrubber" => Box::new(scrubber::Scrubber::default()),
        #[cfg(feature = "labs")]
        "lab" => Box::new(lab::Lab::default()),
        #[cfg(feature = "data")]
        "fit" => Box::new(fit::Fit::default()),
        #[cfg(feature = "maps")]
        "starts" => Box::new(starts::Starts::default()),
        #[cfg(feature = "walks")]
        "ravine" => Box::new(ravine::Ravine::default()),
        #[cfg(feature = "walks")]
        "plane" => Box::new(plane::Plane::default()),
        #[cfg(feature = "maps")]
        "race" => Box::new(race::Race::default()),
        #[cfg(feature = "labs")]
        "chain" => Box::new(chain::Chain::default()),
        _ => {
            let quote: String = name.chars().take(40).collect();
            let names = NAMES.join(", ");
            return Err(locale.format("problem-figure", &[("name", &*quote), ("names", &*names)]));
        }
    };
    Ok(Figure::new(kind, locale))
}

/// The names of all figures, in the order of the lesson.
pub const NAMES: &[&str] = &[
    #[cfg(feature = "hill")]
    "hill",
    #[cfg(feature = "walks")]
    "bowl",
    #[cfg(feature = "walks")]
    "scrubber",
    #[cfg(feature = "labs")]
    "lab",
    #[cfg(feature = "data")]
    "fit",
    #[cfg(feature = "maps")]
    "starts",
    #[cfg(feature = "walks")]
    "ravine",
    #[cfg(feature = "walks")]
    "plane",
    #[cfg(feature = "maps")]
    "race",
    #[cfg(feature = "labs")]
    "chain",
];
