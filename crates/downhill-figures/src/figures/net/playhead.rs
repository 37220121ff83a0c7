//! The network at the step that is shown, which a training that runs ahead no longer has.

use downhill::{Outcome, Training};

use super::output_map::{MapKey, OutputMap};
use super::plot::Plot;
use super::training_run::TrainingRun;

/// Steps taken to reach the shown one that are less work than copying the training.
const FEW_STEPS: usize = 16;

/// The network at the step that is shown, and its map.
#[derive(Debug, Default)]
pub(super) struct Playhead {
    /// The step that is shown.
    pub(super) k: u32,
    pub(super) is_playing: bool,
    training: Option<Training>,
    /// That of the run when its training was copied.
    generation: u32,
    /// The map that is shown, which may still be that of another step.
    pub(super) map: Option<OutputMap>,
    next: Option<OutputMap>,
}

impl Playhead {
    /// The step to be shown, if it has been computed; otherwise the last one.
    fn target(&self, run: &TrainingRun) -> usize {
        self.k.min(run.reached()) as usize
    }

    /// What the map of the shown step follows from.
    fn key(&self, run: &TrainingRun, plot: &Plot) -> Option<MapKey> {
        let frame = plot.frame();
        let has_size = frame.width_px >= 1.0 && frame.height_px >= 1.0;
        let training = run.training().filter(|_| has_size)?;
        let is_plane = training.network().inputs() == 2;
        let (generation, k) = (run.generation(), self.target(run));
        Some(MapKey { generation, k, frame, is_plane })
    }

    pub(super) fn is_working(&self, run: &TrainingRun, plot: &Plot) -> bool {
        let key = self.key(run, plot);
        key.is_some() && self.map.as_ref().map(|map| map.key) != key
    }

    /// The training at the shown step, if it is there.
    pub(super) fn training(&mut self, run: &TrainingRun) -> Option<&mut Training> {
        let is_there = self.weights(run).is_some();
        self.training.as_mut().filter(|_| is_there)
    }

    /// The weights at the shown step, if they are there.
    pub(super) fn weights(&self, run: &TrainingRun) -> Option<&[f64]> {
        let target = self.target(run);
        let is_there = self.generation == run.generation();
        let training = self.training.as_ref();
        training.filter(|training| is_there && training.k() == target).map(Training::weights)
    }

    /// Forgets the map of points that are no longer there.
    pub(super) fn clear(&mut self) {
        (self.training, self.map, self.next) = (None, None, None);
    }

    /// Takes a step towards the shown one, or computes a part of its map; returns the work done.
    pub(super) fn work(&mut self, run: &TrainingRun, plot: &Plot) -> f64 {
        let Some(key) = self.key(run, plot) else { return f64::INFINITY };
        if let Some(work) = self.approach(run) {
            return work;
        }
        let Some(training) = self.training.as_mut() else { return f64::INFINITY };
        let next = match self.next.take() {
            Some(next) if next.key == key => next,
            _ => OutputMap::new(key),
        };
        let next = self.next.insert(next);
        let cells = next.work(training) as f64;
        let points = training.samples().list().len() as f64;
        if next.is_done() {
            self.map = self.next.take();
        }
        // Values alone, without the way back.
        1.0 + 0.4 * run.step_work() * cells / points
    }

    /// Brings the training nearer to the shown step; `None` if it is there.
    fn approach(&mut self, run: &TrainingRun) -> Option<f64> {
        let target = self.target(run);
        let ahead = run.training()?;
        if self.generation != run.generation() {
            self.training = None;
        }
        let mut left = self.training.as_mut().map_or(usize::MAX, |own| own.go_back_to(target));
        if left > FEW_STEPS {
            let known = ahead.walk();
            // From where a training has diverged it cannot go on: its copy goes back too.
            let has_diverged = matches!(ahead.outcome(), Some(Outcome::Diverged { .. }));
            let usable = &known[..known.len() - usize::from(has_diverged)];
            let known = usable.iter().map(|known| known.k()).filter(|k| *k <= target).max();
            let best = target - known.unwrap_or(0);
            if self.training.is_none() || best.saturating_add(FEW_STEPS) < left {
                let mut copy = ahead.clone();
                left = copy.go_back_to(target);
                self.training = Some(copy);
                self.generation = run.generation();
            }
        }
        if left == 0 {
            return None;
        }
        let _taken = self.training.as_mut()?.step();
        Some(run.step_work())
    }
}
