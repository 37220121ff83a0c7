//! `downhill rules`: lists the update rules with their hyperparameters and defaults.

use clap::Args;
use downhill::{Hyperparameter, Rule, numbers::shortest};
use serde::Serialize;

use crate::output::{self, Align, Format, FormatFlag};
use crate::parameters::on_or_off;
use crate::refusal::Refusal;

/// List the update rules with their settings and defaults
#[derive(Args)]
#[command(after_help = "Example:
  downhill rules --format json")]
pub(crate) struct Rules {
    #[command(flatten)]
    print: FormatFlag,
}

#[derive(Serialize)]
struct RuleEntry {
    name: &'static str,
    title: &'static str,
    alpha: f64,
    settings: Vec<SettingEntry>,
    /// Conventions of this rule that differ between texts.
    conventions: Vec<&'static str>,
}

#[derive(Serialize)]
struct SettingEntry {
    name: &'static str,
    symbol: &'static str,
    default: Default,
}

/// A default value: a number or a switch.
#[derive(Serialize)]
#[serde(untagged)]
enum Default {
    Number(f64),
    Switch(bool),
}

/// A convention that differs from text to text.
struct Convention {
    rules: &'static [&'static str],
    says: &'static str,
}

const CONVENTIONS: [Convention; 5] = [
    Convention {
        rules: &["momentum", "nesterov"],
        says: "v ← βv + g adds up whole slopes; with averaging, v ← βv + (1 − β)g, the same walk takes α/(1 − β)",
    },
    Convention {
        rules: &["nesterov"],
        says: "the iterates are the look-ahead points, where the slope is felt; the ball itself is at w + αβv",
    },
    Convention {
        rules: &["adagrad", "rmsprop", "adam", "adamw", "nadam"],
        says: "ε stands outside the root, √s + ε; inside, √(s + ε), it acts as √ε once slopes have died down",
    },
    Convention {
        rules: &["adadelta", "adafactor"], says: "ε stands inside the root, √(s + ε)"
    },
    Convention {
        rules: &["adamw"],
        says: "weight decay takes αλw off, with the α of the schedule; where λ stands without α, its value is αλ",
    },
];

/// Where these rules differ from PyTorch's.
const OURS: [Convention; 2] = [
    Convention {
        rules: &["adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta", "adafactor"],
        says: "with ε = 0 a coordinate that has felt no slope stays where it is, where PyTorch has 0/0 (NaN)",
    },
    Convention {
        rules: &["newton"],
        says: "--safeguard on: where the Hessian H is not positive definite, w − t|H|⁻¹∇f with a t ≤ α that keeps the step \
               within 1 + ‖w‖ and the loss falling; off: w − αH⁻¹∇f everywhere, to saddles and maxima too, and no step where \
               H is singular or not finite",
    },
];

/// Applies to all rules, so it is printed separately.
const OF_FITS: &str =
    "the loss is the mean of the squares, not half of it: courses with ½ use twice our α";

fn conventions() -> String {
    let rows = |conventions: &[Convention]| -> String {
        let row = |c: &Convention| format!("{}: {}\n", c.rules.join(", "), c.says);
        conventions.iter().map(row).collect()
    };
    let (theirs, ours) = (rows(&CONVENTIONS), rows(&OURS));
    format!(
        "\nConventions, which are PyTorch’s:\n{theirs}downhill fit: {OF_FITS}\n\nOther than PyTorch’s:\n{ours}"
    )
}

impl From<&Hyperparameter> for SettingEntry {
    fn from(setting: &Hyperparameter) -> Self {
        Self {
            name: setting.name,
            symbol: setting.symbol,
            default: Default::Number(setting.default),
        }
    }
}

impl Rules {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        Ok(match self.print.format {
            Format::Table => output::columns(&overview(), Align::Left) + &conventions(),
            Format::Csv => output::csv(&one_setting_per_row()),
            Format::Json => {
                let entries: Vec<RuleEntry> = Rule::ALL
                    .iter()
                    .map(|rule| RuleEntry {
                        name: rule.name(),
                        title: rule.title(),
                        alpha: rule.usual_alpha(),
                        settings: entries(rule),
                        conventions: CONVENTIONS
                            .iter()
                            .chain(&OURS)
                            .filter(|convention| convention.rules.contains(&rule.name()))
                            .map(|convention| convention.says)
                            .collect(),
                    })
                    .collect();
                // Serializing numbers, strings and lists cannot fail.
                serde_json::to_string(&entries).unwrap_or_default() + "\n"
            }
        })
    }
}

fn entries(rule: &Rule) -> Vec<SettingEntry> {
    let switch = rule.safeguard().map(|on| SettingEntry {
        name: "safeguard",
        symbol: "",
        default: Default::Switch(on),
    });
    rule.hyperparameters().iter().map(SettingEntry::from).chain(switch).collect()
}

/// The hyperparameters with their defaults as text.
fn defaults(rule: &Rule) -> impl Iterator<Item = (&'static str, String)> {
    let switch = rule.safeguard().map(|on| ("safeguard", on_or_off(on).to_owned()));
    rule.hyperparameters()
        .iter()
        .map(|setting| (setting.name, shortest(setting.default)))
        .chain(switch)
}

fn overview() -> Vec<Vec<String>> {
    let head = ["rule", "name", "usual alpha", "settings"].map(str::to_owned).to_vec();
    let rows = Rule::ALL.iter().map(|rule| {
        let settings: Vec<String> =
            defaults(rule).map(|(name, default)| format!("--{name} {default}")).collect();
        let alpha = shortest(rule.usual_alpha());
        vec![rule.name().to_owned(), rule.title().to_owned(), alpha, settings.join("  ")]
    });
    std::iter::once(head).chain(rows).collect()
}

/// One row per hyperparameter; the usual learning rate is listed as `alpha`.
fn one_setting_per_row() -> Vec<Vec<String>> {
    let mut rows = vec![["rule", "setting", "default"].map(str::to_owned).to_vec()];
    for rule in Rule::ALL {
        let alpha = std::iter::once(("alpha", shortest(rule.usual_alpha())));
        for (name, default) in alpha.chain(defaults(&rule)) {
            rows.push(vec![rule.name().to_owned(), name.to_owned(), default]);
        }
    }
    rows
}
