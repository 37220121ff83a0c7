//! Numbers as text that a program reads back: CSV, URLs, command lines.

pub use crate::decimal::read;

/// The shortest decimal that reads back as the same `f64`.
///
/// Plain digits where they are few, an exponent where the plain form would be long (from 10²¹ on
/// and below 10⁻⁶, as in JavaScript); `NaN`, `inf` and `-inf` for what is no number.
///
/// ```
/// use downhill::number::shortest;
///
/// assert_eq!(shortest(0.1 + 0.2), "0.30000000000000004");
/// assert_eq!(shortest(5.0), "5");
/// assert_eq!(shortest(1e300), "1e300");
/// assert_eq!(shortest(1e-7), "1e-7");
/// ```
#[must_use]
pub fn shortest(number: f64) -> String {
    let size = number.abs();
    if size == 0.0 || !number.is_finite() || (1e-6..1e21).contains(&size) {
        format!("{number}")
    } else {
        format!("{number:e}")
    }
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

    proptest! {
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
