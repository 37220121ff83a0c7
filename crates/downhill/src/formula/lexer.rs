//! Splits a formula into tokens: numbers, names and signs, in ASCII, mathematical typography or
//! LaTeX.

use super::function::Function;
use super::name::{Name, PAIRS, greek};
use super::problem::{Mistake, Problem};
use super::signature::{LAST, THE_LOSS_ALONE};

/// The kind of a word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    /// π or e.
    Constant(char),
    /// A variable as written, and whether its index is a digit that might be a power.
    Name(Name, bool),
    /// A variable by its index.
    Variable(usize),
    Function(Function),
    /// `pow`, a power written as a function.
    Pow,
    /// LaTeX's `\frac`.
    Fraction,
    /// LaTeX's `\sqrt`, which takes the one item that follows.
    Root,
    Plus,
    Minus,
    Times,
    Divide,
    Power,
    /// A superscript integer, as in x².
    Superscript(f64),
    /// An opening bracket, with its closing counterpart.
    Open(char),
    Close(char),
    /// A bar that may open or close; `BarOpen` and `BarClose` are resolved.
    Bar,
    BarOpen,
    BarClose,
    Comma,
    /// An error, which is kept beside the words.
    Wrong,
    End,
}

impl Token {
    /// Whether it is a function of two arguments.
    fn takes_two(self) -> bool {
        self == Self::Pow || matches!(self, Self::Function(function) if function.is_folding())
    }

    /// Whether a value can begin with this token, other than with a digit.
    pub(super) fn begins_value(self) -> bool {
        matches!(
            self,
            Self::Constant(_)
                | Self::Variable(_)
                | Self::Function(_)
                | Self::Pow
                | Self::Fraction
                | Self::Root
                | Self::Open(_)
                | Self::Bar
                | Self::BarOpen
        )
    }
}

/// A token and the characters that it covers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The names, as listed in error messages.
pub(super) const FUNCTION_NAMES: &str = "sin cos tan asin acos atan exp ln log log10 log2 sqrt cbrt abs sinh cosh tanh sigmoid relu floor sign pow max min";

/// Longer names come first, so that `sinh` is not read as `sin`.
const NAMES: [(&str, Token); 35] = [
    ("absolute", Token::Function(Function::Abs)),
    ("maximum", Token::Function(Function::Max)),
    ("minimum", Token::Function(Function::Min)),
    ("sigmoid", Token::Function(Function::Sigmoid)),
    ("arcsin", Token::Function(Function::Asin)),
    ("arccos", Token::Function(Function::Acos)),
    ("arctan", Token::Function(Function::Atan)),
    ("power", Token::Pow),
    ("floor", Token::Function(Function::Floor)),
    ("fabs", Token::Function(Function::Abs)),
    ("asin", Token::Function(Function::Asin)),
    ("acos", Token::Function(Function::Acos)),
    ("atan", Token::Function(Function::Atan)),
    ("sinh", Token::Function(Function::Sinh)),
    ("cosh", Token::Function(Function::Cosh)),
    ("tanh", Token::Function(Function::Tanh)),
    ("sqrt", Token::Function(Function::Sqrt)),
    ("cbrt", Token::Function(Function::Root(3))),
    ("relu", Token::Function(Function::Relu)),
    ("sign", Token::Function(Function::Sign)),
    ("sgn", Token::Function(Function::Sign)),
    ("sin", Token::Function(Function::Sin)),
    ("cos", Token::Function(Function::Cos)),
    ("tan", Token::Function(Function::Tan)),
    ("exp", Token::Function(Function::Exp)),
    ("log", Token::Function(Function::Ln)),
    ("abs", Token::Function(Function::Abs)),
    ("max", Token::Function(Function::Max)),
    ("min", Token::Function(Function::Min)),
    ("pow", Token::Pow),
    ("ln", Token::Function(Function::Ln)),
    ("pi", Token::Constant('π')),
    ("x", Token::Name(Name::plain('x'), false)),
    ("y", Token::Name(Name::plain('y'), false)),
    ("e", Token::Constant('e')),
];

