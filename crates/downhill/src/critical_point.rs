//! Classifies the critical point on which a descent has come to rest.

use crate::eigen::{eigenvalues, eigenvectors};
use crate::loss::Loss;
use crate::vector::{dot, norm};

/// The kinds of critical points, where ∇f is (almost) zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CriticalPoint {
    /// The loss rises in some direction and falls in none.
    Minimum,
    /// The loss falls in some direction but not in all: a saddle or an inflection.
    Saddle,
    /// The loss falls in some direction and rises in none.
    Maximum,
    /// The loss is constant nearby.
    Flat,
}

impl CriticalPoint {
    /// `minimum`, `saddle`, `maximum` or `plateau`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Saddle => "saddle",
            Self::Maximum => "maximum",
            Self::Flat => "plateau",
        }
    }
}

/// Curvatures below this are too small to decide by themselves, so the loss is sampled nearby.
pub(crate) const FLAT: f64 = 0.01;

/// The sampling distance, in units of 1 + ‖x‖.
const NEARBY: f64 = 0.01;

/// The factor between successive sampling distances along the gradient.
const FARTHER: f64 = 2.0;

/// A loss that keeps falling along the gradient has no minimum nearby: it must fall strictly for
/// the first number of samples, and not rise up to the second.
const LOOKS: [u32; 2] = [6, 8];

/// Differences below this are ignored: an exponential leaves them before it underflows to 0.
const VANISHING: f64 = 1e-200;

/// The number of sampling directions in the plane, in opposite pairs.
const DIRECTIONS: u32 = 16;

/// Classifies a critical point by its Hessian, and where that is (almost) singular by sampling the
/// loss nearby.
///
/// Clearly positive eigenvalues mean a minimum, clearly negative ones a maximum, and both kinds a
/// saddle. If eigenvalues within 0.01 of 0 could change the result, f is compared at distance
/// 0.01·(1 + ‖x‖), where only differences beyond what the remaining gradient explains count. If f
/// is constant all around, and also ten times as far away, the point is on a plateau. So is a point
/// where f keeps falling ahead and rises behind, or the other way round, as for exp(−x²) far from
/// 0: the gradient is small there but does not lead to a nearby extremum. For a quadratic loss the
/// signs of the eigenvalues decide alone. Meant for points where ‖∇f‖ is small.
///
/// ```
/// use downhill::{CriticalPoint, NamedLoss, classify};
///
/// let top = NamedLoss::<2>::named("himmelblau").expect("a landscape");
/// assert_eq!(classify(top.loss(), [3.0, 2.0]), CriticalPoint::Minimum);
/// assert_eq!(classify(top.loss(), [-0.270_845, -0.923_039]), CriticalPoint::Maximum);
/// assert_eq!(classify(top.loss(), [0.086_678, 2.884_255]), CriticalPoint::Saddle);
/// ```
#[must_use]
pub fn classify<const D: usize>(loss: &dyn Loss<D>, at: [f64; D]) -> CriticalPoint {
    let values = eigenvalues(loss.hessian(at));
    let smallest = values[0];
    let largest = values[D - 1];
    if loss.is_quadratic() {
        // Eigenvalues that are only rounding errors are exactly 0 here.
        return match (smallest < 0.0, largest > 0.0) {
            (true, true) => CriticalPoint::Saddle,
            (true, false) => CriticalPoint::Maximum,
            (false, true) => CriticalPoint::Minimum,
            (false, false) => CriticalPoint::Flat,
        };
    }
    if smallest > FLAT {
        return CriticalPoint::Minimum;
    }
    if largest < -FLAT {
        return CriticalPoint::Maximum;
    }
    if smallest < -FLAT && largest > FLAT {
        return CriticalPoint::Saddle;
    }
    let clear = (smallest < -FLAT, largest > FLAT);
    let mut near = ask(loss, at, NEARBY, clear);
    // A high power looks flat near its minimum but not farther away; a true plateau still does.
    if near == CriticalPoint::Flat && ask(loss, at, 10.0 * NEARBY, clear) == CriticalPoint::Minimum
    {
        near = CriticalPoint::Minimum;
    }
    let sign = match near {
        CriticalPoint::Minimum => 1.0,
        CriticalPoint::Maximum => -1.0,
        _ => return near,
    };
    if goes_on(loss, at, sign) { CriticalPoint::Flat } else { near }
}

