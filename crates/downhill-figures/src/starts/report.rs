//! What is said of many starts: where they end, what the colours of the map mean, and the list of them.

use downhill::{Outcome, Rule};

use super::flock::{NAMES, letter};
use super::{MOST_LISTED, Starts};
use crate::declare::{Pair, Readout, Table};
use crate::digits::to_decimals;
use crate::draw::Role;
use crate::exhibit::Moment;
use crate::figure::{outcome_cell, outcome_sentence};
use crate::regime;
use crate::voice::Voice;

impl Starts {
    /// A place in words, to what could be seen on a map.
    pub(super) fn place_words(at: [f64; 2], voice: &Voice) -> String {
        let at = at.map(|coordinate| to_decimals(coordinate, 4.0));
        format!("({}, {})", voice.about(at[0]), voice.about(at[1]))
    }

    /// A start in words, with all digits: two that part are told apart.
    fn start_words(at: [f64; 2], voice: &Voice) -> String {
        format!("({}, {})", voice.exact(at[0]), voice.exact(at[1]))
    }

    /// Where the chosen run began and how it ended, or how far it is.
    pub(super) fn told(&self, moment: &Moment<'_>) -> String {
        let voice = moment.voice;
        let run = &self.flock.runs()[self.chosen];
        let n = NAMES[self.chosen];
        let from = Self::start_words(run.iterates[0].at, voice);
        let name = voice.say("starts-run", &[("n", n), ("at", &*from)]);
        let here = self.flock.iterate(self.chosen, moment.k);
        let (at, loss) = (Self::place_words(here.at, voice), voice.about(here.loss));
        if (moment.k as usize) < run.last_k() {
            let k = moment.k.to_string();
            let values = [("run", &*name), ("k", &*k), ("at", &*at), ("loss", &*loss)];
            return voice.say("starts-under-way", &values);
        }
        let mut text = outcome_sentence(voice, &name, run.outcome);
        if let Some(bottom) = self.flock.bottom_of(run) {
            let letter = letter(bottom);
            let values = [("letter", &*letter), ("at", &*at), ("loss", &*loss)];
            text.push(' ');
            text.push_str(&voice.say("starts-at", &values));
        }
        text
    }

    /// How many starts end where.
    fn summary(&self, voice: &Voice) -> String {
        let mut ends = vec![0_u32; self.flock.bottoms().len()];
        let mut others = [0_u32; 6];
        for run in self.flock.runs() {
            match (self.flock.bottom_of(run), run.outcome) {
                (Some(bottom), _) => ends[bottom] += 1,
                (None, Outcome::Converged { .. }) => others[0] += 1,
                (None, Outcome::Diverged { .. }) => others[1] += 1,
                (None, Outcome::Undefined { infinite: false, .. }) => others[2] += 1,
                (None, Outcome::Undefined { .. }) => others[3] += 1,
                (None, Outcome::Stalled { .. }) => others[4] += 1,
                (None, Outcome::Exhausted { .. }) => others[5] += 1,
            }
        }
        let mut parts = Vec::new();
        for (bottom, count) in ends.iter().enumerate() {
            if *count > 0 {
                let (n, letter) = (count.to_string(), letter(bottom));
                parts.push(voice.say("starts-end-at", &[("n", &*n), ("letter", &*letter)]));
            }
        }
        let keys = [
            "starts-elsewhere",
            "starts-diverged",
            "starts-undefined",
            "starts-infinite",
            "starts-stalled",
            "starts-exhausted",
        ];
        for (key, count) in keys.into_iter().zip(others) {
            if count > 0 {
                parts.push(voice.say(key, &[("n", &*count.to_string())]));
            }
        }
        let n = self.flock.starts.len().to_string();
        let key = if self.flock.starts.len() == 1 { "starts-one" } else { "starts-many" };
        let alpha = voice.exact(self.flock.alpha);
        voice.say(key, &[("n", &*n), ("alpha", &*alpha), ("ends", &*parts.join(", "))])
    }

    /// What the colours of the map mean, and how much of it each covers.
    fn legend(&self, voice: &Voice) -> Readout {
        let mut pairs = Vec::new();
        let bottoms = self.flock.bottoms();
        let shares = self.atlas.shares(bottoms.len());
        let percent = |count: u32, all: u32| {
            let share = 100.0 * f64::from(count) / f64::from(all.max(1));
            voice.say("starts-percent", &[("n", &*voice.digits.fixed(share, 1))])
        };
        let share = |bottom: usize| {
            shares.as_ref().map_or(String::new(), |s| percent(s.bottoms[bottom], s.all))
        };
        for (bottom, &at) in bottoms.iter().enumerate().take(MOST_LISTED) {
            pairs.push(Pair {
                label: format!("{} {}", letter(bottom), Self::place_words(at, voice)),
                value: share(bottom),
                role: Role::BASINS[bottom % Role::BASINS.len()],
            });
        }
        if let Some(shares) = &shares {
            let rest: u32 = shares.bottoms.iter().skip(MOST_LISTED).sum();
            for (key, count, role) in [
                ("starts-legend-others", rest, Role::Tint0),
                ("starts-legend-diverged", shares.diverged, Role::Diverged),
                ("starts-legend-undefined", shares.undefined, Role::Muted),
                ("starts-legend-stalled", shares.stalled, Role::Ink),
                ("starts-legend-exhausted", shares.exhausted, Role::Panel),
            ] {
                if count > 0 {
                    let value = percent(count, shares.all);
                    pairs.push(Pair { label: voice.get(key), value, role });
                }
            }
        }
        Readout::Pairs { id: "legend", part: "legend", pairs }
    }

    /// What the figure says.
    pub(super) fn report(&self, moment: &Moment<'_>) -> Vec<Readout> {
        let voice = moment.voice;
        let line = |id, part, text, role| Readout::Line { id, part, text, role };
        let exact = self.atlas.is_working();
        let loss = self.flock.loss.loss();
        let mut all = vec![
            line("summary", "standing", self.summary(voice), Role::Vanilla),
            line("outcome", "outcome", self.told(moment), Role::Vanilla),
            self.legend(voice),
            line("ground", "ground", self.map.caveat(voice), Role::Muted),
            line(
                "working",
                "readout",
                if exact { voice.get("starts-working") } else { String::new() },
                Role::Muted,
            ),
        ];
        if loss.is_quadratic() {
            all.insert(2, regime::line(loss, &Rule::GradientDescent, self.flock.alpha, voice));
        }
        all
    }

    /// All starts with their ends.
    pub(super) fn list(&self, voice: &Voice) -> Table {
        let keys = ["column-start", "column-from", "column-outcome", "column-to", "column-loss"];
        Table {
            caption: voice.say("caption-starts", &[("loss", &*self.landscape())]),
            columns: keys.map(|key| voice.get(key)).to_vec(),
            rows: self.flock.runs().len() as u32,
            k: self.chosen as u32,
            roles: Vec::new(),
        }
    }

    /// One start of the list.
    pub(super) fn line(&self, index: usize, voice: &Voice) -> Vec<String> {
        let run = &self.flock.runs()[index];
        let end = run.iterates[run.last_k()];
        let place = Self::place_words(end.at, voice);
        let to = match self.flock.bottom_of(run) {
            Some(bottom) => format!("{} {place}", letter(bottom)),
            None => place,
        };
        vec![
            NAMES[index].to_owned(),
            Self::start_words(run.iterates[0].at, voice),
            outcome_cell(voice, run.outcome),
            to,
            voice.about(end.loss),
        ]
    }
}
