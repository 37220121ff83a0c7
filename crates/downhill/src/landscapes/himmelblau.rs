//! Himmelblau's function: four equally low minima.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = (x² + y − 11)² + (x + y² − 7)².
///
/// Its four minimizers, all with f = 0, are (3, 2), (−2.8051, 3.1313), (−3.7793, −3.2832) and
/// (3.5844, −1.8481). The largest curvature among them is 133.8, at the third, where plain descent
/// is therefore unstable above α = 2/133.8 ≈ 0.0149. Domain: every (x, y), usually |x|, |y| ≤ 5.
///
/// Source: Himmelblau, *Applied Nonlinear Programming* (1972).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Himmelblau;

impl Formula<2> for Himmelblau {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let a = x * x + y - S::from(11.0);
        let b = x + y * y - S::from(7.0);
        a.powi(2) + b.powi(2)
    }
}

pub(super) const NAME: &str = "himmelblau";
pub(super) const TITLE: &str = "Himmelblau";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        loss: share(Himmelblau),
        minimizers: &[
            [3.0, 2.0],
            [-2.805_118_086_952_745, 3.131_312_518_250_573],
            [-3.779_310_253_377_747, -3.283_185_991_286_169_6],
            [3.584_428_340_330_491_7, -1.848_126_526_964_403_6],
        ],
        view: [[-5.0, 5.0], [-5.0, 5.0]],
        alpha: 0.01,
        start: [0.0, 0.0],
    }
}
