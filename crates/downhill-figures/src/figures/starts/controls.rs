//! The controls of the starts figure, with each minimizer's bound marked on the track of α.

use super::runs::letter;
use super::{MOST_LISTED, Starts};
use crate::framework::controls;
use crate::framework::declaration::{Control, Group, TrackMark};
use crate::text::locale::Locale;

impl Starts {
    /// All of the figure's own controls.
    pub(super) fn settings(&self, locale: &Locale) -> Vec<Control> {
        let action =
            |id, key, disabled| controls::action(id, key, disabled, Group::Transport, locale);
        let [landscape, formula] = controls::loss_2d_choice(&self.runs.loss, locale);
        vec![
            self.alpha_control(locale),
            landscape,
            formula,
            controls::starts(&self.runs.starts, locale),
            controls::number("steps", locale.get("control-steps"), self.runs.steps.to_string()),
            self.noise_control(locale),
            controls::number("seed", locale.get("control-shaken-seed"), self.runs.seed.to_string()),
            action("twins", "action-twins", false),
            action("saddle", "action-saddle", false),
            action("plateau", "action-plateau", false),
            action("ring", "action-ring", false),
            action("rows", "action-rows", false),
            action("clear", "action-clear", false),
            action("remove", "action-remove", self.runs.starts.len() == 1),
            controls::toggle("basins", "action-basins", self.basins, Group::View, locale),
        ]
    }

    fn noise_control(&self, locale: &Locale) -> Control {
        let max = self.runs.most_noise();
        let bounds = (0.0, max, controls::slider_step(max));
        controls::range("noise", locale.get("control-shaken"), self.runs.noise, bounds, locale)
    }

    fn alpha_control(&self, locale: &Locale) -> Control {
        let max = self.runs.most_alpha();
        let mut control = controls::alpha_range(self.runs.alpha, max, &[], locale);
        if let Control::Range { marks, .. } = &mut control {
            // Beyond these, descent is unstable at the minimizer with that letter.
            for bottom in 0..self.runs.bottoms().len().min(MOST_LISTED) {
                let (at, letter) = (self.runs.stable(bottom) / max, letter(bottom));
                // Letters too close together share a mark.
                match marks.iter_mut().find(|mark| (mark.at - at).abs() < 0.03) {
                    Some(mark) => mark.label = format!("{}, {letter}", mark.label),
                    None if at < 1.0 => marks.push(TrackMark { at, label: letter }),
                    None => {}
                }
            }
        }
        controls::saying(control, self.alpha_said(locale))
    }

    /// α with the minimizers at which descent is stable: the hollows that still hold a walker.
    fn alpha_said(&self, locale: &Locale) -> String {
        let listed = 0..self.runs.bottoms().len().min(MOST_LISTED);
        let holding = listed.clone().filter(|&bottom| self.runs.alpha < self.runs.stable(bottom));
        let holding: Vec<String> = holding.map(letter).collect();
        let key = if listed.is_empty() {
            return locale.full(self.runs.alpha);
        } else if holding.is_empty() {
            "starts-none-hold"
        } else if holding.len() == listed.len() {
            "starts-all-hold"
        } else {
            "starts-some-hold"
        };
        let values = [("alpha", &*locale.full(self.runs.alpha)), ("letters", &*holding.join(", "))];
        locale.format(key, &values)
    }
}
