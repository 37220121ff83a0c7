//! Losses: what is to be minimized.

use crate::batch::{Batch, StopThresholds};
use crate::dual::Dual;
use crate::lanes::{Lanes, WIDTH};
use crate::scalar::Scalar;

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
    /// Whether the Hessian is the same everywhere.
    fn is_quadratic(&self) -> bool;

    /// Plain descent in every lane: x ← x − α∇f(x), `most` times or until the first alarm, but at least once
    /// unless `most` is 0. Returns the number of steps.
    ///
    /// The losses and gradients that the walkers bring are not used; those that they have in the end are those at
    /// their places. Every lane has the bits of [`value_and_gradient`](Self::value_and_gradient). It is
    /// a method of the loss, so that the whole loop is compiled for it.
    fn step_batch(
        &self,
        walkers: &mut Batch<D>,
        alpha: f64,
        alarm: StopThresholds,
        most: usize,
    ) -> usize {
        walkers.step_interpreted(|at| one_by_one(self, at), alpha, alarm, most)
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

    fn step_batch(
        &self,
        walkers: &mut Batch<D>,
        alpha: f64,
        alarm: StopThresholds,
        most: usize,
    ) -> usize {
        if D == 1 {
            // Maps have two dimensions; a line is not worth code of its own for every loss.
            return walkers.step_interpreted(|at| one_by_one(self, at), alpha, alarm, most);
        }
        let ground = |at| {
            let f = self.eval(Dual::variables(at));
            (f.value, f.partials)
        };
        walkers.step_compiled(ground, alpha, alarm, most)
    }

    fn is_quadratic(&self) -> bool {
        Formula::is_quadratic(self)
    }
}

/// f and ∇f in every lane, one after the other.
fn one_by_one<L: Loss<D> + ?Sized, const D: usize>(
    loss: &L,
    at: [Lanes; D],
) -> (Lanes, [Lanes; D]) {
    let (mut values, mut gradient) = (Lanes::splat(0.0), at);
    for lane in 0..WIDTH {
        let (value, slope) = loss.value_and_gradient(at.map(|axis| axis.lane(lane)));
        values.put(lane, value);
        for (axis, partial) in gradient.iter_mut().zip(slope) {
            axis.put(lane, partial);
        }
    }
    (values, gradient)
}
