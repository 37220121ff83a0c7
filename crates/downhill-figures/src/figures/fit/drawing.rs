//! The drawings of the fit: points and line, the loss with its marbles, and the loss chart.

use super::choices::Per;
use super::data_pane::Drawn;
use super::loss_pane::Walker;
use super::training_run::TrainingRun;
use super::{DATA, Fit, window};
use crate::draw::{OverlayShape, between};
use crate::framework::figure_kind::ViewState;

impl Fit {
    /// Fits the view of each pane.
    pub(super) fn fit_view(&mut self) {
        self.data_pane.look(&self.data);
        let courses: Vec<&TrainingRun> = std::iter::once(&self.course).chain(&self.other).collect();
        self.loss_pane.fit_view(&self.valley, self.has_b(), &courses);
    }

    /// The position of another run when the first one is at `position`.
    fn position_of(&self, other: &TrainingRun, position: f64) -> f64 {
        match self.per {
            Per::Epoch => other.position_of(self.course.epoch_at(position)),
            Per::Update => between(position, 0.0, other.last() as f64),
        }
    }

    /// Both runs, the main one first, with their positions.
    pub(super) fn walkers(&self, position: f64) -> Vec<Walker<'_>> {
        let first = between(position, 0.0, self.course.last() as f64);
        let mut all = vec![Walker { course: &self.course, position: first }];
        let other = self.other.iter();
        all.extend(
            other.map(|course| Walker { course, position: self.position_of(course, position) }),
        );
        all
    }

    pub(super) fn data_marks(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let walkers = self.walkers(view.position);
        let line = |walker: &Walker<'_>| {
            let behind = libm::floor(walker.position);
            let (here, next) = (
                walker.course.iterate(behind as usize).x,
                walker.course.iterate(behind as usize + 1).x,
            );
            let share = walker.position - behind;
            std::array::from_fn(|i| here[i] + share * (next[i] - here[i]))
        };
        let drawn: Vec<Drawn<'_>> = walkers
            .iter()
            .enumerate()
            .map(|(index, walker)| Drawn {
                at: line(walker),
                role: walker.course.role(),
                batch: if index == 0 { self.course.batch(view.k as usize) } else { &[] },
            })
            .collect();
        let chosen = self.chosen.or(self.lists_points().then_some(0));
        let mut marks = self.data_pane.marks(&self.data, &drawn, chosen, self.has_b());
        if let Some((_, at)) = view.cursor.filter(|(pane, _)| *pane == DATA)
            && self.held.is_none()
        {
            marks.extend(self.data_pane.cross_hair(at, view.locale));
        }
        marks
    }

    /// The losses of a run as charted.
    pub(super) fn losses(&self, course: &TrainingRun) -> Vec<f64> {
        match self.per {
            Per::Epoch => course.epochs.iter().map(|&k| course.iterate(k).loss).collect(),
            Per::Update => course.path.iter().map(|iterate| iterate.loss).collect(),
        }
    }

    /// The number of updates or epochs that the chart has room for.
    pub(super) fn chart_steps(&self) -> u32 {
        if self.per == Per::Epoch {
            return self.epochs;
        }
        let runs = || self.other.iter().chain([&self.course]);
        let last = runs().map(TrainingRun::last).max().unwrap_or(0);
        let most = runs().map(|run| run.updates_in(self.epochs as usize)).max().unwrap_or(0);
        // If runs end early, the axis ends at a round number.
        let round = libm::round(window::round_up(last.max(10) as f64)) as usize;
        most.min(round).max(last) as u32
    }

    /// The view state in the units of the chart.
    pub(super) fn chart_moment<'a>(&self, view: &ViewState<'a>) -> ViewState<'a> {
        let position = match self.per {
            Per::Epoch => self.course.epoch_at(view.position),
            Per::Update => view.position,
        };
        ViewState { position, ..*view }
    }
}
