//! The controls of the race: who runs, on what ground, and with which settings.

use downhill::Schedule;

use super::Race;
use super::model::{FAIRNESS, Runner, SETTINGS, role};
use crate::descent::newton;
use crate::framework::controls;
use crate::framework::controls::RULES;
use crate::framework::declaration::{Choice, Control, Group, Scale, Slider};
use crate::framework::field::OWN;
use crate::text::locale::Locale;

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
    fn alpha_control(&self, locale: &Locale) -> Control {
        let (scale, alpha) = (Scale::Logarithmic, self.model.alpha);
        let (min, max) = (-500.0, 100.0);
        let position = libm::round(scale.position(alpha));
        let value = crate::draw::between(position, min, max);
        Control::Range {
            id: "alpha",
            field: "alpha",
            label: locale.get("control-alpha"),
            slider: Slider { min, max, step: 1.0, value },
            scale,
            value_text: locale.full(alpha),
            number_text: locale.full(alpha),
            bands: Vec::new(),
            marks: Vec::new(),
            group: Group::Settings,
            help: String::new(),
        }
    }

    /// How a setting is meant here, by the keys of sentences.
    fn help(&self, field: &str) -> &'static [&'static str] {
        let runs = |name| self.model.runners().iter().any(|runner| runner.rule.name() == name);
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
    pub(super) fn settings(&self, locale: &Locale) -> Vec<Control> {
        let model = &self.model;
        let mut all: Vec<Control> = Vec::new();
        for (index, action) in ACTIONS.into_iter().enumerate() {
            all.push(Control::Runner {
                id: action,
                action,
                label: downhill::Rule::ALL[index].title().to_owned(),
                pressed: model.takes_part(index),
                role: role(index),
                group: Group::Runners,
            });
        }
        all.extend(controls::loss_2d_choice(&model.loss, locale));
        let fair = [("same", "fair-same"), ("best", "fair-best-alpha")];
        let label = locale.get("control-fair");
        let chosen = FAIRNESS[model.fair];
        all.push(controls::choice("fair", label, chosen, &fair, Group::Settings, locale));
        if !model.is_best() {
            all.push(self.alpha_control(locale));
        }
        let options = Schedule::NAMES.map(|value| Choice { value, label: value.to_owned() });
        all.push(Control::Menu {
            id: "schedule",
            field: "schedule",
            label: locale.get("control-schedule"),
            value: model.schedule.clone(),
            options: options.to_vec(),
            group: Group::Settings,
        });
        let own =
            |value: Option<f64>| value.map_or_else(|| OWN.to_owned(), |value| locale.full(value));
        for (field, label, text) in [
            ("start", "control-start-xy", locale.list(&model.start)),
            ("steps", "control-steps", model.steps.to_string()),
            ("beta", "control-beta", locale.full(model.beta)),
            ("beta1", "control-beta1", locale.full(model.beta1)),
            ("beta2", "control-beta2", locale.full(model.beta2)),
            ("eps", "control-eps", own(model.eps)),
            ("rho", "control-rho", own(model.rho)),
            ("weight-decay", "control-weight-decay", locale.full(model.weight_decay)),
            ("momentum-decay", "control-momentum-decay", locale.full(model.momentum_decay)),
        ] {
            // A setting that no runner has would do nothing.
            let has = |runner: &Runner| runner.rule.hyperparameter(field).is_some();
            if !SETTINGS.contains(&field) || model.runners().iter().any(has) {
                let control = controls::number(field, locale.get(label), text);
                all.push(controls::with_help(control, self.help(field), locale));
            }
        }
        if model.runners().iter().any(|runner| runner.rule.safeguard().is_some()) {
            all.push(newton::control(model.safeguard, locale));
        }
        all.push(self.chart.control(locale));
        all
    }
}
