//! The readouts of the race: who is ahead, what makes it fair, and the list of rules.

use downhill::Outcome;
use downhill::numbers::shortest;

use super::model::{Runner, SWEEP, iterate, loss_after};
use super::{Race, step_breakdown};
use crate::descent::newton;
use crate::descent::regime;
use crate::draw::ColorRole;
use crate::framework::declaration::{Readout, Table};
use crate::framework::figure::{outcome_cell, outcome_sentence};
use crate::framework::figure_text::FigureText;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;
use crate::text::messages::{FROM_HERE, GROUND};

/// The most rules of which it is said when they converged.
const MOST_ARRIVALS: usize = 4;

impl Race {
    /// Which rules are first and last after k iterations.
    fn who_is_ahead(&self, view: &ViewState<'_>) -> (String, ColorRole) {
        let locale = view.locale;
        let runners = self.model.runners();
        if runners.iter().any(|runner| !runner.trajectory.iterates[0].has_value()) {
            return (locale.get("race-nowhere"), ColorRole::Diverged);
        }
        let mut standing = Vec::new();
        // Runs that left the domain, and runs that reached an infinite loss.
        let mut gone = [Vec::new(), Vec::new()];
        let rules = runners
            .iter()
            .map(|runner| (self.title(runner, locale), runner.role(), &runner.trajectory));
        let own = self.own.trajectory();
        let own = own.map(|run| (locale.get("own-path"), ColorRole::Ink, run));
        for (name, role, run) in rules.chain(own) {
            match loss_after(run, view.k) {
                Some(loss) => standing.push((name, role, loss)),
                None => {
                    let infinite = matches!(run.outcome, Outcome::Undefined { infinite: true, .. });
                    gone[usize::from(infinite)].push(name);
                }
            }
        }
        let mut out = String::new();
        for (key, names) in ["race-out", "race-infinite"].into_iter().zip(gone) {
            if !names.is_empty() {
                out.push(' ');
                out.push_str(&locale.format(key, &[("names", &*names.join(", "))]));
            }
        }
        let order =
            |a: &&(String, ColorRole, f64), b: &&(String, ColorRole, f64)| a.2.total_cmp(&b.2);
        let (Some((first, role, best)), Some((last, _, worst))) =
            (standing.iter().min_by(order), standing.iter().max_by(order))
        else {
            return (out.trim_start().to_owned(), ColorRole::Muted);
        };
        let iterations = locale.format("iterations", &[("k", &*view.k.to_string())]);
        let (key, role) = if view.k == 0 {
            ("race-start", ColorRole::Muted)
        } else if standing.len() == 1 {
            ("race-alone", *role)
        } else {
            ("race-standing", *role)
        };
        if let Some((sentence, role)) = self.arrivals(view) {
            return (sentence + &out, role);
        }
        let losses = [best, worst].map(|loss| locale.short(*loss));
        let values = [
            ("iterations", &*iterations),
            ("first", &**first),
            ("last", &**last),
            ("best", &*losses[0]),
            ("worst", &*losses[1]),
        ];
        (locale.format(key, &values) + &out, role)
    }

    /// Which rules have converged, in their order and each with its steps, if any has, and which of the
    /// others is last.
    fn arrivals(&self, view: &ViewState<'_>) -> Option<(String, ColorRole)> {
        let (locale, runners, ranks) = (view.locale, self.model.runners(), self.ranks(view.k));
        let mut text = String::new();
        for (rank, row) in ranks.iter().enumerate().take(MOST_ARRIVALS) {
            let runner = &runners[*row];
            let Some(steps) = runner.arrived(view.k) else { break };
            let first = rank == 0 && runners.len() > 1;
            let key = if first { "race-arrived" } else { "race-arrived-other" };
            let values = [("name", &*self.title(runner, locale)), ("n", &*steps.to_string())];
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(&locale.format(key, &values));
        }
        let role = runners[*ranks.first().filter(|_| !text.is_empty())?].role();
        let last = &runners[*ranks.last()?];
        if let Some(loss) = last.loss(view.k).filter(|_| last.arrived(view.k).is_none()) {
            let values = [("last", &*self.title(last, locale)), ("worst", &*locale.short(loss))];
            text.push(' ');
            text.push_str(&locale.format("race-behind", &values));
        }
        Some((text, role))
    }

    /// How the race is made fair, in words.
    fn fairness(&self, locale: &Locale) -> Readout {
        let model = &self.model;
        let (from, to, count) = SWEEP;
        let found = model.found().to_string();
        let runners = model.runners().len().to_string();
        let values = [
            ("alpha", &*locale.rounded(model.alpha)),
            ("steps", &*model.steps.to_string()),
            ("schedule", model.schedule.as_str()),
            ("count", &*count.to_string()),
            ("from", &*locale.short(from)),
            ("to", &*locale.full(to)),
            ("found", &*found),
            ("runners", &*runners),
        ];
        let key = match (model.is_best(), model.sought()) {
            (false, _) => "fairness-same",
            (true, None) => "fairness-best",
            (true, Some(_)) => "fairness-search",
        };
        let mut text = locale.format(key, &values);
        if model.is_any_twice() {
            text.push(' ');
            text.push_str(&locale.get("fairness-twice"));
        }
        Readout::Line { id: "fairness", part: "fairness", text, role: ColorRole::Ink }
    }

