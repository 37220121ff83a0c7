//! The readouts of the hill: a marble, and a walk under the blindfold.

use downhill::{Loss, Outcome, Rule, Trajectory};

use super::Hill;
use super::blindfold::Walk;
use crate::descent::newton;
use crate::descent::regime;
use crate::draw::ColorRole;
use crate::framework::declaration::{Pair, Readout};
use crate::framework::figure::{outcome_cell, outcome_sentence};
use crate::framework::figure_text::FigureText;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;
use crate::text::messages::GROUND;
use crate::text::numbers::to_decimals;

/// The most marbles that have a line of their own.
const MOST_LINES: usize = 8;

/// The iterate of the selected marble.
fn here(hill: &Hill, k: u32) -> Option<(downhill::Iterate<2>, usize)> {
    let run = hill.run()?;
    let k = (k as usize).min(run.last_k());
    Some((run.iterates[k], k))
}

impl FigureText for Hill {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../../text/messages/en/hill.txt"), GROUND]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let hill = self;
        let locale = view.locale;
        let pair = |key, value, role| Pair { label: locale.get(key), value, role };
        let vector = |at: [f64; 2]| locale.vector(&at);
        let walk = hill.walk.as_ref();
        let mut pairs = Vec::new();
        if let Some(walk) = walk.filter(|_| hill.blindfold) {
            let here = walk.here();
            pairs.push(pair("pair-steps", walk.steps().to_string(), ColorRole::Guess));
            pairs.push(pair("pair-heading", heading(walk, locale), ColorRole::Step));
            pairs.push(pair("pair-height", locale.short(here.loss), ColorRole::Ink));
            if let Some(goal) = walk.goal(&hill.height_field) {
                let goal = locale.format("pair-goal-at", &[("loss", &*locale.short(goal))]);
                pairs.push(pair("pair-goal", goal, ColorRole::Ink));
            }
            pairs.push(pair("pair-slope-ahead", slope_ahead(walk, locale), ColorRole::Gradient));
        } else if let Some((here, k)) = here(hill, view.k) {
            let n = (hill.selected + 1).to_string();
            let values = [("n", &*n), ("all", &*hill.runs.len().to_string())];
            let bound = match hill.bounds {
                None => locale.get("pair-unbounded"),
                Some([bound, _]) if bound.is_nan() => locale.get("pair-unknown"),
                Some([0.0, _]) => locale.get("pair-none"),
                Some([f64::INFINITY, _]) => locale.get("pair-any"),
                Some([sharpest, widest]) if sharpest < widest => {
                    locale.format("pair-bound-every", &[("bound", &*locale.short(sharpest))])
                }
                Some([bound, _]) => locale.short(bound),
            };
            pairs.push(pair("pair-marble", locale.format("pair-marble-of", &values), hill.role()));
            pairs.push(pair("pair-position", vector(here.x), ColorRole::Ink));
            pairs.push(pair("pair-gradient", vector(here.gradient), ColorRole::Gradient));
            pairs.push(pair("pair-height", locale.short(here.loss), ColorRole::Ink));
            pairs.push(pair("pair-iteration", k.to_string(), ColorRole::Ink));
            pairs.push(pair("pair-bound", bound, ColorRole::Ink));
        }
        let line = |id, part, text, role| Readout::Line { id, part, text, role };
        let (text, role) = outcome(hill, view);
        let id = if hill.blindfold { "felt" } else { "position" };
        let mut all = vec![
            Readout::Pairs { id, part: "readout", pairs },
            line("outcome", "outcome", text, role),
            line("ground", "ground", ground(hill, locale), ColorRole::Muted),
        ];
        if !hill.blindfold && hill.runs.len() > 1 {
            all.insert(1, marbles(hill, view));
        }
        let newton = hill.run().filter(|_| walk.is_none());
        if let Some(line) = newton.and_then(|run| newton::line(run, view.k, locale)) {
            all.insert(1, line);
        }
        // Under the blindfold this would give too much away.
        if hill.surface.is_quadratic() && !hill.blindfold {
            all.insert(1, regime::line(&hill.surface, &hill.rule(), hill.alpha, locale));
        }
        all
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        let locale = view.locale;
        let Some((here, k)) = here(self, view.k) else { return String::new() };
        let place = here.x.map(|x| locale.short(x)).join(", ");
        let values = [
            ("run", &*name(self, locale)),
            ("k", &*k.to_string()),
            ("place", &*place),
            ("loss", &*locale.short(here.loss)),
        ];
        locale.format("said-marble", &values)
    }

    fn description(&self, view: &ViewState<'_>) -> String {
        walk_sentence(self, view.locale).unwrap_or_else(|| self.progress_sentence(view))
    }

    /// One marble: where it began, and where it is.
    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        let run = &self.runs[row as usize];
        let start = map_place(run.iterates[0].x, view.locale);
        vec![(row + 1).to_string(), start, fate(run, view)]
    }
}

