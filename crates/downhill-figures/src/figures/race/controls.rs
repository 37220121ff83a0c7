//! The controls of the race: the rules, the landscape and the settings.

use downhill::{Rule, Schedule};

use super::Race;
use super::model::{Runner, Setting, first_moment};
use crate::descent::fairness::Fairness;
use crate::descent::{newton, rules};
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::controls;
use crate::framework::declaration::{Choice, Control, Group};
use crate::framework::field::OWN;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;

/// The action that adds or removes a rule.
pub(super) const fn action(rule: &Rule) -> &'static str {
    match rule {
        Rule::GradientDescent => "run-gd",
        Rule::Momentum { .. } => "run-momentum",
        Rule::Nesterov { .. } => "run-nesterov",
        Rule::AdaGrad { .. } => "run-adagrad",
        Rule::RmsProp { .. } => "run-rmsprop",
        Rule::Adam { .. } => "run-adam",
        Rule::AdamW { .. } => "run-adamw",
        Rule::Nadam { .. } => "run-nadam",
        Rule::Adadelta { .. } => "run-adadelta",
        Rule::Adafactor { .. } => "run-adafactor",
        Rule::Newton { .. } => "run-newton",
        _ => "run",
    }
}

impl Race {
    /// A logarithmic slider, because useful rates differ by powers of ten between rules.
    fn alpha_control(&self, k: u32, locale: &Locale) -> Control {
        let range = (-500.0, 100.0);
        controls::log_range("alpha", "control-alpha", self.model.plan().at(k), range, locale)
    }

    /// The message keys that explain a setting.
    fn help(&self, field: &str) -> &'static [&'static str] {
        let mut rules = self.model.runners().iter().map(|runner| &runner.rule);
        match field {
            "beta" => {
                let ahead = rules.find(|rule| matches!(rule, Rule::Nesterov { .. }));
                ahead.map_or(controls::MOMENTUM_HELP, controls::velocity_help)
            }
            "eps" => &["help-eps"],
            "weight-decay" => &["help-weight-decay"],
            _ => &[],
        }
    }

    /// All of the figure's own controls.
    pub(super) fn settings(&self, view: &ViewState<'_>) -> Vec<Control> {
        let locale = view.locale;
        let model = &self.model;
        let mut all: Vec<Control> = Vec::new();
        for (index, rule) in Rule::ALL.iter().enumerate() {
            let action = action(rule);
            all.push(Control::Runner {
                id: action,
                action,
                label: rule.title().to_owned(),
                pressed: model.has(index),
                role: rules::role(rule),
                group: Group::Runners,
            });
        }
        let runner = self.runner();
        all.push(Control::Toggle {
            id: "twice",
            action: "twice",
            label: locale.format("action-twice", &[("name", runner.rule.title())]),
            pressed: model.is_twice(runner),
            group: Group::Runners,
        });
        all.extend(controls::loss_2d_choice(&model.loss, locale));
        let key = |fair| match fair {
            Fairness::Same => "fair-same",
            Fairness::Best => "fair-best-alpha",
        };
        let group = Group::Settings;
        all.push(controls::choice("fair", "control-fair", model.fair, key, group, locale));
        if !model.is_best() {
            all.push(self.alpha_control(view.k, locale));
            all.push(AlphaPlan::switch(view));
        }
        if let Some(second) = model.runners().iter().find(|runner| runner.is_second()) {
            if !model.is_best() {
                let range = (-500.0, 100.0);
                let alpha = model.other_alpha.unwrap_or(second.alpha);
                let label = "control-other-alpha";
                all.push(controls::log_range("other-alpha", label, alpha, range, locale));
            }
            let betas = model.runners().iter().filter(|runner| runner.is_second());
            if let Some(beta) = betas.filter_map(first_moment).next() {
                let label = locale.get("control-other-beta");
                let range = (0.0, 0.999, 0.001);
                all.push(controls::range("other-beta", label, beta, range, locale));
            }
        }
        let options = Schedule::NAMES.map(|value| Choice { value, label: value.to_owned() });
        let schedule = model.schedule.as_str();
        let own = schedule.to_owned();
        all.push(controls::menu(
            "schedule",
            "control-schedule",
            schedule,
            options.to_vec(),
            own,
            locale,
        ));
        let own =
            |value: Option<f64>| value.map_or_else(|| OWN.to_owned(), |value| locale.full(value));
        let number = |field, label, text| controls::number(field, locale.get(label), text);
        all.push(number("start", "control-start-xy", locale.list(&model.start)));
        all.push(number("steps", "control-steps", model.steps.to_string()));
        for Setting { name, label, value } in model.settings() {
            // A setting of no rule in the race would have no effect.
            let has = |runner: &Runner| runner.rule.hyperparameter(name).is_some();
            if model.runners().iter().any(has) {
                let control = number(name, label, own(value));
                all.push(controls::with_help(control, self.help(name), locale));
            }
        }
        if model.runners().iter().any(|runner| runner.rule.safeguard().is_some()) {
            all.push(newton::control(model.safeguard, locale));
        }
        all.push(self.own.control(locale));
        all.push(self.chart.control(locale));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_action() {
        for rule in &Rule::ALL {
            assert_eq!(action(rule), format!("run-{}", rule.name()));
        }
    }
}
