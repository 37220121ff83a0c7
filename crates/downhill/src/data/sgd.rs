//! Fits a line by stochastic gradient descent on batches of points.

use super::batches::Batches;
use super::model::MeanSquaredError;
use super::points::Dataset;
use crate::alpha_changes::AlphaChanges;
use crate::loss::Loss;
use crate::progress::Progress;
use crate::quadratic::Quadratic;
use crate::rules::{NewtonStep, Rule, Step, UpdateRule};
use crate::schedule::Schedule;
use crate::stopping::{StopCriteria, divergence_radius, has_diverged};
use crate::trajectory::{Iterate, Outcome, Trajectory};
use crate::vector::norm;

/// How the points are used, and when a fit stops unless it diverges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SgdConfig {
    /// The number of points per update: 1 is stochastic descent; 0, or at least the number of
    /// points, is batch descent; anything between uses mini-batches.
    pub batch: usize,
    /// The number of passes over the data. A fit ends after [`StopCriteria::MAX_STEPS`] updates in
    /// any case.
    pub epochs: usize,
    /// The seed for the order of the points.
    pub seed: u32,
    /// The fit ends once the gradient over *all* points has stayed below this for the updates of a
    /// whole epoch, since a stochastic run may cross the minimum without staying there. For batch
    /// descent that is the first iterate with ‖∇f‖ < `tol`. 0 disables the test.
    pub tol: f64,
}

impl Default for SgdConfig {
    /// Batch descent, 50 epochs, seed 1, tolerance 10⁻⁶.
    fn default() -> Self {
        Self { batch: 0, epochs: 50, seed: 1, tol: 1e-6 }
    }
}

/// One update of the parameters: the batch's loss and the step taken on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Update<const D: usize> {
    /// Its epoch; the first is 1.
    pub epoch: usize,
    /// The number of points in the batch. The last batch of an epoch may be smaller.
    pub points: usize,
    /// The mean squared error over the batch before the step.
    pub loss: f64,
    /// The step, with the gradient of the batch.
    pub step: Step<D>,
}

/// One update without the working of its step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BriefUpdate<const D: usize> {
    /// Its epoch; the first is 1.
    pub epoch: usize,
    /// The number of points in the batch.
    pub points: usize,
    /// The mean squared error over the batch before the step.
    pub loss: f64,
    /// The gradient of the batch.
    pub gradient: [f64; D],
    /// For Newton's method, whether it was Newton's step or a replacement.
    pub newton: Option<NewtonStep>,
}

/// A fit in progress: it holds the current parameters and makes one update when asked.
///
/// With one parameter the line is ŷ = wx, with two ŷ = wx + b. Every epoch uses each point once.
/// Unless a batch holds all points, they are reshuffled at the beginning of each epoch
/// (Fisher–Yates, starting from the previous order) and cut into batches; the last batch holds the
/// remainder. The iterates' loss and gradient are over all points.
///
/// ```
/// use downhill::{Dataset, Sgd, SgdConfig, Rule};
///
/// let data = Dataset::five();
/// let mut fit = Sgd::new(&data, Rule::GradientDescent, 0.01, [0.0], SgdConfig::default());
/// let update = fit.update().expect("the first of 50");
/// assert_eq!((update.loss, update.step.gradient), (44.0, [-44.0]));
/// assert_eq!(fit.current().x, [0.44]);
/// assert_eq!(format!("{:.4}", fit.current().loss), "26.7696");
/// ```
#[derive(Clone, Debug)]
pub struct Sgd<'a, const D: usize, R = Rule> {
    data: &'a Dataset,
    config: SgdConfig,
    /// The loss over all points in closed form, for data sets too large to evaluate after every update.
    closed: Option<Closed<D>>,
    divergence_radius: f64,
    batches: Batches,
    /// The points of the last update.
    points: Vec<[f64; 2]>,
    /// The number of consecutive iterates with a gradient below the tolerance.
    flat: usize,
    progress: Progress<R, D>,
}

