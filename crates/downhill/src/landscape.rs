//! What is known about a named landscape.

use std::fmt;
use std::sync::Arc;

use crate::compiled::CompiledFormula;
use crate::loss::{Formula, Loss};

/// A loss with a name, and what a reader and a figure want to know about it.
#[derive(Clone)]
pub struct Landscape<const D: usize> {
    /// The name it is asked for by, in lower case with hyphens.
    pub name: &'static str,
    /// Its name in a sentence's or title's case.
    pub title: &'static str,
    /// Its formula, in the notation that [`AnyLoss::parse`](crate::AnyLoss::parse) reads.
    pub formula: &'static str,
    /// The loss itself.
    pub loss: Arc<dyn Loss<D> + Send + Sync>,
    /// Its known minimizers; empty where it has none.
    pub minimizers: &'static [[f64; D]],
    /// A box worth looking at: the lowest and highest coordinate along each axis.
    pub view: [[f64; 2]; D],
    /// A learning rate at which plain descent tells this landscape's story.
    pub alpha: f64,
    /// A start that does so too, inside the view.
    pub start: [f64; D],
}

impl<const D: usize> fmt::Debug for Landscape<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Landscape").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A formula as a landscape's loss: compiled for every scalar, or with the feature `recorded` a [`CompiledFormula`].
pub(crate) fn share<const D: usize>(
    formula: impl Formula<D> + Send + Sync + 'static,
) -> Arc<dyn Loss<D> + Send + Sync> {
    if cfg!(feature = "recorded") {
        // Not by `expect`, which brings what prints the error.
        Arc::new(
            CompiledFormula::of(&formula)
                .unwrap_or_else(|_| panic!("every landscape can be recorded, as tests see")),
        )
    } else {
        // The page records them, so that the tests of the compiled ones find those that cannot be.
        debug_assert!(CompiledFormula::of(&formula).is_ok(), "the landscape cannot be recorded");
        Arc::new(formula)
    }
}
