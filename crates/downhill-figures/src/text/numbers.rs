//! Numbers in the reader's language. All numbers on screen are formatted here.

use downhill::numbers::{self, Reading, readings};

/// The number separators of a language, and the formats that use them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digits {
    /// The decimal separator, such as "." or ",".
    decimal: char,
    /// The separator between groups of three digits, if any.
    group: Option<char>,
    /// The text for a number that is not finite.
    none: &'static str,
}

impl Default for Digits {
    fn default() -> Self {
        Self { decimal: '.', group: None, none: "no value here" }
    }
}

/// The typographic minus sign, as wide as a plus.
const MINUS: char = '−';

/// Between digits and power of ten; the no-break spaces keep both on one line.
pub const TIMES: &str = "\u{a0}×\u{a0}";

/// The superscript digits, from 0 to 9.
pub const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

impl Digits {
    /// A language's separators; a character that cannot separate is replaced by the default.
    #[must_use]
    pub fn new(decimal: &str, group: &str) -> Self {
        let decimal = decimal.chars().next().filter(|c| !c.is_ascii_digit()).unwrap_or('.');
        let mut group = group.chars();
        let group = group.next().filter(|_| group.next().is_none());
        Self { decimal, group, ..Self::default() }
    }

    /// Like [`new`](Self::new), with the language's text for a missing number.
    #[must_use]
    pub(crate) fn with_none(self, none: &'static str) -> Self {
        Self { none, ..self }
    }

    /// The shortest digits that give the same f64 again.
    ///
    /// Here and below, a number that is not finite becomes text: a loss outside its domain is not
    /// shown as a value.
    #[must_use]
    pub fn exact(&self, value: f64) -> String {
        if !value.is_finite() {
            return self.none.to_owned();
        }
        self.localized(&numbers::shortest(value), false)
    }

    /// The same digits as a power of ten, whatever the size: for a column in which one number needs it.
    #[must_use]
    pub(crate) fn exponential(&self, value: f64) -> String {
        let text = numbers::exponential(value);
        match text.split_once('e') {
            Some((digits, exponent)) if value != 0.0 && value.is_finite() => {
                let exponent = raised(exponent.parse().unwrap_or(0));
                self.localized(digits, false) + TIMES + "10" + &exponent
            }
            _ => self.exact(value),
        }
    }

    /// With this many decimal places.
    ///
    /// Ties round to even, as in CPython.
    #[must_use]
    pub fn fixed(&self, value: f64, decimals: usize) -> String {
        if !value.is_finite() || value.abs() >= 1e15 {
            return self.significant(value, decimals.max(3));
        }
        self.localized(&numbers::fixed(value, decimals), true)
    }

    /// With this many significant digits, as a power of ten if the plain form would be long.
    #[must_use]
    pub fn significant(&self, value: f64, digits: usize) -> String {
        if value == 0.0 || !value.is_finite() {
            return self.exact(value);
        }
        let digits = digits.max(1);
        // Formatting rounds; the exponent after rounding decides the form.
        let scientific = numbers::scientific(value, digits);
        let Some((mantissa, exponent)) = scientific.split_once('e') else {
            return self.exact(value);
        };
        let exponent: i32 = exponent.parse().unwrap_or(0);
        if !(-4..=6).contains(&exponent) {
            let mantissa = trim_zeros(mantissa);
            return self.localized(mantissa, false) + TIMES + &power_of_ten(exponent);
        }
        let decimals = (digits as i32 - 1 - exponent).max(0) as usize;
        let plain = numbers::fixed(value, decimals);
        self.localized(trim_zeros(&plain), true)
    }

    /// Replaces the separators of a plain or exponential number by this language's.
    fn localized(&self, plain: &str, grouped: bool) -> String {
        let (sign, unsigned) = match plain.strip_prefix('-') {
            Some(rest) if rest.bytes().any(|b| b.is_ascii_digit() && b != b'0') => (true, rest),
            Some(rest) if !rest.bytes().any(|b| b.is_ascii_digit()) => (true, rest),
            Some(rest) => (false, rest),
            None => (false, plain),
        };
        let (number, exponent) =
            unsigned.split_once('e').map_or((unsigned, None), |(n, e)| (n, Some(e)));
        let (whole, decimals) =
            number.split_once('.').map_or((number, None), |(w, d)| (w, Some(d)));
        let mut text = String::new();
        if sign {
            text.push(MINUS);
        }
        for (index, digit) in whole.chars().enumerate() {
            // Four digits are not grouped, as is usual in print.
            let rest = whole.len() - index;
            if grouped && whole.len() > 4 && index > 0 && rest.is_multiple_of(3) {
                text.extend(self.group);
            }
            text.push(digit);
        }
        if let Some(decimals) = decimals {
            text.push(self.decimal);
            text.push_str(decimals);
        }
        if let Some(exponent) = exponent {
            let exponent = exponent.parse().unwrap_or(0);
            text.push_str(TIMES);
            text.push_str(&power_of_ten(exponent));
        }
        text
    }

