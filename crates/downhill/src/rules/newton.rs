//! Newton's method: curvature determines the length of the step in every direction.
//!
//! w ← w − αH⁻¹∇f(w) with the Hessian H at w; with α = 1 one step reaches the minimizer of a
//! quadratic bowl.
//!
//! **Where H is not positive definite** (an eigenvalue is not above 0, which rounding does not
//! decide: see [`ROUNDING`](crate::ROUNDING)) the formula does not aim at a minimum: it leads to
//! saddles and maxima as well.
//!
//! - *With the safeguard* another step replaces it: w ← w − t|H|⁻¹∇f(w), where |H| has H's
//!   eigenvectors and the eigenvalues |λᵢ|, each raised to at least a thousandth of the largest (the
//!   identity if all are 0 or H is not finite). This is a descent direction. t begins at α, reduced
//!   so that the step is no longer than 1 + ‖w‖, and is halved until the loss decreases sufficiently,
//!   f(w − tp) ≤ f(w) − 10⁻⁴·t·∇f·p; after sixty halvings there is no step.
//! - *Without it* the formula is always applied: the system is solved with pivoting, whatever the
//!   signs of the curvatures. Only where H is singular (an eigenvalue is 0 up to rounding) or not
//!   finite, there is no solution and no step.
//!
//! [`Step::newton`] tells which of them was taken.
//!
//! Domain: α ≥ 0. Source: Nocedal, Wright, *Numerical optimization* (2006), sections 3.1
//! (sufficient decrease) and 3.4 (modified Hessians); Dauphin et al., *Identifying and attacking
//! the saddle point problem in high-dimensional non-convex optimization* (2014) for |H|; Dennis,
//! Schnabel, *Numerical methods for unconstrained optimization and nonlinear equations* (1983),
//! section 6.3 for the limit on the step length.

use core::array;

use super::facts::Facts;
use super::step::{Draft, Step, StepContext};
use crate::eigen::{eigenvalues, eigenvectors};
use crate::scalar::Scalar;
use crate::vector::{dot, norm};

pub(super) static FACTS: Facts = Facts {
    name: "newton",
    title: "Newton",
    usual_alpha: 1.0,
    hyperparameters: &[],
    state_names: &[],
};

/// Which step was taken in Newton's method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NewtonStep {
    /// The step w ← w − αH⁻¹∇f(w).
    Newton,
    /// A shorter downhill step, because the Hessian H is not positive definite.
    Safeguard,
    /// No step, because H is singular or not finite and there is no safeguard.
    Singular,
}

impl NewtonStep {
    /// `newton`, `safeguard` or `singular`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newton => "newton",
            Self::Safeguard => "safeguard",
            Self::Singular => "singular",
        }
    }
}

/// The smallest curvature used, as a fraction of the largest.
const FLOOR: f64 = 1e-3;

/// The fraction of the decrease predicted by the gradient that a step has to achieve.
const SUFFICIENT: f64 = 1e-4;

/// The most halvings of a step.
const HALVINGS: u32 = 60;

pub(super) fn step<const D: usize>(safeguard: bool, draft: &mut Draft<'_, D>) -> Step<D> {
    let context = draft.context;
    let hessian = context.loss.hessian(context.x);
    let (kind, direction, rate) = if let Some(direction) = solve(hessian, context.gradient) {
        (NewtonStep::Newton, direction, context.alpha)
    } else if safeguard {
        let direction = downhill(hessian, context.gradient);
        (NewtonStep::Safeguard, direction, length(context, direction))
    } else if let Some(direction) = eliminate(hessian, context.gradient) {
        (NewtonStep::Newton, direction, context.alpha)
    } else {
        (NewtonStep::Singular, context.gradient, 0.0)
    };
    Step { newton: Some(kind), ..draft.step(direction, [rate; D]) }
}

/// The descent direction |H|⁻¹∇f.
fn downhill<const D: usize>(hessian: [[f64; D]; D], gradient: [f64; D]) -> [f64; D] {
    let values = eigenvalues(hessian);
    let largest = values.iter().fold(0.0, |most, value| Scalar::max(value.abs(), most));
    let finite = hessian.iter().flatten().all(|entry| entry.is_finite()) && largest.is_finite();
    if !finite || largest == 0.0 {
        return gradient;
    }
    let mut direction = [0.0; D];
    for (value, vector) in values.into_iter().zip(eigenvectors(hessian)) {
        let along = dot(vector, gradient) / Scalar::max(value.abs(), FLOOR * largest);
        for (coordinate, part) in direction.iter_mut().zip(vector) {
            *coordinate += along * part;
        }
    }
    direction
}

