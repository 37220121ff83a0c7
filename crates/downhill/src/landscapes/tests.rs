//! Properties that must hold for every landscape.

use proptest::prelude::*;

use super::*;
use crate::batch::{Batch, BatchPlan};
use crate::lanes::WIDTH;
use crate::loss::Loss;
use crate::{AnyLoss, Outcome, Rule, StopCriteria, descend};

fn check<const D: usize>(landscape: &Landscape<D>) {
    let name = landscape.name;
    assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
    assert!(landscape.alpha > 0.0, "{name}");
    for axis in 0..D {
        let [low, high] = landscape.view[axis];
        assert!(low < high, "{name}");
        assert!((low..=high).contains(&landscape.start[axis]), "{name}: start outside the view");
    }
}

/// The gradient is zero at a minimizer, and the loss rises in every direction.
fn check_minimizers<const D: usize>(landscape: &Landscape<D>) {
    let name = landscape.name;
    let mut lowest = f64::NEG_INFINITY;
    for minimizer in landscape.minimizers {
        let (here, gradient) = landscape.loss.value_and_gradient(*minimizer);
        let curvature = landscape.loss.hessian(*minimizer);
        for axis in 0..D {
            // The nearest f64 to a minimizer is within half a unit in the last place.
            let rounding = 1e-15 * (1.0 + minimizer[axis].abs()) * (1.0 + curvature[axis][axis]);
            assert!(gradient[axis].abs() < 4.0 * rounding, "{name}: {gradient:?} at {minimizer:?}");
            for distance in [-1e-3, 1e-3] {
                let mut there = *minimizer;
                there[axis] += distance;
                assert!(landscape.loss.value(there) > here, "{name}: no bottom at {minimizer:?}");
            }
        }
        assert!(here >= lowest - 1e-9, "{name}: the lowest minimizers come first");
        lowest = here;
    }
}

/// The landscape's formula as text is the same loss.
fn check_formula<const D: usize>(landscape: &Landscape<D>, typed: &dyn Loss<D>, at: [f64; D]) {
    let (value, gradient) = landscape.loss.value_and_gradient(at);
    let (typed_value, typed_gradient) = typed.value_and_gradient(at);
    let name = landscape.name;
    let scale = 1.0 + value.abs() + gradient.iter().map(|slope| slope.abs()).sum::<f64>();
    assert!((value - typed_value).abs() < 1e-12 * scale, "{name} at {at:?}");
    for (slope, typed_slope) in gradient.into_iter().zip(typed_gradient) {
        assert!((slope - typed_slope).abs() < 1e-11 * scale, "{name} at {at:?}");
    }
    assert_eq!(landscape.loss.is_quadratic(), typed.is_quadratic(), "{name}");
}

/// Gradient and Hessian agree with central differences of the value and the gradient.
fn check_differences<const D: usize>(landscape: &Landscape<D>, at: [f64; D]) {
    let (name, loss) = (landscape.name, &*landscape.loss);
    let gradient = loss.gradient(at);
    let hessian = loss.hessian(at);
    let h = 1e-5;
    for axis in 0..D {
        let mut ahead = at;
        let mut behind = at;
        ahead[axis] += h;
        behind[axis] -= h;
        let slope = (loss.value(ahead) - loss.value(behind)) / (2.0 * h);
        // A third derivative of up to a few thousand times h², and rounding over h.
        let size = 1.0 + loss.value(at).abs() + gradient[axis].abs();
        assert!((slope - gradient[axis]).abs() < 1e-6 * size, "{name} at {at:?}");
        let (up, down) = (loss.gradient(ahead), loss.gradient(behind));
        for row in 0..D {
            let bend = (up[row] - down[row]) / (2.0 * h);
            let size = 1.0 + gradient[row].abs() + hessian[row][axis].abs();
            assert!((bend - hessian[row][axis]).abs() < 1e-5 * size, "{name} at {at:?}");
            let twist = hessian[row][axis] - hessian[axis][row];
            assert!(twist.abs() < 1e-12 * size, "{name} at {at:?}");
        }
    }
}

/// Eight points at once give the bits of each point alone.
fn check_lanes<const D: usize>(landscape: &Landscape<D>, points: [[f64; D]; WIDTH]) {
    let mut walkers = Batch::at(points);
    landscape.loss.step_batch(&mut walkers, BatchPlan::steps(0, 0.0));
    for (lane, point) in points.into_iter().enumerate() {
        let alone = landscape.loss.gradient(point);
        let together = walkers.lane(lane).gradient;
        assert_eq!(together.map(f64::to_bits), alone.map(f64::to_bits), "{}", landscape.name);
    }
}

