//! Update rules as figures show them: colours, names, and comparison regardless of hyperparameters.

use std::mem::discriminant;

use downhill::Rule;

use crate::draw::ColorRole;

/// The colour of a rule's runs.
pub(crate) const fn role(rule: &Rule) -> ColorRole {
    match rule {
        Rule::GradientDescent => ColorRole::Vanilla,
        Rule::Momentum { .. } => ColorRole::Momentum,
        Rule::Nesterov { .. } => ColorRole::Nesterov,
        Rule::AdaGrad { .. } => ColorRole::AdaGrad,
        Rule::RmsProp { .. } => ColorRole::RmsProp,
        Rule::Adam { .. } => ColorRole::Adam,
        Rule::AdamW { .. } => ColorRole::AdamW,
        Rule::Nadam { .. } => ColorRole::Nadam,
        Rule::Adadelta { .. } => ColorRole::Adadelta,
        Rule::Adafactor { .. } => ColorRole::Adafactor,
        Rule::Newton { .. } => ColorRole::Newton,
        _ => ColorRole::Ink,
    }
}

/// Whether both are the same rule, possibly with different hyperparameters.
pub(crate) fn is_same(a: &Rule, b: &Rule) -> bool {
    discriminant(a) == discriminant(b)
}

/// The names of all rules, in the order of [`Rule::ALL`].
pub(crate) fn names() -> Vec<&'static str> {
    Rule::ALL.iter().map(Rule::name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_colour_of_its_own() {
        for (index, rule) in Rule::ALL.iter().enumerate() {
            assert_ne!(role(rule), ColorRole::Ink, "{}", rule.name());
            assert!(Rule::ALL[..index].iter().all(|other| role(other) != role(rule)));
        }
    }
}
