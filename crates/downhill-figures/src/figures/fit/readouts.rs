//! The readouts and announcements of the fit.

use downhill::{Outcome, ROUNDING, Rule};

use super::Fit;
use super::input::Told;
use crate::descent::regime;
use crate::draw::ColorRole;
use crate::framework::declaration::{Cell, Pair, Readout};
use crate::framework::figure::outcome_sentence;
use crate::framework::figure_text::FigureText;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;
use crate::text::messages::{FROM_HERE, GROUND};

/// A number in the lesson's format: four decimals where that is enough.
pub(super) fn shown(locale: &Locale, value: f64) -> String {
    let size = value.abs();
    if size == 0.0 || (1e-3..1e5).contains(&size) {
        locale.digits.fixed(value, 4)
    } else {
        locale.digits.significant(value, 5)
    }
}

impl Fit {
    /// The line as a formula: 1.8700x + 0.0946.
    fn formula(&self, [w, b]: [f64; 2], locale: &Locale) -> String {
        let mut text = shown(locale, w);
        text.push('x');
        if self.has_b() {
            text.push_str(if b < 0.0 { " − " } else { " + " });
            text.push_str(&shown(locale, b.abs()));
        }
        text
    }

    pub(super) fn sentence(&self, told: Told, view: &ViewState<'_>) -> String {
        let locale = view.locale;
        let point = |index: usize| self.data.points().get(index).copied().unwrap_or([0.0; 2]);
        let index = self.chosen.unwrap_or(0);
        let [x, y] = point(index);
        let here = self.course.iterate(view.k as usize);
        let said = here.x[0] * x + here.x[1];
        let count = self.data.points().len();
        let number = match told {
            Told::Removed(gone) => gone + 1,
            _ => index + 1,
        };
        let values = [
            ("n", &*number.to_string()),
            ("all", &*count.to_string()),
            ("x", &*locale.short(x)),
            ("y", &*locale.short(y)),
            ("said", &*locale.short(said)),
            ("off", &*locale.short(said - y)),
            ("line", &*self.formula(here.x, locale)),
            ("loss", &*shown(locale, here.loss)),
        ];
        let key = match told {
            Told::Chosen => "fit-said-chosen",
            Told::Moved => "fit-said-moved",
            Told::Added => "fit-said-added",
            Told::Removed(_) => "fit-said-removed",
            Told::Last => "fit-said-last",
            Told::Full => "fit-said-full",
            Told::Stands => "fit-said-stands",
        };
        locale.format(key, &values)
    }

