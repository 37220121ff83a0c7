//! The training of a network: a descent that can go back to any step, and on from there.

use core::fmt;

use super::hessian::SharpnessSearch;
use super::lanczos::Sharpness;
use super::loss::NetworkLoss;
use super::points::Samples;
use super::shape::Network;
use crate::alpha_changes::AlphaChanges;
use crate::data::Batches;
use crate::learning_rate::LearningRate;
use crate::rules::{LongState, Rule};
use crate::schedule::Schedule;
use crate::stopping::{RADIUS, StopCriteria};
use crate::trajectory::Outcome;
use crate::vector::norm_of;

/// How a network is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingConfig {
    /// The update rule; any but Newton's method.
    pub rule: Rule,
    /// The learning rate α ≥ 0.
    pub alpha: f64,
    /// Other learning rates from given steps on.
    pub changes: AlphaChanges,
    /// How the learning rate changes by itself.
    pub schedule: Schedule,
    /// The number of points per step, as in [`SgdConfig::batch`](crate::SgdConfig::batch).
    pub batch: usize,
    /// The seed for the order of the points.
    pub seed: u32,
    /// The largest number of steps, at most [`StopCriteria::MAX_STEPS`].
    pub steps: usize,
}

impl Default for TrainingConfig {
    /// Gradient descent with all points, α = 0.2, seed 1, 6000 steps.
    fn default() -> Self {
        Self {
            rule: Rule::GradientDescent,
            alpha: 0.2,
            changes: AlphaChanges::default(),
            schedule: Schedule::Constant,
            batch: 0,
            seed: 1,
            steps: 6000,
        }
    }
}

impl TrainingConfig {
    fn learning_rate(&self) -> LearningRate {
        let Self { alpha, changes, schedule, .. } = *self;
        LearningRate { alpha, changes, schedule }
    }

    /// The learning rate of step `k`, counted from 0.
    #[must_use]
    pub fn alpha_at(&self, k: usize) -> f64 {
        self.learning_rate().at(k)
    }

    /// How sharp the hill may be at step `k` before the rule becomes unstable: 2/α for gradient descent,
    /// (2 + 2β)/α for momentum. `None` for rules that have no such bound, and for α = 0.
    #[must_use]
    pub fn bound_at(&self, k: usize) -> Option<f64> {
        let bound = self.rule.stable_product()? / self.alpha_at(k);
        bound.is_finite().then_some(bound)
    }
}

/// Why a training cannot begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainingError {
    /// Newton's method would need the whole Hessian.
    Newton,
    /// The start is not one finite number for each parameter.
    Start {
        /// The number of parameters.
        parameters: usize,
    },
}

impl fmt::Display for TrainingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Newton => f.write_str(
                "newton needs the whole Hessian, which networks are not trained with; expected another rule",
            ),
            Self::Start { parameters } => {
                write!(f, "expected {parameters} finite weights, one for each parameter")
            }
        }
    }
}

impl core::error::Error for TrainingError {}

/// Everything that the rest of a training follows from: where it goes on after going back.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    k: usize,
    weights: Vec<f64>,
    state: LongState,
    batches: Batches,
    /// The direction in which the hill bends most, where that was last computed.
    sharpest: Vec<f64>,
}

impl Checkpoint {
    /// The number of steps taken.
    #[must_use]
    pub fn k(&self) -> usize {
        self.k
    }

    /// The weights after them.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }
}

/// What can be said of a network at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// The number of steps taken.
    pub k: usize,
    /// The loss over all training points.
    pub loss: f64,
    /// The loss over the points held out.
    pub held_out: Option<f64>,
    /// The share of the points held out that are classified right, or of the training points if none is
    /// held out; `None` if the targets are numbers.
    pub accuracy: Option<f64>,
    /// The largest eigenvalue of the Hessian of the loss, if it was asked for and is finite.
    pub lambda: Option<f64>,
    /// The bound on it of the next step's learning rate.
    pub bound: Option<f64>,
    /// The norm of each layer's part of the gradient over all training points.
    pub gradients: Vec<f64>,
}

