//! What is said of a race: who is ahead, what makes it fair, and the list of runners.

use downhill::Outcome;
use downhill::number::shortest;

use super::contest::{Runner, SWEEP};
use super::{Race, autopsy};
use crate::declare::{Readout, Table};
use crate::draw::Role;
use crate::exhibit::Moment;
use crate::figure::{outcome_cell, outcome_sentence};
use crate::newton;
use crate::regime;
use crate::voice::Voice;

impl Race {
    /// Who is ahead and who is last after k iterations.
    pub(super) fn who_is_ahead(&self, moment: &Moment<'_>) -> (String, Role) {
        let voice = moment.voice;
        let runners = self.contest.runners();
        if runners.iter().any(|runner| !runner.trajectory.iterates[0].has_value()) {
            return (voice.get("race-nowhere"), Role::Diverged);
        }
        let mut standing = Vec::new();
        // Who has left the domain, and who has come where the loss is infinite.
        let mut gone = [Vec::new(), Vec::new()];
        for runner in runners {
            match runner.loss(moment.k) {
                Some(loss) => standing.push((runner, loss)),
                None => {
                    let outcome = runner.trajectory.outcome;
                    let infinite = matches!(outcome, Outcome::Undefined { infinite: true, .. });
                    gone[usize::from(infinite)].push(runner.rule.title());
                }
            }
        }
        let mut out = String::new();
        for (key, names) in ["race-out", "race-infinite"].into_iter().zip(gone) {
            if !names.is_empty() {
                out.push(' ');
                out.push_str(&voice.say(key, &[("names", &*names.join(", "))]));
            }
        }
        let order = |a: &&(&Runner, f64), b: &&(&Runner, f64)| a.1.total_cmp(&b.1);
        let (Some(&(first, best)), Some(&(last, worst))) =
            (standing.iter().min_by(order), standing.iter().max_by(order))
        else {
            return (out.trim_start().to_owned(), Role::Muted);
        };
        let iterations = if moment.k == 1 {
            voice.get("iterations-one")
        } else {
            voice.say("iterations-many", &[("k", &*moment.k.to_string())])
        };
        let (key, role) = if moment.k == 0 {
            ("race-start", Role::Muted)
        } else if standing.len() == 1 {
            ("race-alone", first.role())
        } else {
            ("race-standing", first.role())
        };
        let losses = [best, worst].map(|loss| voice.about(loss));
        let values = [
            ("iterations", &*iterations),
            ("first", first.rule.title()),
            ("last", last.rule.title()),
            ("best", &*losses[0]),
            ("worst", &*losses[1]),
        ];
        (voice.say(key, &values) + &out, role)
    }

    /// What makes the race fair, in words.
    fn fairness(&self, voice: &Voice) -> Readout {
        let contest = &self.contest;
        let (from, to, count) = SWEEP;
        let found = contest.found().to_string();
        let runners = contest.runners().len().to_string();
        let values = [
            ("alpha", &*voice.exact(contest.alpha)),
            ("steps", &*contest.steps.to_string()),
            ("schedule", &*contest.schedule),
            ("count", &*count.to_string()),
            ("from", &*voice.about(from)),
            ("to", &*voice.exact(to)),
            ("found", &*found),
            ("runners", &*runners),
        ];
        let key = match (contest.is_best(), contest.sought()) {
            (false, _) => "fairness-same",
            (true, None) => "fairness-best",
            (true, Some(_)) => "fairness-search",
        };
        let text = voice.say(key, &values);
        Readout::Line { id: "fairness", part: "fairness", text, role: Role::Ink }
    }

