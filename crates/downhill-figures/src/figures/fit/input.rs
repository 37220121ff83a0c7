//! Handles taps, drags and keys on the points, the line and the marble.

use downhill::MAX_POINTS;

use super::data_pane::Held;
use super::{CHART, DATA, Fit, LOSS};
use crate::descent::descent_1d::LARGEST_START;
use crate::draw::between;
use crate::framework::figure_kind::{Effect, FigureKind};

/// The distance moved by a key, as a fraction of the view.
const NUDGE: f64 = 0.02;

/// The reader's last action, to be announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Nothing,
    Chosen,
    Moved,
    Added,
    Removed(usize),
    /// The last point cannot be removed.
    Last,
    /// There is no room for more points.
    Full,
    /// The run starts at other parameters.
    Stands,
}

impl Fit {
    /// A tap on the data selects a point or adds one.
    pub(super) fn tap_pane(&mut self, pane: usize, x_px: f64, y_px: f64) -> Effect {
        if pane != DATA {
            return Effect::None;
        }
        if let Some(index) = self.data_pane.touched(&self.data, (x_px, y_px)) {
            return self.choose_point(index);
        }
        let mut points = self.data.points().to_vec();
        if points.len() >= MAX_POINTS {
            self.told = Told::Full;
            return Effect::Overlay;
        }
        points.push(self.data_pane.world(x_px, y_px));
        self.chosen = Some(points.len() - 1);
        self.take(points, Told::Added)
    }

    /// Starts dragging what is under the pointer, if anything.
    pub(super) fn press_pane(&mut self, pane: usize, x_px: f64, y_px: f64) -> bool {
        let line = self.course.iterate(self.k).x;
        self.held = match pane {
            DATA => self.data_pane.grip(&self.data, line, self.has_b(), (x_px, y_px)),
            LOSS => self
                .loss_pane
                .touches(&self.valley, self.has_b(), line, (x_px, y_px))
                .then_some(Held::Marble),
            _ => None,
        };
        if let Some(Held::Point(index)) = self.held {
            self.chosen = Some(index);
        }
        self.held.is_some()
    }

    /// Moves what is dragged to the pointer.
    pub(super) fn drag_to(&mut self, x_px: f64, y_px: f64) -> Effect {
        let Some(held) = self.held else { return Effect::None };
        let line = self.course.iterate(self.k).x;
        match held {
            Held::Point(index) => {
                let to = self.data_pane.world(x_px, y_px);
                self.move_point(index, to, Told::Moved)
            }
            Held::Marble => {
                let to = self.loss_pane.world(self.has_b(), x_px, y_px);
                self.set_start(to)
            }
            Held::End | Held::Middle => {
                match self.data_pane.dragged(held, line, self.has_b(), (x_px, y_px)) {
                    Some(to) => self.set_start(to),
                    None => Effect::Overlay,
                }
            }
        }
    }

    /// Ends the drag; what was dragged returns to the static layer.
    pub(super) fn release_drag(&mut self) -> Effect {
        self.held = None;
        if !std::mem::take(&mut self.lifted) {
            return Effect::None;
        }
        let _all = self.recompute();
        Effect::StaticLayers
    }

    /// Handles a key for the points, the line or the marble.
    pub(super) fn key_pressed(&mut self, pane: usize, key: &str) -> Effect {
        let listed = pane > CHART && self.lists_points();
        if pane == DATA || listed {
            let last = self.data.points().len() - 1;
            let next = |step: isize| match self.chosen {
                Some(index) => index.saturating_add_signed(step).min(last),
                None if step < 0 => last,
                None => 0,
            };
            let to = match key {
                "PageUp" => next(-1),
                "PageDown" => next(1),
                "ArrowUp" if listed => next(-1),
                "ArrowDown" if listed => next(1),
                "Home" if listed => 0,
                "End" if listed => last,
                "Delete" | "Backspace" => return self.remove(),
                _ => return self.nudge_point(key),
            };
            return self.choose_point(to);
        }
        match nudge(key) {
            Some([across, up]) if pane == LOSS => {
                let window = &self.loss_pane.window;
                let [w, b] = self.course.iterate(self.k).x;
                let w = w + NUDGE * across * (window.x[1] - window.x[0]);
                // On the curve there is only one direction.
                let b =
                    if self.has_b() { b + NUDGE * up * (window.y[1] - window.y[0]) } else { 0.0 };
                let frame = window.frame();
                let fine = crate::panes::curve::round_to;
                self.set_start([
                    fine(w, frame.x),
                    if self.has_b() { fine(b, frame.y) } else { 0.0 },
                ])
            }
            _ => Effect::None,
        }
    }

    /// Shift and an arrow key move the selected point.
    fn nudge_point(&mut self, key: &str) -> Effect {
        let (Some([across, up]), Some(index)) = (nudge(key), self.chosen) else {
            return Effect::None;
        };
        let Some(&[x, y]) = self.data.points().get(index) else { return Effect::None };
        let frame = self.data_pane.window.frame();
        let x = x + NUDGE * across * (frame.x.to - frame.x.from);
        let y = y + NUDGE * up * (frame.y.to - frame.y.from);
        let to =
            [crate::panes::curve::round_to(x, frame.x), crate::panes::curve::round_to(y, frame.y)];
        self.move_point(index, to, Told::Moved)
    }

    /// Handles a button.
    pub(super) fn run_action(&mut self, action: &str) -> Effect {
        match action {
            "remove" => self.remove(),
            "safeguard" => {
                self.safeguard = !self.safeguard;
                Effect::Spec
            }
            _ => Effect::None,
        }
    }

    /// Handles a row of the table.
    pub(super) fn choose_row(&mut self, row: u32) -> Effect {
        if self.lists_points() { self.choose_point(row as usize) } else { Effect::None }
    }

    /// Sets the start to the parameters of a line or a position.
    pub(super) fn set_start(&mut self, at: [f64; 2]) -> Effect {
        let bounded = at.map(|c| between(c, -LARGEST_START, LARGEST_START));
        self.start = [bounded[0], if self.has_b() { bounded[1] } else { 0.0 }];
        self.told = Told::Stands;
        Effect::Start
    }

    fn choose_point(&mut self, index: usize) -> Effect {
        if index >= self.data.points().len() {
            return Effect::None;
        }
        self.chosen = Some(index);
        self.told = Told::Chosen;
        Effect::Overlay
    }
}

/// The direction of an arrow key with Shift: across and up.
fn nudge(key: &str) -> Option<[f64; 2]> {
    match key {
        "Shift+ArrowLeft" => Some([-1.0, 0.0]),
        "Shift+ArrowRight" => Some([1.0, 0.0]),
        "Shift+ArrowUp" => Some([0.0, 1.0]),
        "Shift+ArrowDown" => Some([0.0, -1.0]),
        _ => None,
    }
}