/// A training in progress: it holds the current weights and takes steps when asked.
///
/// The same loss, start and configuration give the same bits every time, in slices of any length and
/// also after [going back](Self::go_back_to). Where a step would lead to weights that are not finite,
/// or farther out than 10⁶·(1 + ‖w₀‖), the training has diverged and stays where it was.
///
/// ```
/// use downhill::{
///     Criterion, Hidden, HiddenActivation, Init, Network, NetworkData, NetworkLoss, Training,
///     TrainingConfig,
/// };
///
/// let network = Network::new(2, Hidden::default(), HiddenActivation::Tanh);
/// let start = network.start(Init::LeCun, 1);
/// let points = NetworkData::Circles.draw(100, 0.08, 1);
/// let loss = NetworkLoss::new(network, Criterion::MeanSquares, points.train);
/// let mut training = Training::new(loss, None, start, TrainingConfig::default())?;
/// training.advance(300);
/// let there = training.weights().to_vec();
/// // From step 100 on with another α: the walk so far stays.
/// training.change_alpha(100, 0.05);
/// assert_eq!(training.k(), 100);
/// training.advance(200);
/// assert!(training.k() == 300 && training.weights() != there);
/// # Ok::<(), downhill::TrainingError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Training {
    loss: NetworkLoss,
    held_out: Option<NetworkLoss>,
    config: TrainingConfig,
    radius: f64,
    now: Checkpoint,
    /// The gradient over all points at the current weights, with its loss, if it is known.
    gradient: Vec<f64>,
    known: Option<f64>,
    outcome: Option<Outcome>,
    /// Whether a step was tried that led nowhere, so that the state is not that of the weights.
    is_spoiled: bool,
    /// The weights that the next step leads to, while it is being taken.
    next: Vec<f64>,
    checkpoints: Vec<Checkpoint>,
    spacing: usize,
}

impl Training {
    /// The most checkpoints that are kept.
    const MOST_CHECKPOINTS: usize = 64;

    /// The first distance between checkpoints; it doubles whenever there are too many.
    const FIRST_SPACING: usize = 8;

    /// A training at its start.
    ///
    /// # Errors
    /// If the rule is Newton's method, or the start does not belong to the network.
    pub fn new(
        loss: NetworkLoss,
        held_out: Option<NetworkLoss>,
        start: Vec<f64>,
        config: TrainingConfig,
    ) -> Result<Self, TrainingError> {
        let parameters = loss.network().parameters();
        if !config.rule.is_first_order() {
            return Err(TrainingError::Newton);
        }
        if start.len() != parameters || !start.iter().all(|weight| weight.is_finite()) {
            return Err(TrainingError::Start { parameters });
        }
        let now = Checkpoint {
            k: 0,
            state: LongState::new(&config.rule, parameters),
            batches: Batches::new(loss.samples().list().len(), config.batch, config.seed),
            sharpest: Vec::new(),
            weights: start,
        };
        let mut training = Self {
            radius: RADIUS * (1.0 + norm_of(&now.weights)),
            gradient: vec![0.0; parameters],
            known: None,
            outcome: None,
            is_spoiled: false,
            next: Vec::new(),
            checkpoints: vec![now.clone()],
            spacing: Self::FIRST_SPACING,
            loss,
            held_out,
            config,
            now,
        };
        training.end_if_exhausted();
        Ok(training)
    }

    /// How it is trained.
    #[must_use]
    pub fn config(&self) -> &TrainingConfig {
        &self.config
    }

    /// The number of steps taken.
    #[must_use]
    pub fn k(&self) -> usize {
        self.now.k
    }

