//! A recursive-descent parser for formulas.
//!
//! ```text
//! sum     = product (("+" | "−") product)*
//! product = signed (("·" | "/")? signed)*        a sign or number needs the operator
//! signed  = ("+" | "−")* power
//! power   = value (superscript | "^" signed-power)?
//! value   = number | variable | "(" sum ")" | "|" sum "|" | "\frac" one one | "\sqrt" ("[" number "]")? one
//!         | superscript? "√" argument | function whole-power? argument
//! argument = "(" sum ("," sum)* ")" | number? constant* variable? | value
//! ```
//!
//! An argument without parentheses ends where all conventions agree that it does; where they
//! differ, as in `sin x/2`, the formula is refused with both readings.

use super::bars;
use super::characters;
use super::error::FormulaError;
use super::function::Function;
use super::lexer::{Lexer, Token, Word};
use super::name::{Variables, resolve};
use super::operand::{Builder, Operand, Sign};
use super::problem::{Mistake, Problem};
use super::signature;
use super::tree::Tree;
use super::{Expression, MAX_CHARACTERS};
use crate::compiled::{CompiledFormula, Tape};
use crate::scalar::Scalar;

/// The most levels of parentheses and powers.
const MAX_DEPTH: usize = 64;

const A_VALUE: &str = "a number, x, y, a function or '('";
const AN_OPERATOR: &str = "an operator such as + or * or the end of the formula";

/// The longest part of a formula that an error message rewrites.
const LONGEST_OFFER: usize = 60;

/// Parses a whole text as one formula.
pub(super) fn parse(text: &str) -> Result<Expression, FormulaError> {
    let mistake = if text.trim().is_empty() {
        (0, Problem::Empty)
    } else if text.chars().nth(MAX_CHARACTERS).is_some() {
        (MAX_CHARACTERS, Problem::TooLong)
    } else {
        match whole(text) {
            Ok(expression) => return Ok(expression),
            Err(mistake) => mistake,
        }
    };
    Err(FormulaError::at(text, mistake))
}

/// A parsed part of the formula.
type Parsed<'t> = Result<Operand<'t>, Mistake>;

fn whole(text: &str) -> Result<Expression, Mistake> {
    let written: Vec<char> = text.chars().collect();
    let mut chars: Vec<char> = written.iter().copied().map(characters::plain).collect();
    // Delimiters of mathematics within a text.
    let is_around = |c: &char| *c == '$' || c.is_whitespace();
    let front = chars.iter().take_while(|c| is_around(c)).count();
    chars[..front].fill(' ');
    let back = chars.iter().rev().take_while(|c| is_around(c)).count();
    let length = chars.len();
    chars[length - back..].fill(' ');
    let signature = signature::take(&mut chars)?;
    let (mut words, unread) = Lexer::read(&mut chars);
    let declared = signature.as_ref().and_then(|signature| signature.variables.as_deref());
    let (Variables { names, count }, unplaced) = resolve(&mut words, declared);
    if let Some(name) = signature.as_ref().and_then(|signature| signature.name)
        && names[..count].iter().any(|variable| variable.letter == name)
        && words
            .iter()
            .any(|word| matches!(word.token, Token::Variable(i) if names[i].letter == name))
    {
        let at = written.iter().position(|c| characters::plain(*c) == '=').unwrap_or(0);
        return Err((at, Problem::Instead("=".to_owned(), signature::THE_LOSS_ALONE)));
    }
    let wrong = unplaced.or(unread);
    let (token, start) = match &wrong {
        Some((at, _)) => (Token::Wrong, *at),
        None => (Token::End, words.last().map_or(length - back, |word| word.end)),
    };
    words.push(Word { token, start, end: start });
    bars::pair(&mut words)?;
    let tape = Tape::default();
    let mut parser =
        Parser { text: &written, words, at: 0, wrong, depth: 0, builder: Builder::new(&tape) };
    let Operand { note, degree, node } = parser.sum()?;
    match parser.token() {
        Token::End => {
            let is_quadratic = degree.is_some_and(|degree| degree <= 2);
            let program = tape.program(note).ok_or((0, Problem::TooComplex))?;
            Ok(Expression {
                text: text.trim().to_owned(),
                recording: CompiledFormula::new(program, is_quadratic),
                variables: count,
                degree,
                has_kinks: parser.builder.has_kinks,
                tree: Tree { nodes: parser.builder.nodes.into(), root: node, names },
            })
        }
        Token::Comma => Err(parser.stray_comma()),
        _ => Err(parser.unexpected(AN_OPERATOR)),
    }
}

