//! Kept trainings, to compare with.

use downhill::Measure;
use downhill::numbers::shortest;

use super::settings::Settings;
use super::training_run::TrainingRun;
use crate::draw::ColorRole;
use crate::text::locale::Locale;

/// A kept training.
#[derive(Clone, Debug)]
pub(super) struct SavedRun {
    run: TrainingRun,
    /// The index of its colour in [`ColorRole::KEPT`].
    color_index: usize,
}

impl SavedRun {
    pub(super) fn rows(&self) -> &[Measure] {
        self.run.rows()
    }

    pub(super) fn role(&self) -> ColorRole {
        ColorRole::KEPT[self.color_index]
    }

    /// Its name: the learning rate with its changes.
    pub(super) fn name(&self) -> String {
        let Settings { alpha, changes, .. } = self.run.settings();
        let mut name = String::from("α = ");
        name.push_str(&shortest(*alpha));
        for (_, alpha) in changes.list() {
            name.push_str(" → ");
            name.push_str(&shortest(*alpha));
        }
        name
    }
}

/// The kept trainings, in the order in which they were kept.
#[derive(Clone, Debug, Default)]
pub(super) struct SavedRuns(Vec<SavedRun>);

impl SavedRuns {
    pub(super) fn runs(&self) -> &[SavedRun] {
        &self.0
    }

    pub(super) fn is_full(&self) -> bool {
        self.0.len() == ColorRole::KEPT.len()
    }

    /// Keeps a training, unless there is no room or it is kept already.
    pub(super) fn keep(&mut self, run: &TrainingRun) -> bool {
        let is_kept = self.0.iter().any(|kept| kept.run.settings() == run.settings());
        let free = |index: &usize| self.0.iter().all(|kept| kept.color_index != *index);
        let Some(color_index) = (0..ColorRole::KEPT.len()).find(free).filter(|_| !is_kept) else {
            return false;
        };
        self.0.push(SavedRun { run: run.clone(), color_index });
        true
    }

    pub(super) fn forget(&mut self) {
        self.0.clear();
    }

    pub(super) fn is_working(&self) -> bool {
        self.0.iter().any(|kept| kept.run.is_working())
    }

    /// Goes on with a kept training that was not done; returns the work.
    pub(super) fn work(&mut self) -> f64 {
        let next = self.0.iter_mut().find(|kept| kept.run.is_working());
        next.map_or(f64::INFINITY, |kept| kept.run.work())
    }

    /// All trainings as text, one per line: the settings that are not the usual ones.
    pub(super) fn written(&self) -> String {
        let mut text = String::new();
        for kept in &self.0 {
            let (mut settings, mut usual) = (kept.run.settings().clone(), Settings::default());
            for (field, usual) in settings.fields().iter().zip(usual.fields()) {
                let value = field.text();
                if value != usual.text() {
                    text.push_str(field.name);
                    text.push('=');
                    // A text of points has lines of its own.
                    text.extend(value.chars().map(|c| if c == '\n' { '|' } else { c }));
                    text.push(';');
                }
            }
            text.push('\n');
        }
        text
    }

    /// Reads trainings from such text, to be computed again; malformed lines are skipped.
    pub(super) fn read(text: &str) -> Self {
        let (mut saved_runs, locale) = (Self::default(), Locale::default());
        'lines: for line in text.lines() {
            let mut settings = Settings::default();
            for part in line.split(';').filter(|part| !part.is_empty()) {
                let Some((name, value)) = part.split_once('=') else { continue 'lines };
                let value: String =
                    value.chars().map(|c| if c == '|' { '\n' } else { c }).collect();
                let mut fields = settings.fields();
                let field = fields.iter_mut().find(|field| field.name == name);
                if field.is_none_or(|field| field.read(&value, &locale).is_err()) {
                    continue 'lines;
                }
            }
            let mut run = TrainingRun::default();
            let _new = run.set(&settings, &|| settings.split());
            let _kept = saved_runs.keep(&run);
        }
        saved_runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_trainings_are_read_back() {
        let mut saved_runs =
            SavedRuns::read("data=circles;alpha=0.1,50:0.2;steps=60;\n\nx;\nalpha=q;\n");
        assert_eq!(saved_runs.runs().len(), 2, "the usual training is an empty line");
        assert_eq!(saved_runs.runs()[0].name(), "α = 0.1 → 0.2");
        let text = saved_runs.written();
        assert_eq!(text, "data=circles;alpha=0.1,50:0.2;steps=60;\n\n");
        assert_eq!(SavedRuns::read(&text).written(), text);
        let run = saved_runs.runs()[0].run.clone();
        assert!(!saved_runs.keep(&run), "it is kept already");
        while saved_runs.runs()[0].run.is_working() {
            let _work = saved_runs.work();
        }
        assert_eq!(saved_runs.runs()[0].rows().last().map(|row| row.k), Some(60));
        saved_runs.forget();
        assert!(!saved_runs.is_full() && saved_runs.runs().is_empty());
    }
}
