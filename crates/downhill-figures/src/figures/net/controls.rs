//! The controls of the network's figure, with the bound of the present sharpness on the track of α.

use downhill::numbers::shortest;
use downhill::{Criterion, HiddenActivation, PlaneKind, Rule, Schedule};

use super::Net;
use super::choices::{FirstOrderRule, Shown, Source, Speed};
use super::presets;
use crate::draw::Axis;
use crate::framework::controls::{self, action, choice, choice_of, menu, number};
use crate::framework::declaration::{Choice, Control, Group, TrackMark};
use crate::framework::field::WrittenSlot;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;

/// The learning rates on the slider.
const SMALLEST_ALPHA: f64 = 1e-3;
const LARGEST_ALPHA: f64 = 10.0;

/// More points than this are not written out in the field of the reader's own.
const MOST_WRITTEN: usize = 200;

/// A field for a value in a notation of its own, on one line.
fn text(field: &'static str, label: &str, value: String, locale: &Locale) -> Control {
    Control::Text {
        id: field,
        field,
        label: locale.get(label),
        value,
        hint: String::new(),
        group: Group::Settings,
    }
}

impl Net {
    /// All of the figure's own controls.
    pub(super) fn settings(&self, view: &ViewState<'_>) -> Vec<Control> {
        let (locale, settings) = (view.locale, &self.settings);
        let (all, look) = (Group::Settings, Group::View);
        let presets = [
            ("edge", "action-edge"),
            ("sinks", "action-sinks"),
            ("catapult", "action-catapult"),
            ("explodes", "action-explodes"),
        ];
        let mut list: Vec<Control> = presets
            .into_iter()
            .map(|(id, key)| action(id, key, false, Group::Runners, locale))
            .collect();
        debug_assert!(presets.iter().map(|(id, _)| *id).eq(presets::ACTIONS));
        list.push(self.alpha_control(view));
        let shown = |shown| match shown {
            Shown::Loss => "shown-loss",
            Shown::Hill => "shown-hill",
            Shown::Gradients => "shown-gradients",
        };
        list.push(choice("view", "control-view", self.shown, shown, all, locale));
        if self.shown == Shown::Hill {
            let plane = |plane| match plane {
                PlaneKind::Walk => "plane-walk",
                PlaneKind::Sharpest => "plane-sharpest",
                PlaneKind::Random => "plane-random",
            };
            list.push(choice("plane", "control-plane", self.plane, plane, all, locale));
        }
        let source = |source: &Source| match source {
            Source::Moons => "source-moons",
            Source::Circles => "source-circles",
            Source::Xor => "source-xor",
            Source::Spiral => "source-spiral",
            Source::Blobs => "source-blobs",
            Source::Sine => "source-sine",
            Source::Own => "source-own",
        };
        use crate::framework::choice::NamedChoice as _;
        let sources = Source::ALL.iter();
        let option = |each: &Source| Choice { value: each.name(), label: locale.get(source(each)) };
        let sources = sources.map(option).collect();
        list.push(menu(
            "data",
            "control-source",
            settings.source.name(),
            sources,
            String::new(),
            locale,
        ));
        list.push(text("layers", "control-layers", settings.hidden.text(), locale));
        let activation = |activation| match activation {
            HiddenActivation::Tanh => "hidden-tanh",
            HiddenActivation::Relu => "hidden-relu",
            HiddenActivation::Sigmoid => "hidden-sigmoid",
            HiddenActivation::Softplus => "hidden-softplus",
            HiddenActivation::Linear => "hidden-linear",
        };
        list.push(choice(
            "activation",
            "control-activation",
            settings.activation,
            activation,
            all,
            locale,
        ));
        let criterion = |criterion| match criterion {
            Criterion::MeanSquares => "criterion-mse",
            Criterion::Logistic => "criterion-logistic",
        };
        list.push(choice("loss", "control-criterion", settings.criterion, criterion, all, locale));
        list.push(text("init", "control-init", settings.init.text(), locale));
        let rules = FirstOrderRule::all();
        let rules = rules.map(|rule| Choice { value: rule.name(), label: rule.title().to_owned() });
        let rule = settings.rule.0.name();
        list.push(menu("rule", "control-rule", rule, rules.collect(), String::new(), locale));
        if settings.has_beta() {
            let label = locale.get("control-beta");
            let beta = controls::range("beta", label, settings.beta, (0.0, 0.99, 0.01), locale);
            let help = controls::velocity_help(&settings.rule.0);
            list.push(controls::with_help(beta, help, locale));
        }
        let count =
            |field, key: &str, value: u32| number(field, locale.get(key), value.to_string());
        list.push(count("batch", "control-batch", settings.batch));
        let schedules = Schedule::NAMES.map(|value| Choice { value, label: value.to_owned() });
        let schedule = settings.schedule.as_str();
        let own = schedule.to_owned();
        list.push(menu("schedule", "control-schedule", schedule, schedules.to_vec(), own, locale));
        if settings.source != Source::Own {
            list.push(count("points", "control-points-count", settings.points));
            list.push(number("noise", locale.get("control-spread"), locale.full(settings.noise)));
        }
        list.push(count("steps", "control-steps", settings.steps));
        list.push(count("every", "control-every", settings.every));
        list.push(count("seed", "control-seed", settings.seed));
        list.push(self.own_control(locale));
        let speed = |speed| match speed {
            Speed::Slow => "speed-slow",
            Speed::Usual => "speed-usual",
            Speed::Fast => "speed-fast",
        };
        list.push(choice("speed", "control-speed", self.speed, speed, look, locale));
        let classes = [("-1", "class-first"), ("1", "class-second")];
        let class = if self.pen > 0.0 { "1" } else { "-1" };
        list.push(choice_of("class", "control-class", class, &classes, look, locale));
        list.push(action("clear-points", "action-clear-points", false, look, locale));
        let batches = self.run.training().is_none_or(|training| training.steps_per_epoch() == 1);
        list.push(action("epoch", "action-epoch", batches, look, locale));
        list.push(action(
            "back",
            "action-back",
            self.last_change().is_none(),
            Group::Transport,
            locale,
        ));
        list.push(action("keep", "action-keep", self.kept.is_full(), Group::Transport, locale));
        let none = self.kept.runs().is_empty();
        list.push(action("forget", "action-forget", none, look, locale));
        list
    }

