//! Number notations: the one accepted everywhere, and interpretations of others.

use super::read::read;

/// Parses a finite number in the notation of attributes, URLs and flags: `-4`, `0.9`, `.5`, `+1`,
/// `1e-3`.
///
/// It does not depend on the language. Surrounding spaces are ignored, and the typographic minus
/// (U+2212), which figures print, is accepted. A nonzero number that underflows is refused rather
/// than read as 0.
///
/// ```
/// use downhill::numbers::plain;
///
/// assert_eq!(plain(" −0.5 "), Some(-0.5));
/// assert_eq!(plain("0,9"), None);
/// assert_eq!(plain("1e400"), None);
/// assert_eq!(plain("1e-400"), None);
/// ```
#[must_use]
pub fn plain(text: &str) -> Option<f64> {
    finite(&tidied(text))
}

/// Parses an integer in the notation of [`plain`]: `25`, `1e3`, but not `2.5`.
#[must_use]
pub fn whole(text: &str) -> Option<f64> {
    plain(text).filter(|number| f64::trunc(*number) == *number)
}

fn tidied(text: &str) -> String {
    text.trim().replace('−', "-")
}

fn finite(text: &str) -> Option<f64> {
    read(text).filter(|number| number.is_finite() && (*number != 0.0 || !vanishes(text)))
}

/// Whether a number in the notation of [`plain`] is not 0 as written but underflows to 0.
///
/// ```
/// use downhill::numbers::vanishes;
///
/// assert!(vanishes("1e-400") && vanishes(" −2e−999 "));
/// assert!(!vanishes("0e5") && !vanishes("5e-324"));
/// ```
#[must_use]
pub fn vanishes(text: &str) -> bool {
    let mut digits = text.bytes().take_while(|byte| !byte.eq_ignore_ascii_case(&b'e'));
    digits.any(|byte| matches!(byte, b'1'..=b'9')) && read(&tidied(text)) == Some(0.0)
}

/// The meaning of a text in one of the common number notations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// The number, finite.
    pub value: f64,
    /// The decimal mark: a point, a comma or the Arabic `٫`.
    pub decimal: Option<char>,
    /// The mark between groups of three digits, with all spaces as a blank and all apostrophes as
    /// `'`.
    pub group: Option<char>,
    /// Whether it was computed from a percentage or a fraction.
    pub computed: bool,
}

/// Marks that group digits somewhere.
const GROUPS: [char; 6] = [',', '.', ' ', '\'', '٬', '_'];

/// Decimal marks used somewhere.
const DECIMALS: [char; 3] = ['.', ',', '٫'];

/// All numbers that a text may mean: a mark may be read as grouping digits, and as a decimal mark.
///
/// Powers of ten (`1e-3`, `1 × 10⁻³`, `1·10^-3`), digits of other scripts, fractions and
/// percentages are understood. A mark can group digits only if exactly three digits follow each.
///
/// ```
/// use downhill::numbers::readings;
///
/// let values = |text| readings(text).iter().map(|reading| reading.value).collect::<Vec<_>>();
/// assert_eq!(values("1,234"), [1234.0, 1.234]);
/// assert_eq!(values("0,9"), [0.9]);
/// assert_eq!(values("1,234.5"), [1234.5]);
/// assert_eq!(values("50 %"), [0.5]);
/// assert!(values("fast").is_empty());
/// ```
#[must_use]
pub fn readings(text: &str) -> Vec<Reading> {
    let tidy: String = text.trim().chars().map(folded).collect();
    if let Some(share) = tidy.strip_suffix('%') {
        return computed(single(share), Some(100.0));
    }
    if let Some((above, below)) = tidy.split_once('/') {
        return computed(single(above), single(below));
    }
    let (negative, unsigned) = match tidy.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, tidy.strip_prefix('+').unwrap_or(&tidy)),
    };
    let Some((mantissa, power)) = scaled(unsigned) else { return Vec::new() };
    let decimal = mantissa.chars().rfind(|mark| DECIMALS.contains(mark));
    let marks = if decimal.is_some() { &[None, decimal][..] } else { &[None] };
    let reading = |decimal: &Option<char>| {
        let (digits, group) = unmarked(mantissa, *decimal)?;
        let value = finite(&(digits + "e" + &power))?;
        let value = if negative { -value } else { value };
        Some(Reading { value, decimal: *decimal, group, computed: false })
    };
    marks.iter().filter_map(reading).collect()
}

impl Reading {
    /// Whether this is how a language with these separators writes the number, or with a decimal point;
    /// what had to be computed is not.
    #[must_use]
    pub fn is_written(&self, decimal: char, group: Option<char>) -> bool {
        let group = group.map(|group| match group {
            '’' => '\'',
            _ if group.is_whitespace() => ' ',
            _ => group,
        });
        let grouped = self.group.is_none() || self.group == group || self.group == Some('٬');
        let pointed = match self.decimal {
            None | Some('٫') => true,
            Some('.') => decimal == '.' || self.group.is_none(),
            Some(mark) => decimal == mark,
        };
        grouped && pointed && !self.computed
    }

