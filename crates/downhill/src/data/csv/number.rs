//! Parses a number in a cell, with a given decimal mark.

/// The marks found in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) decimal: Option<char>,
    pub(super) thousands: Option<char>,
}

/// The Arabic decimal mark, which has no other meaning.
const ARABIC: char = '\u{66b}';

/// The part of a number being parsed.
#[derive(PartialEq, Eq)]
enum Part {
    Whole,
    Decimals,
    Exponent,
}

/// Parses a finite number and records the marks in it.
///
/// Thousands may be grouped by a point or comma that is not the decimal mark, a space, an
/// apostrophe or the Arabic mark, if every group has three digits. A nonzero number that underflows
/// is refused.
pub(super) fn number(cell: &str, decimal: char, marks: &mut Marks) -> Option<f64> {
    let mut plain = String::new();
    let unsigned = match cell.strip_prefix('-') {
        Some(rest) => {
            plain.push('-');
            rest.trim_start()
        }
        None => cell.strip_prefix('+').unwrap_or(cell),
    };
    let mut part = Part::Whole;
    let mut seen = Marks::default();
    // The number of digits since the last mark; `None` where no grouping mark can follow.
    let mut digits = 0;
    let mut zero = true;
    let whole_ends = |seen: &Marks, digits: i32| seen.thousands.is_none() || digits == 3;
    for c in unsigned.chars() {
        match c {
            '0'..='9' => {
                zero &= c == '0' || part == Part::Exponent;
                plain.push(c);
                digits += 1;
            }
            _ if (c == decimal || c == ARABIC)
                && part == Part::Whole
                && whole_ends(&seen, digits) =>
            {
                seen.decimal = Some(c);
                plain.push('.');
                (part, digits) = (Part::Decimals, 0);
            }
            'e' | 'E' if part == Part::Decimals || whole_ends(&seen, digits) => {
                if part == Part::Exponent {
                    return None;
                }
                plain.push('e');
                part = Part::Exponent;
            }
            '+' | '-' if plain.ends_with('e') => plain.push(c),
            '.' | ',' | ' ' | '\'' | '\u{66c}' if part == Part::Whole && c != decimal => {
                let fits = match seen.thousands {
                    None => (1..=3).contains(&digits) && !unsigned.starts_with('0'),
                    Some(mark) => mark == c && digits == 3,
                };
                if !fits {
                    return None;
                }
                seen.thousands = Some(c);
                digits = 0;
            }
            _ => return None,
        }
    }
    let whole = part == Part::Whole;
    // A comma at the end can only separate columns.
    if whole && !whole_ends(&seen, digits) || unsigned.ends_with(',') {
        return None;
    }
    let number = crate::numbers::read(&plain).filter(|number| number.is_finite())?;
    if number == 0.0 && !zero {
        return None;
    }
    marks.decimal = marks.decimal.or(seen.decimal);
    marks.thousands = marks.thousands.or(seen.thousands);
    Some(number)
}
