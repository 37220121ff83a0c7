//! Eigenvalues of small symmetric matrices whose size is known at run time.

use crate::scalar::Scalar;

/// The eigenvalues of a symmetric matrix, in no order, with unit eigenvectors as the rows of a second
/// matrix. By Jacobi's method: Golub, Van Loan, *Matrix computations* (2013), section 8.5.
pub(super) fn eigen(mut matrix: Vec<f64>, n: usize) -> (Vec<f64>, Vec<f64>) {
    let mut vectors = vec![0.0; n * n];
    for i in 0..n {
        vectors[i * n + i] = 1.0;
    }
    // It converges quadratically; NaN ends it too.
    for _ in 0..30 {
        let (mut off, mut all) = (0.0, 0.0);
        for i in 0..n {
            for j in 0..n {
                let entry = matrix[i * n + j];
                all += entry * entry;
                off += if i == j { 0.0 } else { entry * entry };
            }
        }
        let is_diagonal = off <= 1e-32 * all;
        if is_diagonal || off.is_nan() {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut matrix, &mut vectors, n, p, q);
            }
        }
    }
    ((0..n).map(|i| matrix[i * n + i]).collect(), vectors)
}

/// Turns the plane of two axes so that the entry between them becomes 0.
fn rotate(matrix: &mut [f64], vectors: &mut [f64], n: usize, p: usize, q: usize) {
    let entry = matrix[p * n + q];
    if entry == 0.0 {
        return;
    }
    let theta = (matrix[q * n + q] - matrix[p * n + p]) / (2.0 * entry);
    let root = (theta * theta + 1.0).sqrt();
    let t = Scalar::select(theta, 0.0, 1.0 / (theta + root), 1.0 / (theta - root));
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for i in 0..n {
        let (a, b) = (matrix[i * n + p], matrix[i * n + q]);
        matrix[i * n + p] = c * a - s * b;
        matrix[i * n + q] = s * a + c * b;
    }
    for i in 0..n {
        let (a, b) = (matrix[p * n + i], matrix[q * n + i]);
        matrix[p * n + i] = c * a - s * b;
        matrix[q * n + i] = s * a + c * b;
        let (a, b) = (vectors[p * n + i], vectors[q * n + i]);
        vectors[p * n + i] = c * a - s * b;
        vectors[q * n + i] = s * a + c * b;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn vectors_are_orthonormal_and_solve_the_equation(
            n in 1_usize..9, entries in prop::collection::vec(-3.0..3.0, 64)
        ) {
            let matrix: Vec<f64> = (0..n * n)
                .map(|place| entries[(place / n).min(place % n) * 8 + (place / n).max(place % n)])
                .collect();
            let (values, vectors) = eigen(matrix.clone(), n);
            for (value, vector) in values.iter().zip(vectors.chunks(n)) {
                for (i, row) in matrix.chunks(n).enumerate() {
                    let image: f64 = row.iter().zip(vector).map(|(a, b)| a * b).sum();
                    prop_assert!((image - value * vector[i]).abs() < 1e-12);
                }
                for (other, second) in values.iter().zip(vectors.chunks(n)) {
                    let dot: f64 = vector.iter().zip(second).map(|(a, b)| a * b).sum();
                    let same = vector == second && value == other;
                    prop_assert!((dot - f64::from(u8::from(same))).abs() < 1e-13);
                }
            }
        }
    }

    #[test]
    fn what_is_no_number_ends() {
        let (values, _) = eigen(vec![f64::NAN; 9], 3);
        assert!(values.iter().all(|value| value.is_nan()));
        assert_eq!(eigen(vec![0.0; 4], 2).0, [0.0, 0.0]);
    }
}