    /// Whether the number may have a decimal comma although the language groups digits with commas: many
    /// readers type one.
    #[must_use]
    pub fn may_have_comma(&self, group: Option<char>) -> bool {
        self.decimal == Some(',') && group == Some(',') && self.group.is_none()
    }
}

/// What a person may mean by a number as an answer, where every notation will do: in the notation of
/// their language, by its separators, else in any other. Several numbers if it cannot be told.
///
/// ```
/// use downhill::numbers::answers;
///
/// assert_eq!(answers("0,02", '.', Some(',')), [0.02]);
/// assert_eq!(answers("1/50", '.', Some(',')), [0.02]);
/// assert_eq!(answers("2 %", ',', Some('.')), [0.02]);
/// assert_eq!(answers("1.234", '.', Some(',')), [1.234]);
/// assert_eq!(answers("1,234", '.', Some(',')), [1234.0, 1.234]);
/// assert!(answers("many", '.', Some(',')).is_empty());
/// ```
#[must_use]
pub fn answers(text: &str, decimal: char, group: Option<char>) -> Vec<f64> {
    let mut all = readings(text);
    let own =
        |reading: &Reading| reading.is_written(decimal, group) || reading.may_have_comma(group);
    if all.iter().any(own) {
        all.retain(own);
    }
    let mut values: Vec<f64> = all.iter().map(|reading| reading.value).collect();
    values.dedup();
    values
}

fn single(text: &str) -> Option<f64> {
    let all = if text.contains(['/', '%']) { Vec::new() } else { readings(text) };
    all.first().filter(|_| all.len() == 1).map(|reading| reading.value)
}

fn computed(above: Option<f64>, below: Option<f64>) -> Vec<Reading> {
    let fits = |x: &f64| x.is_finite() && (*x != 0.0 || above == Some(0.0));
    let value = above.zip(below).map(|(above, below)| above / below).filter(fits);
    let reading = |value| Reading { value, decimal: None, group: None, computed: true };
    value.map(reading).into_iter().collect()
}

/// The ASCII form of a character that is only a variant of one.
fn folded(c: char) -> char {
    let digit = |zero: char| char::from_u32(c as u32 - zero as u32 + '0' as u32).unwrap_or(c);
    match c {
        // Full-width forms, in the order of ASCII.
        '！'..='～' => folded(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
        '٠'..='٩' => digit('٠'),
        '۰'..='۹' => digit('۰'),
        '०'..='९' => digit('०'),
        '−' | '–' | '‐' | '‑' | '﹣' => '-',
        '’' | 'ʼ' => '\'',
        '×' | '·' | '⋅' => '*',
        _ if c.is_whitespace() => ' ',
        _ => c,
    }
}

/// The number before a power of ten, and the exponent as digits; `0` if there is no power.
fn scaled(text: &str) -> Option<(&str, String)> {
    if let Some((mantissa, power)) = text.split_once(['e', 'E']) {
        return Some((mantissa, power.to_owned()));
    }
    let (mantissa, power) = match text.split_once('*') {
        Some((mantissa, power)) => (mantissa.trim_end(), power.trim_start()),
        None if text.starts_with("10^") => ("1", text),
        None => return Some((text, "0".to_owned())),
    };
    let power = power.strip_prefix("10")?;
    Some((
        mantissa,
        match power.strip_prefix('^') {
            Some(power) => power.to_owned(),
            None if power.is_empty() => "1".to_owned(),
            None => power.chars().map(lowered).collect::<Option<_>>()?,
        },
    ))
}

/// The plain form of a superscript digit or minus sign.
fn lowered(c: char) -> Option<char> {
    let raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".chars().zip("0123456789-".chars());
    raised.into_iter().find(|(up, _)| *up == c).map(|(_, down)| down)
}

/// The digits with this decimal mark and without grouping marks, and the grouping mark.
fn unmarked(text: &str, decimal: Option<char>) -> Option<(String, Option<char>)> {
    let (whole, decimals) = match decimal {
        Some(mark) => text.rsplit_once(mark)?,
        None => (text, ""),
    };
    let group = whole.chars().find(|mark| GROUPS.contains(mark));
    let mut digits = String::new();
    if let Some(mark) = group {
        let mut groups = whole.split(mark);
        let first = groups.next()?;
        if group == decimal || !(1..=3).contains(&first.len()) || first.starts_with('0') {
            return None;
        }
        digits.push_str(first);
        for three in groups {
            if three.len() != 3 {
                return None;
            }
            digits.push_str(three);
        }
    } else {
        digits.push_str(whole);
    }
    let number = digits.bytes().chain(decimals.bytes());
    if !number.clone().all(|byte| byte.is_ascii_digit()) || number.count() == 0 {
        return None;
    }
    digits.push('.');
    digits.push_str(decimals);
    Some((digits, group))
}

/// The first invisible character of a text: a control character or one without a glyph.
///
/// ```
/// assert_eq!(downhill::numbers::invisible("0.\u{200b}9"), Some('\u{200b}'));
/// assert_eq!(downhill::numbers::invisible("0.9"), None);
/// ```
#[must_use]
pub fn invisible(text: &str) -> Option<char> {
    // Line breaks are visible.
    text.trim().chars().find(|c| *c != '\n' && is_invisible(*c))
}

/// Whether a character is invisible: control and format characters, fillers and variation
/// selectors.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}')
        || matches!(
            c,
            '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'
                ..='\u{e0fff}'
        )
}

