//! The model of the ravine: two descents from one start, the second with momentum.

use downhill::{
    AlphaChanges, CompiledFormula, Descent, Iterate, Outcome, Quadratic, Regime, Rule,
    StopCriteria, Trajectory, descend,
};

use super::Ground;
use crate::descent::fairness::Fairness;
use crate::descent::rules;
use crate::framework::alpha_plan::AlphaPlan;
use crate::text::locale::Locale;

/// The largest β; momentum that keeps everything would never come to rest.
pub(crate) const LARGEST_BETA: f64 = 0.9999;

/// The fields of the spec, and the runs computed from them: plain descent first, then momentum.
#[derive(Clone, Debug)]
pub(crate) struct Comparison {
    pub(crate) loss: Ground,
    pub(crate) alpha: f64,
    /// Changes of the shared α; none while each run has its own.
    pub(crate) changes: AlphaChanges,
    pub(crate) beta: f64,
    /// α of the run that momentum is compared with; the same α if it is not given.
    pub(crate) other_alpha: Option<f64>,
    /// Its β: 0 is plain descent.
    pub(crate) other_beta: f64,
    pub(crate) start: [f64; 2],
    /// The direction of the floor in degrees, counter-clockwise from the x axis.
    pub(crate) degrees: f64,
    pub(crate) fair: Fairness,
    pub(crate) steps: u32,
    /// The loss with its current κ and angle.
    pub(crate) ground: CompiledFormula,
    quadratic: Quadratic<2>,
    runs: [Trajectory<2>; 2],
    /// α and β of each run.
    settings: [(f64, f64); 2],
}

impl Default for Comparison {
    fn default() -> Self {
        let (loss, alpha, beta) = (Ground::default(), 0.018, 0.9);
        let (start, steps) = ([-4.0, 1.0], 150);
        let ground = recorded(&loss);
        let run = || descend(&ground, Rule::GradientDescent, alpha, start, StopCriteria::default());
        let runs = [run(), run()];
        let settings = [(alpha, 0.0), (alpha, beta)];
        let mut race = Self {
            loss,
            alpha,
            changes: AlphaChanges::default(),
            beta,
            other_alpha: None,
            other_beta: 0.0,
            start,
            degrees: 0.0,
            fair: Fairness::Same,
            steps,
            quadratic: analysed(&ground, loss.kappa),
            ground,
            runs,
            settings,
        };
        let _first = race.recompute();
        race
    }
}

/// Compiles a ravine.
fn recorded(loss: &Ground) -> CompiledFormula {
    CompiledFormula::of(loss).unwrap_or_else(|_| panic!("a few results at a time"))
}

/// The analysis of a ravine.
fn analysed(ground: &CompiledFormula, kappa: f64) -> Quadratic<2> {
    // A ravine is quadratic for all κ and angles.
    Quadratic::of(ground).unwrap_or(Quadratic {
        minimizer: [0.0, 0.0],
        eigenvalues: [1.0, kappa],
        eigenvectors: [[1.0, 0.0], [0.0, 1.0]],
    })
}

impl Comparison {
    /// Recomputes the runs; returns whether the loss or the start, and therefore the maps, changed.
    pub(crate) fn recompute(&mut self) -> bool {
        let before = (self.quadratic, self.runs[0].iterates[0].x, self.loss.angle);
        self.loss.angle = self.degrees * std::f64::consts::PI / 180.0;
        self.ground = recorded(&self.loss);
        self.quadratic = analysed(&self.ground, self.loss.kappa);
        self.settings = match self.fair {
            Fairness::Same => {
                let other = self.other_alpha.unwrap_or(self.alpha);
                [(other, self.other_beta), (self.alpha, self.beta)]
            }
            Fairness::Best => {
                self.changes = AlphaChanges::default();
                [(self.quadratic.best_alpha(), 0.0), self.quadratic.best_momentum()]
            }
        };
        let limit = StopCriteria { max_iterations: self.steps as usize, ..StopCriteria::default() };
        let [(vanilla, _), (momentum, _)] = self.settings;
        self.runs = [(0, vanilla), (1, momentum)].map(|(run, alpha)| {
            let descent = Descent::new(&self.ground, self.rule(run), alpha, self.start, limit);
            descent.with_changes(self.changes_of(run)).run()
        });
        before != (self.quadratic, self.start, self.loss.angle)
    }

    pub(crate) fn quadratic(&self) -> &Quadratic<2> {
        &self.quadratic
    }

    pub(crate) fn trajectory(&self, run: usize) -> &Trajectory<2> {
        &self.runs[run]
    }

    /// The k-th iterate of a run, or the last one.
    pub(crate) fn iterate(&self, run: usize, k: u32) -> Iterate<2> {
        let iterates = &self.runs[run].iterates;
        iterates[(k as usize).min(iterates.len() - 1)]
    }

    pub(crate) fn last(&self, run: usize) -> u32 {
        self.runs[run].last_k() as u32
    }

