//! Prints a number as text that reads back: shortest, fixed or scientific.

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
    if is_exponential(number) && number.is_finite() {
        exponential(number)
    } else {
        number.to_string()
    }
}

/// Formats the shortest decimal that reads back as the same `f64`, always with an exponent: for
/// columns whose numbers are to be compared by size.
///
/// ```
/// use downhill::numbers::exponential;
///
/// assert_eq!(exponential(25.0), "2.5e1");
/// assert_eq!(exponential(1e-7), "1e-7");
/// ```
#[must_use]
pub fn exponential(number: f64) -> String {
    format!("{number:e}")
}

/// Whether [`shortest`] formats a number with an exponent.
///
/// ```
/// use downhill::numbers::is_exponential;
///
/// assert!(is_exponential(1e-7) && is_exponential(-1e300));
/// assert!(!is_exponential(0.0) && !is_exponential(123_456.0));
/// ```
#[must_use]
pub fn is_exponential(number: f64) -> bool {
    let size = number.abs();
    size != 0.0 && !(1e-6..1e21).contains(&size)
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
    format!("{number:.decimals$}")
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
    let decimals = digits.saturating_sub(1);
    format!("{number:.decimals$e}")
}

#[cfg(test)]
mod tests {
    use super::super::read;
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

    // `PROPTEST_CASES=1000000 cargo test -p downhill --release number` is the long run.
    proptest! {
        #[test]
        fn every_number_reads_back_with_the_same_bits(bits: u64) {
            let number = f64::from_bits(bits);
            prop_assume!(!number.is_nan());
            let text = shortest(number);
            prop_assert!(text.len() <= 26, "{}", text);
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), bits);
            if number.is_finite() {
                prop_assert_eq!(read(&text).map(f64::to_bits), Some(bits));
            }
        }
    }
}
