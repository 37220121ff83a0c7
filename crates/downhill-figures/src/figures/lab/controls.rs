//! The lab's controls.

use super::alpha_sweep::Track;
use super::presets::Preset;
use super::{Lab, RUN_NAME};
use crate::framework::controls::{self, alpha_track};
use crate::framework::declaration::{Control, Group};
use crate::framework::view_state::ViewState;

/// All of the lab's own controls.
pub(super) fn controls(lab: &Lab, view: &ViewState<'_>) -> Vec<Control> {
    let (locale, descent) = (view.locale, &lab.descent);
    let mut all = Vec::new();
    for preset in Preset::ALL {
        let (action, key) = preset.names();
        if let Some(alpha) = lab.preset(preset) {
            let pressed = alpha == descent.alpha();
            all.push(controls::toggle(action, key, pressed, Group::Runners, locale));
        }
    }
    let action = |id, key, disabled| controls::action(id, key, disabled, Group::Runners, locale);
    all.push(action("keep", "action-keep", lab.saved_runs.is_full()));
    if let Some(index) = lab.kept() {
        all.push(action("rewind", "action-rewind", false));
        all.push(action("remove", "action-remove-run", false));
        all.push(Control::Text {
            id: RUN_NAME,
            field: RUN_NAME,
            label: locale.get("control-run-name"),
            value: lab.saved_runs.runs()[index].name(locale),
            hint: String::new(),
            group: Group::Runners,
        });
    }
    let bands = descent.quadratic().map_or_else(Vec::new, |quadratic| quadratic.bands());
    all.push(alpha_track(descent.alpha(), lab.alpha_sweep.axis(), &bands, locale));
    let number = |field, key, text| controls::number(field, locale.get(key), text);
    all.push(number("start", "control-start-x", locale.full(descent.start()[0])));
    all.push(number("steps", "control-steps", descent.steps().to_string()));
    all.push(number("tol", "control-tol", locale.full(descent.tol)));
    all.extend(controls::curve(descent.loss(), locale));
    all.push(lab.chart.control(locale));
    let key = |track| match track {
        Track::Linear => "track-linear",
        Track::Log => "track-log",
    };
    let track = lab.alpha_sweep.track;
    all.push(controls::choice("track", "control-track", track, key, Group::View, locale));
    all
}