/// Names from programs and books that are unknown here, with what to write instead.
const HINTS: [(&str, &str); 21] = [
    ("sec", "1/cos(x)"),
    ("csc cosec", "1/sin(x)"),
    ("cot ctg cotan", "1/tan(x)"),
    ("tg", "tan(x)"),
    ("arctg atg", "atan(x)"),
    ("sen", "sin(x)"),
    ("wurzel racine raiz", "sqrt(x)"),
    ("lg", "log10(x) or log2(x)"),
    ("lb ld", "log2(x)"),
    ("tau", "2pi for the number, or another letter for a variable"),
    ("square sqr", "x^2"),
    ("ceil lceil rceil", CEILING),
    ("lfloor rfloor", FLOOR),
    ("lVert rVert Vert", LENGTH),
    ("hypot", "sqrt(x^2 + y^2)"),
    ("round", "floor(x + 0.5)"),
    ("mod", "x - 2floor(x/2) for x modulo 2"),
    ("softplus", "ln(1 + exp(x))"),
    ("norm", "sqrt(x^2 + y^2)"),
    ("inf infinity infty nan", A_NUMBER),
    (
        "if then else where when piecewise cases begin otherwise for and or not lt gt le ge leq geq ne neq",
        PIECES,
    ),
];
const FLOOR: &str = "floor(x)";
const CEILING: &str = "-floor(-x)";
const LENGTH: &str = "|x|, or sqrt(x^2 + y^2) for the length of a vector";
const ALONE: &str = "the formula alone";
const A_NUMBER: &str = "a finite number";
const PIECES: &str = "max, min, abs, relu or sign for what changes from place to place";

/// Library names that may precede a function.
const MODULES: [&str; 8] = ["np", "numpy", "math", "torch", "tf", "jnp", "nn", "f"];

/// Whether there is a function with this name.
pub(super) fn is_function(name: &str) -> bool {
    NAMES.iter().any(|(known, token)| *known == name && matches!(token, Token::Function(_)))
}

/// The value of a digit, including subscripts.
pub(super) fn digit(c: char) -> Option<u8> {
    let value = match c {
        '₀'..='₉' => u32::from(c) - u32::from('₀'),
        _ => c.to_digit(10)?,
    };
    u8::try_from(value).ok()
}

/// The value of a superscript digit.
fn raised(c: char) -> Option<u32> {
    match c {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' | '⁴'..='⁹' => Some(u32::from(c) - u32::from('⁰')),
        _ => None,
    }
}

/// Reads the words of a text in sequence.
pub(super) struct Lexer<'c> {
    chars: &'c mut [char],
    at: usize,
    words: Vec<Word>,
}

impl<'c> Lexer<'c> {
    /// All words up to the first error, and that error.
    pub(super) fn read(chars: &'c mut [char]) -> (Vec<Word>, Option<Mistake>) {
        let mut lexer = Self { chars, at: 0, words: Vec::new() };
        loop {
            while lexer.peek().is_some_and(char::is_whitespace) {
                lexer.at += 1;
            }
            let start = lexer.at;
            let Some(first) = lexer.peek() else { return (lexer.words, None) };
            match lexer.token(first) {
                Ok(Some(token)) => lexer.push(token, start),
                Ok(None) => {}
                Err(problem) => return (lexer.words, Some((start, problem))),
            }
        }
    }

    fn push(&mut self, token: Token, start: usize) {
        self.words.push(Word { token, start, end: self.at });
    }

    fn ahead(&self, by: usize) -> Option<char> {
        self.chars.get(self.at + by).copied()
    }

    fn peek(&self) -> Option<char> {
        self.ahead(0)
    }

    fn since(&self, start: usize) -> String {
        self.chars[start..self.at].iter().collect()
    }

    /// Skips characters while the condition holds, and returns how many.
    fn skip(&mut self, such: impl Fn(char) -> bool) -> usize {
        let start = self.at;
        while self.peek().is_some_and(&such) {
            self.at += 1;
        }
        self.at - start
    }

