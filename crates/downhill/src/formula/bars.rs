//! Which bars of a formula open an absolute value and which close one.

use super::lexer::{Token, Word};
use super::problem::{Mistake, Problem};

/// A bar that may open or close, and what it may do by what stands around it.
struct Bar {
    at: usize,
    opens: bool,
    closes: bool,
    /// Whether the bar before it is the word before it: nothing but a blank would be between the two.
    touches: bool,
}

/// Puts bars that say whether they open or close in the place of those that do not, if there is just one way to
/// pair them. Where there is none, the parser finds out what is missing.
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
                bars.push(Bar {
                    at,
                    opens: begins_operand(after),
                    closes: touches || ends_value(&words[..at]),
                    touches,
                });
            }
            _ => {}
        }
    }
    groups.push(bars);
    groups.iter().try_for_each(|bars| settle(words, bars))
}

fn settle(words: &mut [Word], bars: &[Bar]) -> Result<(), Mistake> {
    let size = bars.len() + 1;
    // In how many ways, 2 standing for more, the bars from one on can be paired where so many are open and the last
    // one did or did not open.
    let mut ways = vec![[0_u8; 2]; (size + 1) * size];
    let place = |bar: usize, open: usize| bar * size + open;
    let choices = |ways: &[[u8; 2]], index: usize, open: usize, after_open: bool| {
        let bar = &bars[index];
        let opened =
            if bar.opens && open + 1 < size { ways[place(index + 1, open + 1)][1] } else { 0 };
        let is_empty = bar.touches && after_open;
        let closed = if bar.closes && open > 0 && !is_empty {
            ways[place(index + 1, open - 1)][0]
        } else {
            0
        };
        (opened, closed)
    };
    ways[place(bars.len(), 0)] = [1, 1];
    for index in (0..bars.len()).rev() {
        for open in 0..size {
            for after_open in [false, true] {
                let (opened, closed) = choices(&ways, index, open, after_open);
                ways[place(index, open)][usize::from(after_open)] = Ord::min(opened + closed, 2);
            }
        }
    }
    let is_hopeless = ways[0][0] == 0;
    let is_whole = words.last().is_some_and(|word| word.token == Token::End);
    if is_whole
        && is_hopeless
        && !bars.len().is_multiple_of(2)
        && let Some(last) = bars.last()
        && (bars.len() > 1 || !last.opens)
    {
        return Err((words[last.at].start, Problem::LoneBar));
    }
    let (mut open, mut after_open) = (0, false);
    for (index, bar) in bars.iter().enumerate() {
        let opens = if is_hopeless {
            open == 0 || !bar.closes || bar.touches && after_open
        } else {
            let (opened, closed) = choices(&ways, index, open, after_open);
            if opened > 0 && closed > 0 && is_whole {
                return Err((words[bar.at].start, Problem::Bars));
            }
            closed == 0
        };
        words[bar.at].token = if opens { Token::BarOpen } else { Token::BarClose };
        open = if opens { open + 1 } else { open - 1 };
        after_open = opens;
    }
    Ok(())
}

/// Whether these words end with a value, after which a bar may close.
fn ends_value(words: &[Word]) -> bool {
    let back = |by: usize| words.len().checked_sub(by).map(|at| words[at].token);
    // The power in sin²|x| belongs to what has no argument yet.
    match back(1) {
        Some(Token::Superscript(_)) => !matches!(back(2), Some(Token::Function(_))),
        Some(Token::Number(_)) => {
            back(2) != Some(Token::Power) || !matches!(back(3), Some(Token::Function(_)))
        }
        Some(Token::Constant(_) | Token::Variable(_) | Token::Close(_) | Token::BarClose) => true,
        _ => false,
    }
}

/// Whether what a bar encloses may begin with this.
fn begins_operand(token: Token) -> bool {
    token.begins_value()
        || matches!(token, Token::Number(_) | Token::Superscript(_) | Token::Plus | Token::Minus)
}
