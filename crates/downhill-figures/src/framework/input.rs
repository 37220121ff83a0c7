//! What happens to a figure, and what changed by it.

use serde::{Serialize, Serializer};

use crate::framework::declaration::as_object;
use crate::framework::field::{Problem, Value};
use crate::framework::pane_set::PaneSet;

/// Something a person, a page or the clock does to a figure.
///
/// Positions are CSS pixels of the pane, from its upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub enum Input<'a> {
    /// A field gets this text from an attribute, a property or an address.
    Set(&'a str, &'a str),
    /// A person typed this text into a field's control: the separators of their language count.
    Enter(&'a str, &'a str),
    /// A field's slider is moved to this position, in the slider's own units.
    Slide(&'a str, f64),
    /// A declared action is asked for by name.
    Act(&'a str),
    /// So many iterations on.
    Step(u32),
    /// To this iteration.
    Seek(u32),
    /// A new start at these coordinates.
    Drop(&'a [f64]),
    /// A pane is tapped or clicked.
    Tap(usize, f64, f64),
    /// The pointer is pressed on a pane.
    Press(usize, f64, f64),
    /// The pressed pointer moves over a pane.
    Drag(usize, f64, f64),
    /// The pressed pointer is let go of, after it has moved.
    Release(usize),
    /// The wheel or two fingers enlarge a pane by this factor.
    Zoom(usize, f64),
    /// A row of the table is chosen.
    Choose(u32),
    /// The pointer is over a pane.
    Hover(usize, f64, f64),
    /// The pointer or the focus leaves a pane.
    Leave(usize),
    /// A key is pressed on a pane, or on the table for a pane that does not exist.
    Key(usize, &'a str),
    /// So many seconds have passed.
    Tick(f64),
    /// There is time for about so many steps of a descent.
    Work(usize),
    /// A pane has this width and height.
    Resize(usize, f64, f64),
}

impl Input<'_> {
    /// Whether this is what the pointer and time do between the two clicks of a double click.
    pub(crate) const fn comes_between_clicks(&self) -> bool {
        matches!(
            self,
            Self::Press(..)
                | Self::Release(_)
                | Self::Hover(..)
                | Self::Leave(_)
                | Self::Tick(_)
                | Self::Work(_)
                | Self::Resize(..)
        )
    }
}

/// Something that the host page may want to know.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// The event's name.
    pub name: &'static str,
    /// Its detail.
    #[serde(serialize_with = "as_object")]
    pub detail: Vec<(&'static str, Value)>,
}

/// What an input changed. Drawing is left to whoever holds the canvas.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[must_use]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one thing that may have to be done again"
)]
pub struct Changes {
    /// The key or pointer was used and should do nothing else.
    pub handled: bool,
    /// Rasters look different.
    pub raster: bool,
    /// The panes whose still layers look different.
    pub static_layers: PaneSet,
    /// Moving layers look different.
    pub overlay: bool,
    /// Readouts say something else.
    pub readouts: bool,
    /// Controls have other values, bounds or words.
    pub controls: bool,
    /// The table has other rows.
    pub table: bool,
    /// Time has to pass: frames are wanted.
    pub running: bool,
    /// A computation waits to go on: [`Input::Work`] is wanted.
    pub working: bool,
    /// For the host page, in order.
    pub events: Vec<Event>,
    /// For the live region.
    pub announcement: Option<String>,
    /// What was not taken as it stands.
    pub problems: Vec<Problem>,
    /// Fields that were taken as they stand, so that an old complaint goes.
    pub cleared: Vec<String>,
}

impl Changes {
    /// Everything but the still layers: another iterate is present.
    pub(crate) const fn mark_view(&mut self) {
        self.overlay = true;
        self.readouts = true;
        self.controls = true;
    }

    /// Another run.
    pub(crate) fn mark_run(&mut self, still: PaneSet) {
        self.mark_view();
        self.table = true;
        self.raster = true;
        self.static_layers |= still;
    }
}

/// Serializes a list of named values, as a spec or a detail, into one object.
pub struct Named<'a>(pub &'a [(&'static str, Value)]);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_object(self.0, serializer)
    }
}
