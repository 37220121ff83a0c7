//! The fields of a figure's spec: attributes, properties, URL parameters and flags alike.

mod allowed;
mod loss;
mod nearest;
mod plain;
mod read;
mod written;

use downhill::AlphaChanges;
use serde::{Serialize, Serializer};

use crate::framework::choice::ChoiceSlot;
use crate::framework::snapshot::OrNull;
use crate::text::locale::Locale;
pub use loss::LossSlot;

#[cfg(test)]
pub(crate) use nearest::ELSEWHERE;
pub use nearest::nearest;
pub use written::{Refusal, WrittenSlot};

/// One field of a spec, borrowed for reading and writing.
///
/// A figure lists its fields once; parsing, checking, defaults, the spec in events and the query of
/// a link all follow from that list.
pub struct Field<'a> {
    /// The name, in kebab-case.
    pub name: &'static str,
    /// Its value, with what is allowed.
    pub slot: Slot<'a>,
}

/// A value of a spec, with what is allowed.
pub enum Slot<'a> {
    /// A finite number between two bounds, inclusive.
    Number(&'a mut f64, (f64, f64)),
    /// A learning rate between two bounds, inclusive, and its changes: `0.1,40:0.01`.
    Rate(&'a mut f64, &'a mut AlphaChanges, (f64, f64)),
    /// An integer between two bounds, inclusive.
    Count(&'a mut u32, (u32, u32)),
    /// `on` or `off`; an attribute without a value is on.
    Toggle(&'a mut bool),
    /// One of a few named values.
    Choice(&'a mut dyn ChoiceSlot),
    /// Comma-separated coordinates, each within ±`largest`.
    Point(&'a mut [f64], f64),
    /// Like `Point`, with missing coordinates taken as 0.
    Parameters(&'a mut [f64], f64),
    /// A loss, by name or as a formula.
    Loss(&'a mut dyn LossSlot),
    /// Points of the plane, `x,y;x,y;…`: at least one, at most the given number, each coordinate
    /// within ±`largest`.
    Points(&'a mut Vec<[f64; 2]>, usize, f64),
    /// Like `Points`, and there may be none: a path that the reader's own program took. Part of the
    /// state, and of a link if there is room.
    Path(&'a mut Vec<[f64; 2]>, usize, f64),
    /// A non-empty subset of a list of words, as bits; a word may be in the list twice.
    Names(&'a mut u32, Vec<&'static str>),
    /// A finite number between two bounds, or a word for where it is not given: `own` or
    /// `same`.
    Own(&'a mut Option<f64>, (f64, f64), &'static str),
    /// A value in a notation of its own, such as a learning-rate schedule.
    Written(&'a mut dyn WrittenSlot),
    /// Free text, such as a list of names.
    Text(&'a mut String),
    /// Text that the figure writes to save what the reader made. Part of the state, and of a link if
    /// there is room.
    Notes(&'a mut String),
}

/// A value to be serialized as JSON.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(test, derive(ts_rs::TS), ts(untagged))]
pub enum Value {
    /// A number.
    Number(#[cfg_attr(test, ts(type = "number | null"))] f64),
    /// On or off.
    Toggle(bool),
    /// A word or a formula.
    Text(String),
    /// Coordinates.
    Point(#[cfg_attr(test, ts(type = "Array<number | null>"))] Vec<f64>),
    /// Several points.
    Points(Vec<[f64; 2]>),
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => OrNull(*value).serialize(serializer),
            Self::Toggle(on) => serializer.serialize_bool(*on),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Point(at) => serializer.collect_seq(at.iter().map(|x| OrNull(*x))),
            Self::Points(all) => serializer.collect_seq(all),
        }
    }
}

/// A position in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of characters before it.
    pub character: usize,
    /// The number of columns before it, in a monospaced font.
    pub column: usize,
}

/// The error for a text that was not taken as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name.
    pub parameter: String,
    /// What is wrong and what is allowed.
    pub refusal: String,
    /// The same, and which value stays in force.
    pub message: String,
    /// The position of the error in a formula.
    pub offset: Option<Place>,
}

impl Problem {
    /// Coordinates from a script that are not a point.
    pub(crate) fn not_a_point(locale: &Locale) -> Self {
        let message = locale.get("problem-point");
        Self { parameter: "start".to_owned(), refusal: message.clone(), message, offset: None }
    }
}

impl Problem {
    /// A start outside the view, which goes to its border.
    pub(crate) fn outside_view(got: &str, view: [[f64; 2]; 2], locale: &Locale) -> Self {
        let [x, y] = view.map(|side| side.map(|end| locale.full(end)));
        let values = [("got", got), ("x0", &*x[0]), ("x1", &*x[1]), ("y0", &*y[0]), ("y1", &*y[1])];
        let refusal = locale.format("problem-outside", &values);
        let message = format!("{refusal} {}", locale.get("problem-border"));
        Self { parameter: "start".to_owned(), refusal, message, offset: None }
    }
}

/// A problem as JavaScript sees it.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(rename = "Problem"))]
pub(crate) struct ProblemObject<'a> {
    parameter: &'a str,
    message: &'a str,
    /// How many characters of a formula stand before the mistake.
    offset: Option<usize>,
    /// How many columns they take where all characters are equally wide.
    column: Option<usize>,
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let object = ProblemObject {
            parameter: &self.parameter,
            message: &self.message,
            offset: self.offset.map(|place| place.character),
            column: self.offset.map(|place| place.column),
        };
        object.serialize(serializer)
    }
}

/// The text that selects each rule's own value.
pub(crate) const OWN: &str = "own";

/// The text that selects the value of the run that a second one is compared with.
pub(crate) const SAME: &str = "same";

impl Field<'_> {
    /// The value as text that [`read`](Self::read) accepts.
    #[must_use]
    pub fn text(&self) -> String {
        let number = |value: &f64| downhill::numbers::shortest(*value);
        match &self.slot {
            Slot::Number(value, _) => number(value),
            Slot::Rate(alpha, changes, _) => changes.text(**alpha),
            Slot::Count(value, _) => value.to_string(),
            Slot::Toggle(on) => if **on { "on" } else { "off" }.to_owned(),
            Slot::Choice(choice) => choice.chosen().to_owned(),
            Slot::Point(at, _) | Slot::Parameters(at, _) => {
                at.iter().map(number).collect::<Vec<_>>().join(",")
            }
            Slot::Loss(loss) => loss.text().to_owned(),
            Slot::Written(value) => value.text(),
            Slot::Points(points, ..) | Slot::Path(points, ..) => {
                let pair = |[x, y]: &[f64; 2]| format!("{},{}", number(x), number(y));
                points.iter().map(pair).collect::<Vec<_>>().join(";")
            }
            Slot::Names(chosen, names) => {
                let chosen = |i: &usize| **chosen >> i & 1 == 1;
                (0..names.len()).filter(chosen).map(|i| names[i]).collect::<Vec<_>>().join(",")
            }
            Slot::Own(value, _, word) => value.as_ref().map_or_else(|| (*word).to_owned(), number),
            Slot::Text(text) | Slot::Notes(text) => (*text).clone(),
        }
    }

    /// The value as shown to the reader.
    fn shown(&self, locale: &Locale) -> String {
        match &self.slot {
            Slot::Number(value, _) => locale.full(**value),
            Slot::Rate(alpha, changes, _) if changes.list().is_empty() => locale.full(**alpha),
            Slot::Own(Some(value), ..) => locale.full(*value),
            Slot::Point(at, _) | Slot::Parameters(at, _)
                if at.len() == 1 || locale.digits.has_comma() =>
            {
                locale.list(at)
            }
            Slot::Points(points, ..) | Slot::Path(points, ..) if locale.digits.has_comma() => {
                locale.points(points)
            }
            _ => self.text(),
        }
    }

    /// Whether the value is the reader's own data, which links and events leave out.
    pub(crate) fn is_private(&self) -> bool {
        match &self.slot {
            Slot::Notes(_) | Slot::Path(..) => true,
            Slot::Written(value) => value.is_private(),
            _ => false,
        }
    }

    /// The value for JSON.
    #[must_use]
    pub fn value(&self) -> Value {
        match &self.slot {
            Slot::Number(value, _) => Value::Number(**value),
            Slot::Rate(alpha, changes, _) if changes.list().is_empty() => Value::Number(**alpha),
            Slot::Count(value, _) => Value::Number(f64::from(**value)),
            Slot::Toggle(on) => Value::Toggle(**on),
            Slot::Own(Some(value), ..) => Value::Number(*value),
            Slot::Choice(_)
            | Slot::Loss(_)
            | Slot::Names(..)
            | Slot::Own(..)
            | Slot::Written(_)
            | Slot::Rate(..)
            | Slot::Notes(_)
            | Slot::Text(_) => Value::Text(self.text()),
            Slot::Points(points, ..) | Slot::Path(points, ..) => Value::Points(points.to_vec()),
            Slot::Point(at, _) | Slot::Parameters(at, _) if at.len() == 1 => Value::Number(at[0]),
            Slot::Point(at, _) | Slot::Parameters(at, _) => Value::Point(at.to_vec()),
        }
    }
}
