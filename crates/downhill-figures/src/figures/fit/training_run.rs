//! One training run of a fit: parameters learned from batches of points, update by update.

use downhill::{AlphaChanges, Dataset, Iterate, Outcome, Rule, Sgd, SgdConfig, Trajectory};

use crate::descent::{newton, rules};
use crate::draw::ColorRole;
use crate::framework::declaration::Readout;
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

/// The most points that a run evaluates, counted once per update, so that the page stays
/// responsive.
const MOST_VISITS: usize = 20_000_000;

/// The kind of descent, which names a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum BatchKind {
    /// All points per update.
    Batch,
    /// One point per update.
    Stochastic,
    /// A mini-batch per update.
    MiniBatch,
}

impl BatchKind {
    /// Its name in snapshots and CSV.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Batch => "batch",
            Self::Stochastic => "stochastic",
            Self::MiniBatch => "mini-batch",
        }
    }

    /// The message key of its name.
    pub(crate) const fn name_key(self) -> &'static str {
        match self {
            Self::Batch => "fit-run-batch",
            Self::Stochastic => "fit-run-stochastic",
            Self::MiniBatch => "fit-run-mini-batch",
        }
    }
}

/// The settings of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TrainingPlan {
    /// Whether the model is wx + b rather than wx.
    pub(crate) line: bool,
    /// Points per batch; 0 means all.
    pub(crate) batch: usize,
    pub(crate) rule: Rule,
    pub(crate) alpha: f64,
    pub(crate) changes: AlphaChanges,
    pub(crate) start: [f64; 2],
    pub(crate) epochs: usize,
    pub(crate) seed: u32,
}

impl TrainingPlan {
    /// Whether every update uses all of the given number of points.
    pub(crate) const fn is_whole(&self, points: usize) -> bool {
        self.batch == 0 || self.batch >= points
    }

    /// The kind of descent, which names a run.
    pub(crate) const fn kind(&self, points: usize) -> BatchKind {
        if self.is_whole(points) {
            BatchKind::Batch
        } else if self.batch == 1 {
            BatchKind::Stochastic
        } else {
            BatchKind::MiniBatch
        }
    }

    /// The colour of the run.
    pub(crate) const fn role(&self, points: usize) -> ColorRole {
        if self.is_whole(points) { rules::role(&self.rule) } else { ColorRole::Stochastic }
    }
}

/// The displayed data of one update.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Update {
    /// Its epoch, from 1.
    pub(crate) epoch: usize,
    /// The loss over its batch before the step.
    pub(crate) loss: f64,
    /// The gradient over its batch.
    pub(crate) gradient: [f64; 2],
    /// The end of its batch in the order of all points used.
    end: usize,
}

/// The trajectory of the parameters, in the dimension of the model.
#[derive(Clone, Debug)]
enum Learned {
    Slope(Trajectory<1>),
    Line(Trajectory<2>),
}

impl Learned {
    const fn slope(&self) -> Option<&Trajectory<1>> {
        match self {
            Self::Slope(learned) => Some(learned),
            Self::Line(_) => None,
        }
    }

    const fn line(&self) -> Option<&Trajectory<2>> {
        match self {
            Self::Line(learned) => Some(learned),
            Self::Slope(_) => None,
        }
    }
}

/// A run with the data to draw it.
#[derive(Clone, Debug)]
pub(crate) struct TrainingRun {
    plan: TrainingPlan,
    points: usize,
    learned: Learned,
    /// For the model wx the parameters (w, 0); empty for the other, which has learned both.
    slopes: Vec<Iterate<2>>,
    /// Update k leads from iterate k to the next one.
    pub(crate) updates: Vec<Update>,
    /// The index of the iterate at the end of every epoch, beginning with the start.
    pub(crate) epochs: Vec<usize>,
    /// The points of all batches in sequence; empty if every update uses all points.
    order: Vec<u32>,
    /// Whether the run was cut short because there are too many points.
    pub(crate) cut: bool,
}

impl TrainingRun {
    /// Whether the model is wx + b.
    pub(crate) const fn has_b(&self) -> bool {
        self.plan.line
    }

    pub(crate) fn run(data: &Dataset, plan: &TrainingPlan) -> Self {
        let points = data.points().len();
        let mut course = Self {
            plan: *plan,
            points,
            learned: Learned::Slope(Trajectory {
                iterates: Vec::new(),
                outcome: Outcome::Exhausted { k: 0 },
                newton: Vec::new(),
            }),
            slopes: Vec::new(),
            updates: Vec::new(),
            epochs: vec![0],
            order: Vec::new(),
            cut: false,
        };
        let [w, b] = plan.start;
        course.learned = if plan.line {
            Learned::Line(course.learn(data, [w, b]))
        } else {
            let learned = course.learn(data, [w]);
            let flat = |one: &Iterate<1>| Iterate {
                x: [one.x[0], 0.0],
                loss: one.loss,
                gradient: [one.gradient[0], 0.0],
            };
            course.slopes = learned.iterates.iter().map(flat).collect();
            Learned::Slope(learned)
        };
        course
    }