    /// The current weights, which are finite.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.now.weights
    }

    /// The number of completed epochs.
    #[must_use]
    pub fn epochs_done(&self) -> usize {
        self.now.batches.epochs_done()
    }

    /// The number of steps of an epoch.
    #[must_use]
    pub fn steps_per_epoch(&self) -> usize {
        self.now.batches.per_epoch()
    }

    /// The outcome, once the training has ended. [`Outcome::Diverged`] names the step that led too far.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &Network {
        self.loss.network()
    }

    /// The training points.
    #[must_use]
    pub fn samples(&self) -> &Samples {
        self.loss.samples()
    }

    /// The points held out.
    #[must_use]
    pub fn held_out(&self) -> Option<&Samples> {
        self.held_out.as_ref().map(NetworkLoss::samples)
    }

    /// The loss over the training points.
    pub fn loss_mut(&mut self) -> &mut NetworkLoss {
        &mut self.loss
    }

    /// The weights at regular steps so far and now: the walk, thinned out.
    #[must_use]
    pub fn walk(&self) -> Vec<&Checkpoint> {
        let before = self.checkpoints.iter().filter(|known| known.k < self.now.k);
        before.chain([&self.now]).collect()
    }

    /// Takes the next step; returns the loss over its batch before it, or `None` once the training has
    /// ended.
    pub fn step(&mut self) -> Option<f64> {
        if self.outcome.is_some() {
            return None;
        }
        let Self { now, gradient, next, .. } = self;
        now.batches.draw();
        let loss = match self.known {
            Some(loss) if now.batches.per_epoch() == 1 => loss,
            _ => self.loss.batch_value_and_gradient(now.batches.last(), &now.weights, gradient),
        };
        self.known = None;
        next.clone_from(&now.weights);
        let alpha = self.config.alpha_at(now.k);
        self.config.rule.move_long(alpha, next, gradient, &mut now.state);
        // NaN is not within the radius.
        let is_near = norm_of(next) <= self.radius;
        if !is_near {
            self.outcome = Some(Outcome::Diverged { k: now.k + 1 });
            self.is_spoiled = true;
            return Some(loss);
        }
        core::mem::swap(&mut now.weights, next);
        now.k += 1;
        now.batches.finish();
        self.remember();
        self.end_if_exhausted();
        Some(loss)
    }

    /// Takes up to `steps` steps; returns how many were taken.
    pub fn advance(&mut self, steps: usize) -> usize {
        let from = self.now.k;
        for _ in 0..steps {
            if self.step().is_none() {
                break;
            }
        }
        self.now.k - from
    }

    fn end_if_exhausted(&mut self) {
        let k = self.now.k;
        if k >= self.config.steps.min(StopCriteria::MAX_STEPS) {
            self.outcome = Some(Outcome::Exhausted { k });
        }
    }

    /// Keeps a checkpoint at regular steps.
    fn remember(&mut self) {
        let k = self.now.k;
        let is_new = self.checkpoints.last().is_none_or(|last| last.k < k);
        if !(is_new && k.is_multiple_of(self.spacing)) {
            return;
        }
        self.checkpoints.push(self.now.clone());
        if self.checkpoints.len() > Self::MOST_CHECKPOINTS {
            self.spacing *= 2;
            let spacing = self.spacing;
            self.checkpoints.retain(|known| known.k.is_multiple_of(spacing));
        }
    }

    /// Goes to the last known place at or before step `k`, from where [`advance`](Self::advance) leads to
    /// it exactly; returns the number of steps from there to `k`.
    pub fn go_back_to(&mut self, k: usize) -> usize {
        let known = self.checkpoints.iter().rev().find(|known| known.k <= k);
        let is_nearer =
            !self.is_spoiled && self.now.k <= k && known.is_none_or(|known| known.k <= self.now.k);
        if let Some(known) = known.filter(|_| !is_nearer) {
            self.now.clone_from(known);
            self.known = None;
            self.is_spoiled = false;
        }
        if !self.is_spoiled {
            self.outcome = None;
            self.end_if_exhausted();
        }
        k - self.now.k
    }

    /// Goes to step `k`, back or on; returns whether it was reached.
    pub fn seek(&mut self, k: usize) -> bool {
        let left = self.go_back_to(k);
        self.advance(left) == left
    }

    /// Returns to the start.
    pub fn reset(&mut self) {
        self.go_back_to(0);
    }

    /// Takes another α from step `k` on, and goes there; what was done with the old one after it is
    /// forgotten. Returns whether there was room for the change: there are at most
    /// [`AlphaChanges::MOST`].
    pub fn change_alpha(&mut self, k: usize, alpha: f64) -> bool {
        let (first, changes) = match u32::try_from(k) {
            Ok(k @ 1..) => (self.config.alpha, self.config.changes.from_step(k, alpha)),
            _ => (alpha, Some(AlphaChanges::default())),
        };
        let Some(changes) = changes else { return false };
        // It goes there with the old ones, which are the same so far.
        let target = k.min(self.now.k);
        self.seek(target);
        self.set_alpha(first, changes);
        true
    }

    /// Takes this α with these changes, and forgets what was done with others. If the current step can no
    /// longer be reached in the same way, the training goes back to the last one known that can.
    pub fn set_alpha(&mut self, alpha: f64, changes: AlphaChanges) {
        let old = self.config;
        self.config = TrainingConfig { alpha, changes, ..old };
        let last = self.checkpoints.last().map_or(0, |known| known.k);
        let furthest = last.max(self.now.k + usize::from(self.is_spoiled));
        let differs = |k: &usize| old.alpha_at(*k).to_bits() != self.config.alpha_at(*k).to_bits();
        let Some(first) = (0..furthest).find(differs) else { return };
        self.checkpoints.retain(|known| known.k <= first);
        if self.now.k > first || self.is_spoiled {
            let k = self.now.k.min(first);
            let known = self.checkpoints.iter().rev().find(|known| known.k <= k);
            if let Some(known) = known {
                self.now.clone_from(known);
            }
            self.known = None;
            self.is_spoiled = false;
            self.outcome = None;
            self.end_if_exhausted();
        }
    }

    /// The largest number of steps from now on.
    pub fn set_steps(&mut self, steps: usize) {
        self.config.steps = steps;
        if !self.is_spoiled {
            self.outcome = None;
            self.end_if_exhausted();
        }
    }

    /// The gradient over all training points at the current weights, and the loss there.
    pub fn gradient(&mut self) -> (f64, &[f64]) {
        let loss = match self.known {
            Some(loss) => loss,
            None => self.loss.value_and_gradient(&self.now.weights, &mut self.gradient),
        };
        self.known = Some(loss);
        (loss, &self.gradient)
    }

    /// The unit vector in whose direction the hill bends most, as last [measured](Self::measure).
    #[must_use]
    pub fn sharpest(&self) -> Option<&[f64]> {
        Some(&self.now.sharpest[..]).filter(|vector| !vector.is_empty())
    }

    /// A search for λ at the current weights, for slices: what it finds is to be
    /// [kept](Self::keep_sharpest), and then the next search begins from there.
    #[must_use]
    pub fn search_sharpest(&self, tolerance: f64) -> SharpnessSearch {
        SharpnessSearch::new(&self.now.weights, self.sharpest(), tolerance)
    }

    /// Keeps the direction in which the hill was found to bend most.
    pub fn keep_sharpest(&mut self, found: &Sharpness) {
        if found.lambda.is_finite() && found.vector.len() == self.now.weights.len() {
            self.now.sharpest.clone_from(&found.vector);
        }
    }

    /// Losses, accuracy and gradients now; and λ to a tolerance, as for
    /// [`Curvatures::sharpness`](super::Curvatures::sharpness).
    ///
    /// λ is computed beginning from where it was computed last, so that its last digits may depend on the
    /// steps at which it is asked for. Training does not.
    pub fn measure(&mut self, tolerance: Option<f64>) -> Measure {
        let (loss, gradient) = self.gradient();
        let gradient = gradient.to_vec();
        let gradients = self.loss.network().by_layer(&gradient);
        let weights = &self.now.weights;
        let judge = self.held_out.as_mut().unwrap_or(&mut self.loss);
        let accuracy = judge.accuracy(weights);
        let held_out = self.held_out.as_mut().map(|loss| loss.value(weights));
        let lambda = tolerance.and_then(|tolerance| {
            let near = Some(&self.now.sharpest[..]).filter(|vector| !vector.is_empty());
            let found = self.loss.curvatures(weights).sharpness(near, tolerance);
            let is_finite = found.lambda.is_finite();
            is_finite.then(|| {
                self.now.sharpest = found.vector;
                found.lambda
            })
        });
        let bound = self.config.bound_at(self.now.k);
        Measure { k: self.now.k, loss, held_out, accuracy, lambda, bound, gradients }
    }
}

#[cfg(test)]
mod tests;
