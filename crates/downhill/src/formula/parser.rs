//! The grammar of formulas, by recursive descent.
//!
//! ```text
//! sum     = product (("+" | "−") product)*
//! product = signed (("·" | "/")? signed)*        a sign or number needs the operator
//! signed  = ("+" | "−")* power
//! power   = value (superscript | "^" signed-power)?
//! value   = number | variable | "(" sum ")" | "|" sum "|" | function "(" sum ("," sum)* ")"
//! ```

use super::error::{FormulaError, Problem};
use super::function::Function;
use super::lexer::{Lexer, Token};
use super::operand::{Builder, Operand, Sign};
use super::{Expression, MAX_CHARACTERS};
use crate::recording::{Recording, Tape};

/// The most levels of parentheses and powers.
const MAX_DEPTH: usize = 64;

const A_VALUE: &str = "a number, x, y, a function or '('";
const AN_OPERATOR: &str = "an operator such as + or * or the end of the formula";

/// Reads a whole text as one formula.
pub(super) fn parse(text: &str) -> Result<Expression, FormulaError> {
    let located = |(offset, problem): (usize, Problem)| FormulaError {
        offset,
        character: text.get(..offset).map_or(0, |before| before.chars().count()) + 1,
        problem,
    };
    if text.trim().is_empty() {
        return Err(located((0, Problem::Empty)));
    }
    if let Some((offset, _)) = text.char_indices().nth(MAX_CHARACTERS) {
        return Err(located((offset, Problem::TooLong)));
    }
    whole(text).map_err(located)
}

/// A mistake with its offset in bytes.
type Mistake = (usize, Problem);

/// A part of the formula that was read.
type Parsed<'t> = Result<Operand<'t>, Mistake>;

fn whole(text: &str) -> Result<Expression, Mistake> {
    let tape = Tape::default();
    let mut parser = Parser {
        text,
        lexer: Lexer::new(text),
        token: Token::End,
        start: 0,
        end: 0,
        depth: 0,
        in_bars: false,
        builder: Builder::new(&tape),
    };
    parser.advance()?;
    let Operand { note, degree } = parser.sum()?;
    match parser.token {
        Token::End => {
            let is_quadratic = degree.is_some_and(|degree| degree <= 2);
            Ok(Expression {
                text: text.trim().to_owned(),
                recording: Recording::new(tape.program(note), is_quadratic),
                variables: parser.builder.variables,
                degree,
                has_kinks: parser.builder.has_kinks,
            })
        }
        Token::Comma => Err((parser.start, Problem::StrayComma)),
        _ => Err(parser.unexpected(AN_OPERATOR)),
    }
}

struct Parser<'t> {
    text: &'t str,
    lexer: Lexer<'t>,
    /// The word that is read next, and its offsets.
    token: Token,
    start: usize,
    end: usize,
    depth: usize,
    /// Whether a bar would close an absolute value.
    in_bars: bool,
    builder: Builder<'t>,
}

impl<'t> Parser<'t> {
    fn advance(&mut self) -> Result<(), Mistake> {
        (self.token, self.start, self.end) = self.lexer.next()?;
        Ok(())
    }

    fn written(&self) -> String {
        self.text.get(self.start..self.end).unwrap_or("").to_owned()
    }

    fn unexpected(&self, expected: &'static str) -> Mistake {
        (self.start, Problem::Unexpected { found: self.written(), expected })
    }

    /// What was built, or where it could not be.
    fn placed<T>(&self, built: Result<T, Problem>) -> Result<T, Mistake> {
        built.map_err(|problem| (self.start, problem))
    }

