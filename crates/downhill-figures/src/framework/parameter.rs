//! The parameters of a figure for its users: documentation and types are generated from them.

use crate::framework::declaration::Control;
use crate::framework::field::{Field, Slot};
use crate::framework::figure::Figure;
use crate::text::locale::Locale;

/// One parameter of a figure: attribute, property, part of an address and flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The name, in kebab-case.
    pub name: &'static str,
    /// What it is, in a few words.
    pub about: String,
    /// The default as text; of the iteration shown, the first or the last one.
    pub default: String,
    /// What is allowed, in words; empty for any text.
    pub allowed: String,
    /// The type of its values.
    pub kind: ParameterKind,
}

/// What parameters are that have no control, or whose control says too little.
const ABOUT: [(&str, &str); 40] = [
    ("theme", "Colours"),
    ("lang", "Language and notation of numbers; otherwise those of the page"),
    ("hide", "What to leave out"),
    ("show", "What to bring out of “More”"),
    ("fit", "The most height in pixels; 0 for any"),
    ("autoplay", "Plays as soon as it is seen"),
    ("from-here", "A new α counts from the iteration shown on"),
    ("k", "The iteration shown"),
    ("loss", "The loss"),
    ("start", "Where runs start"),
    ("rule", "The update rule"),
    ("rules", "The update rules that take part"),
    ("fair", "How α is chosen for a comparison"),
    ("scale", "Scale of the losses"),
    ("basins", "Whether basins of attraction are shaded"),
    ("for", "The id of a ravine to set"),
    ("azimuth", "The direction from which the hill is seen, in degrees"),
    ("elevation", "The height from which it is seen, in degrees"),
    ("zoom", "How near it is"),
    ("blindfold", "Shows only the ground under the marble"),
    ("against", "A second batch size to compare with"),
    ("per", "What one iteration is"),
    ("points", "Points of one's own (fit), or how many there are (net)"),
    ("beta", "Momentum β"),
    ("plane", "The plane through the weights on which the hill is seen"),
    ("view", "What the third drawing shows"),
    ("kept", "Runs that were kept"),
    ("skip", "A connection past each layer"),
    ("norm", "Each layer normalized"),
    ("track", "Spacing of α on the slider"),
    ("batch", "Points to an update; 0 for all"),
    ("data", "The points"),
    (
        "safeguard",
        "Whether Newton’s method takes a gradient step where the Hessian does not lead downhill",
    ),
    (
        "noise",
        "Standard deviation of the noise: in the points (fit, net), on the gradient (starts)",
    ),
    ("other-alpha", "α of the run that is compared with the first"),
    ("other-beta", "β of the run that is compared with the first"),
    ("weight-decay", "Weight decay λ of AdamW"),
    ("momentum-decay", "Momentum decay ψ of Nadam"),
    ("runner", "The rule whose step is taken apart"),
    ("path", "The path of an optimizer of the reader’s own"),
];

/// What a parameter is, in a few words, if that is not the label of its control.
#[must_use]
pub fn about(name: &str) -> Option<&'static str> {
    ABOUT.iter().find(|(known, _)| *known == name).map(|(_, about)| *about)
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
    fn of(field: &Field<'_>, controls: &[Control], locale: &Locale) -> Self {
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
        let label = || controls.iter().find_map(|control| control.label_of(field.name));
        Self {
            name: field.name,
            about: about(field.name).or_else(label).unwrap_or_default().to_owned(),
            default: field.text(),
            allowed: field.allowed_in_general(locale),
            kind,
        }
    }
}

impl Figure {
    /// Every parameter, with the present value as its default.
    #[must_use]
    pub fn parameters(&mut self) -> Vec<Parameter> {
        let controls = self.declaration().controls;
        let locale = Locale::default();
        self.fields().iter().map(|field| Parameter::of(field, &controls, &locale)).collect()
    }
}

impl Control {
    /// Its label, if it sets this field.
    fn label_of(&self, name: &str) -> Option<&str> {
        let (field, label) = match self {
            Self::Range { field, label, .. }
            | Self::Number { field, label, .. }
            | Self::Text { field, label, .. }
            | Self::Formula { field, label, .. }
            | Self::Lines { field, label, .. }
            | Self::Choice { field, label, .. }
            | Self::Menu { field, label, .. } => (field, label),
            Self::Toggle { .. } | Self::Runner { .. } | Self::Action { .. } => return None,
        };
        (*field == name).then_some(label)
    }
}

#[cfg(test)]
mod tests {
    use super::ParameterKind;
    use crate::text::locale::Locale;
    use crate::{NAMES, figure};

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

    #[test]
    fn every_parameter_is_described() {
        for name in NAMES {
            let mut figure = figure(name, Locale::default()).expect("a figure");
            for parameter in figure.parameters() {
                assert_ne!(parameter.about, "", "{name}: {}", parameter.name);
                assert!(!parameter.allowed.contains('{'), "{name}: {}", parameter.allowed);
            }
        }
    }
}
