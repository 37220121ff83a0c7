//! The inputs of a figure, and the changes they cause.

use serde::{Serialize, Serializer};

use crate::framework::declaration::as_object;
use crate::framework::field::{Problem, Value};
use crate::framework::pane_set::PaneSet;

/// An input from the reader, the page or the clock.
///
/// Positions are CSS pixels from the pane's upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub enum Input<'a> {
    /// Sets a field from an attribute, a property or a URL.
    Set(&'a str, &'a str),
    /// Sets a field from text typed by the reader, with the number separators of their language.
    Enter(&'a str, &'a str),
    /// Moves a field's slider to a position, in the slider's own units.
    Slide(&'a str, f64),
    /// Performs a declared action, by name.
    Act(&'a str),
    /// Advances by a number of iterations.
    Step(u32),
    /// Jumps to an iteration.
    Seek(u32),
    /// Sets the start.
    Drop(&'a [f64]),
    /// A pane was tapped or clicked.
    Tap(usize, f64, f64),
    /// The pointer was pressed on a pane.
    Press(usize, f64, f64),
    /// The pressed pointer moved over a pane.
    Drag(usize, f64, f64),
    /// The pressed pointer was released after it had moved.
    Release(usize),
    /// Magnifies a pane by a factor (wheel or pinch).
    Zoom(usize, f64),
    /// Selects a row of the table.
    Choose(u32),
    /// The pointer is over a pane.
    Hover(usize, f64, f64),
    /// The pointer or the focus left a pane.
    Leave(usize),
    /// A key was pressed on a pane, or on the table if there is no such pane.
    Key(usize, &'a str),
    /// Time has passed, in seconds.
    Tick(f64),
    /// Continues pending work for about this many descent steps.
    Work(usize),
    /// Sets a pane's width and height.
    Resize(usize, f64, f64),
}

impl Input<'_> {
    /// Whether this input may come between the two clicks of a double click.
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

/// An event for the host page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Event {
    /// The event's name.
    pub name: &'static str,
    /// Its detail.
    #[serde(serialize_with = "as_object")]
    #[cfg_attr(test, ts(type = "Record<string, Value>"))]
    pub detail: Vec<(&'static str, Value)>,
}

/// What an input changed. Drawing is left to the caller.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[must_use]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is one thing that may have to be done again"
)]
pub struct Changes {
    /// The key or pointer event was used and should have no other effect.
    pub handled: bool,
    /// Rasters changed.
    pub raster: bool,
    /// The panes whose static layers changed.
    pub static_layers: PaneSet,
    /// Overlays changed.
    pub overlay: bool,
    /// Readouts changed.
    pub readouts: bool,
    /// Controls have other values, bounds or labels.
    pub controls: bool,
    /// The table has other rows.
    pub table: bool,
    /// Animation frames are needed.
    pub running: bool,
    /// There is pending work: [`Input::Work`] is needed.
    pub working: bool,
    /// Events for the host page, in order.
    pub events: Vec<Event>,
    /// A message for the live region.
    pub announcement: Option<String>,
    /// Texts that were not taken as given.
    #[cfg_attr(test, ts(as = "Vec<super::field::ProblemObject<'static>>"))]
    pub problems: Vec<Problem>,
    /// Fields that were taken as given, whose error messages can be removed.
    pub cleared: Vec<String>,
}

impl Changes {
    /// Everything but the static layers: the current iterate changed.
    pub(crate) const fn mark_view(&mut self) {
        self.overlay = true;
        self.readouts = true;
        self.controls = true;
    }

    /// The run changed.
    pub(crate) fn mark_run(&mut self, still: PaneSet) {
        self.mark_view();
        self.table = true;
        self.raster = true;
        self.static_layers |= still;
    }
}

/// Serializes a list of named values as one object.
pub struct Named<'a>(pub &'a [(&'static str, Value)]);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        as_object(self.0, serializer)
    }
}
