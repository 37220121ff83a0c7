//! The controls of the chain.

use downhill::Activation;

use super::{Chain, MOST_LAYERS};
use crate::framework::controls;
use crate::framework::declaration::{Control, Group, TrackMark};
use crate::text::locale::Locale;

/// The right end of the weight scale's slider.
const SLIDER_SCALE: f64 = 4.0;

impl Chain {
    /// The remedies as buttons, the rest as settings.
    pub(super) fn settings(&self, locale: &Locale) -> Vec<Control> {
        let transport = Group::Transport;
        let toggle = |id, key, pressed| controls::toggle(id, key, pressed, transport, locale);
        let activation = |activation| match activation {
            Activation::Sigmoid => "activation-sigmoid",
            Activation::Tanh => "activation-tanh",
            Activation::Relu => "activation-relu",
            Activation::Linear => "activation-linear",
        };
        let depth = (1.0, f64::from(MOST_LAYERS), 1.0);
        let mut scale = controls::range(
            "weight-scale",
            locale.get("control-weight-scale"),
            self.weight_scale,
            (0.0, SLIDER_SCALE, 0.05),
            locale,
        );
        if let Control::Range { marks, .. } = &mut scale {
            let root = core::f64::consts::SQRT_2 / SLIDER_SCALE;
            marks.push(TrackMark { at: 1.0 / SLIDER_SCALE, label: locale.full(1.0) });
            marks.push(TrackMark { at: root, label: locale.get("chain-root") });
        }
        let action = |id, key| controls::action(id, key, false, transport, locale);
        vec![
            action("vanishing", "action-vanishing"),
            action("exploding", "action-exploding"),
            toggle("skip", "action-skip", self.skip),
            toggle("norm", "action-norm", self.norm),
            action("redraw", "action-redraw"),
            controls::choice(
                "activation",
                "control-activation",
                self.activation,
                activation,
                Group::Settings,
                locale,
            ),
            controls::range(
                "depth",
                locale.get("control-depth"),
                f64::from(self.depth),
                depth,
                locale,
            ),
            controls::number("seed", locale.get("control-seed"), self.seed.to_string()),
            scale,
        ]
    }
}