    /// Parses a typed number: with this language's separators, or in the notation accepted
    /// everywhere. Ambiguous numbers are refused: `1.234` in German, and `1,234` in languages that
    /// group with commas, because many readers type a decimal comma.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<f64> {
        let mut one = None;
        for reading in readings(text) {
            match self.has(&reading) {
                true if one.is_none() => one = Some(reading.value),
                false if !reading.may_have_comma(self.group) => {}
                _ => return None,
            }
        }
        one
    }

    /// Parses a typed integer, in which a mark before three digits is a grouping mark.
    #[must_use]
    pub fn read_whole(&self, text: &str) -> Option<f64> {
        let own = readings(text).into_iter().find(|reading| self.has(reading));
        own.map(|reading| reading.value).filter(|value| f64::trunc(*value) == *value)
    }

    /// Whether a number is written with this language's separators, or with a decimal point.
    fn has(&self, reading: &Reading) -> bool {
        reading.is_written(self.decimal, self.group)
    }

    /// Whether the decimal separator is a comma, so that commas separate numbers of a list only
    /// before a space.
    pub(crate) const fn has_comma(&self) -> bool {
        self.decimal == ','
    }
}

fn trim_zeros(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

/// Rounds to a number of decimal places, giving the f64 nearest to that decimal; a negative number
/// rounds to tens, hundreds, ….
pub(crate) fn to_decimals(value: f64, decimals: f64) -> f64 {
    // Dividing by an integer power of ten gives the nearest f64; multiplying by 0.01 does not.
    if decimals >= 0.0 {
        let scale = libm::pow(10.0, decimals);
        libm::round(value * scale) / scale + 0.0
    } else {
        let scale = libm::pow(10.0, -decimals);
        libm::round(value / scale) * scale + 0.0
    }
}

/// 10ⁿ with a superscript exponent; 1 and 10 are written plainly.
pub(crate) fn power_of_ten(exponent: i32) -> String {
    match exponent {
        0 => "1".to_owned(),
        1 => "10".to_owned(),
        _ => format!("10{}", raised(exponent)),
    }
}

/// An integer in superscript digits.
fn raised(number: i32) -> String {
    shifted(number, '⁻', SUPERSCRIPTS)
}

/// An integer in subscript digits, for the index of an iterate.
pub(crate) fn lowered(number: u32) -> String {
    let down = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    shifted(number.cast_signed(), '₋', down)
}

fn shifted(number: i32, minus: char, digits: [char; 10]) -> String {
    let mut text = String::new();
    for c in number.to_string().chars() {
        text.push(c.to_digit(10).map_or(minus, |digit| digits[digit as usize]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_gives_the_decimal_number() {
        assert_eq!(to_decimals(1.1500000000000001, 2.0), 1.15);
        assert_eq!(to_decimals(9.999_999_999_999_999e-6, 5.0), 0.000_01);
        assert_eq!(to_decimals(12_345.0, -2.0), 12_300.0);
        assert!(to_decimals(-0.001, 1.0).is_sign_positive());
    }

    #[test]
    fn significant_digits_and_powers() {
        let digits = Digits::default();
        assert_eq!(digits.significant(0.000_149_234, 3), "0.000149");
        assert_eq!(digits.significant(0.000_014_923_4, 3), "1.49\u{a0}×\u{a0}10⁻⁵");
        assert_eq!(digits.significant(1e300, 3), "1\u{a0}×\u{a0}10³⁰⁰");
        assert_eq!(digits.significant(-1.3099, 3), "−1.31");
        assert_eq!(digits.significant(999_999.9, 3), "1000000");
        assert_eq!(digits.significant(0.0, 3), "0");
    }

    #[test]
    fn a_column_has_one_notation() {
        let digits = Digits::default();
        let column = [25.0, 1.0, -0.01, 1.5e-7, 0.0].map(|value| digits.exponential(value));
        let times = |digits: &str, power: &str| format!("{digits}{TIMES}10{power}");
        let [a, b, c, d] =
            [("2.5", "¹"), ("1", "⁰"), ("−1", "⁻²"), ("1.5", "⁻⁷")].map(|(n, p)| times(n, p));
        assert_eq!(column, [a, b, c, d, "0".to_owned()]);
        assert_eq!(digits.exponential(f64::NAN), "no value here");
    }

    #[test]
    fn non_finite_numbers_become_words() {
        let digits = Digits::new(",", ".");
        for value in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let texts = [digits.exact(value), digits.fixed(value, 2), digits.significant(value, 3)];
            assert_eq!(texts, ["no value here"; 3]);
        }
        let other = Digits::default().with_none("nothing");
        assert_eq!(other.significant(f64::NAN, 3), "nothing");
    }

    #[test]
    fn half_way_cases_round_to_even_as_in_cpython() {
        assert_eq!(Digits::default().fixed(0.125, 2), "0.12");
        assert_eq!(Digits::default().fixed(-0.001, 2), "0.00");
    }

    #[test]
    fn separators_follow_the_language() {
        let german = Digits::new(",", ".");
        assert_eq!(german.fixed(12345.5, 1), "12.345,5");
        assert_eq!(german.exact(0.1), "0,1");
    }

    /// Checks how a page with these separators parses typed texts.
    fn check(decimal: &str, group: &str, cases: &[(&str, Option<f64>)]) {
        let digits = Digits::new(decimal, group);
        for (text, number) in cases {
            assert_eq!(digits.read(text), *number, "{text} where {decimal} {group}");
        }
    }

    #[test]
    fn typed_numbers_use_the_pages_separators() {
        let english = [
            ("0.9", Some(0.9)),
            ("0,9", None),
            ("0,01", None),
            ("1,5", None),
            ("0,123", None),
            ("1,234.5", Some(1234.5)),
            ("1,234,567", Some(1_234_567.0)),
            // Many readers of English type a decimal comma.
            ("1,234", None),
            ("1 234", None),
            ("1.234", Some(1.234)),
            ("1.234,5", None),
            ("12,34,567", None),
            ("−1.5e-3", Some(-1.5e-3)),
            ("–2", Some(-2.0)),
            ("٠٫٩", Some(0.9)),
            ("０．９", Some(0.9)),
            ("1·10^-3", Some(0.001)),
            ("1\u{a0}×\u{a0}10⁻⁷", Some(1e-7)),
            ("1/2", None),
            ("90%", None),
        ];
        check(".", ",", &english);
        let german = [
            ("0,9", Some(0.9)),
            ("0.9", Some(0.9)),
            ("1.234,5", Some(1234.5)),
            ("1,234", Some(1.234)),
            // 1234, or 1.234 in the notation of URLs.
            ("1.234", None),
            ("1.234.567", Some(1_234_567.0)),
            ("1,234.5", None),
            ("1.23", Some(1.23)),
            ("−2,5 × 10³", Some(-2500.0)),
        ];
        check(",", ".", &german);
        for group in ["\u{202f}", "\u{a0}"] {
            let french = [
                ("1 234,5", Some(1234.5)),
                ("1\u{202f}234", Some(1234.0)),
                ("1.234", Some(1.234)),
                ("1 234.5", None),
                ("1 5", None),
            ];
            check(",", group, &french);
        }
        check(
            ".",
            "’",
            &[("1'234.5", Some(1234.5)), ("1’234", Some(1234.0)), ("0,9", None), ("1,234", None)],
        );
        check("٫", "٬", &[("۱۲٬۳۴۵٫۵", Some(12_345.5)), ("1.5", Some(1.5)), ("1,5", None)]);
        check(".", "", &[("1,234.5", None), ("0.5", Some(0.5))]);
    }

    #[test]
    fn in_an_integer_a_mark_before_three_digits_groups_them() {
        let english = Digits::new(".", ",");
        let cases = [
            ("1,000", Some(1000.0)),
            ("1e3", Some(1000.0)),
            ("2.5", None),
            ("2,5", None),
            ("25.0", Some(25.0)),
        ];
        for (text, number) in cases {
            assert_eq!(english.read_whole(text), number, "{text}");
        }
        assert_eq!(Digits::new(",", ".").read_whole("10.000"), Some(10_000.0));
        assert_eq!(Digits::new(",", ".").read_whole("1,5"), None);
    }

    #[test]
    fn shown_text_is_parsed_again() {
        for (decimal, group) in [(".", ","), (",", "."), (",", "\u{202f}"), (".", "’"), ("٫", "٬")]
        {
            let digits = Digits::new(decimal, group);
            for value in
                [0.0, 0.1, 1.234, -1234.5, 1e-7, -2.5e-300, 1e21, 123_456_789.0, 1.0 / 3.0, 1000.0]
            {
                let shown = digits.exact(value);
                assert_eq!(digits.read(&shown), Some(value), "{shown}");
            }
        }
    }

    #[test]
    fn non_numbers_are_not_parsed() {
        let digits = Digits::default();
        for text in ["", "abc", "nan", "inf", "1e999", "0x10", "1 2", "--1", "0.\u{200b}9"] {
            assert_eq!(digits.read(text), None, "{text}");
        }
    }
}
