//! The controls of the starts figure, with the bounds of the bottoms beside the track of α.

use super::flock::letter;
use super::{MOST_LISTED, Starts};
use crate::controls;
use crate::declare::{Control, Group, TrackMark};
use crate::voice::Voice;

impl Starts {
    /// All controls of the figure's own.
    pub(super) fn settings(&self, voice: &Voice) -> Vec<Control> {
        let group = Group::Settings;
        let action = |id, key, disabled| Control::Action {
            id,
            action: id,
            label: voice.get(key),
            disabled,
            primary: false,
            group: Group::Transport,
        };
        let text = |id, key, value| Control::Text {
            id,
            field: if id == "formula" { "loss" } else { id },
            label: voice.get(key),
            value,
            group,
        };
        let [landscape, formula] = controls::ground(&self.flock.loss, voice);
        vec![
            self.alpha_control(voice),
            landscape,
            formula,
            text("start", "control-starts", voice.points(&self.flock.starts)),
            controls::number("steps", voice.get("control-steps"), self.flock.steps.to_string()),
            action("twins", "action-twins", false),
            action("ring", "action-ring", false),
            action("rows", "action-rows", false),
            action("clear", "action-clear", false),
            action("remove", "action-remove", self.flock.starts.len() == 1),
            Control::Toggle {
                id: "basins",
                action: "basins",
                label: voice.get("action-basins"),
                pressed: self.basins,
                group: Group::View,
            },
        ]
    }

    fn alpha_control(&self, voice: &Voice) -> Control {
        let max = self.flock.most_alpha();
        let mut control = controls::alpha_range(self.flock.alpha, max, &[], voice);
        if let Control::Range { marks, .. } = &mut control {
            // Beyond these descent cannot stay at the bottom of that letter.
            for bottom in 0..self.flock.bottoms().len().min(MOST_LISTED) {
                let (at, letter) = (self.flock.stable(bottom) / max, letter(bottom));
                // Letters too near each other to be read share a mark.
                match marks.iter_mut().find(|mark| (mark.at - at).abs() < 0.03) {
                    Some(mark) => mark.label = format!("{}, {letter}", mark.label),
                    None if at < 1.0 => marks.push(TrackMark { at, label: letter }),
                    None => {}
                }
            }
        }
        control
    }
}
