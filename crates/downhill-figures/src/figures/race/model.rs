//! The model of the race: several update rules from one start on one landscape.

use downhill::{
    Descent, Iterate, Loss, NamedLoss, Outcome, Rule, Schedule, Spacing, Step, StopCriteria, Sweep,
    SweepPoint, Trajectory, fastest,
};

use super::schedule_text::ScheduleText;
use crate::descent::fairness::Fairness;
use crate::descent::{regime, rules};
use crate::draw::ColorRole;

/// The sweep's learning rates: ten per decade, both ends included.
pub(crate) const SWEEP: (f64, f64, usize) = (1e-5, 10.0, 61);

/// The longest race, since all of it is drawn in every frame.
pub(crate) const MOST_STEPS: u32 = 10_000;

/// One rule in the race.
#[derive(Clone, Debug)]
pub(crate) struct Runner {
    /// Its index in [`Rule::ALL`].
    pub(crate) index: usize,
    pub(crate) rule: Rule,
    pub(crate) alpha: f64,
    pub(crate) trajectory: Trajectory<2>,
}

impl Runner {
    pub(crate) fn role(&self) -> ColorRole {
        rules::role(&self.rule)
    }

    pub(crate) fn last(&self) -> u32 {
        self.trajectory.last_k() as u32
    }

    /// The k-th iterate, or the last one.
    pub(crate) fn iterate(&self, k: u32) -> Iterate<2> {
        let iterates = &self.trajectory.iterates;
        iterates[(k as usize).min(iterates.len() - 1)]
    }

    /// The loss after k iterations; `None` once the run has left the domain.
    pub(crate) fn loss(&self, k: u32) -> Option<f64> {
        let left = matches!(self.trajectory.outcome, Outcome::Undefined { k: end, .. } if k as usize >= end);
        (!left).then_some(self.iterate(k).loss)
    }

    pub(crate) fn has_diverged(&self) -> bool {
        matches!(self.trajectory.outcome, Outcome::Diverged { .. })
    }
}

/// A hyperparameter that is a field of the race.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    /// The message key of its label.
    pub(crate) label: &'static str,
    /// `None` if each rule uses its own.
    pub(crate) value: Option<f64>,
}

/// The spec, and the runs computed from it.
#[derive(Debug)]
pub(crate) struct RaceModel {
    pub(crate) loss: NamedLoss<2>,
    /// The rules in the race, as bits by index in [`Rule::ALL`].
    pub(crate) rules: u32,
    pub(crate) fair: Fairness,
    pub(crate) alpha: f64,
    pub(crate) beta: f64,
    pub(crate) beta1: f64,
    pub(crate) beta2: f64,
    pub(crate) eps: Option<f64>,
    pub(crate) rho: Option<f64>,
    pub(crate) weight_decay: f64,
    pub(crate) momentum_decay: f64,
    /// Newton's safeguard.
    pub(crate) safeguard: bool,
    pub(crate) schedule: ScheduleText,
    pub(crate) start: [f64; 2],
    pub(crate) steps: u32,
    runners: Vec<Runner>,
    sweeps: Sweeps,
}

/// What the outcomes depend on besides rule and α: loss, schedule, start, steps and settings.
type Terms = (String, ScheduleText, [f64; 2], u32, [Setting; 7], bool);

/// The search for each rule's best α.
#[derive(Debug, Default)]
struct Sweeps {
    /// The settings for which the results hold.
    of: Option<Terms>,
    /// The points computed so far, by rule.
    points: [Vec<SweepPoint>; Rule::ALL.len()],
}

impl Default for RaceModel {
    fn default() -> Self {
        let mut model = Self {
            loss: NamedLoss::<2>::named("rosenbrock").expect("a landscape's name"),
            rules: 0b11_0011,
            fair: Fairness::Same,
            alpha: 0.001,
            beta: 0.9,
            beta1: 0.9,
            beta2: 0.999,
            eps: None,
            rho: None,
            weight_decay: 0.01,
            momentum_decay: 0.004,
            safeguard: true,
            schedule: ScheduleText::default(),
            start: [-1.2, 1.0],
            steps: 500,
            runners: Vec::new(),
            sweeps: Sweeps::default(),
        };
        model.recompute();
        model
    }
}

