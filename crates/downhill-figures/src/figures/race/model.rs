//! The model of the race: several update rules from one start on one landscape.

use downhill::{
    AlphaChanges, Descent, Iterate, Loss, NamedLoss, Outcome, Rule, Schedule, Spacing, Step,
    StopCriteria, Sweep, SweepPoint, Trajectory, fastest,
};

use crate::descent::fairness::Fairness;
use crate::descent::schedule_text::ScheduleText;
use crate::descent::{regime, rules};
use crate::draw::ColorRole;
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::choice::ChoiceSlot;

/// The sweep's learning rates: ten per decade, both ends included.
pub(crate) const SWEEP: (f64, f64, usize) = (1e-5, 10.0, 61);

/// The longest race, since all of it is drawn in every frame.
pub(crate) const MOST_STEPS: u32 = 10_000;

/// One rule in the race.
#[derive(Clone, Debug)]
pub(crate) struct Runner {
    /// Its index among the entrants: each rule of [`Rule::ALL`], then the same rule again.
    pub(crate) index: usize,
    pub(crate) rule: Rule,
    pub(crate) alpha: f64,
    pub(crate) trajectory: Trajectory<2>,
}

impl Runner {
    /// Whether it is the second run of its rule.
    pub(crate) const fn is_second(&self) -> bool {
        is_second(self.index)
    }

    /// Its name in links and exports.
    pub(crate) fn name(&self) -> &'static str {
        if self.is_second() { rules::second_name(&self.rule) } else { self.rule.name() }
    }

    pub(crate) fn role(&self) -> ColorRole {
        rules::role(&self.rule)
    }

    pub(crate) fn last(&self) -> u32 {
        self.trajectory.last_k() as u32
    }

    /// The k-th iterate, or the last one.
    pub(crate) fn iterate(&self, k: u32) -> Iterate<2> {
        iterate(&self.trajectory, k)
    }

    /// The loss after k iterations; `None` once the run has left the domain.
    pub(crate) fn loss(&self, k: u32) -> Option<f64> {
        loss_after(&self.trajectory, k)
    }

    /// After how many steps it had converged, if that was by iteration `k`.
    pub(crate) fn arrived(&self, k: u32) -> Option<u32> {
        let converged = matches!(self.trajectory.outcome, Outcome::Converged { .. });
        (converged && k >= self.last()).then(|| self.last())
    }

    pub(crate) fn has_diverged(&self) -> bool {
        matches!(self.trajectory.outcome, Outcome::Diverged { .. })
    }
}

/// The k-th iterate of a run, or the last one.
pub(crate) fn iterate(run: &Trajectory<2>, k: u32) -> Iterate<2> {
    run.iterates[(k as usize).min(run.last_k())]
}

/// The loss of a run after k iterations; `None` once it has left the domain.
pub(crate) fn loss_after(run: &Trajectory<2>, k: u32) -> Option<f64> {
    let left = matches!(run.outcome, Outcome::Undefined { k: end, .. } if k as usize >= end);
    (!left).then_some(iterate(run, k).loss)
}

/// The number of entrants: every rule may run twice.
const ENTRANTS: usize = 2 * Rule::ALL.len();

/// Whether an entrant is the second of its rule.
const fn is_second(entrant: usize) -> bool {
    entrant % 2 == 1
}

/// A run by its entrant, in the field `runner`: `adam`, and `adam:2` for the second of that rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Entrant(pub(crate) usize);

