//! The criteria by which a descent ends.

use crate::critical_point::{CriticalPoint, classify};
use crate::loss::Loss;
use crate::trajectory::{Iterate, Outcome};
use crate::vector::{is_finite, norm, squares};

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

/// The radius of divergence of a descent from the origin.
pub(crate) const RADIUS: f64 = 1e6;

/// The part of the square of that radius at which to look whether a descent has diverged, in view of
/// the rounding of squares.
pub(crate) const FAR_MARGIN: f64 = 1.0 - 1e-9;

/// The distance from the origin beyond which a descent from `start` has diverged.
pub(crate) fn divergence_radius<const D: usize>(start: [f64; D]) -> f64 {
    RADIUS * (1.0 + norm(start))
}

/// The square of a distance at which to look whether a descent from `start` has diverged, just below
/// that of its radius.
#[inline]
pub(crate) fn far_threshold<const D: usize>(start: [f64; D]) -> f64 {
    // Where the squares underflow, they do not matter here.
    let radius = RADIUS * (1.0 + squares(start).sqrt());
    // If the square of the radius overflows, so do those of the points, and the threshold cannot be
    // used.
    let far = radius * radius * FAR_MARGIN;
    if far < f64::MAX { far } else { f64::MAX }
}

/// The square of a gradient's norm at which to look whether it is below a tolerance.
///
/// It has a margin for the rounding of squares. If the square of the tolerance underflows, every
/// gradient whose square does is checked; without a tolerance, none is.
pub(crate) fn flat_threshold(tolerance: f64) -> f64 {
    let flat = tolerance * tolerance * (1.0 + 1e-9);
    if tolerance <= 0.0 {
        -1.0
    } else if flat.is_normal() {
        flat
    } else {
        f64::MIN_POSITIVE
    }
}

/// Whether a point is not finite, or farther from the origin than the radius.
pub(crate) fn has_diverged<const D: usize>(x: [f64; D], radius: f64) -> bool {
    !is_finite(x) || norm(x) > radius
}

/// Thresholds for a closer look at a lane: a gradient that is almost zero, or a point far away.
/// Lanes whose loss or gradient is not finite are always checked.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(
    unreachable_pub,
    reason = "it is in the signature of `Loss::step_batch`, where there is one"
)]
pub struct StopThresholds {
    /// Checks lanes with ‖∇f‖² at or below this.
    pub flat: f64,
    /// Checks lanes with ‖x‖² above this, or NaN.
    pub far: f64,
}

impl StopThresholds {
    /// Triggers only for lanes whose point, loss or gradient is NaN or infinite.
    #[cfg(not(target_arch = "wasm32"))]
    pub const NEVER: Self = Self { flat: -1.0, far: f64::MAX };

    /// Whether a lane with this point and gradient needs no check.
    #[inline]
    pub(crate) fn within<const D: usize>(self, at: [f64; D], gradient: [f64; D]) -> bool {
        self.is_steep(gradient) && self.is_near(at)
    }

    /// Whether the gradient is above the flatness threshold.
    #[inline]
    pub(crate) fn is_steep<const D: usize>(self, gradient: [f64; D]) -> bool {
        squares(gradient) > self.flat
    }

    /// Whether the point is within the distance threshold.
    #[inline]
    pub(crate) fn is_near<const D: usize>(self, at: [f64; D]) -> bool {
        squares(at) <= self.far
    }
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
        let flat = flat_threshold(limit.gradient_tol);
        let thresholds = StopThresholds { flat, far: far_threshold(start) };
        Self { limit, divergence_radius: radius, thresholds }
    }

    /// Within these thresholds a descent has not ended, except by its number of steps.
    #[inline]
    pub(crate) fn thresholds(&self) -> StopThresholds {
        self.thresholds
    }

    /// The largest number of steps.
    pub(crate) fn max_iterations(&self) -> usize {
        self.limit.max_iterations
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
        let Iterate { x: at, gradient, .. } = *here;
        let Self { limit, divergence_radius, thresholds } = *self;
        if thresholds.within(at, gradient) && here.has_value() && k < limit.max_iterations {
            return None;
        }
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