impl RaceModel {
    /// Recomputes all runs.
    pub(crate) fn recompute(&mut self) {
        let loss = self.loss.text().to_owned();
        let of = Some((
            loss,
            self.schedule.clone(),
            self.start,
            self.steps,
            self.settings(),
            self.safeguard,
        ));
        if self.sweeps.of != of {
            self.sweeps = Sweeps { of, ..Sweeps::default() };
        }
        self.runners = (0..Rule::ALL.len())
            .filter(|index| self.takes_part(*index))
            .map(|index| {
                let (rule, alpha) = (self.rule(index), self.alpha_of(index).unwrap_or(self.alpha));
                let trajectory = self.descent(rule, alpha).run();
                Runner { index, rule, alpha, trajectory }
            })
            .collect();
    }

    /// The hyperparameters that are fields of the race.
    pub(crate) fn settings(&self) -> [Setting; 7] {
        let setting = |name, label, value| Setting { name, label, value };
        [
            setting("beta", "control-beta", Some(self.beta)),
            setting("beta1", "control-beta1", Some(self.beta1)),
            setting("beta2", "control-beta2", Some(self.beta2)),
            setting("eps", "control-eps", self.eps),
            setting("rho", "control-rho", self.rho),
            setting("weight-decay", "control-weight-decay", Some(self.weight_decay)),
            setting("momentum-decay", "control-momentum-decay", Some(self.momentum_decay)),
        ]
    }

    /// The rule with this index, with the hyperparameters of the spec.
    fn rule(&self, index: usize) -> Rule {
        let mut rule = Rule::ALL[index].with_safeguard(self.safeguard);
        for Setting { name, value, .. } in self.settings() {
            // A rule ignores hyperparameters that it does not have.
            rule = value.map_or(Ok(rule), |value| rule.with(name, value)).unwrap_or(rule);
        }
        rule
    }

    fn limit(&self) -> StopCriteria {
        StopCriteria { max_iterations: self.steps as usize, ..StopCriteria::default() }
    }

    fn pace(&self) -> Schedule {
        self.schedule.over(self.steps)
    }

    fn descent(&self, rule: Rule, alpha: f64) -> Descent<'_, 2> {
        Descent::new(self.loss.loss(), rule, alpha, self.start, self.limit())
            .with_schedule(self.pace())
    }

    pub(crate) fn takes_part(&self, index: usize) -> bool {
        self.rules >> index & 1 == 1
    }

    /// Adds or removes the rule with this index. The last rule stays.
    pub(crate) fn toggle(&mut self, index: usize) -> bool {
        let rules = self.rules ^ 1 << index;
        let some = rules != 0;
        if some {
            self.rules = rules;
        }
        some
    }

    pub(crate) fn is_best(&self) -> bool {
        self.fair == Fairness::Best
    }

    /// The learning rate of a rule, if it is known yet.
    fn alpha_of(&self, index: usize) -> Option<f64> {
        if !self.is_best() {
            return Some(self.alpha);
        }
        let points = &self.sweeps.points[index];
        (points.len() == SWEEP.2).then(|| fastest(points).map_or(SWEEP.0, |point| point.alpha))
    }

    /// The row whose best α is currently searched.
    pub(crate) fn sought(&self) -> Option<usize> {
        (0..Rule::ALL.len())
            .find(|index| self.takes_part(*index) && self.alpha_of(*index).is_none())
    }

    /// Whether the α that a rule races with is known, and not only stands in while it is searched.
    pub(crate) fn is_found(&self, runner: &Runner) -> bool {
        self.alpha_of(runner.index).is_some()
    }

    /// The number of rules whose α is known.
    pub(crate) fn found(&self) -> usize {
        self.runners.iter().filter(|runner| self.is_found(runner)).count()
    }

    /// Continues the search for about `steps` descent steps; returns whether the α of a rule was
    /// found.
    pub(crate) fn search(&mut self, steps: usize) -> bool {
        let (mut taken, mut news) = (0_usize, false);
        while let Some(index) = self.sought() {
            let sweep = Sweep::new(self.loss.loss(), self.rule(index), self.start, self.limit())
                .with_schedule(self.pace());
            let (from, to, count) = SWEEP;
            let found = &mut self.sweeps.points[index];
            let alphas = Spacing::Logarithmic.alphas(from, to, count).skip(found.len());
            let points = sweep.advance(alphas.map(three_digits), steps.saturating_sub(taken));
            for point in &points {
                taken = taken.saturating_add(point.outcome.k());
            }
            found.extend(points);
            news = news || self.sweeps.points[index].len() == count;
            if taken >= steps {
                break;
            }
        }
        news
    }

    /// The name of a run's regime; `None` if the learning rate changes.
    pub(crate) fn regime(&self, runner: &Runner) -> Option<&'static str> {
        if !self.is_steady() {
            return None;
        }
        regime::name(self.loss.loss(), &runner.rule, runner.alpha)
    }

    /// The learning rate of step `k`.
    pub(crate) fn rate(&self, alpha: f64, k: usize) -> f64 {
        self.pace().alpha(alpha, k)
    }

    /// Whether α is constant.
    pub(crate) fn is_steady(&self) -> bool {
        self.pace() == Schedule::Constant
    }

    pub(crate) fn runners(&self) -> &[Runner] {
        &self.runners
    }

    /// A run's step from its k-th iterate; at the end of the run the one that led there.
    pub(crate) fn step(&self, runner: &Runner, k: u32) -> Option<(u32, Step<2>)> {
        let k = k.min(runner.last().checked_sub(1)?);
        let mut descent = self.descent(runner.rule, runner.alpha);
        let mut step = None;
        for _ in 0..=k {
            step = descent.step();
        }
        step.map(|step| (k, step))
    }

    /// The distance from a point to the nearest known minimizer, or to the start if none is known.
    pub(crate) fn distance(&self, at: [f64; 2]) -> f64 {
        let bottoms = self.loss.landscape().map_or(&[][..], |landscape| landscape.minimizers);
        let from = |place: &[f64; 2]| libm::hypot(at[0] - place[0], at[1] - place[1]);
        let nearest = bottoms.iter().map(from).min_by(f64::total_cmp);
        nearest.unwrap_or_else(|| from(&self.start))
    }

    /// The loss at a point.
    pub(crate) fn value(&self, x: f64, y: f64) -> f64 {
        self.loss.value([x, y])
    }
}

