//! The scrubber: every iteration in a table, with one index for marble, row and loss chart.

use downhill::Iterate;
use downhill::numbers::is_exponential;

use crate::descent::descent_1d::Descent1d;
use crate::descent::readouts::{curve_pane, has_stopped, outcome_line, standing_line, stop_line};
use crate::draw::ColorRole;
use crate::framework::declaration::{Pair, Readout, Span, Table};
use crate::framework::field::{Field, Slot};
use crate::framework::figure_kind::{Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::figure_text::FigureText;
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use crate::panes::curve::CurvePane;
use crate::panes::loss_chart::{LossChart, Series, chart_pane, slopes};
use crate::text::numbers::lowered;

/// The pane of the loss chart.
const CHART: usize = 1;

/// A run of plain descent with its table.
#[derive(Default)]
pub(crate) struct Scrubber {
    descent: Descent1d,
    chart: LossChart,
    /// Whether the columns of x, f(x) and f′(x) have powers of ten: all numbers of a column or none.
    powers: [bool; 3],
}

impl Scrubber {
    /// x_k by the closed form, where the loss is quadratic.
    fn closed(&self, k: u32) -> Option<f64> {
        let (start, alpha) = (self.descent.start(), self.descent.alpha());
        let quadratic = self.descent.quadratic()?;
        Some(quadratic.closed_form(start, alpha, k as usize)[0])
    }

    /// The iterated and the closed form, and how many digits they share.
    fn comparison(&self, view: &ViewState<'_>) -> Readout {
        let locale = view.locale;
        let index = lowered(view.k);
        // Leading zeros would have to be counted.
        let exact = |value: f64| match value.abs() < 1e-3 {
            true => locale.digits.exponential(value),
            false => locale.full(value),
        };
        let iterated = self.descent.iterate(view.k).x[0];
        let pair = |label: String, value: String, role| Pair { label, value, role };
        let mut pairs = vec![pair(
            locale.format("pair-iterated", &[("index", &*index)]),
            exact(iterated),
            ColorRole::Step,
        )];
        if let Some(closed) = self.closed(view.k) {
            let label = locale.format("pair-closed", &[("index", &*index)]);
            pairs.push(pair(label, exact(closed), ColorRole::Vanilla));
            let digits = shared_digits(iterated, closed);
            let agreement = digits.map_or_else(
                || locale.get("pair-agree-all"),
                |digits| locale.format("pair-agree-digits", &[("digits", &*digits.to_string())]),
            );
            pairs.push(pair(locale.get("pair-agree"), agreement, ColorRole::Ink));
        }
        let here = self.descent.iterate(view.k);
        pairs.push(pair(format!("f(x{index})"), exact(here.loss), ColorRole::Ink));
        // On a phone its column is out of sight.
        let slope = exact(here.gradient[0]);
        pairs.push(pair(format!("f′(x{index})"), slope, ColorRole::Gradient));
        Readout::Pairs { id: "position", part: "readout", pairs }
    }
}

/// The number of leading digits that two numbers share; `None` if they are equal.
fn shared_digits(a: f64, b: f64) -> Option<u32> {
    if a == b {
        return None;
    }
    let size = if a.abs() > b.abs() { a.abs() } else { b.abs() };
    let digits = -libm::log10((a - b).abs() / size);
    Some(if digits > 0.0 { f64::floor(digits) as u32 } else { 0 })
}

impl FigureKind for Scrubber {
    fn facts(&self) -> Facts {
        Facts {
            first: &["alpha", "position", "outcome", "table"],
            ..self.descent.facts("scrubber", "title-scrubber")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = self.descent.fields();
        fields.push(Field { name: "scale", slot: Slot::Choice(&mut self.chart.scale) });
        fields
    }

    fn recompute(&mut self) -> PaneSet {
        let curve = PaneSet::one(0).when(self.descent.recompute());
        let iterates = self.descent.iterates();
        let losses = iterates.iter().map(|iterate| iterate.loss).collect();
        self.powers = [false; 3];
        for values in iterates.iter().map(values) {
            for (power, value) in self.powers.iter_mut().zip(values) {
                *power |= value.is_finite() && is_exponential(value);
            }
        }
        let series =
            vec![Series { role: ColorRole::Step, losses, slopes: slopes(iterates), second: false }];
        curve | PaneSet::one(CHART).when(self.chart.show(series, self.descent.steps()))
    }

    fn update(&mut self, input: FigureInput<'_>, _view: &ViewState<'_>) -> Update {
        let FigureInput::Drop(at) = input else { return Update::NONE };
        self.descent.drop_at(at);
        Update::start(self.recompute())
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let mut curve = curve_pane(locale, 0.9, Span::Half);
        curve.caption = locale.get("caption-curve");
        let chart = chart_pane(locale, 0.9, Span::Half);
        let mut all = self.descent.controls(view.k, locale);
        all.push(self.chart.control(locale));
        let mut columns =
            vec!["k".to_owned(), "x".to_owned(), "f(x)".to_owned(), locale.get("column-gradient")];
        if self.descent.quadratic().is_some() {
            columns.push(locale.get("column-closed"));
        }
        let caption = locale.get("caption-table");
        Declared {
            panes: vec![curve, chart],
            controls: all,
            table: Some(Table {
                caption,
                columns,
                // The next row would give away the prediction.
                rows: if view.predicting { view.k } else { self.descent.last() } + 1,
                k: view.k,
                roles: Vec::new(),
            }),
        }
    }

    fn pane(&self, pane: usize, size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        match pane {
            CHART => Box::new(self.chart.view(CHART, size_px).with_stop(self.descent.outcome())),
            _ => Box::new(CurvePane::new(&self.descent, size_px)),
        }
    }

    fn results(&self) -> &dyn Results {
        &self.descent
    }
}

impl FigureText for Scrubber {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../text/messages/en/scrubber.txt")]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        vec![
            self.descent.regime_line(view.k, view.locale),
            self.comparison(view),
            outcome_line(&self.descent, view),
            stop_line(&self.descent, view.locale),
        ]
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        standing_line(&self.descent, view)
    }

    fn row(&self, k: u32, view: &ViewState<'_>) -> Vec<String> {
        let locale = view.locale;
        let here = self.descent.iterate(k);
        let mut cells = vec![k.to_string()];
        let cell = |(value, power)| match power {
            true => locale.digits.exponential(value),
            false => locale.full(value),
        };
        cells.extend(values(&here).into_iter().zip(self.powers).map(cell));
        if k == self.descent.last() && has_stopped(&self.descent) {
            cells[3].push_str(" < ε");
        }
        // Beside x, to be compared with it.
        cells.extend(self.closed(k).map(|closed| cell((closed, self.powers[0]))));
        cells
    }
}

