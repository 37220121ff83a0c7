//! What of the lab is drawn in motion: the present run, those kept beside it, and their points on the sweep.

use super::{Lab, SWEEP};
use crate::draw::{Mark, Role};
use crate::exhibit::Moment;
use crate::labels::beside;
use crate::line::LineDescent;

impl Lab {
    /// The moment of the present run, which a longer kept one may outlast.
    pub(super) fn own<'a>(&self, moment: &Moment<'a>) -> Moment<'a> {
        let last = self.descent.last();
        let (late, k) = (moment.k > last, moment.k.min(last));
        let position = if late || moment.position > f64::from(last) {
            f64::from(last)
        } else {
            moment.position
        };
        Moment { k, position, ..*moment }
    }

    pub(super) fn chart_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let mut marks = self.chart.marks_and_stop(self.descent.outcome(), moment);
        if !self.shelf.runs().is_empty() {
            // The chart has the kept ones first, so that the present one lies above them.
            let mut names = self.names(moment.voice);
            names.rotate_left(1);
            let mut roles: Vec<Role> = self.descents().map(|(_, role)| role).collect();
            roles.rotate_left(1);
            let heads = self.chart.heads(moment).into_iter().zip(names).zip(roles);
            let places = heads.filter_map(|((at, name), role)| Some((at?, name, role))).collect();
            marks.extend(beside(places, self.chart.corner()));
        }
        marks
    }

    pub(super) fn curve_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let mut marks = Vec::new();
        if !moment.predicting {
            marks.push(self.curve.ahead(&self.descent));
        }
        for kept in self.shelf.runs() {
            if kept.descent.loss().text() == self.descent.loss().text() {
                let iterates = kept.descent.iterates();
                marks.push(self.curve.trail(&self.descent, iterates, kept.role(), moment.k));
            }
        }
        marks.extend(self.curve.marks(&self.descent, &self.own(moment)));
        marks
    }

    pub(super) fn sweep_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let same = |descent: &LineDescent| {
            descent.loss().text() == self.descent.loss().text()
                && descent.start() == self.descent.start()
                && descent.tol == self.descent.tol
        };
        let kept = self.shelf.runs().iter().filter(|kept| same(&kept.descent));
        let kept: Vec<_> = kept.map(|kept| (kept.point, kept.role())).collect();
        let cursor = moment.cursor.filter(|(pane, _)| *pane == SWEEP).map(|(_, at)| at);
        self.valley.marks((&self.point, self.descent.steps()), &kept, cursor, moment.voice)
    }
}