impl ChoiceSlot for Entrant {
    fn chosen(&self) -> &'static str {
        let rule = &Rule::ALL[self.0 / 2];
        if is_second(self.0) { rules::second_name(rule) } else { rule.name() }
    }

    /// Only the first of each rule, since that of the second follows from it.
    fn names(&self) -> Vec<&'static str> {
        Rule::ALL.iter().map(Rule::name).collect()
    }

    fn choose(&mut self, name: &str) -> bool {
        let found = (0..ENTRANTS).find(|index| Self(*index).chosen() == name);
        self.0 = found.unwrap_or(self.0);
        found.is_some()
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
    /// The entrants in the race, as bits.
    pub(crate) rules: u32,
    /// α of the second run of a rule; that of the first if it is not given.
    pub(crate) other_alpha: Option<f64>,
    /// β, or Adam's β₁, of the second run of a rule.
    pub(crate) other_beta: Option<f64>,
    pub(crate) fair: Fairness,
    pub(crate) alpha: f64,
    /// Changes of the shared α; none while each rule has its own.
    pub(crate) changes: AlphaChanges,
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
type Terms = (String, ScheduleText, [f64; 2], u32, [Setting; 7], bool, Option<f64>);

/// The search for each rule's best α.
#[derive(Debug, Default)]
struct Sweeps {
    /// The settings for which the results hold.
    of: Option<Terms>,
    /// The points computed so far, by entrant.
    points: [Vec<SweepPoint>; ENTRANTS],
}

impl Default for RaceModel {
    fn default() -> Self {
        let mut model = Self {
            loss: NamedLoss::<2>::named("rosenbrock").expect("a landscape's name"),
            rules: 0b0101_0000_0101,
            other_alpha: None,
            other_beta: None,
            fair: Fairness::Same,
            alpha: 0.001,
            changes: AlphaChanges::default(),
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
        if self.is_best() {
            self.changes = AlphaChanges::default();
        }
        let loss = self.loss.text().to_owned();
        let of = Some((
            loss,
            self.schedule.clone(),
            self.start,
            self.steps,
            self.settings(),
            self.safeguard,
            self.other_beta,
        ));
        if self.sweeps.of != of {
            self.sweeps = Sweeps { of, ..Sweeps::default() };
        }
        self.runners = (0..ENTRANTS)
            .filter(|index| self.takes_part(*index))
            .map(|index| {
                let (rule, alpha) = (self.rule(index), self.alpha_of(index).unwrap_or(self.alpha));
                let trajectory = self.descent(index, rule, alpha).run();
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

    /// The rule of an entrant, with the hyperparameters of the spec.
    fn rule(&self, index: usize) -> Rule {
        let mut rule = Rule::ALL[index / 2].with_safeguard(self.safeguard);
        for Setting { name, value, .. } in self.settings() {
            // A rule ignores hyperparameters that it does not have.
            rule = value.map_or(Ok(rule), |value| rule.with(name, value)).unwrap_or(rule);
        }
        if let Some(beta) = self.other_beta
            && is_second(index)
        {
            rule = FIRST_MOMENTS.iter().find_map(|name| rule.with(name, beta).ok()).unwrap_or(rule);
        }
        rule
    }

    fn limit(&self) -> StopCriteria {
        StopCriteria { max_iterations: self.steps as usize, ..StopCriteria::default() }
    }

    fn pace(&self) -> Schedule {
        self.schedule.over(self.steps)
    }

    fn descent(&self, index: usize, rule: Rule, alpha: f64) -> Descent<'_, 2> {
        Descent::new(self.loss.loss(), rule, alpha, self.start, self.limit())
            .with_schedule(self.pace())
            .with_changes(self.changes_of(index))
    }

    /// The changes of an entrant's α: those of the shared one, if it does not have its own.
    pub(crate) fn changes_of(&self, index: usize) -> AlphaChanges {
        let own = is_second(index) && self.other_alpha.is_some();
        if own { AlphaChanges::default() } else { self.changes }
    }

    pub(crate) const fn takes_part(&self, index: usize) -> bool {
        self.rules >> index & 1 == 1
    }

    /// Adds the rule with this index in [`Rule::ALL`], or removes all its runs. The last rule
    /// stays.
    pub(crate) fn toggle(&mut self, rule: usize) -> bool {
        let both = 0b11 << (2 * rule);
        let rules =
            if self.has(rule) { self.rules & !both } else { self.rules | 0b01 << (2 * rule) };
        let some = rules != 0;
        if some {
            self.rules = rules;
        }
        some
    }

    /// Whether the rule with this index in [`Rule::ALL`] runs.
    pub(crate) const fn has(&self, rule: usize) -> bool {
        self.rules >> (2 * rule) & 0b11 != 0
    }

    /// Whether the rule of this runner runs twice.
    pub(crate) const fn is_twice(&self, runner: &Runner) -> bool {
        self.takes_part(runner.index) && self.takes_part(runner.index ^ 1)
    }

    /// Whether any rule runs twice.
    pub(crate) fn is_any_twice(&self) -> bool {
        self.runners.iter().any(|runner| runner.is_second())
    }

    /// Lets the rule of a runner run twice, or once again.
    pub(crate) fn toggle_second(&mut self, runner: &Runner) {
        let both = 0b11 << (runner.index & !1);
        if self.rules & both == both {
            self.rules &= !(0b10 << (runner.index & !1));
            return;
        }
        self.rules |= both;
        // The second has to differ in something: momentum in β, the others in α.
        if runner.rule.hyperparameter("beta").is_some() {
            self.other_beta = self.other_beta.filter(|beta| *beta != self.beta);
            let usual = if self.beta == 0.5 { 0.9 } else { 0.5 };
            self.other_beta = self.other_beta.or(Some(usual));
        } else {
            self.other_alpha = self.other_alpha.filter(|alpha| *alpha != self.alpha);
            self.other_alpha = self.other_alpha.or(Some(three_digits(10.0 * runner.alpha)));
        }
    }

    /// The settings in which the two runs of a runner's rule differ, by symbol, as this one has
    /// them; α if they are alike.
    pub(crate) fn told_apart(&self, runner: &Runner) -> Vec<(&'static str, f64)> {
        let other = self.runners.iter().find(|other| other.index == runner.index ^ 1);
        let Some(other) = other else { return Vec::new() };
        let mut all = Vec::new();
        for setting in runner.rule.hyperparameters() {
            let [own, its] = [runner, other].map(|run| run.rule.hyperparameter(setting.name));
            if let Some(value) = own.filter(|_| own != its) {
                all.push((setting.symbol, value));
            }
        }
        if all.is_empty() || runner.alpha != other.alpha {
            all.insert(0, ("α", runner.alpha));
        }
        all
    }

    pub(crate) fn is_best(&self) -> bool {
        self.fair == Fairness::Best
    }

    /// The learning rate of an entrant, if it is known yet.
    fn alpha_of(&self, index: usize) -> Option<f64> {
        if is_second(index) && self.other_alpha.is_some() {
            return self.other_alpha;
        }
        if !self.is_best() {
            return Some(self.alpha);
        }
        let points = &self.sweeps.points[index];
        (points.len() == SWEEP.2).then(|| fastest(points).map_or(SWEEP.0, |point| point.alpha))
    }

    /// The row whose best α is currently searched.
    pub(crate) fn sought(&self) -> Option<usize> {
        (0..ENTRANTS).find(|index| self.takes_part(*index) && self.alpha_of(*index).is_none())
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
        if !self.is_steady(runner) {
            return None;
        }
        regime::name(self.loss.loss(), &runner.rule, runner.alpha)
    }

    /// The learning rate of a run's step `k`.
    pub(crate) fn rate(&self, runner: &Runner, k: usize) -> f64 {
        self.pace().alpha(self.changes_of(runner.index).alpha(runner.alpha, k), k)
    }

    /// Whether a run's α is constant.
    pub(crate) fn is_steady(&self, runner: &Runner) -> bool {
        self.pace() == Schedule::Constant && self.changes_of(runner.index).list().is_empty()
    }

    /// The shared α with its changes.
    pub(crate) fn plan(&self) -> AlphaPlan {
        AlphaPlan { alpha: self.alpha, changes: self.changes, steps: self.steps }
    }

    pub(crate) fn runners(&self) -> &[Runner] {
        &self.runners
    }

    /// A run's step from its k-th iterate; at the end of the run the one that led there.
    pub(crate) fn step(&self, runner: &Runner, k: u32) -> Option<(u32, Step<2>)> {
        let k = k.min(runner.last().checked_sub(1)?);
        let mut descent = self.descent(runner.index, runner.rule, runner.alpha);
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

/// The hyperparameters that `other-beta` stands for.
const FIRST_MOMENTS: [&str; 2] = ["beta", "beta1"];

/// β of a run, or Adam's β₁.
pub(crate) fn first_moment(runner: &Runner) -> Option<f64> {
    FIRST_MOMENTS.iter().find_map(|name| runner.rule.hyperparameter(name))
}

/// Rounds α to three digits, so that it is easy to type.
fn three_digits(alpha: f64) -> f64 {
    crate::text::numbers::to_decimals(alpha, 2.0 - f64::floor(libm::log10(alpha)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::locale::Locale;

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
            let mut model = RaceModel { fair, rules: 0x15_5555, steps: 60, ..RaceModel::default() };
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
                rules: 0b0100_0000_0001,
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

    /// The race's runs by name, from texts as an address has them.
    fn race(fields: &[(&str, &str)]) -> Vec<(String, f64, f64)> {
        let mut figure = crate::figure("race", Locale::default()).expect("a figure");
        let problems = figure.start(fields).problems;
        assert!(problems.is_empty(), "{problems:?}");
        let runs = figure.snapshot().runs.into_iter();
        runs.map(|run| (run.name.to_string(), run.alpha, *run.losses.last().expect("a loss")))
            .collect()
    }

    /// The lesson's own numbers for Adam at both α, and the core's run for momentum.
    #[test]
    fn a_rule_runs_twice_with_settings_of_its_own() {
        let end = |rule: Rule, alpha| {
            let limit = StopCriteria { max_iterations: 500, ..StopCriteria::default() };
            let loss = NamedLoss::<2>::named("rosenbrock").expect("a landscape");
            let run = downhill::descend(loss.loss(), rule, alpha, [-1.2, 1.0], limit);
            run.iterates.last().expect("an iterate").loss
        };
        let adam = Rule::ALL[5];
        assert_eq!(
            race(&[("rules", "adam,gd,adam"), ("other-alpha", "1")])[1..],
            [
                ("adam".to_owned(), 0.001, end(adam, 0.001)),
                ("adam:2".to_owned(), 1.0, end(adam, 1.0))
            ]
        );
        let [slow, quick] = [0.5, 0.9].map(|beta| Rule::Momentum { beta });
        assert_eq!(
            race(&[("rules", "momentum,momentum"), ("other-beta", "0.5")]),
            [
                ("momentum".to_owned(), 0.001, end(quick, 0.001)),
                ("momentum:2".to_owned(), 0.001, end(slow, 0.001))
            ]
        );
        // β stands for Adam's β₁.
        let other = adam.with("beta1", 0.5).expect("β₁");
        let both = race(&[("rules", "adam,adam"), ("other-beta", "0.5")]);
        assert_eq!(both[1].2, end(other, 0.001));
    }

    #[test]
    fn a_third_run_of_a_rule_is_refused_and_says_so() {
        let mut figure = crate::figure("race", Locale::default()).expect("a figure");
        for text in ["adam,adam,adam", "adam,adam:2", "adam adam", "adam,,gd", ""] {
            let problems = figure.start(&[("rules", text)]).problems;
            assert!(problems[0].message.contains("each at most twice"), "{problems:?}");
            assert!(problems[0].message.ends_with("gd,momentum,rmsprop,adam stays."));
        }
        let problems = figure.start(&[("other-alpha", "fast")]).problems;
        assert!(problems[0].message.contains(", or same, not"), "{problems:?}");
    }

    #[test]
    fn a_second_run_differs_and_is_told_apart() {
        for fair in [Fairness::Same, Fairness::Best] {
            for index in 0..Rule::ALL.len() {
                let mut model = RaceModel { rules: 1 << (2 * index), fair, ..RaceModel::default() };
                model.recompute();
                let first = model.runners()[0].clone();
                model.toggle_second(&first);
                model.recompute();
                let [a, b] = model.runners() else { panic!("{:?}", model.runners()) };
                assert!(a.rule != b.rule || a.alpha != b.alpha, "{}", a.rule.name());
                let (told, other) = (model.told_apart(a), model.told_apart(b));
                assert!(!told.is_empty() && told != other, "{told:?} {other:?}");
                model.toggle_second(&first);
                model.recompute();
                assert_eq!(model.runners().len(), 1);
                assert!(model.told_apart(&first).is_empty());
            }
        }
    }

    #[test]
    fn the_last_rule_stays() {
        let mut model = RaceModel { rules: 1, ..RaceModel::default() };
        assert!(!model.toggle(0));
        assert!(model.toggle(5) && model.toggle(0));
        let adam = RaceModel { rules: 0b11 << 10, ..RaceModel::default() };
        assert!(adam.has(5) && !adam.has(0));
        assert_eq!(model.rules, 1 << 10);
    }
}
