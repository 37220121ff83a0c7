//! The list of all figures, each in its own file or folder.

mod bowl;
mod chain;
mod fit;
mod hill;
mod lab;
mod net;
mod plane;
mod race;
mod ravine;
mod scrubber;
mod starts;

use crate::framework::figure::Figure;
use crate::text::locale::Locale;

/// Lists the figures: the name and the type of each.
macro_rules! figures {
    ($($name:ident: $Kind:ty;)+) => {
        /// The names of all figures, in the order of the lesson.
        pub const NAMES: &[&str] = &[$(stringify!($name),)+];

        /// Where the page's module is cut: what only one figure needs is reached through the function
        /// with its name, and becomes a part that is fetched with the figure.
        ///
        /// They return whole figures: of a box the optimizer would see the type through the call.
        mod create {
            use super::*;

            $(
                #[inline(never)]
                pub(super) fn $name(locale: Locale) -> Figure {
                    Figure::new(Box::new(<$Kind>::default()), locale)
                }
            )+
        }

        /// Creates a figure with its default spec, by name.
        ///
        /// # Errors
        /// If there is no figure with this name; the message lists all names.
        pub fn figure(name: &str, locale: Locale) -> Result<Figure, String> {
            match name {
                $(stringify!($name) => Ok(create::$name(locale)),)+
                _ => Err(unknown(name, &locale)),
            }
        }
    };
}

figures! {
    hill: hill::Hill;
    bowl: bowl::Bowl;
    scrubber: scrubber::Scrubber;
    lab: lab::Lab;
    fit: fit::Fit;
    starts: starts::Starts;
    ravine: ravine::Ravine;
    plane: plane::Plane;
    race: race::Race;
    chain: chain::Chain;
    net: net::Net;
}

fn unknown(name: &str, locale: &Locale) -> String {
    let quote: String = name.chars().take(40).collect();
    locale.format("problem-figure", &[("name", &*quote), ("names", &*NAMES.join(", "))])
}

#[cfg(test)]
mod tests {
    use super::NAMES;

    #[test]
    fn the_page_has_an_element_for_each_figure() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/elements/define.js");
        let page = std::fs::read_to_string(file).expect("the list of elements");
        for name in NAMES {
            let entry = format!("\"{name}\"");
            assert!(page.contains(&entry), "www/elements/define.js lacks {entry}");
        }
    }
}
