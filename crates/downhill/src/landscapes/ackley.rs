//! Ackley's function: a nearly flat, rippled plain with a funnel in its middle.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = −20 exp(−0.2 √(½(x² + y²))) − exp(½(cos 2πx + cos 2πy)) + 20 + e.
///
/// The global minimizer is the origin, with f = 0. It is the tip of a cone: around it the slope is
/// 2√2, and at it there is no derivative. There the subgradient 0 is taken, and the curvature of
/// the ripples alone, 2π²e ≈ 53.7 in every direction. A local minimizer is close to every other
/// integer point; these are not listed. Domain: every (x, y), usually |x|, |y| ≤ 32.768.
///
/// Source: Ackley, *A Connectionist Machine for Genetic Hillclimbing* (1987).
///
/// ```
/// use downhill::{Loss, landscapes::Ackley};
///
/// assert_eq!(Ackley.gradient([0.0, 0.0]), [0.0, 0.0]);
/// assert!((Ackley.gradient([1e-9, 0.0])[0] - 8.0_f64.sqrt()).abs() < 1e-6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ackley;

impl Formula<2> for Ackley {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let half = S::from(0.5);
        let zero = S::from(0.0);
        let turn = S::from(core::f64::consts::TAU);
        let square = half * (x * x + y * y);
        // The root has no derivative at 0; the constant has the subgradient 0.
        let radius = (-square).select(zero, zero, square.sqrt());
        let funnel = S::from(-20.0) * (S::from(-0.2) * radius).exp();
        let ripples = (half * ((turn * x).cos() + (turn * y).cos())).exp();
        funnel - ripples + S::from(20.0 + core::f64::consts::E)
    }
}

pub(super) const NAME: &str = "ackley";
pub(super) const TITLE: &str = "Ackley";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "-20exp(-0.2sqrt(0.5(x^2 + y^2))) - exp(0.5(cos(2pi*x) + cos(2pi*y))) + 20 + e",
        loss: share(Ackley),
        minimizers: &[[0.0, 0.0]],
        view: [[-5.0, 5.0], [-5.0, 5.0]],
        alpha: 0.01,
        start: [2.4, -1.3],
    }
}
