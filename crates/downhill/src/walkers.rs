//! Plain descent from several starts at once.

use core::array;

use crate::lanes::{Lanes, WIDTH};
use crate::loss::Loss;

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

impl<const D: usize> Walkers<D> {
    /// The point in one lane and the gradient there.
    #[must_use]
    pub fn walker(&self, lane: usize) -> ([f64; D], [f64; D]) {
        (self.at.map(|axis| axis.0[lane]), self.gradient.map(|axis| axis.0[lane]))
    }

    /// Puts a point with its gradient into one lane.
    pub(crate) fn put(&mut self, lane: usize, (at, gradient): ([f64; D], [f64; D])) {
        for axis in 0..D {
            self.at[axis].0[lane] = at[axis];
            self.gradient[axis].0[lane] = gradient[axis];
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
        let alpha = Lanes::splat(alpha);
        let mut walkers = *self;
        let mut done = 0;
        while done < most {
            walkers.at = array::from_fn(|i| walkers.at[i] - alpha * walkers.gradient[i]);
            walkers.gradient = loss.gradient_lanes(walkers.at);
            done += 1;
            if walkers.alarms(alarm) {
                break;
            }
        }
        *self = walkers;
        done
    }

    #[inline]
    fn alarms(&self, alarm: Alarm) -> bool {
        let flat = squares(self.gradient);
        let far = squares(self.at);
        let mut calm = true;
        for lane in 0..WIDTH {
            calm &= (flat.0[lane] > alarm.flat) & (far.0[lane] <= alarm.far);
        }
        !calm
    }
}

/// ‖v‖² in every lane.
#[inline]
fn squares<const D: usize>(v: [Lanes; D]) -> Lanes {
    let mut sum = v[0] * v[0];
    for axis in &v[1..] {
        sum = sum + *axis * *axis;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
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
