//! The largest eigenvalue of a matrix that is known by its products alone.
//!
//! Lanczos's method with full reorthogonalization, restarted from its best vector. Source: Golub, Van
//! Loan, *Matrix computations* (2013), chapter 10.

use super::symmetric::eigen;
use crate::random::{Random, RandomUse};
use crate::scalar::Scalar;
use crate::vector::{dot_of, norm_of};

/// The largest eigenvalue of a Hessian: how sharply the hill bends where it bends most.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharpness {
    /// The largest eigenvalue λ, which may be negative; NaN where the Hessian is not finite.
    pub lambda: f64,
    /// A unit vector v in its direction.
    pub vector: Vec<f64>,
    /// ‖Hv − λv‖: an eigenvalue is this close to λ.
    pub residual: f64,
    /// The number of products that it took.
    pub products: usize,
}

/// The most vectors before a restart.
const MOST_VECTORS: usize = 28;

/// How often it is tested whether they suffice.
const EVERY: usize = 4;

/// The most products: a matrix whose largest eigenvalues lie close together may not converge.
const MOST_PRODUCTS: usize = 28 * 20;

/// How much of chance is in the start: another eigenvalue may have become the largest, and a start
/// that is exactly an eigenvector would never find it.
const CHANCE: f64 = 0.05;

/// The largest eigenvalue of a symmetric matrix of size `n` with these products.
pub(super) fn largest(
    n: usize,
    product: &mut dyn FnMut(&[f64], &mut [f64]),
    near: Option<&[f64]>,
    tolerance: f64,
) -> Sharpness {
    let mut search = Search::new(n, near, tolerance);
    loop {
        if let Some(found) = search.step(product) {
            return found;
        }
    }
}

/// The search for it, one product at a time.
#[derive(Clone, Debug)]
pub(super) struct Search {
    tolerance: f64,
    space: Krylov,
    /// The unit vector that extends the space next.
    next: Vec<f64>,
    products: usize,
}

impl Search {
    pub(super) fn new(n: usize, near: Option<&[f64]>, tolerance: f64) -> Self {
        Self { tolerance, space: Krylov::default(), next: start(n, near), products: 0 }
    }

    /// Takes one more product; returns the eigenvalue once it is known.
    pub(super) fn step(
        &mut self,
        product: &mut dyn FnMut(&[f64], &mut [f64]),
    ) -> Option<Sharpness> {
        let Self { tolerance, space, next, products } = self;
        let n = next.len();
        space.extend(next, product);
        *products += 1;
        let count = space.basis.len();
        let is_full = count == MOST_VECTORS.min(n) || *products == MOST_PRODUCTS;
        // Otherwise an invariant space has been found: nothing is left to add. NaN ends it too.
        let beside = space.beside[count - 1];
        let leads_on = beside > 1e-14 * space.scale();
        if leads_on && !is_full && !count.is_multiple_of(EVERY) {
            return None;
        }
        let (lambda, norm, coordinates) = space.largest();
        let residual = (beside * coordinates[count - 1]).abs();
        // Written so that NaN ends it.
        let is_open = leads_on && residual > *tolerance * norm;
        if is_open && !is_full {
            return None;
        }
        let vector = space.combine(&coordinates);
        if is_open && count < n && *products < MOST_PRODUCTS {
            // Begins again from what is known by now.
            *space = Krylov::default();
            *next = vector;
            return None;
        }
        Some(Sharpness { lambda, vector, residual, products: *products })
    }
}

/// A unit vector near the given one, or else any.
fn start(n: usize, near: Option<&[f64]>) -> Vec<f64> {
    let mut random = Random::new(0, RandomUse::Directions);
    let mut vector: Vec<f64> = (0..n).map(|_| random.normal()).collect();
    let size = norm_of(&vector);
    let known = near.map_or(0.0, norm_of);
    let chance = if known > 0.0 && known.is_finite() { CHANCE } else { 1.0 };
    for (i, entry) in vector.iter_mut().enumerate() {
        *entry *= chance / size;
        if let Some(near) = near.filter(|_| chance < 1.0) {
            *entry += near[i] / known;
        }
    }
    let size = norm_of(&vector);
    vector.iter_mut().for_each(|entry| *entry /= size);
    vector
}

/// An orthonormal basis, in which the matrix has three diagonals.
#[derive(Clone, Debug, Default)]
struct Krylov {
    basis: Vec<Vec<f64>>,
    diagonal: Vec<f64>,
    /// The entries beside the diagonal; the last leads out of the space.
    beside: Vec<f64>,
}