    /// The next token, or nothing if characters without meaning were skipped.
    fn token(&mut self, first: char) -> Result<Option<Token>, Problem> {
        let instead = |instead| Err(Problem::Instead(first.to_string(), instead));
        let token = match first {
            // MATLAB's elementwise operators.
            '.' if matches!(self.ahead(1), Some('^' | '*' | '/')) => {
                self.at += 1;
                return Ok(None);
            }
            '0'..='9' | '.' => return self.number().map(Some),
            'a'..='z' | 'A'..='Z' => return self.name(),
            'τ' => return instead("2pi for the number, or another letter for a variable"),
            'π' => Token::Constant('π'),
            'σ' if self.ahead(1) == Some('(') => return instead("sigmoid(x)"),
            'Ѐ'..='ӿ' => return instead("the Latin letter that looks like it"),
            'α'..='ω' => {
                self.at += 1;
                return self.variable(first).map(Some);
            }
            '\\' => return self.command(),
            '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' | '⁻' | 'ˣ' | 'ʸ' => {
                return self.superscript().map(Some);
            }
            '*' if self.ahead(1) == Some('*') => {
                self.at += 1;
                Token::Power
            }
            // The invisible function-application sign, which copied formulas contain after a
            // function's name.
            '\u{2061}' => {
                self.at += 1;
                return Ok(None);
            }
            '√' => Token::Function(Function::Sqrt),
            '∛' => Token::Function(Function::Root(3)),
            '∜' => Token::Function(Function::Root(4)),
            '½' => Token::Number(0.5),
            '¼' => Token::Number(0.25),
            '¾' => Token::Number(0.75),
            '⅓' => Token::Number(1.0 / 3.0),
            '⅔' => Token::Number(2.0 / 3.0),
            '⅛' => Token::Number(0.125),
            '+' => Token::Plus,
            '-' | '−' | '‐' | '‑' | '–' | '—' => Token::Minus,
            // The last one is the invisible multiplication sign, which copied formulas contain
            // between factors.
            '*' | '·' | '⋅' | '∙' | '•' | '×' | '∗' | '\u{2062}' => Token::Times,
            '/' | '÷' | '∕' | '⁄' => Token::Divide,
            '^' | 'ˆ' => Token::Power,
            '(' => Token::Open(')'),
            '[' => Token::Open(']'),
            '{' => Token::Open('}'),
            ')' | ']' | '}' => Token::Close(first),
            '|' | '∣' => Token::Bar,
            ',' => Token::Comma,
            '=' | ':' | '↦' | '→' => return instead(THE_LOSS_ALONE),
            '<' | '>' | '≤' | '≥' | '≠' | '?' => return instead(PIECES),
            '∞' => return instead(A_NUMBER),
            '\'' | '‘' | '’' if self.words.is_empty() => return instead(ALONE),
            '\'' | '′' | '’' => return instead("the loss itself, not its derivative"),
            '!' => return instead("a product, as there are no factorials"),
            '%' => return instead("0.05 for 5 %, or x - 2floor(x/2) for x modulo 2"),
            '‖' => return instead(LENGTH),
            '⌊' | '⌋' => return instead(FLOOR),
            '⌈' | '⌉' => return instead(CEILING),
            '±' | '∓' => return instead("+ or -"),
            '_' => return instead("x_1 and x_2 for variables with an index"),
            ';' if self.words.iter().any(|word| word.token.takes_two()) => {
                return instead("a comma between arguments");
            }
            '“' | '”' | '"' | '`' | '‘' | ';' => return instead(ALONE),
            _ => return Err(Problem::UnknownCharacter(first)),
        };
        self.at += 1;
        Ok(Some(token))
    }

    fn number(&mut self) -> Result<Token, Problem> {
        let start = self.at;
        let is_digit = |c: char| c.is_ascii_digit();
        let mut digits = self.skip(is_digit);
        if digits > 0
            && matches!(self.peek(), Some('\'' | '’' | '_'))
            && self.ahead(1).is_some_and(is_digit)
        {
            self.skip(|c| c.is_ascii_digit() || matches!(c, '\'' | '’' | '_'));
            let found = self.since(start);
            let number = found.chars().filter(char::is_ascii_digit).collect();
            return Err(Problem::Grouped(found, number));
        }
        if self.peek() == Some('.') {
            self.at += 1;
            digits += self.skip(is_digit);
        }
        if digits == 0 {
            return Err(Problem::UnknownCharacter('.'));
        }
        let mut written = self.since(start);
        if let Some('e' | 'E') = self.peek() {
            // `2e-3` is a number but `2e` is 2·e: an exponent needs digits.
            let negative = matches!(self.ahead(1), Some('-' | '−'));
            let signed = negative || self.ahead(1) == Some('+');
            let skipped = if signed { 2 } else { 1 };
            if self.ahead(skipped).is_some_and(is_digit) {
                self.at += skipped;
                let exponent = self.at;
                self.skip(is_digit);
                written.push_str(if negative { "e-" } else { "e" });
                written.push_str(&self.since(exponent));
            }
        }
        match crate::numbers::read(&written) {
            Some(0.0) if crate::numbers::vanishes(&written) => {
                Err(Problem::NumberTooSmall(written))
            }
            Some(number) if number.is_finite() => Ok(Token::Number(number)),
            _ => Err(Problem::NumberTooLarge(written)),
        }
    }

