//! Text from the command line as numbers, points, losses and rules.

use clap::Args;
use downhill::{AnyLoss, Rule, RuleError};

use crate::refusal::Refusal;

/// A finite number.
pub(crate) fn finite(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        _ => Err("a finite number".to_owned()),
    }
}

/// A finite number that is not negative.
pub(crate) fn not_negative(text: &str) -> Result<f64, String> {
    match finite(text) {
        Ok(number) if number >= 0.0 => Ok(number),
        _ => Err("a finite number of at least 0".to_owned()),
    }
}

/// A number of steps that a descent may take.
pub(crate) fn steps(text: &str) -> Result<usize, String> {
    let most = downhill::Limit::MAX_STEPS;
    match text.trim().parse() {
        Ok(steps) if steps <= most => Ok(steps),
        _ => Err(format!("a whole number from 0 to {most}")),
    }
}

/// A point: its coordinates separated by commas.
pub(crate) fn point<const D: usize>(parameter: &str, text: &str) -> Result<[f64; D], Refusal> {
    let coordinates: Option<Vec<f64>> = text.split(',').map(|part| finite(part).ok()).collect();
    coordinates.and_then(|coordinates| coordinates.try_into().ok()).ok_or_else(|| {
        let allowed = match D {
            1 => "one finite number".to_owned(),
            _ => format!("{D} finite numbers separated by commas, such as -4,1"),
        };
        Refusal::new(parameter, text, allowed)
    })
}

/// A loss by name or formula.
pub(crate) fn loss(text: &str) -> Result<AnyLoss, Refusal> {
    AnyLoss::parse(text).map_err(|error| Refusal::new("--loss", text, error))
}

/// An update rule and its settings.
#[derive(Args)]
pub(crate) struct RuleFlags {
    /// Update rule: gd, momentum
    #[arg(long, default_value = "gd")]
    rule: String,
    /// Momentum β, from 0 up to but not including 1
    #[arg(long, alias = "momentum", value_parser = finite, allow_negative_numbers = true)]
    beta: Option<f64>,
}

impl RuleFlags {
    /// The rule with these settings.
    pub(crate) fn rule(&self) -> Result<Rule, Refusal> {
        let mut rule =
            Rule::parse(&self.rule).map_err(|error| Refusal::new("--rule", &self.rule, error))?;
        for (name, value) in [("beta", self.beta)] {
            let Some(value) = value else { continue };
            rule = rule.with(name, value).map_err(|error| match error {
                RuleError::UnknownSetting { .. } => {
                    Refusal::line(format!("--{name}: '{value}' is given, but it is {error}"))
                }
                _ => Refusal::new(&format!("--{name}"), value, error),
            })?;
        }
        Ok(rule)
    }
}
