//! Plain descent from several starts at once.

use core::array;

use crate::lanes::{Lanes, PAIRS};
use crate::loss::Loss;
use crate::pair::{Mask, Pair};
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
        squares(gradient) > self.flat && self.is_near(at)
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

    /// Puts a point with its gradient into one lane.
    pub(crate) fn put(&mut self, lane: usize, (at, gradient): ([f64; D], [f64; D])) {
        for axis in 0..D {
            self.at[axis].put(lane, at[axis]);
            self.gradient[axis].put(lane, gradient[axis]);
        }
    }

    /// Every walker takes the same number of steps x ← x − α∇f(x): as many as `most`, or fewer if some
    /// walker raises the alarm. Returns how many.
    ///
    /// The first step is taken in any case, so that a walker that was looked at can go on.
    #[inline]
    pub(crate) fn walk<L: Loss<D> + ?Sized>(
        &mut self,
        loss: &L,
        alpha: f64,
        alarm: Alarm,
        most: usize,
    ) -> usize {
        if alarm.flat < 0.0 {
            // No slope is that small, so none need be looked at. A gradient that is no number is found
            // out by the place that it leads to.
            self.walk_while(loss, alpha, most, |walkers| walkers.all_near(alarm.far))
        } else {
            self.walk_while(loss, alpha, most, |walkers| walkers.all_calm(alarm))
        }
    }

    #[inline(always)]
    fn walk_while<L: Loss<D> + ?Sized>(
        &mut self,
        loss: &L,
        alpha: f64,
        most: usize,
        go_on: impl Fn(&Self) -> bool,
    ) -> usize {
        let alpha = Lanes::splat(alpha);
        let mut walkers = *self;
        let mut done = 0;
        while done < most {
            walkers.at = array::from_fn(|i| walkers.at[i] - alpha * walkers.gradient[i]);
            walkers.gradient = loss.gradient_lanes(walkers.at);
            done += 1;
            if !go_on(&walkers) {
                break;
            }
        }
        *self = walkers;
        done
    }

    /// Which lanes raise the alarm: a bit for each, the first lane's lowest.
    #[inline]
    pub(crate) fn alarmed(&self, alarm: Alarm) -> u8 {
        let calm = self.calm(alarm).into_iter().rev();
        !calm.fold(0, |bits, mask| bits << 2 | mask.bits())
    }

    #[inline]
    fn all_calm(&self, alarm: Alarm) -> bool {
        self.calm(alarm).into_iter().reduce(Mask::and).is_some_and(Mask::all)
    }

    #[inline(always)]
    fn calm(&self, alarm: Alarm) -> [Mask; PAIRS] {
        let flat = Pair::from(alarm.flat);
        let near = self.near(alarm.far);
        array::from_fn(|pair| {
            let slope = squares(self.gradient.map(|axis| axis.pairs()[pair]));
            slope.above(flat).and(near[pair])
        })
    }

    #[inline]
    fn all_near(&self, far: f64) -> bool {
        self.near(far).into_iter().reduce(Mask::and).is_some_and(Mask::all)
    }

    #[inline(always)]
    fn near(&self, far: f64) -> [Mask; PAIRS] {
        let far = Pair::from(far);
        array::from_fn(|pair| squares(self.at.map(|axis| axis.pairs()[pair])).at_most(far))
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
    use crate::WIDTH;
    use crate::{Limit, Rule, descend, landscapes::Himmelblau};

    #[test]
    fn every_walker_goes_the_way_of_its_own_descent() {
        let starts: [[f64; 2]; WIDTH] =
            array::from_fn(|lane| [-4.0 + lane as f64, 4.5 - 1.1 * lane as f64]);
        let mut walkers = Walkers::default();
        for (lane, start) in starts.into_iter().enumerate() {
            walkers.put(lane, (start, Himmelblau.gradient(start)));
        }
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
        let mut walkers = Walkers::default();
        for lane in 0..WIDTH {
            let at = [3.0 + 0.01 * lane as f64, 2.0];
            walkers.put(lane, (at, Himmelblau.gradient(at)));
        }
        // The first stands on a minimizer.
        let alarm = Alarm { flat: 1e-12, far: 1e12 };
        assert_eq!(Himmelblau.walk(&mut walkers, 0.01, alarm, 50), 1);
    }
}