    /// The command that prints every iterate of the selected run.
    pub(super) fn command(&self) -> String {
        let (model, runner) = (&self.model, self.runner());
        let [x, y] = model.start.map(shortest);
        let mut text = format!(
            "downhill trace --loss '{}' --start {x},{y} --steps {} --rule {} --alpha {}",
            model.loss.text(),
            model.steps,
            runner.rule.name(),
            shortest(runner.alpha),
        );
        // The command line refuses changes that no step would see.
        for (k, alpha) in
            model.changes_of(runner.index).list().iter().filter(|(k, _)| *k < model.steps)
        {
            text.push_str(&format!(",{k}:{}", shortest(*alpha)));
        }
        for setting in runner.rule.hyperparameters() {
            if let Some(value) = runner.rule.hyperparameter(setting.name) {
                text.push_str(&format!(" --{} {}", setting.name, shortest(value)));
            }
        }
        if let Some(on) = runner.rule.safeguard() {
            text.push_str(if on { " --safeguard on" } else { " --safeguard off" });
        }
        if !model.is_steady(runner) {
            text.push_str(&format!(" --schedule {}", model.schedule.as_str()));
        }
        text
    }

    /// The α of a rule, or that it is being searched.
    pub(super) fn alpha_word(&self, runner: &Runner, locale: &Locale) -> String {
        if self.model.is_found(runner) {
            locale.rounded(runner.alpha)
        } else {
            locale.get("cell-searching")
        }
    }

    fn outcome_word(&self, runner: &Runner, view: &ViewState<'_>) -> String {
        let locale = view.locale;
        if view.k < runner.last() {
            return locale.get("cell-running");
        }
        let outcome = outcome_cell(locale, runner.trajectory.outcome);
        match runner.trajectory.not_newton().count() {
            0 => outcome,
            n => {
                locale.format("cell-not-newton", &[("outcome", &*outcome), ("n", &*n.to_string())])
            }
        }
    }

    /// The row of the reader's own path.
    fn own_row(&self, view: &ViewState<'_>) -> Vec<String> {
        let Some(own) = self.own.trajectory() else { return Vec::new() };
        let locale = view.locale;
        vec![
            locale.get("own-path"),
            locale.get("cell-own-alpha"),
            locale.digits.significant(loss_after(own, view.k).unwrap_or(f64::NAN), 4),
            locale.short(self.model.distance(iterate(own, view.k).x)),
            if view.k < self.own.last() {
                locale.get("cell-running")
            } else {
                outcome_cell(locale, own.outcome)
            },
        ]
    }

    /// The table of all rules.
    pub(super) fn list(&self, locale: &Locale) -> Table {
        let known = self.model.loss.landscape().is_some_and(|known| !known.minimizers.is_empty());
        let distance = if known { "column-to-bottom" } else { "column-from-start" };
        let columns =
            ["column-rule", "column-alpha", "column-loss-now", distance, "column-outcome"]
                .map(|key| locale.get(key))
                .to_vec();
        let runners = self.model.runners();
        Table {
            caption: locale.get("caption-runners"),
            columns,
            rows: runners.len() as u32 + u32::from(self.own.trajectory().is_some()),
            k: self.row_chosen() as u32,
            roles: runners.iter().map(Runner::role).chain([ColorRole::Ink]).collect(),
        }
    }
}

impl FigureText for Race {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../../text/messages/en/race.txt"), GROUND, FROM_HERE]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let locale = view.locale;
        let (text, role) = self.who_is_ahead(view);
        let runner = self.runner();
        let line = |id, text, role| Readout::Line { id, part: id, text, role };
        let plan = self.model.plan().line(view);
        let mut all = vec![line("standing", text, role), self.fairness(locale), plan];
        let loss = self.model.loss.loss();
        if loss.is_quadratic() && self.model.is_steady(runner) {
            let mut regime = regime::line(loss, &runner.rule, runner.alpha, locale);
            if let Readout::Line { text, .. } = &mut regime {
                *text = [&*self.title(runner, locale), " · ", &**text].concat();
            }
            all.push(regime);
        }
        if let Some(step) = self.model.step(runner, view.k) {
            all.push(step_breakdown::readout(runner, &step, view.predicting, locale));
            all.extend(newton::line(&runner.trajectory, view.k, locale));
            all.push(line("legend", locale.get("autopsy-legend"), ColorRole::Muted));
        }
        all.push(line("ground", self.map.caveat(locale), ColorRole::Muted));
        all.push(line("command", self.command(), ColorRole::Muted));
        let outcome = runner.trajectory.outcome;
        let text = if view.k >= runner.last() {
            outcome_sentence(locale, &self.title(runner, locale), outcome)
        } else {
            let (k, steps) = (view.k.to_string(), self.model.steps.to_string());
            locale.format("outcome-on-the-way", &[("k", &*k), ("steps", &*steps)])
        };
        all.push(line("outcome", text, runner.role()));
        all
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        self.who_is_ahead(view).0
    }

    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        let locale = view.locale;
        let Some(runner) = self.model.runners().get(row as usize) else {
            return self.own_row(view);
        };
        let here = runner.iterate(view.k);
        vec![
            self.title(runner, locale),
            if self.model.is_found(runner) {
                locale.full(runner.alpha)
            } else {
                self.alpha_word(runner, locale)
            },
            // After leaving the domain, the last loss does not belong to this iteration.
            locale.digits.significant(runner.loss(view.k).unwrap_or(f64::NAN), 4),
            locale.short(self.model.distance(here.x)),
            self.outcome_word(runner, view),
        ]
    }
}
