//! What the fit says and asks: its controls, its readings, its table.

use downhill::{Outcome, Rule};

use super::{AGAINST, Fit, MODELS, NOISY, OWN, PER, SOURCES, TABLES};
use crate::controls::{self, RULES};
use crate::declare::{Cell, Choice, Control, Group, Pair, Readout, Table, TrackMark};
use crate::draw::Role;
use crate::exhibit::{Exhibit, Moment};
use crate::figure::outcome_sentence;
use crate::line::LARGEST_ALPHA;
use crate::voice::Voice;

/// So many points still stand in the field as text; more would be copied at every step.
const MOST_WRITTEN: usize = 500;

/// The slider of batch sizes ends here at the latest.
const LARGEST_BATCH: usize = 128;

/// What a reader has done, to be said aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    Nothing,
    Chosen,
    Moved,
    Added,
    Removed(usize),
    /// The last point stays.
    Last,
    /// There are as many points as there may be.
    Full,
    /// The run begins at other parameters.
    Stands,
}

/// The key of a run's name.
pub(crate) fn run_key(kind: &str) -> &'static str {
    match kind {
        "batch" => "fit-run-batch",
        "stochastic" => "fit-run-stochastic",
        _ => "fit-run-mini-batch",
    }
}

/// A number as the lesson prints it: four decimals where that is enough.
fn shown(voice: &Voice, value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-3..1e5).contains(&size) {
        voice.digits.fixed(value, 4)
    } else {
        voice.digits.significant(value, 5)
    }
}

impl Fit {
    /// The line as a formula: 1.8700x + 0.0946.
    fn formula(&self, [w, b]: [f64; 2], voice: &Voice) -> String {
        let mut text = shown(voice, w);
        text.push('x');
        if self.has_b() {
            text.push_str(if b < 0.0 { " − " } else { " + " });
            text.push_str(&shown(voice, b.abs()));
        }
        text
    }

    pub(super) fn where_it_is(&self, moment: &Moment<'_>) -> String {
        let voice = moment.voice;
        let k = (moment.k as usize).min(self.course.last());
        let here = self.course.iterate(k);
        let done = libm::floor(self.course.epoch_at(k as f64)) as u32;
        let values = [
            ("k", &*k.to_string()),
            ("epochs", &*done.to_string()),
            ("line", &*self.formula(here.at, voice)),
            ("loss", &*shown(voice, here.loss)),
        ];
        let key = match k {
            0 => "fit-standing-start",
            1 => "fit-standing-one",
            _ => "fit-standing",
        };
        voice.say(key, &values)
    }

    pub(super) fn what_happened(&self, moment: &Moment<'_>) -> Option<String> {
        let voice = moment.voice;
        let point = |index: usize| self.data.points().get(index).copied().unwrap_or([0.0; 2]);
        let index = self.chosen.unwrap_or(0);
        let [x, y] = point(index);
        let here = self.course.iterate(moment.k as usize);
        let said = here.at[0] * x + here.at[1];
        let count = self.data.points().len();
        let number = match self.told {
            Told::Removed(gone) => gone + 1,
            _ => index + 1,
        };
        let values = [
            ("n", &*number.to_string()),
            ("all", &*count.to_string()),
            ("x", &*voice.about(x)),
            ("y", &*voice.about(y)),
            ("said", &*voice.about(said)),
            ("off", &*voice.about(said - y)),
            ("line", &*self.formula(here.at, voice)),
            ("loss", &*shown(voice, here.loss)),
        ];
        let key = match self.told {
            Told::Nothing => return None,
            Told::Chosen => "fit-said-chosen",
            Told::Moved => "fit-said-moved",
            Told::Added => "fit-said-added",
            Told::Removed(_) => "fit-said-removed",
            Told::Last => "fit-said-last",
            Told::Full => "fit-said-full",
            Told::Stands => "fit-said-stands",
        };
        Some(voice.say(key, &values))
    }