    /// The first part of a run of letters, such as `xy` or `x sin(x)` without spaces, if every part
    /// has a meaning.
    fn name(&mut self) -> Result<Option<Token>, Problem> {
        let start = self.at;
        let length = self.skip(|c| c.is_ascii_alphabetic());
        let written = self.since(start);
        let run = written.to_ascii_lowercase();
        if self.peek() == Some('.')
            && self.ahead(1).is_some_and(|c| c.is_ascii_alphabetic())
            && MODULES.contains(&&*run)
        {
            self.at += 1;
            return Ok(None);
        }
        if run == "lambda" && self.chars.contains(&':') {
            return Err(Problem::Instead(written, LAST));
        }
        self.at = start;
        let known = |(names, _): &&(&str, &str)| names.split(' ').any(|name| name == run);
        if let Some((_, instead)) = HINTS.iter().find(known) {
            return Err(Problem::Instead(written, instead));
        }
        let (taken, token) = if let Some(letter) = greek(&run) {
            let pi = letter == 'π';
            (
                length,
                if pi { Token::Constant(letter) } else { Token::Name(Name::plain(letter), false) },
            )
        } else {
            // `sine(x)` is not a product, because in a run that is called the function comes last.
            let is_called = self.ahead(length) == Some('(');
            first_part(&run, is_called).ok_or(Problem::UnknownName(written))?
        };
        self.at += taken;
        match token {
            Token::Constant('e') if self.is_expectation() => {
                Err(Problem::Instead("E".to_owned(), "the mean as a sum, or e for Euler's number"))
            }
            Token::Function(Function::Atan)
                if self.peek() == Some('2') && self.ahead(1) == Some('(') =>
            {
                Err(Problem::Instead([&*self.since(start), "2"].concat(), "atan(y/x)"))
            }
            Token::Name(Name { letter, .. }, _) => self.variable(letter).map(Some),
            Token::Function(Function::Ln) if taken == 3 => self.logarithm(start).map(Some),
            _ => Ok(Some(token)),
        }
    }

    /// Whether the letter just read is a capital E before a bracket, the sign for an expected
    /// value.
    fn is_expectation(&self) -> bool {
        let mut after = self.chars[self.at..].iter().filter(|c| !c.is_whitespace());
        self.chars[self.at - 1] == 'E' && matches!(after.next(), Some('[' | '(' | '{'))
    }

    /// A variable whose letter was just read, with its index: `x_1`, `x_{1}`, `x₁`, `x[0]` or `x1`.
    fn variable(&mut self, letter: char) -> Result<Token, Problem> {
        let start = self.at;
        if let (Some(open @ ('[' | '(')), Some(digit @ '0'..='2'), Some(']' | ')')) =
            (self.peek(), self.ahead(1), self.ahead(2))
        {
            let index = digit.to_digit(10).and_then(|index| u8::try_from(index).ok());
            let name = Name { letter, index };
            self.at += 3;
            if open == '[' {
                return Ok(Token::Name(name, false));
            }
            // An index as in MATLAB, or a factor.
            return Err(Problem::Ambiguous {
                found: [&*letter.to_string(), &self.since(start)].concat(),
                first: name.text(),
                second: [digit, letter].iter().collect(),
            });
        }
        let index = self.lowered();
        if self.at > start {
            return match index {
                Some(index @ 0..=9) => Ok(Token::Name(Name { letter, index: Some(index) }, false)),
                _ => {
                    let mut written = String::from(letter);
                    written.push_str(&self.since(start));
                    Err(Problem::Instead(written, "x_1 and x_2 for variables with an index"))
                }
            };
        }
        match self.peek().and_then(digit) {
            Some(index @ 0..=2)
                if !self.ahead(1).is_some_and(|c| c.is_ascii_digit() || c == '.') =>
            {
                self.at += 1;
                Ok(Token::Name(Name { letter, index: Some(index) }, true))
            }
            _ => Ok(Token::Name(Name::plain(letter), false)),
        }
    }

