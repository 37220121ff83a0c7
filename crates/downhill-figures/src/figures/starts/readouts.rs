//! The readouts of the starts figure: outcomes, the legend of the map, and the list of starts.

use downhill::{Outcome, Rule};

use super::runs::letter;
use super::{MOST_LISTED, Starts};
use crate::descent::numbered::RUN_NAMES;
use crate::descent::regime;
use crate::draw::ColorRole;
use crate::framework::declaration::{Pair, Readout, Table};
use crate::framework::figure::{outcome_cell, outcome_sentence};
use crate::framework::figure_text::FigureText;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;
use crate::text::messages::GROUND;
use crate::text::numbers::to_decimals;

impl Starts {
    /// A point in words, to the precision of a map.
    pub(super) fn place_words(at: [f64; 2], locale: &Locale) -> String {
        let at = at.map(|coordinate| to_decimals(coordinate, 4.0));
        format!("({}, {})", locale.short(at[0]), locale.short(at[1]))
    }

    /// A start in words, with more digits than other places so that twins can be told apart.
    fn start_words(at: [f64; 2], locale: &Locale) -> String {
        format!("({}, {})", locale.rounded(at[0]), locale.rounded(at[1]))
    }

    /// The number of starts by outcome.
    fn summary(&self, locale: &Locale) -> String {
        let mut ends = vec![0_u32; self.runs.bottoms().len()];
        let mut others = [0_u32; 6];
        let mut above = ends.clone();
        for (index, run) in self.runs.runs().iter().enumerate() {
            if let Some(hollow) = self.runs.hollow_of(index) {
                above[hollow] += 1;
                continue;
            }
            match (self.runs.bottom_of(run), run.outcome) {
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
        for (key, counts) in [("starts-end-at", ends), ("starts-in-hollow", above)] {
            for (bottom, count) in counts.iter().enumerate() {
                if *count > 0 {
                    let (n, letter) = (count.to_string(), letter(bottom));
                    parts.push(locale.format(key, &[("n", &*n), ("letter", &*letter)]));
                }
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
                parts.push(locale.format(key, &[("n", &*count.to_string())]));
            }
        }
        let n = self.runs.starts.len().to_string();
        let key = if self.runs.starts.len() == 1 { "starts-one" } else { "starts-many" };
        let mut alpha = locale.rounded(self.runs.alpha);
        if self.runs.noise > 0.0 {
            let noise = locale.rounded(self.runs.noise);
            alpha.push_str(&locale.format("starts-noise", &[("noise", &*noise)]));
        }
        let mut text =
            locale.format(key, &[("n", &*n), ("alpha", &*alpha), ("ends", &*parts.join(", "))]);
        if let Some(last) = self.slowest() {
            let steps = self.runs.runs()[last].last_k().to_string();
            text.push(' ');
            let values = [("name", RUN_NAMES[last]), ("n", &*steps)];
            text.push_str(&locale.format("starts-slowest", &values));
        }
        text
    }

    /// The start whose walk took the most steps, if all of several have converged.
    fn slowest(&self) -> Option<usize> {
        let runs = self.runs.runs();
        let converged = runs.iter().all(|run| matches!(run.outcome, Outcome::Converged { .. }));
        let slowest = (0..runs.len()).max_by_key(|run| runs[*run].last_k());
        slowest.filter(|_| converged && runs.len() > 1)
    }

    /// The legend of the map's colours, with the fraction that each covers.
    fn legend(&self, locale: &Locale) -> Readout {
        let mut pairs = Vec::new();
        let bottoms = self.runs.bottoms();
        let shares = self.basin_map.shares(bottoms.len());
        let percent = |count: u32, all: u32| {
            let share = 100.0 * f64::from(count) / f64::from(all.max(1));
            locale.format("starts-percent", &[("n", &*locale.digits.fixed(share, 1))])
        };
        let share = |bottom: usize| {
            shares.as_ref().map_or(String::new(), |s| percent(s.bottoms[bottom], s.all))
        };
        for (bottom, &at) in bottoms.iter().enumerate().take(MOST_LISTED) {
            pairs.push(Pair {
                label: format!("{} {}", letter(bottom), Self::place_words(at, locale)),
                value: share(bottom),
                role: ColorRole::BASINS[bottom % ColorRole::BASINS.len()],
            });
        }
        if let Some(shares) = &shares {
            let rest: u32 = shares.bottoms.iter().skip(MOST_LISTED).sum();
            for (key, count, role) in [
                ("starts-legend-others", rest, ColorRole::Tint0),
                ("starts-legend-diverged", shares.diverged, ColorRole::Diverged),
                ("starts-legend-undefined", shares.undefined, ColorRole::Muted),
                ("starts-legend-stalled", shares.stalled, ColorRole::Ink),
                ("starts-legend-exhausted", shares.exhausted, ColorRole::Panel),
            ] {
                if count > 0 {
                    let value = percent(count, shares.all);
                    pairs.push(Pair { label: locale.get(key), value, role });
                }
            }
        }
        Readout::Pairs { id: "legend", part: "legend", pairs }
    }

    /// What the map does not show, in words.
    fn caveat(&self, locale: &Locale) -> String {
        let mut text = self.map.caveat(locale);
        if self.runs.noise > 0.0 && self.basins {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(&locale.get("starts-calm-basins"));
        }
        text
    }

    /// All starts with their ends.
    pub(super) fn list(&self, locale: &Locale) -> Table {
        let keys = ["column-start", "column-from", "column-outcome", "column-to", "column-loss"];
        Table {
            caption: locale.format("caption-starts", &[("loss", &*self.landscape())]),
            columns: keys.map(|key| locale.get(key)).to_vec(),
            rows: self.runs.runs().len() as u32,
            k: self.chosen as u32,
            roles: Vec::new(),
        }
    }
}

impl FigureText for Starts {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../../text/messages/en/starts.txt"), GROUND]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let locale = view.locale;
        let line = |id, part, text, role| Readout::Line { id, part, text, role };
        let exact = self.basin_map.is_working();
        let loss = self.runs.loss.loss();
        let mut all = vec![
            line("summary", "standing", self.summary(locale), ColorRole::Vanilla),
            line("outcome", "outcome", self.progress_sentence(view), ColorRole::Vanilla),
            self.legend(locale),
            line("ground", "ground", self.caveat(locale), ColorRole::Muted),
            line(
                "working",
                "readout",
                if exact { locale.get("starts-working") } else { String::new() },
                ColorRole::Muted,
            ),
        ];
        if loss.is_quadratic() && self.runs.noise == 0.0 {
            all.insert(2, regime::line(loss, &Rule::GradientDescent, self.runs.alpha, locale));
        }
        all
    }

    /// Where the selected run started and how it ended, or where it is.
    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        let locale = view.locale;
        let run = &self.runs.runs()[self.chosen];
        let n = RUN_NAMES[self.chosen];
        let from = Self::start_words(run.iterates[0].x, locale);
        let name = locale.format("starts-run", &[("n", n), ("at", &*from)]);
        let here = self.runs.iterate(self.chosen, view.k);
        let (at, loss) = (Self::place_words(here.x, locale), locale.short(here.loss));
        if (view.k as usize) < run.last_k() {
            let k = view.k.to_string();
            let values = [("run", &*name), ("k", &*k), ("at", &*at), ("loss", &*loss)];
            return locale.format("starts-under-way", &values);
        }
        let mut text = outcome_sentence(locale, &name, run.outcome);
        if let Some(hollow) = self.runs.hollow_of(self.chosen) {
            text.push(' ');
            text.push_str(&locale.format("starts-calm", &[("letter", &*letter(hollow))]));
        }
        if let Some(bottom) = self.runs.bottom_of(run) {
            let letter = letter(bottom);
            let values = [("letter", &*letter), ("at", &*at), ("loss", &*loss)];
            text.push(' ');
            text.push_str(&locale.format("starts-at", &values));
        }
        text
    }

    /// One start with its end.
    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        let (index, locale) = (row as usize, view.locale);
        let run = &self.runs.runs()[index];
        let end = run.iterates[run.last_k()];
        let place = Self::place_words(end.x, locale);
        let to = match self.runs.bottom_of(run) {
            Some(bottom) => format!("{} {place}", letter(bottom)),
            None if self.runs.hollow_of(index).is_some() => locale.format(
                "starts-row-hollow",
                &[
                    ("letter", &*self.runs.hollow_of(index).map(letter).unwrap_or_default()),
                    ("at", &*place),
                ],
            ),
            None => place,
        };
        vec![
            RUN_NAMES[index].to_owned(),
            Self::start_words(run.iterates[0].x, locale),
            outcome_cell(locale, run.outcome),
            to,
            locale.short(end.loss),
        ]
    }
}