struct Parser<'t> {
    text: &'t [char],
    words: Vec<Word>,
    /// The index of the next word.
    at: usize,
    /// The error of the word that is not a token.
    wrong: Option<Mistake>,
    depth: usize,
    builder: Builder<'t>,
}

impl<'t> Parser<'t> {
    fn word(&self) -> Word {
        self.words[Ord::min(self.at, self.words.len() - 1)]
    }

    fn token(&self) -> Token {
        self.word().token
    }

    /// The token after the next one.
    fn second(&self) -> Token {
        self.words.get(self.at + 1).map_or(Token::End, |word| word.token)
    }

    /// The start of the next word.
    fn start(&self) -> usize {
        self.word().start
    }

    /// The end of the last word.
    fn end(&self) -> usize {
        self.at.checked_sub(1).map_or(0, |before| self.words[before].end)
    }

    fn advance(&mut self) {
        self.at += 1;
    }

    fn between(&self, start: usize, end: usize) -> String {
        self.text.get(start..end).unwrap_or(&[]).iter().collect()
    }

    fn written(&self) -> String {
        let Word { start, end, .. } = self.word();
        self.between(start, end)
    }

    fn unexpected(&self, expected: &'static str) -> Mistake {
        match (&self.wrong, self.token()) {
            (Some(wrong), Token::Wrong) => wrong.clone(),
            _ => (self.start(), Problem::Unexpected { found: self.written(), expected }),
        }
    }

    fn stray_comma(&self) -> Mistake {
        let problem = self.grouped().unwrap_or_else(|| {
            Problem::StrayComma(self.decimal().unwrap_or_else(|| "0.5".to_owned()))
        });
        (self.start(), problem)
    }

    /// The error for a mark that may group digits: it is followed by three digits, and so is every
    /// further such mark.
    fn grouped(&self) -> Option<Problem> {
        let before = self.words.get(self.at.checked_sub(1)?)?;
        let text = self.text.get(before.start..)?;
        let is_digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
        let digits = |from: usize| (from..).take_while(|&at| is_digit(at)).count();
        let first = digits(0);
        let mark = *text.get(first).filter(|_| (1..=3).contains(&first) && text[0] != '0')?;
        let (mut end, mut groups) = (first, 0);
        while text.get(end) == Some(&mark) && digits(end + 1) == 3 {
            (end, groups) = (end + 4, groups + 1);
        }
        let bare = |end: usize| text[..end].iter().filter(|&&c| c != mark).collect::<String>();
        let mut joined = bare(end);
        let decimals = if text.get(end).is_some_and(|&c| matches!(c, '.' | ',') && c != mark) {
            digits(end + 1)
        } else {
            0
        };
        if decimals > 0 {
            joined.push('.');
            joined.extend(&text[end + 1..=end + decimals]);
            end += 1 + decimals;
        }
        let marked = |by: char| -> String {
            text[..end].iter().map(|&c| if c == mark { by } else { c }).collect()
        };
        let found = marked(mark);
        let is_one = groups == 1 && decimals == 0;
        let second = match mark {
            ',' if is_one => marked('.'),
            // No factor begins with a 0.
            _ if mark.is_whitespace() && is_one && text[first + 1] != '0' => marked('*'),
            '.' if is_one => return None,
            _ if mark == ',' || mark == '.' || mark.is_whitespace() => String::new(),
            _ => return None,
        };
        Some(match (groups, second.is_empty()) {
            (0, _) => return None,
            (_, true) => Problem::Grouped(found, joined),
            (_, false) => Problem::Ambiguous { found, first: joined, second },
        })
    }

    /// The number in which this comma is probably the decimal mark, with a point instead.
    fn decimal(&self) -> Option<String> {
        let before = self.words.get(self.at.checked_sub(1)?)?;
        let after = self.words.get(self.at + 1)?;
        let numbers = matches!((before.token, after.token), (Token::Number(_), Token::Number(_)));
        let number =
            [&*self.between(before.start, before.end), ".", &self.between(after.start, after.end)]
                .concat();
        let whole = numbers && before.end + 1 == after.start;
        (whole && number.matches('.').count() == 1).then_some(number)
    }