    pub(super) fn all_controls(&self, voice: &Voice) -> Vec<Control> {
        let count = self.data.points().len();
        let whole = self.plan().is_whole(count);
        let pick = |field, key: &str, value, options: &[(&'static str, &str)], group| {
            controls::choice(field, voice.get(key), value, options, group, voice)
        };
        let settings = Group::Settings;
        let rules = RULES.iter().zip(Rule::ALL);
        let rules = rules.map(|(&value, rule)| Choice { value, label: rule.title().to_owned() });
        let few = if count > 64 { "32" } else { "2" };
        let size = self.batch.to_string();
        let kinds = ["0", "1", few];
        let kind =
            if whole { "0" } else { kinds.into_iter().find(|kind| *kind == size).unwrap_or("") };
        let mut kinds = pick(
            "batch",
            "control-batch-kind",
            kind,
            &[
                ("0", "batch-all"),
                ("1", "batch-one"),
                (few, if count > 64 { "batch-32" } else { "batch-2" }),
            ],
            settings,
        );
        if let Control::Choice { id, .. } = &mut kinds {
            *id = "batch-kind";
        }
        let most = count.min(LARGEST_BATCH) as f64;
        let present = if whole { count as f64 } else { f64::from(self.batch) };
        let label = voice.get("control-batch");
        let mut batch = controls::range("batch", label, present, (1.0, most, 1.0), voice);
        if let Control::Range { slider, .. } = &mut batch {
            slider.value = crate::draw::between(present, 1.0, most);
        }
        let start = self.start[..=self.model].iter().map(|&c| downhill::number::shortest(c));
        let number = |field, key: &str, text| controls::number(field, voice.get(key), text);
        let label = if self.has_b() { "control-start-wb" } else { "control-start-w" };
        let mut all = vec![
            self.alpha_control(whole, voice),
            batch,
            kinds,
            pick(
                "model",
                "control-model",
                MODELS[self.model],
                &[("wx", "model-wx"), ("wx+b", "model-wxb")],
                settings,
            ),
            pick(
                "data",
                "control-data",
                SOURCES[self.source],
                &[("five", "data-five"), ("noisy", "data-noisy"), ("own", "data-own")],
                settings,
            ),
            pick(
                "against",
                "control-against",
                AGAINST[self.against],
                &[
                    ("none", "against-none"),
                    ("batch", "against-batch"),
                    ("stochastic", "against-stochastic"),
                ],
                settings,
            ),
            Control::Menu {
                id: "rule",
                field: "rule",
                label: voice.get("control-rule"),
                value: RULES[self.rule].to_owned(),
                options: rules.collect(),
                group: settings,
            },
            number("start", label, start.collect::<Vec<_>>().join(", ")),
            number("epochs", "control-epochs", self.epochs.to_string()),
            number("seed", "control-seed", self.seed.to_string()),
        ];
        if self.source == NOISY {
            all.push(number("noise", "control-noise", voice.exact(self.noise)));
        }
        let written = count <= MOST_WRITTEN;
        let hint = match (self.source, written) {
            (_, false) => "hint-points-many",
            (OWN, true) => "hint-points-own",
            _ => "hint-points",
        };
        all.push(Control::Lines {
            id: "points",
            field: "points",
            label: voice.get("control-points"),
            value: if written { self.data.to_csv() } else { String::new() },
            hint: voice.say(hint, &[("n", &*count.to_string())]),
            apply: voice.get("action-apply"),
            group: settings,
        });
        if self.chosen.is_some() {
            all.push(Control::Action {
                id: "remove",
                action: "remove",
                label: voice.get("action-remove-point"),
                disabled: count == 1,
                primary: false,
                group: Group::View,
            });
        }
        all.push(pick(
            "per",
            "control-per",
            PER[self.per],
            &[("update", "per-update"), ("epoch", "per-epoch")],
            Group::View,
        ));
        all.push(self.chart.control(voice));
        all.push(pick(
            "list",
            "control-list",
            TABLES[self.listed],
            &[("updates", "list-updates"), ("points", "list-points")],
            Group::View,
        ));
        all
    }

    /// The slider of α, with the bound of batch descent marked.
    fn alpha_control(&self, whole: bool, voice: &Voice) -> Control {
        let stable = self.valley.stable;
        let known = stable.is_finite() && stable > 0.0;
        let stable = if known { stable } else { 1.0 };
        let max = match RULES[self.rule] {
            "gd" => 1.2 * stable,
            "momentum" | "nesterov" => 2.0 * stable,
            "newton" => 2.4,
            _ => 1.0,
        };
        let max = if max > LARGEST_ALPHA { LARGEST_ALPHA } else { max };
        let bands = if whole { &self.valley.bands[..] } else { &[] };
        let mut control = controls::alpha_range(self.alpha, max, bands, voice);
        if let Control::Range { marks, .. } = &mut control
            && !whole
            && known
            && stable < max
        {
            marks.push(TrackMark { at: stable / max, label: voice.about(stable) });
        }
        control
    }

    pub(super) fn all_readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        let voice = moment.voice;
        let line = |id, text, role| Readout::Line { id, part: id, text, role };
        let whole = self.plan().is_whole(self.data.points().len());
        let mut all = vec![line("standing", self.where_it_is(moment), self.course.role())];
        all.push(if !whole {
            line("regime", voice.get("fit-regime-noisy"), Role::Muted)
        } else if self.valley.regime.is_some() {
            controls::regime_line(self.valley.regime, voice)
        } else {
            line("regime", voice.get("fit-regime-rule"), Role::Muted)
        });
        if RULES[self.rule] == "gd" {
            all.extend(self.update_rule(moment));
        }
        all.push(self.numbers(moment));
        if self.valley.minimizer.is_none() {
            all.push(line("flat", voice.get("fit-flat"), Role::Muted));
        }
        if self.course.cut {
            let k = self.course.last().to_string();
            all.push(line("cut", voice.say("fit-cut", &[("k", &*k)]), Role::Muted));
        }
        let ended: Vec<String> = self
            .endings(voice)
            .into_iter()
            .filter(|ending| moment.k >= ending.last)
            .map(|ending| outcome_sentence(voice, &ending.name, ending.outcome))
            .collect();
        let role = match self.course.outcome() {
            _ if ended.is_empty() => Role::Muted,
            Outcome::Diverged { .. } => Role::Diverged,
            Outcome::Converged { .. } => Role::Converged,
            _ => Role::Ink,
        };
        all.push(line("outcome", ended.join(" "), role));
        all
    }

