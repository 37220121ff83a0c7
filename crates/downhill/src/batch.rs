//! Plain descent from several starts at once.

use crate::f64x2::F64x2;
use crate::lanes::{Lanes, PAIRS, WIDTH};
use crate::scalar::Scalar;
use crate::trajectory::Iterate;

/// Points that descend side by side, one to a lane, and the slope under each.
#[derive(Clone, Copy, Debug)]
pub struct Batch<const D: usize> {
    /// Where they stand.
    pub at: [Lanes; D],
    /// ∇f there.
    pub gradient: [Lanes; D],
    /// f there.
    pub loss: Lanes,
}

impl<const D: usize> Default for Batch<D> {
    fn default() -> Self {
        let zero = Lanes::splat(0.0);
        Self { at: [zero; D], gradient: [zero; D], loss: zero }
    }
}

/// What makes somebody look closely at a walker: ground almost flat, a place far away, or (always) one where
/// the loss has no value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StopThresholds {
    /// ‖∇f‖² at or below this.
    pub flat: f64,
    /// ‖x‖² above this, or not a number.
    pub far: f64,
}

impl StopThresholds {
    /// Nobody is looked at but who is nowhere, or where the loss is no number.
    pub const NEVER: Self = Self { flat: -1.0, far: f64::MAX };

    /// Whether a walker with this gradient at this place raises none.
    #[inline]
    pub(crate) fn within<const D: usize>(self, at: [f64; D], gradient: [f64; D]) -> bool {
        self.is_steep(gradient) && self.is_near(at)
    }

    /// Whether ground with this gradient is not flat.
    #[inline]
    pub(crate) fn is_steep<const D: usize>(self, gradient: [f64; D]) -> bool {
        squares(gradient) > self.flat
    }

    /// Whether this place is not far away.
    #[inline]
    pub(crate) fn is_near<const D: usize>(self, at: [f64; D]) -> bool {
        squares(at) <= self.far
    }
}

impl<const D: usize> Batch<D> {
    /// Walkers at these points, who have not felt the slope yet.
    #[must_use]
    pub fn at(points: [[f64; D]; WIDTH]) -> Self {
        let mut walkers = Self::default();
        for (lane, point) in points.into_iter().enumerate() {
            walkers.put(lane, point);
        }
        walkers
    }

    /// The point in one lane with the loss and the gradient there.
    #[must_use]
    pub fn lane(&self, lane: usize) -> Iterate<D> {
        Iterate {
            x: self.at.map(|axis| axis.lane(lane)),
            loss: self.loss.lane(lane),
            gradient: self.gradient.map(|axis| axis.lane(lane)),
        }
    }

    /// Puts a point into one lane; its gradient is not known yet.
    #[inline]
    pub(crate) fn put(&mut self, lane: usize, at: [f64; D]) {
        for (axis, coordinate) in self.at.iter_mut().zip(at) {
            axis.put(lane, coordinate);
        }
    }

    /// Puts the walker of one lane into another one too.
    pub(crate) fn copy(&mut self, from: usize, to: usize) {
        for axis in self.at.iter_mut().chain(&mut self.gradient).chain([&mut self.loss]) {
            axis.put(to, axis.lane(from));
        }
    }

    /// Every walker takes the same number of steps x ← x − α∇f(x), see [`Loss::walk`](crate::Loss::walk).
    ///
    /// `ground` is f and ∇f for two walkers, so that whole evaluations stay in registers.
    #[inline(always)]
    pub(crate) fn step_compiled(
        &mut self,
        ground: impl Fn([F64x2; D]) -> (F64x2, [F64x2; D]),
        alpha: f64,
        alarm: StopThresholds,
        most: usize,
    ) -> usize {
        let alpha = F64x2::from(alpha);
        let (far, flat) = (F64x2::from(alarm.far), F64x2::from(alarm.flat));
        if alarm.flat >= 0.0 || most == 0 {
            return self.step_checked(&ground, alpha, far, flat, most);
        }
        // No slope is that small, so none need be looked at.
        let done = self.step_unchecked(&ground, alpha, far, most);
        self.step_checked(&ground, alpha, far, flat, 0);
        done
    }

    /// Goes on while nobody is far away or without ground; nobody knows the slope in the end.
    #[inline(always)]
    fn step_unchecked(
        &mut self,
        ground: &impl Fn([F64x2; D]) -> (F64x2, [F64x2; D]),
        alpha: F64x2,
        far: F64x2,
        most: usize,
    ) -> usize {
        let mut steps = most;
        loop {
            match self.points_after(steps, ground, alpha, far) {
                Ok(at) => {
                    self.at = at;
                    return steps;
                }
                // When it is noticed a step more has been taken: once more, and not as far.
                Err(fewer) => steps = fewer,
            }
        }
    }

