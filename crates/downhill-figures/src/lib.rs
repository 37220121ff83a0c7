//! The figures of the lesson as state, inputs, snapshots and drawings.
//!
//! A [`Figure`] takes [`Input`]s and returns the [`Changes`] they cause. Its output is data: a
//! [`Declaration`] of panes and controls, [`Readout`]s in words, a recorded [`Scene`] for each
//! static layer and [`OverlayShape`]s for what moves. The crate knows no document, clock or canvas,
//! so the same figure runs in a browser, on a command line and in a test.
//!
//! ```
//! use downhill_figures::{Input, Locale, figure};
//!
//! let mut bowl = figure("bowl", Locale::new("en", ".", "")).expect("the bowl");
//! let _ = bowl.start(&[("alpha", "0.5")]);
//! let changes = bowl.apply(&Input::Step(1));
//! assert!(changes.running, "the marble rolls");
//! let snapshot = bowl.snapshot();
//! assert_eq!(snapshot.regime, Some("one step"));
//! assert_eq!(snapshot.runs[0].iterates, [[5.0], [0.0]]);
//! ```

mod descent;
mod draw;
mod figures;
mod framework;
mod panes;
mod quantile;
mod text;

pub use draw::{
    Align, Anchor, Bead, ColorRole, FONT, Height, Layers, Mesh, Op, OverlayShape, Palette, Raster,
    ReliefMode, Rgb, SUBPIXEL, Scene, Shape, Solid, Theme, Tint, to_svg,
};
pub use framework::choice::ChoiceSlot;
pub use framework::declaration::{
    Band, Cell, Choice, Control, Declaration, Group, Keys, Pair, Pane, Readout, Scale, Slider,
    Span, Table, TrackMark,
};
pub use framework::field::{
    Field, LossSlot, Place, Problem, Refusal, Slot, Value, WrittenSlot, nearest,
};
pub use framework::figure::Figure;
pub use framework::input::{Changes, Event, Input, Named};
pub use framework::pane_set::PaneSet;
pub use framework::paper_svg::{PaperImage, paper_svg};
pub use framework::parameter::{Parameter, ParameterKind, about};
pub use framework::snapshot::{Run, Snapshot};
pub use framework::static_svg::{StaticImage, static_svg};
pub use text::locale::Locale;
pub use text::messages::Words;
pub use text::numbers::{Digits, SUPERSCRIPTS, TIMES};

pub use figures::{NAMES, figure};
