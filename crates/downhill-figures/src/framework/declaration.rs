//! What a figure declares about itself: panes, controls, readouts and table, as plain data that one
//! element class renders.

use serde::{Serialize, Serializer};

use crate::draw::ColorRole;
use crate::text::numbers::to_decimals;

/// Everything that is rendered around a figure's drawings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Declaration {
    /// The figure's name, as in its element's name.
    pub figure: &'static str,
    /// The accessible name of the whole figure.
    pub name: String,
    /// The drawings, in reading order.
    pub panes: Vec<Pane>,
    /// The controls, in the order of the Tab key.
    pub controls: Vec<Control>,
    /// The table of iterations, for a figure that has one.
    pub table: Option<Table>,
    /// The words that the element itself needs, by key.
    #[serde(serialize_with = "as_object")]
    pub words: Vec<(&'static str, String)>,
}

/// Pairs as one JSON object.
pub(crate) fn as_object<S: Serializer, V: Serialize>(
    pairs: &[(&'static str, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(key, value)| (key, value)))
}

/// How much of a wide figure's width a pane takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// All of it.
    Full,
    /// One half, beside another.
    Half,
}

/// What keys and taps do on a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keys {
    /// They place something: arrows move a cross-hair, Enter drops or marks.
    Place,
    /// They move along the iterations.
    Scrub,
}

/// One drawing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pane {
    /// A name that stays the same.
    pub id: &'static str,
    /// The accessible name.
    pub label: String,
    /// The visible caption.
    pub caption: String,
    /// Height divided by width.
    pub aspect: f64,
    /// The share of a wide figure.
    pub span: Span,
    /// What keys and taps do.
    pub keys: Keys,
    /// The same in words.
    pub help: String,
    /// Whether a pressed pointer that moves is followed.
    pub drags: bool,
    /// Whether coloured cells lie below the drawing.
    pub raster: bool,
    /// Whether the pane shows ground that can be drawn as a lit solid.
    pub relief: bool,
}

/// Where a control stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Right under the drawings: play, step, reset, the iteration.
    Transport,
    /// Who takes part.
    Runners,
    /// What the run depends on.
    Settings,
    /// How it is shown.
    View,
    /// Taking it elsewhere.
    Share,
}

/// A band on a slider's track.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    /// Where it begins, 0 to 1 along the track.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Its colour.
    pub role: ColorRole,
    /// Its name.
    pub label: String,
}

/// A mark beside a slider's track.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TrackMark {
    /// Where it stands, 0 to 1 along the track.
    pub at: f64,
    /// Its words.
    pub label: String,
}

/// A slider in its own units, which a logarithmic one maps to the field's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Slider {
    /// The position at the left end.
    pub min: f64,
    /// The position at the right end.
    pub max: f64,
    /// The distance of two positions.
    pub step: f64,
    /// The present position.
    pub value: f64,
}

/// What a slider's positions stand for.
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
                to_decimals(value, 2.0 - libm::floor(libm::log10(value)))
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
pub struct Choice {
    /// The value in the spec.
    pub value: &'static str,
    /// The words.
    pub label: String,
}

/// One control, with the field it sets or the action it asks for as its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
        /// What the slider's positions stand for.
        #[serde(skip)]
        scale: Scale,
        /// The value as assistive technology reads it.
        value_text: String,
        /// The value as it stands in the number field.
        number_text: String,
        /// Bands on the track.
        bands: Vec<Band>,
        /// Marks beside it.
        marks: Vec<TrackMark>,
        /// Where it stands.
        group: Group,
        /// What else its name may mean, shown while the control is in use; empty where nothing is to be said.
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
        /// Where it stands.
        group: Group,
        /// What else its name may mean, shown while the control is in use; empty where nothing is to be said.
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
        /// Where it stands.
        group: Group,
    },
    /// A text field for a loss, beside which is shown what it is understood as.
    Formula {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The text.
        value: String,
        /// Where it stands.
        group: Group,
    },
    /// Several lines of text, taken when a button beside them is pressed.
    Lines {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The text.
        value: String,
        /// What stands below it.
        hint: String,
        /// The words on the button.
        apply: String,
        /// Where it stands.
        group: Group,
    },
    /// One of several words.
    Choice {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The chosen value.
        value: &'static str,
        /// What can be chosen.
        options: Vec<Choice>,
        /// Where it stands.
        group: Group,
    },
    /// One of a long list.
    Menu {
        /// The control's name.
        id: &'static str,
        /// The field it sets.
        field: &'static str,
        /// Its label.
        label: String,
        /// The chosen value; none of the options where the reader typed one.
        value: String,
        /// What can be chosen.
        options: Vec<Choice>,
        /// Where it stands.
        group: Group,
    },
    /// A button that stays pressed.
    Toggle {
        /// The control's name.
        id: &'static str,
        /// The action it asks for.
        action: &'static str,
        /// Its label.
        label: String,
        /// Whether it is pressed.
        pressed: bool,
        /// Where it stands.
        group: Group,
    },
    /// A button that stays pressed while a run of this colour is shown.
    Runner {
        /// The control's name.
        id: &'static str,
        /// The action it asks for.
        action: &'static str,
        /// Its label.
        label: String,
        /// Whether it is pressed.
        pressed: bool,
        /// The colour of the run.
        role: ColorRole,
        /// Where it stands.
        group: Group,
    },
    /// A button.
    Action {
        /// The control's name.
        id: &'static str,
        /// The action it asks for.
        action: &'static str,
        /// Its label.
        label: String,
        /// Whether it can be pressed.
        disabled: bool,
        /// Whether it is the one to press first.
        primary: bool,
        /// Where it stands.
        group: Group,
    },
}

/// A label with its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: String,
    /// The colour of its meaning.
    pub role: ColorRole,
}

/// One cell of a sum set out in columns.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cell {
    /// The text.
    pub text: String,
    /// The colour of its meaning.
    pub role: ColorRole,
}

/// Something a figure says in words or numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Readout {
    /// A sentence.
    Line {
        /// A name that stays the same.
        id: &'static str,
        /// The shadow part it is.
        part: &'static str,
        /// The sentence.
        text: String,
        /// The colour of its meaning.
        role: ColorRole,
    },
    /// Labels with values.
    Pairs {
        /// A name that stays the same.
        id: &'static str,
        /// The shadow part it is.
        part: &'static str,
        /// The pairs.
        pairs: Vec<Pair>,
    },
    /// A calculation set out in columns: term, sign, whole part, decimals, note.
    Rule {
        /// A name that stays the same.
        id: &'static str,
        /// The shadow part it is.
        part: &'static str,
        /// The calculation in words, for a screen reader.
        label: String,
        /// The formula above the columns.
        head: String,
        /// The rows.
        rows: Vec<[Cell; 5]>,
    },
}

/// A table with one row for each iteration.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// The headings.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u32,
    /// The row of the present iteration, or the chosen one.
    pub k: u32,
    /// The colours of the rows, where each has its own.
    pub roles: Vec<ColorRole>,
}
