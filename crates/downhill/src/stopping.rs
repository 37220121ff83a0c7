//! The criteria by which a descent ends.

use crate::batch::StopThresholds;
use crate::critical_point::{CriticalPoint, classify};
use crate::loss::Loss;
use crate::trajectory::{Iterate, Outcome};
use crate::vector::{is_finite, norm};

/// When a descent stops unless it diverges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopCriteria {
    /// The largest number of steps, at most [`StopCriteria::MAX_STEPS`]; larger values count as
    /// that.
    pub max_iterations: usize,
    /// The descent ends at the first iterate with ‖∇f‖ below this; 0 disables the test.
    pub gradient_tol: f64,
}

impl StopCriteria {
    /// The largest number of steps of any descent.
    pub const MAX_STEPS: usize = 100_000;

    /// The same criteria, with the number of steps clamped.
    pub(crate) fn bounded(self) -> Self {
        Self { max_iterations: self.max_iterations.min(Self::MAX_STEPS), ..self }
    }
}

impl Default for StopCriteria {
    /// 1000 steps and the tolerance 10⁻⁶.
    fn default() -> Self {
        Self { max_iterations: 1000, gradient_tol: 1e-6 }
    }
}

/// The distance from the origin beyond which a descent from `start` has diverged.
pub(crate) fn divergence_radius<const D: usize>(start: [f64; D]) -> f64 {
    1e6 * (1.0 + norm(start))
}

/// Whether a point is not finite, or farther from the origin than the radius.
pub(crate) fn has_diverged<const D: usize>(x: [f64; D], radius: f64) -> bool {
    !is_finite(x) || norm(x) > radius
}

/// Decides when a descent has ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StoppingTest {
    limit: StopCriteria,
    /// The descent has diverged beyond this distance from the origin.
    divergence_radius: f64,
    thresholds: StopThresholds,
}

impl StoppingTest {
    pub(crate) fn new<const D: usize>(start: [f64; D], limit: StopCriteria) -> Self {
        let limit = limit.bounded();
        let radius = divergence_radius(start);
        // With a margin for the rounding of squares. If the square of the tolerance underflows,
        // every gradient whose square does is checked; without a tolerance, none is.
        let flat = limit.gradient_tol * limit.gradient_tol * (1.0 + 1e-9);
        let flat = if limit.gradient_tol <= 0.0 {
            -1.0
        } else if flat.is_normal() {
            flat
        } else {
            f64::MIN_POSITIVE
        };
        // If the square of the radius overflows, so do those of the points, and the threshold
        // cannot be used.
        let far = radius * radius * (1.0 - 1e-9);
        let thresholds = StopThresholds { flat, far: if far < f64::MAX { far } else { f64::MAX } };
        Self { limit, divergence_radius: radius, thresholds }
    }

    /// Within these thresholds a descent has not ended, except by its number of steps.
    #[inline]
    pub(crate) fn thresholds(&self) -> StopThresholds {
        self.thresholds
    }

    /// The outcome, if the descent ends at its k-th iterate.
    #[inline]
    pub(crate) fn outcome<const D: usize>(
        &self,
        loss: &dyn Loss<D>,
        here: &Iterate<D>,
        k: usize,
    ) -> Option<Outcome> {
        // Squares are much cheaper than norms, and suffice for all but the last of many iterates.
        if self.thresholds.within(here.x, here.gradient)
            && here.has_value()
            && k < self.limit.max_iterations
        {
            return None;
        }
        self.decide(loss, here, k)
    }

    fn decide<const D: usize>(
        &self,
        loss: &dyn Loss<D>,
        here: &Iterate<D>,
        k: usize,
    ) -> Option<Outcome> {
        let Iterate { x: at, gradient, .. } = *here;
        let Self { limit, divergence_radius, thresholds } = *self;
        if !thresholds.is_near(at) && has_diverged(at, divergence_radius) {
            Some(Outcome::Diverged { k })
        } else if !here.has_value() {
            Some(Outcome::Undefined { k, infinite: here.loss.is_infinite() })
        } else if !thresholds.is_steep(gradient) && norm(gradient) < limit.gradient_tol {
            Some(match classify(loss, at) {
                CriticalPoint::Minimum => Outcome::Converged { k },
                on => Outcome::Stalled { k, on },
            })
        } else if k >= limit.max_iterations {
            Some(Outcome::Exhausted { k })
        } else {
            None
        }
    }
}
