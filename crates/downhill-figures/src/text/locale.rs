//! A locale: messages and number formats of the reader's language.

use downhill::numbers::shortest;

use crate::text::messages::Words;
use crate::text::numbers::Digits;

/// Messages and number formats of one language.
#[derive(Clone, Debug)]
pub struct Locale {
    /// Messages by key.
    pub words: Words,
    /// Number formats.
    pub digits: Digits,
}

impl Default for Locale {
    /// English.
    fn default() -> Self {
        Self::new("en", ".", "")
    }
}

impl Locale {
    /// A language by its BCP 47 tag, with its number separators.
    #[must_use]
    pub fn new(language: &str, decimal: &str, group: &str) -> Self {
        let words = Words::of(language);
        let digits = Digits::new(decimal, group).with_none(words.get("no-value"));
        Self { words, digits }
    }

    /// English, with the messages of figures that have more than one parameter.
    #[cfg(test)]
    pub(crate) fn of_ground() -> Self {
        let mut locale = Self::default();
        locale.words.add(crate::text::messages::GROUND);
        locale
    }

    /// A message without placeholders.
    pub(crate) fn get(&self, key: &str) -> String {
        self.words.get(key).to_owned()
    }

    /// A message with its placeholders filled.
    pub(crate) fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.words.fill(key, values)
    }

    /// The shortest digits of a number, for text that the reader may type again.
    pub(crate) fn full(&self, value: f64) -> String {
        self.digits.exact(value)
    }

    /// A list of numbers, for text that the reader may type again.
    pub(crate) fn list(&self, numbers: &[f64]) -> String {
        self.row(numbers, if self.digits.has_comma() { "; " } else { ", " })
    }

    /// Points of the plane, for text that the reader may type again.
    pub(crate) fn points(&self, points: &[[f64; 2]]) -> String {
        // With a decimal comma, pairs are written as in German schools.
        let between = if self.digits.has_comma() { " | " } else { "," };
        points.iter().map(|at| self.row(at, between)).collect::<Vec<_>>().join("; ")
    }

    fn row(&self, numbers: &[f64], between: &str) -> String {
        let comma = self.digits.has_comma();
        let number = |&x: &f64| if comma { self.full(x) } else { shortest(x) };
        numbers.iter().map(number).collect::<Vec<_>>().join(between)
    }

    /// A point or gradient in parentheses; a phrase instead if a component is not finite.
    pub(crate) fn vector(&self, parts: &[f64]) -> String {
        if let Some(part) = parts.iter().find(|part| !part.is_finite()) {
            return self.short(*part);
        }
        let parts: Vec<String> = parts.iter().map(|part| self.short(*part)).collect();
        format!("({})", parts.join(", "))
    }

    /// Six significant digits, for a setting or a result that stands by itself. All digits are in
    /// the fields, in tables and in CSV.
    pub(crate) fn rounded(&self, value: f64) -> String {
        self.digits.significant(value, 6)
    }

    /// Three significant digits, for use in a sentence.
    pub(crate) fn short(&self, value: f64) -> String {
        self.digits.significant(value, 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vector_with_a_non_finite_part_becomes_a_phrase() {
        let locale = Locale::default();
        assert_eq!(locale.vector(&[1.0, -0.5]), "(1, −0.5)");
        assert_eq!(locale.vector(&[1.0, f64::NAN]), "no value here");
        assert_eq!(locale.vector(&[f64::INFINITY, 1.0]), "no value here");
    }
}
