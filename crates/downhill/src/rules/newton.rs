//! Newton's method: curvature says how long the step should be, in every direction.
//!
//! w ← w − αH⁻¹∇f(w) with the Hessian H at w; with α = 1 it lands on the bottom of a bowl in one step.
//!
//! Where H is singular or indefinite (a pivot of its LDLᵀ factoring is not above 10⁻¹² times its
//! largest entry) the method has no bottom to aim at: it takes the gradient step w ← w − α∇f(w) and
//! says so in [`Step::fell_back`].
//!
//! Domain: α ≥ 0. Source: Nocedal, Wright, *Numerical optimization* (2006), section 3.3.

use super::step::{Ground, State, Step};
use crate::scalar::Scalar;

pub(super) fn step<const D: usize>(ground: &Ground<'_, D>, state: &mut State<D>) -> Step<D> {
    let before = *state;
    state.steps += 1;
    let rate = [ground.alpha; D];
    match solve(ground.loss.hessian(ground.at), ground.gradient) {
        Some(direction) => ground.step(direction, rate, before, *state),
        None => Step { fell_back: true, ..ground.step(ground.gradient, rate, before, *state) },
    }
}

/// The solution of `matrix`·x = `right` by LDLᵀ, for a matrix that is clearly positive definite.
fn solve<const D: usize>(matrix: [[f64; D]; D], right: [f64; D]) -> Option<[f64; D]> {
    let largest = matrix.iter().flatten().fold(0.0, |most, x| Scalar::max(x.abs(), most));
    let mut lower = [[0.0; D]; D];
    let mut pivots = [0.0; D];
    let mut x = right;
    for i in 0..D {
        for j in 0..i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k] * pivots[k]).sum();
            lower[i][j] = (matrix[i][j] - known) / pivots[j];
            x[i] -= lower[i][j] * x[j];
        }
        let known: f64 = (0..i).map(|k| lower[i][k] * lower[i][k] * pivots[k]).sum();
        pivots[i] = matrix[i][i] - known;
        // Written so that NaN is refused too.
        let definite = pivots[i] > 1e-12 * largest && pivots[i].is_finite();
        if !definite {
            return None;
        }
    }
    for i in (0..D).rev() {
        x[i] /= pivots[i];
        for j in i + 1..D {
            x[i] -= lower[j][i] * x[j];
        }
    }
    Some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definite_systems_are_solved() {
        assert_eq!(solve([[4.0]], [2.0]), Some([0.5]));
        let [x, y] = solve([[4.0, 2.0], [2.0, 3.0]], [8.0, 7.0]).unwrap();
        assert!((x - 1.25).abs() < 1e-15 && (y - 1.5).abs() < 1e-15);
        let matrix = [[4.0, 1.0, 2.0], [1.0, 3.0, 0.0], [2.0, 0.0, 5.0]];
        let x = solve(matrix, [12.0, 7.0, 17.0]).unwrap();
        for (found, planted) in x.into_iter().zip([1.0, 2.0, 3.0]) {
            assert!((found - planted).abs() < 1e-14);
        }
    }

    #[test]
    fn singular_indefinite_and_undefined_systems_are_not() {
        assert_eq!(solve([[0.0]], [1.0]), None);
        assert_eq!(solve([[-1.0]], [1.0]), None);
        assert_eq!(solve([[1.0, 1.0], [1.0, 1.0]], [1.0, 1.0]), None);
        assert_eq!(solve([[1.0, 2.0], [2.0, 1.0]], [1.0, 1.0]), None);
        assert_eq!(solve([[f64::NAN]], [1.0]), None);
        assert_eq!(solve([[f64::INFINITY]], [1.0]), None);
    }
}
