//! Splits text into lines and cells, with typographic variants replaced by plain characters.

/// A line with content, in plain characters.
pub(super) struct Line {
    /// Its number in the whole text, counted from 1.
    pub(super) number: usize,
    pub(super) text: String,
}

/// The lines that are not blank, comments or dashed rules, for any kind of line ending. Also
/// returns whether there are comments.
pub(super) fn lines(text: &str) -> (Vec<Line>, bool) {
    let (mut lines, mut comments) = (Vec::new(), false);
    let mut line = String::new();
    let (mut number, mut returned) = (1, false);
    for c in text.chars().chain(['\n']) {
        let is_second = returned && c == '\n';
        returned = c == '\r';
        match c {
            '\n' if is_second => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                // A leading tab may follow an empty cell.
                let text = line.trim_matches(|c| c != '\t' && is_blank(c));
                let bare = text.trim_matches(is_blank);
                if is_comment(bare) {
                    comments = true;
                } else if !bare.is_empty() && !is_rule(bare) {
                    lines.push(Line { number, text: text.to_owned() });
                }
                line.clear();
                number += 1;
            }
            _ => line.push(plain(c)),
        }
    }
    (lines, comments)
}

/// The ASCII form of a character that is only a variant: full width, other digits, typographic
/// marks.
fn plain(c: char) -> char {
    let code = c as u32;
    let digit = |zero: u32| char::from(b'0' + (code - zero) as u8);
    match code {
        0xff01..=0xff5e => char::from((code - 0xfee0) as u8),
        0x660..=0x669 => digit(0x660),
        0x6f0..=0x6f9 => digit(0x6f0),
        0x966..=0x96f => digit(0x966),
        // Hyphens, dashes and minus signs.
        0x2010..=0x2015 | 0x2212 | 0xfe58 | 0xfe63 => '-',
        0xa0 | 0x2000..=0x200a | 0x202f | 0x205f | 0x3000 => ' ',
        0x201c..=0x201f => '"',
        0x2018 | 0x2019 => '\'',
        0x60c | 0x3001 => ',',
        0x61b => ';',
        _ => c,
    }
}

/// Whether a character is invisible and means nothing in a number.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

pub(super) fn is_blank(c: char) -> bool {
    c == ' ' || c == '\t' || is_invisible(c)
}

/// Whether a line is a comment, and not a spreadsheet's `#N/A`, `#DIV/0!` or `#NAME?`.
fn is_comment(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#') else { return false };
    let word = rest.split(|c| ",;| \t".contains(c)).next().unwrap_or_default();
    let is_error = word.ends_with('!') || word.ends_with('?') || word.contains('/') || word == "NV";
    !is_error || word.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether a line only separates a table's header from its rows, as in Markdown.
fn is_rule(line: &str) -> bool {
    let bytes = line.as_bytes();
    let has = |any: &[u8]| bytes.iter().any(|byte| any.contains(byte));
    has(b"|+")
        && bytes.windows(2).any(|two| two == b"--" || two == b"==")
        && bytes.iter().all(|byte| b"|+-=: ".contains(byte))
}

/// Whether a line is a heading: it contains letters but no number and no stand-in for one.
///
/// The digit in a name such as `x1` or `CO2` is not a number.
pub(super) fn is_heading(line: &str) -> bool {
    let letter = |c: char| {
        c.is_ascii_alphabetic()
            || c == '_'
            || c >= '\u{c0}'
                && !matches!(c, '×' | '÷' | '\u{66b}' | '\u{66c}' | '\u{2000}'..='\u{2bff}')
    };
    let names = |c: char| letter(c) || c.is_ascii_digit() || c == '/' || c == '^';
    let stands = |word: &str| {
        let missing = ["nan", "inf", "infinity", "null", "n/a"];
        word == "NA" || missing.iter().any(|name| word.eq_ignore_ascii_case(name))
    };
    line.contains(letter)
        && !line.contains('∞')
        && !line.contains('#')
        && line
            .split(|c| !names(c))
            .all(|word| !word.starts_with(|c: char| c.is_ascii_digit()) && !stands(word))
}

/// Whether a separator occurs in a line outside quotation marks.
pub(super) fn parts(line: &str, separator: char) -> bool {
    let mut quoted = false;
    line.chars().any(|c| {
        quoted ^= c == '"';
        !quoted && c == separator
    })
}

/// Whether tabs separate the cells of a line, and are not just next to its commas.
pub(super) fn has_tabs(line: &str) -> bool {
    let mut pieces = line.split('\t').map(str::trim).filter(|piece| !piece.is_empty());
    let Some(mut before) = pieces.next() else { return false };
    pieces.any(|piece| {
        let comma = before.ends_with(',') || piece.starts_with(',');
        before = piece;
        !comma
    })
}

/// The cells of a line, trimmed and unquoted. Separators after the second are dropped.
///
/// `None` if a quotation mark is not closed, or something comes between it and the next separator.
pub(super) fn cells(line: &str, separator: char) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let (mut quoted, mut closed) = (false, false);
    let mut chars = line.chars().peekable();
    if separator == ' ' && line.starts_with('\t') {
        // A value is missing before a tab that does not just separate two values.
        cells.push(String::new());
    }
    loop {
        let next = chars.next();
        let ends = match next {
            None if quoted => return None,
            None => true,
            Some('"') if quoted => {
                quoted = chars.next_if_eq(&'"').is_some();
                if quoted {
                    cell.push('"');
                }
                continue;
            }
            Some(c) if quoted => {
                cell.push(c);
                continue;
            }
            Some(c) => c == separator || separator == ' ' && c == '\t',
        };
        if ends {
            let text = cell.trim_matches(is_blank);
            if separator != ' ' || closed || !text.is_empty() {
                cells.push(text.to_owned());
            }
            cell.clear();
            closed = false;
        }
        match next {
            None => break,
            Some(_) if ends => {}
            Some(c) if closed && !is_blank(c) => return None,
            Some('"') if cell.trim_matches(is_blank).is_empty() => {
                cell.clear();
                (quoted, closed) = (true, true);
            }
            Some(c) => cell.push(c),
        }
    }
    if separator == '|' && cells.len() > 2 && cells[0].is_empty() {
        let _bar = cells.remove(0);
    }
    while cells.len() > 2 && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    Some(cells)
}
