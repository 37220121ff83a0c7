//! Prints a number as text that reads back: shortest, fixed or scientific.

use core::ops::Range;

use super::digits::{Wanted, digits};

/// Formats the shortest decimal that reads back as the same `f64`.
///
/// Plain digits, or an exponent where they would be long (from 10²¹ on and below 10⁻⁶, as in
/// JavaScript); `NaN`, `inf` and `-inf` for numbers that are not finite.
///
/// ```
/// use downhill::numbers::shortest;
///
/// assert_eq!(shortest(0.1 + 0.2), "0.30000000000000004");
/// assert_eq!(shortest(5.0), "5");
/// assert_eq!(shortest(1e300), "1e300");
/// assert_eq!(shortest(1e-7), "1e-7");
/// ```
#[must_use]
pub fn shortest(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || (1e-6..1e21).contains(&size) {
        in_full(number, Wanted::Shortest)
    } else {
        exponential(number, Wanted::Shortest)
    }
}

/// Formats a number for a CSV column: like [`shortest`], but empty if it is not finite.
///
/// ```
/// use downhill::numbers::field;
///
/// assert_eq!(field(2.5), "2.5");
/// assert_eq!(field(f64::NAN), "");
/// ```
#[must_use]
pub fn field(number: f64) -> String {
    if number.is_finite() { shortest(number) } else { String::new() }
}

/// Formats with a number of decimal places, with ties rounded to even, as in CPython.
///
/// ```
/// use downhill::numbers::fixed;
///
/// assert_eq!(fixed(2.0 / 3.0, 3), "0.667");
/// assert_eq!(fixed(0.125, 2), "0.12");
/// assert_eq!(fixed(-1e-9, 1), "-0.0");
/// ```
#[must_use]
pub fn fixed(number: f64, decimals: usize) -> String {
    in_full(number, Wanted::Decimals(decimals))
}

/// Formats with a number of significant digits, at least one, and an exponent; ties are rounded to
/// even.
///
/// ```
/// use downhill::numbers::scientific;
///
/// assert_eq!(scientific(1234.5, 3), "1.23e3");
/// assert_eq!(scientific(0.05, 2), "5.0e-2");
/// ```
#[must_use]
pub fn scientific(number: f64, digits: usize) -> String {
    exponential(number, Wanted::Significant(digits.max(1)))
}

/// The sign, and either the name of a number that is not finite or its digits and decimal point.
fn begun(number: f64, wanted: Wanted) -> (String, Option<(Vec<u8>, i64)>) {
    let mut text = String::new();
    if number.is_nan() {
        text.push_str("NaN");
        return (text, None);
    }
    if number.is_sign_negative() {
        text.push('-');
    }
    if number.is_infinite() {
        text.push_str("inf");
        return (text, None);
    }
    (text, Some(digits(number.abs(), wanted)))
}

/// Appends the digits in a range of places, with zeros where there are none.
fn push_digits(text: &mut String, digits: &[u8], places: Range<i64>) {
    for place in places {
        let digit = usize::try_from(place).ok().and_then(|place| digits.get(place));
        text.push(char::from(b'0' + digit.copied().unwrap_or(0)));
    }
}

fn in_full(number: f64, wanted: Wanted) -> String {
    let (mut text, digits) = begun(number, wanted);
    let Some((digits, point)) = digits else { return text };
    // At least one digit comes before the point.
    let whole = if point > 0 { 0..point } else { -1..0 };
    push_digits(&mut text, &digits, whole);
    let end = match wanted {
        Wanted::Decimals(count) => point + count as i64,
        _ => digits.len() as i64,
    };
    if end > point {
        text.push('.');
        push_digits(&mut text, &digits, point..end);
    }
    text
}

fn exponential(number: f64, wanted: Wanted) -> String {
    let (mut text, digits) = begun(number, wanted);
    let Some((digits, point)) = digits else { return text };
    let end = match wanted {
        Wanted::Significant(count) => count as i64,
        _ => digits.len() as i64,
    };
    push_digits(&mut text, &digits, 0..1);
    if end > 1 {
        text.push('.');
        push_digits(&mut text, &digits, 1..end);
    }
    text.push('e');
    text.push_str(&(point - i64::from(!digits.is_empty())).to_string());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_digits_where_they_are_few() {
        let cases = [
            (0.0, "0"),
            (-0.0, "-0"),
            (-2.5, "-2.5"),
            (0.000_001, "0.000001"),
            (9.999e-7, "9.999e-7"),
            (1e20, "100000000000000000000"),
            (1e21, "1e21"),
            (-1.25e-300, "-1.25e-300"),
            (-0.000_001_000_240_213_019_864_2, "-0.0000010002402130198642"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ];
        for (number, text) in cases {
            assert_eq!(shortest(number), text);
        }
    }

    /// Compares with the standard library's printer.
    fn check(number: f64, count: usize) {
        assert_eq!(fixed(number, count), format!("{number:.count$}"));
        let digits = count + 1;
        assert_eq!(scientific(number, digits), format!("{number:.count$e}"), "{digits} digits");
        let (plain, short) = (format!("{number}"), format!("{number:e}"));
        let text = shortest(number);
        assert!(text == plain || text == short, "{text} for {plain}");
    }

    #[test]
    fn hard_cases() {
        // A larger step in unoptimized builds.
        let step = if cfg!(debug_assertions) { 101 } else { 1 };
        let powers = (0..2047).step_by(step).map(|exponent| f64::from_bits(exponent << 52));
        let neighbours = powers.flat_map(|power| [power.next_down(), power, power.next_up()]);
        let halves = (0..400).map(|i| f64::from(i) / 16.0);
        let specials = [
            0.5 / f64::from(1 << 24),
            f64::MAX,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            -0.0,
            5e-324,
            1e23,
        ];
        for number in neighbours.chain(halves).chain(specials) {
            for count in 0..5 {
                check(number, count);
                check(-number, count + 13);
            }
        }
    }

    // For a long run: `PROPTEST_CASES=1000000 cargo test -p downhill --release number`.
    proptest! {
        #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 4, ..ProptestConfig::default() })]

        #[test]
        fn digits_are_those_of_the_standard_library(bits: u64, small in -1000.0..1000.0, count in 0_usize..30) {
            check(f64::from_bits(bits), count);
            check(small, count);
            // With few digits many numbers are ties.
            check((small * 8.0).trunc() / 64.0, count % 8);
            check((small * 100.0).trunc() / 1000.0, count % 8);
        }

        #[test]
        fn every_number_reads_back_with_the_same_bits(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(!number.is_nan());
            let text = shortest(number);
            prop_assert!(text.len() <= 26, "{}", text);
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), bits);
        }
    }
}
