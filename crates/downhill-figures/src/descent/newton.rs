//! Newton's method in figures: the control of its safeguard, and the readout of steps that were not
//! Newton's.

use downhill::{NewtonStep, Trajectory};

use crate::draw::ColorRole;
use crate::framework::controls::toggle;
use crate::framework::declaration::{Control, Group, Readout};
use crate::text::locale::Locale;

/// The most non-Newton steps that are listed by number.
const LISTED: usize = 6;

/// The switch of the safeguard.
pub(crate) fn control(on: bool, locale: &Locale) -> Control {
    toggle("safeguard", "action-safeguard", on, Group::Settings, locale)
}

/// Describes the step from iterate k (at the end of a run, the step that led there), and lists the
/// steps that were not Newton's.
///
/// `None` for runs of other rules and for runs without steps.
pub(crate) fn line<const D: usize>(
    run: &Trajectory<D>,
    k: u32,
    locale: &Locale,
) -> Option<Readout> {
    let last = run.newton.len().checked_sub(1)?;
    let k = (k as usize).min(last);
    let key = match run.newton[k] {
        NewtonStep::Newton => "newton-own",
        NewtonStep::Safeguard => "newton-safeguard",
        NewtonStep::Singular => "newton-singular",
    };
    let mut text = locale.format(key, &[("next", &*(k + 1).to_string())]);
    let others = run.not_newton().count();
    if others > 0 {
        let mut list = String::new();
        for step in run.not_newton().take(LISTED) {
            if !list.is_empty() {
                list.push_str(", ");
            }
            list.push_str(&step.to_string());
        }
        if others > LISTED {
            list.push_str(", …");
        }
        let (n, all) = (others.to_string(), run.newton.len().to_string());
        text.push(' ');
        text.push_str(
            &locale.format("newton-others", &[("n", &*n), ("all", &*all), ("list", &*list)]),
        );
    }
    Some(Readout::Line { id: "newton", part: "newton", text, role: ColorRole::Ink })
}

#[cfg(test)]
mod tests {
    use super::*;
    use downhill::{AnyLoss, Rule, StopCriteria, descend};

    fn said(formula: &str, safeguard: bool, start: [f64; 2], k: u32) -> Option<String> {
        let AnyLoss::Loss2d(loss) = formula.parse::<AnyLoss>().expect("a formula") else {
            panic!()
        };
        let limit = StopCriteria { max_iterations: 9, ..StopCriteria::default() };
        let run = descend(&loss, Rule::Newton { safeguard }, 1.0, start, limit);
        match line(&run, k, &Locale::of_ground())? {
            Readout::Line { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The texts of a figure's readouts; for a calculation its label.
    fn words(figure: &crate::Figure) -> String {
        let readouts = figure.readouts();
        let words = readouts.iter().map(|readout| match readout {
            Readout::Line { text, .. } => text.as_str(),
            Readout::Rule { label, .. } => label.as_str(),
            _ => "",
        });
        words.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn every_figure_with_newton_can_switch_its_safeguard() {
        let banana = "x^4 - 2y x^2 + y^2 + x^2 - 2x + 5";
        for (name, newton) in [
            (
                "race",
                &[("rules", "newton"), ("loss", banana), ("start", "1,4"), ("alpha", "1")][..],
            ),
            ("hill", &[("rule", "newton"), ("loss", banana), ("start", "1,4"), ("alpha", "1")]),
            ("fit", &[("rule", "newton"), ("model", "wx+b"), ("points", "1,2"), ("alpha", "1")]),
        ] {
            let shown = |figure: &crate::Figure| {
                let controls = figure.declaration().controls;
                controls.iter().find_map(|control| match control {
                    Control::Toggle { id: "safeguard", pressed, .. } => Some(*pressed),
                    _ => None,
                })
            };
            let mut figure = crate::figure(name, Locale::default()).expect("a figure");
            assert_eq!(shown(&figure), None, "{name}: the rule is another one");
            let mut switched = crate::figure(name, Locale::default()).expect("a figure");
            let problems = switched.start(newton).problems;
            assert!(problems.is_empty(), "{name}: {problems:?}");
            assert_eq!(shown(&switched), Some(true), "{name}");
            let said = words(&switched);
            assert!(said.contains("Step 1 is not Newton’s"), "{name}: {said}");
            assert!(switched.csv().lines().nth(2).expect("a row").ends_with(",safeguard"));
            let _ = switched.apply(&crate::Input::Act("safeguard"));
            assert_eq!(shown(&switched), Some(false), "{name}");
            assert_eq!(switched.text("safeguard").as_deref(), Some("off"));
            let (said, csv) = (words(&switched), switched.csv());
            if name == "fit" {
                // The Hessian of a line fitted to one point is singular.
                assert!(said.contains("There is no step 1"), "{said}");
            } else {
                assert!(said.contains("Step 1 is Newton’s."), "{name}: {said}");
                assert!(csv.contains(",1,1,1,4,0,0,newton\n"), "{name}: {csv}");
            }
            // The switch is a field like any other.
            let problems = figure.start(&[newton, &[("safeguard", "off")]].concat()).problems;
            assert!(problems.is_empty(), "{name}: {problems:?}");
            assert_eq!(figure.csv(), csv, "{name}");
        }
    }

    #[test]
    fn the_race_shows_what_replaced_newtons_step() {
        let mut race = crate::figure("race", Locale::default()).expect("the race");
        let fields =
            [("rules", "newton"), ("loss", "x^2 - y^2"), ("start", "1,0.5"), ("alpha", "1")];
        let _ = race.start(&[&fields[..], &[("steps", "3")]].concat());
        let said = words(&race);
        assert!(said.contains("|H|⁻¹∇f") && said.contains("not Newton’s"), "{said}");
        let _ = race.apply(&crate::Input::Act("safeguard"));
        let said = words(&race);
        assert!(said.contains("H⁻¹∇f") && !said.contains("|H|"), "{said}");
        assert!(said.contains(" --rule newton --alpha 1 --safeguard off"), "{said}");
        assert!(race.csv().contains(",1,0,0,"), "{}", race.csv());
    }

    #[test]
    fn non_newton_steps_are_reported() {
        let well = "x^4 - 2x^2 + y^2";
        let text = said(well, true, [0.3, 1.0], 0).expect("a line");
        assert!(text.starts_with("Step 1 is not Newton’s"), "{text}");
        assert!(text.ends_with("Not Newton’s: 1 of 7 steps (1)."), "{text}");
        let text = said(well, true, [0.3, 1.0], 4).expect("a line");
        assert!(text.starts_with("Step 5 is Newton’s."), "{text}");
        assert_eq!(said(well, false, [0.3, 1.0], 99).expect("a line"), "Step 3 is Newton’s.");
        let text = said("x^2 + y", false, [1.0, 1.0], 0).expect("a line");
        assert!(text.starts_with("There is no step 1"), "{text}");
        assert!(text.ends_with("Not Newton’s: 9 of 9 steps (1, 2, 3, 4, 5, 6, …)."), "{text}");
        assert_eq!(said(well, true, [1.0, 0.0], 0), None, "a run without steps");
    }
}