/// What the table says of an iterate.
const fn values(here: &Iterate<1>) -> [f64; 3] {
    [here.x[0], here.loss, here.gradient[0]]
}

#[cfg(test)]
mod tests {
    use super::shared_digits;
    use crate::text::locale::Locale;

    #[test]
    fn all_numbers_of_a_column_have_one_notation() {
        for (fields, powers) in [
            (&[("start", "10"), ("steps", "60")][..], [false, true, false, false]),
            (&[("start", "10"), ("steps", "100")], [true, true, true, true]),
            (&[], [false; 4]),
        ] {
            let mut scrubber = crate::figure("scrubber", Locale::default()).expect("a figure");
            assert!(scrubber.start(fields).problems.is_empty());
            let rows = scrubber.rows(0, 101);
            for (column, wanted) in powers.into_iter().enumerate() {
                let with = rows.iter().filter(|row| row[column + 1].contains("×")).count();
                assert_eq!(with, if wanted { rows.len() } else { 0 }, "{fields:?}: {column}");
            }
        }
    }

    #[test]
    fn digits_shared_by_iterated_and_closed_form() {
        assert_eq!(shared_digits(1.0, 1.0), None);
        assert_eq!(shared_digits(1.0, 1.001), Some(3));
        assert_eq!(shared_digits(0.018_889_465_931_478_583, 0.018_889_465_931_478_607), Some(14));
        assert_eq!(shared_digits(1.0, -1.0), Some(0));
    }
}
