//! What bowl, scrubber and lab declare and say alike of a descent on a curve.

use downhill::Outcome;

use crate::declare::{Keys, Pair, Pane, Readout, Span};
use crate::digits::lowered;
use crate::draw::Role;
use crate::exhibit::Moment;
use crate::figure::outcome_sentence;
use crate::line::LineDescent;
use crate::voice::Voice;

/// The pane of the curve, as all these figures declare it.
pub(crate) fn curve_pane(voice: &Voice, aspect: f64, span: Span) -> Pane {
    Pane {
        id: "curve",
        label: voice.get("pane-curve"),
        caption: String::new(),
        aspect,
        span,
        keys: Keys::Place,
        help: voice.get("help-curve"),
        drags: false,
        raster: false,
        relief: false,
    }
}

/// Iteration, position, loss and slope at the present iterate.
pub(crate) fn position_pairs(descent: &LineDescent, moment: &Moment<'_>) -> Readout {
    let voice = moment.voice;
    let here = descent.iterate(moment.k);
    let index = lowered(moment.k);
    let pair = |label: String, value: f64, role| Pair { label, value: voice.exact(value), role };
    let pairs = vec![
        pair(format!("x{index}"), here.at[0], Role::Ink),
        pair(format!("f(x{index})"), here.loss, Role::Ink),
        pair(format!("f′(x{index})"), here.gradient[0], Role::Gradient),
    ];
    Readout::Pairs { id: "position", part: "readout", pairs }
}

/// How the run stands: where the marble is, that it has left, or how it ended.
pub(crate) fn outcome_line(descent: &LineDescent, moment: &Moment<'_>) -> Readout {
    let voice = moment.voice;
    let ending = descent.ending(voice);
    let view = descent.view().x;
    let k = moment.k.to_string();
    let left = descent.iterates().iter().position(|iterate| !view.contains(iterate.at[0]));
    let left = left
        .filter(|&left| left <= moment.k as usize)
        .map(|left| voice.say("outcome-left", &[("k", &*left.to_string()), ("now", &*k)]));
    let (text, role) = if moment.k >= ending.last {
        let role = match ending.outcome.name() {
            "converged" => Role::Converged,
            "diverged" | "undefined" => Role::Diverged,
            _ if left.is_some() => Role::Diverged,
            _ => Role::Ink,
        };
        let ended = outcome_sentence(voice, &ending.name, ending.outcome);
        (left.map_or_else(|| ended.clone(), |left| format!("{ended} {left}")), role)
    } else if let Some(left) = left {
        (left, Role::Diverged)
    } else {
        let steps = descent.steps().to_string();
        (voice.say("outcome-on-the-way", &[("k", &*k), ("steps", &*steps)]), Role::Muted)
    };
    Readout::Line { id: "outcome", part: "outcome", text, role }
}

/// Where the marble is, in one sentence.
pub(crate) fn standing_line(descent: &LineDescent, moment: &Moment<'_>) -> String {
    let voice = moment.voice;
    let here = descent.iterate(moment.k);
    let values = [
        ("k", &*moment.k.to_string()),
        ("x", &*voice.about(here.at[0])),
        ("f", &*voice.about(here.loss)),
    ];
    voice.say("said-step", &values)
}

/// Whether the run stopped because the ground was flat.
pub(crate) fn has_stopped(descent: &LineDescent) -> bool {
    matches!(descent.outcome(), Outcome::Converged { .. } | Outcome::Stalled { .. })
}

/// Why a run stopped before its steps were used up; empty for one that did not.
pub(crate) fn stop_line(descent: &LineDescent, voice: &Voice) -> Readout {
    let mut text = String::new();
    if has_stopped(descent) {
        let slope = descent.iterate(descent.last()).gradient[0].abs();
        let (k, left) = (descent.last().to_string(), descent.steps() - descent.last());
        let values = [
            ("k", &*k),
            ("slope", &*voice.about(slope)),
            ("tol", &*voice.about(descent.tol)),
            ("left", &*left.to_string()),
        ];
        text = voice.say(if left == 0 { "stop-at-limit" } else { "stop" }, &values);
    }
    Readout::Line { id: "stop", part: "stop", text, role: Role::Converged }
}
