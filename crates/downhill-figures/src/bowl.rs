//! The bowl: a marble on a curve, one step at a time.

use crate::controls;
use crate::curve::CurvePane;
use crate::declare::{Control, Keys, Pair, Pane, Readout, Span};
use crate::digits::lowered;
use crate::draw::{Mark, Role, Scene};
use crate::exhibit::{Ending, Exhibit, Moment, Place};
use crate::field::Field;
use crate::figure::outcome_sentence;
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

/// The pane of the curve, as bowl and scrubber declare it.
pub(crate) fn curve_pane(voice: &Voice, aspect: f64, span: Span) -> Pane {
    Pane {
        id: "curve",
        label: voice.get("pane-curve"),
        caption: String::new(),
        aspect,
        span,
        keys: Keys::Place,
        help: voice.get("help-curve"),
        drags: false,
        raster: false,
        relief: false,
    }
}

/// Iteration, position, loss and slope at the present iterate.
pub(crate) fn position_pairs(descent: &LineDescent, moment: &Moment<'_>) -> Readout {
    let voice = moment.voice;
    let here = descent.iterate(moment.k);
    let index = lowered(moment.k);
    let pair = |label: String, value: f64, role| Pair { label, value: voice.exact(value), role };
    let pairs = vec![
        pair(format!("x{index}"), here.at[0], Role::Ink),
        pair(format!("f(x{index})"), here.loss, Role::Ink),
        pair(format!("f′(x{index})"), here.gradient[0], Role::Gradient),
    ];
    Readout::Pairs { id: "position", part: "readout", pairs }
}

/// How the run stands: where the marble is, that it has left, or how it ended.
pub(crate) fn outcome_line(descent: &LineDescent, moment: &Moment<'_>) -> Readout {
    let voice = moment.voice;
    let ending = descent.ending(voice);
    let view = descent.view().x;
    let k = moment.k.to_string();
    let left = descent.iterates().iter().position(|iterate| !view.contains(iterate.at[0]));
    let left = left
        .filter(|&left| left <= moment.k as usize)
        .map(|left| voice.say("outcome-left", &[("k", &*left.to_string()), ("now", &*k)]));
    let (text, role) = if moment.k >= ending.last {
        let role = match ending.outcome.name() {
            "converged" => Role::Converged,
            "diverged" => Role::Diverged,
            _ if left.is_some() => Role::Diverged,
            _ => Role::Ink,
        };
        let ended = outcome_sentence(voice, &ending.name, ending.outcome);
        (left.map_or_else(|| ended.clone(), |left| format!("{ended} {left}")), role)
    } else if let Some(left) = left {
        (left, Role::Diverged)
    } else {
        let steps = descent.steps().to_string();
        (voice.say("outcome-on-the-way", &[("k", &*k), ("steps", &*steps)]), Role::Muted)
    };
    Readout::Line { id: "outcome", part: "outcome", text, role }
}

/// Where the marble is, in one sentence.
pub(crate) fn standing_line(descent: &LineDescent, moment: &Moment<'_>) -> String {
    let voice = moment.voice;
    let here = descent.iterate(moment.k);
    let values = [
        ("k", &*moment.k.to_string()),
        ("x", &*voice.about(here.at[0])),
        ("f", &*voice.about(here.loss)),
    ];
    voice.say("said-step", &values)
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
            controls::regime_line(self.descent.regime(), moment.voice),
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
