//! Update rules as figures show them: colours, names, and what tells two runs of one rule apart.

use downhill::Rule;

use crate::draw::ColorRole;
use crate::text::locale::Locale;

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

/// The names of all rules in the order of [`Rule::ALL`], each twice.
pub(crate) fn names_twice() -> Vec<&'static str> {
    Rule::ALL.iter().flat_map(|rule| [rule.name(); 2]).collect()
}

/// The name of the second run of a rule.
pub(crate) const fn second_name(rule: &Rule) -> &'static str {
    match rule {
        Rule::GradientDescent => "gd:2",
        Rule::Momentum { .. } => "momentum:2",
        Rule::Nesterov { .. } => "nesterov:2",
        Rule::AdaGrad { .. } => "adagrad:2",
        Rule::RmsProp { .. } => "rmsprop:2",
        Rule::Adam { .. } => "adam:2",
        Rule::AdamW { .. } => "adamw:2",
        Rule::Nadam { .. } => "nadam:2",
        Rule::Adadelta { .. } => "adadelta:2",
        Rule::Adafactor { .. } => "adafactor:2",
        Rule::Newton { .. } => "newton:2",
        _ => "2",
    }
}

/// A rule's name with the values of these settings, which tell its runs apart: `Adam, α 0.001`.
pub(crate) fn told_apart(name: &str, settings: &[(&'static str, f64)], locale: &Locale) -> String {
    let mut text = name.to_owned();
    for (symbol, value) in settings {
        text.push_str(", ");
        text.push_str(symbol);
        // No line breaks between a symbol and its value.
        text.push('\u{a0}');
        text.push_str(&locale.rounded(*value));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_run_of_a_rule_has_its_name() {
        for rule in &Rule::ALL {
            assert_eq!(second_name(rule), rule.name().to_owned() + ":2");
        }
    }

    #[test]
    fn every_rule_has_a_colour_of_its_own() {
        for (index, rule) in Rule::ALL.iter().enumerate() {
            assert_ne!(role(rule), ColorRole::Ink, "{}", rule.name());
            assert!(Rule::ALL[..index].iter().all(|other| role(other) != role(rule)));
        }
    }
}
