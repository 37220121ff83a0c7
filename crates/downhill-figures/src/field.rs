//! The fields of a figure's spec: attributes, properties, URL parameters and flags alike.

use std::sync::Arc;

use downhill::{Dataset, Expression, FormulaError, Schedule, ScheduleError, Surface};
use serde::{Serialize, Serializer};

use crate::voice::Voice;

/// One field of a spec, open for reading and writing.
///
/// A figure lists its fields once; parsing, checking, defaults, the spec in events and the query
/// of a link all follow from that list.
#[derive(Debug)]
pub struct Field<'a> {
    /// The name, in kebab-case.
    pub name: &'static str,
    /// Where the value stands, with what is allowed there.
    pub slot: Slot<'a>,
}

/// A value of a spec, with what is allowed.
#[derive(Debug)]
pub enum Slot<'a> {
    /// A finite number between two bounds, both allowed.
    Number(&'a mut f64, (f64, f64)),
    /// A whole number between two bounds, both allowed.
    Count(&'a mut u32, (u32, u32)),
    /// `on` or `off`; an attribute without value is on.
    Toggle(&'a mut bool),
    /// One of a list of words.
    Choice(&'a mut usize, &'static [&'static str]),
    /// Coordinates separated by commas, each between −`largest` and `largest`.
    Point(&'a mut [f64], f64),
    /// The same, where those left out are 0.
    Parameters(&'a mut [f64], f64),
    /// Points as CSV, each coordinate between −`largest` and `largest`. State, but not part of a link.
    Data(&'a mut Option<Dataset>, f64),
    /// A loss of one variable, by name or as a formula.
    Loss(&'a mut Surface<1>),
    /// A loss of two variables, by name or as a formula.
    Ground(&'a mut Surface<2>),
    /// Points of the plane, `x,y;x,y;…`: at least one, at most so many, each coordinate between −`largest` and `largest`.
    Points(&'a mut Vec<[f64; 2]>, usize, f64),
    /// Some of a list of words, as bits: at least one.
    Names(&'a mut u32, &'static [&'static str]),
    /// A finite number between two bounds, or `own`, where each that has it uses its own.
    Own(&'a mut Option<f64>, (f64, f64)),
    /// How the learning rate changes on the way, by its name and numbers.
    Schedule(&'a mut String),
    /// Free text, such as a list of names.
    Text(&'a mut String),
    /// What the figure itself writes down of what the reader made. State, but not part of a link.
    Notes(&'a mut String),
}

/// A value as it goes into JSON.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// On or off.
    Toggle(bool),
    /// A word, a formula.
    Text(String),
    /// Coordinates.
    Point(Vec<f64>),
    /// Several points.
    Points(Vec<[f64; 2]>),
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Toggle(on) => serializer.serialize_bool(*on),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Point(at) => serializer.collect_seq(at),
            Self::Points(all) => serializer.collect_seq(all),
        }
    }
}

/// Why a text was not taken as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name.
    pub parameter: String,
    /// What is wrong and what is allowed.
    pub refusal: String,
    /// The same, and which value the figure goes on with.
    pub message: String,
    /// Where a formula stops making sense, in characters from its beginning.
    pub offset: Option<usize>,
}

impl Problem {
    /// Coordinates from a script that are no place.
    pub(crate) fn not_a_point(voice: &Voice) -> Self {
        let message = voice.get("problem-point");
        Self { parameter: "start".to_owned(), refusal: message.clone(), message, offset: None }
    }
}

impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("Problem", 3)?;
        object.serialize_field("parameter", &self.parameter)?;
        object.serialize_field("message", &self.message)?;
        object.serialize_field("offset", &self.offset)?;
        object.end()
    }
}

/// What stands where each rule has its own value.
pub(crate) const OWN: &str = "own";

/// The longest text that a sentence repeats.
const LONGEST_QUOTE: usize = 40;

/// Where a text did not fit: either nothing of it could be used, or a bound was taken in its place.
enum Misfit {
    Malformed,
    Bounded,
}

impl Field<'_> {
    /// Takes a text as the field's value: exactly, at the nearest bound, or not at all.
    ///
    /// # Errors
    /// A [`Problem`] if the text was not taken as it stands. A number out of range was then taken at
    /// the nearest bound; for anything else the former value stays.
    pub fn read(&mut self, text: &str, voice: &Voice) -> Result<(), Problem> {
        if let Slot::Data(points, largest) = &mut self.slot {
            let read = dataset(text, *largest, voice);
            return read.map(|read| **points = read).map_err(|why| {
                let refusal = voice.say("problem-data", &[("name", self.name), ("why", &*why)]);
                let message = format!("{refusal} {}", voice.get("problem-data-kept"));
                Problem { parameter: self.name.to_owned(), refusal, message, offset: None }
            });
        }
        let misfit = match self.take(text, voice) {
            Ok(()) => return Ok(()),
            Err(misfit) => misfit,
        };
        let shown = self.shown(voice);
        let mut quote: String = text.chars().take(LONGEST_QUOTE).collect();
        if quote.len() < text.len() {
            quote.push('…');
        }
        let values = [
            ("name", self.name),
            ("got", &*quote),
            ("allowed", &*self.allowed(text, voice)),
            ("kept", &*shown),
        ];
        let end = match misfit {
            Misfit::Malformed => "problem-kept",
            Misfit::Bounded => "problem-bounded",
        };
        let refusal = voice.say("problem-field", &values);
        let message = format!("{refusal} {}", voice.say(end, &values));
        let offset = self.formula_error(text).map(|error| error.offset());
        Err(Problem { parameter: self.name.to_owned(), refusal, message, offset })
    }

    fn take(&mut self, text: &str, voice: &Voice) -> Result<(), Misfit> {
        let number = |text: &str| voice.digits.read(text).ok_or(Misfit::Malformed);
        match &mut self.slot {
            Slot::Number(value, (low, high)) => {
                let (bounded, fits) = nearest(number(text)?, *low, *high);
                **value = bounded;
                fits
            }
            Slot::Count(value, (low, high)) => {
                let wanted = number(text)?;
                if libm::trunc(wanted) != wanted {
                    return Err(Misfit::Malformed);
                }
                let (bounded, fits) = nearest(wanted, f64::from(*low), f64::from(*high));
                **value = bounded as u32;
                fits
            }
            Slot::Toggle(on) => {
                **on = match text {
                    "" | "on" | "true" | "1" => true,
                    "off" | "false" | "0" => false,
                    _ => return Err(Misfit::Malformed),
                };
                Ok(())
            }
            Slot::Choice(index, names) => {
                // In an address a plus means a space.
                let same = |name: &&str| *name == text.trim() || name.replace('+', " ") == text;
                let found = names.iter().position(same);
                **index = found.ok_or(Misfit::Malformed)?;
                Ok(())
            }
            Slot::Point(at, largest) => {
                let parts: Vec<&str> = text.split([',', ';']).collect();
                // In one dimension a comma may be the language's own separator.
                let parts = if at.len() == 1 { vec![text] } else { parts };
                if parts.len() != at.len() {
                    return Err(Misfit::Malformed);
                }
                let wanted = parts.into_iter().map(number).collect::<Result<Vec<_>, _>>()?;
                let mut all = Ok(());
                for (slot, wanted) in at.iter_mut().zip(wanted) {
                    let (bounded, fits) = nearest(wanted, -*largest, *largest);
                    *slot = bounded;
                    all = all.and(fits);
                }
                all
            }
            Slot::Parameters(at, largest) => {
                let given = if at.len() == 1 { 1 } else { text.split([',', ';']).count() };
                let Some(first) = at.get_mut(..given) else { return Err(Misfit::Malformed) };
                let mut field = Field { name: self.name, slot: Slot::Point(first, *largest) };
                let read = field.take(text, voice);
                if !matches!(read, Err(Misfit::Malformed)) {
                    at[given..].fill(0.0);
                }
                read
            }
            Slot::Data(..) => Err(Misfit::Malformed),
            Slot::Loss(chosen) => {
                **chosen = curve(text).map_err(|_| Misfit::Malformed)?;
                Ok(())
            }
            Slot::Ground(chosen) => {
                **chosen = ground(text).map_err(|_| Misfit::Malformed)?;
                Ok(())
            }
            Slot::Points(points, most, largest) => {
                let mut wanted = Vec::new();
                let mut all = Ok(());
                for pair in text.split(';').filter(|pair| !pair.trim().is_empty()) {
                    let (x, y) = pair.split_once(',').ok_or(Misfit::Malformed)?;
                    let (x, x_fits) = nearest(number(x)?, -*largest, *largest);
                    let (y, y_fits) = nearest(number(y)?, -*largest, *largest);
                    all = all.and(x_fits).and(y_fits);
                    wanted.push([x, y]);
                }
                if wanted.is_empty() || wanted.len() > *most {
                    return Err(Misfit::Malformed);
                }
                **points = wanted;
                all
            }
            Slot::Names(chosen, names) => {
                let mut wanted = 0;
                for name in text.split(',') {
                    let found = names.iter().position(|known| *known == name.trim());
                    wanted |= 1 << found.ok_or(Misfit::Malformed)?;
                }
                **chosen = wanted;
                Ok(())
            }
            Slot::Own(value, _) if text.trim() == OWN => {
                **value = None;
                Ok(())
            }
            Slot::Own(value, (low, high)) => {
                let (bounded, fits) = nearest(number(text)?, *low, *high);
                **value = Some(bounded);
                fits
            }
            Slot::Schedule(value) => {
                // Which numbers are allowed does not depend on how many steps there are.
                Schedule::parse(text, 1).map_err(|_| Misfit::Malformed)?;
                text.trim().clone_into(value);
                Ok(())
            }
            Slot::Text(value) => {
                value.clear();
                value.extend(text.chars().take(200));
                Ok(())
            }
            Slot::Notes(value) => {
                text.clone_into(value);
                Ok(())
            }
        }
    }

    /// What is wrong with a text as a formula, if it was to be one.
    fn formula_error(&self, text: &str) -> Option<FormulaError> {
        match self.slot {
            Slot::Loss(_) => curve(text).err().flatten(),
            Slot::Ground(_) => ground(text).err(),
            _ => None,
        }
    }

    /// What is allowed here, in words.
    fn allowed(&self, text: &str, voice: &Voice) -> String {
        let bounds = |key: &str, low: f64, high: f64| {
            voice.say(key, &[("low", &*voice.exact(low)), ("high", &*voice.exact(high))])
        };
        match &self.slot {
            Slot::Number(_, (low, high)) => bounds("allowed-number", *low, *high),
            Slot::Count(_, (low, high)) => {
                bounds("allowed-count", f64::from(*low), f64::from(*high))
            }
            Slot::Toggle(_) => voice.get("allowed-toggle"),
            Slot::Choice(_, names) => voice.say("allowed-choice", &[("names", &*names.join(", "))]),
            Slot::Point(at, largest) | Slot::Parameters(at, largest) if at.len() == 1 => {
                bounds("allowed-number", -largest, *largest)
            }
            Slot::Parameters(_, largest) => bounds("allowed-parameters", -largest, *largest),
            Slot::Data(..) => String::new(),
            Slot::Point(_, largest) => bounds("allowed-point", -largest, *largest),
            Slot::Loss(_) => match self.formula_error(text) {
                Some(error) => voice.say("allowed-formula", &[("why", &*error.to_string())]),
                None => voice.get("allowed-curve"),
            },
            Slot::Ground(_) => {
                let why = self.formula_error(text).map(|error| error.to_string());
                voice.say("allowed-ground", &[("why", &*why.unwrap_or_default())])
            }
            Slot::Points(_, most, largest) => {
                let (most, low) = (most.to_string(), voice.exact(-largest));
                let values = [("most", &*most), ("low", &*low), ("high", &*voice.exact(*largest))];
                voice.say("allowed-points", &values)
            }
            Slot::Names(_, names) => voice.say("allowed-names", &[("names", &*names.join(", "))]),
            Slot::Own(_, (low, high)) => bounds("allowed-own", *low, *high),
            Slot::Schedule(_) => ScheduleError.to_string(),
            Slot::Text(_) | Slot::Notes(_) => String::new(),
        }
    }

    /// The value as text that [`read`](Self::read) takes again.
    #[must_use]
    pub fn text(&self) -> String {
        let number = |value: &f64| downhill::number::shortest(*value);
        match &self.slot {
            Slot::Number(value, _) => number(value),
            Slot::Count(value, _) => value.to_string(),
            Slot::Toggle(on) => if **on { "on" } else { "off" }.to_owned(),
            Slot::Choice(index, names) => names[**index].to_owned(),
            Slot::Point(at, _) | Slot::Parameters(at, _) => {
                at.iter().map(number).collect::<Vec<_>>().join(",")
            }
            Slot::Data(points, _) => points.as_ref().map(Dataset::to_csv).unwrap_or_default(),
            Slot::Loss(loss) => loss.text().to_owned(),
            Slot::Ground(loss) => loss.text().to_owned(),
            Slot::Points(points, ..) => {
                let pair = |[x, y]: &[f64; 2]| format!("{},{}", number(x), number(y));
                points.iter().map(pair).collect::<Vec<_>>().join(";")
            }
            Slot::Names(chosen, names) => {
                let chosen = |i: &usize| **chosen >> i & 1 == 1;
                (0..names.len()).filter(chosen).map(|i| names[i]).collect::<Vec<_>>().join(",")
            }
            Slot::Own(value, _) => value.as_ref().map_or_else(|| OWN.to_owned(), number),
            Slot::Schedule(text) | Slot::Text(text) | Slot::Notes(text) => (*text).clone(),
        }
    }

    /// The value as a reader sees it.
    fn shown(&self, voice: &Voice) -> String {
        match &self.slot {
            Slot::Number(value, _) => voice.exact(**value),
            _ => self.text(),
        }
    }

    /// Whether the value is a reader's own data, which no link or event carries.
    pub(crate) const fn is_private(&self) -> bool {
        matches!(self.slot, Slot::Data(..) | Slot::Notes(_))
    }

    /// The value for JSON.
    #[must_use]
    pub fn value(&self) -> Value {
        match &self.slot {
            Slot::Number(value, _) => Value::Number(**value),
            Slot::Count(value, _) => Value::Number(f64::from(**value)),
            Slot::Toggle(on) => Value::Toggle(**on),
            Slot::Own(Some(value), _) => Value::Number(*value),
            Slot::Choice(..)
            | Slot::Loss(_)
            | Slot::Ground(_)
            | Slot::Names(..)
            | Slot::Own(..)
            | Slot::Schedule(_)
            | Slot::Data(..)
            | Slot::Notes(_)
            | Slot::Text(_) => Value::Text(self.text()),
            Slot::Points(points, ..) => Value::Points(points.to_vec()),
            Slot::Point(at, _) | Slot::Parameters(at, _) if at.len() == 1 => Value::Number(at[0]),
            Slot::Point(at, _) | Slot::Parameters(at, _) => Value::Point(at.to_vec()),
        }
    }
}

/// Points as CSV; otherwise what is wrong with them. No text is no points, and what a figure has of its own returns.
fn dataset(text: &str, largest: f64, voice: &Voice) -> Result<Option<Dataset>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let read = Dataset::from_csv(text).map_err(|error| error.to_string())?;
    let far = |point: &[f64; 2]| point.iter().any(|coordinate| coordinate.abs() > largest);
    match read.points().iter().position(far) {
        None => Ok(Some(read)),
        Some(index) => {
            let values =
                [("n", &*(index + 1).to_string()), ("largest", &*voice.digits.exact(largest))];
            Err(voice.say("problem-far", &values))
        }
    }
}

/// Whether any figure here has a loss of one variable: a module of the page without one leaves their landscapes out.
const CURVES: bool = cfg!(any(feature = "walks", feature = "labs"));

/// A loss of one variable; otherwise what is wrong with the formula, if it is one at all.
fn curve(text: &str) -> Result<Surface<1>, Option<FormulaError>> {
    let text = text.trim();
    if !CURVES {
        return Err(None);
    }
    if let Some(surface) = Surface::<1>::named(text) {
        return Ok(surface);
    }
    let expression = Expression::parse(text).map_err(Some)?;
    if expression.variables() > 1 {
        return Err(None);
    }
    Ok(Surface::new(text, Arc::new(expression)))
}

/// A loss in x and y; a formula may leave either out.
fn ground(text: &str) -> Result<Surface<2>, FormulaError> {
    let text = text.trim();
    if let Some(surface) = Surface::<2>::named(text) {
        return Ok(surface);
    }
    Ok(Surface::new(text, Arc::new(Expression::parse(text)?)))
}

/// A number at the nearest of two bounds, and whether it lay between them.
fn nearest(wanted: f64, low: f64, high: f64) -> (f64, Result<(), Misfit>) {
    if (low..=high).contains(&wanted) {
        // −0 is 0 to a reader.
        (wanted + 0.0, Ok(()))
    } else {
        (if wanted < low { low } else { high }, Err(Misfit::Bounded))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice() -> Voice {
        Voice::new("en", ".", "")
    }

    #[test]
    fn a_number_out_of_range_is_taken_at_the_nearest_bound() {
        let mut alpha = 0.1;
        let mut field = Field { name: "alpha", slot: Slot::Number(&mut alpha, (0.0, 10.0)) };
        let problem = field.read("-3", &voice()).expect_err("a negative learning rate");
        assert_eq!(problem.message, "alpha must be a number from 0 to 10, not “-3”. 0 is taken.");
        assert_eq!(alpha, 0.0);
    }

    #[test]
    fn what_is_malformed_leaves_the_last_good_value() {
        for text in ["fast", "NaN", "inf", "", "1e400", "0.1.2", "<b>"] {
            let mut alpha = 0.25;
            let mut field = Field { name: "alpha", slot: Slot::Number(&mut alpha, (0.0, 10.0)) };
            let problem = field.read(text, &voice()).expect_err("no number");
            assert!(problem.message.ends_with("0.25 stays."), "{}", problem.message);
            assert_eq!(
                problem.refusal,
                format!("alpha must be a number from 0 to 10, not “{text}”.")
            );
            assert_eq!(alpha, 0.25);
        }
    }

    #[test]
    fn points_have_as_many_coordinates_as_the_loss_has_variables() {
        let mut start = [-4.0, 1.0];
        let mut field = Field { name: "start", slot: Slot::Point(&mut start, 100.0) };
        assert!(field.read("1", &voice()).is_err());
        assert!(field.read("1,2,3", &voice()).is_err());
        assert!(field.read(" 1.5, -2 ", &voice()).is_ok());
        assert_eq!(start, [1.5, -2.0]);
    }

    #[test]
    fn a_long_text_is_quoted_in_part() {
        let mut on = false;
        let mut field = Field { name: "autoplay", slot: Slot::Toggle(&mut on) };
        let problem = field.read(&"y".repeat(500), &voice()).expect_err("no toggle");
        assert!(problem.message.len() < 200, "{}", problem.message);
    }
}
