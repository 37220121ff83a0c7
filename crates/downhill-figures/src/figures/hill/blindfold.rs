//! The blindfold: the reader walks by the local slope alone, choosing each step's direction and
//! length.

use downhill::{Iterate, Loss};

use super::height_field::HeightField;
use crate::text::numbers::to_decimals;

/// The rotation per key press, in degrees.
const TURN: f64 = 15.0;

/// The factor by which one key press lengthens a step.
const LONGER: f64 = 1.25;

/// A walker has arrived at this fraction of the loss at the start.
const GOAL: f64 = 0.01;

/// A walk by hand: the points visited, and the next step.
#[derive(Clone, Debug)]
pub(crate) struct Walk {
    pub(crate) iterates: Vec<Iterate<2>>,
    /// The direction of the next step in degrees, counter-clockwise from the x axis.
    pub(crate) heading: f64,
    /// Its length.
    pub(crate) stride: f64,
    /// Whether the blindfold has been taken off.
    pub(crate) revealed: bool,
    /// The starts of all marbles when it began.
    pub(crate) marbles: Vec<[f64; 2]>,
}

impl Walk {
    pub(crate) fn new(relief: &HeightField, start: [f64; 2], marbles: &[[f64; 2]]) -> Self {
        let [from, to] = relief.view[0];
        let stride = to_decimals(0.1 * (to - from), 2.0);
        let marbles = marbles.to_vec();
        let mut walk =
            Self { iterates: Vec::new(), heading: 0.0, stride, revealed: false, marbles };
        walk.arrive(relief, start);
        walk
    }

    fn arrive(&mut self, relief: &HeightField, at: [f64; 2]) {
        let at = relief.nearest(at);
        let (loss, gradient) = relief.surface().value_and_gradient(at);
        self.iterates.push(Iterate { x: at, loss, gradient });
    }

    /// The walker's current point.
    pub(crate) fn here(&self) -> Iterate<2> {
        let nowhere = Iterate { x: [0.0; 2], loss: f64::NAN, gradient: [0.0; 2] };
        self.iterates.last().copied().unwrap_or(nowhere)
    }

    /// How many steps were taken.
    pub(crate) fn steps(&self) -> usize {
        self.iterates.len().saturating_sub(1)
    }

    /// The loss at which the walker has arrived. `None` where a fraction of the first loss is no goal:
    /// it is not positive, or nowhere on the map the ground comes down to it.
    pub(crate) fn goal(&self, relief: &HeightField) -> Option<f64> {
        let goal = GOAL * self.iterates.first()?.loss;
        (goal > 0.0 && goal.is_finite() && relief.range.0 <= goal).then_some(goal)
    }

    /// Where the next step leads.
    pub(crate) fn ahead(&self) -> [f64; 2] {
        let angle = self.heading * std::f64::consts::PI / 180.0;
        let [x, y] = self.here().x;
        [x + self.stride * libm::cos(angle), y + self.stride * libm::sin(angle)]
    }

    /// The slope in the direction faced: the gradient's part along it.
    pub(crate) fn slope(&self) -> f64 {
        let angle = self.heading * std::f64::consts::PI / 180.0;
        let [dx, dy] = self.here().gradient;
        // Along a contour only rounding is left.
        let slope = dx * libm::cos(angle) + dy * libm::sin(angle);
        let steepest = (dx * dx + dy * dy).sqrt();
        if slope.abs() < 1e-12 * steepest { 0.0 } else { slope }
    }

    /// Turns by a number of key presses; positive is to the left.
    pub(crate) fn turn(&mut self, presses: f64) {
        let turned = self.heading + TURN * presses;
        self.heading = turned - 360.0 * f64::floor(turned / 360.0);
    }

    /// Lengthens the next step by a number of key presses; negative shortens it.
    pub(crate) fn lengthen(&mut self, presses: f64) {
        let stride = self.stride * libm::pow(LONGER, presses);
        let decimals = 2.0 - f64::floor(libm::log10(stride));
        self.stride = to_decimals(stride, decimals).clamp(1e-6, 1e6);
    }

    /// Takes the step.
    pub(crate) fn step(&mut self, relief: &HeightField) {
        // No walk by hand gets this long; the limit is for scripts.
        if self.iterates.len() < 10_000 {
            self.arrive(relief, self.ahead());
        }
    }

    /// Turns towards a point and steps there.
    pub(crate) fn step_to(&mut self, relief: &HeightField, to: [f64; 2]) {
        let [x, y] = self.here().x;
        let (dx, dy) = (to[0] - x, to[1] - y);
        let length = (dx * dx + dy * dy).sqrt();
        if length > 0.0 && length.is_finite() && self.iterates.len() < 10_000 {
            let heading = libm::atan2(dy, dx) * 180.0 / std::f64::consts::PI;
            self.heading = libm::round(heading);
            self.turn(0.0);
            self.stride = length;
            self.lengthen(0.0);
            self.arrive(relief, to);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use downhill::NamedLoss;

    #[test]
    fn a_step_goes_where_the_walker_faces() {
        let relief = HeightField::new(&NamedLoss::<2>::named("bowl").expect("the bowl"));
        let mut walk = Walk::new(&relief, [3.0, 4.0], &[]);
        assert_eq!((walk.here().loss, walk.here().gradient), (25.0, [6.0, 8.0]));
        assert!((walk.slope() - 6.0).abs() < 1e-12, "uphill along x");
        walk.turn(-6.0);
        assert_eq!(walk.heading, 270.0);
        assert!((walk.slope() + 8.0).abs() < 1e-12, "downhill against y");
        walk.step(&relief);
        let [x, y] = walk.here().x;
        assert!((x - 3.0).abs() < 1e-12 && (y - 3.0).abs() < 1e-12 && walk.steps() == 1);
        walk.step_to(&relief, [0.0, 0.0]);
        assert_eq!((walk.here().loss, walk.steps(), walk.heading), (0.0, 2, 225.0));
        walk.lengthen(1000.0);
        walk.step(&relief);
        assert!(relief.shows(walk.here().x), "the walker stays on the ground that is shown");
    }
}
