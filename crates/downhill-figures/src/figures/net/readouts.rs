//! What the network's figure says: the step, the losses, and where the sharpness is.

use downhill::{Measure, PlaneKind};

use super::Net;
use super::charts::bound_formula;
use super::choices::{Shown, Source};
use crate::draw::ColorRole;
use crate::framework::declaration::{Pair, Readout};
use crate::framework::figure::outcome_sentence;
use crate::framework::figure_kind::FigureKind as _;
use crate::framework::figure_text::FigureText;
use crate::framework::view_state::ViewState;
use crate::quantile::median;
use crate::text::locale::Locale;
use crate::text::messages::{FROM_HERE, GROUND};

/// How near the bound the sharpness is at the edge, as a fraction of it.
const NEAR: f64 = 0.1;

/// Measurements over which the sharpness is judged: at the edge it swings around the bound.
const JUDGED: usize = 9;

/// Where the sharpness is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Below,
    At,
    Above,
}

impl Net {
    /// Where the sharpness is at step `k`; `None` without a bound.
    pub(super) fn edge(&self, k: u32) -> Option<Edge> {
        let rows = &self.run.rows()[..self.run.count_to(k)];
        // Since the last row was measured, α may have changed.
        let bound = self.run.bound_at(k)?;
        let recent = rows[rows.len().saturating_sub(JUDGED)..].iter();
        // Another bound is another question.
        let recent = recent.filter(|row| row.bound == Some(bound)).filter_map(|row| row.lambda);
        let now = rows.last()?.lambda;
        let lambda = median(&recent.collect::<Vec<_>>()).or(now)?;
        let ratio = lambda / bound;
        // While it swings, the present number may lie on the other side.
        let crossed = now.is_some_and(|now| (now > bound) != (lambda > bound));
        Some(if crossed {
            Edge::At
        } else if ratio < 1.0 - NEAR {
            Edge::Below
        } else if ratio > 1.0 + NEAR {
            Edge::Above
        } else {
            Edge::At
        })
    }

    fn edge_line(&self, view: &ViewState<'_>) -> (String, ColorRole) {
        let locale = view.locale;
        let Some(row) = self.run.row_at(view.k) else { return (String::new(), ColorRole::Muted) };
        let Some(lambda) = row.lambda else { return (String::new(), ColorRole::Muted) };
        let rule = self.settings.rule();
        let lambda = locale.short(lambda);
        let bound = self.run.bound_at(view.k).map_or_else(String::new, |bound| locale.short(bound));
        let values = [
            ("lambda", &*lambda),
            ("bound", &*bound),
            ("formula", bound_formula(&rule)),
            ("rule", rule.title()),
        ];
        let (key, role) = match self.edge(view.k) {
            _ if rule.stable_product().is_none() => ("net-adaptive", ColorRole::Muted),
            None => ("net-boundless", ColorRole::Still),
            // Its last row was measured before the step that threw it out, perhaps with another α.
            Some(Edge::Below | Edge::At) if self.is_lost(view.k) => {
                ("net-thrown", ColorRole::Diverge)
            }
            Some(Edge::Below) => ("net-below", ColorRole::Monotone),
            Some(Edge::At) => ("net-at", ColorRole::Bounce),
            Some(Edge::Above) if self.is_lost(view.k) => ("net-lost", ColorRole::Diverge),
            Some(Edge::Above) => ("net-above", ColorRole::Diverge),
        };
        let mut text = locale.format(key, &values);
        let is_batch = self.run.training().is_some_and(|training| training.steps_per_epoch() > 1);
        if is_batch && row.bound.is_some() {
            text.push(' ');
            text.push_str(&locale.get("net-batches"));
        }
        if let Some(end) = self.end_line(view) {
            text.push(' ');
            text.push_str(&end);
        }
        (text, role)
    }

    /// How the training ends, while all of it is shown from its start.
    fn end_line(&self, view: &ViewState<'_>) -> Option<String> {
        let _known = self.run.outcome()?;
        let last = self.run.last();
        if view.k >= last || view.k > 0 && !view.whole {
            return None;
        }
        let locale = view.locale;
        let k = last.to_string();
        if self.has_diverged() {
            return Some(locale.format("net-end-diverged", &[("k", &*k)]));
        }
        let row = self.run.row_at(last)?;
        let key = match self.edge(last)? {
            Edge::Below => "net-end-below",
            Edge::At => "net-end-at",
            Edge::Above => "net-end-above",
        };
        let (lambda, bound) = (locale.short(row.lambda?), locale.short(row.bound?));
        Some(locale.format(key, &[("k", &*k), ("lambda", &*lambda), ("bound", &*bound)]))
    }

