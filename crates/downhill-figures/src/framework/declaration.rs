//! The declaration of a figure: panes, controls, readouts and table, as plain data that one element
//! class renders.

use serde::{Serialize, Serializer};

use crate::draw::ColorRole;
use crate::text::locale::Locale;
use crate::text::numbers::to_decimals;

/// Everything rendered around a figure's drawings.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Declaration {
    /// The figure's name, as in its element's name.
    pub figure: &'static str,
    /// The accessible name of the whole figure.
    pub name: String,
    /// The panes, in reading order.
    pub panes: Vec<Pane>,
    /// The controls, in tab order.
    pub controls: Vec<Control>,
    /// The table of iterations, for a figure that has one.
    pub table: Option<Table>,
    /// What stays in sight beside the panes: ids of controls and readouts, and possibly `table`.
    pub first: Vec<&'static str>,
    /// Messages that the element itself needs, by key.
    #[serde(serialize_with = "as_object")]
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub words: Vec<(&'static str, String)>,
}

/// Serializes pairs as one JSON object.
pub(crate) fn as_object<S: Serializer, V: Serialize>(
    pairs: &[(&'static str, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

/// The fraction of a wide figure's width that a pane takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// The whole width.
    Full,
    /// Half the width, beside another pane.
    Half,
    /// Half the width of a figure of any width.
    Column,
}

/// The effect of keys and taps on a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Keys {
    /// They place something: arrow keys move a cross-hair, Enter drops or marks.
    Place,
    /// They move along the iterations.
    Scrub,
}

/// One drawing.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Pane {
    /// A stable name.
    pub id: &'static str,
    /// The accessible name.
    pub label: String,
    /// The visible caption.
    pub caption: String,
    /// Height divided by width.
    pub aspect: f64,
    /// The fraction of a wide figure's width.
    pub span: Span,
    /// The effect of keys and taps.
    pub keys: Keys,
    /// The same in words.
    pub help: String,
    /// Whether the pane receives drags.
    pub drags: bool,
    /// Whether there is a raster below the drawing.
    pub raster: bool,
    /// Whether the pane shows a landscape that can be drawn as a lit solid.
    pub relief: bool,
}

impl Pane {
    /// A drawing where keys place something, with the keys of its label, caption and help. It neither takes drags nor
    /// has a raster or a solid.
    pub(crate) fn new(
        id: &'static str,
        [label, caption, help]: [&str; 3],
        (aspect, span): (f64, Span),
        locale: &Locale,
    ) -> Self {
        Self {
            id,
            label: locale.get(label),
            caption: locale.get(caption),
            aspect,
            span,
            keys: Keys::Place,
            help: locale.get(help),
            drags: false,
            raster: false,
            relief: false,
        }
    }
}

/// The group of a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Directly below the drawings: play, step, reset, the iteration.
    Transport,
    /// Which runs take part.
    Runners,
    /// The settings of the run.
    Settings,
    /// How it is displayed.
    View,
    /// Links, embed code and exports.
    Share,
}

/// A band on a slider's track.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Band {
    /// Its start, from 0 to 1 along the track.
    pub from: f64,
    /// Its end.
    pub to: f64,
    /// Its colour.
    pub role: ColorRole,
    /// Its name.
    pub label: String,
}

/// A mark beside a slider's track.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TrackMark {
    /// Its position, from 0 to 1 along the track.
    pub at: f64,
    /// Its text.
    pub label: String,
}

/// A slider in its own units, which a logarithmic scale maps to the field's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Slider {
    /// The position at the left end.
    pub min: f64,
    /// The position at the right end.
    pub max: f64,
    /// The distance between two positions.
    pub step: f64,
    /// The current position.
    pub value: f64,
}

/// The meaning of a slider's positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The values themselves.
    Linear,
    /// Hundredths of a decade above 1.
    Logarithmic,
}

impl Scale {
    /// The value at a position; on a logarithmic slider rounded to three digits.
    #[must_use]
    pub fn value(self, position: f64) -> f64 {
        match self {
            Self::Linear => position,
            Self::Logarithmic => {
                let value = libm::pow(10.0, position / 100.0);
                to_decimals(value, 2.0 - f64::floor(libm::log10(value)))
            }
        }
    }