/// The step length along a descent direction.
fn length<const D: usize>(context: &StepContext<'_, D>, direction: [f64; D]) -> f64 {
    let slope = dot(context.gradient, direction);
    let here = context.loss.value(context.x);
    let (reach, most) = (norm(direction), 1.0 + norm(context.x));
    let mut rate = if context.alpha * reach > most { most / reach } else { context.alpha };
    for _ in 0..=HALVINGS {
        let there = array::from_fn(|i| context.x[i] - rate * direction[i]);
        // Written so that NaN, outside the loss's domain, is not a decrease.
        if context.loss.value(there) <= here - SUFFICIENT * rate * slope {
            return rate;
        }
        rate *= 0.5;
    }
    0.0
}

/// Solves `matrix`·x = `right` by LDLᵀ, if the matrix is clearly positive definite.
fn solve<const D: usize>(matrix: [[f64; D]; D], right: [f64; D]) -> Option<[f64; D]> {
    // Written so that NaN is refused too.
    if !eigenvalues(matrix).iter().all(|value| *value > 0.0) {
        return None;
    }
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
        let definite = pivots[i] > 0.0 && pivots[i].is_finite();
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

/// Solves `matrix`·x = `right` for any nonsingular matrix, by Gaussian elimination with row
/// pivoting.
fn eliminate<const D: usize>(mut matrix: [[f64; D]; D], mut right: [f64; D]) -> Option<[f64; D]> {
    if eigenvalues(matrix).contains(&0.0) {
        return None;
    }
    for column in 0..D {
        let mut pivot = column;
        for row in column + 1..D {
            if matrix[row][column].abs() > matrix[pivot][column].abs() {
                pivot = row;
            }
        }
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let regular = matrix[column][column] != 0.0;
        if !(regular && matrix[column].iter().all(|entry| entry.is_finite())) {
            return None;
        }
        for row in column + 1..D {
            let factor = matrix[row][column] / matrix[column][column];
            let above = matrix[column];
            for (entry, above) in matrix[row].iter_mut().zip(above) {
                *entry -= factor * above;
            }
            right[row] -= factor * right[column];
        }
    }
    for i in (0..D).rev() {
        for j in i + 1..D {
            right[i] -= matrix[i][j] * right[j];
        }
        right[i] /= matrix[i][i];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AnyLoss, Descent, Loss, NamedLoss, Rule, StopCriteria};
    use proptest::prelude::*;

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

    #[test]
    fn indefinite_systems_are_solved_by_pivoting_and_singular_ones_not_at_all() {
        assert_eq!(eliminate([[-2.0, -4.0], [-4.0, 2.0]], [-12.0, 6.0]), Some([0.0, 3.0]));
        assert_eq!(eliminate([[0.0, 2.0], [2.0, 0.0]], [2.0, 4.0]), Some([2.0, 1.0]));
        assert_eq!(eliminate([[-1.0]], [1.0]), Some([-1.0]));
        let matrix = [[0.0, 1.0, 2.0], [1.0, -3.0, 0.0], [2.0, 0.0, 0.0]];
        assert_eq!(eliminate(matrix, [8.0, -5.0, 2.0]), Some([1.0, 2.0, 3.0]));
        assert_eq!(eliminate([[0.0]], [1.0]), None);
        assert_eq!(eliminate([[1.0, 1.0], [1.0, 1.0]], [1.0, 1.0]), None);
        assert_eq!(eliminate([[0.1, 0.3], [0.3, 0.9]], [1.0, 1.0]), None, "up to rounding");
        assert_eq!(eliminate([[f64::NAN, 0.0], [0.0, 1.0]], [1.0, 1.0]), None);
        assert_eq!(eliminate([[1.0, 0.0], [0.0, f64::NEG_INFINITY]], [1.0, 1.0]), None);
    }

    fn surface(formula: &str) -> NamedLoss<2> {
        let AnyLoss::Loss2d(surface) = formula.parse::<AnyLoss>().unwrap() else {
            panic!("{formula}")
        };
        surface
    }

    fn first(surface: &NamedLoss<2>, safeguard: bool, alpha: f64, start: [f64; 2]) -> Step<2> {
        let limit = StopCriteria { max_iterations: 1, gradient_tol: 0.0 };
        Descent::new(surface, &Rule::Newton { safeguard }, alpha, start, limit).step().unwrap()
    }

    /// Dennis, Schnabel (1983), example 6.5.1 and following: H is indefinite at (1, 4).
    #[test]
    fn pure_newton_may_be_right_where_the_hessian_is_indefinite() {
        let loss = surface("x^4 - 2y x^2 + y^2 + x^2 - 2x + 5");
        let pure = first(&loss, false, 1.0, [1.0, 4.0]);
        assert_eq!((pure.to, pure.newton), ([1.0, 1.0], Some(NewtonStep::Newton)));
        // The gradient is (−12, 6) and |H| is √20 times the identity.
        let safe = first(&loss, true, 1.0, [1.0, 4.0]);
        assert_eq!(safe.newton, Some(NewtonStep::Safeguard));
        let halved = 0.5 * 12.0 / f64::sqrt(20.0);
        assert!((safe.displacement[0] - halved).abs() < 1e-14, "{:?}", safe.displacement);
        assert!((safe.displacement[1] + 0.5 * halved).abs() < 1e-14);
        assert!(loss.value(safe.to) < loss.value([1.0, 4.0]));
    }

    #[test]
    fn pure_newton_is_drawn_to_saddles_and_maxima() {
        assert_eq!(first(&surface("x^2 - y^2"), false, 1.0, [1.0, 0.5]).to, [0.0, 0.0]);
        assert_eq!(first(&surface("-x^2 - 3y^2"), false, 1.0, [1.0, 0.5]).to, [0.0, 0.0]);
        // |H| reverses the direction of negative curvature.
        assert_eq!(first(&surface("x^2 - y^2"), true, 1.0, [1.0, 0.5]).to, [0.0, 1.0]);
        let step = first(&surface("-x^2 - 3y^2"), true, 1.0, [1.0, 0.5]);
        assert_eq!((step.to, step.newton), ([2.0, 1.0], Some(NewtonStep::Safeguard)));
    }

    #[test]
    fn at_a_singular_hessian_pure_newton_stays_and_the_safeguard_moves() {
        for formula in ["x^2 + y", "(0.3x + 0.6y)^2", "x + y", "x^3 + 3y"] {
            let loss = surface(formula);
            let step = first(&loss, false, 1.0, [0.0, 2.0]);
            assert_eq!(step.newton, Some(NewtonStep::Singular), "{formula}");
            assert_eq!((step.displacement, step.to), ([0.0; 2], [0.0, 2.0]), "{formula}");
            let step = first(&loss, true, 1.0, [0.0, 2.0]);
            assert_eq!(step.newton, Some(NewtonStep::Safeguard), "{formula}");
            assert!(loss.value(step.to) < loss.value([0.0, 2.0]), "{formula}");
        }
        // A line fitted to one point: the flat direction has no slope, and the rest is solved.
        let step = first(&surface("(2x + y - 3)^2"), true, 1.0, [1.0, 0.0]);
        assert!((2.0 * step.to[0] + step.to[1] - 3.0).abs() < 1e-12);
    }

    /// The tolerance is that of the eigenvalues, which does not depend on the units of the
    /// coordinates.
    #[test]
    fn a_relatively_small_curvature_stays_positive() {
        for formula in ["x^2 + 1e13y^2", "1e-13x^2 + y^2", "x^2 + 1e40y^2", "(x+y)^2 + 1e-9(x-y)^2"]
        {
            for safeguard in [true, false] {
                let step = first(&surface(formula), safeguard, 1.0, [1.0, 1.0]);
                assert_eq!(step.newton, Some(NewtonStep::Newton), "{formula}");
                assert!(norm(step.to) < 1e-6, "{formula}: {:?}", step.to);
            }
        }
        // A saddle with such different curvatures is still solved.
        let step = first(&surface("x^2 - 1e20y^2"), false, 1.0, [1.0, 1.0]);
        assert_eq!((step.newton, step.to), (Some(NewtonStep::Newton), [0.0, 0.0]));
        // A parabola of rank one is singular in any units.
        for formula in ["(0.1x + 0.3y)^2", "(1e-7x + 3e5y)^2"] {
            let step = first(&surface(formula), false, 1.0, [1.0, 1.0]);
            assert_eq!(step.newton, Some(NewtonStep::Singular), "{formula}");
        }
    }

    proptest! {
        #[test]
        fn a_safeguarded_step_is_bounded_and_never_increases_the_loss(
            index in 0_usize..5, alpha in 0.01..4.0, x in -4.0..4.0, y in -4.0..4.0,
        ) {
            let formula = [
                "x^4 - 2y x^2 + y^2 + x^2 - 2x + 5", "x^3 - 3x y^2", "x^2 + 2sin(3x) + cos(y)",
                "sqrt(x^2 + y^2 + 1) - exp(-x^2)", "x y + ln(x + 5)",
            ][index];
            let loss = surface(formula);
            let step = first(&loss, true, alpha, [x, y]);
            if step.newton == Some(NewtonStep::Safeguard) {
                prop_assert!(loss.value(step.to) <= loss.value([x, y]), "{}", formula);
                prop_assert!(norm(step.displacement) <= (1.0 + norm([x, y])) * (1.0 + 1e-12));
            }
        }

        #[test]
        fn a_pure_step_solves_its_system(x in -4.0..4.0, y in -4.0..4.0) {
            let loss = surface("x^4 - 2y x^2 + y^2 + x^2 - 2x + 5");
            let step = first(&loss, false, 1.0, [x, y]);
            prop_assume!(step.newton == Some(NewtonStep::Newton));
            let [[a, b], [_, d]] = loss.hessian([x, y]);
            let image = [a * step.direction[0] + b * step.direction[1], b * step.direction[0] + d * step.direction[1]];
            let size = norm(step.direction) * norm([norm([a, b]), d]);
            for (image, slope) in image.into_iter().zip(step.gradient) {
                prop_assert!((image - slope).abs() <= 1e-14 * size);
            }
        }
    }
}
