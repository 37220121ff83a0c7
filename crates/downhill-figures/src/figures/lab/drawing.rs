//! The overlays of the lab: the current run, the saved runs, and their points on the sweep.

use super::{Lab, SWEEP};
use crate::descent::descent_1d::Descent1d;
use crate::draw::{ColorRole, OverlayShape};
use crate::framework::figure_kind::ViewState;
use crate::panes::labels::beside;

impl Lab {
    /// The view state of the current run, which a saved one may outlast.
    pub(super) fn own<'a>(&self, view: &ViewState<'a>) -> ViewState<'a> {
        let last = self.descent.last();
        let (late, k) = (view.k > last, view.k.min(last));
        let position =
            if late || view.position > f64::from(last) { f64::from(last) } else { view.position };
        ViewState { k, position, ..*view }
    }

    pub(super) fn chart_marks(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let mut marks = self.chart.marks_and_stop(self.descent.outcome(), view);
        if !self.saved_runs.runs().is_empty() {
            // The chart has the saved runs first, so that the current one is drawn on top of them.
            let mut names = self.names(view.locale);
            names.rotate_left(1);
            let mut roles: Vec<ColorRole> = self.descents().map(|(_, role)| role).collect();
            roles.rotate_left(1);
            let heads = self.chart.heads(view).into_iter().zip(names).zip(roles);
            let places = heads.filter_map(|((at, name), role)| Some((at?, name, role))).collect();
            marks.extend(beside(places, self.chart.corner()));
        }
        marks
    }

    pub(super) fn curve_marks(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let mut marks = Vec::new();
        if !view.predicting {
            marks.push(self.curve.ahead(&self.descent));
        }
        for kept in self.saved_runs.runs() {
            if kept.descent.loss().text() == self.descent.loss().text() {
                let iterates = kept.descent.iterates();
                marks.push(self.curve.trail(&self.descent, iterates, kept.role(), view.k));
            }
        }
        marks.extend(self.curve.marks(&self.descent, &self.own(view)));
        marks
    }

    pub(super) fn sweep_marks(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let same = |descent: &Descent1d| {
            descent.loss().text() == self.descent.loss().text()
                && descent.start() == self.descent.start()
                && descent.tol == self.descent.tol
        };
        let kept = self.saved_runs.runs().iter().filter(|kept| same(&kept.descent));
        let kept: Vec<_> = kept.map(|kept| (kept.point, kept.role())).collect();
        let cursor = view.cursor.filter(|(pane, _)| *pane == SWEEP).map(|(_, at)| at);
        self.sweep_pane.marks((&self.point, self.descent.steps()), &kept, cursor, view.locale)
    }
}
