//! The part of the loss that its pane shows, and where parameters are on it.

use super::loss_surface::LossSurface;
use super::training_run::TrainingRun;
use super::window::{Window, round_out};
use crate::draw::Frame;
use crate::panes::curve::{round_to, within};

/// The radius within which a press grabs the marble, in CSS pixels.
const REACH_PX: f64 = 18.0;

/// The view extends beyond its content by this factor.
const MARGIN: f64 = 1.25;

/// The number of a run's first iterates that the view can grow to include.
const FOLLOWED: usize = 200;

/// The loss over its parameters in a window.
#[derive(Clone, Debug, Default)]
pub(crate) struct LossFrame {
    pub(crate) window: Window,
}

impl LossFrame {
    /// Fits the view to the minimizer, the start, and the first steps of a run that stays near
    /// them.
    pub(crate) fn fit_view(&mut self, valley: &LossSurface, line: bool, courses: &[&TrainingRun]) {
        let Some(first) = courses.first() else { return };
        let start = first.path()[0].x;
        let bottom = valley.minimizer.unwrap_or(start);
        let wide = libm::hypot(start[0] - bottom[0], (start[1] - bottom[1]) / valley.ratio());
        let size = if bottom[0].abs() > 0.0 { 0.5 * bottom[0].abs() } else { 1.0 };
        let wide = if wide > 0.1 * size { wide } else { size };
        let mut reach = [wide, 0.25 * wide * valley.ratio()];
        if line && (start[1] - bottom[1]).abs() > reach[1] {
            reach[1] = (start[1] - bottom[1]).abs();
        }
        // A diverging run is included for a step or two, any other for as long as it stays near.
        let most = reach.map(|reach| 2.0 * reach);
        for iterate in courses.iter().flat_map(|course| course.path().iter().take(FOLLOWED)) {
            for axis in 0..2 {
                let out = (iterate.x[axis] - bottom[axis]).abs();
                if out > reach[axis] && out <= most[axis] {
                    reach[axis] = out;
                }
            }
        }
        let span = |axis: usize| {
            let reach = MARGIN * reach[axis];
            round_out(bottom[axis] - reach, bottom[axis] + reach)
        };
        self.window.x = span(0);
        self.window.y = if line {
            span(1)
        } else {
            let highest = self.window.x.map(|w| valley.value(w, 0.0));
            let highest = if highest[0] > highest[1] { highest[0] } else { highest[1] };
            let lowest = valley.value(bottom[0], 0.0);
            let low = if lowest < 0.3 * highest { 0.0 } else { lowest };
            let [_, high] = round_out(low, highest);
            // Room for the mark below the minimum.
            [low - 0.05 * (high - low), high]
        };
    }

    /// Where parameters are drawn.
    pub(super) fn place(
        &self,
        frame: &Frame,
        valley: &LossSurface,
        line: bool,
        at: [f64; 2],
    ) -> (f64, f64) {
        within(frame.point_px(at[0], if line { at[1] } else { valley.value(at[0], 0.0) }))
    }

    /// The parameters under a point of the pane, with few digits and within the view.
    pub(crate) fn world(&self, line: bool, x_px: f64, y_px: f64) -> [f64; 2] {
        let frame = self.window.frame();
        let (w, b) = frame.world(x_px, y_px);
        let w = round_to(frame.x.nearest(w), frame.x);
        [w, if line { round_to(frame.y.nearest(b), frame.y) } else { 0.0 }]
    }

    /// Whether a press here grabs the marble.
    pub(crate) fn touches(
        &self,
        valley: &LossSurface,
        line: bool,
        at: [f64; 2],
        (x_px, y_px): (f64, f64),
    ) -> bool {
        let marble = self.place(&self.window.frame(), valley, line, at);
        libm::hypot(marble.0 - x_px, marble.1 - y_px) <= REACH_PX
    }
}
