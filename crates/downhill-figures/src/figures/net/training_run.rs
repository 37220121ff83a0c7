//! A training in slices, with a measurement at regular steps.

use downhill::{Measure, Outcome, SharpnessSearch, Split, Training};

use super::settings::Settings;

/// The accuracy of λ: its residual, as a part of it. That of `downhill train`, so that both say the same.
pub(super) const TOLERANCE: f64 = 1e-5;

/// The work of a step up to which the start is measured at once.
const AT_ONCE: f64 = 200.0;

/// The products of the Hessian in one slice of a search for λ.
const PRODUCTS: usize = 3;

/// From this work on a step is so long that a slice has one product alone.
const LARGE: f64 = 300.0;

/// A training with its measurements so far.
#[derive(Clone, Debug, Default)]
pub(super) struct TrainingRun {
    /// None if there are no points to train on.
    training: Option<Training>,
    rows: Vec<Measure>,
    search: Option<SharpnessSearch>,
    settings: Settings,
    /// Another number whenever steps taken before are no longer those of this run.
    generation: u32,
    /// Another number whenever the network or its points are others, and so the hill.
    landscape: u32,
    /// The work of a step.
    step_work: f64,
}

impl TrainingRun {
    /// Changes the settings, keeping the steps that are the same under them. Returns whether anything
    /// changed.
    pub(super) fn set(&mut self, settings: &Settings, split: &dyn Fn() -> Option<Split>) -> bool {
        if self.training.is_some() && self.settings == *settings {
            return false;
        }
        let goes_on = self.training.is_some() && settings.goes_on_from(&self.settings);
        let steps = self.settings.steps;
        self.settings = settings.clone();
        match &mut self.training {
            Some(training) if goes_on => {
                let (k, spoiled) = (training.k(), diverged(training));
                training.set_alpha(settings.alpha, settings.changes);
                if settings.steps != steps {
                    // The last measurement may not be one of the regular ones any more.
                    let end = k.min(settings.steps as usize);
                    training.go_back_to(end.saturating_sub(1));
                    training.set_steps(settings.steps as usize);
                }
                if training.k() < k || spoiled && !diverged(training) {
                    let k = training.k();
                    self.rows.retain(|row| row.k < k);
                    self.search = None;
                    self.generation = self.generation.wrapping_add(1);
                }
                for row in &mut self.rows {
                    row.bound = training.config().bound_at(row.k);
                }
            }
            _ => {
                self.rows.clear();
                self.search = None;
                self.generation = self.generation.wrapping_add(1);
                self.landscape = self.landscape.wrapping_add(1);
                self.training = split().and_then(|split| settings.training(split));
                self.step_work = self.training.as_ref().map_or(0.0, work_of_step);
            }
        }
        // What is said of the start is there from the beginning, and moves nothing when it comes.
        while self.rows.is_empty() && self.is_working() && self.step_work < AT_ONCE {
            self.work();
        }
        true
    }

    /// The measurements so far, in order.
    pub(super) fn rows(&self) -> &[Measure] {
        &self.rows
    }

    /// The last measurement up to step `k`.
    pub(super) fn row_at(&self, k: u32) -> Option<&Measure> {
        self.rows[..self.count_to(k)].last()
    }

    /// The number of measurements up to step `k`.
    pub(super) fn count_to(&self, k: u32) -> usize {
        self.rows.partition_point(|row| row.k <= k as usize)
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(super) fn training(&self) -> Option<&Training> {
        self.training.as_ref()
    }

    pub(super) fn generation(&self) -> u32 {
        self.generation
    }

    pub(super) fn landscape(&self) -> u32 {
        self.landscape
    }

    /// The bound of the sharpness at step `k`.
    pub(super) fn bound_at(&self, k: u32) -> Option<f64> {
        self.training.as_ref()?.config().bound_at(k as usize)
    }

    /// The work of a step, in the units of [`work`](Self::work).
    pub(super) fn step_work(&self) -> f64 {
        self.step_work
    }

    /// How the training ended, once all of it is measured.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        self.training.as_ref()?.outcome().filter(|_| !self.is_measuring())
    }

    /// The last step of the training as far as that is known.
    pub(super) fn last(&self) -> u32 {
        match &self.training {
            Some(training) if diverged(training) => training.k() as u32,
            Some(_) => self.settings.steps,
            None => 0,
        }
    }

    /// The step up to which everything is known.
    pub(super) fn reached(&self) -> u32 {
        self.training.as_ref().map_or(0, |training| training.k() as u32)
    }

    pub(super) fn is_working(&self) -> bool {
        self.training.is_some() && self.outcome().is_none()
    }

    /// Whether the present step has to be measured.
    fn is_measuring(&self) -> bool {
        let Some(training) = &self.training else { return false };
        let k = training.k();
        let is_due = k.is_multiple_of(self.settings.every as usize) || training.outcome().is_some();
        is_due && self.rows.last().is_none_or(|row| row.k < k)
    }

    /// Takes a step, or goes on with a measurement; returns the work done.
    pub(super) fn work(&mut self) -> f64 {
        let is_measuring = self.is_measuring();
        let Some(training) = &mut self.training else { return f64::INFINITY };
        if !is_measuring {
            let _loss = training.step();
            return self.step_work;
        }
        let search = self.search.get_or_insert_with(|| training.search_sharpest(TOLERANCE));
        let products = if self.step_work < LARGE { PRODUCTS } else { 1 };
        let Some(found) = search.advance(training.loss_mut(), products).cloned() else {
            return 2.0 * (products + 1) as f64 * self.step_work;
        };
        self.search = None;
        training.keep_sharpest(&found);
        let lambda = Some(found.lambda).filter(|lambda| lambda.is_finite());
        let measure = training.measure(None);
        self.rows.push(Measure { lambda, ..measure });
        2.0 * (products + 2) as f64 * self.step_work
    }
}

fn diverged(training: &Training) -> bool {
    matches!(training.outcome(), Some(Outcome::Diverged { .. }))
}

/// The work of a step, in steps of a formula's descent as the page counts them: a multiplication for each
/// parameter and point takes about a four-hundredth of one.
fn work_of_step(training: &Training) -> f64 {
    let parameters = training.weights().len() as f64;
    let points = training.samples().list().len() as f64;
    1.0 + parameters * points / 400.0
}
