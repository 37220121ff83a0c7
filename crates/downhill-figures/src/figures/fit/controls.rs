//! The controls of the fit: points, model, batch, rule and display.

use downhill::{Model, Rule};

use super::Fit;
use super::choices::{Against, Listed, Per, Source};
use crate::descent::descent_1d::LARGEST_ALPHA;
use crate::descent::newton;
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::controls;
use crate::framework::declaration::{Choice, Control, Group, TrackMark};
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;

/// The most points that are kept as text in the field; more would be copied at every step.
const MOST_WRITTEN: usize = 500;

/// The number of points shown to confirm how they were read.
const FIRST_ROWS: usize = 3;

/// The largest batch size on the slider.
const LARGEST_BATCH: usize = 128;

impl Fit {
    /// All of the figure's own controls.
    pub(super) fn settings(&self, view: &ViewState<'_>) -> Vec<Control> {
        let locale = view.locale;
        let count = self.data.points().len();
        let whole = self.plan().is_whole(count);
        let settings = Group::Settings;
        let rules = Rule::ALL.iter();
        let rules = rules.map(|rule| Choice { value: rule.name(), label: rule.title().to_owned() });
        let few = if count > 64 { "32" } else { "2" };
        let size = self.batch.to_string();
        let kinds = ["0", "1", few];
        let kind =
            if whole { "0" } else { kinds.into_iter().find(|kind| *kind == size).unwrap_or("") };
        let mut kinds = controls::choice_of(
            "batch",
            "control-batch-kind",
            kind,
            &[
                ("0", "batch-all"),
                ("1", "batch-one"),
                (few, if count > 64 { "batch-32" } else { "batch-2" }),
            ],
            settings,
            locale,
        );
        if let Control::Choice { id, .. } = &mut kinds {
            *id = "batch-kind";
        }
        let most = count.min(LARGEST_BATCH) as f64;
        let present = if whole { count as f64 } else { f64::from(self.batch) };
        let label = locale.get("control-batch");
        let mut batch = controls::range("batch", label, present, (1.0, most, 1.0), locale);
        if let Control::Range { slider, .. } = &mut batch {
            slider.value = crate::draw::between(present, 1.0, most);
        }
        let number = |field, key: &str, text| controls::number(field, locale.get(key), text);
        let label = if self.has_b() { "control-start-wb" } else { "control-start-w" };
        let model = |model| match model {
            Model::Slope => "model-wx",
            Model::Line => "model-wxb",
        };
        let source = |source| match source {
            Source::Five => "data-five",
            Source::Noisy => "data-noisy",
            Source::Own => "data-own",
        };
        let against = |against| match against {
            Against::None => "against-none",
            Against::Batch => "against-batch",
            Against::Stochastic => "against-stochastic",
        };
        let mut all = vec![
            controls::action("noise-floor", "action-noise-floor", false, Group::Transport, locale),
            self.alpha_control(self.rates().at(view.k), whole, locale),
            AlphaPlan::switch(view),
            batch,
            kinds,
            controls::choice("model", "control-model", self.model, model, settings, locale),
            controls::choice("data", "control-data", self.source, source, settings, locale),
            controls::choice("against", "control-against", self.against, against, settings, locale),
            controls::menu(
                "rule",
                "control-rule",
                self.rule.name(),
                rules.collect(),
                String::new(),
                locale,
            ),
            number("start", label, locale.list(&self.start[..self.model.parameters()])),
            number("epochs", "control-epochs", self.epochs.to_string()),
            number("seed", "control-seed", self.seed.to_string()),
        ];
        if self.rule.safeguard().is_some() {
            all.push(newton::control(self.safeguard, locale));
        }
        if self.source == Source::Noisy {
            all.push(number("noise", "control-noise", locale.full(self.noise)));
        }
        let written = count <= MOST_WRITTEN;
        let hint = match (self.source, written) {
            (_, false) => "hint-points-many",
            (Source::Own, true) => "hint-points-own",
            _ => "hint-points",
        };
        let mut hint = locale.format(hint, &[("n", &*count.to_string())]);
        if let Some(reading) = self.pasted.reading.filter(|_| self.source == Source::Own) {
            let values = [("read", &*reading.to_string()), ("rows", &*self.first_rows(locale))];
            hint = [locale.format("hint-points-read", &values), hint].join(" ");
        }
        all.push(Control::Lines {
            id: "points",
            field: "points",
            label: locale.get("control-points"),
            value: if written { self.data.to_csv() } else { String::new() },
            hint,
            apply: locale.get("action-apply"),
            group: settings,
        });
        if self.chosen.is_some() {
            let last = count == 1;
            all.push(controls::action("remove", "action-remove-point", last, Group::View, locale));
        }
        let per = |per| match per {
            Per::Update => "per-update",
            Per::Epoch => "per-epoch",
        };
        all.push(controls::choice("per", "control-per", self.per, per, Group::View, locale));
        all.push(self.chart.control(locale));
        let listed = |listed| match listed {
            Listed::Updates => "list-updates",
            Listed::Points => "list-points",
        };
        all.push(controls::choice(
            "list",
            "control-list",
            self.listed,
            listed,
            Group::View,
            locale,
        ));
        all
    }

    /// The first points, for comparison with the pasted text.
    fn first_rows(&self, locale: &Locale) -> String {
        let mut rows = String::new();
        for (index, point) in self.data.points().iter().enumerate() {
            if index == FIRST_ROWS {
                rows.push_str(" …");
                break;
            }
            let [x, y] = point.map(|coordinate| locale.full(coordinate));
            // With a decimal comma, a comma cannot separate the two numbers.
            let comma = if x.contains(',') || y.contains(',') { "; " } else { ", " };
            rows.push_str(if index > 0 { ", (" } else { "(" });
            for part in [&x, comma, &y, ")"] {
                rows.push_str(part);
            }
        }
        rows
    }

    /// The slider of α, with the bound of batch descent marked.
    fn alpha_control(&self, alpha: f64, whole: bool, locale: &Locale) -> Control {
        let stable = self.valley.stable.filter(|stable| stable.is_finite());
        let max = match (stable, self.rule) {
            (Some(stable), _) => 1.2 * stable,
            (None, Rule::Newton { .. }) => 2.4,
            (None, _) => 1.0,
        };
        let max = if max > LARGEST_ALPHA { LARGEST_ALPHA } else { max };
        let bands = if whole { &self.valley.bands[..] } else { &[] };
        let mut control = controls::alpha_range(alpha, max, bands, locale);
        // The bounds are visible if regimes are painted.
        if let (Control::Range { marks, .. }, Some(stable)) = (&mut control, stable)
            && bands.is_empty()
            && stable < max
        {
            marks.push(TrackMark { at: stable / max, label: locale.short(stable) });
        }
        let keys = [&["help-mse"], controls::velocity_help(&self.rule)].concat();
        controls::with_help(control, &keys, locale)
    }
}
