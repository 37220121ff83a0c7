//! The parameters of a figure for its users: documentation and types are generated from them.

use crate::framework::field::{Field, Slot};
use crate::framework::figure::Figure;
use crate::text::locale::Locale;

/// One parameter of a figure: attribute, property, part of an address and flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name, in kebab-case.
    pub name: &'static str,
    /// The default as text; of the iteration shown, the first or the last one.
    pub default: String,
    /// What is allowed, in words; empty for any text.
    pub allowed: String,
    /// The type of its values.
    pub kind: ParameterKind,
}

/// The type of a parameter's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A number.
    Number,
    /// A number, possibly with changes of it: `0.1,40:0.01`.
    Rate,
    /// A number or this word.
    NumberOr(&'static str),
    /// On or off.
    Toggle,
    /// One of these names.
    Choice(Vec<&'static str>),
    /// A point of this many coordinates.
    Point(usize),
    /// Several points of the plane.
    Points,
    /// Text in a notation of its own.
    Text,
}

impl Parameter {
    fn of(field: &Field<'_>, locale: &Locale) -> Self {
        let kind = match &field.slot {
            Slot::Number(..) | Slot::Count(..) => ParameterKind::Number,
            Slot::Rate(..) => ParameterKind::Rate,
            Slot::Own(_, _, word) => ParameterKind::NumberOr(word),
            Slot::Toggle(_) => ParameterKind::Toggle,
            Slot::Choice(choice) => ParameterKind::Choice(choice.names()),
            Slot::Point(at, _) | Slot::Parameters(at, _) => ParameterKind::Point(at.len()),
            Slot::Points(..) | Slot::Path(..) => ParameterKind::Points,
            Slot::Loss(_) | Slot::Names(..) | Slot::Written(_) | Slot::Text(_) | Slot::Notes(_) => {
                ParameterKind::Text
            }
        };
        Self { name: field.name, default: field.text(), allowed: field.allowed("", locale), kind }
    }
}

impl Figure {
    /// Every parameter, with the present value as its default.
    #[must_use]
    pub fn parameters(&mut self) -> Vec<Parameter> {
        let locale = Locale::default();
        self.fields().iter().map(|field| Parameter::of(field, &locale)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::ParameterKind;
    use crate::text::locale::Locale;

    #[test]
    fn parameters_say_what_they_take() {
        let mut ravine = crate::figure("ravine", Locale::default()).expect("a ravine");
        let parameters = ravine.parameters();
        let of = |name| parameters.iter().find(|one| one.name == name).expect("a parameter");
        assert_eq!((&*of("kappa").default, &of("kappa").kind), ("100", &ParameterKind::Number));
        assert_eq!(of("scale").kind, ParameterKind::Choice(vec!["log", "linear"]));
        assert_eq!((&*of("start").default, &of("start").kind), ("-4,1", &ParameterKind::Point(2)));
        assert_eq!(of("other-alpha").kind, ParameterKind::NumberOr("same"));
        assert!(of("beta").allowed.contains("0"), "{}", of("beta").allowed);
    }
}
