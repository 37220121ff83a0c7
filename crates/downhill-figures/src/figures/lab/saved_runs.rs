//! Saved runs, with names and their differences from the current run.

use std::borrow::Cow;

use downhill::{SweepPoint, numbers::shortest};

use crate::descent::descent_1d::Descent1d;
use crate::draw::ColorRole;
use crate::framework::field::Field;
use crate::text::locale::Locale;

/// The longest name.
const LONGEST_NAME: usize = 24;

/// A saved run with its settings.
#[derive(Clone, Debug)]
pub(super) struct SavedRun {
    /// The name given by the reader; empty if there is none.
    own: String,
    /// How many runs with the same α were saved before it.
    nth: usize,
    /// The index of its colour in [`ColorRole::KEPT`].
    color_index: usize,
    /// The run.
    pub(super) descent: Descent1d,
    /// Its point in the sweep.
    pub(super) point: SweepPoint,
}

impl SavedRun {
    pub(super) fn role(&self) -> ColorRole {
        ColorRole::KEPT[self.color_index]
    }

    /// Its name: the reader's, or its learning rate.
    pub(super) fn name(&self, locale: &Locale) -> String {
        self.called(locale.rounded(self.descent.alpha()))
    }

    /// Its name in a form for programs.
    pub(super) fn plain_name(&self) -> Cow<'static, str> {
        Cow::Owned(self.called(shortest(self.descent.alpha())))
    }

    fn called(&self, alpha: String) -> String {
        if !self.own.is_empty() {
            return self.own.clone();
        }
        let again = if self.nth > 0 { format!(" ({})", self.nth + 1) } else { String::new() };
        format!("α = {alpha}{again}")
    }
}

/// The saved runs, in the order in which they were saved.
#[derive(Clone, Debug, Default)]
pub(super) struct SavedRuns(Vec<SavedRun>);

impl SavedRuns {
    pub(super) fn runs(&self) -> &[SavedRun] {
        &self.0
    }

    pub(super) fn is_full(&self) -> bool {
        self.0.len() == ColorRole::KEPT.len()
    }

    /// Saves a run, unless there is no room.
    pub(super) fn keep(&mut self, descent: &Descent1d, point: SweepPoint) -> bool {
        let free = |seat: &usize| self.0.iter().all(|kept| kept.color_index != *seat);
        let Some(seat) = (0..ColorRole::KEPT.len()).find(free) else { return false };
        let alike = self.0.iter().filter(|kept| kept.descent.alpha() == descent.alpha());
        let nth = alike.map(|kept| kept.nth + 1).max().unwrap_or(0);
        self.0.push(SavedRun {
            own: String::new(),
            nth,
            color_index: seat,
            descent: descent.clone(),
            point,
        });
        true
    }

    pub(super) fn remove(&mut self, index: usize) -> Option<SavedRun> {
        (index < self.0.len()).then(|| self.0.remove(index))
    }

    /// Renames a run; an empty name restores the default.
    pub(super) fn rename(&mut self, index: usize, name: &str) -> bool {
        let kept = self.0.get_mut(index);
        let letters = name.trim().chars().filter(|letter| !letter.is_control());
        kept.map(|kept| kept.own = letters.take(LONGEST_NAME).collect()).is_some()
    }

    /// All runs as text, one per line: settings and name.
    pub(super) fn written(&mut self) -> String {
        let mut text = String::new();
        for kept in &mut self.0 {
            for field in kept.descent.fields_and_stop() {
                text.push_str(&field.text());
                text.push(';');
            }
            text.push_str(&kept.own);
            text.push('\n');
        }
        text
    }

    /// Parses runs from such text; malformed lines are skipped.
    pub(super) fn read(text: &str, point_of: fn(&Descent1d) -> SweepPoint) -> Self {
        let (mut saved_runs, locale) = (Self::default(), Locale::default());
        for line in text.lines() {
            let mut descent = Descent1d::default();
            let mut parts = line.splitn(6, ';');
            let taken = |field: &mut Field<'_>| {
                parts.next().is_some_and(|part| field.read(part, &locale).is_ok())
            };
            if !descent.fields_and_stop().iter_mut().all(taken) {
                continue;
            }
            let _view = descent.recompute();
            if saved_runs.keep(&descent, point_of(&descent)) {
                let _named =
                    saved_runs.rename(saved_runs.0.len() - 1, parts.next().unwrap_or_default());
            }
        }
        saved_runs
    }
}

