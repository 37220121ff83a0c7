//! The curvature of a loss at a point.

use crate::eigen::{eigenvalues, eigenvectors};
use crate::loss::Loss;

/// The curvatures of a loss at a point: the eigenvalues λ of its Hessian, with their eigenvectors.
///
/// Near the point f(x + h) ≈ f(x) + ∇f(x)·h + ½ Σ λᵢ(vᵢ·h)². The numbers are NaN or infinite if the
/// Hessian is.
///
/// ```
/// use downhill::{Curvature, landscapes::Rosenbrock};
///
/// // At the bottom of Rosenbrock's valley the curvatures are 0.4 and 1001.6, so that
/// // descent that has come near it converges for α below 2/1001.6.
/// let bottom = Curvature::at(&Rosenbrock, [1.0, 1.0]);
/// assert!((bottom.kappa() - 2508.0).abs() < 0.1);
/// assert!((bottom.largest_stable_alpha() - 0.001_996_8).abs() < 1e-7);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curvature<const D: usize> {
    /// The curvatures λ, ascending.
    pub eigenvalues: [f64; D],
    /// A unit eigenvector for each eigenvalue.
    pub eigenvectors: [[f64; D]; D],
}

impl<const D: usize> Curvature<D> {
    /// The curvatures of `loss` at `at`.
    #[must_use]
    pub fn at(loss: &dyn Loss<D>, at: [f64; D]) -> Self {
        let hessian = loss.hessian(at);
        Self { eigenvalues: eigenvalues(hessian), eigenvectors: eigenvectors(hessian) }
    }

    /// The largest curvature λmax.
    #[must_use]
    pub fn largest(&self) -> f64 {
        self.eigenvalues[D - 1]
    }

    /// The smallest curvature λmin.
    #[must_use]
    pub fn smallest(&self) -> f64 {
        self.eigenvalues[0]
    }

    /// The local condition number λmax/λmin; meaningless unless both are positive.
    #[must_use]
    pub fn kappa(&self) -> f64 {
        self.largest() / self.smallest()
    }

    /// The bound 2/λmax on α, above which plain descent cannot stay near this point; infinite if no
    /// curvature is positive.
    #[must_use]
    pub fn largest_stable_alpha(&self) -> f64 {
        if self.largest() <= 0.0 { f64::INFINITY } else { 2.0 / self.largest() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Parabola, Ravine};

    #[test]
    fn quadratics_have_constant_curvature() {
        assert_eq!(Curvature::at(&Parabola, [3.0]).eigenvalues, [2.0]);
        assert_eq!(Curvature::at(&Parabola, [3.0]).largest_stable_alpha(), 1.0);
        let ravine = Ravine { kappa: 9.0, angle: 0.7 };
        let here = Curvature::at(&ravine, [-1.0, 2.0]);
        assert!((here.kappa() - 9.0).abs() < 1e-13);
        // The floor of the ravine is at this angle, up to sign.
        let [x, y] = here.eigenvectors[0];
        assert!((libm::atan(y / x) - 0.7).abs() < 1e-14);
    }

    #[test]
    fn without_positive_curvature_every_rate_is_stable() {
        let Ok(crate::AnyLoss::Loss1d(hill)) = "-x^2".parse::<crate::AnyLoss>() else { panic!() };
        assert_eq!(Curvature::at(&hill, [0.0]).largest_stable_alpha(), f64::INFINITY);
    }
}