    /// Whether the training diverged, and its end is shown.
    fn is_lost(&self, k: u32) -> bool {
        self.has_diverged() && k >= self.run.last()
    }

    /// The step with its losses, and the accuracy in words.
    fn standing(&self, view: &ViewState<'_>) -> String {
        let locale = view.locale;
        let k = view.k.to_string();
        let Some(row) = self.run.row_at(view.k) else {
            return self.problem_with_points(locale).unwrap_or_else(|| locale.get("net-waiting"));
        };
        let Measure { loss, held_out, accuracy, .. } = row;
        let values = [
            ("k", &*k),
            ("loss", &*locale.short(*loss)),
            ("held", &*held_out.map_or_else(String::new, |loss| locale.short(loss))),
            ("share", &*accuracy.map_or_else(String::new, |share| locale.short(100.0 * share))),
        ];
        let key = match (held_out, accuracy) {
            (Some(_), Some(_)) => "net-standing",
            (None, Some(_)) => "net-standing-all",
            (Some(_), None) => "net-standing-curve",
            (None, None) => "net-standing-loss",
        };
        let mut text = locale.format(key, &values);
        if self.run.is_working() && view.k > self.run.reached() {
            let values = [("k", &*self.run.reached().to_string())];
            text.push(' ');
            text.push_str(&locale.format("net-computing", &values));
        }
        text
    }

    /// Why there is nothing to train on.
    pub(super) fn problem_with_points(&self, locale: &Locale) -> Option<String> {
        if self.settings.source != Source::Own {
            return None;
        }
        let why = self.settings.own.samples().err()?;
        Some(locale.format("net-no-points", &[("why", &*why.to_string())]))
    }

    /// How much of the walk is seen on the plane.
    fn plane_line(&self, locale: &Locale) -> (String, ColorRole) {
        let map = self.hill_map().filter(|_| self.shown == Shown::Hill);
        let text = map.map_or_else(String::new, |map| {
            let share = locale.short(libm::round(100.0 * map.share));
            locale.format(plane_key(map.key.plane), &[("share", &*share)])
        });
        (text, ColorRole::Ink)
    }

    fn outcome_line(&self, view: &ViewState<'_>) -> (String, ColorRole) {
        let locale = view.locale;
        match self.run.outcome() {
            Some(outcome) if self.is_lost(view.k) => {
                let sentence = outcome_sentence(locale, &locale.get("net-run"), outcome);
                let advice = locale.get(if self.last_change().is_some() {
                    "net-go-back"
                } else {
                    "net-smaller"
                });
                (format!("{sentence} {advice}"), ColorRole::Diverged)
            }
            _ => (String::new(), ColorRole::Muted),
        }
    }
}

/// The key of what is said of a plane.
const fn plane_key(plane: PlaneKind) -> &'static str {
    match plane {
        PlaneKind::Walk => "net-plane-walk",
        PlaneKind::Sharpest => "net-plane-sharpest",
        PlaneKind::Random => "net-plane-random",
    }
}

impl FigureText for Net {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../../text/messages/en/net.txt"), GROUND, FROM_HERE]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        let locale = view.locale;
        let line = |id, part, (text, role)| Readout::Line { id, part, text, role };
        let row = self.run.row_at(view.k);
        let number = |value: Option<f64>| {
            value.map_or_else(|| locale.get("net-none"), |value| locale.short(value))
        };
        let pair = |key: &str, value, role| Pair { label: locale.get(key), value, role };
        let mut pairs = vec![
            pair("net-lambda", number(row.and_then(|row| row.lambda)), self.role()),
            pair("net-loss", number(row.map(|row| row.loss)), self.role()),
            pair(
                "net-held-out-loss",
                number(row.and_then(|row| row.held_out)),
                ColorRole::Stochastic,
            ),
        ];
        let formula = bound_formula(&self.settings.rule());
        if self.settings.rule().stable_product().is_some() {
            let label = locale.format("net-bound", &[("formula", formula)]);
            let value = number(row.and_then(|_| self.run.bound_at(view.k)));
            pairs.insert(1, Pair { label, value, role: ColorRole::Bounce });
        }
        vec![
            line("standing", "readout", (self.standing(view), ColorRole::Ink)),
            line("edge", "regime", self.edge_line(view)),
            line("outcome", "outcome", self.outcome_line(view)),
            self.plan().line(&ViewState { k: self.turned_at(view.k), ..*view }),
            line("plane-share", "readout", self.plane_line(locale)),
            Readout::Pairs { id: "measures", part: "readout", pairs },
        ]
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        let mut text = self.standing(view);
        let edge = self.edge_line(view).0;
        if !edge.is_empty() {
            text.push(' ');
            text.push_str(&edge);
        }
        text
    }
}