/// The settings in which the current run differs from a saved one, as phrases.
pub(super) fn differences(now: &Descent1d, kept: &Descent1d, locale: &Locale) -> Vec<String> {
    let number =
        |now: f64, kept: f64| (now != kept).then(|| (locale.rounded(now), locale.rounded(kept)));
    let text = |now: &str, kept: &str| (now != kept).then(|| (now.to_owned(), kept.to_owned()));
    let steps = |descent: &Descent1d| f64::from(descent.steps());
    let all = [
        ("lab-differs-loss", text(now.loss().text(), kept.loss().text())),
        ("lab-differs-alpha", number(now.alpha(), kept.alpha())),
        ("lab-differs-start", number(now.start()[0], kept.start()[0])),
        ("lab-differs-tol", number(now.tol, kept.tol)),
        ("lab-differs-steps", number(steps(now), steps(kept))),
    ];
    let phrase = |(key, pair): (&str, Option<(String, String)>)| {
        pair.map(|(now, kept)| locale.format(key, &[("now", &*now), ("kept", &*kept)]))
    };
    all.into_iter().filter_map(phrase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::lab::Lab;
    use crate::framework::figure_text::FigureText;
    use downhill::Outcome;

    fn point() -> SweepPoint {
        SweepPoint { alpha: 0.1, outcome: Outcome::Converged { k: 70 }, loss: 0.0 }
    }

    #[test]
    fn names_and_colours_are_unlike_each_other() {
        let mut saved_runs = SavedRuns::default();
        let mut descent = Descent1d::default();
        let locale = Locale::default();
        assert!(saved_runs.keep(&descent, point()));
        assert!(saved_runs.keep(&descent, point()));
        descent.set_alpha(0.5);
        assert!(saved_runs.keep(&descent, point()));
        let names: Vec<String> = saved_runs.runs().iter().map(|kept| kept.name(&locale)).collect();
        assert_eq!(names, ["α = 0.1", "α = 0.1 (2)", "α = 0.5"]);
        assert!(saved_runs.remove(0).is_some() && saved_runs.remove(7).is_none());
        assert!(saved_runs.keep(&descent, point()) && saved_runs.rename(2, "  mine "));
        let mut roles: Vec<&str> =
            saved_runs.runs().iter().map(|kept| kept.role().name()).collect();
        roles.sort_unstable();
        roles.dedup();
        assert_eq!(roles.len(), 3);
        assert_eq!(saved_runs.runs()[2].name(&locale), "mine");
        assert!(saved_runs.rename(2, " ") && saved_runs.runs()[2].name(&locale) == "α = 0.5 (2)");
        assert!(saved_runs.keep(&descent, point()) && saved_runs.keep(&descent, point()));
        assert!(saved_runs.is_full() && !saved_runs.keep(&descent, point()), "five are enough");
    }

    #[test]
    fn written_values_are_read_back() {
        let mut saved_runs = SavedRuns::default();
        let mut descent = Descent1d::default();
        assert!(saved_runs.keep(&descent, point()));
        descent.set_alpha(0.9);
        let _view = descent.recompute();
        assert!(saved_runs.keep(&descent, point()) && saved_runs.rename(1, "zig; zag"));
        let text = saved_runs.written();
        let mut again = SavedRuns::read(&format!("nonsense\n{text};;;\n"), |_| point());
        assert_eq!(again.written(), text);
        assert_eq!(again.runs()[1].descent.trajectory(), descent.trajectory());
    }

    #[test]
    fn only_differences_are_listed() {
        let mut locale = Locale::default();
        for words in Lab::default().words() {
            locale.words.add(words);
        }
        let kept = Descent1d::default();
        let mut now = kept.clone();
        assert!(differences(&now, &kept, &locale).is_empty());
        now.set_alpha(0.5);
        assert_eq!(differences(&now, &kept, &locale), ["α is 0.5 instead of 0.1"]);
        now.drop_at(&[3.0]);
        assert_eq!(differences(&now, &kept, &locale).len(), 2);
    }
}
