//! The bowl: a marble on a curve, one step at a time.

use crate::descent::descent_1d::Descent1d;
use crate::descent::readouts::{curve_pane, outcome_line, position_pairs, standing_line};
use crate::descent::update_rule::update_rule;
use crate::framework::alpha_plan::AlphaPlan;
use crate::framework::declaration::{Readout, Span};
use crate::framework::field::Field;
use crate::framework::figure_kind::{Declared, Facts, FigureInput, FigureKind, Update};
use crate::framework::figure_text::FigureText;
use crate::framework::pane_set::PaneSet;
use crate::framework::pane_view::PaneView;
use crate::framework::results::Results;
use crate::framework::view_state::ViewState;
use crate::panes::curve::CurvePane;
use crate::text::messages::FROM_HERE;

/// A loss of one variable, with a marble, its tangent and its next step.
#[derive(Default)]
pub(crate) struct Bowl {
    descent: Descent1d,
}

impl Bowl {
    /// The page's module is cut here: see `crates/xtask/src/dist/split.rs`.
    #[inline(never)]
    fn respond(&mut self, at: &[f64]) -> Update {
        self.descent.drop_at(at);
        Update::start(self.recompute())
    }
}

impl FigureKind for Bowl {
    fn facts(&self) -> Facts {
        Facts {
            first: &["alpha", "regime", "rule", "outcome"],
            ..self.descent.facts("bowl", "title-bowl")
        }
    }

    fn fields(&mut self) -> Vec<Field<'_>> {
        self.descent.changing_fields()
    }

    fn recompute(&mut self) -> PaneSet {
        PaneSet::ALL.when(self.descent.recompute())
    }

    fn alpha_plan(&self) -> Option<AlphaPlan> {
        Some(self.descent.plan())
    }

    fn update(&mut self, input: FigureInput<'_>, _view: &ViewState<'_>) -> Update {
        let FigureInput::Drop(at) = input else { return Update::NONE };
        self.respond(at)
    }

    fn declare(&self, view: &ViewState<'_>) -> Declared {
        let locale = view.locale;
        let mut controls = self.descent.controls(view.k, locale);
        controls.insert(1, AlphaPlan::switch(view));
        Declared { panes: vec![curve_pane(locale, 0.72, Span::Full)], controls, table: None }
    }

    fn pane(&self, _pane: usize, size_px: (f64, f64)) -> Box<dyn PaneView + '_> {
        Box::new(CurvePane::new(&self.descent, size_px))
    }

    fn results(&self) -> &dyn Results {
        &self.descent
    }
}

impl FigureText for Bowl {
    fn words(&self) -> &'static [&'static str] {
        &[include_str!("../text/messages/en/bowl.txt"), FROM_HERE]
    }

    fn readouts(&self, view: &ViewState<'_>) -> Vec<Readout> {
        vec![
            self.descent.regime_line(view.k, view.locale),
            update_rule(&self.descent, view),
            position_pairs(&self.descent, view),
            outcome_line(&self.descent, view),
            self.descent.plan().line(view),
        ]
    }

    fn progress_sentence(&self, view: &ViewState<'_>) -> String {
        standing_line(&self.descent, view)
    }
}
