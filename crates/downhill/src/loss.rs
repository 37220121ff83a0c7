//! Losses: what is to be minimized.

use core::array;

use crate::dual::Dual;
use crate::lanes::Lanes;
use crate::scalar::Scalar;
use crate::walkers::{Alarm, Walkers};

/// A loss written once, as a formula over any [`Scalar`], in `D` variables.
///
/// Whatever implements it is a [`Loss`], with exact derivatives.
pub trait Formula<const D: usize> {
    /// The value f(at).
    fn eval<S: Scalar>(&self, at: [S; D]) -> S;

    /// Whether f is a polynomial of degree at most 2, so that its Hessian is the same everywhere.
    fn is_quadratic(&self) -> bool {
        false
    }
}

/// A loss f: ℝᴰ → ℝ with its derivatives.
///
/// Total: outside f's domain the numbers are NaN or infinite, never a panic.
pub trait Loss<const D: usize> {
    /// f(at).
    fn value(&self, at: [f64; D]) -> f64;
    /// f(at) and ∇f(at), the column of partial derivatives.
    fn value_and_gradient(&self, at: [f64; D]) -> (f64, [f64; D]);
    /// The matrix of second partial derivatives, row by row. Symmetric up to rounding.
    fn hessian(&self, at: [f64; D]) -> [[f64; D]; D];
    /// ∇f at several points at once, each lane with the bits of [`value_and_gradient`](Self::value_and_gradient).
    fn gradient_lanes(&self, at: [Lanes; D]) -> [Lanes; D];
    /// Whether the Hessian is the same everywhere.
    fn is_quadratic(&self) -> bool;

    /// Gives every walker the gradient at its place.
    fn feel(&self, walkers: &mut Walkers<D>) {
        walkers.gradient = self.gradient_lanes(walkers.at);
    }

    /// Plain descent in every lane: x ← x − α∇f(x), `most` times or until the first alarm, at least once.
    ///
    /// The gradients are those at the new places. Returns the number of steps. A method of the loss, so that the
    /// whole loop is compiled for it.
    fn walk(&self, walkers: &mut Walkers<D>, alpha: f64, alarm: Alarm, most: usize) -> usize {
        let alpha = Lanes::splat(alpha);
        for done in 1..=most {
            walkers.at = array::from_fn(|i| walkers.at[i] - alpha * walkers.gradient[i]);
            walkers.gradient = self.gradient_lanes(walkers.at);
            if walkers.alarmed(alarm) != 0 {
                return done;
            }
        }
        most
    }

    /// ∇f(at).
    fn gradient(&self, at: [f64; D]) -> [f64; D] {
        self.value_and_gradient(at).1
    }
}

impl<F: Formula<D>, const D: usize> Loss<D> for F {
    fn value(&self, at: [f64; D]) -> f64 {
        self.eval(at)
    }

    fn value_and_gradient(&self, at: [f64; D]) -> (f64, [f64; D]) {
        let f = self.eval(Dual::variables(at));
        (f.value, f.partials)
    }

    fn hessian(&self, at: [f64; D]) -> [[f64; D]; D] {
        let inner = Dual::variables(at);
        let f = self.eval(Dual::variables(inner));
        f.partials.map(|partial| partial.partials)
    }

    fn gradient_lanes(&self, at: [Lanes; D]) -> [Lanes; D] {
        let mut walkers = Walkers { at, ..Walkers::default() };
        self.feel(&mut walkers);
        walkers.gradient
    }

    fn feel(&self, walkers: &mut Walkers<D>) {
        walkers.feel(|at| self.eval(Dual::variables(at)).partials);
    }

    fn walk(&self, walkers: &mut Walkers<D>, alpha: f64, alarm: Alarm, most: usize) -> usize {
        walkers.walk(|at| self.eval(Dual::variables(at)).partials, alpha, alarm, most)
    }

    fn is_quadratic(&self) -> bool {
        Formula::is_quadratic(self)
    }
}
