//! Losses: the functions to be minimized.

#[cfg(not(target_arch = "wasm32"))]
use crate::batch::{Batch, BatchPlan};
use crate::compiled::CompiledFormula;
use crate::dual::Dual;
#[cfg(not(target_arch = "wasm32"))]
use crate::lanes::{Lanes, WIDTH};
use crate::scalar::Scalar;

/// A loss written once as a formula over any [`Scalar`], in `D` variables.
///
/// Every implementor is a [`Loss`] with exact derivatives.
pub trait Formula<const D: usize> {
    /// The value f(at).
    fn eval<S: Scalar>(&self, at: [S; D]) -> S;

    /// Whether f is a polynomial of degree at most 2, so that its Hessian is constant.
    fn is_quadratic(&self) -> bool {
        false
    }
}

/// A loss f: ℝᴰ → ℝ with its derivatives.
///
/// Total: outside f's domain the results are NaN or infinite, never a panic.
pub trait Loss<const D: usize> {
    /// f(at).
    fn value(&self, at: [f64; D]) -> f64;
    /// f(at) and the gradient ∇f(at).
    fn value_and_gradient(&self, at: [f64; D]) -> (f64, [f64; D]);
    /// The Hessian, row by row. Symmetric up to rounding.
    fn hessian(&self, at: [f64; D]) -> [[f64; D]; D];
    /// Whether the Hessian is constant.
    fn is_quadratic(&self) -> bool;

    /// Plain descent in every lane: x ← x − α∇f(x), as the plan says: until a lane crosses a threshold,
    /// but at least once unless it allows no step. Returns the number of steps.
    ///
    /// The losses and gradients of the batch are ignored at first and belong to its points in the
    /// end. Every lane has the bits of [`value_and_gradient`](Self::value_and_gradient). This is a
    /// method of the loss so that the whole loop is compiled for it; it cannot be implemented
    /// elsewhere, because its types have no public name.
    #[doc(hidden)]
    #[cfg(not(target_arch = "wasm32"))]
    fn step_batch(&self, batch: &mut Batch<D>, plan: BatchPlan) -> usize {
        match self.wrapped() {
            Some(loss) => loss.step_batch(batch, plan),
            None => batch.step_interpreted(|at| one_by_one(self, at), plan),
        }
    }

    /// The loss that does the work, if this one is a name or a text for it.
    #[doc(hidden)]
    fn wrapped(&self) -> Option<&dyn Loss<D>> {
        None
    }

    /// The formula as a list of operations, if that is how the loss is computed.
    #[doc(hidden)]
    fn compiled(&self) -> Option<&CompiledFormula> {
        self.wrapped()?.compiled()
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

    #[cfg(not(target_arch = "wasm32"))]
    fn step_batch(&self, batch: &mut Batch<D>, plan: BatchPlan) -> usize {
        if D == 1 {
            // Basin maps have two dimensions; other dimensions do not justify code for every loss.
            return batch.step_interpreted(|at| one_by_one(self, at), plan);
        }
        let loss_and_gradient = |at| {
            let f = self.eval(Dual::variables(at));
            (f.value, f.partials)
        };
        batch.step_compiled(loss_and_gradient, plan)
    }

    fn is_quadratic(&self) -> bool {
        Formula::is_quadratic(self)
    }
}

/// f and ∇f in every lane, one after the other.
#[cfg(not(target_arch = "wasm32"))]
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