    /// The position of a value.
    #[must_use]
    pub fn position(self, value: f64) -> f64 {
        match self {
            Self::Linear => value,
            Self::Logarithmic => libm::log10(value) * 100.0,
        }
    }
}

/// One option of a choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Choice {
    /// The value in the spec.
    pub value: &'static str,
    /// The label.
    pub label: String,
}

/// A control; its name is that of the field it sets or the action it performs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Control {
    /// A slider with a number field beside it.
    Range {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The slider.
        slider: Slider,
        /// The meaning of the slider's positions.
        #[serde(skip)]
        scale: Scale,
        /// The value as read by assistive technology.
        value_text: String,
        /// The value as shown in the number field.
        number_text: String,
        /// Bands on the track.
        bands: Vec<Band>,
        /// Marks beside the track.
        marks: Vec<TrackMark>,
        /// Its group.
        group: Group,
        /// Other meanings of its name, shown while the control is in use; may be empty.
        help: String,
    },
    /// A number field alone.
    Number {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The value.
        number_text: String,
        /// Its group.
        group: Group,
        /// Other meanings of its name, shown while the control is in use; may be empty.
        help: String,
    },
    /// A text field.
    Text {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The text.
        value: String,
        /// How it was read, where that may surprise; may be empty.
        hint: String,
        /// Its group.
        group: Group,
    },
    /// A text field for a loss, with the parsed formula shown beside it.
    Formula {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The text.
        value: String,
        /// Its group.
        group: Group,
    },
    /// A multi-line text field, entered with the button beside it.
    Lines {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The text.
        value: String,
        /// The hint below it.
        hint: String,
        /// The label of the button.
        apply: String,
        /// Its group.
        group: Group,
    },
    /// A choice of one of several values.
    Choice {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The selected value.
        value: &'static str,
        /// The options.
        options: Vec<Choice>,
        /// Its group.
        group: Group,
    },
    /// A drop-down list.
    Menu {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The selected value; empty for one of the reader's own.
        value: String,
        /// The options.
        options: Vec<Choice>,
        /// Its group.
        group: Group,
    },
    /// A toggle button.
    Toggle {
        /// The control's name.
        id: &'static str,
        /// The action it performs.
        action: &'static str,
        /// Its label.
        label: String,
        /// Whether it is pressed.
        pressed: bool,
        /// Its group.
        group: Group,
    },
    /// A toggle button that shows or hides a run of this colour.
    Runner {
        /// The control's name.
        id: &'static str,
        /// The action it performs.
        action: &'static str,
        /// Its label.
        label: String,
        /// Whether it is pressed.
        pressed: bool,
        /// The colour of the run.
        role: ColorRole,
        /// Its group.
        group: Group,
    },
    /// A button.
    Action {
        /// The control's name.
        id: &'static str,
        /// The action it performs.
        action: &'static str,
        /// Its label.
        label: String,
        /// Whether it is disabled.
        disabled: bool,
        /// Whether it is the primary button.
        primary: bool,
        /// Its group.
        group: Group,
    },
}

/// A label with a value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Pair {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
    /// The colour of its meaning.
    pub role: ColorRole,
}

/// One cell of a calculation laid out in columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The colour's role.
    pub role: ColorRole,
}

/// A readout in words or numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Readout {
    /// A sentence.
    Line {
        /// A stable name.
        id: &'static str,
        /// The name of its shadow part.
        part: &'static str,
        /// The sentence.
        text: String,
        /// The colour of its meaning.
        role: ColorRole,
    },
    /// Labels with values.
    Pairs {
        /// A stable name.
        id: &'static str,
        /// The name of its shadow part.
        part: &'static str,
        /// The pairs.
        pairs: Vec<Pair>,
    },
    /// A calculation laid out in columns: term, sign, integer part, decimals, note.
    Rule {
        /// A stable name.
        id: &'static str,
        /// The name of its shadow part.
        part: &'static str,
        /// The calculation in words, for screen readers.
        label: String,
        /// The formula above the columns.
        head: String,
        /// The rows.
        rows: Vec<[Cell; 5]>,
    },
}

/// A table with one row per iteration.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Table {
    /// The caption.
    pub caption: String,
    /// The headings.
    pub columns: Vec<String>,
    /// The number of rows.
    pub rows: u32,
    /// The row of the current iteration, or the selected row.
    pub k: u32,
    /// The colours of the rows, if each has its own.
    pub roles: Vec<ColorRole>,
}
