//! The bowl: a marble on a curve, one step at a time.

use crate::account::{curve_pane, outcome_line, position_pairs, standing_line};
use crate::curve::CurvePane;
use crate::declare::{Control, Pane, Readout, Span};
use crate::draw::{Mark, Scene};
use crate::exhibit::{Ending, Exhibit, Moment, Place};
use crate::field::Field;
use crate::line::LineDescent;
use crate::panes::Panes;
use crate::snapshot::Run;
use crate::update_rule::update_rule;
use crate::voice::Voice;

/// A loss of one variable with a marble, its tangent and the step it takes.
#[derive(Default)]
pub(crate) struct Bowl {
    descent: LineDescent,
    curve: CurvePane,
}

impl Exhibit for Bowl {
    fn name(&self) -> &'static str {
        "bowl"
    }

    fn title(&self) -> &'static str {
        "title-bowl"
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        self.descent.fields()
    }

    fn recompute(&mut self) -> Panes {
        Panes::ALL.when(self.descent.recompute())
    }

    fn resize(&mut self, _pane: usize, width_px: f64, height_px: f64) {
        self.curve.resize(width_px, height_px);
    }

    fn last(&self) -> u32 {
        self.descent.last()
    }

    fn pace(&self) -> f64 {
        self.descent.pace()
    }

    fn panes(&self, voice: &Voice) -> Vec<Pane> {
        vec![curve_pane(voice, 0.6, Span::Full)]
    }

    fn controls(&self, moment: &Moment<'_>) -> Vec<Control> {
        self.descent.controls(moment.voice)
    }

    fn readouts(&self, moment: &Moment<'_>) -> Vec<Readout> {
        vec![
            self.descent.regime_line(moment.voice),
            update_rule(&self.descent, moment),
            position_pairs(&self.descent, moment),
            outcome_line(&self.descent, moment),
        ]
    }

    fn standing(&self, moment: &Moment<'_>) -> String {
        standing_line(&self.descent, moment)
    }

    fn still(&self, _pane: usize, scene: &mut Scene, voice: &Voice) {
        self.curve.still(scene, &self.descent, voice);
    }

    fn marks(&self, _pane: usize, moment: &Moment<'_>) -> Vec<Mark> {
        self.curve.marks(&self.descent, moment)
    }

    fn place(&self, _pane: usize, x_px: f64, y_px: f64) -> Place {
        Place::Point { run: 0, at: vec![self.curve.x_at(&self.descent, x_px, y_px)] }
    }

    fn home(&self, _pane: usize, k: u32) -> (f64, f64) {
        self.curve.place_of(&self.descent, k)
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
