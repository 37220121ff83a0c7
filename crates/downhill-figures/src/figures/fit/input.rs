//! Handles taps, drags and keys on the points, the line and the marble.

use downhill::MAX_POINTS;

use super::scatter::Held;
use super::{CHART, DATA, Fit, LOSS};
use crate::descent::descent_1d::LARGEST_START;
use crate::draw::between;
use crate::framework::figure_kind::{Change, FigureKind, Update};
use crate::framework::view_state::ViewState;

/// The distance moved by a key, as a fraction of the view.
const NUDGE: f64 = 0.02;

/// The reader's last action, to be announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
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
    pub(super) fn tap_data(&mut self, at_px: (f64, f64), view: &ViewState<'_>) -> Update {
        if let Some(index) = self.scatter.touched(&self.data, at_px) {
            return self.choose_point(index, view);
        }
        let mut points = self.data.points().to_vec();
        if points.len() >= MAX_POINTS {
            return Update::VIEW.saying(self.sentence(Told::Full, view));
        }
        points.push(self.scatter.world(at_px.0, at_px.1));
        self.chosen = Some(points.len() - 1);
        let update = self.take(points);
        self.say(update, Told::Added, view)
    }

    /// Starts dragging what is under the pointer, if anything.
    pub(super) fn press_pane(&mut self, pane: usize, at_px: (f64, f64), k: u32) -> Update {
        let line = self.course.iterate(k as usize).x;
        self.held = match pane {
            DATA => self.scatter.grip(&self.data, line, self.has_b(), at_px),
            LOSS => self
                .loss_frame
                .touches(&self.valley, self.has_b(), line, at_px)
                .then_some(Held::Marble),
            _ => None,
        };
        if let Some(Held::Point(index)) = self.held {
            self.chosen = Some(index);
        }
        if self.held.is_some() { Update::of(Change::Held) } else { Update::NONE }
    }

    /// Moves what is dragged to the pointer.
    pub(super) fn drag_to(&mut self, at_px: (f64, f64), k: u32) -> Update {
        let Some(held) = self.held else { return Update::NONE };
        let line = self.course.iterate(k as usize).x;
        match held {
            Held::Point(index) => self.move_point(index, self.scatter.pulled(at_px.0, at_px.1)),
            Held::Marble => self.start_from(self.loss_frame.world(self.has_b(), at_px.0, at_px.1)),
            Held::End | Held::Middle => {
                match self.scatter.dragged(held, line, self.has_b(), at_px) {
                    Some(to) => self.start_from(to),
                    None => Update::VIEW,
                }
            }
        }
    }

    /// Ends the drag; what was dragged returns to the static layer.
    pub(super) fn release_drag(&mut self, view: &ViewState<'_>) -> Update {
        let Some(held) = self.held.take() else { return Update::NONE };
        if !std::mem::take(&mut self.lifted) {
            return Update::NONE;
        }
        let _all = self.recompute();
        let told = if let Held::Point(_) = held { Told::Moved } else { Told::Stands };
        Update::all_layers().saying(self.sentence(told, view))
    }

    /// Handles a key for the points, the line or the marble.
    pub(super) fn key_pressed(&mut self, pane: usize, key: &str, view: &ViewState<'_>) -> Update {
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
                "Delete" | "Backspace" => return self.remove(view),
                _ => return self.nudge_point(key, view),
            };
            return self.choose_point(to, view);
        }
        match nudge(key) {
            Some([across, up]) if pane == LOSS => {
                let window = &self.loss_frame.window;
                let [w, b] = self.course.iterate(view.k as usize).x;
                let w = w + NUDGE * across * (window.x[1] - window.x[0]);
                // On the curve there is only one direction.
                let b =
                    if self.has_b() { b + NUDGE * up * (window.y[1] - window.y[0]) } else { 0.0 };
                let frame = window.frame();
                let fine = crate::panes::curve::round_to;
                let update = self.start_from([
                    fine(w, frame.x),
                    if self.has_b() { fine(b, frame.y) } else { 0.0 },
                ]);
                self.say(update, Told::Stands, &ViewState { k: 0, ..*view })
            }
            _ => Update::NONE,
        }
    }

    /// Shift and an arrow key move the selected point.
    fn nudge_point(&mut self, key: &str, view: &ViewState<'_>) -> Update {
        let (Some([across, up]), Some(index)) = (nudge(key), self.chosen) else {
            return Update::NONE;
        };
        let Some(&[x, y]) = self.data.points().get(index) else { return Update::NONE };
        let frame = self.scatter.window.frame();
        let x = x + NUDGE * across * (frame.x.to - frame.x.from);
        let y = y + NUDGE * up * (frame.y.to - frame.y.from);
        let to =
            [crate::panes::curve::round_to(x, frame.x), crate::panes::curve::round_to(y, frame.y)];
        let update = self.move_point(index, to);
        self.say(update, Told::Moved, view)
    }

    /// Sets the start to the parameters of a line or a position.
    pub(super) fn start_from(&mut self, at: [f64; 2]) -> Update {
        let bounded = at.map(|c| between(c, -LARGEST_START, LARGEST_START));
        self.start = [bounded[0], if self.has_b() { bounded[1] } else { 0.0 }];
        Update::start(self.recompute())
    }

    pub(super) fn choose_point(&mut self, index: usize, view: &ViewState<'_>) -> Update {
        if index >= self.data.points().len() {
            return Update::NONE;
        }
        self.chosen = Some(index);
        Update::VIEW.saying(self.sentence(Told::Chosen, view))
    }

    /// Says what was done, if it was.
    pub(super) fn say(&self, update: Update, told: Told, view: &ViewState<'_>) -> Update {
        if update.change == Change::None {
            return update;
        }
        update.saying(self.sentence(told, view))
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
