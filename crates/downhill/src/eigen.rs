//! Eigenvalues and eigenvectors of symmetric matrices, as Hessians are.
//!
//! One and two dimensions have closed forms; beyond them Jacobi's method rotates the matrix until
//! it is diagonal. Source: Golub, Van Loan, *Matrix computations* (2013), section 8.5.

use core::array;

use crate::scalar::Scalar;
use crate::sorting::{FEW, sort};
use crate::vector::norm;

/// Values below this fraction of the numbers they were computed from are rounding errors and count
/// as 0.
///
/// This is the only tolerance for zero curvature: a few roundings amount to 10⁻¹⁵, and the sums
/// over ten thousand points of a fit to 10⁻¹³.
pub const ROUNDING: f64 = 1e-12;

/// The eigenvalues of a symmetric matrix, ascending; NaN if an entry is NaN.
///
/// Rounding never decides a sign. In two dimensions an eigenvalue is exactly 0 if the determinant
/// ad − b² is only a rounding error of its terms. Both terms scale with the units of either
/// coordinate, so a small but real curvature beside a large one is kept. In more dimensions an
/// eigenvalue is 0 if it is only a rounding error of the largest one.
pub(crate) fn eigenvalues<const D: usize>(matrix: [[f64; D]; D]) -> [f64; D] {
    if D > 2 && !is_diagonal(&matrix) {
        return turned(matrix).map(|(value, _)| value);
    }
    let mut values: [f64; D] = array::from_fn(|i| matrix[i][i]);
    if D == 2 && matrix[0][1] != 0.0 {
        let [low, high] = pair(matrix[0][0], matrix[0][1], matrix[1][1]);
        values[0] = low;
        values[1] = high;
        return values;
    }
    sort(&mut values, FEW, |a, b| a.total_cmp(b).is_gt());
    values
}

/// Unit eigenvectors of a symmetric matrix, in the order of [`eigenvalues`].
pub(crate) fn eigenvectors<const D: usize>(matrix: [[f64; D]; D]) -> [[f64; D]; D] {
    if D > 2 && !is_diagonal(&matrix) {
        return turned(matrix).map(|(_, vector)| vector);
    }
    let mut vectors = [[0.0; D]; D];
    if D == 2 && matrix[0][1] != 0.0 {
        // The eigenvector of the larger eigenvalue makes half the angle that (a − d, 2b) makes with
        // the x axis.
        let turn = 0.5 * libm::atan2(2.0 * matrix[0][1], matrix[0][0] - matrix[1][1]);
        let (sin, cos) = (libm::sin(turn), libm::cos(turn));
        vectors[0][0] = -sin;
        vectors[0][1] = cos;
        vectors[1][0] = cos;
        vectors[1][1] = sin;
        return vectors;
    }
    let mut order: [usize; D] = array::from_fn(|i| i);
    sort(&mut order, FEW, |&i, &j| matrix[i][i].total_cmp(&matrix[j][j]).is_gt());
    for (vector, axis) in vectors.iter_mut().zip(order) {
        vector[axis] = 1.0;
    }
    vectors
}

/// Whether all off-diagonal entries are 0 (not NaN).
fn is_diagonal<const D: usize>(matrix: &[[f64; D]; D]) -> bool {
    (0..D).all(|i| (0..D).all(|j| i == j || matrix[i][j] == 0.0))
}

/// Each rotation of Jacobi's cyclic method zeroes one off-diagonal entry and shrinks the others,
/// eventually quadratically: a dozen sweeps are enough. This limit is never reached.
const SWEEPS: usize = 60;

