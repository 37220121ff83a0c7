//! What of a race is drawn: the part of the landscape that it needs, the runners with their names, and their losses.

use super::{Race, USUAL_VIEW, autopsy};
use crate::draw::{Align, Mark};
use crate::exhibit::Moment;
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
        let loss = |row: usize| runners[row].iterate(k).loss;
        let ahead =
            |row: usize| (0..runners.len()).filter(|&other| loss(other) < loss(row)).count();
        let all = 0..runners.len();
        let few = runners.len() <= MOST_NAMED;
        all.filter(|&row| few || row == self.row_chosen() || ahead(row) < MOST_NAMED / 2).collect()
    }

    /// Names beside what they name, one below the other where they would cover each other.
    fn labels(
        &self,
        mut places: Vec<(f64, f64, usize)>,
        k: u32,
        right_px: f64,
        bottom_px: f64,
    ) -> Vec<Mark> {
        const APART_PX: f64 = 14.0;
        let named = self.named(k);
        places.retain(|(.., row)| named.contains(row));
        let mut marks = Vec::new();
        let mut taken: Vec<(f64, f64)> = Vec::new();
        // From the top down.
        while let Some(next) =
            (0..places.len()).min_by(|a, b| places[*a].1.total_cmp(&places[*b].1))
        {
            let (x, y, row) = places.remove(next);
            let runner = &self.contest.runners()[row];
            let width = 8.0 * runner.rule.title().chars().count() as f64;
            let align = if x + width + 12.0 > right_px { Align::End } else { Align::Start };
            let left = if align == Align::End { x - 10.0 - width } else { x + 10.0 };
            let mut at = y;
            for &(other_left, other) in &taken {
                if (other_left - left).abs() < 90.0 && at < other + APART_PX {
                    at = other + APART_PX;
                }
            }
            taken.push((left, at));
            let x = if align == Align::End { x - 10.0 } else { x + 10.0 };
            if at < bottom_px {
                let text = runner.rule.title().to_owned();
                marks.push(Mark::Label { at: (x, at), text, role: runner.role(), align });
            }
        }
        marks
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
        marks.extend(self.labels(places, moment.k, frame.right_px(), frame.bottom_px()));
        if let Some((_, at)) = moment.cursor.filter(|(pane, _)| *pane == 0) {
            marks.extend(self.map.cross_hair(at, Some(&|x, y| contest.value(x, y)), moment.voice));
        }
        marks
    }

    pub(super) fn chart_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let mut marks = self.chart.marks(moment);
        let (right_px, bottom_px) = self.chart.corner();
        let places = self.chart.heads(moment);
        let places = places.into_iter().enumerate().map(|(row, (x, y))| (x, y, row)).collect();
        marks.extend(self.labels(places, moment.k, right_px, bottom_px));
        marks
    }
}