    /// Attaches a position to an error from the builder.
    fn placed<T>(&self, built: Result<T, Problem>) -> Result<T, Mistake> {
        built.map_err(|problem| (self.start(), problem))
    }

    /// Parses one level deeper, if the nesting limit allows.
    fn nested(&mut self, inner: fn(&mut Self) -> Parsed<'t>) -> Parsed<'t> {
        if self.depth >= MAX_DEPTH {
            return Err((self.start(), Problem::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn sum(&mut self) -> Parsed<'t> {
        let mut sum = self.product()?;
        loop {
            let sign = match self.token() {
                Token::Plus => Sign::Plus,
                Token::Minus => Sign::Minus,
                _ => return Ok(sum),
            };
            self.advance();
            let term = self.product()?;
            sum = self.joined(sum, sign, term)?;
        }
    }

    fn joined(&mut self, u: Operand<'t>, sign: Sign, v: Operand<'t>) -> Parsed<'t> {
        let built = self.builder.joined(u, sign, v);
        self.placed(built)
    }

    fn product(&mut self) -> Parsed<'t> {
        let mut product = self.signed()?;
        loop {
            let (sign, factor) = match self.token() {
                Token::Times | Token::Divide => {
                    let times = self.token() == Token::Times;
                    self.advance();
                    (if times { Sign::Times } else { Sign::Over }, self.signed()?)
                }
                Token::Fraction => (Sign::Times, self.mixed()?),
                // π and e may follow a factor directly; digits may not, because `x2` could mean x².
                Token::Number(_) => {
                    let before = self.words[self.at - 1].token;
                    let grouped = self.grouped().filter(|_| matches!(before, Token::Number(_)));
                    let problem =
                        grouped.unwrap_or_else(|| Problem::NumberAfterValue(self.written()));
                    return Err((self.start(), problem));
                }
                token if token.begins_value() => (Sign::Times, self.power()?),
                _ => return Ok(product),
            };
            product = self.joined(product, sign, factor)?;
        }
    }

    /// A fraction after another factor, which must not look like a mixed number.
    fn mixed(&mut self) -> Parsed<'t> {
        let before = self.at - 1;
        let Word { start, token, .. } = self.words[before];
        let (sign, end) = (self.start(), self.words[before].end);
        let fraction = self.power()?;
        let is_exponent = before > 0 && self.words[before - 1].token == Token::Power;
        if matches!(token, Token::Number(_))
            && !is_exponent
            && fraction.note.is_number()
            && self.end() - start < LONGEST_OFFER
        {
            let (whole, part) = (self.between(start, end), self.between(sign, self.end()));
            let found = self.between(start, self.end());
            let offer = |sign| [&*whole, sign, &*part].concat();
            return Err((
                start,
                Problem::Ambiguous { found, first: offer("+"), second: offer("·") },
            ));
        }
        Ok(fraction)
    }

    fn signed(&mut self) -> Parsed<'t> {
        let mut negative = false;
        while let Token::Plus | Token::Minus = self.token() {
            negative ^= self.token() == Token::Minus;
            self.advance();
        }
        let power = self.power()?;
        if negative {
            let built = self.builder.negated(power);
            return self.placed(built);
        }
        Ok(power)
    }