    fn learn<const D: usize>(&mut self, data: &Dataset, start: [f64; D]) -> Trajectory<D> {
        let TrainingPlan { batch, rule, alpha, changes, epochs, seed, .. } = self.plan;
        let whole = self.plan.is_whole(self.points);
        let plan = SgdConfig { batch, epochs, seed, ..SgdConfig::default() };
        let mut fit = Sgd::new(data, rule, alpha, start, plan).with_changes(changes);
        // At once, because growing copies what there is.
        let visited = if whole { self.points } else { batch } + self.points.min(20);
        let most = self.most_updates(epochs).min(MOST_VISITS / visited + 1);
        let mut iterates = Vec::with_capacity(most + 1);
        iterates.push(*fit.current());
        self.updates.reserve(most);
        let mut newton = Vec::new();
        let mut visits = 0;
        while let Some(update) = fit.update_in_brief() {
            let current = *fit.current();
            if !(current.x.iter().all(|w| w.is_finite()) && current.has_value()) {
                break;
            }
            iterates.push(current);
            newton.extend(update.newton);
            if !whole {
                for &index in fit.batch() {
                    self.order.push(index as u32);
                }
            }
            self.updates.push(Update {
                epoch: update.epoch,
                loss: update.loss,
                gradient: padded(update.gradient),
                end: self.order.len(),
            });
            if fit.epochs_done() == update.epoch {
                self.epochs.push(fit.k());
            }
            visits += update.points + self.points.min(20);
            if visits > MOST_VISITS {
                self.cut = fit.outcome().is_none();
                break;
            }
        }
        let outcome = fit.outcome().unwrap_or(Outcome::Exhausted { k: fit.k() });
        Trajectory { iterates, outcome, newton }
    }

    /// The parameters (w, b), with b = 0 for the model wx; never empty.
    pub(crate) fn path(&self) -> &[Iterate<2>] {
        match &self.learned {
            Learned::Slope(_) => &self.slopes,
            Learned::Line(learned) => &learned.iterates,
        }
    }

    /// The index of the last iterate.
    pub(crate) fn last(&self) -> usize {
        self.path().len() - 1
    }

    /// The k-th iterate, or the last one.
    pub(crate) fn iterate(&self, k: usize) -> Iterate<2> {
        self.path()[k.min(self.last())]
    }

    pub(crate) fn outcome(&self) -> Outcome {
        match &self.learned {
            Learned::Slope(learned) => learned.outcome,
            Learned::Line(learned) => learned.outcome,
        }
    }

    /// For Newton's method, a description of the update after iterate k.
    pub(crate) fn newton(&self, k: u32, locale: &Locale) -> Option<Readout> {
        match &self.learned {
            Learned::Slope(learned) => newton::line(learned, k, locale),
            Learned::Line(learned) => newton::line(learned, k, locale),
        }
    }

    pub(crate) fn role(&self) -> ColorRole {
        self.plan.role(self.points)
    }

    pub(crate) const fn kind(&self) -> BatchKind {
        self.plan.kind(self.points)
    }

    /// The points of the update after iterate k; empty if it uses all, or if there is none.
    pub(crate) fn batch(&self, k: usize) -> &[u32] {
        let from =
            k.checked_sub(1).and_then(|k| self.updates.get(k)).map_or(0, |update| update.end);
        self.updates.get(k).and_then(|update| self.order.get(from..update.end)).unwrap_or_default()
    }

    /// The number of updates in a number of epochs.
    pub(crate) fn updates_in(&self, epochs: usize) -> usize {
        if self.cut { self.last() } else { self.most_updates(epochs) }
    }

    /// The same, if the run is not cut short.
    fn most_updates(&self, epochs: usize) -> usize {
        let size = if self.plan.is_whole(self.points) { self.points } else { self.plan.batch };
        let wanted = self.points.div_ceil(size.max(1)).saturating_mul(epochs);
        wanted.min(downhill::StopCriteria::MAX_STEPS)
    }

    /// The number of epochs at a position among the iterates, with a fraction.
    pub(crate) fn epoch_at(&self, position: f64) -> f64 {
        let after = self.epochs.partition_point(|&end| (end as f64) <= position);
        let done = after.saturating_sub(1);
        let Some(&next) = self.epochs.get(after) else { return done as f64 };
        let begun = self.epochs[done] as f64;
        done as f64 + (position - begun) / (next as f64 - begun)
    }

    /// The position among the iterates at which this many epochs have passed.
    pub(crate) fn position_of(&self, epoch: f64) -> f64 {
        let done = f64::floor(epoch) as usize;
        let (Some(&begun), next) = (self.epochs.get(done), self.epochs.get(done + 1)) else {
            return self.last() as f64;
        };
        let length = next.map_or(0.0, |&next| (next - begun) as f64);
        begun as f64 + (epoch - done as f64) * length
    }

    pub(crate) fn snapshot(&self, regime: Option<&'static str>) -> Run {
        let (name, rule, alpha) = (self.kind().name(), self.plan.rule.name(), self.plan.alpha);
        match &self.learned {
            Learned::Slope(learned) => Run::new(name, rule, alpha, regime, learned),
            Learned::Line(learned) => Run::new(name, rule, alpha, regime, learned),
        }
    }

    /// One or two runs as CSV.
    pub(crate) fn csv(first: &Self, second: Option<&Self>) -> String {
        match &first.learned {
            Learned::Slope(_) => Self::csv_of([Some(first), second], Learned::slope),
            Learned::Line(_) => Self::csv_of([Some(first), second], Learned::line),
        }
    }

    fn csv_of<const D: usize>(
        runs: [Option<&Self>; 2],
        learned: fn(&Learned) -> Option<&Trajectory<D>>,
    ) -> String {
        let runs = runs.into_iter().flatten();
        let named = runs.filter_map(|run| Some((run.kind().name(), learned(&run.learned)?)));
        downhill::csv::trajectories(&named.collect::<Vec<_>>())
    }
}

/// A gradient by w and b.
fn padded<const D: usize>(gradient: [f64; D]) -> [f64; 2] {
    let mut both = [0.0; 2];
    for (one, partial) in both.iter_mut().zip(gradient) {
        *one = partial;
    }
    both
}
