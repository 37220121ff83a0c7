//! What of a race is drawn: the part of the landscape that it needs, the runners with their names, and their losses.

use super::{Race, USUAL_VIEW, autopsy};
use crate::draw::Mark;
use crate::exhibit::Moment;
use crate::labels::beside;
use crate::map::Walk;

/// The names of more runners than these would cover each other.
const MOST_NAMED: usize = 6;

impl Race {
    /// Shows the landscape's own view with the start in it, both axes to the same scale.
    pub(super) fn look(&mut self) {
        let known = self.contest.loss.landscape().map(|landscape| landscape.view);
        let mut view = known.unwrap_or(USUAL_VIEW);
        for (axis, at) in view.iter_mut().zip(self.contest.start) {
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

    /// The rows whose names are written beside their marbles: all of few, else the chosen one and those in front.
    fn named(&self, k: u32) -> Vec<usize> {
        let runners = self.contest.runners();
        // Who has left the domain of the loss is behind everybody.
        let loss = |row: usize| runners[row].loss(k).unwrap_or(f64::INFINITY);
        let ahead =
            |row: usize| (0..runners.len()).filter(|&other| loss(other) < loss(row)).count();
        let all = 0..runners.len();
        let few = runners.len() <= MOST_NAMED;
        all.filter(|&row| few || row == self.row_chosen() || ahead(row) < MOST_NAMED / 2).collect()
    }

    /// The runners' names beside these places, each with its row.
    fn labels(&self, places: &[(f64, f64, usize)], k: u32, corner_px: (f64, f64)) -> Vec<Mark> {
        let named = self.named(k);
        let places = places.iter().filter(|(.., row)| named.contains(row));
        let named = places.map(|&(x, y, row)| {
            let runner = &self.contest.runners()[row];
            ((x, y), runner.rule.title().to_owned(), runner.role())
        });
        beside(named.collect(), corner_px)
    }

    pub(super) fn map_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let contest = &self.contest;
        let known = contest.loss.landscape().map_or(&[][..], |landscape| landscape.minimizers);
        let mut marks = self.map.surveys(known);
        let frame = self.map.frame();
        let mut places = Vec::new();
        for (row, runner) in contest.runners().iter().enumerate() {
            let walk = Walk {
                run: row,
                iterates: &runner.trajectory.iterates,
                role: runner.role(),
                runs_away: runner.has_diverged(),
                faint: false,
            };
            marks.extend(self.map.walk(&walk, moment));
            let here = runner.iterate(moment.k).at;
            if frame.contains(here[0], here[1]) {
                let (x, y) = frame.point_px(here[0], here[1]);
                places.push((x, y, row));
            }
        }
        if let Some((_, step)) = contest.step(self.runner(), moment.k)
            && !moment.predicting
        {
            marks.extend(autopsy::marks(&self.map, &step));
        }
        marks.extend(self.labels(&places, moment.k, (frame.right_px(), frame.bottom_px())));
        if let Some((_, at)) = moment.cursor.filter(|(pane, _)| *pane == 0) {
            marks.extend(self.map.cross_hair(at, Some(&|x, y| contest.value(x, y)), moment.voice));
        }
        marks
    }

    pub(super) fn chart_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let mut marks = self.chart.marks(moment);
        let places = self.chart.heads(moment);
        let places: Vec<_> = places
            .into_iter()
            .enumerate()
            .filter_map(|(row, at)| at.map(|(x, y)| (x, y, row)))
            .collect();
        marks.extend(self.labels(&places, moment.k, self.chart.corner()));
        marks
    }
}