impl<'a, const D: usize, R: UpdateRule<D>> Sgd<'a, D, R> {
    /// A fit at its start.
    ///
    /// `alpha` should be finite and non-negative, and `start` finite, but the fit ends with an
    /// outcome for any values.
    #[must_use]
    pub fn new(data: &'a Dataset, rule: R, alpha: f64, start: [f64; D], config: SgdConfig) -> Self {
        let all = data.points().len();
        let in_batches = config.batch > 0 && config.batch < all;
        let mut fit = Self {
            data,
            config,
            closed: (all > most_visited(in_batches)).then(|| Closed::of(data)).flatten(),
            divergence_radius: divergence_radius(start),
            batches: Batches::new(all, config.batch, config.seed),
            points: Vec::new(),
            flat: 0,
            progress: Progress::new(rule, alpha, start),
        };
        fit.reset();
        fit
    }

    /// The same fit, at its start, with a learning rate that changes from update to update.
    #[must_use]
    pub fn with_schedule(mut self, schedule: Schedule) -> Self {
        self.progress.learning_rate.schedule = schedule;
        self.reset();
        self
    }

    /// The same fit, at its start, with other learning rates from given updates on.
    #[must_use]
    pub fn with_changes(mut self, changes: AlphaChanges) -> Self {
        self.progress.learning_rate.changes = changes;
        self.reset();
        self
    }

    /// Returns to the start; the following updates are the same as before.
    pub fn reset(&mut self) {
        let SgdConfig { batch, seed, .. } = self.config;
        self.batches = Batches::new(self.data.points().len(), batch, seed);
        self.flat = 0;
        let start = self.progress.restart();
        self.arrive(start);
    }

    /// The current parameters, with loss and gradient over all points.
    #[must_use]
    pub fn current(&self) -> &Iterate<D> {
        &self.progress.current
    }

    /// The number of updates made.
    #[must_use]
    pub fn k(&self) -> usize {
        self.progress.k
    }

    /// The number of completed epochs.
    #[must_use]
    pub fn epochs_done(&self) -> usize {
        self.batches.epochs_done()
    }

    /// The indices of the points used by the last update; empty before the first.
    #[must_use]
    pub fn batch(&self) -> &[usize] {
        self.batches.last()
    }

    /// The outcome, once the fit has ended.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.progress.outcome
    }

    /// Makes the next update; `None` once the fit has ended.
    pub fn update(&mut self) -> Option<Update<D>> {
        let (loss, gradient) = self.draw()?;
        let batch = MeanSquaredError(self.points.as_slice());
        let step = self.progress.step(&batch, gradient);
        let epoch = self.finish(step.to);
        Some(Update { epoch, points: self.points.len(), loss, step })
    }

    /// Makes the next update and returns it in brief, which takes less time; `None` once the fit has
    /// ended.
    pub fn update_in_brief(&mut self) -> Option<BriefUpdate<D>> {
        let (loss, gradient) = self.draw()?;
        let batch = MeanSquaredError(self.points.as_slice());
        let (to, newton) = self.progress.advance(&batch, gradient);
        let epoch = self.finish(to);
        Some(BriefUpdate { epoch, points: self.points.len(), loss, gradient, newton })
    }

    /// Draws the next batch, and evaluates its loss and gradient; `None` once the fit has ended.
    fn draw(&mut self) -> Option<(f64, [f64; D])> {
        if self.progress.outcome.is_some() {
            return None;
        }
        self.batches.draw();
        self.points.clear();
        let all = self.data.points();
        for &index in self.batches.last() {
            self.points.push(all[index]);
        }
        Some(MeanSquaredError(self.points.as_slice()).at(self.progress.current.x))
    }

    /// Ends an update with the parameters that it leads to; returns its epoch.
    fn finish(&mut self, to: [f64; D]) -> usize {
        let epoch = self.batches.finish();
        self.arrive(to);
        epoch
    }

    /// Runs the whole fit from the start.
    #[must_use]
    pub fn run(mut self) -> SgdRun<D> {
        self.reset();
        let mut iterates = vec![self.progress.current.known()];
        let (mut updates, mut newton) = (Vec::new(), Vec::new());
        let mut epochs = vec![0];
        loop {
            if let Some(outcome) = self.progress.outcome {
                let trajectory = Trajectory { iterates, outcome, newton };
                return SgdRun { trajectory, updates, epochs };
            }
            if let Some(update) = self.update()
                && self.progress.is_kept()
            {
                iterates.push(self.progress.current);
                newton.extend(update.step.newton);
                updates.push(update);
                if self.batches.epochs_done() == update.epoch {
                    epochs.push(self.progress.k);
                }
            }
        }
    }

    /// Moves to new parameters and decides whether the fit ends there.
    fn arrive(&mut self, x: [f64; D]) {
        let (loss, gradient) = match &self.closed {
            Some(closed) => closed.value_and_gradient(x),
            None => MeanSquaredError(self.data.points()).at(x),
        };
        let current = Iterate { x, loss, gradient };
        self.progress.current = current;
        self.flat = if norm(gradient) < self.config.tol { self.flat + 1 } else { 0 };
        let k = self.progress.k;
        self.progress.outcome = if has_diverged(x, self.divergence_radius) {
            Some(Outcome::Diverged { k })
        } else if !current.has_value() {
            // The squared error is defined everywhere, so only overflow remains.
            Some(Outcome::Undefined { k, infinite: true })
        } else if self.flat >= self.batches.per_epoch() {
            // The loss is convex, so a critical point is a minimum.
            Some(Outcome::Converged { k })
        } else if self.batches.epochs_done() >= self.config.epochs || k >= StopCriteria::MAX_STEPS {
            Some(Outcome::Exhausted { k })
        } else {
            None
        };
    }
}

