//! Plain descent from several starts at once.

use crate::lanes::{Lanes, PAIRS};
use crate::pair::Pair;
use crate::scalar::Scalar;

/// Points that descend side by side, one to a lane, and the slope under each.
#[derive(Clone, Copy, Debug)]
pub struct Walkers<const D: usize> {
    /// Where they stand.
    pub at: [Lanes; D],
    /// ∇f there.
    pub gradient: [Lanes; D],
}

impl<const D: usize> Default for Walkers<D> {
    fn default() -> Self {
        Self { at: [Lanes::splat(0.0); D], gradient: [Lanes::splat(0.0); D] }
    }
}

/// What makes somebody look closely at a walker: ground almost flat, or a place far away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alarm {
    /// ‖∇f‖² at or below this.
    pub flat: f64,
    /// ‖x‖² above this, or not a number.
    pub far: f64,
}

impl Alarm {
    /// Whether a walker with this gradient at this place raises none.
    #[inline]
    pub(crate) fn is_calm<const D: usize>(self, at: [f64; D], gradient: [f64; D]) -> bool {
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

impl<const D: usize> Walkers<D> {
    /// The point in one lane and the gradient there.
    #[must_use]
    pub fn walker(&self, lane: usize) -> ([f64; D], [f64; D]) {
        (self.at.map(|axis| axis.lane(lane)), self.gradient.map(|axis| axis.lane(lane)))
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
        for axis in self.at.iter_mut().chain(&mut self.gradient) {
            axis.put(to, axis.lane(from));
        }
    }

    /// Gives every walker the gradient at its place. `gradient` is ∇f for two walkers.
    #[inline(always)]
    pub(crate) fn feel(&mut self, gradient: impl Fn([Pair; D]) -> [Pair; D]) {
        for pair in 0..PAIRS {
            let slope = gradient(self.at.map(|axis| axis.pairs()[pair]));
            for (axis, partial) in self.gradient.iter_mut().zip(slope) {
                axis.pairs_mut()[pair] = partial;
            }
        }
    }

    /// Every walker takes the same number of steps x ← x − α∇f(x): as many as `most`, or fewer if some
    /// walker raises the alarm. Returns how many.
    ///
    /// The first step is taken in any case, so that a walker that was looked at can go on.
    /// `gradient` is ∇f for two walkers, so that whole steps stay in registers.
    #[inline(always)]
    pub(crate) fn walk(
        &mut self,
        gradient: impl Fn([Pair; D]) -> [Pair; D],
        alpha: f64,
        alarm: Alarm,
        most: usize,
    ) -> usize {
        let (alpha, far) = (Pair::from(alpha), Pair::from(alarm.far));
        if alarm.flat < 0.0 {
            // No slope is that small, so none need be looked at. A gradient that is no number is found
            // out by the place that it leads to.
            let done = self.walk_near(&gradient, alpha, far, most);
            self.feel(gradient);
            done
        } else {
            self.walk_steep(gradient, alpha, far, Pair::from(alarm.flat), most)
        }
    }

    /// Goes on while nobody is far away; does not give the gradients at the new places.
    #[inline(always)]
    fn walk_near(
        &mut self,
        gradient: impl Fn([Pair; D]) -> [Pair; D],
        alpha: Pair,
        far: Pair,
        most: usize,
    ) -> usize {
        let mut at = self.at;
        for done in 1..=most {
            let mut sum = Pair::from(0.0);
            for pair in 0..PAIRS {
                let here = at.map(|axis| axis.pairs()[pair]);
                let slope = gradient(here);
                for axis in 0..D {
                    at[axis].pairs_mut()[pair] = here[axis] - alpha * slope[axis];
                }
                sum = sum + squares(at.map(|axis| axis.pairs()[pair]));
            }
            // Not even the squares of several walkers together are too large, or one may be far away.
            if !sum.at_most(far).all() {
                self.at = at;
                return done;
            }
        }
        self.at = at;
        most
    }

    /// Goes on while nobody is far away or on flat ground.
    #[inline(always)]
    fn walk_steep(
        &mut self,
        gradient: impl Fn([Pair; D]) -> [Pair; D],
        alpha: Pair,
        far: Pair,
        flat: Pair,
        most: usize,
    ) -> usize {
        let mut walkers = *self;
        for done in 1..=most {
            let mut sum = Pair::from(0.0);
            let mut least = Pair::from(f64::INFINITY);
            for pair in 0..PAIRS {
                let slope = walkers.gradient.map(|axis| axis.pairs()[pair]);
                let mut here = walkers.at.map(|axis| axis.pairs()[pair]);
                for axis in 0..D {
                    here[axis] = here[axis] - alpha * slope[axis];
                    walkers.at[axis].pairs_mut()[pair] = here[axis];
                }
                let slope = gradient(here);
                for axis in 0..D {
                    walkers.gradient[axis].pairs_mut()[pair] = slope[axis];
                }
                sum = sum + squares(here);
                // Of a slope that is no number nothing is said here; it leads to a place that is none.
                least = squares(slope).least(least);
            }
            if !(least.above(flat).all() && sum.at_most(far).all()) {
                *self = walkers;
                return done;
            }
        }
        *self = walkers;
        most
    }

    /// Which lanes raise the alarm: a bit for each, the first lane's lowest.
    #[inline]
    pub(crate) fn alarmed(&self, alarm: Alarm) -> u8 {
        let (flat, far) = (Pair::from(alarm.flat), Pair::from(alarm.far));
        let calm = (0..PAIRS).rev().map(|pair| {
            let slope = squares(self.gradient.map(|axis| axis.pairs()[pair]));
            let distance = squares(self.at.map(|axis| axis.pairs()[pair]));
            slope.above(flat).bits() & distance.at_most(far).bits()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Loss;
    use crate::WIDTH;
    use crate::{Limit, Rule, descend, landscapes::Himmelblau};
    use core::array;

    /// Walkers at these points.
    fn at(points: [[f64; 2]; WIDTH]) -> Walkers<2> {
        let mut walkers = Walkers::default();
        for (lane, point) in points.into_iter().enumerate() {
            walkers.put(lane, point);
        }
        walkers.gradient = Himmelblau.gradient_lanes(walkers.at);
        walkers
    }

    #[test]
    fn every_walker_goes_the_way_of_its_own_descent() {
        let starts: [[f64; 2]; WIDTH] =
            array::from_fn(|lane| [-4.0 + lane as f64, 4.5 - 1.1 * lane as f64]);
        let mut walkers = at(starts);
        let never = Alarm { flat: -1.0, far: f64::INFINITY };
        assert_eq!(Himmelblau.walk(&mut walkers, 0.01, never, 37), 37);
        let limit = Limit { steps: 37, tol: 0.0 };
        for (lane, start) in starts.into_iter().enumerate() {
            let alone = descend(&Himmelblau, &Rule::GradientDescent, 0.01, start, limit);
            let last = alone.iterates[37];
            assert_eq!(walkers.walker(lane), (last.at, last.gradient));
        }
    }

    #[test]
    fn one_walker_on_flat_ground_stops_all() {
        let mut walkers = at(array::from_fn(|lane| [3.0 + 0.01 * lane as f64, 2.0]));
        // The first stands on a minimizer.
        let alarm = Alarm { flat: 1e-12, far: 1e12 };
        assert_eq!(Himmelblau.walk(&mut walkers, 0.01, alarm, 50), 1);
    }
}