    /// The next step as a calculation; at the end the one that led there.
    fn update_rule(&self, view: &ViewState<'_>) -> Option<Readout> {
        let locale = view.locale;
        let last = self.course.updates.len().checked_sub(1)?;
        let k = (view.k as usize).min(last);
        let update = self.course.updates[k];
        let (here, next) = (self.course.iterate(k).x, self.course.iterate(k + 1).x);
        let hidden = view.predicting && view.k as usize == k;
        let number = |value: f64| locale.rounded(value);
        let alpha = self.rates().at(k as u32);
        let mut rows: Vec<[Cell; 5]> = Vec::new();
        let mut row = |term: &str, sign: &str, text: String, note: String, role| {
            let at = text.find(|c: char| !c.is_ascii_digit() && c != '−').unwrap_or(text.len());
            let (whole, decimals) = text.split_at_checked(at).unwrap_or((&text, ""));
            rows.push(
                [term, sign, whole, decimals, &note]
                    .map(|text| Cell { text: text.to_owned(), role }),
            );
        };
        for axis in 0..self.model.parameters() {
            let (name, after, slope) = [("w", "w′", "α · g"), ("b", "b′", "α · g")][axis];
            let gradient = update.gradient[axis];
            let product = format!("{} · {}", number(alpha), number(gradient));
            row(name, "", number(here[axis]), String::new(), ColorRole::Ink);
            row(slope, "−", number(alpha * gradient), product, ColorRole::Gradient);
            let landed = if hidden { "?".to_owned() } else { number(next[axis]) };
            row(after, "=", landed, String::new(), ColorRole::Step);
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
        let head = locale.format(key, &values);
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

    fn numbers(&self, view: &ViewState<'_>) -> Readout {
        let locale = view.locale;
        let here = self.course.iterate(view.k as usize);
        let pair = |key: &str, value: String, role| Pair { label: locale.get(key), value, role };
        let place = |at: [f64; 2]| {
            let parts: Vec<String> =
                at[..self.model.parameters()].iter().map(|&c| shown(locale, c)).collect();
            parts.join(", ")
        };
        let names = |w: &'static str, wb: &'static str| if self.has_b() { wb } else { w };
        let mut pairs = vec![
            pair(names("pair-w", "pair-wb"), place(here.x), self.course.role()),
            pair("pair-mse", shown(locale, here.loss), ColorRole::Ink),
            pair("pair-mse-gradient", place(here.gradient), ColorRole::Gradient),
        ];
        if let Some(other) = self.walkers(view.position).get(1) {
            let at = other.course.iterate(f64::floor(other.position) as usize);
            let name = locale.get(other.course.kind().name_key());
            let value = [
                place(at.x),
                locale.format("fit-loss-there", &[("loss", &*shown(locale, at.loss))]),
            ];
            pairs.push(Pair { label: name, value: value.join(" "), role: other.course.role() });
        }
        let curvature = self.valley.curvatures[1];
        pairs.push(pair(
            names("pair-curvature", "pair-curvature-most"),
            locale.digits.significant(curvature, 5),
            ColorRole::Ink,
        ));
        if let Some(stable) = self.valley.stable.filter(|stable| stable.is_finite()) {
            let formula = regime::bound_formula(&self.rule);
            pairs.push(Pair {
                label: locale.format("pair-bound-all", &[("formula", formula)]),
                value: locale.digits.significant(stable, 4),
                role: ColorRole::Ink,
            });
        }
        if let Some([w, b]) = self.valley.minimizer {
            let least = locale.format("fit-loss-there", &[("loss", &*shown(locale, self.least()))]);
            pairs.push(pair("pair-best-line", [place([w, b]), least].join(" "), ColorRole::Ink));
        }
        Readout::Pairs { id: "position", part: "readout", pairs }
    }

    /// The minimum of the loss; never negative, despite rounding.
    fn least(&self) -> f64 {
        let least = self.valley.minimizer.map_or(0.0, |[w, b]| self.valley.value(w, b));
        let high = self.valley.value(0.0, 0.0);
        if least > ROUNDING * high { least } else { 0.0 }
    }
}

impl FigureText for Fit {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../../text/messages/en/fit.txt"), GROUND, FROM_HERE]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let locale = view.locale;
        let line = |id, text, role| Readout::Line { id, part: id, text, role };
        let whole = self.plan().is_whole(self.data.points().len());
        let mut all = vec![line("standing", self.progress_sentence(view), self.course.role())];
        let rule = &self.rule;
        all.push(if whole {
            regime::line_of(self.valley.curvatures, rule, self.rates().at(view.k), locale)
        } else {
            let mut text = locale.get("fit-regime-noisy");
            if self.valley.stable.is_some() {
                text.push(' ');
                text.push_str(&locale.get("fit-regime-mark"));
            }
            line("regime", text, ColorRole::Muted)
        });
        if self.rule == Rule::GradientDescent {
            all.extend(self.update_rule(view));
        }
        all.extend(self.course.newton(view.k, locale));
        all.push(self.rates().line(view));
        all.push(self.numbers(view));
        if self.valley.minimizer.is_none() {
            all.push(line("flat", locale.get("fit-flat"), ColorRole::Muted));
        }
        if self.course.cut {
            let k = self.course.last().to_string();
            all.push(line("cut", locale.format("fit-cut", &[("k", &*k)]), ColorRole::Muted));
        }
        let ended: Vec<String> = self
            .run_ends(locale)
            .into_iter()
            .filter(|ending| view.k >= ending.last)
            .map(|ending| outcome_sentence(locale, &ending.name, ending.outcome))
            .collect();
        let role = match self.course.outcome() {
            _ if ended.is_empty() => ColorRole::Muted,
            Outcome::Diverged { .. } | Outcome::Undefined { .. } => ColorRole::Diverged,
            Outcome::Converged { .. } => ColorRole::Converged,
            _ => ColorRole::Ink,
        };
        all.push(line("outcome", ended.join(" "), role));
        all
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        let locale = view.locale;
        let k = (view.k as usize).min(self.course.last());
        let here = self.course.iterate(k);
        let done = f64::floor(self.course.epoch_at(k as f64)) as u32;
        let values = [
            ("k", &*k.to_string()),
            ("epochs", &*done.to_string()),
            ("line", &*self.formula(here.x, locale)),
            ("loss", &*shown(locale, here.loss)),
        ];
        let key = match k {
            0 => "fit-standing-start",
            1 => "fit-standing-one",
            _ if done == 0 => "fit-standing-early",
            _ => "fit-standing",
        };
        locale.format(key, &values)
    }

    fn row(&self, row: u32, view: &ViewState<'_>) -> Vec<String> {
        let (row, locale) = (row as usize, view.locale);
        if self.lists_points() {
            let Some(&[x, y]) = self.data.points().get(row) else { return Vec::new() };
            let [w, b] = self.course.iterate(view.k as usize).x;
            let said = w * x + b;
            let number = (row + 1).to_string();
            let coordinate = |value: f64| locale.digits.significant(value, 5);
            return vec![
                number,
                coordinate(x),
                coordinate(y),
                shown(locale, said),
                shown(locale, said - y),
            ];
        }
        let Some(here) = self.course.path().get(row) else { return Vec::new() };
        let before = row.checked_sub(1).and_then(|k| self.course.updates.get(k));
        let mut cells = vec![
            row.to_string(),
            before.map_or(0, |update| update.epoch).to_string(),
            shown(locale, here.x[0]),
            shown(locale, here.loss),
            before.map_or_else(String::new, |update| shown(locale, update.loss)),
        ];
        if self.has_b() {
            cells.insert(3, shown(locale, here.x[1]));
        }
        cells
    }
}
