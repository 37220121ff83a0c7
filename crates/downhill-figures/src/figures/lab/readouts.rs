//! The readouts of the lab.

use downhill::{Outcome, SweepPoint};

use super::Lab;
use super::alpha_sweep::MOST_STEPS;
use super::saved_runs::differences;
use crate::descent::descent_1d::Descent1d;
use crate::descent::readouts::standing_line;
use crate::draw::ColorRole;
use crate::framework::declaration::{Pair, Readout};
use crate::framework::figure::{outcome_cell, outcome_sentence};
use crate::framework::figure_text::FigureText;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;

/// Iteration, position, loss and gradient.
fn statistics(descent: &Descent1d, view: &ViewState<'_>) -> Readout {
    let locale = view.locale;
    let here = descent.iterate(view.k);
    let (k, last) = (view.k.to_string(), descent.last().to_string());
    let pair = |key, value, role| Pair { label: locale.get(key), value, role };
    let pairs = vec![
        pair(
            "pair-iteration",
            locale.format("pair-marble-of", &[("n", &*k), ("all", &*last)]),
            ColorRole::Ink,
        ),
        pair("pair-position", locale.rounded(here.x[0]), ColorRole::Ink),
        pair("pair-height", locale.rounded(here.loss), ColorRole::Ink),
        pair("pair-gradient", locale.rounded(here.gradient[0]), ColorRole::Gradient),
    ];
    Readout::Pairs { id: "position", part: "readout", pairs }
}

/// How the run ends, independently of the iterate shown.
fn outcome(descent: &Descent1d, locale: &Locale) -> Readout {
    let outcome = descent.outcome();
    let role = match outcome {
        Outcome::Converged { .. } => ColorRole::Converged,
        Outcome::Diverged { .. } | Outcome::Undefined { .. } => ColorRole::Diverged,
        _ => ColorRole::Ink,
    };
    let mut text = outcome_sentence(locale, &locale.get("run-gd"), outcome);
    let end = descent.iterate(descent.last());
    if !matches!(outcome, Outcome::Diverged { .. }) && end.has_value() {
        let values = [("x", &*locale.short(end.x[0])), ("f", &*locale.short(end.loss))];
        text.push(' ');
        text.push_str(&locale.format("lab-end", &values));
    }
    Readout::Line { id: "outcome", part: "outcome", text, role }
}

/// The differences between the current run and the selected saved one, or the newest.
fn comparison(lab: &Lab, locale: &Locale) -> Readout {
    let runs = lab.saved_runs.runs();
    let index = lab.kept().or_else(|| runs.len().checked_sub(1));
    let (text, role) = match index.and_then(|index| runs.get(index)) {
        None => (locale.get("lab-keep-one"), ColorRole::Muted),
        Some(kept) => {
            let phrases = differences(&lab.descent, &kept.descent, locale);
            let key = match phrases.len() {
                0 => "lab-same",
                1 => "lab-one-differs",
                _ => "lab-many-differ",
            };
            let name = kept.name(locale);
            let end = |descent: &Descent1d| brief(locale, descent.outcome());
            let values = [
                ("name", &*name),
                ("differences", &*phrases.join(", ")),
                ("count", &*phrases.len().to_string()),
                ("now", &*end(&lab.descent)),
                ("kept", &*end(&kept.descent)),
            ];
            (locale.format(key, &values), kept.role())
        }
    };
    Readout::Line { id: "comparison", part: "comparison", text, role }
}

/// How a run ended, for use within a sentence.
fn brief(locale: &Locale, outcome: Outcome) -> String {
    crate::framework::figure::outcome_cell(locale, outcome)
}

/// What the sweep shows.
fn sweep(lab: &Lab, locale: &Locale) -> Readout {
    let most = MOST_STEPS.to_string();
    let text = if lab.alpha_sweep.points().is_empty() {
        locale.get("lab-sweeping")
    } else if let Some(best) = lab.alpha_sweep.best() {
        let SweepPoint { alpha, .. } = best;
        let best = lab.alpha_sweep.words(&best, locale);
        let mut text = locale.format("lab-best", &[("best", &*best)]);
        if let Some(cliff) = lab.alpha_sweep.cliff().filter(|cliff| *cliff > alpha) {
            text.push(' ');
            text.push_str(&locale.format("lab-cliff", &[("alpha", &*locale.short(cliff))]));
        }
        text
    } else {
        locale.format("lab-none", &[("most", &*most), ("tol", &*locale.full(lab.descent.tol))])
    };
    Readout::Line { id: "sweep", part: "sweep", text, role: ColorRole::Ink }
}

impl FigureText for Lab {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../../text/messages/en/lab.txt")]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let own = view.up_to(self.descent.last());
        vec![
            self.descent.regime_line(view.k, view.locale),
            statistics(&self.descent, &own),
            outcome(&self.descent, view.locale),
            comparison(self, view.locale),
            sweep(self, view.locale),
        ]
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        standing_line(&self.descent, &view.up_to(self.descent.last()))
    }

    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        let locale = view.locale;
        let row = row as usize;
        let (Some((descent, _)), Some(name)) =
            (self.descents().nth(row), self.names(locale).into_iter().nth(row))
        else {
            return Vec::new();
        };
        let end = descent.iterate(descent.last());
        vec![
            name,
            locale.full(descent.alpha()),
            locale.full(descent.start()[0]),
            outcome_cell(locale, descent.outcome()),
            locale.short(end.x[0]),
            locale.short(end.loss),
        ]
    }
}
