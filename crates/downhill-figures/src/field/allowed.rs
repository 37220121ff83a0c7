//! What a field allows, in words.

use downhill::{FormulaError, ScheduleError};

use super::{Field, Slot, loss};
use crate::voice::Voice;

impl Field<'_> {
    /// What is allowed here, in words.
    pub(super) fn allowed(&self, text: &str, voice: &Voice) -> String {
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

    /// What is wrong with a text as a formula, if it was to be one.
    pub(super) fn formula_error(&self, text: &str) -> Option<FormulaError> {
        match self.slot {
            Slot::Loss(_) => loss::curve(text).err().flatten(),
            Slot::Ground(_) => loss::ground(text).err().flatten(),
            _ => None,
        }
    }
}
