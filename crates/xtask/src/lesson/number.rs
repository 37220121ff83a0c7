//! Formats computed numbers for running text or for a formula.

use downhill_figures::{Digits, SUPERSCRIPTS, TIMES};

/// Where a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// Running text: a true minus sign, and powers of ten as superscripts.
    Prose,
    /// Between dollar signs.
    Latex,
}

/// How many digits to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// As many as needed to read back the same number.
    Exact,
    /// This many decimal places.
    Places(usize),
    /// At most this many significant digits, without trailing zeros.
    Digits(usize),
}

/// Formats a number as the figures do, in English.
///
/// # Errors
/// If it is not finite: such a number has no place in a sentence.
pub(crate) fn write(value: f64, precision: Precision, setting: Setting) -> Result<String, String> {
    if !value.is_finite() {
        return Err(format!("the value is {value}"));
    }
    let digits = Digits::default();
    let written = match precision {
        Precision::Exact => digits.exact(value),
        Precision::Places(places) => digits.fixed(value, places),
        Precision::Digits(count) => digits.significant(value, count),
    };
    Ok(match setting {
        Setting::Prose => written,
        Setting::Latex => latex(&written),
    })
}

/// Parses a number as written in prose.
pub(crate) fn read(written: &str) -> Option<f64> {
    let plain = written.replace('−', "-");
    match parts(&plain) {
        Some((mantissa, power)) => {
            downhill::numbers::read(&format!("{mantissa}e{}", lowered(power)))
        }
        None => downhill::numbers::read(&plain),
    }
}

/// The digits of a number and its exponent of ten in superscript.
fn parts(written: &str) -> Option<(&str, &str)> {
    let (mantissa, power) = written.split_once(TIMES)?;
    Some((mantissa, power.strip_prefix("10")?))
}

/// Converts superscript digits to plain ones.
fn lowered(power: &str) -> String {
    let digit = |c| SUPERSCRIPTS.iter().position(|raised| *raised == c);
    power.chars().map(|c| digit(c).map_or("-".to_owned(), |digit| digit.to_string())).collect()
}

/// Converts a number as written in prose to LaTeX.
fn latex(written: &str) -> String {
    let written = written.replace('−', "-");
    let Some((mantissa, power)) = parts(&written) else { return written };
    format!(r"{mantissa} \times 10^{{{}}}", lowered(power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_asked() {
        let prose = |value, precision| write(value, precision, Setting::Prose).unwrap();
        assert_eq!(prose(-0.5, Precision::Exact), "−0.5");
        assert_eq!(prose(0.018_889_465_931_478_583, Precision::Places(4)), "0.0189");
        assert_eq!(prose(0.980_198, Precision::Digits(3)), "0.98");
        assert_eq!(prose(0.980_198, Precision::Places(3)), "0.980");
        assert_eq!(prose(4.31e-7, Precision::Digits(2)), "4.3\u{a0}×\u{a0}10⁻⁷");
        assert!(write(f64::NAN, Precision::Exact, Setting::Prose).is_err());
    }

    #[test]
    fn written_bytes_are_read_back() {
        for value in [0.5, -4.31e-7, 1e300, 12.0] {
            let written = write(value, Precision::Digits(3), Setting::Prose).unwrap();
            assert_eq!(read(&written), Some(value), "{written}");
        }
        assert_eq!(read("much"), None);
    }

    #[test]
    fn formulas_get_latex() {
        let latex = |value| write(value, Precision::Digits(3), Setting::Latex).unwrap();
        assert_eq!(latex(1e300), r"1 \times 10^{300}");
        assert_eq!(latex(-4.31e-7), r"-4.31 \times 10^{-7}");
        assert_eq!(latex(-4.0), "-4");
    }
}
