//! What stands around the hill: its controls, and what is said of a marble and of a blindfolded walk.

use downhill::{Curvature, Loss, Outcome, Quadratic, Rule};

use super::Hill;
use super::blindfold::Walk;
use crate::controls;
use crate::declare::{Band, Control, Group, Pair, Readout, TrackMark};
use crate::draw::Role;
use crate::exhibit::Moment;
use crate::figure::outcome_sentence;
use crate::newton;
use crate::regime;
use crate::voice::Voice;

/// The iterate of the marble that the readouts are about.
fn here(hill: &Hill, k: u32) -> Option<(downhill::Iterate<2>, usize)> {
    let run = hill.run()?;
    let k = (k as usize).min(run.last_k());
    Some((run.iterates[k], k))
}

/// The bound on α where the marble is; none for a rule that curvature does not bound.
///
/// On a quadratic it holds everywhere, and on one that bends down nothing is stable.
fn bound(hill: &Hill, k: u32) -> Option<f64> {
    let rule = hill.rule();
    if let Some(quadratic) = Quadratic::of(&hill.surface) {
        return quadratic.largest_stable_alpha_of(&rule);
    }
    let (product, (here, _)) = rule.stable_product().zip(here(hill, k))?;
    let most = Curvature::at(&hill.surface, here.at).largest();
    Some(if most.is_nan() || !here.has_value() {
        f64::NAN
    } else if most > 0.0 {
        product / most
    } else {
        f64::INFINITY
    })
}

/// The slider of α, with the bound where the marble is.
fn alpha(hill: &Hill, moment: &Moment<'_>) -> Control {
    let voice = moment.voice;
    let end = hill.alpha_end();
    let mut control = controls::alpha_range(hill.alpha, end, &[], voice);
    // Ground without a value has no curvature either.
    let bound = bound(hill, moment.k).filter(|bound| !bound.is_nan());
    if let (Control::Range { bands, marks, value_text, .. }, Some(bound)) = (&mut control, bound) {
        let at = if bound < end { bound / end } else { 1.0 };
        let band = |from, to, role, key| Band { from, to, role, label: voice.get(key) };
        bands.push(band(0.0, at, Role::Monotone, "band-local-stable"));
        if bound == 0.0 {
            bands.clear();
        }
        if at < 1.0 {
            bands.push(band(at, 1.0, Role::Diverge, "band-local-unstable"));
        }
        if 0.0 < at && at < 1.0 {
            let formula = regime::bound_formula(&hill.rule());
            let values = [("formula", formula), ("bound", &*voice.about(bound))];
            marks.push(TrackMark { at, label: voice.say("mark-bound", &values) });
        }
        let stays = hill.alpha < bound || hill.alpha == 0.0;
        let key = if stays { "band-local-stable" } else { "band-local-unstable" };
        *value_text = format!("{value_text}, {}", voice.get(key));
    }
    controls::with_help(control, controls::velocity_help(hill.rule().name()), voice)
}

pub(super) fn controls(hill: &Hill, moment: &Moment<'_>) -> Vec<Control> {
    let voice = moment.voice;
    let action = |id, key, disabled, group| Control::Action {
        id,
        action: id,
        label: voice.get(key),
        disabled,
        primary: id == "walk",
        group,
    };
    let start = Control::Text {
        id: "start",
        field: "start",
        label: voice.get("control-starts"),
        value: voice.points(&hill.starts),
        group: Group::Settings,
    };
    let steps = controls::number("steps", voice.get("control-steps"), hill.steps.to_string());
    let [landscape, formula] = controls::ground(&hill.surface, voice);
    let mut all = vec![alpha(hill, moment), landscape, formula, start, steps];
    if hill.rule().safeguard().is_some() {
        all.push(newton::control(hill.safeguard, voice));
    }
    all.push(Control::Toggle {
        id: "blindfold",
        action: "blindfold",
        label: voice.get("action-blindfold"),
        pressed: hill.blindfold,
        group: Group::Transport,
    });
    if hill.blindfold {
        let deeds = [
            ("walk", "action-walk"),
            ("turn-left", "action-turn-left"),
            ("turn-right", "action-turn-right"),
            ("longer", "action-longer"),
            ("shorter", "action-shorter"),
            ("reveal", "action-reveal"),
        ];
        all.extend(deeds.map(|(id, key)| action(id, key, false, Group::Transport)));
    }
    all.push(action("view", "action-view", hill.ground == crate::draw::Ground::Map, Group::View));
    all.push(action("only", "action-only", hill.starts.len() < 2, Group::View));
    all
}

