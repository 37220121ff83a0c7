//! The part of the plane that is shown with the points.

use downhill::{Sample, Samples};

use crate::draw::{Axis, Frame};

/// Margins for tick labels, and on the other sides, in CSS pixels.
const LEFT_PX: f64 = 30.0;
const BOTTOM_PX: f64 = 22.0;
const EDGE_PX: f64 = 6.0;

/// Room around the points, as a fraction of their extent.
const ROOM: f64 = 0.12;

/// The pane of the points, with what is shown of the world.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Plot {
    pub(super) width_px: f64,
    pub(super) height_px: f64,
    /// The extent of the points.
    bounds: [[f64; 2]; 2],
    /// Whether both axes have the same scale.
    is_plane: bool,
}

impl Plot {
    /// Shows other points; returns whether that changes the axes.
    pub(super) fn fit(&mut self, all: &[&Samples], own: &[Sample], is_plane: bool) -> bool {
        let before = *self;
        let mut bounds = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
        let mut include = |sample: &Sample| {
            let y = if is_plane { sample.x[1] } else { sample.target };
            for ([low, high], value) in bounds.iter_mut().zip([sample.x[0], y]) {
                *low = if value < *low { value } else { *low };
                *high = if value > *high { value } else { *high };
            }
        };
        if all.is_empty() {
            own.iter().for_each(&mut include);
        }
        all.iter().for_each(|samples| samples.list().iter().for_each(&mut include));
        for [low, high] in &mut bounds {
            if *low >= *high || !(*low).is_finite() {
                let middle = if low.is_finite() { *low } else { 0.0 };
                (*low, *high) = (middle - 1.0, middle + 1.0);
            }
            let room = ROOM * (*high - *low);
            (*low, *high) = (*low - room, *high + room);
        }
        (self.bounds, self.is_plane) = (bounds, is_plane);
        before != *self
    }

    pub(super) fn frame(&self) -> Frame {
        let width_px = self.width_px - LEFT_PX - EDGE_PX;
        let height_px = self.height_px - BOTTOM_PX - EDGE_PX;
        let [mut x, mut y] = self.bounds;
        if self.is_plane && width_px > 0.0 && height_px > 0.0 {
            // Circles are round.
            let scale = |[low, high]: [f64; 2], px: f64| (high - low) / px;
            let (across, up) = (scale(x, width_px), scale(y, height_px));
            let widen = |[low, high]: [f64; 2], length: f64| {
                let more = 0.5 * (length - (high - low));
                [low - more, high + more]
            };
            if across > up {
                y = widen(y, across * height_px);
            } else {
                x = widen(x, up * width_px);
            }
        }
        Frame {
            left_px: LEFT_PX,
            top_px: EDGE_PX,
            width_px,
            height_px,
            x: Axis::linear(x[0], x[1]),
            y: Axis::linear(y[0], y[1]),
        }
    }
}
