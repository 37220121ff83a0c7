//! Metadata of a named landscape.

use std::fmt;
use std::sync::Arc;

use crate::compiled::CompiledFormula;
use crate::loss::{Formula, Loss};

/// A named loss with what readers and figures need to know about it.
#[derive(Clone)]
pub struct Landscape<const D: usize> {
    /// The name by which it is requested, in lower case with hyphens.
    pub name: &'static str,
    /// Its name for sentences and titles.
    pub title: &'static str,
    /// Its formula, in the notation of [`AnyLoss`](crate::AnyLoss).
    pub formula: &'static str,
    /// The loss itself.
    pub loss: Arc<dyn Loss<D> + Send + Sync>,
    /// Its known minimizers; may be empty.
    pub minimizers: &'static [[f64; D]],
    /// A suitable view: the range of each coordinate.
    pub view: [[f64; 2]; D],
    /// A learning rate at which plain descent shows what is characteristic of this landscape.
    pub alpha: f64,
    /// A start that does so too, inside the view.
    pub start: [f64; D],
}

impl<const D: usize> fmt::Debug for Landscape<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Landscape").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Wraps a formula as a landscape's loss: native code, or with the feature `recorded` a
/// [`CompiledFormula`].
pub(crate) fn share<const D: usize>(
    formula: impl Formula<D> + Send + Sync + 'static,
) -> Arc<dyn Loss<D> + Send + Sync> {
    if cfg!(feature = "recorded") {
        // Not `expect`, which would add the formatting of the error to the page.
        Arc::new(
            CompiledFormula::of(&formula)
                .unwrap_or_else(|_| panic!("every landscape can be recorded, as tests see")),
        )
    } else {
        // Checked in native builds too, so that their tests find landscapes that cannot be
        // compiled.
        debug_assert!(CompiledFormula::of(&formula).is_ok(), "the landscape cannot be recorded");
        Arc::new(formula)
    }
}
