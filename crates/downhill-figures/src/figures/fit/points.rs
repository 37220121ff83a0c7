//! The points of the fit: those of a source, or the reader's own, which any edit turns them into.

use downhill::Dataset;

use super::Fit;
use super::choices::Source;
use super::input::Told;
use super::pasted_points::PastedPoints;
use crate::draw::between;
use crate::framework::figure_kind::{FigureKind, Update};
use crate::framework::view_state::ViewState;

/// The largest coordinate of a point.
pub(super) const LARGEST_COORDINATE: f64 = 1e12;

impl Fit {
    /// Sets the points of the source, if it changed.
    pub(super) fn choose_data(&mut self) {
        if self.pasted.points.is_none() && self.shown == Source::Own && self.source == Source::Own {
            // The field was cleared.
            (self.own, self.source) = (None, Source::Five);
        } else if self.pasted.points.is_some()
            && (self.shown != Source::Own || self.pasted.points != self.own)
        {
            (self.own, self.source) = (self.pasted.points.take(), Source::Own);
            self.home = None;
        }
        let data = match self.source {
            Source::Five => Dataset::five(),
            Source::Noisy => Dataset::noisy(self.seed, self.noise),
            // The previous points become the reader's own.
            Source::Own => self.own.clone().unwrap_or_else(|| self.data.clone()),
        };
        if data != self.data && self.held.is_none() {
            let count = data.points().len();
            self.chosen = self.chosen.filter(|&index| index < count);
        }
        if self.source != Source::Own && self.shown != self.source && self.held.is_none() {
            self.chosen = None;
        }
        self.data = data;
        let is_own = self.source == Source::Own;
        if is_own {
            self.own = Some(self.data.clone());
        }
        self.pasted.points = self.own.clone().filter(|_| is_own);
        self.shown = self.source;
    }

    /// Sets other points, as the reader's own.
    pub(super) fn take(&mut self, points: Vec<[f64; 2]>) -> Update {
        match Dataset::new(points) {
            Ok(data) => {
                self.pasted = PastedPoints { points: Some(data), reading: None };
                Update::spec(self.recompute())
            }
            Err(_) => Update::NONE,
        }
    }

    pub(super) fn move_point(&mut self, index: usize, to: [f64; 2]) -> Update {
        let mut points = self.data.points().to_vec();
        match points.get_mut(index) {
            Some(point) => {
                let home = self.home.filter(|(of, _)| *of == index).or(Some((index, *point)));
                *point = to.map(|c| between(c, -LARGEST_COORDINATE, LARGEST_COORDINATE));
                let update = self.take(points);
                self.home = home;
                update
            }
            None => Update::NONE,
        }
    }

    pub(super) fn remove(&mut self, view: &ViewState<'_>) -> Update {
        let Some(index) = self.chosen else { return Update::NONE };
        let mut points = self.data.points().to_vec();
        if points.len() == 1 {
            return Update::VIEW.saying(self.sentence(Told::Last, view));
        }
        if index < points.len() {
            points.remove(index);
        }
        self.chosen = Some(index.min(points.len() - 1));
        let update = self.take(points);
        self.say(update, Told::Removed(index), view)
    }
}
