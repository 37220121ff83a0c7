//! The grammar of formulas, by recursive descent.
//!
//! ```text
//! sum     = product (("+" | "−") product)*
//! product = signed (("·" | "/")? signed)*        a sign or number needs the operator
//! signed  = ("+" | "−")* power
//! power   = value (superscript | "^" signed-power)?
//! value   = number | variable | "(" sum ")" | "|" sum "|" | function "(" sum ("," sum)* ")"
//! ```

use super::MAX_CHARACTERS;
use super::error::{FormulaError, Problem};
use super::lexer::{Function, Lexer, Token};
use super::program::{Builder, Op, Program};

/// The most levels of parentheses and powers.
const MAX_DEPTH: usize = 64;

const A_VALUE: &str = "a number, x, y, a function or '('";
const AN_OPERATOR: &str = "an operator such as + or * or the end of the formula";

/// Reads a whole text as one formula.
pub(super) fn parse(text: &str) -> Result<Program, FormulaError> {
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

fn whole(text: &str) -> Result<Program, Mistake> {
    let mut parser = Parser {
        text,
        lexer: Lexer::new(text),
        token: Token::End,
        start: 0,
        end: 0,
        depth: 0,
        in_bars: false,
        builder: Builder::new(),
    };
    parser.advance()?;
    parser.sum()?;
    match parser.token {
        Token::End => Ok(parser.builder.finish()),
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
    builder: Builder,
}

impl Parser<'_> {
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

    fn emit(
        &mut self,
        add: impl FnOnce(&mut Builder) -> Result<(), Problem>,
    ) -> Result<(), Mistake> {
        add(&mut self.builder).map_err(|problem| (self.start, problem))
    }

    /// One level deeper, where the text allows arbitrarily many.
    fn nested(
        &mut self,
        inner: impl FnOnce(&mut Self) -> Result<(), Mistake>,
    ) -> Result<(), Mistake> {
        if self.depth >= MAX_DEPTH {
            return Err((self.start, Problem::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn sum(&mut self) -> Result<(), Mistake> {
        self.product()?;
        loop {
            let op = match self.token {
                Token::Plus => Op::Add,
                Token::Minus => Op::Subtract,
                _ => return Ok(()),
            };
            self.advance()?;
            self.product()?;
            self.emit(|builder| builder.binary(op))?;
        }
    }

    fn product(&mut self) -> Result<(), Mistake> {
        self.signed()?;
        loop {
            let op = match self.token {
                Token::Times => Op::Multiply,
                Token::Divide => Op::Divide,
                Token::Variable(_) | Token::Function(_) | Token::Open => {
                    self.power()?;
                    self.emit(|builder| builder.binary(Op::Multiply))?;
                    continue;
                }
                Token::Bar if !self.in_bars => {
                    self.power()?;
                    self.emit(|builder| builder.binary(Op::Multiply))?;
                    continue;
                }
                // π and e are numbers that may follow; digits may not, as `x2` could mean x².
                Token::Number(_)
                    if self.written().starts_with(|c: char| !c.is_ascii_digit() && c != '.') =>
                {
                    self.power()?;
                    self.emit(|builder| builder.binary(Op::Multiply))?;
                    continue;
                }
                Token::Number(_) => {
                    return Err((self.start, Problem::NumberAfterValue(self.written())));
                }
                _ => return Ok(()),
            };
            self.advance()?;
            self.signed()?;
            self.emit(|builder| builder.binary(op))?;
        }
    }

    fn signed(&mut self) -> Result<(), Mistake> {
        let mut negative = false;
        while let Token::Plus | Token::Minus = self.token {
            negative ^= self.token == Token::Minus;
            self.advance()?;
        }
        self.power()?;
        if negative { self.emit(|builder| builder.unary(Op::Negate)) } else { Ok(()) }
    }

    fn power(&mut self) -> Result<(), Mistake> {
        self.value()?;
        match self.token {
            Token::Superscript(exponent) => {
                self.emit(|builder| builder.constant(exponent))?;
                self.emit(Builder::power)?;
                self.advance()
            }
            Token::Power => {
                self.advance()?;
                self.nested(Self::signed)?;
                self.emit(Builder::power)
            }
            _ => Ok(()),
        }
    }

    fn value(&mut self) -> Result<(), Mistake> {
        match self.token {
            Token::Number(value) => {
                self.emit(|builder| builder.constant(value))?;
                self.advance()
            }
            Token::Variable(op) => {
                self.emit(|builder| builder.variable(op))?;
                self.advance()
            }
            Token::Open => {
                self.advance()?;
                self.inside(false)?;
                self.close(Token::Close, "')' or an operator")
            }
            Token::Bar if !self.in_bars => {
                self.advance()?;
                self.inside(true)?;
                self.close(Token::Bar, "'|' or an operator")?;
                self.emit(|builder| builder.unary(Op::Abs))
            }
            Token::Function(function) => self.call(function),
            _ => Err(self.unexpected(A_VALUE)),
        }
    }

    fn inside(&mut self, bars: bool) -> Result<(), Mistake> {
        let outside = core::mem::replace(&mut self.in_bars, bars);
        self.nested(Self::sum)?;
        self.in_bars = outside;
        Ok(())
    }

    fn close(&mut self, token: Token, expected: &'static str) -> Result<(), Mistake> {
        match self.token {
            found if found == token => self.advance(),
            Token::Comma => Err((self.start, Problem::StrayComma)),
            _ => Err(self.unexpected(expected)),
        }
    }

    fn call(&mut self, function: Function) -> Result<(), Mistake> {
        let name = self.written();
        self.advance()?;
        if self.token != Token::Open {
            return Err((self.start, Problem::NeedsParentheses(name)));
        }
        self.advance()?;
        self.inside(false)?;
        match function {
            Function::Of(op) => {
                if self.token == Token::Comma {
                    return Err((self.start, Problem::TooManyArguments(name)));
                }
                self.emit(|builder| builder.unary(op))?;
            }
            Function::Folding(op) => {
                if self.token == Token::Close {
                    return Err((self.start, Problem::TooFewArguments(name)));
                }
                while self.token == Token::Comma {
                    self.advance()?;
                    self.inside(false)?;
                    self.emit(|builder| builder.binary(op))?;
                }
            }
        }
        self.close(Token::Close, "')' or an operator")
    }
}