/// Where each marble is, and how it has ended: one line for each.
fn marbles(hill: &Hill, view: &ViewState<'_>) -> Readout {
    let locale = view.locale;
    let mut pairs = Vec::new();
    for (index, run) in hill.runs.iter().enumerate().take(MOST_LINES) {
        let value = fate(run, view);
        let n = (index + 1).to_string();
        let label = locale.format("run-marble", &[("n", &*n)]);
        pairs.push(Pair { label, value, role: hill.role() });
    }
    Readout::Pairs { id: "marbles", part: "readout", pairs }
}

/// Where a marble is, or how it has ended.
fn fate(run: &Trajectory<2>, view: &ViewState<'_>) -> String {
    let locale = view.locale;
    let last = run.last_k();
    let here = run.iterates[(view.k as usize).min(last)];
    let place = map_place(here.x, locale);
    if (view.k as usize) < last {
        locale.format("hill-marble-at", &[("at", &*place), ("loss", &*locale.short(here.loss))])
    } else if let Outcome::Converged { .. } = run.outcome {
        locale.format("hill-marble-rests", &[("at", &*place)])
    } else {
        outcome_cell(locale, run.outcome)
    }
}

/// A place in as many digits as a map shows, so that a line stays one; the sum takes the sign off zero.
fn map_place(at: [f64; 2], locale: &Locale) -> String {
    locale.vector(&at.map(|x| to_decimals(x, 2.0) + 0.0))
}

/// The slope in the direction faced: all that a blindfolded walker knows of the next step.
fn slope_ahead(walk: &Walk, locale: &Locale) -> String {
    let slope = walk.slope();
    let key = if slope < 0.0 {
        "slope-down"
    } else if slope > 0.0 {
        "slope-up"
    } else {
        "slope-level"
    };
    locale.format(key, &[("slope", &*locale.short(slope))])
}

/// The state of the marble, or the result of the blindfolded walk.
fn outcome(hill: &Hill, view: &ViewState<'_>) -> (String, ColorRole) {
    let locale = view.locale;
    if hill.blindfold {
        let walk = hill.walk.as_ref();
        return match walk.and_then(|walk| arrival(hill, walk, locale)) {
            Some(arrived) => (arrived, ColorRole::Converged),
            None => (locale.get("blind-rules"), ColorRole::Ink),
        };
    }
    let Some(run) = hill.run() else { return (String::new(), ColorRole::Muted) };
    if let Some(walk) = hill.walk.as_ref() {
        return (reveal(hill, walk, locale), ColorRole::Guess);
    }
    if (view.k as usize) < run.last_k() {
        let at = run.iterates[view.k as usize].x;
        if hill.height_field.nearest(at) != at {
            let off = locale.format("hill-off", &[("at", &*map_place(at, locale))]);
            return (off, ColorRole::Diverged);
        }
        let key = if view.k == 0 { "hill-start" } else { "hill-on-the-way" };
        return (locale.get(key), ColorRole::Muted);
    }
    let role = match run.outcome {
        Outcome::Converged { .. } => ColorRole::Converged,
        Outcome::Diverged { .. } | Outcome::Undefined { .. } => ColorRole::Diverged,
        _ => ColorRole::Ink,
    };
    (outcome_sentence(locale, &name(hill, locale), run.outcome), role)
}

