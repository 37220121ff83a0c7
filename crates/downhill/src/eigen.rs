//! Eigenvalues and eigenvectors of the symmetric matrices that Hessians in one and two dimensions are.

use core::array;

use crate::vector::norm;

/// The eigenvalues of a symmetric matrix, ascending; NaN where an entry is.
///
/// In more than two dimensions the diagonal is taken, as if the matrix were diagonal.
pub(crate) fn eigenvalues<const D: usize>(matrix: [[f64; D]; D]) -> [f64; D] {
    let mut values: [f64; D] = array::from_fn(|i| matrix[i][i]);
    if D == 2 && matrix[0][1] != 0.0 {
        let (middle, radius) = circle(matrix[0][0], matrix[0][1], matrix[1][1]);
        values[0] = middle - radius;
        values[1] = middle + radius;
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

    proptest! {
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