impl Krylov {
    /// Adds a unit vector, and computes the next one.
    fn extend(&mut self, vector: &mut Vec<f64>, product: &mut dyn FnMut(&[f64], &mut [f64])) {
        let mut image = vec![0.0; vector.len()];
        product(vector, &mut image);
        self.basis.push(core::mem::take(vector));
        let mut along = 0.0;
        // Twice is enough.
        for round in 0..2 {
            for (index, known) in self.basis.iter().enumerate() {
                let part = dot_of(known, &image);
                if round == 0 && index + 1 == self.basis.len() {
                    along = part;
                }
                for (entry, known) in image.iter_mut().zip(known) {
                    *entry -= part * known;
                }
            }
        }
        let size = norm_of(&image);
        image.iter_mut().for_each(|entry| *entry /= size);
        self.diagonal.push(along);
        self.beside.push(size);
        *vector = image;
    }

    /// A size of the matrix.
    fn scale(&self) -> f64 {
        let all = self.diagonal.iter().chain(&self.beside);
        all.fold(0.0, |most, entry| Scalar::max(entry.abs(), most))
    }

    /// The largest eigenvalue in the space, the largest of the absolute values, and the coordinates of
    /// the first one's vector.
    fn largest(&self) -> (f64, f64, Vec<f64>) {
        let n = self.diagonal.len();
        let mut matrix = vec![0.0; n * n];
        for i in 0..n {
            matrix[i * n + i] = self.diagonal[i];
            if i + 1 < n {
                matrix[i * n + i + 1] = self.beside[i];
                matrix[(i + 1) * n + i] = self.beside[i];
            }
        }
        let (values, vectors) = eigen(matrix, n);
        let (mut best, mut norm) = (0, 0.0);
        for (index, value) in values.iter().enumerate() {
            norm = Scalar::max(value.abs(), norm);
            if *value > values[best] {
                best = index;
            }
        }
        (values[best], norm, vectors[best * n..(best + 1) * n].to_vec())
    }

    /// The vector with these coordinates.
    fn combine(&self, coordinates: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; self.basis[0].len()];
        for (coordinate, vector) in coordinates.iter().zip(&self.basis) {
            for (entry, known) in sum.iter_mut().zip(vector) {
                *entry += coordinate * known;
            }
        }
        let size = norm_of(&sum);
        sum.iter_mut().for_each(|entry| *entry /= size);
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagonal(values: &[f64]) -> impl FnMut(&[f64], &mut [f64]) {
        move |v, product| {
            for (i, entry) in product.iter_mut().enumerate() {
                *entry = values[i] * v[i];
            }
        }
    }

    #[test]
    fn planted_eigenvalues_are_found() {
        for n in [1, 2, 3, 27, 28, 29, 300] {
            let sign = |i: i32| if i % 3 == 0 { -2.0 } else { 1.0 };
            let values: Vec<f64> = (1..=n).map(|i| sign(i) * f64::from(i * i)).collect();
            let most = values.iter().copied().fold(f64::MIN, Scalar::max);
            let found = largest(n as usize, &mut diagonal(&values), None, 1e-9);
            assert!(
                (found.lambda - most).abs() < 1e-9 * f64::from(n * n),
                "{n}: {} and {most}",
                found.lambda
            );
            assert!((norm_of(&found.vector) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_start_at_another_eigenvector_does_not_mislead() {
        let values: Vec<f64> =
            (0..50).map(|i| if i == 7 { 3.0 } else { f64::from(i) / 50.0 }).collect();
        let mut wrong = vec![0.0; 50];
        wrong[49] = 1.0;
        let found = largest(50, &mut diagonal(&values), Some(&wrong), 1e-8);
        assert!((found.lambda - 3.0).abs() < 1e-12);
        let again = largest(50, &mut diagonal(&values), Some(&found.vector), 1e-8);
        assert!((again.lambda - 3.0).abs() < 1e-12 && again.products <= found.products);
    }

    #[test]
    fn negative_zero_and_no_numbers() {
        let found = largest(3, &mut diagonal(&[-1.0, -2.0, -5.0]), None, 1e-9);
        assert!((found.lambda + 1.0).abs() < 1e-12);
        assert_eq!(largest(3, &mut diagonal(&[0.0; 3]), None, 1e-9).lambda, 0.0);
        assert!(largest(3, &mut diagonal(&[f64::NAN; 3]), None, 1e-9).lambda.is_nan());
    }
}