/// Up to this many points, the loss is evaluated on all of them after every update: in batches, few
/// enough to cost no more than the closed form; else, as many as the update itself visits.
const fn most_visited(in_batches: bool) -> usize {
    if in_batches { 20 } else { 1000 }
}

/// The loss over all points relative to its minimum: min f + ½ Σ λᵢ(vᵢ·(θ − θ*))².
///
/// Its cost does not depend on the number of points, and it is accurate near the minimum.
#[derive(Clone, Debug)]
struct Closed<const D: usize> {
    quadratic: Quadratic<D>,
    least: f64,
}

impl<const D: usize> Closed<D> {
    fn of(data: &Dataset) -> Option<Self> {
        let loss = MeanSquaredError(data.points());
        let quadratic = Quadratic::of(&loss)?;
        Some(Self { quadratic, least: loss.value(quadratic.minimizer) })
    }

    fn value_and_gradient(&self, at: [f64; D]) -> (f64, [f64; D]) {
        let Quadratic { minimizer, eigenvalues, eigenvectors } = self.quadratic;
        // Loops over places, because an iterator's calls stay calls in the page.
        let mut away = [0.0; D];
        for i in 0..D {
            away[i] = at[i] - minimizer[i];
        }
        let (mut loss, mut gradient) = (self.least, [0.0; D]);
        for i in 0..D {
            let (lambda, vector) = (eigenvalues[i], &eigenvectors[i]);
            let mut along = 0.0;
            for j in 0..D {
                along += vector[j] * away[j];
            }
            loss += 0.5 * lambda * along * along;
            for j in 0..D {
                gradient[j] += lambda * along * vector[j];
            }
        }
        (loss, gradient)
    }
}

/// A complete fit, by update and by epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct SgdRun<const D: usize> {
    /// The parameters after every update, with loss and gradient over all points, and the outcome.
    pub trajectory: Trajectory<D>,
    /// The updates; number k leads from iterate k to iterate k + 1.
    pub updates: Vec<Update<D>>,
    /// The index of the iterate at the end of each completed epoch, beginning with the start, 0.
    pub epochs: Vec<usize>,
}

/// Fits a line from `start` until it converges, diverges or has used up its epochs.
///
/// Total: for any data, α and start the result is a run with an outcome. All iterates are finite
/// and have finite losses, except that the start is always included.
///
/// ```
/// use downhill::{Dataset, SgdConfig, Rule, fit};
///
/// let plan = SgdConfig { epochs: 500, ..SgdConfig::default() };
/// let run = fit(&Dataset::five(), Rule::GradientDescent, 0.01, [0.0, 0.0], plan);
/// let [w, b] = run.trajectory.iterates[500].x;
/// assert_eq!(format!("{w:.4} {b:.4}"), "1.9738 0.0946");
/// ```
#[must_use]
pub fn fit<const D: usize>(
    data: &Dataset,
    rule: impl UpdateRule<D>,
    alpha: f64,
    start: [f64; D],
    config: SgdConfig,
) -> SgdRun<D> {
    Sgd::new(data, rule, alpha, start, config).run()
}

#[cfg(test)]
mod tests;