pub(super) fn readouts(hill: &Hill, moment: &Moment<'_>) -> Vec<Readout> {
    let voice = moment.voice;
    let pair = |key, value, role| Pair { label: voice.get(key), value, role };
    let vector = |at: [f64; 2]| voice.vector(&at);
    let walk = hill.walk.as_ref();
    let mut pairs = Vec::new();
    if let Some(walk) = walk.filter(|_| hill.blindfold) {
        let here = walk.here();
        pairs.push(pair("pair-steps", walk.steps().to_string(), Role::Guess));
        pairs.push(pair("pair-heading", heading(walk, voice), Role::Step));
        pairs.push(pair("pair-height", voice.about(here.loss), Role::Ink));
        pairs.push(pair("pair-gradient", vector(here.gradient), Role::Gradient));
    } else if let Some((here, k)) = here(hill, moment.k) {
        let bound = bound(hill, moment.k);
        let n = (hill.selected + 1).to_string();
        let values = [("n", &*n), ("all", &*hill.runs.len().to_string())];
        let any = match bound {
            None => voice.get("pair-unbounded"),
            Some(0.0) => voice.get("pair-none"),
            Some(f64::INFINITY) => voice.get("pair-any"),
            Some(bound) => voice.about(bound),
        };
        pairs.push(pair("pair-marble", voice.say("pair-marble-of", &values), hill.role()));
        pairs.push(pair("pair-iteration", k.to_string(), Role::Ink));
        pairs.push(pair("pair-position", vector(here.at), Role::Ink));
        pairs.push(pair("pair-height", voice.about(here.loss), Role::Ink));
        pairs.push(pair("pair-gradient", vector(here.gradient), Role::Gradient));
        pairs.push(pair("pair-bound", any, Role::Ink));
    }
    let line = |id, part, text, role| Readout::Line { id, part, text, role };
    let (text, role) = outcome(hill, moment);
    let mut all = vec![
        Readout::Pairs { id: "position", part: "readout", pairs },
        line("outcome", "outcome", text, role),
        line("ground", "ground", ground(hill, voice), Role::Muted),
    ];
    let newton = hill.run().filter(|_| walk.is_none());
    if let Some(line) = newton.and_then(|run| newton::line(run, moment.k, voice)) {
        all.insert(1, line);
    }
    // Under the blindfold it would tell too much.
    if hill.surface.is_quadratic() && !hill.blindfold {
        all.insert(1, regime::line(&hill.surface, &hill.rule(), hill.alpha, voice));
    }
    all
}

/// How it goes with the marble, or how the blindfolded walk went.
fn outcome(hill: &Hill, moment: &Moment<'_>) -> (String, Role) {
    let voice = moment.voice;
    if hill.blindfold {
        return (voice.get("blind-rules"), Role::Ink);
    }
    let Some(run) = hill.run() else { return (String::new(), Role::Muted) };
    if let Some(walk) = hill.walk.as_ref() {
        return (reveal(hill, walk, voice), Role::Guess);
    }
    if (moment.k as usize) < run.last_k() {
        let key = if moment.k == 0 { "hill-start" } else { "hill-on-the-way" };
        return (voice.get(key), Role::Muted);
    }
    let role = match run.outcome {
        Outcome::Converged { .. } => Role::Converged,
        Outcome::Diverged { .. } | Outcome::Undefined { .. } => Role::Diverged,
        _ => Role::Ink,
    };
    (outcome_sentence(voice, &name(hill, voice), run.outcome), role)
}