    /// The next step with its numbers in it; at the end the one that led there.
    fn update_rule(&self, moment: &Moment<'_>) -> Option<Readout> {
        let voice = moment.voice;
        let last = self.course.updates.len().checked_sub(1)?;
        let k = (moment.k as usize).min(last);
        let update = self.course.updates[k];
        let (here, next) = (self.course.iterate(k).at, self.course.iterate(k + 1).at);
        let hidden = moment.predicting && moment.k as usize == k;
        let number = |value: f64| voice.digits.significant(value, 6);
        let mut rows: Vec<[Cell; 5]> = Vec::new();
        let mut row = |term: &str, sign: &str, text: String, note: String, role| {
            let at = text.find(|c: char| !c.is_ascii_digit() && c != '−').unwrap_or(text.len());
            let (whole, decimals) = text.split_at_checked(at).unwrap_or((&text, ""));
            rows.push(
                [term, sign, whole, decimals, &note]
                    .map(|text| Cell { text: text.to_owned(), role }),
            );
        };
        for axis in 0..=self.model {
            let (name, after, slope) = [("w", "w′", "α · g"), ("b", "b′", "α · g")][axis];
            let gradient = update.gradient[axis];
            let product = format!("{} · {}", voice.exact(self.alpha), number(gradient));
            row(name, "", number(here[axis]), String::new(), Role::Ink);
            row(slope, "−", number(self.alpha * gradient), product, Role::Gradient);
            let landed = if hidden { "?".to_owned() } else { number(next[axis]) };
            row(after, "=", landed, String::new(), Role::Step);
        }
        let all = self.data.points().len();
        let batch = self.course.batch(k);
        let n = if batch.is_empty() { all } else { batch.len() };
        let epoch = update.epoch.to_string();
        let values = [("n", &*n.to_string()), ("next", &*(k + 1).to_string()), ("epoch", &*epoch)];
        let key = match (batch.is_empty(), n) {
            (true, _) => "fit-rule-all",
            (false, 1) => "fit-rule-one",
            _ => "fit-rule-some",
        };
        let head = voice.say(key, &values);
        let mut label = head.clone();
        for [term, sign, whole, decimals, _] in &rows {
            label.push_str(
                [" ", &sign.text, " ", &term.text, " ", &whole.text, &decimals.text, ";"]
                    .concat()
                    .as_str(),
            );
        }
        Some(Readout::Rule { id: "rule", part: "rule", label, head, rows })
    }

