//! What the lab says: controls, statistics, comparisons, and what an input has done.

use downhill::{Outcome, SweepPoint};

use super::presets::NAMES;
use super::shelf::{Kept, differences};
use super::valley::MOST_STEPS;
use super::{Lab, RUN_NAME, TRACKS};
use crate::controls::{self, alpha_track};
use crate::declare::{Control, Group, Pair, Readout};
use crate::draw::Role;
use crate::exhibit::Moment;
use crate::figure::outcome_sentence;
use crate::line::LineDescent;
use crate::voice::Voice;

/// What the last input has done.
pub(super) enum Said {
    /// The learning rate is another.
    Rate,
    /// The present run was kept.
    Kept,
    /// A kept run was removed.
    Removed(Box<Kept>),
    /// A kept run has another name.
    Renamed,
    /// A row of the table is chosen.
    Chosen,
    /// The settings of a kept run are taken again.
    Rewound,
}

/// The same in a sentence.
pub(super) fn said(lab: &Lab, voice: &Voice) -> String {
    let name = lab.names(voice).into_iter().nth(lab.chosen).unwrap_or_default();
    let named = |key| voice.say(key, &[("name", &*name)]);
    match &lab.did {
        Said::Rate => lab.valley.words(&lab.point, voice),
        Said::Kept => named("said-kept"),
        Said::Renamed => named("said-renamed"),
        Said::Rewound => named("said-rewound"),
        Said::Removed(kept) => voice.say("said-removed", &[("name", &*kept.name(voice))]),
        Said::Chosen => {
            let descent = lab.descents().nth(lab.chosen).map(|(descent, _)| descent);
            descent
                .map_or(name.clone(), |descent| outcome_sentence(voice, &name, descent.outcome()))
        }
    }
}

/// All of the lab's own controls.
pub(super) fn controls(lab: &Lab, moment: &Moment<'_>) -> Vec<Control> {
    let (voice, descent) = (moment.voice, &lab.descent);
    let mut all = Vec::new();
    for (index, (action, key)) in NAMES.into_iter().enumerate() {
        if let Some(alpha) = lab.preset(index) {
            all.push(Control::Toggle {
                id: action,
                action,
                label: voice.get(key),
                pressed: alpha == descent.alpha(),
                group: Group::Runners,
            });
        }
    }
    let action = |id, key, disabled| Control::Action {
        id,
        action: id,
        label: voice.get(key),
        disabled,
        primary: false,
        group: Group::Runners,
    };
    all.push(action("keep", "action-keep", lab.shelf.is_full()));
    if let Some(index) = lab.kept() {
        all.push(action("rewind", "action-rewind", false));
        all.push(action("remove", "action-remove-run", false));
        all.push(Control::Text {
            id: RUN_NAME,
            field: RUN_NAME,
            label: voice.get("control-run-name"),
            value: lab.shelf.runs()[index].name(voice),
            group: Group::Runners,
        });
    }
    let bands = descent.quadratic().map_or_else(Vec::new, |quadratic| quadratic.bands());
    all.push(alpha_track(descent.alpha(), lab.valley.axis(), &bands, voice));
    let number = |field, key, text| controls::number(field, voice.get(key), text);
    all.push(number("start", "control-start-x", voice.exact(descent.start()[0])));
    all.push(number("steps", "control-steps", descent.steps().to_string()));
    all.push(number("tol", "control-tol", voice.exact(descent.tol)));
    all.extend(controls::curve(descent.loss(), voice));
    all.push(lab.chart.control(voice));
    let tracks = [("linear", "track-linear"), ("log", "track-log")];
    let (label, value) = (voice.get("control-track"), TRACKS[lab.valley.track]);
    all.push(controls::choice("track", label, value, &tracks, Group::View, voice));
    all
}

/// Iteration, position, loss and gradient.
pub(super) fn statistics(descent: &LineDescent, moment: &Moment<'_>) -> Readout {
    let voice = moment.voice;
    let here = descent.iterate(moment.k);
    let (k, last) = (moment.k.to_string(), descent.last().to_string());
    let pair = |key, value, role| Pair { label: voice.get(key), value, role };
    let pairs = vec![
        pair(
            "pair-iteration",
            voice.say("pair-marble-of", &[("n", &*k), ("all", &*last)]),
            Role::Ink,
        ),
        pair("pair-position", voice.exact(here.at[0]), Role::Ink),
        pair("pair-height", voice.exact(here.loss), Role::Ink),
        pair("pair-gradient", voice.exact(here.gradient[0]), Role::Gradient),
    ];
    Readout::Pairs { id: "position", part: "readout", pairs }
}

/// How the run ends: here the whole of it counts, whichever iterate is looked at.
pub(super) fn outcome(descent: &LineDescent, voice: &Voice) -> Readout {
    let outcome = descent.outcome();
    let role = match outcome {
        Outcome::Converged { .. } => Role::Converged,
        Outcome::Diverged { .. } | Outcome::Undefined { .. } => Role::Diverged,
        _ => Role::Ink,
    };
    let mut text = outcome_sentence(voice, &voice.get("run-gd"), outcome);
    let end = descent.iterate(descent.last());
    if !matches!(outcome, Outcome::Diverged { .. }) && end.has_value() {
        let values = [("x", &*voice.about(end.at[0])), ("f", &*voice.about(end.loss))];
        text.push(' ');
        text.push_str(&voice.say("lab-end", &values));
    }
    Readout::Line { id: "outcome", part: "outcome", text, role }
}

/// What tells the present run from the chosen kept one, or from the newest.
pub(super) fn comparison(lab: &Lab, voice: &Voice) -> Readout {
    let runs = lab.shelf.runs();
    let index = lab.kept().or_else(|| runs.len().checked_sub(1));
    let (text, role) = match index.and_then(|index| runs.get(index)) {
        None => (voice.get("lab-keep-one"), Role::Muted),
        Some(kept) => {
            let phrases = differences(&lab.descent, &kept.descent, voice);
            let key = match phrases.len() {
                0 => "lab-same",
                1 => "lab-one-differs",
                _ => "lab-many-differ",
            };
            let name = kept.name(voice);
            let end = |descent: &LineDescent| brief(voice, descent.outcome());
            let values = [
                ("name", &*name),
                ("differences", &*phrases.join(", ")),
                ("count", &*phrases.len().to_string()),
                ("now", &*end(&lab.descent)),
                ("kept", &*end(&kept.descent)),
            ];
            (voice.say(key, &values), kept.role())
        }
    };
    Readout::Line { id: "comparison", part: "comparison", text, role }
}

/// How a run ended, in the middle of a sentence.
fn brief(voice: &Voice, outcome: Outcome) -> String {
    crate::figure::outcome_cell(voice, outcome)
}

/// What the sweep shows.
pub(super) fn sweep(lab: &Lab, voice: &Voice) -> Readout {
    let most = MOST_STEPS.to_string();
    let text = if lab.valley.points().is_empty() {
        voice.get("lab-sweeping")
    } else if let Some(best) = lab.valley.best() {
        let SweepPoint { alpha, .. } = best;
        let best = lab.valley.words(&best, voice);
        let mut text = voice.say("lab-best", &[("best", &*best)]);
        if let Some(cliff) = lab.valley.cliff().filter(|cliff| *cliff > alpha) {
            text.push(' ');
            text.push_str(&voice.say("lab-cliff", &[("alpha", &*voice.about(cliff))]));
        }
        text
    } else {
        voice.say("lab-none", &[("most", &*most), ("tol", &*voice.exact(lab.descent.tol))])
    };
    Readout::Line { id: "sweep", part: "sweep", text, role: Role::Ink }
}
