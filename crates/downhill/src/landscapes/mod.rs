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

/// A landscape's name, its title, and the function that makes it.
type Entry<const D: usize> = (&'static str, &'static str, fn() -> Landscape<D>);

/// Declares the modules of one dimension and their registry in one list.
macro_rules! landscapes {
    ($registry:ident in $dimension:literal: $($module:ident::$name:ident),* $(,)?) => {
        $(mod $module; pub use $module::$name;)*
        static $registry: &[Entry<$dimension>] =
            &[$(($module::NAME, $module::TITLE, $module::landscape)),*];
    };
}

/// The landscapes of the lesson's first figure: its default, and the one it shows. The page has the
/// others in two dimensions only once someone reads; see `crates/xtask/src/dist/split.rs`.
pub const FIRST_LANDSCAPES: [&str; 2] = [bowl::NAME, himmelblau::NAME];

landscapes! { ONE in 1:
    parabola::Parabola,
    two_valleys::TwoValleys,
    wavy::Wavy,
    shelf::Shelf,
    kink::Kink,
}

landscapes! { TWO in 2:
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

/// Whether a text is the name of a landscape.
#[must_use]
pub fn is_landscape(name: &str) -> bool {
    titles_1d().chain(titles_2d()).any(|(known, _)| known == name)
}

/// Every named landscape in one dimension, in the order of the lesson.
#[must_use]
pub fn landscapes_1d() -> Vec<Landscape<1>> {
    ONE.iter().map(|(.., landscape)| landscape()).collect()
}

/// Every named landscape in two dimensions, in the order of the lesson.
#[must_use]
pub fn landscapes_2d() -> Vec<Landscape<2>> {
    TWO.iter().map(|(.., landscape)| landscape()).collect()
}

/// The names and titles of [`landscapes_1d`].
pub fn titles_1d() -> impl Iterator<Item = (&'static str, &'static str)> {
    ONE.iter().map(|&(name, title, _)| (name, title))
}

/// The names and titles of [`landscapes_2d`].
pub fn titles_2d() -> impl Iterator<Item = (&'static str, &'static str)> {
    TWO.iter().map(|&(name, title, _)| (name, title))
}

/// The landscape in one dimension with this name.
#[must_use]
pub fn landscape_1d(name: &str) -> Option<Landscape<1>> {
    named(ONE, name)
}

/// The landscape in two dimensions with this name.
#[must_use]
pub fn landscape_2d(name: &str) -> Option<Landscape<2>> {
    named(TWO, name)
}

fn named<const D: usize>(registry: &[Entry<D>], name: &str) -> Option<Landscape<D>> {
    registry.iter().find(|(known, ..)| *known == name).map(|(.., landscape)| landscape())
}