    /// One level deeper, where the text allows arbitrarily many.
    fn nested(&mut self, inner: fn(&mut Self) -> Parsed<'t>) -> Parsed<'t> {
        if self.depth >= MAX_DEPTH {
            return Err((self.start, Problem::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn sum(&mut self) -> Parsed<'t> {
        let mut sum = self.product()?;
        loop {
            let sign = match self.token {
                Token::Plus => Sign::Plus,
                Token::Minus => Sign::Minus,
                _ => return Ok(sum),
            };
            self.advance()?;
            let term = self.product()?;
            let built = self.builder.joined(sum, sign, term);
            sum = self.placed(built)?;
        }
    }

    fn product(&mut self) -> Parsed<'t> {
        let mut product = self.signed()?;
        loop {
            let (sign, factor) = match self.token {
                Token::Times | Token::Divide => {
                    let times = self.token == Token::Times;
                    self.advance()?;
                    (if times { Sign::Times } else { Sign::Over }, self.signed()?)
                }
                Token::Variable(_) | Token::Function(_) | Token::Open => {
                    (Sign::Times, self.power()?)
                }
                Token::Bar if !self.in_bars => (Sign::Times, self.power()?),
                // π and e are numbers that may follow; digits may not, as `x2` could mean x².
                Token::Number(_) => {
                    let written = self.written();
                    if written.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
                        return Err((self.start, Problem::NumberAfterValue(written)));
                    }
                    (Sign::Times, self.power()?)
                }
                _ => return Ok(product),
            };
            let built = self.builder.joined(product, sign, factor);
            product = self.placed(built)?;
        }
    }

    fn signed(&mut self) -> Parsed<'t> {
        let mut negative = false;
        while let Token::Plus | Token::Minus = self.token {
            negative ^= self.token == Token::Minus;
            self.advance()?;
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
        match self.token {
            Token::Superscript(exponent) => {
                let built = self.builder.number(exponent).and_then(|n| self.builder.power(base, n));
                let power = self.placed(built)?;
                self.advance()?;
                Ok(power)
            }
            Token::Power => {
                self.advance()?;
                let exponent = self.nested(Self::signed)?;
                let built = self.builder.power(base, exponent);
                self.placed(built)
            }
            _ => Ok(base),
        }
    }

    fn value(&mut self) -> Parsed<'t> {
        let built = match self.token {
            Token::Number(value) => self.builder.number(value),
            Token::Variable(index) => self.builder.variable(index),
            Token::Open => {
                self.advance()?;
                let inner = self.inside(false)?;
                self.close(Token::Close, "')' or an operator")?;
                return Ok(inner);
            }
            Token::Bar if !self.in_bars => {
                self.advance()?;
                let inner = self.inside(true)?;
                self.close(Token::Bar, "'|' or an operator")?;
                let built = self.builder.function(Function::Abs, inner, inner);
                return self.placed(built);
            }
            Token::Function(function) => return self.call(function),
            _ => return Err(self.unexpected(A_VALUE)),
        };
        let value = self.placed(built)?;
        self.advance()?;
        Ok(value)
    }

    fn inside(&mut self, bars: bool) -> Parsed<'t> {
        let outside = core::mem::replace(&mut self.in_bars, bars);
        let inner = self.nested(Self::sum)?;
        self.in_bars = outside;
        Ok(inner)
    }

    fn close(&mut self, token: Token, expected: &'static str) -> Result<(), Mistake> {
        match self.token {
            found if found == token => self.advance(),
            Token::Comma => Err((self.start, Problem::StrayComma)),
            _ => Err(self.unexpected(expected)),
        }
    }

    fn call(&mut self, function: Function) -> Parsed<'t> {
        let name = self.written();
        self.advance()?;
        if self.token != Token::Open {
            return Err((self.start, Problem::NeedsParentheses(name)));
        }
        self.advance()?;
        let mut value = self.inside(false)?;
        if function.is_folding() {
            if self.token == Token::Close {
                return Err((self.start, Problem::TooFewArguments(name)));
            }
            while self.token == Token::Comma {
                self.advance()?;
                let next = self.inside(false)?;
                let built = self.builder.function(function, value, next);
                value = self.placed(built)?;
            }
        } else {
            if self.token == Token::Comma {
                return Err((self.start, Problem::TooManyArguments(name)));
            }
            let built = self.builder.function(function, value, value);
            value = self.placed(built)?;
        }
        self.close(Token::Close, "')' or an operator")?;
        Ok(value)
    }
}
