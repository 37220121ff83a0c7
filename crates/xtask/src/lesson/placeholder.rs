//! Expands placeholders in the prose: `{{x start=10 alpha=0.1 k=5}}` is computed, never typed in.

use std::path::Path;

use super::call::Call;
use super::fault::Fault;
use super::number::{self, Precision, Setting};
use super::quantity::{self, Value};

/// Replaces every placeholder of a file by its value, preserving line numbers.
///
/// A number is written as LaTeX between dollar signs and as text elsewhere. Besides the arguments
/// of its quantity, every placeholder takes `digits=n` (at most `n` significant digits) or `places=n`
/// (`n` decimal places).
///
/// # Errors
/// If a placeholder is not closed, unknown, or incomplete; the error has its line.
pub(crate) fn expand(file: &Path, text: &str) -> Result<String, Fault> {
    let mut out = String::with_capacity(text.len());
    let mut in_formula = false;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if line.trim().is_empty() {
            // A formula does not extend over a blank line, so a stray dollar sign spoils one
            // paragraph only.
            in_formula = false;
        }
        let mut rest = line;
        while let Some(open) = rest.find("{{") {
            let (before, after) = rest.split_at(open);
            in_formula ^= odd_dollars(before);
            out.push_str(before);
            let inner = &after[2..];
            // A nested brace belongs to LaTeX, as in \frac{{…}}{2}; the first }} closes.
            let close = inner
                .find("}}")
                .ok_or_else(|| Fault::new(file, index + 1, "`{{` without `}}` on the same line"))?;
            let setting = if in_formula { Setting::Latex } else { Setting::Prose };
            let written = resolve(&inner[..close], setting)
                .map_err(|message| Fault::new(file, index + 1, message))?;
            out.push_str(&written);
            rest = &inner[close + 2..];
        }
        in_formula ^= odd_dollars(rest);
        out.push_str(rest);
    }
    Ok(out)
}

/// Whether the text opens or closes a formula: `$$` and `$` count once each, `\$` does not count.
fn odd_dollars(text: &str) -> bool {
    text.replace(r"\$", "").replace("$$", "$").matches('$').count() % 2 == 1
}

/// The value of one placeholder.
fn resolve(text: &str, setting: Setting) -> Result<String, String> {
    let call = Call::parse(text)?;
    let precision = match (call.optional("digits")?, call.optional("places")?) {
        (None, None) => Precision::Exact,
        (Some(digits), None) => Precision::Digits(digits),
        (None, Some(places)) => Precision::Places(places),
        (Some(_), Some(_)) => return Err("`digits` and `places` exclude each other".to_owned()),
    };
    let value = quantity::evaluate(&call)?;
    call.finish()?;
    Ok(match value {
        Value::Number(number) => number::write(number, precision, setting)?,
        Value::Count(count) => count.to_string(),
        Value::Text(text) => text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(text: &str) -> Result<String, String> {
        expand(Path::new("a.md"), text).map_err(|fault| fault.to_string())
    }

    #[test]
    fn templates_are_computed() {
        assert_eq!(expanded("at {{x start=10 alpha=0.1 k=2 digits=2}}.\n").unwrap(), "at 6.4.\n");
        let twice = "$x = {{x start=-1e-7 alpha=0.1 k=0}}$ and {{x start=-1e-7 alpha=0.1 k=0}}";
        assert_eq!(expanded(twice).unwrap(), "$x = -1 \\times 10^{-7}$ and −1\u{a0}×\u{a0}10⁻⁷");
    }

    #[test]
    fn faults_name_file_and_line() {
        assert_eq!(
            expanded("one\ntwo {{nonsense a=1}}").unwrap_err().split(';').next().unwrap(),
            "a.md:2: there is no quantity `nonsense`"
        );
        assert_eq!(
            expanded("{{x start=1").unwrap_err(),
            "a.md:1: `{{` without `}}` on the same line"
        );
        let misspelt = expanded("{{x start=1 alpha=0.1 k=1 digit=2}}").unwrap_err();
        assert!(misspelt.contains("knows no `digit`"), "{misspelt}");
    }
}
