//! The hill's controls.

use super::Hill;
use crate::descent::{newton, regime};
use crate::draw::{ColorRole, ReliefMode};
use crate::framework::controls;
use crate::framework::declaration::{Band, Control, Group, TrackMark};
use crate::framework::view_state::ViewState;

/// The slider of α, with the bounds in the sharpest and in the widest valley.
fn alpha(hill: &Hill, view: &ViewState<'_>) -> Control {
    let locale = view.locale;
    let end = hill.alpha_end();
    let mut control = controls::alpha_range(hill.alpha, end, &[], locale);
    // Where the loss is undefined, so is the curvature.
    let bounds = hill.bounds.filter(|[bound, _]| !bound.is_nan());
    if let (Control::Range { bands, marks, value_text, .. }, Some(bounds)) = (&mut control, bounds)
    {
        let [sharpest, widest] = bounds.map(|bound| if bound < end { bound / end } else { 1.0 });
        let kinds = [
            (0.0, sharpest, ColorRole::Monotone, "band-stable"),
            (sharpest, widest, ColorRole::Bounce, "band-some"),
            (widest, 1.0, ColorRole::Diverge, "band-unstable"),
        ];
        for (from, to, role, key) in kinds {
            if from < to {
                // The whole phrase has no room on the track.
                let key = if key == "band-some" { "band-some-short" } else { key };
                bands.push(Band { from, to, role, label: locale.get(key) });
            }
        }
        if 0.0 < sharpest && sharpest < 1.0 {
            let formula = regime::bound_formula(&hill.rule());
            let values = [("formula", formula), ("bound", &*locale.short(bounds[0]))];
            marks.push(TrackMark { at: sharpest, label: locale.format("mark-bound", &values) });
        }
        let within = bounds.iter().filter(|bound| hill.alpha < **bound || hill.alpha == 0.0);
        let key = kinds[2 - within.count()].3;
        *value_text = format!("{value_text}, {}", locale.get(key));
    }
    controls::with_help(control, controls::velocity_help(&hill.rule()), locale)
}

pub(super) fn controls(hill: &Hill, view: &ViewState<'_>) -> Vec<Control> {
    let locale = view.locale;
    let action = |id, key, disabled, group| controls::action(id, key, disabled, group, locale);
    let mut all = Vec::new();
    let blind = hill.blindfold;
    // A walker has no α, and stays on this hill.
    if !blind {
        let start = controls::starts(&hill.starts, locale);
        let steps = controls::number("steps", locale.get("control-steps"), hill.steps.to_string());
        let [landscape, formula] = controls::loss_2d_choice(&hill.surface, locale);
        all.extend([alpha(hill, view), landscape, formula, start, steps]);
        if hill.rule().safeguard().is_some() {
            all.push(newton::control(hill.safeguard, locale));
        }
    }
    all.push(controls::toggle("blindfold", "action-blindfold", blind, Group::Transport, locale));
    if blind {
        let walk = action("walk", "action-walk", false, Group::Transport);
        all.push(controls::as_primary(walk));
        let others = [
            ("turn-left", "action-turn-left"),
            ("turn-right", "action-turn-right"),
            ("longer", "action-longer"),
            ("shorter", "action-shorter"),
            ("reveal", "action-reveal"),
        ];
        all.extend(others.map(|(id, key)| action(id, key, false, Group::Transport)));
    }
    all.push(action("view", "action-view", hill.relief_mode == ReliefMode::Map, Group::View));
    if !blind {
        all.push(action("only", "action-only", hill.starts.len() < 2, Group::View));
    }
    all
}
