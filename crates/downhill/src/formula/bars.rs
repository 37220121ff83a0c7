//! Decides which bars of a formula open an absolute value and which close one.

use super::lexer::{Token, Word};
use super::problem::{Mistake, Problem};

/// A bar, with the roles that its neighbours allow.
#[derive(Clone, Copy)]
struct Bar {
    at: usize,
    opens: bool,
    closes: bool,
    /// Whether the word before it is a bar too, so that nothing would be between the two.
    touches: bool,
    /// Whether a minus follows, which is usually a subtraction.
    minus: bool,
}

/// Replaces ambiguous bars by opening and closing ones, if there is exactly one way to pair them.
/// If there is none, the parser reports what is missing.
pub(super) fn pair(words: &mut [Word]) -> Result<(), Mistake> {
    // Bars pair within one bracket and one argument.
    let mut groups = Vec::new();
    let mut bars: Vec<Bar> = Vec::new();
    for at in 0..words.len() {
        match words[at].token {
            Token::Open(_) | Token::BarOpen => groups.push(core::mem::take(&mut bars)),
            Token::Close(_) | Token::BarClose => {
                settle(words, &bars)?;
                bars = groups.pop().unwrap_or_default();
            }
            Token::Comma => {
                settle(words, &bars)?;
                bars.clear();
            }
            Token::Bar => {
                let after = words.get(at + 1).map_or(Token::End, |word| word.token);
                let touches = at > 0 && bars.last().is_some_and(|bar| bar.at == at - 1);
                let closes = touches || ends_value(&words[..at]);
                // A plus after a value is an addition, never a sign.
                let opens = begins_operand(after) && !(closes && after == Token::Plus);
                bars.push(Bar { at, opens, closes, touches, minus: after == Token::Minus });
            }
            _ => {}
        }
    }
    groups.push(bars);
    groups.iter().try_for_each(|bars| settle(words, bars))
}

/// Pairs the bars of one group.
fn settle(words: &mut [Word], bars: &[Bar]) -> Result<(), Mistake> {
    let is_whole = words.last().is_some_and(|word| word.token == Token::End);
    let pairings = Pairings::of(bars);
    let opening = match pairings.only() {
        Ok(Some(opening)) => opening,
        Ok(None) => {
            let is_odd = !bars.len().is_multiple_of(2);
            if is_whole
                && is_odd
                && let Some(last) = bars.last()
                && (bars.len() > 1 || !last.opens)
            {
                return Err((words[last.at].start, Problem::LoneBar));
            }
            pairings.first_that_closes()
        }
        Err(index) => {
            // In `|x-1|-2|x|` the minus is a subtraction, but `|2|x|-1|` may mean either.
            let usual = bars
                .iter()
                .map(|bar| Bar { opens: bar.opens && !(bar.closes && bar.minus), ..*bar });
            let usual: Vec<Bar> = usual.collect();
            match Pairings::of(&usual).only() {
                Ok(Some(opening)) if pairings.is_plain(&opening) => opening,
                _ if is_whole => return Err((words[bars[index].at].start, Problem::Bars)),
                _ => pairings.first_that_closes(),
            }
        }
    };
    for (bar, opens) in bars.iter().zip(opening) {
        words[bar.at].token = if opens { Token::BarOpen } else { Token::BarClose };
    }
    Ok(())
}

/// Counts the ways in which bars can be paired.
struct Pairings<'b> {
    bars: &'b [Bar],
    /// The number of ways, at most 2, to pair the bars from an index on, by how many are open and
    /// whether the previous one closes or opens.
    ways: Vec<[u8; 2]>,
}

impl<'b> Pairings<'b> {
    fn of(bars: &'b [Bar]) -> Self {
        let size = bars.len() + 1;
        let mut pairings = Self { bars, ways: vec![[0; 2]; size * size] };
        let all = pairings.place(bars.len(), 0);
        pairings.ways[all] = [1, 1];
        for index in (0..bars.len()).rev() {
            for open in 0..size {
                for after_open in [false, true] {
                    let (opened, closed) = pairings.choices(index, open, after_open);
                    let place = pairings.place(index, open);
                    pairings.ways[place][usize::from(after_open)] = Ord::min(opened + closed, 2);
                }
            }
        }
        pairings
    }

    fn place(&self, index: usize, open: usize) -> usize {
        index * (self.bars.len() + 1) + open
    }

    /// The number of ways to continue if the bar opens, and if it closes.
    fn choices(&self, index: usize, open: usize, after_open: bool) -> (u8, u8) {
        let bar = &self.bars[index];
        let opened = if bar.opens && open < self.bars.len() {
            self.ways[self.place(index + 1, open + 1)][1]
        } else {
            0
        };
        let is_empty = bar.touches && after_open;
        let closed = if bar.closes && open > 0 && !is_empty {
            self.ways[self.place(index + 1, open - 1)][0]
        } else {
            0
        };
        (opened, closed)
    }

    /// Which bars open, if there is exactly one way; otherwise the first ambiguous bar.
    fn only(&self) -> Result<Option<Vec<bool>>, usize> {
        if self.ways[0][0] == 0 {
            return Ok(None);
        }
        let (mut open, mut opening) = (0, Vec::new());
        for index in 0..self.bars.len() {
            let after_open = opening.last() == Some(&true);
            let (opened, closed) = self.choices(index, open, after_open);
            if opened > 0 && closed > 0 {
                return Err(index);
            }
            opening.push(opened > 0);
            open = if opened > 0 { open + 1 } else { open - 1 };
        }
        Ok(Some(opening))
    }

    /// Which bars open if each closes whenever it can.
    fn first_that_closes(&self) -> Vec<bool> {
        let (mut open, mut opening) = (0_usize, Vec::new());
        for bar in self.bars {
            let is_empty = bar.touches && opening.last() == Some(&true);
            let opens = open == 0 || !bar.closes || is_empty;
            open = if opens { open + 1 } else { open - 1 };
            opening.push(opens);
        }
        opening
    }

    /// Whether no nested bar opens directly after a value other than `|x|`.
    fn is_plain(&self, opening: &[bool]) -> bool {
        let mut open = 0_usize;
        self.bars.iter().zip(opening).all(|(bar, opens)| {
            let is_factor = *opens && open > 0 && bar.closes && !bar.touches;
            open = if *opens { open + 1 } else { open.saturating_sub(1) };
            !is_factor
        })
    }
}

/// Whether these words end with a value, after which a bar may close.
fn ends_value(words: &[Word]) -> bool {
    let back = |by: usize| words.len().checked_sub(by).map(|at| words[at].token);
    // The power in sin²|x| belongs to a function that has no argument yet.
    match back(1) {
        Some(Token::Superscript(_)) => !matches!(back(2), Some(Token::Function(_))),
        Some(Token::Number(_)) => {
            back(2) != Some(Token::Power) || !matches!(back(3), Some(Token::Function(_)))
        }
        Some(Token::Constant(_) | Token::Variable(_) | Token::Close(_) | Token::BarClose) => true,
        _ => false,
    }
}

/// Whether an expression between bars may begin with this token.
fn begins_operand(token: Token) -> bool {
    token.begins_value()
        || matches!(token, Token::Number(_) | Token::Superscript(_) | Token::Plus | Token::Minus)
}
