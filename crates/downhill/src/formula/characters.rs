//! The characters of a formula: typographic variants, and display widths.

use crate::numbers::is_invisible;

/// The plain character of which this is a variant: full-width forms, digits of other scripts, and
/// the mathematical letters and digits of word processors and PDFs.
pub(super) fn plain(c: char) -> char {
    let code = u32::from(c);
    let letter = |base: char, index: u32| char::from_u32(u32::from(base) + index).unwrap_or(c);
    match code {
        0xff01..=0xff5e => letter('!', code - 0xff01),
        0x660..=0x669 => letter('0', code - 0x660),
        0x6f0..=0x6f9 => letter('0', code - 0x6f0),
        0x966..=0x96f => letter('0', code - 0x966),
        // The alphabets follow one another, capitals before small letters.
        0x1d400..=0x1d6a3 => match (code - 0x1d400) % 52 {
            capital @ 0..26 => letter('A', capital),
            small => letter('a', small - 26),
        },
        0x1d6a8..=0x1d7c9 => match (code - 0x1d6a8) % 58 {
            small @ 26..=50 => letter('α', small - 26),
            _ => c,
        },
        0x1d7ce..=0x1d7ff => letter('0', (code - 0x1d7ce) % 10),
        _ => match c {
            'ϑ' => 'θ',
            'ϕ' => 'φ',
            'ϵ' => 'ε',
            'ℎ' => 'h',
            '٫' => '.',
            '،' | '、' => ',',
            'Α'..='Ω' => letter(c, 32),
            _ => c,
        },
    }
}

/// Whether it combines with the character before it.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Whether it is two columns wide: East Asian letters, full-width forms and pictographs.
fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115e}'
        | '\u{2e80}'..='\u{303e}'
        | '\u{3041}'..='\u{a4cf}'
        | '\u{a960}'..='\u{a97c}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff01}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}')
}

/// The number of columns that a text takes in a monospaced font, as in a terminal.
///
/// Combining marks and invisible characters take none, East Asian characters and pictographs two,
/// and a tab extends to the next multiple of eight.
///
/// ```
/// use downhill::columns;
///
/// assert_eq!(columns("x²+"), 3);
/// assert_eq!(columns("ｘ＋"), 4);
/// assert_eq!(columns("x\u{301}"), 1);
/// assert_eq!(columns("x\t"), 8);
/// ```
#[must_use]
pub fn columns(text: &str) -> usize {
    text.chars().fold(0, |columns, c| match c {
        '\t' => columns / 8 * 8 + 8,
        // Text shown on one line has a space there.
        '\n' | '\r' => columns + 1,
        _ if is_invisible(c) || is_combining(c) => columns,
        _ if is_wide(c) => columns + 2,
        _ => columns + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_stand_for_plain_characters() {
        for (variant, c) in [
            ('ｘ', 'x'),
            ('＋', '+'),
            ('۲', '2'),
            ('٩', '9'),
            ('٫', '.'),
            ('２', '2'),
            ('（', '('),
            ('𝑥', 'x'),
            ('𝒚', 'y'),
            ('𝐗', 'X'),
            ('𝜃', 'θ'),
            ('𝟐', '2'),
            ('Θ', 'θ'),
            ('x', 'x'),
            ('²', '²'),
        ] {
            assert_eq!(plain(variant), c, "{variant}");
        }
    }

    #[test]
    fn columns_are_those_of_a_terminal() {
        for (text, expected) in [
            ("", 0),
            ("−x²·π+", 6),
            ("  x^", 4),
            ("😀", 2),
            ("e\u{301}+", 2),
            ("\u{200b}x", 1),
            ("漢字", 4),
        ] {
            assert_eq!(columns(text), expected, "{text}");
        }
    }
}
