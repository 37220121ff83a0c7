//! `downhill rules`: every update rule with its settings and their defaults.

use clap::Args;
use downhill::{Rule, Setting, number::shortest};
use serde::Serialize;

use crate::output::{self, Align, Format};
use crate::refusal::Refusal;

/// List the update rules with their settings and defaults
#[derive(Args)]
#[command(after_help = "Example:
  downhill rules --format json")]
pub(crate) struct Rules {
    /// How to print
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Serialize)]
struct Entry {
    name: &'static str,
    title: &'static str,
    alpha: f64,
    settings: Vec<SettingEntry>,
}

#[derive(Serialize)]
struct SettingEntry {
    name: &'static str,
    symbol: &'static str,
    default: f64,
}

impl From<&Setting> for SettingEntry {
    fn from(setting: &Setting) -> Self {
        Self { name: setting.name, symbol: setting.symbol, default: setting.default }
    }
}

impl Rules {
    pub(crate) fn run(&self) -> Result<String, Refusal> {
        Ok(match self.format {
            Format::Table => output::columns(&overview(), Align::Left),
            Format::Csv => output::csv(&one_setting_per_row()),
            Format::Json => {
                let entries: Vec<Entry> = Rule::ALL
                    .iter()
                    .map(|rule| Entry {
                        name: rule.name(),
                        title: rule.title(),
                        alpha: rule.usual_alpha(),
                        settings: rule.settings().iter().map(SettingEntry::from).collect(),
                    })
                    .collect();
                // Structs of numbers, strings and lists always have a JSON form.
                serde_json::to_string(&entries).unwrap_or_default() + "\n"
            }
        })
    }
}

fn overview() -> Vec<Vec<String>> {
    let head = ["rule", "name", "usual alpha", "settings"].map(str::to_owned).to_vec();
    let rows = Rule::ALL.iter().map(|rule| {
        let settings: Vec<String> = rule
            .settings()
            .iter()
            .map(|setting| format!("--{} {}", setting.name, shortest(setting.default)))
            .collect();
        let alpha = shortest(rule.usual_alpha());
        vec![rule.name().to_owned(), rule.title().to_owned(), alpha, settings.join("  ")]
    });
    std::iter::once(head).chain(rows).collect()
}

/// The usual learning rate stands among the settings, as `alpha`.
fn one_setting_per_row() -> Vec<Vec<String>> {
    let mut rows = vec![["rule", "setting", "default"].map(str::to_owned).to_vec()];
    for rule in Rule::ALL {
        let settings = rule.settings().iter().map(|setting| (setting.name, setting.default));
        for (name, default) in std::iter::once(("alpha", rule.usual_alpha())).chain(settings) {
            rows.push(vec![rule.name().to_owned(), name.to_owned(), shortest(default)]);
        }
    }
    rows
}
