//! How a computed number is written: in a sentence, or inside a formula.

/// Where a number will stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    /// Running text: a real minus sign and powers of ten as superscripts.
    Prose,
    /// Between dollar signs.
    Latex,
}

/// How many digits are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precision {
    /// As many as it takes to read the same number back.
    Exact,
    /// So many after the decimal point.
    Places(usize),
    /// At most so many significant ones; zeros at the end are dropped.
    Digits(usize),
}

/// The number in writing. Rounded half to even, as Rust and CPython do.
///
/// From 1e-4 up to 1e15 it stands as a plain decimal, outside as a power of ten.
pub(crate) fn write(value: f64, precision: Precision, setting: Setting) -> String {
    if !value.is_finite() {
        return match (value.is_nan(), value > 0.0) {
            (true, _) => "not a number".to_owned(),
            (false, above) => match (above, setting) {
                (true, Setting::Prose) => "∞".to_owned(),
                (true, Setting::Latex) => r"\infty".to_owned(),
                (false, Setting::Prose) => "−∞".to_owned(),
                (false, Setting::Latex) => r"-\infty".to_owned(),
            },
        };
    }
    let size = value.abs();
    let plain = size == 0.0 || (1e-4..1e15).contains(&size);
    let digits = match precision {
        Precision::Places(places) => format!("{value:.places$}"),
        Precision::Exact if plain => format!("{value}"),
        Precision::Exact => format!("{value:e}"),
        Precision::Digits(count) => significant(value, count, plain),
    };
    dress(&digits, setting)
}

/// At most `count` significant digits, plain or with a power of ten.
fn significant(value: f64, count: usize, plain: bool) -> String {
    let scientific = format!("{value:.*e}", count.saturating_sub(1));
    let (mantissa, power) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i32 = power.parse().unwrap_or(0);
    if plain {
        let places = usize::try_from(count as i32 - 1 - power).unwrap_or(0);
        trimmed(&format!("{value:.places$}")).to_owned()
    } else {
        format!("{}e{power}", trimmed(mantissa))
    }
}

/// A decimal without the zeros at its end.
fn trimmed(digits: &str) -> &str {
    if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits }
}

/// Puts on the signs that belong to the setting.
fn dress(digits: &str, setting: Setting) -> String {
    let (mantissa, power) = digits.split_once('e').map_or((digits, None), |(m, p)| (m, Some(p)));
    match setting {
        Setting::Latex => match power {
            None => mantissa.to_owned(),
            Some(power) => format!(r"{mantissa} \times 10^{{{power}}}"),
        },
        Setting::Prose => {
            let mantissa = mantissa.replace('-', "−");
            match power {
                None => mantissa,
                // A no-break space keeps the number on one line.
                Some(power) => format!("{mantissa}\u{a0}×\u{a0}10{}", superscript(power)),
            }
        }
    }
}

/// The digits of a power, raised.
fn superscript(power: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    power
        .chars()
        .map(|c| {
            c.to_digit(10).and_then(|digit| RAISED.get(digit as usize)).copied().unwrap_or('⁻')
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_asked() {
        let prose = |value, precision| write(value, precision, Setting::Prose);
        assert_eq!(prose(3.2768, Precision::Exact), "3.2768");
        assert_eq!(prose(-0.5, Precision::Exact), "−0.5");
        assert_eq!(prose(0.018_889_465_931_478_583, Precision::Places(4)), "0.0189");
        assert_eq!(prose(0.125, Precision::Places(2)), "0.12");
        assert_eq!(prose(0.980_198, Precision::Digits(3)), "0.98");
        assert_eq!(prose(0.980_198, Precision::Places(3)), "0.980");
        assert_eq!(prose(6.4, Precision::Digits(6)), "6.4");
        assert_eq!(prose(100.0, Precision::Digits(6)), "100");
        assert_eq!(prose(0.0, Precision::Digits(6)), "0");
        assert_eq!(prose(12345.6, Precision::Digits(3)), "12346");
        assert_eq!(prose(1.487e-4, Precision::Digits(3)), "0.000149");
        assert_eq!(prose(4.31e-7, Precision::Digits(2)), "4.3\u{a0}×\u{a0}10⁻⁷");
        assert_eq!(prose(f64::NAN, Precision::Exact), "not a number");
        assert_eq!(prose(f64::NEG_INFINITY, Precision::Exact), "−∞");
    }

    #[test]
    fn formulas_get_latex() {
        assert_eq!(write(1e300, Precision::Digits(3), Setting::Latex), r"1 \times 10^{300}");
        assert_eq!(write(-4.0, Precision::Exact, Setting::Latex), "-4");
    }
}
