//! What of the fit is drawn: points and line, the loss and its walkers, the chart of the losses.

use super::course::Course;
use super::ground::Walker;
use super::scatter::{Drawn, Held};
use super::{DATA, Fit, LOSS, PER, view};
use crate::draw::{Mark, Scene, between};
use crate::exhibit::{Moment, Place};
use crate::voice::Voice;

impl Fit {
    /// The part of the world that each pane shows.
    pub(super) fn look(&mut self) {
        self.scatter.look(&self.data);
        let courses: Vec<&Course> = std::iter::once(&self.course).chain(&self.other).collect();
        self.ground.look(&self.valley, self.model == 1, &courses);
    }

    /// What rests in a pane: axes, ground, points.
    pub(super) fn draw_still(&self, pane: usize, scene: &mut Scene, voice: &Voice) {
        let held = match self.held {
            Some(Held::Point(index)) => Some(index),
            _ => None,
        };
        match pane {
            DATA => self.scatter.still(scene, &self.data, held, voice),
            LOSS => self.ground.still(scene, &self.valley, self.has_b(), voice),
            _ => self.chart.still(scene, voice),
        }
    }

    /// What moves in a pane.
    pub(super) fn all_marks(&self, pane: usize, moment: &Moment<'_>) -> Vec<Mark> {
        match pane {
            DATA => self.data_marks(moment),
            LOSS => {
                let walkers = self.walkers(moment.position);
                self.ground.marks(&self.valley, self.has_b(), &walkers, moment)
            }
            _ => self.chart.marks(&self.chart_moment(moment)),
        }
    }

    /// What is at a place of a pane.
    pub(super) fn place_at(&self, pane: usize, x_px: f64, y_px: f64) -> Place {
        match pane {
            DATA => Place::Aside(self.scatter.world(x_px, y_px).to_vec()),
            LOSS => {
                let at = self.ground.world(self.has_b(), x_px, y_px);
                Place::Point { run: 0, at: at[..=self.model].to_vec() }
            }
            _ => {
                let k = self.chart.k_at(x_px, y_px);
                Place::Iteration(if PER[self.per] == "epoch" {
                    self.course.position_of(f64::from(k)) as u32
                } else {
                    k
                })
            }
        }
    }

    /// Where the cursor of a pane begins.
    pub(super) fn home_of(&self, pane: usize, k: u32) -> (f64, f64) {
        match pane {
            DATA => {
                let frame = self.scatter.window.frame();
                let middle =
                    (frame.left_px + frame.width_px / 2.0, frame.top_px + frame.height_px / 2.0);
                let point = self.chosen.and_then(|index| self.data.points().get(index));
                self.scatter.window.inside(point.map_or(middle, |&[x, y]| frame.point_px(x, y)))
            }
            LOSS => {
                let at = self.course.iterate(k as usize).at;
                self.ground.place_of(&self.valley, self.has_b(), at)
            }
            _ => self.chart.place_of(k),
        }
    }

    /// A run's position where the first one is at another.
    fn position_of(&self, other: &Course, position: f64) -> f64 {
        if PER[self.per] == "epoch" {
            other.position_of(self.course.epoch_at(position))
        } else {
            between(position, 0.0, other.last() as f64)
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

    fn data_marks(&self, moment: &Moment<'_>) -> Vec<Mark> {
        let walkers = self.walkers(moment.position);
        let line = |walker: &Walker<'_>| {
            let behind = libm::floor(walker.position);
            let (here, next) = (
                walker.course.iterate(behind as usize).at,
                walker.course.iterate(behind as usize + 1).at,
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
                batch: if index == 0 { self.course.batch(moment.k as usize) } else { &[] },
            })
            .collect();
        let chosen = self.chosen.or(self.lists_points().then_some(0));
        let mut marks = self.scatter.marks(&self.data, &drawn, chosen, self.has_b());
        if let Some((_, at)) = moment.cursor.filter(|(pane, _)| *pane == DATA)
            && self.held.is_none()
        {
            marks.extend(self.scatter.cross_hair(at, moment.voice));
        }
        marks
    }

    /// What the chart shows of a run.
    pub(super) fn losses(&self, course: &Course) -> Vec<f64> {
        if PER[self.per] == "epoch" {
            course.epochs.iter().map(|&k| course.iterate(k).loss).collect()
        } else {
            course.path.iter().map(|iterate| iterate.loss).collect()
        }
    }

    /// How many updates or epochs the chart has room for.
    pub(super) fn chart_steps(&self) -> u32 {
        if PER[self.per] == "epoch" {
            return self.epochs;
        }
        let runs = || self.other.iter().chain([&self.course]);
        let last = runs().map(Course::last).max().unwrap_or(0);
        let most = runs().map(|run| run.updates_in(self.epochs as usize)).max().unwrap_or(0);
        // Runs that end early leave the axis no longer than a round number.
        let round = libm::round(view::round_up(last.max(10) as f64)) as usize;
        most.min(round).max(last) as u32
    }

    /// The moment as the chart counts.
    fn chart_moment<'a>(&self, moment: &Moment<'a>) -> Moment<'a> {
        let position = if PER[self.per] == "epoch" {
            self.course.epoch_at(moment.position)
        } else {
            moment.position
        };
        Moment { position, ..*moment }
    }
}
