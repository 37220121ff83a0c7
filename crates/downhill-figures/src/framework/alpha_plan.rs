//! “From here on”: the learning rate of a run that is under way, with its changes.

use downhill::AlphaChanges;

use crate::draw::ColorRole;
use crate::framework::declaration::{Control, Group, Readout};
use crate::framework::field::Problem;
use crate::framework::view_state::ViewState;
use crate::text::locale::Locale;

/// The learning rate at the start of a figure's runs, and its changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AlphaPlan {
    pub(crate) alpha: f64,
    pub(crate) changes: AlphaChanges,
    /// The most steps of a run: a change may come too late.
    pub(crate) steps: u32,
}

impl AlphaPlan {
    /// The learning rate of the step from iteration `k`.
    pub(crate) fn at(&self, k: u32) -> f64 {
        self.changes.alpha(self.alpha, k as usize)
    }

    /// The switch between computing runs anew and going on from the iteration shown.
    pub(crate) fn switch(view: &ViewState<'_>) -> Control {
        let on = view.from_here;
        let action = if on { "from-here=off" } else { "from-here=on" };
        let label = view.locale.get("control-from-here");
        Control::Toggle { id: "from-here", action, label, pressed: on, group: Group::Settings }
    }

    /// All learning rates in one sentence, and from where a new one would apply; empty if there is
    /// one for the whole run and would be.
    pub(crate) fn line(&self, view: &ViewState<'_>) -> Readout {
        let locale = view.locale;
        let mut text = String::new();
        if !self.changes.list().is_empty() {
            let mut list = String::new();
            for &(k, alpha) in self.changes.list() {
                let values = [("k", &*k.to_string()), ("alpha", &*locale.rounded(alpha))];
                list.push_str(&locale.format("alpha-plan-change", &values));
            }
            let values = [("alpha", &*locale.rounded(self.alpha)), ("changes", &*list)];
            text = locale.format("alpha-plan", &values);
        }
        if let Some((k, _)) = self.changes.list().last().filter(|(k, _)| *k >= self.steps) {
            let values = [("k", &*k.to_string()), ("steps", &*self.steps.to_string())];
            text.push(' ');
            text.push_str(&locale.format("alpha-plan-late", &values));
        } else if view.from_here && view.k > 0 {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(&locale.format("alpha-plan-here", &[("k", &*view.k.to_string())]));
        }
        Readout::Line { id: "alpha-plan", part: "readout", text, role: ColorRole::Ink }
    }

    /// The plan with another learning rate from iteration `k` on, of runs that end at iteration
    /// `last`.
    pub(crate) fn with_rate(
        &self,
        k: u32,
        last: u32,
        alpha: f64,
        locale: &Locale,
    ) -> Result<Self, Problem> {
        let refuse = |key, value: u32| problem(locale.format(key, &[("k", &*value.to_string())]));
        if k == 0 {
            return Ok(Self { alpha, changes: AlphaChanges::default(), ..*self });
        }
        if k >= last {
            return Err(refuse("problem-alpha-ended", last));
        }
        match self.changes.from_step(k, alpha) {
            Some(changes) => Ok(Self { changes, ..*self }),
            None => Err(refuse("problem-alpha-many", AlphaChanges::MOST as u32)),
        }
    }
}

/// A problem with the field of the learning rate.
fn problem(message: String) -> Problem {
    let parameter = "alpha".to_owned();
    Problem { parameter, refusal: message.clone(), message, offset: None }
}
