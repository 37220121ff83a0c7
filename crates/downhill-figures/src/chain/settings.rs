//! The controls of a chain.

use super::{ACTIVATIONS, Chain, MOST_LAYERS};
use crate::controls;
use crate::declare::{Control, Group, TrackMark};
use crate::voice::Voice;

/// The right end of the weight scale's slider.
const SLIDER_SCALE: f64 = 4.0;

impl Chain {
    /// The cures as buttons, the rest as settings.
    pub(super) fn settings(&self, voice: &Voice) -> Vec<Control> {
        let toggle = |id, key, pressed| Control::Toggle {
            id,
            action: id,
            label: voice.get(key),
            pressed,
            group: Group::Transport,
        };
        let named = [
            ("sigmoid", "activation-sigmoid"),
            ("tanh", "activation-tanh"),
            ("relu", "activation-relu"),
            ("linear", "activation-linear"),
        ];
        let depth = (1.0, f64::from(MOST_LAYERS), 1.0);
        let mut scale = controls::range(
            "weight-scale",
            voice.get("control-weight-scale"),
            self.weight_scale,
            (0.0, SLIDER_SCALE, 0.05),
            voice,
        );
        if let Control::Range { marks, .. } = &mut scale {
            let root = core::f64::consts::SQRT_2 / SLIDER_SCALE;
            marks.push(TrackMark { at: 1.0 / SLIDER_SCALE, label: voice.exact(1.0) });
            marks.push(TrackMark { at: root, label: voice.get("chain-root") });
        }
        vec![
            toggle("skip", "action-skip", self.skip),
            toggle("norm", "action-norm", self.norm),
            Control::Action {
                id: "redraw",
                action: "redraw",
                label: voice.get("action-redraw"),
                disabled: false,
                primary: false,
                group: Group::Transport,
            },
            controls::choice(
                "activation",
                voice.get("control-activation"),
                ACTIVATIONS[self.activation],
                &named,
                Group::Settings,
                voice,
            ),
            controls::range(
                "depth",
                voice.get("control-depth"),
                f64::from(self.depth),
                depth,
                voice,
            ),
            controls::number("seed", voice.get("control-seed"), self.seed.to_string()),
            scale,
        ]
    }
}
