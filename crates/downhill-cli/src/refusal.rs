//! Wrong usage, said in one line.

use std::fmt;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::Arguments;

/// One line that names the parameter, what came and what is allowed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal(String);

impl Refusal {
    /// `parameter` had the value `value`, but `allowed` is what it may have.
    pub(crate) fn new(
        parameter: &str,
        value: impl fmt::Display,
        allowed: impl fmt::Display,
    ) -> Self {
        Self(format!("{parameter}: '{value}' is not allowed; allowed: {allowed}"))
    }

    /// A line that fits no single parameter's value.
    pub(crate) fn line(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What came may contain line breaks; the refusal is one line all the same.
        for c in self.0.chars() {
            let shown = if c.is_control() { ' ' } else { c };
            write!(f, "{shown}")?;
        }
        Ok(())
    }
}

impl From<clap::Error> for Refusal {
    fn from(error: clap::Error) -> Self {
        let said = |kind| match error.get(kind) {
            Some(ContextValue::String(text)) => Some(text.clone()),
            Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
            _ => None,
        };
        // "--alpha <ALPHA>" is called "--alpha".
        let argument = said(ContextKind::InvalidArg)
            .map(|text| text.split(" <").next().unwrap_or(&text).to_owned());
        let value = said(ContextKind::InvalidValue);
        let allowed = said(ContextKind::ValidValue).filter(|text| !text.is_empty());
        match (error.kind(), argument, value) {
            (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Some(argument), Some(value)) => {
                let reason = std::error::Error::source(&error).map(ToString::to_string);
                match allowed.or(reason) {
                    Some(allowed) => Self::new(&argument, value, allowed),
                    None => {
                        Self(format!("{argument}: '{value}' is not allowed; a value is needed"))
                    }
                }
            }
            (ErrorKind::UnknownArgument, Some(argument), _) => {
                let near = nearest_flag(argument.trim_start_matches('-'));
                let near = near.map_or(String::new(), |name| format!(" did you mean --{name}?"));
                Self(format!("{argument}: no such parameter;{near} --help lists those there are"))
            }
            (ErrorKind::ArgumentConflict, Some(argument), _) => {
                Self(format!("{argument}: given twice, or together with what excludes it"))
            }
            (ErrorKind::MissingRequiredArgument, Some(argument), _) => {
                Self(format!("{argument}: missing; --help says what it may be"))
            }
            (
                ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand,
                ..,
            ) => Self("command: missing; downhill --help lists those there are".to_owned()),
            (ErrorKind::InvalidSubcommand, ..) => {
                let name = said(ContextKind::InvalidSubcommand).unwrap_or_default();
                Self(format!(
                    "command: there is no '{name}'; downhill --help lists those there are"
                ))
            }
            _ => {
                let text = error.to_string();
                let line = text.lines().next().unwrap_or("wrong usage");
                Self(line.trim_start_matches("error: ").to_owned())
            }
        }
    }
}

/// The flag that is meant by one that the command in question does not have.
fn nearest_flag(name: &str) -> Option<String> {
    let all = Arguments::command();
    let command = std::env::args().find_map(|word| all.find_subcommand(&word))?;
    let names = command.get_arguments().filter_map(clap::Arg::get_long_and_visible_aliases);
    let known: Vec<&str> = names.flatten().collect();
    downhill_figures::nearest(name, &known).map(str::to_owned)
}