    /// The slider of α, with the bound along the sharpest direction of the hill where the walk is.
    fn alpha_control(&self, view: &ViewState<'_>) -> Control {
        let locale = view.locale;
        let alpha = self.plan().at(view.k);
        let axis = Axis::log(SMALLEST_ALPHA, LARGEST_ALPHA);
        let lambda =
            self.run.row_at(view.k).and_then(|row| row.lambda).filter(|lambda| *lambda > 0.0);
        // Regimes would hold for one step: beyond the mark the walk leads to where it is stable again.
        let mut control = controls::alpha_track(alpha, axis, &[], locale);
        let bound = self.settings.rule().stable_product().zip(lambda);
        if let (Control::Range { marks, .. }, Some((product, lambda))) = (&mut control, bound) {
            let at = axis.share(product / lambda);
            if (0.0..=1.0).contains(&at) {
                let mut label = shortest(product);
                if !matches!(self.settings.rule(), Rule::GradientDescent) {
                    label = locale.short(product);
                }
                label.push_str("/λ");
                marks.push(TrackMark { at, label });
            }
        }
        controls::with_help(control, controls::velocity_help(&self.settings.rule.0), locale)
    }

    /// The field for points of one's own.
    fn own_control(&self, locale: &Locale) -> Control {
        let own = &self.settings.own;
        let count = own.list.len();
        let hint = if self.settings.source == Source::Own { "hint-own-used" } else { "hint-own" };
        Control::Lines {
            id: "own",
            field: "own",
            label: locale.get("control-own"),
            value: if count <= MOST_WRITTEN { own.text() } else { String::new() },
            hint: locale.format(hint, &[("n", &*count.to_string())]),
            apply: locale.get("action-apply-own"),
            group: Group::Settings,
        }
    }
}
