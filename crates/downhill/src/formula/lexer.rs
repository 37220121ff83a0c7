//! The words of a formula: numbers, names and signs, also in mathematical typography.

use super::error::Problem;
use super::function::Function;

/// One word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// By its index.
    Variable(usize),
    Function(Function),
    Plus,
    Minus,
    Times,
    Divide,
    Power,
    /// A raised whole number, as in x².
    Superscript(f64),
    Open,
    Close,
    Bar,
    Comma,
    End,
}

/// The names, as an error lists them.
pub(super) const FUNCTION_NAMES: &str =
    "sin cos tan exp ln log sqrt abs sinh cosh tanh sigmoid relu max min";

/// Longer names first, so that `sinh` is not read as `sin`.
const NAMES: [(&str, Token); 19] = [
    ("sigmoid", Token::Function(Function::Sigmoid)),
    ("sinh", Token::Function(Function::Sinh)),
    ("cosh", Token::Function(Function::Cosh)),
    ("tanh", Token::Function(Function::Tanh)),
    ("sqrt", Token::Function(Function::Sqrt)),
    ("relu", Token::Function(Function::Relu)),
    ("sin", Token::Function(Function::Sin)),
    ("cos", Token::Function(Function::Cos)),
    ("tan", Token::Function(Function::Tan)),
    ("exp", Token::Function(Function::Exp)),
    ("log", Token::Function(Function::Ln)),
    ("abs", Token::Function(Function::Abs)),
    ("max", Token::Function(Function::Max)),
    ("min", Token::Function(Function::Min)),
    ("ln", Token::Function(Function::Ln)),
    ("pi", Token::Number(core::f64::consts::PI)),
    ("x", Token::Variable(0)),
    ("y", Token::Variable(1)),
    ("e", Token::Number(core::f64::consts::E)),
];

/// Reads one word after another from a text.
pub(super) struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// What was read since an offset. Offsets lie between characters, so nothing is ever missing.
    fn between(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or("")
    }

    /// The next word with the offsets where it starts and ends.
    pub(super) fn next(&mut self) -> Result<(Token, usize, usize), (usize, Problem)> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let start = self.at;
        let Some(first) = self.rest().chars().next() else {
            return Ok((Token::End, start, start));
        };
        let token = match first {
            '0'..='9' | '.' => return self.number(start),
            'a'..='z' | 'A'..='Z' => return self.name(start),
            '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' => return Ok(self.superscript(start)),
            '*' if self.rest().starts_with("**") => {
                self.at += 2;
                return Ok((Token::Power, start, self.at));
            }
            'π' => Token::Number(core::f64::consts::PI),
            '√' => Token::Function(Function::Sqrt),
            '+' => Token::Plus,
            '-' | '−' | '–' => Token::Minus,
            '*' | '·' | '⋅' | '∙' | '×' => Token::Times,
            '/' | '÷' => Token::Divide,
            '^' => Token::Power,
            '(' => Token::Open,
            ')' => Token::Close,
            '|' => Token::Bar,
            ',' => Token::Comma,
            _ => return Err((start, Problem::UnknownCharacter(first))),
        };
        self.at += first.len_utf8();
        Ok((token, start, self.at))
    }

    fn skip_digits(&mut self) -> usize {
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        self.at += digits;
        digits
    }

    fn number(&mut self, start: usize) -> Result<(Token, usize, usize), (usize, Problem)> {
        let mut digits = self.skip_digits();
        if self.rest().starts_with('.') {
            self.at += 1;
            digits += self.skip_digits();
        }
        if digits == 0 {
            return Err((start, Problem::UnknownCharacter('.')));
        }
        let mut written = self.between(start).to_owned();
        if let Some(after_e) = self.rest().strip_prefix(['e', 'E']) {
            // `2e-3` is a number but `2e` is 2·e: digits must follow.
            let unsigned = after_e.strip_prefix(['+', '-', '−']).unwrap_or(after_e);
            if unsigned.starts_with(|c: char| c.is_ascii_digit()) {
                let negative = after_e.starts_with(['-', '−']);
                self.at = self.text.len() - unsigned.len();
                let exponent = self.at;
                self.skip_digits();
                written.push_str(if negative { "e-" } else { "e" });
                written.push_str(self.between(exponent));
            }
        }
        match crate::number::read(&written) {
            Some(number) if number.is_finite() => Ok((Token::Number(number), start, self.at)),
            _ => Err((start, Problem::NumberTooLarge(written))),
        }
    }

    fn name(&mut self, start: usize) -> Result<(Token, usize, usize), (usize, Problem)> {
        let length = self.rest().bytes().take_while(u8::is_ascii_alphabetic).count();
        let written = self.rest().get(..length).unwrap_or("");
        let lower = written.to_ascii_lowercase();
        let mut first = None;
        let mut rest = lower.as_str();
        // Letters may stand together, as in `xy` and `x sin(x)`, if every part means something.
        while !rest.is_empty() {
            let Some((name, token)) = NAMES.iter().find(|(name, _)| rest.starts_with(name)) else {
                return Err((start, Problem::UnknownName(written.to_owned())));
            };
            first = first.or(Some((name.len(), *token)));
            rest = rest.get(name.len()..).unwrap_or("");
        }
        let (taken, token) = first.unwrap_or((length, Token::End));
        self.at += taken;
        Ok((token, start, self.at))
    }

    fn superscript(&mut self, start: usize) -> (Token, usize, usize) {
        let mut value = 0.0;
        while let Some(c) = self.rest().chars().next() {
            let digit = match c {
                '¹' => 1,
                '²' => 2,
                '³' => 3,
                '⁰' | '⁴'..='⁹' => u32::from(c) - u32::from('⁰'),
                _ => break,
            };
            value = value * 10.0 + f64::from(digit);
            self.at += c.len_utf8();
        }
        (Token::Superscript(value), start, self.at)
    }
}
