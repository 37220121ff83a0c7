//! Problems that are on show, and when they no longer hold.

use super::Figure;
use crate::framework::field::{Slot, Value};
use crate::framework::input::{Changes, Event};

/// A problem on show.
pub(super) struct Unsettled {
    parameter: String,
    /// The text of its field when it was reported.
    text: Option<String>,
    /// Whether it is about what the figure kind could not use, and not about what was entered.
    of_kind: bool,
}

impl Figure {
    /// Tells the host of the problems, and remembers them.
    ///
    /// The page's module is cut here: see `crates/xtask/src/dist/split.rs`.
    #[inline(never)]
    pub(super) fn report(&mut self, changes: &mut Changes) {
        for problem in &changes.problems {
            let detail = vec![
                ("parameter", Value::Text(problem.parameter.clone())),
                ("message", Value::Text(problem.message.clone())),
            ];
            changes.events.push(Event { name: "gd-error", detail });
            let of_kind = self.kind.problem(&self.locale).as_ref() == Some(problem);
            let parameter = problem.parameter.clone();
            self.unsettled.retain(|one| one.parameter != parameter);
            let text = self.text(&parameter);
            self.unsettled.push(Unsettled { parameter, text, of_kind });
        }
    }

    /// Clears the problems whose fields have changed since, whoever changed them.
    pub(super) fn clear_settled(&mut self, changes: &mut Changes) {
        for one in std::mem::take(&mut self.unsettled) {
            let name = &one.parameter;
            let holds = if one.of_kind {
                let now = self.kind.problem(&self.locale);
                now.is_some_and(|problem| problem.parameter == *name)
            } else {
                self.text(name) == one.text
            };
            if changes.cleared.contains(name)
                || changes.problems.iter().any(|p| p.parameter == *name)
            {
                continue;
            }
            if holds {
                self.unsettled.push(one);
            } else {
                changes.cleared.push(one.parameter);
            }
        }
    }

    /// Clears the problems with values that a button has since replaced, perhaps by those already in
    /// force. A text that is kept in its field for correction keeps its problem.
    pub(super) fn settle_others(&mut self, changes: &mut Changes) {
        for one in std::mem::take(&mut self.unsettled) {
            let kept = |slot: &Slot<'_>| {
                matches!(slot, Slot::Loss(_) | Slot::Written(_) | Slot::Path(..) | Slot::Notes(_))
            };
            let mut fields = self.fields();
            let field = fields.iter_mut().find(|field| field.name == one.parameter);
            if one.of_kind || field.is_some_and(|field| kept(&field.slot)) {
                drop(fields);
                self.unsettled.push(one);
            } else {
                changes.cleared.push(one.parameter);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::framework::input::Input;
    use crate::text::locale::Locale;

    /// What is cleared by an input after a text that was refused.
    fn cleared(name: &str, wrong: (&str, &str), then: &[Input<'_>]) -> Vec<String> {
        let mut figure = crate::figure(name, Locale::default()).expect("a figure");
        for pane in 0..2 {
            let _ = figure.apply(&Input::Resize(pane, 400.0, 300.0));
        }
        let problems = figure.apply(&Input::Enter(wrong.0, wrong.1)).problems;
        assert_eq!(problems.len(), 1, "{name}: {wrong:?}");
        then.iter().flat_map(|input| figure.apply(input).cleared).collect()
    }

    #[test]
    fn a_message_goes_when_a_button_has_set_its_field() {
        for (name, wrong, then) in [
            ("lab", ("alpha", "abc"), Input::Act("explode")),
            // To the value that is in force anyway.
            ("lab", ("alpha", "abc"), Input::Act("steady")),
            ("plane", ("alpha", "abc"), Input::Act("best")),
            ("plane", ("beta", "2"), Input::Act("best")),
            ("fit", ("alpha", "abc"), Input::Act("noise-floor")),
            ("chain", ("weight-scale", "much"), Input::Act("exploding")),
            ("starts", ("alpha", "abc"), Input::Act("loss=ackley")),
            ("bowl", ("start", "abc"), Input::Drop(&[2.0])),
            ("hill", ("start", "abc"), Input::Drop(&[2.0, 1.0])),
        ] {
            let all = cleared(name, wrong, std::slice::from_ref(&then));
            assert!(all.iter().any(|field| field == wrong.0), "{name}: {then:?} clears {all:?}");
        }
    }

    #[test]
    fn a_message_stays_while_it_holds() {
        for (name, wrong, then) in [
            ("lab", ("alpha", "abc"), Input::Act("play")),
            ("lab", ("alpha", "abc"), Input::Hover(0, 20.0, 20.0)),
            // It stays in its field for correction.
            ("lab", ("loss", "sin("), Input::Act("explode")),
            ("race", ("schedule", "often"), Input::Act("run-adam")),
        ] {
            assert_eq!(cleared(name, wrong, &[then]), [""; 0], "{name}: {wrong:?}");
        }
    }

    #[test]
    fn a_start_far_out_gets_one_sentence_that_says_what_is_used() {
        let mut hill = crate::figure("hill", Locale::default()).expect("the hill");
        let problems = hill.apply(&Input::Enter("start", "9e9,9e9")).problems;
        let [problem] = &problems[..] else { panic!("{problems:?}") };
        assert!(
            problem.message.ends_with("The nearest point on its border is used."),
            "{problem:?}"
        );
    }

    #[test]
    fn a_start_is_outside_the_map_of_one_loss_and_not_of_the_next() {
        let mut hill = crate::figure("hill", Locale::default()).expect("the hill");
        let outside = [("loss", "himmelblau"), ("start", "8,8")];
        assert_eq!(hill.start(&outside).problems.len(), 1);
        let said = hill.apply(&Input::Set("steps", "50"));
        assert_eq!((said.problems.len(), said.cleared), (1, vec!["steps".to_owned()]));
        let wider = hill.apply(&Input::Set("loss", "booth"));
        assert!(wider.problems.is_empty(), "{:?}", wider.problems);
        assert!(wider.cleared.contains(&"start".to_owned()), "{:?}", wider.cleared);
    }
}