/// Eigenvalues with their unit eigenvectors, ascending, by Jacobi's method; all NaN if an entry is
/// not finite.
fn turned<const D: usize>(mut matrix: [[f64; D]; D]) -> [(f64, [f64; D]); D] {
    if matrix.iter().flatten().any(|entry| !entry.is_finite()) {
        return [(f64::NAN, [f64::NAN; D]); D];
    }
    // Stored as columns.
    let mut vectors: [[f64; D]; D] =
        array::from_fn(|i| array::from_fn(|j| if i == j { 1.0 } else { 0.0 }));
    for _ in 0..SWEEPS {
        let mut rested = true;
        for p in 0..D {
            for q in p + 1..D {
                let between = matrix[p][q];
                if between == 0.0 {
                    continue;
                }
                rested = false;
                // The tangent of the smaller of the two angles that zero the entry.
                let ratio = (0.5 * matrix[q][q] - 0.5 * matrix[p][p]) / between;
                let tangent = 1.0 / (ratio.abs() + (ratio * ratio + 1.0).sqrt());
                let tangent = if ratio < 0.0 { -tangent } else { tangent };
                let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
                let sine = tangent * cosine;
                matrix[p][p] -= tangent * between;
                matrix[q][q] += tangent * between;
                (matrix[p][q], matrix[q][p]) = (0.0, 0.0);
                for k in (0..D).filter(|&k| k != p && k != q) {
                    let (a, b) = (matrix[k][p], matrix[k][q]);
                    matrix[k][p] = cosine * a - sine * b;
                    matrix[k][q] = sine * a + cosine * b;
                    (matrix[p][k], matrix[q][k]) = (matrix[k][p], matrix[k][q]);
                }
                for row in &mut vectors {
                    let (a, b) = (row[p], row[q]);
                    row[p] = cosine * a - sine * b;
                    row[q] = sine * a + cosine * b;
                }
            }
        }
        if rested {
            break;
        }
    }
    let largest = (0..D).fold(0.0, |most, i| Scalar::max(matrix[i][i].abs(), most));
    let mut pairs: [(f64, [f64; D]); D] = array::from_fn(|i| {
        let value = matrix[i][i];
        let is_rounding = value.abs() <= ROUNDING * largest;
        (if is_rounding { 0.0 } else { value }, array::from_fn(|row| vectors[row][i]))
    });
    sort(&mut pairs, FEW, |a, b| a.0.total_cmp(&b.0).is_gt());
    pairs
}

