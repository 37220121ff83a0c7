//! The named landscapes, one per file.
//!
//! To add one, write `landscapes/<module>.rs` with a [`Formula`](crate::Formula) and a function
//! `landscape()`, and add `module::Type` to the list of its dimension below. That is all: the
//! registry, the command line and all tests over landscapes read these lists.
//!
//! Each type's documentation gives its formula, domain, minimizers and source. Where a loss has no
//! derivative (the tips of [`Kink`] and [`Ackley`]), the subgradient 0 is taken.

#[cfg(test)]
mod tests;

use crate::landscape::Landscape;

/// Declares the modules of one dimension and their registry in one list.
macro_rules! landscapes {
    ($registry:ident, $modules:ident in $dimension:literal: $($module:ident::$name:ident),* $(,)?) => {
        $(mod $module; pub use $module::$name;)*
        static $registry: &[fn() -> Landscape<$dimension>] = &[$($module::landscape),*];
        static $modules: &[&str] = &[$(stringify!($module)),*];
    };
}

landscapes! { ONE, MODULES_1D in 1:
    parabola::Parabola,
    two_valleys::TwoValleys,
    wavy::Wavy,
    shelf::Shelf,
    kink::Kink,
}

landscapes! { TWO, MODULES_2D in 2:
    bowl::Bowl,
    ravine::Ravine,
    saddle::Saddle,
    monkey_saddle::MonkeySaddle,
    plateau::Plateau,
    double_well::DoubleWell,
    rosenbrock::Rosenbrock,
    himmelblau::Himmelblau,
    beale::Beale,
    booth::Booth,
    matyas::Matyas,
    six_hump_camel::SixHumpCamel,
    styblinski_tang::StyblinskiTang,
    rastrigin::Rastrigin,
    ackley::Ackley,
}

/// Whether a text is the name of a landscape, which is that of its module with hyphens.
#[must_use]
pub fn is_landscape(name: &str) -> bool {
    let hyphened =
        |module: &str| module.bytes().map(|b| if b == b'_' { b'-' } else { b }).eq(name.bytes());
    MODULES_1D.iter().chain(MODULES_2D).any(|module| hyphened(module))
}

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