    /// Where everybody is after so many steps, or if somebody may be far away or without ground before the last of
    /// them, after how many.
    #[inline(always)]
    fn points_after(
        &self,
        steps: usize,
        ground: &impl Fn([F64x2; D]) -> (F64x2, [F64x2; D]),
        alpha: F64x2,
        far: F64x2,
    ) -> Result<[Lanes; D], usize> {
        let mut at = self.at;
        for done in 0..steps {
            let mut sum = F64x2::from(0.0);
            for pair in 0..PAIRS {
                let here = at.map(|axis| axis.pairs()[pair]);
                let (loss, slope) = ground(here);
                for axis in 0..D {
                    at[axis].pairs_mut()[pair] = here[axis] - alpha * slope[axis];
                }
                // The formula may have computed these squares too.
                sum = sum + squares(here) + nothing(loss, slope);
            }
            // Not even the squares of several walkers together are too large, or one may be far away.
            if !sum.at_most(far).all() && done > 0 {
                return Err(done);
            }
        }
        Ok(at)
    }

    /// Goes on while nobody is far away, on flat ground or without any.
    #[inline(always)]
    fn step_checked(
        &mut self,
        ground: &impl Fn([F64x2; D]) -> (F64x2, [F64x2; D]),
        alpha: F64x2,
        far: F64x2,
        flat: F64x2,
        most: usize,
    ) -> usize {
        let Self { mut at, gradient: mut slopes, loss: mut losses } = *self;
        let mut done = 0;
        let mut sum = F64x2::from(0.0);
        loop {
            let mut least = F64x2::from(f64::INFINITY);
            for pair in 0..PAIRS {
                let (loss, slope) = ground(at.map(|axis| axis.pairs()[pair]));
                losses.pairs_mut()[pair] = loss;
                for axis in 0..D {
                    slopes[axis].pairs_mut()[pair] = slope[axis];
                }
                least = squares(slope).least(least);
                sum = sum + nothing(loss, slope);
            }
            let calm = least.above(flat).all() && sum.at_most(far).all();
            if done == most || done > 0 && !calm {
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

    /// The same with f and ∇f for all walkers at once, as for a formula that is read anew at every evaluation.
    pub(crate) fn step_interpreted(
        &mut self,
        mut ground: impl FnMut([Lanes; D]) -> (Lanes, [Lanes; D]),
        alpha: f64,
        alarm: StopThresholds,
        most: usize,
    ) -> usize {
        let alpha = Lanes::splat(alpha);
        let mut done = 0;
        loop {
            (self.loss, self.gradient) = ground(self.at);
            if done == most || done > 0 && self.lanes_to_check(alarm) != 0 {
                return done;
            }
            for (axis, slope) in self.at.iter_mut().zip(self.gradient) {
                *axis = *axis - alpha * slope;
            }
            done += 1;
        }
    }

    /// Which lanes raise the alarm: a bit for each, the first lane's lowest.
    #[inline]
    pub(crate) fn lanes_to_check(&self, alarm: StopThresholds) -> u8 {
        let (flat, far) = (F64x2::from(alarm.flat), F64x2::from(alarm.far));
        let calm = (0..PAIRS).rev().map(|pair| {
            let slope = self.gradient.map(|axis| axis.pairs()[pair]);
            let distance = squares(self.at.map(|axis| axis.pairs()[pair]))
                + nothing(self.loss.pairs()[pair], slope);
            squares(slope).above(flat).bits() & distance.at_most(far).bits()
        });
        !calm.fold(0, |bits, pair| bits << 2 | pair)
    }
}

/// ‖v‖².
#[inline]
fn squares<S: Scalar, const D: usize>(v: [S; D]) -> S {
    let mut sum = v[0] * v[0];
    for axis in &v[1..] {
        sum = sum + *axis * *axis;
    }
    sum
}

/// 0 where the loss and its gradient are finite numbers, otherwise NaN.
///
/// Two numbers whose sum is too large for `f64` count as none, which makes somebody look in vain.
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
    fn every_walker_goes_the_way_of_its_own_descent() {
        let starts: [[f64; 2]; WIDTH] =
            array::from_fn(|lane| [-4.0 + lane as f64, 4.5 - 1.1 * lane as f64]);
        let mut walkers = Batch::at(starts);
        assert_eq!(Himmelblau.step_batch(&mut walkers, 0.01, StopThresholds::NEVER, 37), 37);
        let limit = StopCriteria { max_iterations: 37, gradient_tol: 0.0 };
        for (lane, start) in starts.into_iter().enumerate() {
            let alone = descend(&Himmelblau, &Rule::GradientDescent, 0.01, start, limit);
            let last = alone.iterates[37];
            assert_eq!(walkers.lane(lane), last);
        }
    }

    #[test]
    fn one_walker_on_flat_ground_stops_all() {
        let mut walkers = Batch::at(array::from_fn(|lane| [3.0 + 0.01 * lane as f64, 2.0]));
        // The first stands on a minimizer.
        let alarm = StopThresholds { flat: 1e-12, far: 1e12 };
        assert_eq!(Himmelblau.step_batch(&mut walkers, 0.01, alarm, 50), 1);
    }
}
