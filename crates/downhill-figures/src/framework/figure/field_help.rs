//! Describes the fields of a figure to those who write them: what each is, what it may be, and what
//! it is otherwise.

use super::Figure;
use crate::framework::declaration::Control;

/// One field of a figure's spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldHelp {
    /// Its name, in kebab-case.
    pub name: &'static str,
    /// What it is.
    pub label: String,
    /// The values that it may have, in words; empty for free text.
    pub allowed: String,
    /// Its value where none is given; may be empty.
    pub default: String,
}

/// Fields without a control of their own, or whose control is not always there.
const LABELS: [(&str, &str); 27] = [
    ("autoplay", "Whether the run plays at once"),
    ("azimuth", "Direction from which the hill is seen, in degrees"),
    ("basins", "Whether the basins of attraction are shown"),
    ("blindfold", "Whether only the ground under the marble is visible"),
    ("elevation", "Height from which the hill is seen, in degrees"),
    ("fit", "Height that the figure may take in a page, in pixels"),
    ("for", "Id of the figure that this one is linked to"),
    ("from-here", "Whether a new α applies from this iteration on"),
    ("hide", "What is hidden of the figure"),
    ("kept", "Runs that were kept"),
    ("lang", "Language of the figure"),
    ("momentum-decay", "Momentum decay ψ of nadam"),
    ("noise", "Standard deviation of the noise"),
    ("norm", "Whether layers are normalized"),
    ("other-alpha", "α of the second run of a rule"),
    ("other-beta", "β of the second run of a rule"),
    ("path", "Path of an optimizer of your own"),
    ("rule", "Update rule"),
    ("rules", "Update rules that run"),
    ("runner", "Rule whose step is taken apart"),
    ("safeguard", "Newton’s safeguard"),
    ("show", "What is brought from under “More”"),
    ("skip", "Whether layers have skip connections"),
    ("start", "Where the runs start"),
    ("theme", "Colours"),
    ("weight-decay", "Weight decay λ of adamw"),
    ("zoom", "Magnification"),
];

impl Figure {
    /// What each field is, what it may be, and what it is otherwise.
    #[must_use]
    pub fn field_help(&mut self) -> Vec<FieldHelp> {
        let controls = self.declaration().controls;
        let locale = self.locale.clone();
        self.fields()
            .into_iter()
            .map(|field| {
                let named = controls.iter().find_map(|control| control.labels(field.name));
                let label = named.unwrap_or_else(|| {
                    let known = LABELS.iter().find(|(name, _)| *name == field.name);
                    known.map_or("", |(_, label)| *label)
                });
                FieldHelp {
                    name: field.name,
                    label: label.to_owned(),
                    allowed: field.allowed_in_general(&locale),
                    default: field.text(),
                }
            })
            .collect()
    }
}

impl Control {
    /// Its label, if it sets this field.
    fn labels(&self, name: &str) -> Option<&str> {
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
    use crate::{Locale, NAMES, figure};

    #[test]
    fn every_field_is_described() {
        for name in NAMES {
            let mut figure = figure(name, Locale::default()).expect("a figure");
            for help in figure.field_help() {
                assert!(!help.label.is_empty(), "{name}: {}", help.name);
                assert!(!help.allowed.contains('{'), "{name}: {}", help.allowed);
            }
        }
    }
}