fn inside<const D: usize>(landscape: &Landscape<D>, shares: [f64; D]) -> [f64; D] {
    core::array::from_fn(|axis| {
        let [low, high] = landscape.view[axis];
        low + shares[axis] * (high - low)
    })
}

#[test]
fn landscapes_are_known_by_name() {
    let one = landscapes_1d().into_iter().map(|landscape| landscape.name);
    let two = landscapes_2d().into_iter().map(|landscape| landscape.name);
    for name in one.chain(two) {
        assert!(is_landscape(name), "{name}");
    }
    for other in ["", "two_valleys", "banana", "x^2", "bowls"] {
        assert!(!is_landscape(other), "{other}");
    }
}

#[test]
fn every_landscape_is_sound() {
    landscapes_1d().iter().for_each(check);
    landscapes_2d().iter().for_each(check);
}

#[test]
fn every_minimizer_is_a_minimum() {
    landscapes_1d().iter().for_each(check_minimizers);
    landscapes_2d().iter().for_each(check_minimizers);
}

#[test]
fn names_are_used_once_and_are_those_of_the_lesson() {
    let mut names: Vec<_> = landscapes_1d().iter().map(|l| l.name).collect();
    names.extend(landscapes_2d().iter().map(|l| l.name));
    let planted = "parabola two-valleys wavy shelf kink bowl ravine saddle monkey-saddle plateau double-well \
                   rosenbrock himmelblau beale booth matyas six-hump-camel styblinski-tang rastrigin ackley";
    for name in planted.split_whitespace() {
        assert_eq!(names.iter().filter(|n| **n == name).count(), 1, "{name}");
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn the_default_run_of_a_landscape_descends() {
    let limit = StopCriteria { max_iterations: 100, gradient_tol: 1e-6 };
    fn end<const D: usize>(landscape: &Landscape<D>, limit: StopCriteria) {
        let Landscape { alpha, start, .. } = *landscape;
        let run = descend(&*landscape.loss, Rule::GradientDescent, alpha, start, limit);
        let first = run.iterates[0].loss;
        let last = run.iterates[run.last_k()].loss;
        // Only a loss without a minimum may fall without bound.
        let falls = matches!(run.outcome, Outcome::Diverged { .. });
        assert!(!falls || landscape.minimizers.is_empty(), "{}", landscape.name);
        assert!(last < first, "{}", landscape.name);
    }
    landscapes_1d().iter().for_each(|landscape| end(landscape, limit));
    landscapes_2d().iter().for_each(|landscape| end(landscape, limit));
}

proptest! {
    #[test]
    fn names_and_formulas_agree(u in 0.0..1.0, v in 0.0..1.0) {
        for landscape in landscapes_1d() {
            let AnyLoss::Loss1d(typed) = landscape.formula.parse::<AnyLoss>().unwrap() else { panic!() };
            check_formula(&landscape, typed.loss(), inside(&landscape, [u]));
        }
        for landscape in landscapes_2d() {
            let AnyLoss::Loss2d(typed) = landscape.formula.parse::<AnyLoss>().unwrap() else { panic!() };
            check_formula(&landscape, typed.loss(), inside(&landscape, [u, v]));
        }
    }

    #[test]
    fn derivatives_agree_with_central_differences(u in 0.0..1.0, v in 0.0..1.0) {
        for landscape in landscapes_1d() {
            let at = inside(&landscape, [u]);
            // A difference across the kink approximates neither side.
            if landscape.name != "kink" || at[0].abs() > 1e-3 {
                check_differences(&landscape, at);
            }
        }
        for landscape in landscapes_2d() {
            let at = inside(&landscape, [u, v]);
            // Around its tip the curvature of Ackley's cone is unbounded.
            if landscape.name != "ackley" || at[0].abs() + at[1].abs() > 0.1 {
                check_differences(&landscape, at);
            }
        }
    }

    #[test]
    fn lanes_have_the_bits_of_single_points(shares in proptest::array::uniform16(0.0..1.0)) {
        for landscape in landscapes_1d() {
            check_lanes(&landscape, core::array::from_fn(|lane| inside(&landscape, [shares[lane]])));
        }
        for landscape in landscapes_2d() {
            let point = |lane| inside(&landscape, [shares[lane], shares[15 - lane]]);
            check_lanes(&landscape, core::array::from_fn(point));
        }
    }
}
