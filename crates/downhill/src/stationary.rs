//! What kind of flat ground a descent has come to rest on.

use crate::eigen::{eigenvalues, eigenvectors};
use crate::loss::Loss;
use crate::vector::norm;

/// The kinds of flat ground, where ∇f is (almost) zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stationary {
    /// A bottom: no direction leads lower.
    Minimum,
    /// Some direction leads lower: a saddle, a top or an inflection.
    Saddle,
    /// The loss nearby is the same in every direction.
    Plateau,
}

/// Curvatures below this are too small to speak for themselves: the loss nearby is asked.
const FLAT: f64 = 0.01;

/// How far away "nearby" is, in units of 1 + ‖x‖.
const NEARBY: f64 = 0.01;

/// In how many directions of the plane the loss nearby is asked, half of them opposite to the rest.
const DIRECTIONS: u32 = 16;

/// Tells flat ground apart by the Hessian, and where that (almost) vanishes by the loss nearby.
///
/// A clearly negative eigenvalue is a saddle. Where the smallest eigenvalue is within 0.01 of 0, f is
/// compared at distance 0.01·(1 + ‖x‖): lower by more than the remaining slope explains is a
/// saddle, equal all around is a plateau. For a quadratic loss the signs of the eigenvalues decide
/// alone. Meant for points where ‖∇f‖ is small.
#[must_use]
pub fn classify<const D: usize>(loss: &dyn Loss<D>, at: [f64; D]) -> Stationary {
    let values = eigenvalues(loss.hessian(at));
    let smallest = values[0];
    let largest = values[D - 1];
    if loss.is_quadratic() {
        // Rounding is 0 here already.
        return if smallest < 0.0 {
            Stationary::Saddle
        } else if largest > 0.0 {
            Stationary::Minimum
        } else {
            Stationary::Plateau
        };
    }
    if smallest < -FLAT {
        return Stationary::Saddle;
    }
    if smallest > FLAT {
        return Stationary::Minimum;
    }
    let (here, gradient) = loss.value_and_gradient(at);
    let distance = NEARBY * (1.0 + norm(at));
    // The slope that remains explains a difference of distance·‖∇f‖, rounding a few units in the last place.
    let noise = 2.0 * distance * norm(gradient) + 4.0 * f64::EPSILON * here.abs();
    let mut level = true;
    for direction in directions(at, loss) {
        let mut there = at;
        for (coordinate, part) in there.iter_mut().zip(direction) {
            *coordinate += distance * part;
        }
        let difference = loss.value(there) - here;
        if difference < -noise {
            return Stationary::Saddle;
        }
        // Written so that NaN, outside the domain, is not level either.
        level &= difference <= noise;
    }
    if level { Stationary::Plateau } else { Stationary::Minimum }
}

/// Unit vectors all around: the whole circle in the plane, elsewhere both ways along every eigenvector.
fn directions<const D: usize>(at: [f64; D], loss: &dyn Loss<D>) -> Vec<[f64; D]> {
    if D == 2 {
        return (0..DIRECTIONS)
            .map(|i| {
                let turn = core::f64::consts::TAU * f64::from(i) / f64::from(DIRECTIONS);
                let mut direction = [libm::cos(turn); D];
                direction[D - 1] = libm::sin(turn);
                direction
            })
            .collect();
    }
    let axes = eigenvectors(loss.hessian(at));
    axes.into_iter().flat_map(|axis| [axis, axis.map(|part| -part)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::Formula;
    use crate::scalar::Scalar;
    use crate::{Limit, Outcome, Parabola, Rule, descend};

    macro_rules! formula {
        ($name:ident, $d:literal, $at:pat => $body:expr) => {
            struct $name;
            impl Formula<$d> for $name {
                fn eval<S: Scalar>(&self, $at: [S; $d]) -> S {
                    $body
                }
            }
        };
    }

    formula!(Quartic, 1, [x] => x.powi(4));
    formula!(Cubic, 1, [x] => x.powi(3));
    formula!(Bell, 1, [x] => S::from(1.0) - (-(x * x)).exp());
    formula!(Pass, 2, [x, y] => x * x - y * y);
    formula!(MonkeySaddle, 2, [x, y] => x.powi(3) - S::from(3.0) * x * y * y);
    formula!(Ring, 2, [x, y] => (x * x + y * y - S::from(1.0)).powi(2));
    formula!(HalfPipe, 2, [x, y] => x * x + S::from(0.0) * y);
    formula!(Inflection, 2, [x, y] => x * x + y.powi(3));

    #[test]
    fn a_bottom_is_a_bottom_however_flat() {
        assert_eq!(classify(&Parabola, [0.0]), Stationary::Minimum);
        assert_eq!(classify(&Quartic, [0.0]), Stationary::Minimum);
        assert_eq!(classify(&Quartic, [0.006]), Stationary::Minimum);
        assert_eq!(classify(&Ring, [1.0, 0.0]), Stationary::Minimum);
        assert_eq!(classify(&HalfPipe, [0.0, 3.0]), Stationary::Minimum);
        assert_eq!(classify(&Bell, [0.0]), Stationary::Minimum);
    }

    #[test]
    fn what_leads_lower_is_a_saddle() {
        assert_eq!(classify(&Pass, [0.0, 0.0]), Stationary::Saddle);
        assert_eq!(classify(&MonkeySaddle, [0.0, 0.0]), Stationary::Saddle);
        assert_eq!(classify(&MonkeySaddle, [3e-4, 3e-4]), Stationary::Saddle);
        assert_eq!(classify(&Cubic, [5e-4]), Stationary::Saddle);
        assert_eq!(classify(&Inflection, [0.0, 0.0]), Stationary::Saddle);
        assert_eq!(classify(&Ring, [0.0, 0.0]), Stationary::Saddle);
    }

    #[test]
    fn level_ground_is_a_plateau() {
        assert_eq!(classify(&Bell, [9.0]), Stationary::Plateau);
    }

    #[test]
    fn outcomes_tell_a_bottom_from_a_saddle_and_a_plateau() {
        let limit = Limit { steps: 100_000, tol: 1e-6 };
        let end = |loss: &dyn Loss<1>, alpha, x| {
            descend(loss, &Rule::GradientDescent, alpha, [x], limit).outcome.name()
        };
        assert_eq!(end(&Quartic, 0.1, 1.0), "converged");
        assert_eq!(end(&Cubic, 0.1, 1.0), "stalled");
        assert_eq!(end(&Bell, 0.1, 6.0), "stalled");
        assert_eq!(end(&Bell, 0.1, 1.0), "converged");
        let pass = descend(&Pass, &Rule::GradientDescent, 0.1, [1.0, 0.0], limit);
        assert!(matches!(pass.outcome, Outcome::Stalled { .. }));
        let pass = descend(&Pass, &Rule::GradientDescent, 0.1, [1.0, 1e-3], limit);
        assert!(matches!(pass.outcome, Outcome::Diverged { .. }));
    }
}
