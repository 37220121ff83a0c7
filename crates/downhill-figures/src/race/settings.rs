//! The controls of the race: who runs, on what ground, and with which settings.

use downhill::Schedule;

use super::Race;
use super::contest::{FAIRNESS, Runner, SETTINGS, role};
use crate::controls;
use crate::controls::RULES;
use crate::declare::{Choice, Control, Group, Scale, Slider};
use crate::field::OWN;
use crate::newton;
use crate::voice::Voice;

/// The actions that let a rule in or out, in the order of [`RULES`].
pub(super) const ACTIONS: [&str; RULES.len()] = [
    "run-gd",
    "run-momentum",
    "run-nesterov",
    "run-adagrad",
    "run-rmsprop",
    "run-adam",
    "run-adamw",
    "run-nadam",
    "run-adadelta",
    "run-adafactor",
    "run-newton",
];

impl Race {
    /// A logarithmic slider: useful rates differ by powers of ten from rule to rule.
    fn alpha_control(&self, voice: &Voice) -> Control {
        let (scale, alpha) = (Scale::Logarithmic, self.contest.alpha);
        let (min, max) = (-500.0, 100.0);
        let position = libm::round(scale.position(alpha));
        let value = crate::draw::between(position, min, max);
        Control::Range {
            id: "alpha",
            field: "alpha",
            label: voice.get("control-alpha"),
            slider: Slider { min, max, step: 1.0, value },
            scale,
            value_text: voice.exact(alpha),
            number_text: voice.exact(alpha),
            bands: Vec::new(),
            marks: Vec::new(),
            group: Group::Settings,
            help: String::new(),
        }
    }

    /// How a setting is meant here, by the keys of sentences.
    fn help(&self, field: &str) -> &'static [&'static str] {
        let runs = |name| self.contest.runners().iter().any(|runner| runner.rule.name() == name);
        match field {
            "beta" => {
                controls::velocity_help(if runs("nesterov") { "nesterov" } else { "momentum" })
            }
            "eps" => &["help-eps"],
            "weight-decay" => &["help-weight-decay"],
            _ => &[],
        }
    }

    /// All controls of the figure's own.
    pub(super) fn settings(&self, voice: &Voice) -> Vec<Control> {
        let contest = &self.contest;
        let mut all: Vec<Control> = Vec::new();
        for (index, action) in ACTIONS.into_iter().enumerate() {
            all.push(Control::Runner {
                id: action,
                action,
                label: downhill::Rule::ALL[index].title().to_owned(),
                pressed: contest.takes_part(index),
                role: role(index),
                group: Group::Runners,
            });
        }
        all.extend(controls::ground(&contest.loss, voice));
        let fair = [("same", "fair-same"), ("best", "fair-best-alpha")];
        let label = voice.get("control-fair");
        let chosen = FAIRNESS[contest.fair];
        all.push(controls::choice("fair", label, chosen, &fair, Group::Settings, voice));
        if !contest.is_best() {
            all.push(self.alpha_control(voice));
        }
        let options = Schedule::NAMES.map(|value| Choice { value, label: value.to_owned() });
        all.push(Control::Menu {
            id: "schedule",
            field: "schedule",
            label: voice.get("control-schedule"),
            value: contest.schedule.clone(),
            options: options.to_vec(),
            group: Group::Settings,
        });
        let own =
            |value: Option<f64>| value.map_or_else(|| OWN.to_owned(), |value| voice.exact(value));
        for (field, label, text) in [
            ("start", "control-start-xy", voice.list(&contest.start)),
            ("steps", "control-steps", contest.steps.to_string()),
            ("beta", "control-beta", voice.exact(contest.beta)),
            ("beta1", "control-beta1", voice.exact(contest.beta1)),
            ("beta2", "control-beta2", voice.exact(contest.beta2)),
            ("eps", "control-eps", own(contest.eps)),
            ("rho", "control-rho", own(contest.rho)),
            ("weight-decay", "control-weight-decay", voice.exact(contest.weight_decay)),
            ("momentum-decay", "control-momentum-decay", voice.exact(contest.momentum_decay)),
        ] {
            // A setting that no runner has would do nothing.
            let has = |runner: &Runner| runner.rule.setting(field).is_some();
            if !SETTINGS.contains(&field) || contest.runners().iter().any(has) {
                let control = controls::number(field, voice.get(label), text);
                all.push(controls::with_help(control, self.help(field), voice));
            }
        }
        if contest.runners().iter().any(|runner| runner.rule.safeguard().is_some()) {
            all.push(newton::control(contest.safeguard, voice));
        }
        all.push(self.chart.control(voice));
        all
    }
}
