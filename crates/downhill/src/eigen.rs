//! Eigenvalues and eigenvectors of the symmetric matrices that Hessians in one and two dimensions are.

use core::array;

use crate::vector::norm;

/// What is smaller than this share of what it was computed from is rounding, and counts as 0.
///
/// The one tolerance by which ground is called level: a few roundings are 10⁻¹⁵, and the sums over
/// ten thousand points that make a fit come to 10⁻¹³.
pub(crate) const ROUNDING: f64 = 1e-12;

/// The eigenvalues of a symmetric matrix, ascending; NaN where an entry is.
///
/// Rounding decides no sign. An eigenvalue is exactly 0 where the determinant ad − b² is only the rounding
/// of its terms. Both terms scale with the units of either coordinate, so a curvature that is small beside
/// the other one, but real, stays what it is.
///
/// In more than two dimensions the diagonal is taken, as if the matrix were diagonal.
pub(crate) fn eigenvalues<const D: usize>(matrix: [[f64; D]; D]) -> [f64; D] {
    let mut values: [f64; D] = array::from_fn(|i| matrix[i][i]);
    if D == 2 && matrix[0][1] != 0.0 {
        let [low, high] = pair(matrix[0][0], matrix[0][1], matrix[1][1]);
        values[0] = low;
        values[1] = high;
        return values;
    }
    insertion_sort(&mut values, |a, b| a.total_cmp(b).is_gt());
    values
}

/// Unit eigenvectors of a symmetric matrix, in the order of [`eigenvalues`].
pub(crate) fn eigenvectors<const D: usize>(matrix: [[f64; D]; D]) -> [[f64; D]; D] {
    let mut vectors = [[0.0; D]; D];
    if D == 2 && matrix[0][1] != 0.0 {
        // The larger eigenvalue's direction makes half the angle of (a − d, 2b) with the x axis.
        let turn = 0.5 * libm::atan2(2.0 * matrix[0][1], matrix[0][0] - matrix[1][1]);
        let (sin, cos) = (libm::sin(turn), libm::cos(turn));
        vectors[0][0] = -sin;
        vectors[0][1] = cos;
        vectors[1][0] = cos;
        vectors[1][1] = sin;
        return vectors;
    }
    let mut order: [usize; D] = array::from_fn(|i| i);
    insertion_sort(&mut order, |&i, &j| matrix[i][i].total_cmp(&matrix[j][j]).is_gt());
    for (vector, axis) in vectors.iter_mut().zip(order) {
        vector[axis] = 1.0;
    }
    vectors
}

/// Sorts the one or two items of a dimension; the library's sort, made for millions, weighs 3 KB in the page.
fn insertion_sort<T>(items: &mut [T], greater: impl Fn(&T, &T) -> bool) {
    for end in 1..items.len() {
        let mut at = end;
        while at > 0 && greater(&items[at - 1], &items[at]) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// The eigenvalues of [[a, b], [b, d]].
fn pair(a: f64, b: f64, d: f64) -> [f64; 2] {
    let (middle, radius) = circle(a, b, d);
    // The one farther from 0 has all its digits; the other follows from the determinant, where
    // their difference would have lost them.
    let far = if middle < 0.0 { middle - radius } else { middle + radius };
    let (straight, crossed) = ((a / far) * d, (b / far) * b);
    let determinant = straight - crossed;
    // Numbers below the normal ones round by more than that.
    let rounding = ROUNDING * (straight.abs() + crossed.abs()) + f64::MIN_POSITIVE;
    let near = if determinant.abs() <= rounding { 0.0 } else { determinant };
    if middle < 0.0 { [far, near] } else { [near, far] }
}

/// Centre and radius of Mohr's circle of [[a, b], [b, d]]: the eigenvalues lie at centre ± radius.
fn circle(a: f64, b: f64, d: f64) -> (f64, f64) {
    (0.5 * (a + d), norm([0.5 * (a - d), b]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn diagonal_matrices_keep_their_axes() {
        assert_eq!(eigenvalues([[100.0, 0.0], [0.0, 1.0]]), [1.0, 100.0]);
        assert_eq!(eigenvectors([[100.0, 0.0], [0.0, 1.0]]), [[0.0, 1.0], [1.0, 0.0]]);
        assert_eq!(eigenvalues([[2.0]]), [2.0]);
        assert_eq!(eigenvectors([[2.0]]), [[1.0]]);
    }

    #[test]
    fn rounding_is_no_curvature_and_a_small_curvature_is_no_rounding() {
        // (0.3x + 0.6y)²: the difference of centre and radius is −2.8e-17.
        assert_eq!(eigenvalues([[2.0 * 0.09, 0.36], [0.36, 2.0 * 0.36]])[0], 0.0);
        assert_eq!(eigenvalues([[-2.0, 2.0], [2.0, -2.0]]), [-4.0, 0.0]);
        assert_eq!(eigenvalues([[2.0, 0.0], [0.0, -2e-13]]), [-2e-13, 2.0]);
        // A fit over x = 0 and x = 1e-7: w and b have very different curvatures, and both are real.
        let (mean, square) = (0.5e-7, 0.5e-14);
        let [low, _] = eigenvalues([[2.0 * square, 2.0 * mean], [2.0 * mean, 2.0]]);
        assert!((low - 5e-15).abs() < 1e-20, "{low}");
        let tiny = 1e-160;
        assert_eq!(eigenvalues([[2.0 * tiny * tiny, 2.0 * tiny], [2.0 * tiny, 2.0]])[0], 0.0);
        let [low, high] = eigenvalues([[f64::NAN, 1.0], [1.0, 1.0]]);
        assert!(low.is_nan() && high.is_nan());
    }

    proptest! {
        #[test]
        fn a_matrix_of_rank_one_has_one_curvature(
            a in -1e3..1e3, b in -1e3..1e3, small in 1e-6..1.0, sign in prop::sample::select(vec![-1.0, 1.0]),
        ) {
            let b = b * small;
            let values = eigenvalues([[sign * a * a, sign * a * b], [sign * a * b, sign * b * b]]);
            let flat = if sign < 0.0 { values[1] } else { values[0] };
            prop_assert_eq!(flat, 0.0);
        }

        #[test]
        fn a_small_curvature_keeps_its_digits(exponent in 0.0..9.0_f64, angle in 0.1..1.4_f64) {
            let small = -libm::pow(10.0, -exponent);
            let (s, c) = (libm::sin(angle), libm::cos(angle));
            let b = (1.0 - small) * s * c;
            let [low, high] = eigenvalues([[c * c + small * s * s, b], [b, s * s + small * c * c]]);
            prop_assert!((low / small - 1.0).abs() < 1e-15 / small.abs() * 8.0, "{} {}", low, small);
            prop_assert!((high - 1.0).abs() < 1e-14);
        }

        #[test]
        fn a_matrix_stretches_its_eigenvectors(a in -9.0..9.0, b in -9.0..9.0, d in -9.0..9.0) {
            let matrix: [[f64; 2]; 2] = [[a, b], [b, d]];
            let values = eigenvalues(matrix);
            prop_assert!(values[0] <= values[1]);
            for (value, vector) in values.into_iter().zip(eigenvectors(matrix)) {
                for row in 0..2 {
                    let image = matrix[row][0] * vector[0] + matrix[row][1] * vector[1];
                    prop_assert!((image - value * vector[row]).abs() < 1e-13 * 18.0);
                }
            }
        }
    }
}