    fn numbers(&self, moment: &Moment<'_>) -> Readout {
        let voice = moment.voice;
        let here = self.course.iterate(moment.k as usize);
        let pair = |key: &str, value: String, role| Pair { label: voice.get(key), value, role };
        let place = |at: [f64; 2]| {
            let parts: Vec<String> = at[..=self.model].iter().map(|&c| shown(voice, c)).collect();
            parts.join(", ")
        };
        let names = |w: &'static str, wb: &'static str| if self.has_b() { wb } else { w };
        let mut pairs = vec![
            pair(names("pair-w", "pair-wb"), place(here.at), self.course.role()),
            pair("pair-mse", shown(voice, here.loss), Role::Ink),
            pair("pair-mse-gradient", place(here.gradient), Role::Gradient),
        ];
        if let Some(other) = self.walkers(moment.position).get(1) {
            let at = other.course.iterate(libm::floor(other.position) as usize);
            let name = voice.get(run_key(other.course.kind()));
            let value =
                [place(at.at), voice.say("fit-loss-there", &[("loss", &*shown(voice, at.loss))])];
            pairs.push(Pair { label: name, value: value.join(" "), role: other.course.role() });
        }
        let curvature = self.valley.curvatures[1];
        pairs.push(pair(
            names("pair-curvature", "pair-curvature-most"),
            voice.digits.significant(curvature, 5),
            Role::Ink,
        ));
        if self.valley.stable.is_finite() {
            pairs.push(pair(
                "pair-bound-all",
                voice.digits.significant(self.valley.stable, 4),
                Role::Ink,
            ));
        }
        if let Some([w, b]) = self.valley.minimizer {
            let least = voice.say("fit-loss-there", &[("loss", &*shown(voice, self.least()))]);
            pairs.push(pair("pair-best-line", [place([w, b]), least].join(" "), Role::Ink));
        }
        Readout::Pairs { id: "position", part: "readout", pairs }
    }

    /// The loss at the bottom; never below 0, as rounding might have it.
    fn least(&self) -> f64 {
        let least = self.valley.minimizer.map_or(0.0, |[w, b]| self.valley.value(w, b));
        let high = self.valley.value(0.0, 0.0);
        if least > 1e-12 * high { least } else { 0.0 }
    }

    pub(super) fn list(&self, moment: &Moment<'_>) -> Table {
        let voice = moment.voice;
        let head = |keys: &[&str]| keys.iter().map(|key| voice.get(key)).collect::<Vec<_>>();
        if TABLES[self.listed] == "points" {
            return Table {
                caption: voice.get("caption-points"),
                columns: head(&[
                    "column-point",
                    "column-x",
                    "column-y",
                    "column-said",
                    "column-residual",
                ]),
                rows: self.data.points().len() as u32,
                k: self.chosen.unwrap_or(0) as u32,
                roles: Vec::new(),
            };
        }
        let mut columns =
            head(&["column-k", "column-epoch", "column-w", "column-mse", "column-batch-loss"]);
        if self.has_b() {
            columns.insert(3, voice.get("column-b"));
        }
        let rows = self.course.path.len() as u32;
        Table {
            caption: voice.get("caption-updates"),
            columns,
            rows,
            k: moment.k.min(rows - 1),
            roles: Vec::new(),
        }
    }

    pub(super) fn list_row(&self, row: usize, moment: &Moment<'_>) -> Vec<String> {
        let voice = moment.voice;
        if TABLES[self.listed] == "points" {
            let Some(&[x, y]) = self.data.points().get(row) else { return Vec::new() };
            let [w, b] = self.course.iterate(moment.k as usize).at;
            let said = w * x + b;
            let number = (row + 1).to_string();
            let coordinate = |value: f64| voice.digits.significant(value, 5);
            return vec![
                number,
                coordinate(x),
                coordinate(y),
                shown(voice, said),
                shown(voice, said - y),
            ];
        }
        let Some(here) = self.course.path.get(row) else { return Vec::new() };
        let before = row.checked_sub(1).and_then(|k| self.course.updates.get(k));
        let mut cells = vec![
            row.to_string(),
            before.map_or(0, |update| update.epoch).to_string(),
            shown(voice, here.at[0]),
            shown(voice, here.loss),
            before.map_or_else(String::new, |update| shown(voice, update.loss)),
        ];
        if self.has_b() {
            cells.insert(3, shown(voice, here.at[1]));
        }
        cells
    }
}
