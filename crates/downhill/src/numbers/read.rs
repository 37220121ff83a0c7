//! Parses a decimal number exactly, by long division.

use super::big_integer::BigInteger;

/// The number of quotient bits computed one by one, after a first digit of 0 or 1.
const BITS: i64 = 54;

/// Digits beyond this many cannot change the result, except by being nonzero.
const MOST_DIGITS: usize = 800;

/// Parses a decimal number such as `-12.5e-3`, rounded to the nearest `f64`, ties to even.
///
/// `None` if the text is anything else; a number that overflows is infinite, as in IEEE 754.
///
/// ```
/// use downhill::numbers::read;
///
/// assert_eq!(read("0.1"), Some(0.1));
/// assert_eq!(read("-12.5e-3"), Some(-0.0125));
/// assert_eq!(read("inf"), None);
/// ```
///
/// Source: Clinger, *How to read floating point numbers accurately* (1990).
#[must_use]
pub fn read(text: &str) -> Option<f64> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, exponent) = parts(unsigned)?;
    let size = nearest(&digits, exponent);
    Some(if negative { -size } else { size })
}

/// The significant digits of an unsigned decimal number, and the exponent of the last one.
fn parts(text: &str) -> Option<(Vec<u8>, i64)> {
    let (number, power) = match text.split_once(['e', 'E']) {
        Some((number, power)) => (number, whole(power)?),
        None => (text, 0),
    };
    let mut digits = Vec::new();
    let mut exponent = power;
    let (mut any, mut point, mut cut) = (false, false, false);
    for byte in number.bytes() {
        match byte {
            b'0'..=b'9' => {
                any = true;
                let digit = byte - b'0';
                if digits.is_empty() && digit == 0 {
                    exponent -= i64::from(point);
                } else if digits.len() < MOST_DIGITS {
                    digits.push(digit);
                    exponent -= i64::from(point);
                } else {
                    cut |= digit != 0;
                    exponent += i64::from(!point);
                }
            }
            b'.' if !point => point = true,
            _ => return None,
        }
    }
    if cut {
        // Nonzero digits were dropped, so the number is slightly larger than what is kept.
        digits.push(1);
        exponent -= 1;
    }
    any.then_some((digits, exponent))
}

/// An integer with an optional sign; a huge one is clamped.
fn whole(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.bytes().fold(0_i64, |n, byte| (10 * n + i64::from(byte - b'0')).min(1 << 40));
    Some(if negative { -size } else { size })
}

/// The f64 nearest to digits·10^exponent.
fn nearest(digits: &[u8], exponent: i64) -> f64 {
    let magnitude = digits.len() as i64 + exponent;
    if digits.is_empty() || magnitude < -330 {
        return 0.0;
    }
    if magnitude > 310 {
        return f64::INFINITY;
    }
    let mut numerator = BigInteger::default();
    for &digit in digits {
        numerator.multiply_add(10, u32::from(digit));
    }
    let mut denominator = BigInteger::shifted(1, 0);
    let scaled = if exponent < 0 { &mut denominator } else { &mut numerator };
    for _ in 0..exponent.unsigned_abs() {
        scaled.multiply_add(10, 0);
    }
    // The quotient lies in [2^(power−1), 2^(power+1)).
    let power = i64::from(numerator.bits()) - i64::from(denominator.bits());
    // Shifted so that the quotient has 54 or 55 bits, or fewer for a subnormal number: the one or
    // two bits beyond an f64's precision decide the rounding.
    let shift = (54 - power).min(1075);
    let scaled = if shift < BITS { &mut denominator } else { &mut numerator };
    scaled.shift_left((shift - BITS).unsigned_abs());
    let mut quotient = u64::from(numerator.take(&denominator));
    for _ in 0..BITS {
        numerator.multiply_add(2, 0);
        quotient = quotient << 1 | u64::from(numerator.take(&denominator));
    }
    let rest = numerator.bits() > 0;
    let wide = quotient >= 1 << 54;
    // A bit for the remainder distinguishes a tie from slightly more than a tie.
    let sticky = u64::from(rest);
    let dropped = if wide { 2 } else { 1 };
    let kept = quotient >> dropped;
    let below = (quotient - (kept << dropped)) << 1 | sticky;
    let half = 1 << dropped;
    let up = below > half || below == half && kept & 1 == 1;
    scale(kept + u64::from(up), dropped - shift)
}

/// whole·2^power without rounding; `whole` is at most 2⁵³ and the result a multiple of 2⁻¹⁰⁷⁴.
fn scale(whole: u64, power: i64) -> f64 {
    let mut value = whole as f64;
    let mut left = power;
    while left != 0 {
        let part = left.clamp(-1000, 1000);
        // 2^part from its bits: exact, because every power within ±1000 is a normal number.
        value *= f64::from_bits(((part + 1023) as u64) << 52);
        left -= part;
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Compares with the standard library's parser, for text in the shared notation.
    fn check(text: &str) {
        let expected: f64 = text.parse().unwrap();
        assert_eq!(read(text).map(f64::to_bits), Some(expected.to_bits()), "{text}");
    }

    #[test]
    fn hard_cases() {
        let long = format!("0.{}1", "3".repeat(1200));
        let half_way = format!("9007199254740993.{}1", "0".repeat(400));
        for text in [
            "0",
            "-0",
            "0.1",
            ".5",
            "5.",
            "1e308",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "1e309",
            "4.9e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072014e-308",
            "2.2250738585072011e-308",
            "9007199254740993",
            "9007199254740993.0000000000000000000000000001",
            "9007199254740992.9999999999999999999999999999",
            "123456789012345678901234567890",
            // A quotient of 55 bits just above the subnormal numbers.
            "8300325260168916215.9555281283895935906e-326",
            "6000325100151316200e-326",
            "1e-400",
            "0e999999999999",
            &long,
            &half_way,
        ] {
            check(text);
        }
    }

    #[test]
    fn non_numbers_are_not_parsed() {
        for text in [
            "", "-", ".", "e5", "1e", "1e+", "1.2.3", "inf", "NaN", "1_000", "0x1", "1 ", "--1",
            "１",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_number_is_read_as_the_standard_library_reads_it(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(number.is_finite());
            check(&format!("{number:e}"));
            check(&format!("{number:.25e}"));
        }

        #[test]
        fn digits_and_exponents_of_any_kind(text in "[0-9]{0,30}\\.?[0-9]{1,30}(e-?[0-9]{1,3})?") {
            check(&text);
        }

        #[test]
        fn numbers_around_the_smallest_normal_one(text in "[0-9]{16,19}(\\.[0-9]{1,20})?e-3(2[4-9]|3[0-9]|4[0-3])") {
            check(&text);
        }

        #[test]
        fn anything_else_is_refused_or_read_alike(text in "[-+.e0-9]{0,12}") {
            prop_assert_eq!(read(&text).map(f64::to_bits), text.parse::<f64>().ok().map(f64::to_bits), "{}", text);
        }
    }
}
