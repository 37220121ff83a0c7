//! The scrubber: every iteration in a table, one index for marble, row and loss curve.

use crate::account::{curve_pane, has_stopped, outcome_line, standing_line, stop_line};
use crate::curve::CurvePane;
use crate::declare::{Control, Pair, Pane, Readout, Span, Table};
use crate::digits::lowered;
use crate::draw::{Mark, Role, Scene};
use crate::exhibit::{Ending, Exhibit, Moment, Place};
use crate::field::{Field, Slot};
use crate::line::LineDescent;
use crate::loss_chart::{LossChart, SCALES, Series, chart_pane};
use crate::panes::Panes;
use crate::snapshot::Run;
use crate::voice::Voice;

/// The pane of the loss curve.
const CHART: usize = 1;

/// A run of plain descent with its table.
#[derive(Default)]
pub(crate) struct Scrubber {
    descent: LineDescent,
    curve: CurvePane,
    chart: LossChart,
}

impl Scrubber {
    /// x_k by the closed form, where the loss is quadratic.
    fn closed(&self, k: u32) -> Option<f64> {
        let (start, alpha) = (self.descent.start(), self.descent.alpha());
        let quadratic = self.descent.quadratic()?;
        Some(quadratic.closed_form(start, alpha, k as usize)[0])
    }

    /// Iterated and closed form, and how many digits they share.
    fn comparison(&self, moment: &Moment<'_>) -> Readout {
        let voice = moment.voice;
        let index = lowered(moment.k);
        let iterated = self.descent.iterate(moment.k).at[0];
        let pair = |label: String, value: String, role| Pair { label, value, role };
        let mut pairs = vec![pair(
            voice.say("pair-iterated", &[("index", &*index)]),
            voice.exact(iterated),
            Role::Step,
        )];
        if let Some(closed) = self.closed(moment.k) {
            let label = voice.say("pair-closed", &[("index", &*index)]);
            pairs.push(pair(label, voice.exact(closed), Role::Vanilla));
            let digits = shared_digits(iterated, closed);
            let agreement = digits.map_or_else(
                || voice.get("pair-agree-all"),
                |digits| voice.say("pair-agree-digits", &[("digits", &*digits.to_string())]),
            );
            pairs.push(pair(voice.get("pair-agree"), agreement, Role::Ink));
        }
        let here = self.descent.iterate(moment.k);
        pairs.push(pair(format!("f(x{index})"), voice.exact(here.loss), Role::Ink));
        Readout::Pairs { id: "position", part: "readout", pairs }
    }
}

/// How many leading digits two numbers share; none if they are the same number.
fn shared_digits(a: f64, b: f64) -> Option<u32> {
    if a == b {
        return None;
    }
    let size = if a.abs() > b.abs() { a.abs() } else { b.abs() };
    let digits = -libm::log10((a - b).abs() / size);
    Some(if digits > 0.0 { libm::floor(digits) as u32 } else { 0 })
}

impl Exhibit for Scrubber {
    fn name(&self) -> &'static str {
        "scrubber"
    }

    fn title(&self) -> &'static str {
        "title-scrubber"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = self.descent.fields();
        fields.push(Field { name: "scale", slot: Slot::Choice(&mut self.chart.scale, SCALES) });
        fields
    }

    fn recompute(&mut self) -> Panes {
        let curve = Panes::one(0).when(self.descent.recompute());
        let losses = self.descent.iterates().iter().map(|iterate| iterate.loss).collect();
        let series = vec![Series { role: Role::Step, losses }];
        curve | Panes::one(CHART).when(self.chart.show(series, self.descent.steps()))
    }

    fn resize(&mut self, pane: usize, width_px: f64, height_px: f64) {
        if pane == CHART {
            self.chart.resize(width_px, height_px);
        } else {
            self.curve.resize(width_px, height_px);
        }
    }

    fn last(&self) -> u32 {
        self.descent.last()
    }

    fn pace(&self) -> f64 {
        self.descent.pace()
    }

    fn panes(&self, voice: &Voice) -> Vec<Pane> {
        let mut curve = curve_pane(voice, 0.72, Span::Half);
        curve.caption = voice.get("caption-curve");
        let chart = chart_pane(voice, 0.72, Span::Half);
        vec![curve, chart]
    }

    fn controls(&self, moment: &Moment<'_>) -> Vec<Control> {
        let mut all = self.descent.controls(moment.voice);
        all.push(self.chart.control(moment.voice));
        all
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        vec![
            self.descent.regime_line(moment.voice),
            self.comparison(moment),
            outcome_line(&self.descent, moment),
            stop_line(&self.descent, moment.voice),
        ]
    }

    fn standing(&self, moment: &Moment<'_>) -> String {
        standing_line(&self.descent, moment)
    }

    fn table(&self, moment: &Moment<'_>) -> Option<Table> {
        let voice = moment.voice;
        let mut columns =
            vec!["k".to_owned(), "x".to_owned(), "f(x)".to_owned(), voice.get("column-gradient")];
        if self.descent.quadratic().is_some() {
            columns.push(voice.get("column-closed"));
        }
        let caption = voice.get("caption-table");
        Some(Table {
            caption,
            columns,
            rows: self.descent.last() + 1,
            k: moment.k,
            roles: Vec::new(),
        })
    }

    fn row(&self, k: u32, moment: &Moment<'_>) -> Vec<String> {
        let voice = moment.voice;
        let here = self.descent.iterate(k);
        let mut cells = vec![k.to_string()];
        cells.extend([here.at[0], here.loss, here.gradient[0]].map(|value| voice.exact(value)));
        if k == self.descent.last() && has_stopped(&self.descent) {
            cells[3].push_str(" < ε");
        }
        cells.extend(self.closed(k).map(|closed| voice.exact(closed)));
        cells
    }

    fn still(&self, pane: usize, scene: &mut Scene, voice: &Voice) {
        if pane == CHART {
            self.chart.still(scene, voice);
        } else {
            self.curve.still(scene, &self.descent, voice);
        }
    }

    fn marks(&self, pane: usize, moment: &Moment<'_>) -> Vec<Mark> {
        if pane == CHART {
            self.chart.marks_and_stop(self.descent.outcome(), moment)
        } else {
            self.curve.marks(&self.descent, moment)
        }
    }

    fn place(&self, pane: usize, x_px: f64, y_px: f64) -> Place {
        if pane == CHART {
            Place::Iteration(self.chart.k_at(x_px, y_px))
        } else {
            Place::Point { run: 0, at: vec![self.curve.x_at(&self.descent, x_px, y_px)] }
        }
    }

    fn home(&self, pane: usize, k: u32) -> (f64, f64) {
        if pane == CHART { self.chart.place_of(k) } else { self.curve.place_of(&self.descent, k) }
    }

    fn drop_at(&mut self, at: &[f64]) {
        self.descent.drop_at(at);
    }

    fn runs(&self) -> Vec<Run> {
        self.descent.runs()
    }

    fn endings(&self, voice: &Voice) -> Vec<Ending> {
        vec![self.descent.ending(voice)]
    }

    fn csv(&self) -> String {
        self.descent.csv()
    }
}

#[cfg(test)]
mod tests {
    use super::shared_digits;

    #[test]
    fn digits_shared_by_iterated_and_closed_form() {
        assert_eq!(shared_digits(1.0, 1.0), None);
        assert_eq!(shared_digits(1.0, 1.001), Some(3));
        assert_eq!(shared_digits(0.018_889_465_931_478_583, 0.018_889_465_931_478_607), Some(14));
        assert_eq!(shared_digits(1.0, -1.0), Some(0));
    }
}
