//! The six-hump camel function: six minima, two of which are global.

use crate::landscape::{Landscape, share};
use crate::loss::Formula;
use crate::scalar::Scalar;

/// f(x, y) = (4 − 2.1x² + x⁴/3)x² + xy + (−4 + 4y²)y².
///
/// The global minimizers are ±(0.0898, −0.7127), with f = −1.0316; the local ones are ±(1.7036,
/// −0.7961), with −0.2155, and ±(1.6071, 0.5687), with 2.1043. Domain: every (x, y), usually |x| ≤
/// 3, |y| ≤ 2.
///
/// Source: Dixon, Szegő, *The global optimization problem: an introduction* (1978).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SixHumpCamel;

impl Formula<2> for SixHumpCamel {
    fn eval<S: Scalar>(&self, [x, y]: [S; 2]) -> S {
        let u = x * x;
        let v = y * y;
        (S::from(4.0) - S::from(2.1) * u + u * u / S::from(3.0)) * u
            + x * y
            + (S::from(-4.0) + S::from(4.0) * v) * v
    }
}

pub(super) const NAME: &str = "six-hump-camel";
pub(super) const TITLE: &str = "Six-hump camel";

pub(super) fn landscape() -> Landscape<2> {
    Landscape {
        name: NAME,
        title: TITLE,
        formula: "(4 - 2.1x^2 + x^4/3)*x^2 + x*y + (-4 + 4y^2)*y^2",
        loss: share(SixHumpCamel),
        minimizers: &[
            [0.089_842_013_100_318_06, -0.712_656_403_020_739_6],
            [-0.089_842_013_100_318_06, 0.712_656_403_020_739_6],
            [1.703_606_714_969_981, -0.796_083_568_672_625_1],
            [-1.703_606_714_969_981, 0.796_083_568_672_625_1],
            [1.607_104_752_920_197_2, 0.568_651_454_884_131_4],
            [-1.607_104_752_920_197_2, -0.568_651_454_884_131_4],
        ],
        view: [[-2.0, 2.0], [-1.1, 1.1]],
        alpha: 0.02,
        start: [-1.2, -0.2],
    }
}