/// Whether the loss keeps falling along −∇f up to a distance of more than 1 + ‖x‖; with sign −1,
/// whether it keeps rising along ∇f. Only the component of ∇f in directions of negligible curvature
/// is followed.
///
/// At larger distances it may also be constant, because of rounding.
fn goes_on<const D: usize>(loss: &dyn Loss<D>, at: [f64; D], sign: f64) -> bool {
    let (here, gradient) = loss.value_and_gradient(at);
    let hessian = loss.hessian(at);
    let mut slope = [0.0; D];
    for (value, axis) in eigenvalues(hessian).into_iter().zip(eigenvectors(hessian)) {
        if value.abs() <= FLAT {
            let part = dot(gradient, axis);
            slope = core::array::from_fn(|i| slope[i] + part * axis[i]);
        }
    }
    let steepness = sign * norm(slope);
    let mut lowest = sign * here;
    let mut distance = NEARBY * (1.0 + norm(at));
    for look in 0..LOOKS[1] {
        let there: [f64; D] = core::array::from_fn(|i| at[i] - distance * (slope[i] / steepness));
        let value = sign * loss.value(there);
        // Also false for NaN: outside the domain, or if the gradient has no such component.
        if !(value < lowest || look >= LOOKS[0] && value <= lowest) {
            return false;
        }
        lowest = value;
        distance *= FARTHER;
    }
    true
}

/// Classifies by sampling the loss nearby; `falls` and `rises` start with what the curvature has
/// shown.
fn ask<const D: usize>(
    loss: &dyn Loss<D>,
    at: [f64; D],
    nearby: f64,
    (mut falls, mut rises): (bool, bool),
) -> CriticalPoint {
    let (here, gradient) = loss.value_and_gradient(at);
    let distance = nearby * (1.0 + norm(at));
    // The remaining gradient explains a difference of distance·‖∇f‖, and rounding a few units in
    // the last place.
    let noise = 2.0 * distance * norm(gradient) + 4.0 * f64::EPSILON * here.abs() + VANISHING;
    let mut bounded = true;
    for direction in directions(at, loss) {
        let mut there = at;
        for (coordinate, part) in there.iter_mut().zip(direction) {
            *coordinate += distance * part;
        }
        let difference = loss.value(there) - here;
        falls |= difference < -noise;
        rises |= difference > noise;
        // At the boundary of the domain there is no maximum and no plateau.
        bounded &= !difference.is_nan();
    }
    match (falls, rises || !bounded) {
        (true, true) => CriticalPoint::Saddle,
        (true, false) => CriticalPoint::Maximum,
        (false, true) => CriticalPoint::Minimum,
        (false, false) => CriticalPoint::Flat,
    }
}