    pub(crate) fn losses(&self, run: usize) -> Vec<f64> {
        self.runs[run].iterates.iter().map(|iterate| iterate.loss).collect()
    }

    pub(crate) fn alpha(&self, run: usize) -> f64 {
        self.settings[run].0
    }

    pub(crate) fn beta(&self, run: usize) -> f64 {
        self.settings[run].1
    }

    pub(crate) fn rule(&self, run: usize) -> Rule {
        if self.is_plain(run) {
            Rule::GradientDescent
        } else {
            Rule::Momentum { beta: self.beta(run) }
        }
    }

    /// Whether a run is plain descent.
    fn is_plain(&self, run: usize) -> bool {
        run == 0 && self.beta(0) == 0.0
    }

    /// A run's name in links and exports.
    pub(crate) fn name(&self, run: usize) -> &'static str {
        match run {
            _ if self.is_plain(run) => "vanilla",
            0 => rules::second_name(&self.rule(0)),
            _ => "momentum",
        }
    }

    /// A run's name in words, with the settings in which it differs from another of its rule or in
    /// α.
    pub(crate) fn title(&self, run: usize, locale: &Locale) -> String {
        let mut settings = Vec::new();
        if self.fair == Fairness::Same {
            if self.alpha(0) != self.alpha(1) {
                settings.push(("α", self.alpha(run)));
            }
            if !self.is_plain(0) && (self.beta(0) != self.beta(1) || settings.is_empty()) {
                settings.push(("β", self.beta(run)));
            }
        }
        self.named(run, &settings, locale)
    }

    /// The title of a run's map. At its best, each run has settings that no slider shows.
    pub(crate) fn caption(&self, run: usize, locale: &Locale) -> String {
        let own = [("α", self.alpha(run)), ("β", self.beta(run))];
        match self.fair {
            Fairness::Same => self.title(run, locale),
            Fairness::Best if self.is_plain(run) => self.named(run, &own[..1], locale),
            Fairness::Best => self.named(run, &own, locale),
        }
    }

    fn named(&self, run: usize, settings: &[(&'static str, f64)], locale: &Locale) -> String {
        let key = if self.is_plain(run) { "run-vanilla" } else { "run-momentum" };
        rules::told_apart(&locale.get(key), settings, locale)
    }

    /// The shared α with its changes.
    pub(crate) fn plan(&self) -> AlphaPlan {
        AlphaPlan { alpha: self.alpha, changes: self.changes, steps: self.steps }
    }

    /// The changes of a run's α: those of the shared one, if the run does not have its own.
    pub(crate) fn changes_of(&self, run: usize) -> AlphaChanges {
        if run == 0 && self.other_alpha.is_some() { AlphaChanges::default() } else { self.changes }
    }

    /// α of a run's step from iteration `k`.
    pub(crate) fn alpha_at(&self, run: usize, k: u32) -> f64 {
        self.changes_of(run).alpha(self.alpha(run), k as usize)
    }

    /// The regime of that α.
    pub(crate) fn regime_at(&self, run: usize, k: u32) -> Regime {
        // Both rules have regimes.
        let alpha = self.alpha_at(run, k);
        self.quadratic.regime_of(&self.rule(run), alpha).unwrap_or(Regime::Still)
    }

    /// The regime of a run, which there is for one α.
    pub(crate) fn regime(&self, run: usize) -> Option<Regime> {
        self.changes_of(run).list().is_empty().then(|| self.regime_at(run, 0))
    }

    /// Whether a run goes out and does not come back.
    pub(crate) fn runs_away(&self, run: usize) -> bool {
        match self.regime(run) {
            Some(regime) => regime == Regime::Diverge,
            None => matches!(self.runs[run].outcome, Outcome::Diverged { .. }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lesson's example, computed with CPython: after 100 iterations the loss of momentum is
    /// 1.49e-4, that of plain descent 1.31.
    #[test]
    fn momentum_is_ahead_after_a_hundred_iterations() {
        let mut race = Comparison { alpha: 0.009, ..Comparison::default() };
        race.loss.kappa = 200.0;
        assert!(race.recompute());
        let losses = [0, 1].map(|run| race.iterate(run, 100).loss);
        assert!((losses[0] - 1.31).abs() < 5e-3, "{}", losses[0]);
        assert!((losses[1] - 1.49e-4).abs() < 5e-7, "{}", losses[1]);
    }

    #[test]
    fn fair_at_its_best_gives_each_run_its_own_settings() {
        let mut race = Comparison { fair: Fairness::Best, ..Comparison::default() };
        let _ = race.recompute();
        assert!((race.alpha(0) - 2.0 / 101.0).abs() < 1e-15);
        // (2/(1+√100))² and ((√100−1)/(√100+1))².
        assert!((race.alpha(1) - 4.0 / 121.0).abs() < 1e-15);
        assert!((race.beta(1) - 81.0 / 121.0).abs() < 1e-15);
    }
}