    /// A subscript integer, if there is one; other subscripts are skipped.
    fn lowered(&mut self) -> Option<u8> {
        let start = self.at;
        if self.peek() == Some('_') {
            self.at += 1;
            if self.peek() == Some('{') {
                self.skip(|c| c != '}');
                self.at = Ord::min(self.at + 1, self.chars.len());
            } else if self.skip(|c| c.is_ascii_digit()) == 0 {
                self.at = Ord::min(self.at + 1, self.chars.len());
            }
        } else {
            self.skip(|c| matches!(c, '₀'..='₉'));
        }
        let mut value = None;
        for c in self.chars[start..self.at].iter().filter(|c| !matches!(c, '_' | '{' | '}')) {
            value = Some(value.unwrap_or(0_u8).checked_mul(10)?.checked_add(digit(*c)?)?);
        }
        value
    }

    /// A logarithm whose name was just read, with its base: `log_2`, `log₁₀`, `log10(`.
    fn logarithm(&mut self, start: usize) -> Result<Token, Problem> {
        let name_end = self.at;
        let rest: &[char] = &self.chars[name_end..];
        let e = [&['_', 'e'][..], &['_', '{', 'e', '}']];
        if let Some(base) = e.iter().find(|base| rest.starts_with(base)) {
            self.at += base.len();
            return Ok(Token::Function(Function::Ln));
        }
        let mut base = self.lowered();
        if self.at == name_end {
            if self.skip(|c| c.is_ascii_digit()) == 0 {
                return Ok(Token::Function(Function::Ln));
            }
            let digits: String = self.chars[name_end..self.at].iter().collect();
            if digits == "1" && self.peek() == Some('p') {
                return Err(Problem::Instead("log1p".to_owned(), "ln(1 + x)"));
            }
            if self.peek() != Some('(') {
                return Err(Problem::Ambiguous {
                    found: ["log", &digits].concat(),
                    first: ["log", &digits, "(x)"].concat(),
                    second: ["log(", &digits, "x)"].concat(),
                });
            }
            base = digits.parse().ok();
        }
        match base {
            Some(base @ 2..) => Ok(Token::Function(Function::Log(base))),
            _ => {
                let written = self.since(start);
                Err(Problem::Instead(
                    written,
                    "log2(x), log10(x), or log_3(x) with another whole base",
                ))
            }
        }
    }

    /// A superscript number, or a superscript product with x or y, which becomes the words of a
    /// power.
    fn superscript(&mut self) -> Result<Token, Problem> {
        let start = self.at;
        let negative = self.peek() == Some('⁻');
        self.at += usize::from(negative);
        let mut value = 0.0;
        let digits = self.at;
        while let Some(digit) = self.peek().and_then(raised) {
            value = value * 10.0 + f64::from(digit);
            self.at += 1;
        }
        let any = self.at > digits;
        let letter = match self.peek() {
            Some('ˣ') => Some('x'),
            Some('ʸ') => Some('y'),
            _ => None,
        };
        let Some(letter) = letter else {
            if any {
                return Ok(Token::Superscript(if negative { -value } else { value }));
            }
            return Err(Problem::UnknownCharacter('⁻'));
        };
        self.push(Token::Power, start);
        self.push(Token::Open('}'), start);
        if negative {
            self.push(Token::Minus, start);
        }
        if any {
            self.push(Token::Number(value), start);
        }
        self.at += 1;
        self.push(Token::Name(Name::plain(letter), false), start);
        let after =
            self.peek().is_some_and(|c| raised(c).is_some() || matches!(c, '⁻' | 'ˣ' | 'ʸ'));
        if after {
            return Err(Problem::Instead("a long superscript".to_owned(), "^(…)"));
        }
        Ok(Token::Close('}'))
    }

