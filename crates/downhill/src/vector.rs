//! Linear algebra for points in a few dimensions.

use crate::scalar::Scalar;

/// The Euclidean norm ‖v‖, finite whenever the norm itself is.
#[inline]
pub(crate) fn norm<const D: usize>(v: [f64; D]) -> f64 {
    let squares = squares(v);
    if squares.is_normal() || squares.is_nan() { squares.sqrt() } else { scaled_norm(v) }
}

#[cold]
fn scaled_norm<const D: usize>(v: [f64; D]) -> f64 {
    // The squares overflow or underflow although the norm may not: scale by the largest coordinate.
    let largest = v.iter().fold(0.0_f64, |largest, x| Scalar::max(x.abs(), largest));
    if largest == 0.0 || largest.is_infinite() {
        return largest;
    }
    largest * v.iter().map(|x| (x / largest) * (x / largest)).sum::<f64>().sqrt()
}

/// ‖v‖².
#[inline]
pub(crate) fn squares<S: Scalar, const D: usize>(v: [S; D]) -> S {
    let mut sum = v[0] * v[0];
    for axis in &v[1..] {
        sum = sum + *axis * *axis;
    }
    sum
}

/// The inner product u·v.
pub(crate) fn dot<const D: usize>(u: [f64; D], v: [f64; D]) -> f64 {
    u.iter().zip(v).map(|(a, b)| a * b).sum()
}

/// [`norm`] of a vector of any length, with the same bits.
pub(crate) fn norm_of(v: &[f64]) -> f64 {
    let Some((first, rest)) = v.split_first() else { return 0.0 };
    let squares = rest.iter().fold(first * first, |sum, x| sum + x * x);
    if squares.is_normal() || squares.is_nan() {
        return squares.sqrt();
    }
    let largest = v.iter().fold(0.0_f64, |largest, x| Scalar::max(x.abs(), largest));
    if largest == 0.0 || largest.is_infinite() {
        return largest;
    }
    largest * v.iter().map(|x| (x / largest) * (x / largest)).sum::<f64>().sqrt()
}

/// The inner product of vectors of any length.
pub(crate) fn dot_of(u: &[f64], v: &[f64]) -> f64 {
    u.iter().zip(v).fold(0.0, |sum, (a, b)| sum + a * b)
}

/// Whether every coordinate is finite.
pub(crate) fn is_finite<const D: usize>(v: [f64; D]) -> bool {
    v.iter().all(|x| x.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_survives_overflow_and_underflow() {
        assert_eq!(norm([3.0, 4.0]), 5.0);
        assert!((norm([3e200, 4e200]) / 5e200 - 1.0).abs() < 1e-15);
        assert!((norm([-3e-200, 4e-200]) / 5e-200 - 1.0).abs() < 1e-15);
        assert_eq!(norm([0.0, 0.0]), 0.0);
        assert_eq!(norm([f64::NEG_INFINITY, 1.0]), f64::INFINITY);
        assert!(norm([f64::NAN, 1e300]).is_nan());
        for v in [[3.0, 4.0, 0.1], [3e200, 4e200, 1.0], [-3e-200, 4e-200, 0.0], [0.0; 3]] {
            assert_eq!(norm(v).to_bits(), norm_of(&v).to_bits());
        }
        assert_eq!(norm_of(&[]), 0.0);
    }
}
