//! The error type for wrong usage, printed as one line.

use std::fmt;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::Arguments;

/// A one-line message that names the parameter, the given value and what is allowed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    line: String,
    /// The given text, and the number of columns before the error in it.
    place: Option<(String, usize)>,
}

impl Refusal {
    /// Builds the message that `value` is not among the `allowed` values of `parameter`.
    pub(crate) fn new(
        parameter: &str,
        value: impl fmt::Display,
        allowed: impl fmt::Display,
    ) -> Self {
        Self::line(format!("{parameter}: '{value}' is not allowed; allowed: {allowed}"))
    }

    /// Builds a message that does not concern a single parameter's value.
    pub(crate) fn line(text: impl Into<String>) -> Self {
        Self { line: text.into(), place: None }
    }

    /// Adds the text that contains the error and the number of columns before it.
    pub(crate) fn within(self, text: &str, column: usize) -> Self {
        Self { place: Some((one_line(text), column)), ..self }
    }

    /// The text as given, with a caret under the error; printed at a terminal only.
    pub(crate) fn picture(&self) -> Option<String> {
        let (text, column) = self.place.as_ref()?;
        Some(format!("{text}\n{}^", " ".repeat(*column)))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.line).replace('\t', " "))
    }
}

/// The given text may contain line breaks, but the message is a single line.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\t' { ' ' } else { c }).collect()
}

impl From<clap::Error> for Refusal {
    fn from(error: clap::Error) -> Self {
        let said = |kind| match error.get(kind) {
            Some(ContextValue::String(text)) => Some(text.clone()),
            Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
            _ => None,
        };
        // clap calls "--alpha" "--alpha <ALPHA>".
        let argument = said(ContextKind::InvalidArg)
            .map(|text| text.split(" <").next().unwrap_or(&text).to_owned());
        let value = said(ContextKind::InvalidValue);
        let allowed = said(ContextKind::ValidValue).filter(|text| !text.is_empty());
        match (error.kind(), argument, value) {
            (ErrorKind::InvalidValue | ErrorKind::ValueValidation, Some(argument), Some(value)) => {
                let reason = std::error::Error::source(&error).map(ToString::to_string);
                match allowed.or(reason) {
                    Some(allowed) => Self::new(&argument, value, allowed),
                    None => Self::line(format!(
                        "{argument}: '{value}' is not allowed; a value is needed"
                    )),
                }
            }
            (ErrorKind::UnknownArgument, Some(argument), _) => {
                let near = nearest_flag(argument.trim_start_matches('-'));
                let near = near.map_or(String::new(), |name| format!(" did you mean --{name}?"));
                Self::line(format!(
                    "{argument}: no such parameter;{near} --help lists those there are"
                ))
            }
            (ErrorKind::ArgumentConflict, Some(argument), _) => {
                Self::line(format!("{argument}: given twice"))
            }
            (ErrorKind::MissingRequiredArgument, Some(argument), _) => {
                Self::line(format!("{argument}: missing; --help says what it may be"))
            }
            (ErrorKind::MissingSubcommand | ErrorKind::InvalidSubcommand, ..)
                if std::env::args().nth(1).as_deref() == Some("figure") =>
            {
                let names = downhill_figures::NAMES.join(", ");
                match said(ContextKind::InvalidSubcommand) {
                    Some(name) => Self::new("figure", name, format!("one of {names}")),
                    None => Self::line(format!("figure: missing; it may be one of {names}")),
                }
            }
            (
                ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand,
                ..,
            ) => Self::line("command: missing; downhill --help lists those there are".to_owned()),
            (ErrorKind::InvalidSubcommand, ..) => {
                let name = said(ContextKind::InvalidSubcommand).unwrap_or_default();
                Self::line(format!(
                    "command: there is no '{name}'; downhill --help lists those there are"
                ))
            }
            _ => {
                let text = error.to_string();
                let line = text.lines().next().unwrap_or("wrong usage");
                Self::line(line.trim_start_matches("error: ").to_owned())
            }
        }
    }
}

/// The flag that was probably meant by one that this command does not have.
fn nearest_flag(name: &str) -> Option<String> {
    let all = Arguments::command();
    let command = std::env::args()
        .skip(1)
        .fold(&all, |command, word| command.find_subcommand(&word).unwrap_or(command));
    let names = command.get_arguments().filter_map(clap::Arg::get_long_and_visible_aliases);
    let known: Vec<&str> = names.flatten().collect();
    downhill_figures::nearest(name, &known).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_caret_is_below_the_error() {
        let picture = |text: &str| crate::parameters::loss(text).unwrap_err().picture().unwrap();
        assert_eq!(picture("x²+*3"), "x²+*3\n   ^");
        assert_eq!(picture("  x^"), "  x^\n    ^");
        assert_eq!(picture("−x²·π+foo"), "−x²·π+foo\n      ^");
        assert_eq!(picture("ｘ＋＊"), "ｘ＋＊\n    ^");
        assert_eq!(picture("x\n+*"), "x +*\n   ^");
    }
}
