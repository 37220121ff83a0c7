//! How a figure responds to the pointer and to keys on its panes.

use super::Figure;
use crate::draw::{OverlayShape, between};
use crate::framework::declaration::Keys;
use crate::framework::figure_kind::{Change, FigureInput};
use crate::framework::input::Changes;
use crate::framework::pane_view::Place;
use crate::framework::prediction::Guess;
use crate::framework::view_state::ViewState;

/// A cross-hair moves by this many CSS pixels per key press.
const NUDGE_PX: f64 = 8.0;

impl Figure {
    pub(super) fn place(&self, pane: usize, x_px: f64, y_px: f64) -> Place {
        self.pane(pane).map_or(Place::None, |pane| pane.place(x_px, y_px))
    }

    pub(super) fn tap(&mut self, pane: usize, x_px: f64, y_px: f64, changes: &mut Changes) {
        changes.handled = true;
        if self.pass_on(FigureInput::Tap(pane, x_px, y_px), changes) {
            return;
        }
        match self.place(pane, x_px, y_px) {
            Place::Iteration(k) => {
                self.playback.pause();
                self.seek(k, changes);
                self.point(Some((pane, (x_px, y_px))), changes);
            }
            Place::Point { run, at } if self.prediction.is_active() => {
                self.playback.pause();
                let place: Vec<String> = at.iter().map(|&x| self.locale.short(x)).collect();
                changes.announcement =
                    Some(self.locale.format("said-guess", &[("at", &*place.join(", "))]));
                self.prediction.mark(Guess { run, at });
                changes.mark_view();
            }
            Place::Point { at, .. } => self.drop_at(&at, changes),
            Place::Custom(_) => {}
            Place::None => changes.announcement = Some(self.locale.get("said-nowhere")),
        }
    }

    pub(super) fn drag(&mut self, pane: usize, x_px: f64, y_px: f64, changes: &mut Changes) {
        if self.pass_on(FigureInput::Drag(pane, x_px, y_px), changes) {
            // A cross-hair would stay behind at the place of the press.
            if self.cursor.is_some() {
                self.point(None, changes);
            }
            return;
        }
        if let Place::Iteration(k) = self.place(pane, x_px, y_px) {
            self.seek(k, changes);
            // A finger does not hover: where it drags, the values are shown too.
            self.point(Some((pane, (x_px, y_px))), changes);
            changes.handled = true;
        }
    }

    pub(super) fn point(&mut self, cursor: Option<(usize, (f64, f64))>, changes: &mut Changes) {
        changes.overlay = self.cursor != cursor;
        self.cursor = cursor;
        if changes.overlay && self.update(FigureInput::Hover(cursor)).change == Change::View {
            changes.mark_view();
        }
    }

    pub(super) fn key(&mut self, pane: usize, key: &str, changes: &mut Changes) {
        if self.pass_on(FigureInput::Key(pane, key), changes) {
            return;
        }
        let panes = self.kind.declare(&self.view_state()).panes;
        if panes.get(pane).is_some_and(|pane| pane.keys == Keys::Place) {
            self.place_key(pane, key, changes);
        } else {
            self.scrub_key(key, changes);
        }
    }

    /// Arrow keys move the cross-hair; Enter or Space places.
    pub(super) fn place_key(&mut self, pane: usize, key: &str, changes: &mut Changes) {
        let present = match self.cursor {
            Some((on, at)) if on == pane => at,
            _ => match self.pane(pane) {
                Some(pane) => pane.cross_hair_start(self.playback.k()),
                None => return,
            },
        };
        let (dx, dy) = match key {
            "ArrowLeft" => (-NUDGE_PX, 0.0),
            "ArrowRight" => (NUDGE_PX, 0.0),
            "ArrowUp" => (0.0, -NUDGE_PX),
            "ArrowDown" => (0.0, NUDGE_PX),
            "Enter" | " " => return self.tap(pane, present.0, present.1, changes),
            "Escape" => {
                changes.handled = self.cursor.is_some();
                return self.point(None, changes);
            }
            _ => return,
        };
        let (width, height) = self.sizes_px[pane];
        let moved = (between(present.0 + dx, 0.0, width), between(present.1 + dy, 0.0, height));
        changes.handled = true;
        self.point(Some((pane, moved)), changes);
        let place = self.place(pane, moved.0, moved.1);
        if let Place::Point { at, .. } | Place::Custom(at) = place {
            let place = || at.iter().map(|&x| self.locale.short(x)).collect::<Vec<_>>().join(", ");
            changes.announcement = Some(self.at_cross_hair(pane).unwrap_or_else(place));
        }
    }

    /// What stands beside the cross-hair, such as the loss there: the label that is drawn only for its sake.
    fn at_cross_hair(&self, pane: usize) -> Option<String> {
        let pane = self.pane(pane)?;
        let view = self.view_state();
        let bare = pane.overlay(&ViewState { cursor: None, ..view });
        pane.overlay(&self.view_state()).into_iter().find_map(|shape| match shape {
            OverlayShape::Label { text, .. } => {
                let drawn_anyway = bare
                    .iter()
                    .any(|other| matches!(other, OverlayShape::Label { text: known, .. } if *known == text));
                (!drawn_anyway).then_some(text)
            }
            _ => None,
        })
    }

    /// Arrow keys, Page Up and Down, Home and End move along the iterations.
    pub(super) fn scrub_key(&mut self, key: &str, changes: &mut Changes) {
        let (k, last) = (self.playback.k(), self.kind.facts().last);
        let target = match key {
            "ArrowLeft" | "ArrowUp" => k.saturating_sub(1),
            "ArrowRight" | "ArrowDown" => k.saturating_add(1),
            "PageUp" => k.saturating_sub(10),
            "PageDown" => k.saturating_add(10),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        changes.handled = true;
        self.playback.pause();
        self.seek(target, changes);
        changes.announcement = Some(self.kind.progress_sentence(&self.view_state()));
    }
}
