//! The bowl: a marble on a curve, one step at a time.

use crate::descent::descent_1d::Descent1d;
use crate::descent::readouts::{curve_pane, outcome_line, position_pairs, standing_line};
use crate::descent::update_rule::update_rule;
use crate::draw::{OverlayShape, Scene};
use crate::framework::declaration::{Readout, Span};
use crate::framework::field::Field;
use crate::framework::figure_kind::{
    Declared, Facts, FigureInput, FigureKind, Place, RunEnd, Update, ViewState,
};
use crate::framework::pane_set::PaneSet;
use crate::framework::snapshot::Run;
use crate::panes::curve::CurvePane;
use crate::text::locale::Locale;

/// A loss of one variable, with a marble, its tangent and its next step.
#[derive(Default)]
pub(crate) struct Bowl {
    descent: Descent1d,
    curve: CurvePane,
}

impl FigureKind for Bowl {
    fn facts(&self) -> Facts {
        Facts {
            last: self.descent.last(),
            pace: self.descent.pace(),
            ..Facts::of("bowl", "title-bowl")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        self.descent.fields()
    }

    fn recompute(&mut self) -> PaneSet {
        PaneSet::ALL.when(self.descent.recompute())
    }

    fn update(&mut self, input: FigureInput<'_>, _view: &ViewState<'_>) -> Update {
        match input {
            FigureInput::Resize(_, width_px, height_px) => self.curve.resize(width_px, height_px),
            FigureInput::Drop(at) => {
                self.descent.drop_at(at);
                return Update::start(self.recompute());
            }
            _ => {}
        }
        Update::NONE
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        Declared {
            panes: vec![curve_pane(locale, 0.6, Span::Full)],
            controls: self.descent.controls(locale),
            table: None,
        }
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        vec![
            self.descent.regime_line(view.locale),
            update_rule(&self.descent, view),
            position_pairs(&self.descent, view),
            outcome_line(&self.descent, view),
        ]
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        standing_line(&self.descent, view)
    }

    fn static_layer(&self, _pane: usize, scene: &mut Scene, locale: &Locale) {
        self.curve.still(scene, &self.descent, locale);
    }

    fn overlay(&self, _pane: usize, view: &ViewState<'_>) -> Vec<OverlayShape> {
        self.curve.marks(&self.descent, view)
    }

    fn place(&self, _pane: usize, x_px: f64, y_px: f64) -> Place {
        Place::Point { run: 0, at: vec![self.curve.x_at(&self.descent, x_px, y_px)] }
    }

    fn cross_hair_start(&self, _pane: usize, k: u32) -> (f64, f64) {
        self.curve.place_of(&self.descent, k)
    }

    fn runs(&self) -> Vec<Run> {
        self.descent.runs()
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        vec![self.descent.ending(locale)]
    }

    fn csv(&self) -> String {
        self.descent.csv()
    }
}