/// The eigenvalues of [[a, b], [b, d]].
fn pair(a: f64, b: f64, d: f64) -> [f64; 2] {
    let (middle, radius) = circle(a, b, d);
    // The eigenvalue farther from 0 is computed accurately; the other follows from the determinant,
    // because a difference would cancel.
    let far = if middle < 0.0 { middle - radius } else { middle + radius };
    let (straight, crossed) = ((a / far) * d, (b / far) * b);
    let determinant = straight - crossed;
    // Subnormal numbers have larger rounding errors.
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
    fn rounding_is_distinguished_from_small_curvature() {
        // (0.3x + 0.6y)²: the difference of centre and radius is −2.8e-17.
        assert_eq!(eigenvalues([[2.0 * 0.09, 0.36], [0.36, 2.0 * 0.36]])[0], 0.0);
        assert_eq!(eigenvalues([[-2.0, 2.0], [2.0, -2.0]]), [-4.0, 0.0]);
        assert_eq!(eigenvalues([[2.0, 0.0], [0.0, -2e-13]]), [-2e-13, 2.0]);
        // A fit to x = 0 and x = 1e-7: w and b have very different curvatures, and both are real.
        let (mean, square) = (0.5e-7, 0.5e-14);
        let [low, _] = eigenvalues([[2.0 * square, 2.0 * mean], [2.0 * mean, 2.0]]);
        assert!((low - 5e-15).abs() < 1e-20, "{low}");
        let tiny = 1e-160;
        assert_eq!(eigenvalues([[2.0 * tiny * tiny, 2.0 * tiny], [2.0 * tiny, 2.0]])[0], 0.0);
        let [low, high] = eigenvalues([[f64::NAN, 1.0], [1.0, 1.0]]);
        assert!(low.is_nan() && high.is_nan());
        assert_eq!(eigenvalues([[1.0; 5]; 5])[..4], [0.0; 4]);
    }

    /// Expected values from NumPy's `linalg.eigvalsh`.
    #[test]
    fn three_and_more_dimensions_have_the_eigenvalues_of_numpy() {
        let close = |found: &[f64], expected: &[f64]| {
            assert_eq!(found.len(), expected.len());
            for (a, b) in found.iter().zip(expected) {
                assert!((a - b).abs() < 1e-14 * 20.0, "{found:?}, NumPy has {expected:?}");
            }
        };
        // ½x² + 2xy + ½y² + ½z², a saddle whose diagonal looks like that of a bowl.
        let hidden = [[1.0, 2.0, 0.0], [2.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        close(&eigenvalues(hidden), &[-1.0, 1.0, 3.0]);
        let full = [[4.0, 1.0, -2.0], [1.0, 2.0, 0.5], [-2.0, 0.5, 3.0]];
        close(&eigenvalues(full), &[0.6539237684613848, 2.716348465618261, 5.629727765920352]);
        let four = [
            [2.0, -1.0, 0.0, 3.0],
            [-1.0, 2.0, -1.0, 0.0],
            [0.0, -1.0, 2.0, -1.0],
            [3.0, 0.0, -1.0, 2.0],
        ];
        close(
            &eigenvalues(four),
            &[-1.23606797749979, 0.7639320225002106, 3.2360679774997894, 5.236067977499788],
        );
        // A double eigenvalue, and the matrix of ones.
        close(&eigenvalues([[1.0; 5]; 5]), &[0.0, 0.0, 0.0, 0.0, 5.0]);
        let nan = eigenvalues([[1.0, f64::NAN, 0.0], [f64::NAN, 1.0, 0.0], [0.0, 0.0, 1.0]]);
        assert!(nan.iter().all(|value| value.is_nan()));
        assert_eq!(
            eigenvalues([[3.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 2.0]]),
            [1.0, 2.0, 3.0]
        );
        let huge = [[1e300, 1e300, 0.0], [1e300, 1e300, 0.0], [0.0, 0.0, 1e-300]];
        close(&eigenvalues(huge).map(|value| value / 1e300), &[0.0, 0.0, 2.0]);
    }

    /// V·diag(λ)·Vᵀ with V a product of plane rotations.
    fn planted<const D: usize>(values: [f64; D], angles: &[f64]) -> [[f64; D]; D] {
        let mut axes: [[f64; D]; D] =
            array::from_fn(|i| array::from_fn(|j| if i == j { 1.0 } else { 0.0 }));
        let mut angles = angles.iter();
        for p in 0..D {
            for q in p + 1..D {
                let angle = angles.next().expect("an angle for every plane");
                let (sin, cos) = (libm::sin(*angle), libm::cos(*angle));
                for row in &mut axes {
                    let (a, b) = (row[p], row[q]);
                    (row[p], row[q]) = (cos * a - sin * b, sin * a + cos * b);
                }
            }
        }
        let entry = |i: usize, j: usize| (0..D).map(|k| axes[i][k] * values[k] * axes[j][k]).sum();
        array::from_fn(|i| array::from_fn(|j| entry(i, j)))
    }

    fn finds<const D: usize>(mut values: [f64; D], angles: &[f64]) -> Result<(), TestCaseError> {
        let matrix = planted(values, angles);
        values.sort_by(f64::total_cmp);
        let (found, vectors) = (eigenvalues(matrix), eigenvectors(matrix));
        for i in 0..D {
            prop_assert!((found[i] - values[i]).abs() < 1e-12, "{found:?} for {values:?}");
            for row in 0..D {
                let image: f64 = (0..D).map(|k| matrix[row][k] * vectors[i][k]).sum();
                prop_assert!((image - found[i] * vectors[i][row]).abs() < 1e-12);
            }
            for (j, other) in vectors.iter().enumerate() {
                let product = crate::vector::dot(vectors[i], *other);
                prop_assert!((product - f64::from(u8::from(i == j))).abs() < 1e-13);
            }
        }
        Ok(())
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
        fn planted_spectra_are_found(
            three in [-9.0..9.0, -9.0..9.0, -9.0..9.0], five in prop::array::uniform5(-9.0..9.0),
            twin in -9.0..9.0, angles in prop::collection::vec(-4.0..4.0, 10),
        ) {
            finds::<3>(three, &angles)?;
            finds::<5>(five, &angles)?;
            finds::<4>([twin, three[0], twin, 0.0], &angles)?;
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