    /// The command that prints the chosen runner's every iterate.
    pub(super) fn command(&self) -> String {
        let (contest, runner) = (&self.contest, self.runner());
        let [x, y] = contest.start.map(shortest);
        let mut text = format!(
            "downhill trace --loss '{}' --start {x},{y} --steps {} --rule {} --alpha {}",
            contest.loss.text(),
            contest.steps,
            runner.rule.name(),
            shortest(runner.alpha),
        );
        for setting in runner.rule.settings() {
            if let Some(value) = runner.rule.setting(setting.name) {
                text.push_str(&format!(" --{} {}", setting.name, shortest(value)));
            }
        }
        if let Some(on) = runner.rule.safeguard() {
            text.push_str(if on { " --safeguard on" } else { " --safeguard off" });
        }
        if contest.schedule != "constant" {
            text.push_str(&format!(" --schedule {}", contest.schedule));
        }
        text
    }

    fn outcome_word(&self, runner: &Runner, moment: &Moment<'_>) -> String {
        let voice = moment.voice;
        if moment.k < runner.last() {
            return voice.get("cell-running");
        }
        let outcome = outcome_cell(voice, runner.trajectory.outcome);
        match runner.trajectory.not_newton().count() {
            0 => outcome,
            n => voice.say("cell-not-newton", &[("outcome", &*outcome), ("n", &*n.to_string())]),
        }
    }

    /// What the figure says.
    pub(super) fn report(&self, moment: &Moment<'_>) -> Vec<Readout> {
        let voice = moment.voice;
        let (text, role) = self.who_is_ahead(moment);
        let runner = self.runner();
        let line = |id, text, role| Readout::Line { id, part: id, text, role };
        let mut all = vec![line("standing", text, role), self.fairness(voice)];
        let loss = self.contest.loss.loss();
        if loss.is_quadratic() && self.contest.is_steady() {
            let mut regime = regime::line(loss, &runner.rule, runner.alpha, voice);
            if let Readout::Line { text, .. } = &mut regime {
                *text = [runner.rule.title(), " · ", &**text].concat();
            }
            all.push(regime);
        }
        if let Some(step) = self.contest.step(runner, moment.k) {
            all.push(autopsy::readout(runner, &step, moment.predicting, voice));
            all.extend(newton::line(&runner.trajectory, moment.k, voice));
            all.push(line("legend", voice.get("autopsy-legend"), Role::Muted));
        }
        all.push(line("ground", self.map.caveat(voice), Role::Muted));
        all.push(line("command", self.command(), Role::Muted));
        let outcome = runner.trajectory.outcome;
        let text = if moment.k >= runner.last() {
            outcome_sentence(voice, runner.rule.title(), outcome)
        } else {
            let (k, steps) = (moment.k.to_string(), self.contest.steps.to_string());
            voice.say("outcome-on-the-way", &[("k", &*k), ("steps", &*steps)])
        };
        all.push(line("outcome", text, runner.role()));
        all
    }

    /// All runners as they stand.
    pub(super) fn list(&self, voice: &Voice) -> Table {
        let known = self.contest.loss.landscape().is_some_and(|known| !known.minimizers.is_empty());
        let distance = if known { "column-to-bottom" } else { "column-from-start" };
        let columns =
            ["column-rule", "column-alpha", "column-loss-now", distance, "column-outcome"]
                .map(|key| voice.get(key))
                .to_vec();
        let runners = self.contest.runners();
        Table {
            caption: voice.get("caption-runners"),
            columns,
            rows: runners.len() as u32,
            k: self.row_chosen() as u32,
            roles: runners.iter().map(Runner::role).collect(),
        }
    }

    /// One runner of the list.
    pub(super) fn line(&self, row: usize, moment: &Moment<'_>) -> Vec<String> {
        let Some(runner) = self.contest.runners().get(row) else { return Vec::new() };
        let (voice, here) = (moment.voice, runner.iterate(moment.k));
        vec![
            runner.rule.title().to_owned(),
            voice.exact(runner.alpha),
            // The last loss of who has left the domain is none of this iteration.
            voice.digits.significant(runner.loss(moment.k).unwrap_or(f64::NAN), 4),
            voice.about(self.contest.distance(here.at)),
            self.outcome_word(runner, moment),
        ]
    }
}
