//! The exact decimal digits of a number; a few microseconds slower than the standard library and
//! much smaller.

use core::cmp::Ordering;

use super::big_integer::BigInteger;

/// How many digits to produce.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Wanted {
    /// As few as identify the number.
    Shortest,
    /// This many significant digits.
    Significant(usize),
    /// This many decimal places.
    Decimals(usize),
}

/// The digits of a finite non-negative number, as 0.d₁d₂…·10^point, without trailing zeros.
///
/// Rounded to nearest, ties to even. Of several shortest results the nearest is chosen, and of two
/// equally near the larger.
///
/// Source: Steele & White, *How to print floating-point numbers accurately* (1990).
pub(crate) fn digits(number: f64, wanted: Wanted) -> (Vec<u8>, i64) {
    let bits = number.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let exponent = bits >> 52;
    // number = whole·2^(power − 1075).
    let (whole, power) = if exponent == 0 { (fraction, 1) } else { (fraction | 1 << 52, exponent) };
    let (up, down) = (power.saturating_sub(1075), 1075_u64.saturating_sub(power));
    // number = rest/unit·10^point; numbers closer than `above` or `below`, in the same units, round
    // to the same f64.
    let mut rest = BigInteger::shifted(whole, up + 2);
    let mut unit = BigInteger::shifted(1, down + 2);
    let shortest = wanted == Wanted::Shortest;
    // Below a power of two the next number is only half as far away.
    let near = if fraction == 0 && exponent > 1 { 1 } else { 2 };
    let mut above = BigInteger::shifted(if shortest { 2 } else { 0 }, up);
    let mut below = BigInteger::shifted(if shortest { near } else { 0 }, up);
    // Ties round to the even number. Without margins, this means that nothing is left.
    let inclusive = !shortest || whole & 1 == 0;
    let reaches = |order: Ordering| if inclusive { order.is_ge() } else { order.is_gt() };

    let mut digits = Vec::new();
    let mut point = 0;
    if whole == 0 {
        return (digits, point);
    }
    while reaches(rest.plus(&above).compare(&unit)) {
        unit.multiply_add(10, 0);
        point += 1;
    }
    loop {
        let mut ten = rest.plus(&above);
        ten.multiply_add(10, 0);
        if reaches(ten.compare(&unit)) {
            break;
        }
        for scaled in [&mut rest, &mut above, &mut below] {
            scaled.multiply_add(10, 0);
        }
        point -= 1;
    }

    let count = match wanted {
        Wanted::Shortest => i64::MAX,
        Wanted::Significant(count) => count as i64,
        Wanted::Decimals(count) => point + count as i64,
    };
    let (mut low, mut high) = (false, false);
    while (digits.len() as i64) < count && !low && !high {
        for scaled in [&mut rest, &mut above, &mut below] {
            scaled.multiply_add(10, 0);
        }
        digits.push(rest.take(&unit));
        low = reaches(below.compare(&rest));
        high = reaches(rest.plus(&above).compare(&unit));
    }
    let half = rest.plus(&rest).compare(&unit);
    let odd = digits.last().is_some_and(|digit| digit & 1 == 1);
    let nearer_above = half.is_gt() || half.is_eq() && (odd || shortest);
    // The nearer of the two neighbours, if both would do.
    let rounds_up = if low == high { nearer_above } else { high };
    if rounds_up && count >= 0 {
        while digits.last() == Some(&9) {
            digits.pop();
        }
        match digits.last_mut() {
            Some(digit) => *digit += 1,
            None => {
                digits.push(1);
                point += 1;
            }
        }
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    (digits, point)
}
