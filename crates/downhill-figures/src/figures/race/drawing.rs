//! The drawings of the race: the view, the names beside the marbles, and the loss chart.

use super::{Race, step_breakdown};
use crate::draw::OverlayShape;
use crate::framework::figure_kind::ViewState;
use crate::panes::contour_map::{Walk, view_of};
use crate::panes::labels::beside;

/// With more rules than this, their names would cover each other.
const MOST_NAMED: usize = 6;

impl Race {
    /// Shows the landscape's own view extended to the start, with equal scales on both axes.
    pub(super) fn fit_view(&mut self) {
        let mut view = view_of(&self.model.loss);
        for (axis, at) in view.iter_mut().zip(self.model.start) {
            let margin = 0.04 * (axis[1] - axis[0]);
            if at - margin < axis[0] {
                axis[0] = at - margin;
            }
            if at + margin > axis[1] {
                axis[1] = at + margin;
            }
        }
        let [width, height] = view.map(|[low, high]| high - low);
        let frame = self.map.frame();
        let ratio = crate::draw::between(frame.height_px / frame.width_px, 0.2, 5.0);
        let wanted = if height / width < ratio { (1, width * ratio) } else { (0, height / ratio) };
        let axis = &mut view[wanted.0];
        let more = (wanted.1 - (axis[1] - axis[0])) / 2.0;
        *axis = [axis[0] - more, axis[1] + more];
        self.map.view = view;
    }

    /// The rows whose names are shown beside their marbles: all if there are few, else the selected
    /// one and the leaders.
    fn named(&self, k: u32) -> Vec<usize> {
        let runners = self.model.runners();
        // Runs that left the domain come last.
        let loss = |row: usize| runners[row].loss(k).unwrap_or(f64::INFINITY);
        let ahead =
            |row: usize| (0..runners.len()).filter(|&other| loss(other) < loss(row)).count();
        let all = 0..runners.len();
        let few = runners.len() <= MOST_NAMED;
        all.filter(|&row| few || row == self.row_chosen() || ahead(row) < MOST_NAMED / 2).collect()
    }

    /// The names of the rules beside these points, each with its row.
    fn labels(
        &self,
        places: &[(f64, f64, usize)],
        k: u32,
        corner_px: (f64, f64),
    ) -> Vec<OverlayShape> {
        let named = self.named(k);
        let places = places.iter().filter(|(.., row)| named.contains(row));
        let named = places.map(|&(x, y, row)| {
            let runner = &self.model.runners()[row];
            ((x, y), runner.rule.title().to_owned(), runner.role())
        });
        beside(named.collect(), corner_px)
    }

    pub(super) fn map_marks(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let model = &self.model;
        let known = model.loss.landscape().map_or(&[][..], |landscape| landscape.minimizers);
        let mut marks = self.map.minimizer_marks(known);
        let frame = self.map.frame();
        let mut places = Vec::new();
        for (row, runner) in model.runners().iter().enumerate() {
            let walk = Walk {
                run: row,
                iterates: &runner.trajectory.iterates,
                role: runner.role(),
                runs_away: runner.has_diverged(),
                faint: false,
            };
            marks.extend(self.map.walk(&walk, view));
            let here = runner.iterate(view.k).x;
            if frame.contains(here[0], here[1]) {
                let (x, y) = frame.point_px(here[0], here[1]);
                places.push((x, y, row));
            }
        }
        if let Some((_, step)) = model.step(self.runner(), view.k)
            && !view.predicting
        {
            marks.extend(step_breakdown::marks(&self.map, &step));
        }
        marks.extend(self.labels(&places, view.k, (frame.right_px(), frame.bottom_px())));
        if let Some((_, at)) = view.cursor.filter(|(pane, _)| *pane == 0) {
            marks.extend(self.map.cross_hair(at, Some(&|x, y| model.value(x, y)), view.locale));
        }
        marks
    }

    pub(super) fn chart_marks(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let mut marks = self.chart.marks(view);
        let places = self.chart.heads(view);
        let places: Vec<_> = places
            .into_iter()
            .enumerate()
            .filter_map(|(row, at)| at.map(|(x, y)| (x, y, row)))
            .collect();
        marks.extend(self.labels(&places, view.k, self.chart.corner()));
        marks
    }
}
