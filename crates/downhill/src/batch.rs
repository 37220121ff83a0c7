//! Plain descent from several starts in parallel, where the code of a loss is compiled for it: not in
//! WebAssembly, where formulas have kernels.

use crate::f64x2::F64x2;
use crate::lanes::{Lanes, PAIRS, WIDTH};
use crate::scalar::Scalar;
use crate::stopping::StopThresholds;
use crate::trajectory::Iterate;
use crate::vector::squares;

/// Points stepped together, one per lane, with their gradients.
#[derive(Clone, Copy, Debug)]
pub struct Batch<const D: usize> {
    /// The points.
    pub at: [Lanes; D],
    /// ∇f at each point.
    pub gradient: [Lanes; D],
    /// f at each point.
    pub loss: Lanes,
}

/// How a batch is stepped.
#[derive(Clone, Copy, Debug)]
pub struct BatchPlan {
    /// The learning rate.
    pub alpha: f64,
    /// A lane beyond one of these stops all.
    pub thresholds: StopThresholds,
    /// The largest number of steps.
    pub max_steps: usize,
}

impl BatchPlan {
    /// `max_steps` steps, unless a point, loss or gradient is NaN or infinite.
    #[must_use]
    pub const fn steps(max_steps: usize, alpha: f64) -> Self {
        Self { alpha, thresholds: StopThresholds::NEVER, max_steps }
    }
}

impl<const D: usize> Default for Batch<D> {
    fn default() -> Self {
        let zero = Lanes::splat(0.0);
        Self { at: [zero; D], gradient: [zero; D], loss: zero }
    }
}

impl<const D: usize> Batch<D> {
    /// A batch of these points, with losses and gradients not computed yet.
    #[must_use]
    pub fn at(points: [[f64; D]; WIDTH]) -> Self {
        let mut batch = Self::default();
        for (lane, point) in points.into_iter().enumerate() {
            batch.put(lane, point);
        }
        batch
    }

    /// The point in one lane, with its loss and gradient.
    #[must_use]
    pub fn lane(&self, lane: usize) -> Iterate<D> {
        Iterate {
            x: self.at.map(|axis| axis.lane(lane)),
            loss: self.loss.lane(lane),
            gradient: self.gradient.map(|axis| axis.lane(lane)),
        }
    }

    /// Puts a point into one lane; its gradient is not computed yet.
    #[inline]
    pub(crate) fn put(&mut self, lane: usize, at: [f64; D]) {
        for (axis, coordinate) in self.at.iter_mut().zip(at) {
            axis.put(lane, coordinate);
        }
    }

    /// Copies the state of one lane to another.
    pub(crate) fn copy(&mut self, from: usize, to: usize) {
        for axis in self.at.iter_mut().chain(&mut self.gradient).chain([&mut self.loss]) {
            axis.put(to, axis.lane(from));
        }
    }

    /// Every lane takes the same number of steps x ← x − α∇f(x), see
    /// [`Loss::step_batch`](crate::Loss::step_batch).
    ///
    /// `loss_and_gradient` computes f and ∇f for two lanes, so that whole evaluations stay in registers.
    #[inline(always)]
    pub(crate) fn step_compiled(
        &mut self,
        loss_and_gradient: impl Fn([F64x2; D]) -> (F64x2, [F64x2; D]),
        BatchPlan { alpha, thresholds, max_steps }: BatchPlan,
    ) -> usize {
        let alpha = F64x2::from(alpha);
        let (far, flat) = (F64x2::from(thresholds.far), F64x2::from(thresholds.flat));
        if thresholds.flat >= 0.0 || max_steps == 0 {
            return self.step_checked(&loss_and_gradient, alpha, far, flat, max_steps);
        }
        // No gradient is below a negative threshold, so gradients need no checks.
        let done = self.step_unchecked(&loss_and_gradient, alpha, far, max_steps);
        self.step_checked(&loss_and_gradient, alpha, far, flat, 0);
        done
    }

    /// Steps until a lane is far away or not finite, without checking gradients. The final
    /// gradients are not computed.
    #[inline(always)]
    fn step_unchecked(
        &mut self,
        loss_and_gradient: &impl Fn([F64x2; D]) -> (F64x2, [F64x2; D]),
        alpha: F64x2,
        far: F64x2,
        max_steps: usize,
    ) -> usize {
        let mut steps = max_steps;
        loop {
            match self.points_after(steps, loss_and_gradient, alpha, far) {
                Ok(at) => {
                    self.at = at;
                    return steps;
                }
                // The check comes one step late, so repeat with one step fewer.
                Err(fewer) => steps = fewer,
            }
        }
    }

    /// The points after `steps` steps, or as an error the number of steps after which some lane may
    /// be far away or not finite.
    #[inline(always)]
    fn points_after(
        &self,
        steps: usize,
        loss_and_gradient: &impl Fn([F64x2; D]) -> (F64x2, [F64x2; D]),
        alpha: F64x2,
        far: F64x2,
    ) -> Result<[Lanes; D], usize> {
        let mut at = self.at;
        for done in 0..steps {
            let mut sum = F64x2::from(0.0);
            for pair in 0..PAIRS {
                let here = at.map(|axis| axis.pairs()[pair]);
                let (loss, slope) = loss_and_gradient(here);
                for axis in 0..D {
                    at[axis].pairs_mut()[pair] = here[axis] - alpha * slope[axis];
                }
                // The compiler can share these squares with the formula.
                sum = sum + squares(here) + nothing(loss, slope);
            }
            // If the sum over several lanes is within the bound, every lane is.
            if !sum.at_most(far).all() && done > 0 {
                return Err(done);
            }
        }
        Ok(at)
    }

