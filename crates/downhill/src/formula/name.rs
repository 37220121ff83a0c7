//! Resolves the variables of a formula: which letter is the first variable and which the second.

use super::lexer::{Token, Word};
use super::problem::{Mistake, Problem};

/// A variable as written: a letter with an optional index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) letter: char,
    pub(super) index: Option<u8>,
}

impl Name {
    pub(super) const fn plain(letter: char) -> Self {
        Self { letter, index: None }
    }

    pub(super) fn push(self, out: &mut String) {
        out.push(self.letter);
        if let Some(index) = self.index {
            out.push('_');
            out.push(char::from(b'0' + index));
        }
    }

    pub(super) fn text(self) -> String {
        let mut text = String::new();
        self.push(&mut text);
        text
    }
}

/// Pairs of letters used as variables together, in order.
pub(super) const PAIRS: [&str; 6] = ["xy", "wb", "uv", "mb", "st", "pq"];

/// The names of the Greek letters, in Unicode order from α on.
const GREEK: &str = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho - sigma tau upsilon phi chi psi omega";

/// The Greek letter with this name.
pub(super) fn greek(name: &str) -> Option<char> {
    let name = name.strip_prefix("var").unwrap_or(name);
    let index = GREEK.split(' ').position(|known| known == name)?;
    char::from_u32(u32::from('α') + u32::try_from(index).ok()?)
}

/// The variables of a formula, in order.
pub(super) struct Variables {
    pub(super) names: [Name; 2],
    pub(super) count: usize,
}

/// Replaces names among the words by variables, as far as they can be resolved. The words are cut
/// off after a name that cannot.
pub(super) fn resolve(
    words: &mut Vec<Word>,
    declared: Option<&[Name]>,
) -> (Variables, Option<Mistake>) {
    let mut found: Vec<Name> = Vec::new();
    for word in &*words {
        if let Token::Name(name, _) = word.token
            && !found.contains(&name)
        {
            found.push(name);
        }
    }
    let order = match declared {
        // A signature determines the order of its variables.
        Some(names) => [names.first().copied(), names.get(1).copied()],
        None => order(&found),
    };
    let wrong = words.iter().position(|word| match word.token {
        Token::Name(name, glued) => {
            !order.contains(&Some(name)) || (glued && name.index == Some(2) && found.len() == 1)
        }
        _ => false,
    });
    let mistake = wrong.map(|at| {
        let Word { token, start, .. } = words[at];
        words.truncate(at);
        let Token::Name(name, glued) = token else { unreachable!("only names are looked at") };
        (start, problem(name, glued, &found, declared))
    });
    for word in words {
        if let Token::Name(name, _) = word.token {
            word.token = Token::Variable(usize::from(order[1] == Some(name)));
        }
    }
    let count = if order[1].is_some() { 2 } else { 1 };
    let usual = [Name::plain('x'), Name::plain('y')];
    let names = [order[0].unwrap_or(usual[0]), order[1].unwrap_or(usual[1])];
    (Variables { names, count }, mistake)
}

/// The first and second variable of a formula in which these names occur.
fn order(found: &[Name]) -> [Option<Name>; 2] {
    match *found {
        [] => [None, None],
        // A single variable is the first, unless it is known to be the second.
        [one] if one == Name::plain('y') => [None, Some(one)],
        [one] if one.index == Some(2) => [Some(Name { index: Some(1), ..one }), Some(one)],
        [one] => [Some(one), None],
        [a, b, ..] if is_pair(a, b) => [Some(a), Some(b)],
        [a, b, ..] if is_pair(b, a) => [Some(b), Some(a)],
        [a, ..] => [Some(a), None],
    }
}

/// Whether these are a first variable and its second counterpart.
fn is_pair(a: Name, b: Name) -> bool {
    match (a.index, b.index) {
        (None, None) => PAIRS.iter().any(|pair| pair.chars().eq([a.letter, b.letter])),
        (Some(i), Some(j)) => a.letter == b.letter && i + 1 == j && j <= 2,
        _ => false,
    }
}

/// The error for a name that cannot be resolved.
fn problem(name: Name, glued: bool, found: &[Name], declared: Option<&[Name]>) -> Problem {
    let written = name.text();
    if glued && !found.iter().any(|other| *other != name && other.letter == name.letter) {
        // A power that lost its sign, or an index.
        let digit = char::from(b'0' + name.index.unwrap_or(0));
        let found = [name.letter, digit].iter().collect();
        let first = [name.letter, '^', digit].iter().collect();
        return Problem::Ambiguous { found, first, second: written };
    }
    match (declared, found) {
        (None, [first, ..]) if *first != name => Problem::Mixture(first.text(), written),
        (None, _) => Problem::Instead(written, "x_1 and x_2 for variables with an index"),
        (Some(_), _) => Problem::Undeclared(written),
    }
}
