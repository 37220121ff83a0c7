//! What a training follows from: the points, the network and how it is trained.

use downhill::{
    AlphaChanges, Criterion, HiddenActivation, Network, NetworkLoss, Rule, Samples, Split,
    StopCriteria, Training, TrainingConfig,
};

use super::choices::{FirstOrderRule, HiddenText, InitText, Source};
use super::own_points::OwnPoints;
use crate::descent::descent_1d::LARGEST_ALPHA;
use crate::descent::schedule_text::ScheduleText;
use crate::framework::field::{Field, Slot};

/// The most steps of a training.
const MOST_STEPS: u32 = StopCriteria::MAX_STEPS as u32;

/// The largest noise in a coordinate, far beyond any meaningful one.
const LARGEST_NOISE: f64 = 1e6;

/// β stays below 1, since a rule that keeps everything never comes to rest.
const LARGEST_BETA: f64 = 0.9999;

/// The settings of a training.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settings {
    pub(super) source: Source,
    pub(super) points: u32,
    pub(super) noise: f64,
    pub(super) own: OwnPoints,
    pub(super) hidden: HiddenText,
    pub(super) activation: HiddenActivation,
    pub(super) criterion: Criterion,
    pub(super) init: InitText,
    pub(super) rule: FirstOrderRule,
    pub(super) beta: f64,
    pub(super) alpha: f64,
    pub(super) changes: AlphaChanges,
    pub(super) batch: u32,
    pub(super) schedule: ScheduleText,
    pub(super) steps: u32,
    /// The number of steps between two measurements.
    pub(super) every: u32,
    pub(super) seed: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            source: Source::Moons,
            points: 100,
            noise: 0.1,
            own: OwnPoints::default(),
            hidden: HiddenText::default(),
            activation: HiddenActivation::default(),
            criterion: Criterion::default(),
            init: InitText::default(),
            rule: FirstOrderRule(Rule::GradientDescent),
            beta: 0.9,
            alpha: 0.2,
            changes: AlphaChanges::default(),
            batch: 0,
            schedule: ScheduleText::default(),
            steps: 6000,
            every: 20,
            seed: 1,
        }
    }
}

impl Settings {
    /// Its fields, under the names of the flags of `downhill train`.
    pub(super) fn fields(&mut self) -> Vec<Field<'_>> {
        let field = |name, slot| Field { name, slot };
        vec![
            field("data", Slot::Choice(&mut self.source)),
            field("points", Slot::Count(&mut self.points, (2, Samples::MOST as u32))),
            field("noise", Slot::Number(&mut self.noise, (0.0, LARGEST_NOISE))),
            field("own", Slot::Written(&mut self.own)),
            field("layers", Slot::Written(&mut self.hidden)),
            field("activation", Slot::Choice(&mut self.activation)),
            field("loss", Slot::Choice(&mut self.criterion)),
            field("init", Slot::Written(&mut self.init)),
            field("rule", Slot::Choice(&mut self.rule)),
            field("beta", Slot::Number(&mut self.beta, (0.0, LARGEST_BETA))),
            field("alpha", Slot::Rate(&mut self.alpha, &mut self.changes, (0.0, LARGEST_ALPHA))),
            field("batch", Slot::Count(&mut self.batch, (0, Samples::MOST as u32))),
            field("schedule", Slot::Written(&mut self.schedule)),
            field("steps", Slot::Count(&mut self.steps, (1, MOST_STEPS))),
            field("every", Slot::Count(&mut self.every, (1, MOST_STEPS))),
            field("seed", Slot::Count(&mut self.seed, (0, u32::MAX))),
        ]
    }

    /// The update rule with its β.
    pub(super) fn rule(&self) -> Rule {
        let beta = self.beta;
        match self.rule.0 {
            Rule::Momentum { .. } => Rule::Momentum { beta },
            Rule::Nesterov { .. } => Rule::Nesterov { beta },
            rule => rule,
        }
    }

    /// Whether the update rule has a β.
    pub(super) fn has_beta(&self) -> bool {
        matches!(self.rule.0, Rule::Momentum { .. } | Rule::Nesterov { .. })
    }

    /// The points, if there are any to train on.
    pub(super) fn split(&self) -> Option<Split> {
        match self.source.drawn() {
            Some(data) => Some(data.draw(self.points as usize, self.noise, self.seed)),
            None => self.own.samples().ok().map(|samples| samples.split(self.seed)),
        }
    }

    /// How the network is trained.
    pub(super) fn config(&self) -> TrainingConfig {
        TrainingConfig {
            rule: self.rule(),
            alpha: self.alpha,
            changes: self.changes,
            schedule: self.schedule.over(self.steps),
            batch: self.batch as usize,
            seed: self.seed,
            steps: self.steps as usize,
        }
    }

    /// A training at its start on these points.
    pub(super) fn training(&self, Split { train, held_out }: Split) -> Option<Training> {
        // The logistic loss is for classes.
        let criterion = if train.has_classes() { self.criterion } else { Criterion::MeanSquares };
        let network = Network::new(train.inputs(), self.hidden.0, self.activation);
        let start = network.start(self.init.0, self.seed);
        let loss = |samples| NetworkLoss::new(network.clone(), criterion, samples);
        Training::new(loss(train), held_out.map(loss), start, self.config()).ok()
    }

    /// Whether a training with these settings goes the same way as one with others, up to a change of
    /// α or its last step.
    pub(super) fn goes_on_from(&self, other: &Self) -> bool {
        let Self { alpha, changes, steps, .. } = *other;
        let is_constant = self.schedule == ScheduleText::default();
        let same = Self { alpha, changes, steps, ..self.clone() } == *other;
        same && (is_constant || self.steps == steps)
    }
}