    fn power(&mut self) -> Parsed<'t> {
        let base = self.value()?;
        match self.token() {
            Token::Superscript(exponent) => {
                let power = self.raised(base, exponent)?;
                self.advance();
                Ok(power)
            }
            Token::Power => {
                self.advance();
                let exponent = self.nested(Self::signed)?;
                let built = self.builder.power(base, exponent);
                self.placed(built)
            }
            _ => Ok(base),
        }
    }

    /// A power with a known number as exponent.
    fn raised(&mut self, base: Operand<'t>, exponent: f64) -> Parsed<'t> {
        let size = self.builder.number(Scalar::abs(exponent));
        let size = self.placed(size)?;
        let built = if exponent < 0.0 { self.builder.negated(size) } else { Ok(size) };
        let built = built.and_then(|exponent| self.builder.power(base, exponent));
        self.placed(built)
    }

    fn value(&mut self) -> Parsed<'t> {
        let built = match self.token() {
            Token::Number(value) => self.builder.number(value),
            Token::Constant(name) => self.builder.constant(name),
            Token::Variable(index) => self.builder.variable(index),
            Token::Open(close) => {
                self.advance();
                let inner = self.nested(Self::sum)?;
                self.close(close)?;
                return Ok(inner);
            }
            Token::BarOpen => {
                self.advance();
                let inner = self.nested(Self::sum)?;
                self.closed(Token::BarClose, "'|' or an operator")?;
                return self.function(Function::Abs, inner, inner);
            }
            Token::Function(function) => return self.call(function),
            Token::Pow => return self.pow(),
            Token::Fraction => {
                self.advance();
                let over = self.one()?;
                let under = self.one()?;
                return self.joined(over, Sign::Over, under);
            }
            Token::Root => {
                self.advance();
                let degree = self.degree()?;
                let inner = self.one()?;
                return self.function(degree, inner, inner);
            }
            Token::Superscript(degree)
                if self.is_radical_next() && (3.0..=99.0).contains(&degree) =>
            {
                self.advance();
                return self.call(Function::Root(degree as u8));
            }
            _ => return Err(self.unexpected(A_VALUE)),
        };
        let value = self.placed(built)?;
        self.advance();
        Ok(value)
    }

    fn is_radical_next(&self) -> bool {
        let next = self.words.get(self.at + 1);
        next.is_some_and(|word| {
            word.token == Token::Function(Function::Sqrt) && self.text[word.start] == '√'
        })
    }

    fn function(&mut self, function: Function, u: Operand<'t>, v: Operand<'t>) -> Parsed<'t> {
        let built = self.builder.function(function, u, v);
        self.placed(built)
    }

    fn close(&mut self, close: char) -> Result<(), Mistake> {
        self.closed(
            Token::Close(close),
            match close {
                ')' => "')' or an operator",
                ']' => "']' or an operator",
                _ => "'}' or an operator",
            },
        )
    }

    fn closed(&mut self, close: Token, expected: &'static str) -> Result<(), Mistake> {
        match self.token() {
            found if found == close => {
                self.advance();
                Ok(())
            }
            Token::Comma => Err(self.stray_comma()),
            _ => Err(self.unexpected(expected)),
        }
    }

    /// The argument of a LaTeX command: a group in braces, or one digit, letter or named constant.
    fn one(&mut self) -> Parsed<'t> {
        match self.token() {
            Token::Open('}') | Token::Constant(_) | Token::Variable(_) => self.value(),
            Token::Number(value) => {
                let Word { start, end, .. } = self.word();
                let first = self.text[start].to_digit(10);
                if end > start + 1
                    && let Some(first) = first
                {
                    // `\frac12` is a half: each argument takes one digit, and the rest is read
                    // next.
                    let rest = crate::numbers::read(&self.between(start + 1, end)).unwrap_or(value);
                    let word =
                        Word { token: Token::Number(f64::from(first)), start, end: start + 1 };
                    self.words[self.at] = word;
                    let rest = Word { token: Token::Number(rest), start: start + 1, end };
                    self.words.insert(self.at + 1, rest);
                }
                self.value()
            }
            _ => Err(self.unexpected("'{'")),
        }
    }

    /// Refuses a power of several digits after a command: LaTeX raises only the first one.
    fn first_digit_alone(&self, begin: usize) -> Result<(), Mistake> {
        let Word { token, start, end } = self.word();
        if !matches!(token, Token::Number(_)) || end == start + 1 {
            return Ok(());
        }
        let command = self.between(begin, start);
        let (digit, rest) = (self.between(start, start + 1), self.between(start + 1, end));
        let first = [&*command, "{", &digit, "}", &rest].concat();
        let second = [&*command, "{", &digit, &rest, "}"].concat();
        Err((begin, Problem::Ambiguous { found: self.between(begin, end), first, second }))
    }

    /// The degree of LaTeX's root.
    fn degree(&mut self) -> Result<Function, Mistake> {
        if self.token() != Token::Open(']') {
            return Ok(Function::Sqrt);
        }
        self.advance();
        let function = match self.token() {
            Token::Number(2.0) => Function::Sqrt,
            Token::Number(degree)
                if (3.0..=99.0).contains(&degree) && f64::trunc(degree) == degree =>
            {
                Function::Root(degree as u8)
            }
            _ => return Err(self.unexpected("a whole number from 2 to 99")),
        };
        self.advance();
        self.close(']')?;
        Ok(function)
    }

    fn pow(&mut self) -> Parsed<'t> {
        let name = self.written();
        self.advance();
        if self.token() != Token::Open(')') {
            return Err((self.start(), Problem::NeedsParentheses(name)));
        }
        self.advance();
        let base = self.nested(Self::sum)?;
        if self.token() == Token::Close(')') {
            return Err((self.start(), Problem::TooFewArguments(name)));
        }
        self.closed(Token::Comma, "',' or an operator")?;
        let exponent = self.nested(Self::sum)?;
        if self.token() == Token::Comma {
            return Err((self.start(), Problem::TooManyArguments(name)));
        }
        self.close(')')?;
        let built = self.builder.power(base, exponent);
        self.placed(built)
    }

    /// A function with its argument, possibly with a power in between, as in sin²(x).
    fn call(&mut self, function: Function) -> Parsed<'t> {
        let begin = self.start();
        let mut name = self.written();
        self.advance();
        let power = self.power_of(function, &name)?;
        let power_end = self.end();
        if power.is_some() {
            name = self.between(begin, power_end);
        }
        let name = name.trim_start_matches('\\').to_owned();
        let argument = self.start();
        let (value, is_clear) = match self.token() {
            Token::Open(close) => {
                self.advance();
                let value = self.arguments(function, close, &name)?;
                // Braces are invisible in typeset LaTeX.
                (value, close != '}' || self.ends_clearly(function, false))
            }
            token
                if function.is_folding()
                    || !token.begins_value() && !matches!(token, Token::Number(_)) =>
            {
                if token == Token::Wrong {
                    return Err(self.unexpected(A_VALUE));
                }
                return Err((self.start(), Problem::NeedsParentheses(name)));
            }
            token => {
                let is_call = matches!(token, Token::Function(_));
                let bare: fn(&mut Self) -> Parsed<'t> =
                    if function.is_root() { Self::value } else { Self::bare };
                let value = self.nested(bare)?;
                let value = self.function(function, value, value)?;
                (value, self.ends_clearly(function, is_call))
            }
        };
        if !is_clear {
            return Err(self.unclear(begin, &name, argument));
        }
        match power {
            Some(exponent) => self.raised(value, exponent),
            None => Ok(value),
        }
    }

    /// A power between a function and its argument.
    fn power_of(&mut self, function: Function, name: &str) -> Result<Option<f64>, Mistake> {
        let (begin, sign) = (self.words[self.at - 1].start, self.start());
        let exponent = match self.token() {
            Token::Superscript(exponent) => {
                self.advance();
                Some(exponent)
            }
            Token::Power => {
                self.advance();
                let close = match self.token() {
                    Token::Open(close) => Some(Token::Close(close)),
                    _ => None,
                };
                self.at += usize::from(close.is_some());
                let negative = self.token() == Token::Minus;
                self.at += usize::from(negative);
                if close.is_none() && name.starts_with('\\') {
                    self.first_digit_alone(begin)?;
                }
                let number = match self.token() {
                    Token::Number(size) => Some(if negative { -size } else { size }),
                    _ => None,
                };
                self.at += usize::from(number.is_some());
                let closed = close.is_none_or(|close| self.token() == close);
                self.at += usize::from(close.is_some() && closed);
                number.filter(|_| closed)
            }
            _ => return Ok(None),
        };
        match (exponent, function.inverse()) {
            (Some(-1.0), Some(inverse)) => {
                let plain = name.trim_start_matches('\\');
                let found = self.between(begin, self.end());
                let second = ["1/", plain, "(x)"].concat();
                Err((begin, Problem::Ambiguous { found, first: inverse, second }))
            }
            (Some(exponent), _) if f64::trunc(exponent) == exponent => Ok(Some(exponent)),
            _ => {
                let name = name.trim_start_matches('\\').to_owned();
                Err((sign, Problem::NeedsParentheses(name)))
            }
        }
    }

    /// The arguments of a function after the opening bracket.
    fn arguments(&mut self, function: Function, close: char, name: &str) -> Parsed<'t> {
        let mut value = self.nested(Self::sum)?;
        if function.is_folding() {
            if self.token() == Token::Close(close) {
                return Err((self.start(), Problem::TooFewArguments(name.to_owned())));
            }
            let mut doubtful = None;
            let mut commas = 0;
            while self.token() == Token::Comma {
                if doubtful.is_none()
                    && let Some(decimal) = self.decimal()
                {
                    doubtful = Some((self.start(), decimal));
                }
                // No argument begins with several zeros, but a group of digits may.
                let zeros = self
                    .words
                    .get(self.at + 1)
                    .map(|Word { start, end, .. }| self.between(*start, *end));
                if zeros.is_some_and(|next| next.starts_with("00"))
                    && let Some(problem) = self.grouped()
                {
                    return Err((self.start(), problem));
                }
                commas += 1;
                self.advance();
                let next = self.nested(Self::sum)?;
                value = self.function(function, value, next)?;
            }
            // In `max(0,5, x)` the first comma may be a decimal mark; a single comma separates the
            // arguments.
            if commas > 1
                && let Some((at, decimal)) = doubtful
            {
                let (found, apart) = (decimal.replace('.', ","), decimal.replace('.', ", "));
                return Err((at, Problem::Ambiguous { found, first: decimal, second: apart }));
            }
        } else {
            if self.token() == Token::Comma {
                if self.decimal().is_some() || self.grouped().is_some() {
                    return Err(self.stray_comma());
                }
                return Err((self.start(), Problem::TooManyArguments(name.to_owned())));
            }
            value = self.function(function, value, value)?;
        }
        self.close(close)?;
        Ok(value)
    }

    /// An argument without parentheses: a number, constants and one variable, or one other value.
    fn bare(&mut self) -> Parsed<'t> {
        let mut product = None;
        loop {
            let token = self.token();
            let goes_on = match token {
                Token::Number(_) => product.is_none(),
                Token::Constant(_) | Token::Variable(_) => true,
                _ => false,
            };
            let factor = match product {
                Some(product) if !goes_on => return Ok(product),
                _ => self.value()?,
            };
            product = Some(match product {
                Some(product) => self.joined(product, Sign::Times, factor)?,
                None => factor,
            });
            if !goes_on || matches!(token, Token::Variable(_)) {
                return Ok(product.unwrap_or(factor));
            }
        }
    }

    /// Whether what follows is clearly not part of an argument without parentheses.
    fn ends_clearly(&self, function: Function, is_call: bool) -> bool {
        match self.token() {
            Token::Superscript(_) | Token::Power | Token::Number(_) => false,
            Token::Divide => function.is_root(),
            Token::Times => function.is_root() || matches!(self.second(), Token::Function(_)),
            Token::Function(_) => !is_call,
            token => !token.begins_value(),
        }
    }

    /// The error for an argument without parentheses whose end is ambiguous, with both ways to
    /// write it.
    fn unclear(&self, begin: usize, name: &str, argument: usize) -> Mistake {
        let (end, tail) = (self.end(), self.operand_end());
        if tail - begin > LONGEST_OFFER {
            return (argument, Problem::NeedsParentheses(name.to_owned()));
        }
        let (inner, follows) = (self.between(argument, end), self.between(end, tail));
        let inner =
            inner.strip_prefix('{').and_then(|inner| inner.strip_suffix('}')).unwrap_or(&inner);
        let first = [name, "(", inner, &follows, ")"].concat();
        let second = [name, "(", inner, ")", &follows].concat();
        (begin, Problem::Ambiguous { found: self.between(begin, tail), first, second })
    }

    /// The end of the next item, including its operand if it is an operator.
    fn operand_end(&self) -> usize {
        let mut at = self.at;
        if let Token::Times | Token::Divide | Token::Power = self.token() {
            at += 1;
        }
        let mut depth = 0_usize;
        let mut end = self.start();
        while let Some(word) = self.words.get(at) {
            end = word.end;
            at += 1;
            match word.token {
                Token::Open(_) => depth += 1,
                Token::Close(_) => depth = depth.saturating_sub(1),
                Token::Minus | Token::Plus if depth == 0 => continue,
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        end
    }
}
