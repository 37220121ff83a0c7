//! The landscapes that have a name, one to a file.
//!
//! To add one, write `landscapes/<module>.rs` with a [`Formula`](crate::Formula) and a function
//! `landscape()`, and add its module's name to the list of its dimension below. That line is all:
//! the registry, the command line and every test over all landscapes read these lists.

use crate::landscape::Landscape;

/// Declares the modules of one dimension and their registry in one list.
macro_rules! landscapes {
    ($registry:ident in $dimension:literal: $($module:ident),* $(,)?) => {
        $(pub(crate) mod $module;)*
        static $registry: &[fn() -> Landscape<$dimension>] = &[$($module::landscape),*];
    };
}

landscapes! { ONE in 1: parabola }
landscapes! { TWO in 2: ravine }

/// Every named landscape in one dimension, in the order of the lesson.
#[must_use]
pub fn landscapes_1d() -> Vec<Landscape<1>> {
    ONE.iter().map(|landscape| landscape()).collect()
}

/// Every named landscape in two dimensions, in the order of the lesson.
#[must_use]
pub fn landscapes_2d() -> Vec<Landscape<2>> {
    TWO.iter().map(|landscape| landscape()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loss::Loss;

    fn check<const D: usize>(landscape: &Landscape<D>) {
        let name = landscape.name;
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        assert!(landscape.alpha > 0.0, "{name}");
        for axis in 0..D {
            let [low, high] = landscape.view[axis];
            assert!(low < high, "{name}");
            assert!(
                (low..=high).contains(&landscape.start[axis]),
                "{name}: start outside the view"
            );
        }
        for minimizer in landscape.minimizers {
            let (value, gradient) = landscape.loss.value_and_gradient(*minimizer);
            assert!(value.is_finite(), "{name}");
            for slope in gradient {
                assert!(slope.abs() < 1e-6, "{name}: slope {slope} at {minimizer:?}");
            }
        }
    }

    #[test]
    fn every_landscape_is_flat_at_its_minimizers_and_starts_in_view() {
        landscapes_1d().iter().for_each(check);
        landscapes_2d().iter().for_each(check);
    }

    #[test]
    fn names_are_used_once() {
        let mut names: Vec<_> = landscapes_1d().iter().map(|l| l.name).collect();
        names.extend(landscapes_2d().iter().map(|l| l.name));
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn derivatives_agree_with_central_differences() {
        let ravine = crate::Ravine { kappa: 30.0, angle: 0.4 };
        let at = [1.25, -0.5];
        let gradient = ravine.gradient(at);
        let h = 1e-5;
        for axis in 0..2 {
            let mut ahead = at;
            let mut behind = at;
            ahead[axis] += h;
            behind[axis] -= h;
            let difference = (ravine.value(ahead) - ravine.value(behind)) / (2.0 * h);
            assert!((difference - gradient[axis]).abs() < 1e-7);
        }
    }
}