/// Unit vectors in all directions: around the circle in the plane; elsewhere towards the centres of
/// the faces and edges and the corners of a cube aligned with the eigenvectors.
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
    if D == 1 {
        return axes.into_iter().flat_map(|axis| [axis, axis.map(|part| -part)]).collect();
    }
    // Sums of signed axes, with the number of axes in each.
    let mut sums = vec![(0.0, [0.0; D])];
    for axis in axes {
        for i in 0..sums.len() {
            let (count, sum): (f64, [f64; D]) = sums[i];
            // From seven dimensions on the corners would be too many; faces and edges have to
            // suffice.
            if D < 7 || count < 2.0 {
                let more = |sign: f64| core::array::from_fn(|i| sum[i] + sign * axis[i]);
                sums.extend([(count + 1.0, more(1.0)), (count + 1.0, more(-1.0))]);
            }
        }
    }
    sums.into_iter().skip(1).map(|(count, sum)| sum.map(|part| part / count.sqrt())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::Formula;
    use crate::scalar::Scalar;
    use crate::{Outcome, Parabola, Rule, StopCriteria, descend};

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
    formula!(Tenth, 1, [x] => x.powi(10));
    formula!(Cubic, 1, [x] => x.powi(3));
    formula!(Bell, 1, [x] => S::from(1.0) - (-(x * x)).exp());
    formula!(Pass, 2, [x, y] => x * x - y * y);
    formula!(MonkeySaddle, 2, [x, y] => x.powi(3) - S::from(3.0) * x * y * y);
    formula!(Ring, 2, [x, y] => (x * x + y * y - S::from(1.0)).powi(2));
    formula!(HalfPipe, 2, [x, y] => x * x + S::from(0.0) * y);
    formula!(Inflection, 2, [x, y] => x * x + y.powi(3));

    #[test]
    fn a_minimum_is_a_minimum_however_flat() {
        assert_eq!(classify(&Parabola, [0.0]), CriticalPoint::Minimum);
        assert_eq!(classify(&Quartic, [0.0]), CriticalPoint::Minimum);
        assert_eq!(classify(&Quartic, [0.006]), CriticalPoint::Minimum);
        assert_eq!(classify(&Ring, [1.0, 0.0]), CriticalPoint::Minimum);
        assert_eq!(classify(&HalfPipe, [0.0, 3.0]), CriticalPoint::Minimum);
        assert_eq!(classify(&Bell, [0.0]), CriticalPoint::Minimum);
    }

    #[test]
    fn a_way_down_makes_a_saddle() {
        assert_eq!(classify(&Pass, [0.0, 0.0]), CriticalPoint::Saddle);
        assert_eq!(classify(&MonkeySaddle, [0.0, 0.0]), CriticalPoint::Saddle);
        assert_eq!(classify(&MonkeySaddle, [3e-4, 3e-4]), CriticalPoint::Saddle);
        assert_eq!(classify(&Cubic, [5e-4]), CriticalPoint::Saddle);
        assert_eq!(classify(&Inflection, [0.0, 0.0]), CriticalPoint::Saddle);
    }

    formula!(Dome, 2, [x, y] => -(x * x) - y.powi(4));
    formula!(Ridge, 2, [x, y] => (-(x * x)).exp() + S::from(0.0) * y);
    formula!(Overhang, 2, [x, y] => -(x * x) + y.powi(3));
    formula!(Cap, 1, [x] => -x.powi(4));
    formula!(Edge, 1, [x] => -(x - S::from(1e-3)).powi(4) + S::from(0.0) * x.ln());

    #[test]
    fn a_maximum_is_not_a_saddle() {
        for formula in ["-x^2 - y^2", "-x^2 - 0.1y^2 + x y/10", "-x^2 + 0y", "cos(x) + cos(y)"] {
            let crate::AnyLoss::Loss2d(loss) = formula.parse::<crate::AnyLoss>().unwrap() else {
                panic!("{formula}")
            };
            assert_eq!(classify(&loss, [0.0, 0.0]), CriticalPoint::Maximum, "{formula}");
        }
        assert_eq!(classify(&Ring, [0.0, 0.0]), CriticalPoint::Maximum);
        assert_eq!(classify(&Dome, [0.0, 0.0]), CriticalPoint::Maximum);
        assert_eq!(classify(&Ridge, [0.0, 2.0]), CriticalPoint::Maximum);
        assert_eq!(classify(&Cap, [0.0]), CriticalPoint::Maximum);
        assert_eq!(classify(&Overhang, [0.0, 0.0]), CriticalPoint::Saddle);
        // Nothing is known beyond the boundary of a domain.
        assert_eq!(classify(&Edge, [1e-3]), CriticalPoint::Saddle);
        let limit = StopCriteria::default();
        let top = descend(&Ring, Rule::GradientDescent, 0.1, [0.0, 0.0], limit);
        assert_eq!(top.outcome, Outcome::Stalled { k: 0, on: CriticalPoint::Maximum });
    }

    // ½x² + 2xy + ½y² + ½z² is a saddle behind the diagonal of a bowl.
    formula!(Hidden, 3, [x, y, z] => (x * x + y * y + z * z) * S::from(0.5) + x * y * S::from(2.0));
    formula!(HiddenQuartic, 3, [x, y, z] => Hidden.eval([x, y, z]) + z.powi(4));
    formula!(Corners, 3, [x, y, z] => x * y * z);
    formula!(Ball, 3, [x, y, z] => (x * x + y * y + z * z).powi(2));
    formula!(Eight, 8, [a, b, c, d, e, f, g, h] => {
        a * a + b * b + c * c + d * d + e * e + f * f + (g - h).powi(2) - (g + h).powi(4)
    });

    #[test]
    fn more_dimensions_are_classified_too() {
        let at = [0.0; 3];
        assert_eq!(classify(&Hidden, at), CriticalPoint::Saddle);
        assert_eq!(classify(&HiddenQuartic, at), CriticalPoint::Saddle);
        assert_eq!(classify(&Corners, at), CriticalPoint::Saddle, "level along every axis");
        assert_eq!(classify(&Ball, at), CriticalPoint::Minimum);
        assert_eq!(classify(&Eight, [0.0; 8]), CriticalPoint::Saddle);
        let run = descend(&Hidden, Rule::GradientDescent, 0.1, at, StopCriteria::default());
        assert_eq!(run.outcome, Outcome::Stalled { k: 0, on: CriticalPoint::Saddle });
        let curvature = crate::Curvature::at(&Hidden, at);
        assert!((curvature.smallest() + 1.0).abs() < 1e-15);
        assert!((curvature.largest() - 3.0).abs() < 1e-15);
    }

    #[test]
    fn a_constant_loss_is_a_plateau() {
        assert_eq!(classify(&Bell, [9.0]), CriticalPoint::Flat);
    }

    #[test]
    fn a_slope_without_a_minimum_is_not_a_minimum() {
        let kind = |formula: &str, at: f64| {
            let crate::AnyLoss::Loss1d(loss) = formula.parse::<crate::AnyLoss>().unwrap() else {
                panic!("{formula}")
            };
            classify(&loss, [at])
        };
        for (formula, at) in [
            ("exp(-x^2)", 9.0),
            ("exp(-x^2)", -6.0),
            ("exp(-x^2)", 20.0),
            ("exp(-x^2)", 28.0),
            ("-exp(-x^2)", 9.0),
            ("exp(-x)", 20.0),
            ("exp(x)", -30.0),
            ("ln(1 + exp(-x))", 20.0),
            ("ln(1 + exp(-x))", 30.0),
            ("sigmoid(x)", -20.0),
            ("1/(1 + x^2)", 1e4),
        ] {
            assert_eq!(kind(formula, at), CriticalPoint::Flat, "{formula} at {at}");
        }
        for (formula, at) in [
            ("x^10", 0.167),
            ("(x-3)^30", 3.5),
            ("max(0, x)^4", 0.006),
            ("max(0, x)^4", -0.005),
            ("x - ln(x)", 1.0),
            ("x^4 exp(-x)", 0.001),
            ("1 - exp(-x^2)", 0.0),
        ] {
            assert_eq!(kind(formula, at), CriticalPoint::Minimum, "{formula} at {at}");
        }
        let crate::AnyLoss::Loss2d(loss) = "exp(-x) + y^2".parse::<crate::AnyLoss>().unwrap()
        else {
            panic!("two variables")
        };
        assert_eq!(classify(&loss, [20.0, 0.0]), CriticalPoint::Flat);
        assert_eq!(classify(&loss, [20.0, 1e-9]), CriticalPoint::Flat);
    }

    #[test]
    fn outcomes_distinguish_minima_saddles_and_plateaus() {
        let limit = StopCriteria { max_iterations: 100_000, gradient_tol: 1e-6 };
        let end = |loss: &dyn Loss<1>, alpha, x| {
            descend(loss, Rule::GradientDescent, alpha, [x], limit).outcome.name()
        };
        assert_eq!(end(&Quartic, 0.1, 1.0), "converged");
        assert_eq!(end(&Tenth, 0.1, 1.0), "converged");
        assert_eq!(end(&Cubic, 0.1, 1.0), "stalled");
        assert_eq!(end(&Bell, 0.1, 6.0), "stalled");
        assert_eq!(end(&Bell, 0.1, 1.0), "converged");
        let pass = descend(&Pass, Rule::GradientDescent, 0.1, [1.0, 0.0], limit);
        assert!(matches!(pass.outcome, Outcome::Stalled { .. }));
        let pass = descend(&Pass, Rule::GradientDescent, 0.1, [1.0, 1e-3], limit);
        assert!(matches!(pass.outcome, Outcome::Diverged { .. }));
    }
}
