//! Describes the values that a field allows.

use downhill::{AlphaChanges, FormulaError};

use super::read::has_changes;
use super::{Field, Slot};
use crate::text::locale::Locale;

impl Field<'_> {
    /// The allowed values, in words.
    pub(crate) fn allowed(&self, text: &str, locale: &Locale) -> String {
        let bounds = |key: &str, low: f64, high: f64| {
            locale.format(key, &[("low", &*locale.full(low)), ("high", &*locale.full(high))])
        };
        match &self.slot {
            Slot::Rate(..)
                if has_changes(text)
                    && let Err(error) = AlphaChanges::read(text) =>
            {
                error.allowed().to_owned()
            }
            Slot::Number(_, (low, high)) | Slot::Rate(_, _, (low, high)) => {
                bounds("allowed-number", *low, *high)
            }
            Slot::Count(_, (low, high)) => {
                bounds("allowed-count", f64::from(*low), f64::from(*high))
            }
            Slot::Toggle(_) => locale.get("allowed-toggle"),
            Slot::Choice(choice) => {
                locale.format("allowed-choice", &[("names", &*choice.names().join(", "))])
            }
            Slot::Point(at, largest) | Slot::Parameters(at, largest) if at.len() == 1 => {
                bounds("allowed-number", -largest, *largest)
            }
            Slot::Parameters(_, largest) => bounds("allowed-parameters", -largest, *largest),
            Slot::Point(_, largest) => bounds("allowed-point", -largest, *largest),
            Slot::Loss(loss) if loss.variables() == 1 => match self.formula_error(text) {
                Some(error) => locale.format("allowed-formula", &[("why", &*error.to_string())]),
                None => locale.get("allowed-curve"),
            },
            Slot::Loss(_) => {
                let why = self.formula_error(text).map(|error| error.to_string());
                locale.format("allowed-ground", &[("why", &*why.unwrap_or_default())])
            }
            Slot::Points(_, most, largest) | Slot::Path(_, most, largest) => {
                let (most, low) = (most.to_string(), locale.full(-largest));
                let values = [("most", &*most), ("low", &*low), ("high", &*locale.full(*largest))];
                locale.format("allowed-points", &values)
            }
            Slot::Names(_, names) => {
                let (mut once, all) = (names.clone(), names.len());
                once.dedup();
                let key = if once.len() < all { "allowed-names-twice" } else { "allowed-names" };
                locale.format(key, &[("names", &*once.join(", "))])
            }
            Slot::Own(_, (low, high), word) => {
                let (low, high) = (locale.full(*low), locale.full(*high));
                let values = [("low", &*low), ("high", &*high), ("word", *word)];
                locale.format("allowed-own", &values)
            }
            Slot::Written(value) => value.allowed(),
            Slot::Text(_) | Slot::Notes(_) => String::new(),
        }
    }

    /// The allowed values, in words, whatever was given.
    pub(crate) fn allowed_in_general(&self, locale: &Locale) -> String {
        match &self.slot {
            Slot::Loss(loss) => {
                let variables = if loss.variables() == 1 { "x" } else { "x and y" };
                format!("a landscape's name or a formula in {variables}")
            }
            _ => self.allowed("", locale),
        }
    }

    /// The error of a text as a formula, if it was meant to be one.
    pub(super) fn formula_error(&self, text: &str) -> Option<FormulaError> {
        match &self.slot {
            Slot::Loss(loss) => loss.error(text),
            _ => None,
        }
    }
}
