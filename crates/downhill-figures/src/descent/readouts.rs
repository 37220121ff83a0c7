//! Readouts and panes shared by bowl, scrubber and lab.

use downhill::Outcome;

use crate::descent::descent_1d::Descent1d;
use crate::draw::ColorRole;
use crate::framework::declaration::{Pair, Pane, Readout, Span};
use crate::framework::figure::outcome_sentence;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;
use crate::text::numbers::lowered;

/// The pane of the curve, as all these figures declare it.
pub(crate) fn curve_pane(locale: &Locale, aspect: f64, span: Span) -> Pane {
    Pane::new("curve", ["pane-curve", "", "help-curve"], (aspect, span), locale)
}

/// Iteration, position, loss and slope at the current iterate.
pub(crate) fn position_pairs(descent: &Descent1d, view: &ViewState<'_>) -> Readout {
    let locale = view.locale;
    let here = descent.iterate(view.k);
    let index = lowered(view.k);
    let pair = |label: String, value: f64, role| Pair { label, value: locale.rounded(value), role };
    let pairs = vec![
        pair(format!("x{index}"), here.x[0], ColorRole::Ink),
        pair(format!("f(x{index})"), here.loss, ColorRole::Ink),
        pair(format!("f′(x{index})"), here.gradient[0], ColorRole::Gradient),
    ];
    Readout::Pairs { id: "position", part: "readout", pairs }
}

/// The state of the run: the marble's position, that it has left, or how the run ended.
pub(crate) fn outcome_line(descent: &Descent1d, view: &ViewState<'_>) -> Readout {
    let locale = view.locale;
    let ending = descent.ending(locale);
    let shown = descent.view().x;
    let k = view.k.to_string();
    let left = descent.iterates().iter().position(|iterate| !shown.contains(iterate.x[0]));
    let left = left
        .filter(|&left| left <= view.k as usize)
        .map(|left| locale.format("outcome-left", &[("k", &*left.to_string()), ("now", &*k)]));
    let (text, role) = if view.k >= ending.last {
        let role = match ending.outcome.name() {
            "converged" => ColorRole::Converged,
            "diverged" | "undefined" => ColorRole::Diverged,
            _ if left.is_some() => ColorRole::Diverged,
            _ => ColorRole::Ink,
        };
        let ended = outcome_sentence(locale, &ending.name, ending.outcome);
        (left.map_or_else(|| ended.clone(), |left| format!("{ended} {left}")), role)
    } else if let Some(left) = left {
        (left, ColorRole::Diverged)
    } else {
        let steps = descent.steps().to_string();
        (locale.format("outcome-on-the-way", &[("k", &*k), ("steps", &*steps)]), ColorRole::Muted)
    };
    Readout::Line { id: "outcome", part: "outcome", text, role }
}

/// The marble's position, in one sentence.
pub(crate) fn standing_line(descent: &Descent1d, view: &ViewState<'_>) -> String {
    let locale = view.locale;
    let here = descent.iterate(view.k);
    let values = [
        ("k", &*view.k.to_string()),
        ("x", &*locale.short(here.x[0])),
        ("f", &*locale.short(here.loss)),
    ];
    locale.format("said-step", &values)
}

/// Whether the run stopped because the gradient fell below the tolerance.
pub(crate) fn has_stopped(descent: &Descent1d) -> bool {
    matches!(descent.outcome(), Outcome::Converged { .. } | Outcome::Stalled { .. })
}

/// Why a run stopped before its step limit; empty otherwise.
pub(crate) fn stop_line(descent: &Descent1d, locale: &Locale) -> Readout {
    let mut text = String::new();
    if has_stopped(descent) {
        let slope = descent.iterate(descent.last()).gradient[0].abs();
        let (k, left) = (descent.last().to_string(), descent.steps() - descent.last());
        let values = [
            ("k", &*k),
            ("slope", &*locale.short(slope)),
            ("tol", &*locale.short(descent.tol)),
            ("left", &*left.to_string()),
        ];
        text = locale.format(if left == 0 { "stop-at-limit" } else { "stop" }, &values);
    }
    Readout::Line { id: "stop", part: "stop", text, role: ColorRole::Converged }
}