    /// Steps until a lane is far away, flat or not finite.
    #[inline(always)]
    fn step_checked(
        &mut self,
        loss_and_gradient: &impl Fn([F64x2; D]) -> (F64x2, [F64x2; D]),
        alpha: F64x2,
        far: F64x2,
        flat: F64x2,
        max_steps: usize,
    ) -> usize {
        let Self { mut at, gradient: mut slopes, loss: mut losses } = *self;
        let mut done = 0;
        let mut sum = F64x2::from(0.0);
        loop {
            let mut least = F64x2::from(f64::INFINITY);
            for pair in 0..PAIRS {
                let (loss, slope) = loss_and_gradient(at.map(|axis| axis.pairs()[pair]));
                losses.pairs_mut()[pair] = loss;
                for axis in 0..D {
                    slopes[axis].pairs_mut()[pair] = slope[axis];
                }
                least = squares(slope).least(least);
                sum = sum + nothing(loss, slope);
            }
            let calm = least.above(flat).all() && sum.at_most(far).all();
            if done == max_steps || done > 0 && !calm {
                *self = Self { at, gradient: slopes, loss: losses };
                return done;
            }
            sum = F64x2::from(0.0);
            for pair in 0..PAIRS {
                for axis in 0..D {
                    let here = &mut at[axis].pairs_mut()[pair];
                    *here = *here - alpha * slopes[axis].pairs()[pair];
                }
                sum = sum + squares(at.map(|axis| axis.pairs()[pair]));
            }
            done += 1;
        }
    }

    /// Like `step_compiled`, but evaluates f and ∇f for all lanes at once, which is faster for an
    /// interpreted formula.
    pub(crate) fn step_interpreted(
        &mut self,
        mut loss_and_gradient: impl FnMut([Lanes; D]) -> (Lanes, [Lanes; D]),
        BatchPlan { alpha, thresholds, max_steps }: BatchPlan,
    ) -> usize {
        let alpha = Lanes::splat(alpha);
        let mut done = 0;
        loop {
            (self.loss, self.gradient) = loss_and_gradient(self.at);
            if done == max_steps || done > 0 && self.lanes_to_check(thresholds) != 0 {
                return done;
            }
            for (axis, slope) in self.at.iter_mut().zip(self.gradient) {
                *axis = *axis - alpha * slope;
            }
            done += 1;
        }
    }

    /// The lanes that need a check, as a bit mask with the first lane in the lowest bit.
    #[inline]
    pub(crate) fn lanes_to_check(&self, thresholds: StopThresholds) -> u8 {
        let (flat, far) = (F64x2::from(thresholds.flat), F64x2::from(thresholds.far));
        let calm = (0..PAIRS).rev().map(|pair| {
            let slope = self.gradient.map(|axis| axis.pairs()[pair]);
            let distance = squares(self.at.map(|axis| axis.pairs()[pair]))
                + nothing(self.loss.pairs()[pair], slope);
            squares(slope).above(flat).bits() & distance.at_most(far).bits()
        });
        !calm.fold(0, |bits, pair| bits << 2 | pair)
    }
}

/// 0 where the loss and its gradient are finite, otherwise NaN.
///
/// Finite numbers whose sum overflows count as not finite, which only causes a needless check.
#[inline]
fn nothing<S: Scalar, const D: usize>(loss: S, gradient: [S; D]) -> S {
    let sum = gradient.into_iter().fold(loss, |sum, partial| sum + partial);
    sum * S::from(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Loss;
    use crate::{Rule, StopCriteria, descend, landscapes::Himmelblau};
    use core::array;

    #[test]
    fn every_lane_is_an_independent_descent() {
        let starts: [[f64; 2]; WIDTH] =
            array::from_fn(|lane| [-4.0 + lane as f64, 4.5 - 1.1 * lane as f64]);
        let mut batch = Batch::at(starts);
        assert_eq!(Himmelblau.step_batch(&mut batch, BatchPlan::steps(37, 0.01)), 37);
        let limit = StopCriteria { max_iterations: 37, gradient_tol: 0.0 };
        for (lane, start) in starts.into_iter().enumerate() {
            let alone = descend(&Himmelblau, Rule::GradientDescent, 0.01, start, limit);
            let last = alone.iterates[37];
            assert_eq!(batch.lane(lane), last);
        }
    }

    #[test]
    fn one_flat_lane_stops_the_batch() {
        let mut batch = Batch::at(array::from_fn(|lane| [3.0 + 0.01 * lane as f64, 2.0]));
        // The first lane starts on a minimizer.
        let thresholds = StopThresholds { flat: 1e-12, far: 1e12 };
        let plan = BatchPlan { thresholds, ..BatchPlan::steps(50, 0.01) };
        assert_eq!(Himmelblau.step_batch(&mut batch, plan), 1);
    }
}
