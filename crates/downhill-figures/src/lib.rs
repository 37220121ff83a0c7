//! Every figure of the lesson as state, input, snapshot and drawing.
//!
//! A [`Figure`] takes [`Input`]s and says in [`Changes`] what is different afterwards. What there
//! is to see is data: a [`Declaration`] of panes and controls, [`Readout`]s in words, a recorded
//! [`Scene`] for what stays still and [`Mark`]s for what moves. Nothing here knows a document, a
//! clock or a canvas, so the same figure runs in a browser, on a command line and in a test.
//!
//! ```
//! use downhill_figures::{Input, Voice, figure};
//!
//! let mut bowl = figure("bowl", Voice::new("en", ".", "")).expect("the bowl");
//! let _ = bowl.start(&[("alpha", "0.5")]);
//! let changes = bowl.apply(&Input::Step(1));
//! assert!(changes.running, "the marble rolls");
//! let snapshot = bowl.snapshot();
//! assert_eq!(snapshot.regime, Some("one step"));
//! assert_eq!(snapshot.runs[0].iterates, [[5.0], [0.0]]);
//! ```

#![cfg_attr(
    not(all(
        feature = "walks",
        feature = "maps",
        feature = "hill",
        feature = "labs",
        feature = "data"
    )),
    allow(
        dead_code,
        unused_imports,
        reason = "each module of the page uses a part of what all figures share"
    )
)]

mod account;
#[cfg(feature = "walks")]
mod bowl;
mod bulk;
#[cfg(feature = "labs")]
mod chain;
mod change;
mod controls;
mod curve;
mod declare;
mod digits;
mod draw;
mod exhibit;
mod field;
mod figure;
#[cfg(feature = "data")]
mod fit;
#[cfg(feature = "hill")]
mod hill;
#[cfg(feature = "labs")]
mod lab;
mod labels;
mod line;
mod loss_chart;
mod map;
mod median;
mod newton;
mod panes;
mod picture;
#[cfg(feature = "walks")]
mod plane;
mod player;
mod prediction;
#[cfg(feature = "maps")]
mod race;
#[cfg(feature = "walks")]
mod ravine;
mod regime;
#[cfg(feature = "walks")]
mod scrubber;
mod snapshot;
#[cfg(feature = "maps")]
mod starts;
mod update_rule;
mod voice;
mod words;

pub use change::{Changes, Event, Input, Named};
pub use declare::{
    Band, Cell, Choice, Control, Declaration, Group, Keys, Pair, Pane, Readout, Scale, Slider,
    Span, Table, TrackMark,
};
pub use digits::Digits;
pub use draw::{
    Align, Anchor, Bead, FONT, Ground, Height, Layers, Mark, Mesh, Op, Palette, Raster, Rgb, Role,
    SUBPIXEL, Scene, Shape, Solid, Theme, Tint, to_svg,
};
pub use field::{Field, Place, Problem, Slot, Value, is_landscape, nearest};
pub use figure::Figure;
pub use panes::Panes;
pub use picture::{Picture, picture};
pub use snapshot::{Run, Snapshot};
pub use voice::Voice;
pub use words::Words;

use exhibit::Exhibit;

/// A figure with its default spec, by name.
///
/// # Errors
/// If no figure has the name, with a sentence that lists those there are.
pub fn figure(name: &str, voice: Voice) -> Result<Figure, String> {
    let exhibit: Box<dyn Exhibit> = match name {
        #[cfg(feature = "hill")]
        "hill" => Box::new(hill::Hill::default()),
        #[cfg(feature = "walks")]
        "bowl" => Box::new(bowl::Bowl::default()),
        #[cfg(feature = "walks")]
        "scrubber" => Box::new(scrubber::Scrubber::default()),
        #[cfg(feature = "labs")]
        "lab" => Box::new(lab::Lab::default()),
        #[cfg(feature = "walks")]
        "plane" => Box::new(plane::Plane::default()),
        #[cfg(feature = "walks")]
        "ravine" => Box::new(ravine::Ravine::default()),
        #[cfg(feature = "data")]
        "fit" => Box::new(fit::Fit::default()),
        #[cfg(feature = "maps")]
        "starts" => Box::new(starts::Starts::default()),
        #[cfg(feature = "maps")]
        "race" => Box::new(race::Race::default()),
        #[cfg(feature = "labs")]
        "chain" => Box::new(chain::Chain::default()),
        _ => {
            let quote: String = name.chars().take(40).collect();
            let names = NAMES.join(", ");
            return Err(voice.say("problem-figure", &[("name", &*quote), ("names", &*names)]));
        }
    };
    Ok(Figure::new(exhibit, voice))
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