    /// A LaTeX command.
    fn command(&mut self) -> Result<Option<Token>, Problem> {
        let start = self.at;
        self.at += 1;
        if self.skip(|c| c.is_ascii_alphabetic()) == 0 {
            let sign = self.peek();
            self.at = Ord::min(self.at + 1, self.chars.len());
            return match sign {
                // Spaces, and the delimiters around mathematics in a text.
                Some(',' | ';' | ':' | '!' | ' ' | '(' | ')' | '[' | ']') => Ok(None),
                Some('{') => Ok(Some(Token::Open('}'))),
                Some('}') => Ok(Some(Token::Close('}'))),
                Some('|') => Err(Problem::Instead(self.since(start), LENGTH)),
                _ => Err(Problem::UnknownCharacter('\\')),
            };
        }
        let written = self.since(start);
        let name = &written[1..];
        let bar = matches!(self.peek(), Some('|'));
        let token = match name {
            "cdot" | "times" | "ast" => Token::Times,
            "div" => Token::Divide,
            "frac" | "dfrac" | "tfrac" | "cfrac" => Token::Fraction,
            "sqrt" => Token::Root,
            "left" | "right" if bar => {
                self.at += 1;
                if name == "left" { Token::BarOpen } else { Token::BarClose }
            }
            "lvert" => Token::BarOpen,
            "rvert" => Token::BarClose,
            "vert" | "mid" => Token::Bar,
            "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "Bigl" | "Bigr" | "quad"
            | "qquad" | "displaystyle" | "textstyle" | "limits" => return Ok(None),
            // Font commands mean nothing here; the braces around their content are dropped.
            "operatorname" | "mathbb" | "mathrm" | "mathbf" | "mathit" | "mathsf" | "text"
            | "textrm" | "boldsymbol" | "bm" => {
                let open = self.at;
                if self.peek() == Some('{')
                    && let Some(length) = self.chars[open..].iter().position(|c| *c == '}')
                {
                    self.chars[open] = ' ';
                    self.chars[open + length] = ' ';
                }
                return Ok(None);
            }
            _ => {
                if let Some(letter) = greek(name).filter(|letter| !matches!(letter, 'π' | 'τ')) {
                    return self.variable(letter).map(Some);
                }
                let known =
                    |(names, _): &&(&str, &str)| names.split(' ').any(|known| known == name);
                if let Some((_, instead)) = HINTS.iter().find(known) {
                    return Err(Problem::Instead(written, instead));
                }
                match NAMES.iter().find(|(known, _)| *known == name && known.len() > 1) {
                    Some((_, Token::Function(Function::Ln))) if name == "log" => {
                        return self.logarithm(start).map(Some);
                    }
                    Some((_, token)) => *token,
                    None => {
                        return Err(Problem::UnknownName(written));
                    }
                }
            }
        };
        Ok(Some(token))
    }
}

/// The first part of a run of letters, and its length.
fn first_part(run: &str, is_called: bool) -> Option<(usize, Token)> {
    let mut first = None;
    let mut rest = run;
    let mut after_function = false;
    while !rest.is_empty() {
        if after_function && is_called {
            return None;
        }
        let known = |rest: &str| NAMES.iter().find(|(name, _)| rest.starts_with(name));
        let (length, token) = match known(rest) {
            Some((name, token)) => (name.len(), *token),
            None => {
                // One more letter, as in `tsin(t)` and `cost`, or a pair; a longer word is not a
                // product.
                let letter = rest.chars().next()?;
                let next = rest.get(1..).and_then(known);
                let before_function =
                    rest.len() == run.len() && matches!(next, Some((_, Token::Function(_))));
                let alone = rest.len() == 1 && (after_function || run.len() == 1);
                if !before_function && !alone && !PAIRS.contains(&run) {
                    return None;
                }
                (1, Token::Name(Name::plain(letter), false))
            }
        };
        after_function = matches!(token, Token::Function(_));
        first = first.or(Some((length, token)));
        rest = rest.get(length..).unwrap_or("");
    }
    first
}
