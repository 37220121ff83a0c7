//! Parses the optional signature of a formula: `y =`, `f(x) =`, `L(w, b) =`.

use super::lexer::is_function;
use super::name::{Name, greek};
use super::problem::Problem;

/// The name of the loss, with its variables if they are listed.
pub(super) struct Signature {
    /// The name, if it is a single letter, which the formula must not contain.
    pub(super) name: Option<char>,
    pub(super) variables: Option<Vec<Name>>,
}

/// The expected form if an equals sign does not follow a signature.
pub(super) const THE_LOSS_ALONE: &str = "the loss alone, such as x^2, or f(x) = x^2";

/// The expected form if there is more than one equals sign.
pub(super) const LAST: &str = "only what stands after the last sign";

/// Words that only name a loss.
const WORDS: [&str; 5] = ["loss", "cost", "mse", "obj", "ell"];

/// Parses the signature and blanks it out; anything else before an equals sign is an error.
pub(super) fn take(chars: &mut [char]) -> Result<Option<Signature>, (usize, Problem)> {
    let Some(at) = chars.iter().position(|c| *c == '=') else { return Ok(None) };
    let (before, after) = chars.split_at(at);
    // Comparisons are reported where they are parsed.
    if matches!(before.last(), Some('<' | '>' | '!')) {
        return Ok(None);
    }
    let text = bare(before);
    let text = text.strip_suffix(':').unwrap_or(&text);
    if let Some(again) = after.iter().skip(1).position(|c| *c == '=') {
        // `y = f(x) = x^2` and `f(x) == x^2` are allowed, but no other comparison.
        let signs = if again == 0 { "==" } else { "=" };
        let told = if read(text).is_some() { LAST } else { THE_LOSS_ALONE };
        let is_comparison = again > 0 && matches!(after[again], '<' | '>' | '!');
        if !is_comparison {
            return Err((at, Problem::Instead(signs.to_owned(), told)));
        }
    }
    let read = read(text).ok_or((at, Problem::Instead("=".to_owned(), THE_LOSS_ALONE)))?;
    for c in &mut chars[..=at] {
        *c = ' ';
    }
    Ok(Some(read))
}

/// A text without spaces, braces and LaTeX font commands.
fn bare(chars: &[char]) -> String {
    const ORNAMENTS: &str = "left right mathcal mathbf mathrm operatorname";
    let mut text = String::new();
    let mut at = 0;
    while let Some(c) = chars.get(at) {
        at += 1;
        if *c == '\\' {
            let start = at;
            while chars.get(at).is_some_and(char::is_ascii_alphabetic) {
                at += 1;
            }
            let command: String = chars[start..at].iter().collect();
            // Commands of one sign, such as `\(`, are delimiters or spaces.
            if command.is_empty() {
                at += 1;
            } else if !ORNAMENTS.split(' ').any(|ornament| ornament == command) {
                text.push_str(&command);
            }
        } else if !c.is_whitespace() && !matches!(c, '{' | '}' | '$') {
            text.push(*c);
        }
    }
    text
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'α'..='ω' | 'ℓ')
}

fn read(text: &str) -> Option<Signature> {
    if let Some((name, list)) = text.split_once('(') {
        // `f`, `loss` and `f_1`, but no operators, primes or leading numbers.
        let is_name = |c: char| is_letter(c) || c == '_' || super::lexer::digit(c).is_some();
        if !name.starts_with(is_letter) || is_function(name) || !name.chars().all(is_name) {
            return None;
        }
        let list = list.strip_suffix(')')?;
        let variables: Option<Vec<Name>> = list.split([',', ';']).map(variable).collect();
        let variables = variables?;
        let twice = variables.len() == 2 && variables[0] == variables[1];
        return (variables.len() <= 2 && !twice)
            .then_some(Signature { name: None, variables: Some(variables) });
    }
    if WORDS.contains(&&*text.to_ascii_lowercase()) {
        return Some(Signature { name: None, variables: None });
    }
    let name = variable(text)?.letter;
    (name != 'x').then_some(Signature { name: Some(name), variables: None })
}

/// A letter with an optional index: `x`, `θ`, `\theta`, `x_1`, `x₁`, `x1`.
fn variable(text: &str) -> Option<Name> {
    let end = text.find(|c: char| !is_letter(c)).unwrap_or(text.len());
    let (name, index) = text.split_at(end);
    let mut letters = name.chars();
    let letter = match (letters.next(), letters.next()) {
        (Some(letter), None) => letter.to_ascii_lowercase(),
        _ => greek(name)?,
    };
    let mut digits = index.strip_prefix('_').unwrap_or(index).chars();
    let index = match (digits.next(), digits.next()) {
        (None, _) => None,
        (Some(digit), None) => Some(super::lexer::digit(digit)?),
        _ => return None,
    };
    Some(Name { letter, index })
}
