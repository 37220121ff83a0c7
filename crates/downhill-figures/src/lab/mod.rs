//! The learning-rate lab: one run to experiment with, and others kept beside it for comparison.

use crate::account::{curve_pane, outcome_line, position_pairs, standing_line};
use crate::controls;
use crate::curve::CurvePane;
use crate::declare::{Control, Pane, Readout, Span};
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

/// An experiment with the learning rate.
#[derive(Default)]
pub(crate) struct Lab {
    descent: LineDescent,
    curve: CurvePane,
    chart: LossChart,
}

impl Exhibit for Lab {
    fn name(&self) -> &'static str {
        "lab"
    }

    fn title(&self) -> &'static str {
        "title-lab"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        let mut fields = self.descent.fields_and_stop();
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
        vec![curve, chart_pane(voice, 0.72, Span::Half)]
    }

    fn controls(&self, moment: &Moment<'_>) -> Vec<Control> {
        let voice = moment.voice;
        let mut all = self.descent.controls(voice);
        all.push(controls::number("tol", voice.get("control-tol"), voice.exact(self.descent.tol)));
        all.push(self.chart.control(voice));
        all
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        vec![
            controls::regime_line(self.descent.regime(), moment.voice),
            position_pairs(&self.descent, moment),
            outcome_line(&self.descent, moment),
        ]
    }

    fn standing(&self, moment: &Moment<'_>) -> String {
        standing_line(&self.descent, moment)
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
            self.chart.marks(moment)
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