/// A character's code point: `U+200B`.
#[must_use]
pub fn code_point(c: char) -> String {
    let mut text = "U+".to_owned();
    let code = c as u32;
    let digits = if code > 0xffff { 5 } else { 4 };
    for place in (0..digits).rev() {
        text.extend(char::from_digit(code >> (4 * place) & 15, 16).map(|c| c.to_ascii_uppercase()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_notation_is_plain() {
        for (text, number) in [
            ("0.9", 0.9),
            ("-1e-3", -0.001),
            ("+2", 2.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("  7\t", 7.0),
            ("−4", -4.0),
            ("1e−3", 0.001),
            ("1E+2", 100.0),
            ("1.234", 1.234),
            ("0", 0.0),
            ("0e-400", 0.0),
            ("0.00", 0.0),
            ("3e-324", 5e-324),
        ] {
            assert_eq!(plain(text), Some(number), "{text}");
        }
        for text in [
            "0,9",
            "0,01",
            "1,5",
            "1,234.5",
            "1'234",
            "1 234",
            "٠٫٩",
            "０．９",
            "50%",
            "1/2",
            "NaN",
            "inf",
            "Infinity",
            "0x10",
            "",
            "+-1",
            "--1",
            "−−1",
            "–1",
            "1·10^-3",
            "0.9x",
            "0.\u{200b}9",
            "1e400",
            "1e-400",
            "−2.5e−999",
            ".0001e-321",
            "2e-324",
            "1_000",
        ] {
            assert_eq!(plain(text), None, "{text}");
        }
        assert_eq!((whole("1e3"), whole("2.5"), whole("-0.0")), (Some(1000.0), None, Some(-0.0)));
    }

    fn values(text: &str) -> Vec<f64> {
        readings(text).iter().map(|reading| reading.value).collect()
    }

    #[test]
    fn a_mark_groups_digits_only_before_exactly_three() {
        assert_eq!(values("1,234,567"), [1_234_567.0]);
        assert_eq!(values("1.234.567,25"), [1_234_567.25]);
        assert_eq!(values("1\u{202f}234,5"), [1234.5]);
        assert_eq!(values("1’234.5"), [1234.5]);
        assert_eq!(values("-12,345"), [-12_345.0, -12.345]);
        assert_eq!(values("1234,567"), [1234.567]);
        assert_eq!(values("0,123"), [0.123]);
        for text in
            ["1,2,3", "12,34,567", "1,234,56", "1.234,567.8", "1,,234", ",", "1 2", "1,234,5"]
        {
            assert!(values(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn other_scripts_and_powers_of_ten() {
        assert_eq!(values("٠٫٩"), [0.9]);
        assert_eq!(values("۱۲٬۳۴۵٫۵"), [12_345.5]);
        assert_eq!(values("－０．９"), [-0.9]);
        assert_eq!(values("०.५"), [0.5]);
        for text in ["1e-3", "1·10^-3", "1\u{a0}×\u{a0}10⁻³", "1*10^-3", "10^-3", "1 × 10^−3"]
        {
            assert_eq!(values(text), [0.001], "{text}");
        }
        assert_eq!(values("−2,5 × 10³"), [-2500.0]);
        for text in [
            "10²",
            "2²",
            "1×10⁻",
            "1e",
            "1·10^",
            "1e400",
            "1e-400",
            "1,5·10^-400",
            "x",
            "--1",
            "- -1",
            "1/0",
            "1/2/3",
            "%",
        ] {
            assert!(values(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn fractions_and_shares_are_computed() {
        assert_eq!(values("1/2"), [0.5]);
        assert_eq!(values("−1/3"), [-1.0 / 3.0]);
        assert_eq!(values("90%"), [0.9]);
        assert_eq!(values("12,5 %"), [0.125]);
        assert_eq!((values("0/3"), values("0%")), (vec![0.0], vec![0.0]));
        assert!(values("1e-323%").is_empty() && values("1e-200/1e200").is_empty());
        assert!(readings("1/2")[0].computed && !readings("0,5")[0].computed);
    }

    #[test]
    fn invisible_characters_are_named_by_code_point() {
        for (text, name) in [
            ("0\u{ad}.9", "U+00AD"),
            ("\u{feff}1", "U+FEFF"),
            ("1\u{2060}", "U+2060"),
            ("\u{200e}-1", "U+200E"),
            ("1\t2", "U+0009"),
            ("\u{fe0f}", "U+FE0F"),
        ] {
            assert_eq!(invisible(text).map(code_point).as_deref(), Some(name));
        }
        assert_eq!(code_point('\u{1d400}'), "U+1D400");
        assert_eq!(invisible(" 0.9\n"), None);
    }
}