fn name(hill: &Hill, locale: &Locale) -> String {
    locale.format("run-marble", &[("n", &*(hill.selected + 1).to_string())])
}

fn steps(n: usize, locale: &Locale) -> String {
    locale.format("steps", &[("n", &*n.to_string())])
}

/// The name of a rule within a sentence.
fn rule_words(rule: &Rule, locale: &Locale) -> String {
    let key = match rule {
        Rule::GradientDescent => "rule-gd",
        Rule::Momentum { .. } => "rule-momentum",
        Rule::Nesterov { .. } => "rule-nesterov",
        Rule::Newton { .. } => "rule-newton",
        _ => return rule.title().to_owned(),
    };
    locale.get(key)
}

/// That a walker has arrived, and after how many steps for the first time.
fn arrival(hill: &Hill, walk: &Walk, locale: &Locale) -> Option<String> {
    let goal = walk.goal(&hill.height_field)?;
    let n = walk.iterates.iter().position(|here| here.loss <= goal)?;
    let values = [("steps", &*steps(n, locale)), ("goal", &*locale.short(goal))];
    Some(locale.format("blind-arrived", &values))
}

/// Compares the reader's walk with the descent from the same start.
fn reveal(hill: &Hill, walk: &Walk, locale: &Locale) -> String {
    let Some(run) = hill.run() else { return String::new() };
    let key = match run.outcome {
        Outcome::Converged { .. } => "blind-converged",
        Outcome::Diverged { .. } => "blind-diverged",
        Outcome::Undefined { infinite: true, .. } => "blind-infinite",
        Outcome::Undefined { .. } => "blind-undefined",
        Outcome::Stalled { .. } => "blind-stalled",
        Outcome::Exhausted { .. } => "blind-exhausted",
    };
    let ended = locale.format(key, &[("steps", &*steps(run.outcome.k(), locale))]);
    let reached = run.iterates.last().map_or(f64::NAN, |last| last.loss);
    let values = [
        ("steps", &*steps(walk.steps(), locale)),
        ("loss", &*locale.short(walk.here().loss)),
        ("rule", &*rule_words(&hill.rule(), locale)),
        ("alpha", &*locale.rounded(hill.alpha)),
        ("outcome", &*ended),
        ("reached", &*locale.short(reached)),
    ];
    locale.format("blind-reveal", &values)
}

/// Of a walk, if there is one: where it heads, or once the blindfold is off how it went.
pub(super) fn walk_sentence(hill: &Hill, locale: &Locale) -> Option<String> {
    let walk = hill.walk.as_ref()?;
    Some(if hill.blindfold { heading_sentence(walk, locale) } else { reveal(hill, walk, locale) })
}

pub(super) fn heading(walk: &Walk, locale: &Locale) -> String {
    let values =
        [("degrees", &*locale.short(walk.heading)), ("stride", &*locale.short(walk.stride))];
    locale.format("pair-heading-at", &values)
}

/// Where a walk heads, and the slope that way.
pub(super) fn heading_sentence(walk: &Walk, locale: &Locale) -> String {
    [heading(walk, locale), slope_ahead(walk, locale)].join(": ")
}

/// The result of a step by hand.
pub(super) fn step_sentence(walk: &Walk, locale: &Locale) -> String {
    let here = walk.here();
    let [dx, dy] = here.gradient;
    let values = [
        ("n", &*walk.steps().to_string()),
        ("loss", &*locale.short(here.loss)),
        ("slope", &*locale.short((dx * dx + dy * dy).sqrt())),
    ];
    locale.format("blind-step", &values)
}

/// Notes on how the surface is drawn.
fn ground(hill: &Hill, locale: &Locale) -> String {
    let relief = &hill.height_field;
    let (low, high) = (locale.short(relief.range.0), locale.short(relief.range.1));
    let values = [("low", &*low), ("high", &*high)];
    let mut sentences = Vec::new();
    if relief.is_compressed() {
        sentences.push(locale.format("hill-compressed", &values));
    }
    if relief.clipped {
        sentences.push(locale.format("hill-clipped", &values));
    }
    if relief.holes {
        sentences.push(locale.get("hill-holes"));
    }
    sentences.join(" ")
}