/// Rounds α to three digits, so that it is easy to type.
fn three_digits(alpha: f64) -> f64 {
    crate::text::numbers::to_decimals(alpha, 2.0 - f64::floor(libm::log10(alpha)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_is_one_of_a_rule() {
        for Setting { name, .. } in RaceModel::default().settings() {
            assert!(Rule::ALL.iter().any(|rule| rule.hyperparameter(name).is_some()), "{name}");
        }
    }

    /// Each run is bit for bit the core's descent with the same settings.
    #[test]
    fn every_run_has_the_numbers_of_its_own_descent() {
        for fair in [Fairness::Same, Fairness::Best] {
            let mut model = RaceModel { fair, rules: 0x7ff, steps: 60, ..RaceModel::default() };
            model.eps = Some(1e-4);
            model.recompute();
            while model.sought().is_some() {
                let _news = model.search(1000);
            }
            model.recompute();
            assert_eq!(model.runners().len(), 11);
            for runner in model.runners() {
                let limit = StopCriteria { max_iterations: 60, gradient_tol: 1e-6 };
                let loss = model.loss.loss();
                let run = downhill::descend(loss, runner.rule, runner.alpha, [-1.2, 1.0], limit);
                assert_eq!(run, runner.trajectory, "{}", runner.rule.name());
                let eps = runner.rule.hyperparameter("eps");
                assert!(eps.is_none_or(|eps| eps == 1e-4), "{eps:?}");
            }
        }
    }

    #[test]
    fn the_best_alpha_is_that_of_the_whole_sweep_however_it_is_sliced() {
        let search = |slice| {
            let mut model = RaceModel {
                fair: Fairness::Best,
                steps: 80,
                rules: 0b10_0001,
                ..RaceModel::default()
            };
            model.recompute();
            while model.sought().is_some() {
                let _news = model.search(slice);
            }
            model.recompute();
            model.runners().iter().map(|runner| runner.alpha).collect::<Vec<_>>()
        };
        let alphas = search(usize::MAX);
        assert_eq!(alphas, search(1));
        // No α of the sweep's grid gets lower.
        let model = RaceModel { steps: 80, ..RaceModel::default() };
        let limit = model.limit();
        for (rule, best) in [(Rule::ALL[0], alphas[0]), (Rule::ALL[5], alphas[1])] {
            let sweep = Sweep::new(model.loss.loss(), rule, model.start, limit);
            let best = sweep.at(best).loss;
            for i in 0..61 {
                let loss = sweep.at(three_digits(libm::pow(10.0, f64::from(i) / 10.0 - 5.0))).loss;
                assert!(loss.is_nan() || loss >= best, "{loss} < {best}");
            }
        }
    }

    #[test]
    fn the_last_rule_stays() {
        let mut model = RaceModel { rules: 1, ..RaceModel::default() };
        assert!(!model.toggle(0));
        assert!(model.toggle(5) && model.toggle(0));
        assert_eq!(model.rules, 1 << 5);
    }
}
