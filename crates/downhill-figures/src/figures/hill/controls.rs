//! The hill's controls.

use super::Hill;
use super::readouts::bound;
use crate::descent::{newton, regime};
use crate::draw::{ColorRole, ReliefMode};
use crate::framework::controls;
use crate::framework::declaration::{Band, Control, Group, TrackMark};
use crate::framework::view_state::ViewState;

/// The slider of α, with the bound at the marble.
fn alpha(hill: &Hill, view: &ViewState<'_>) -> Control {
    let locale = view.locale;
    let end = hill.alpha_end();
    let mut control = controls::alpha_range(hill.alpha, end, &[], locale);
    // Where the loss is undefined, so is the curvature.
    let bound = bound(hill, view.k).filter(|bound| !bound.is_nan());
    if let (Control::Range { bands, marks, value_text, .. }, Some(bound)) = (&mut control, bound) {
        let at = if bound < end { bound / end } else { 1.0 };
        let band = |from, to, role, key| Band { from, to, role, label: locale.get(key) };
        bands.push(band(0.0, at, ColorRole::Monotone, "band-local-stable"));
        if bound == 0.0 {
            bands.clear();
        }
        if at < 1.0 {
            bands.push(band(at, 1.0, ColorRole::Diverge, "band-local-unstable"));
        }
        if 0.0 < at && at < 1.0 {
            let formula = regime::bound_formula(&hill.rule());
            let values = [("formula", formula), ("bound", &*locale.short(bound))];
            marks.push(TrackMark { at, label: locale.format("mark-bound", &values) });
        }
        let stays = hill.alpha < bound || hill.alpha == 0.0;
        let key = if stays { "band-local-stable" } else { "band-local-unstable" };
        *value_text = format!("{value_text}, {}", locale.get(key));
    }
    controls::with_help(control, controls::velocity_help(&hill.rule()), locale)
}

pub(super) fn controls(hill: &Hill, view: &ViewState<'_>) -> Vec<Control> {
    let locale = view.locale;
    let action = |id, key, disabled, group| controls::action(id, key, disabled, group, locale);
    let start = Control::Text {
        id: "start",
        field: "start",
        label: locale.get("control-starts"),
        value: locale.points(&hill.starts),
        group: Group::Settings,
    };
    let steps = controls::number("steps", locale.get("control-steps"), hill.steps.to_string());
    let [landscape, formula] = controls::loss_2d_choice(&hill.surface, locale);
    let mut all = vec![alpha(hill, view), landscape, formula, start, steps];
    if hill.rule().safeguard().is_some() {
        all.push(newton::control(hill.safeguard, locale));
    }
    let blind = hill.blindfold;
    all.push(controls::toggle("blindfold", "action-blindfold", blind, Group::Transport, locale));
    if hill.blindfold {
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
    all.push(action("only", "action-only", hill.starts.len() < 2, Group::View));
    all
}