fn name(hill: &Hill, voice: &Voice) -> String {
    voice.say("run-marble", &[("n", &*(hill.selected + 1).to_string())])
}

fn steps(n: usize, voice: &Voice) -> String {
    let key = if n == 1 { "steps-one" } else { "steps-many" };
    voice.say(key, &[("n", &*n.to_string())])
}

/// A rule in the middle of a sentence.
fn rule_words(rule: &Rule, voice: &Voice) -> String {
    let key = match rule.name() {
        "gd" => "rule-gd",
        "momentum" => "rule-momentum",
        "nesterov" => "rule-nesterov",
        "newton" => "rule-newton",
        _ => return rule.title().to_owned(),
    };
    voice.get(key)
}

/// The reader's walk beside the descent from the same start.
fn reveal(hill: &Hill, walk: &Walk, voice: &Voice) -> String {
    let Some(run) = hill.run() else { return String::new() };
    let key = match run.outcome {
        Outcome::Converged { .. } => "blind-converged",
        Outcome::Diverged { .. } => "blind-diverged",
        Outcome::Undefined { infinite: true, .. } => "blind-infinite",
        Outcome::Undefined { .. } => "blind-undefined",
        Outcome::Stalled { .. } => "blind-stalled",
        Outcome::Exhausted { .. } => "blind-exhausted",
    };
    let ended = voice.say(key, &[("steps", &*steps(run.outcome.k(), voice))]);
    let reached = run.iterates.last().map_or(f64::NAN, |last| last.loss);
    let values = [
        ("steps", &*steps(walk.steps(), voice)),
        ("loss", &*voice.about(walk.here().loss)),
        ("rule", &*rule_words(&hill.rule(), voice)),
        ("alpha", &*voice.exact(hill.alpha)),
        ("outcome", &*ended),
        ("reached", &*voice.about(reached)),
    ];
    voice.say("blind-reveal", &values)
}

/// What the last thing done led to: under the blindfold a step, or another direction.
pub(super) fn said(hill: &Hill, voice: &Voice) -> Option<String> {
    let walk = hill.walk.as_ref()?;
    Some(if !hill.blindfold {
        reveal(hill, walk, voice)
    } else if hill.walked {
        step_line(walk, voice)
    } else {
        heading(walk, voice)
    })
}

fn heading(walk: &Walk, voice: &Voice) -> String {
    let values = [("degrees", &*voice.about(walk.heading)), ("stride", &*voice.about(walk.stride))];
    voice.say("pair-heading-at", &values)
}

/// What a step by hand led to.
fn step_line(walk: &Walk, voice: &Voice) -> String {
    let here = walk.here();
    let [dx, dy] = here.gradient;
    let values = [
        ("n", &*walk.steps().to_string()),
        ("loss", &*voice.about(here.loss)),
        ("slope", &*voice.about((dx * dx + dy * dy).sqrt())),
    ];
    voice.say("blind-step", &values)
}

/// What is to be known about how the ground is drawn.
fn ground(hill: &Hill, voice: &Voice) -> String {
    let relief = &hill.relief;
    let (low, high) = (voice.about(relief.range.0), voice.about(relief.range.1));
    let values = [("low", &*low), ("high", &*high)];
    let mut sentences = Vec::new();
    if relief.is_compressed() {
        sentences.push(voice.say("hill-compressed", &values));
    }
    if relief.clipped {
        sentences.push(voice.say("hill-clipped", &values));
    }
    if relief.holes {
        sentences.push(voice.get("hill-holes"));
    }
    sentences.join(" ")
}

/// Where the marble stands, said aloud after a step.
pub(super) fn standing(hill: &Hill, moment: &Moment<'_>) -> String {
    let voice = moment.voice;
    let Some((here, k)) = here(hill, moment.k) else { return String::new() };
    let place = here.at.map(|x| voice.about(x)).join(", ");
    let values = [
        ("run", &*name(hill, voice)),
        ("k", &*k.to_string()),
        ("place", &*place),
        ("loss", &*voice.about(here.loss)),
    ];
    voice.say("said-marble", &values)
}
