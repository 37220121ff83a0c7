//! A path that the reader's own optimizer took, beside the runs of the rules.

use downhill::{NamedLoss, Outcome, Trajectory};

use super::model::MOST_STEPS;
use crate::framework::declaration::{Control, Group};
use crate::framework::field::Slot;
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

/// The longest path: as many steps as the longest race.
const MOST_POINTS: usize = MOST_STEPS as usize + 1;

/// The largest coordinate of its points. A path that runs away is drawn to where it leaves the map.
const LARGEST_COORDINATE: f64 = 1e12;

/// A longer path is not written into its field, which would be slow.
const MOST_WRITTEN: usize = 200;

/// The points as given, and the loss along them.
#[derive(Debug, Default)]
pub(super) struct OwnPath {
    points: Vec<[f64; 2]>,
    trajectory: Option<Trajectory<2>>,
    /// The loss and the points that the trajectory is of.
    of: (String, Vec<[f64; 2]>),
}

impl OwnPath {
    /// The name of its run in exports.
    pub(super) const NAME: &'static str = "path";

    pub(super) fn slot(&mut self) -> Slot<'_> {
        Slot::Path(&mut self.points, MOST_POINTS, LARGEST_COORDINATE)
    }

    /// Where it starts.
    pub(super) fn start(&self) -> Option<[f64; 2]> {
        self.points.first().copied()
    }

    /// Evaluates the loss along the path, if either is new.
    pub(super) fn recompute(&mut self, loss: &NamedLoss<2>) {
        if self.of.0 != loss.text() || self.of.1 != self.points {
            self.of = (loss.text().to_owned(), self.points.clone());
            self.trajectory = Trajectory::through(loss.loss(), &self.points);
        }
    }

    /// The loss along the path, if there is one.
    pub(super) const fn trajectory(&self) -> Option<&Trajectory<2>> {
        self.trajectory.as_ref()
    }

    /// Its last iteration.
    pub(super) fn last(&self) -> u32 {
        self.trajectory.as_ref().map_or(0, Trajectory::last_k) as u32
    }

    pub(super) fn has_diverged(&self) -> bool {
        let outcome = self.trajectory.as_ref().map(|trajectory| trajectory.outcome);
        matches!(outcome, Some(Outcome::Diverged { .. }))
    }

    /// The field in which it is pasted.
    pub(super) fn control(&self, locale: &Locale) -> Control {
        let written = self.points.len() <= MOST_WRITTEN;
        let lines = self.points.iter().filter(|_| written).map(|at| locale.list(at));
        Control::Lines {
            id: "path",
            field: "path",
            label: locale.get("control-path"),
            value: lines.collect::<Vec<_>>().join("\n"),
            hint: locale.get("hint-path"),
            apply: locale.get("action-draw-path"),
            group: Group::Settings,
        }
    }

    /// The path as a run, whose α the figure does not know.
    pub(super) fn run(&self) -> Option<Run> {
        let trajectory = self.trajectory.as_ref()?;
        Some(Run::new(Self::NAME, "own", f64::NAN, None, trajectory))
    }
}

#[cfg(test)]
mod tests {
    use crate::framework::field::Value;
    use crate::framework::input::Input;
    use crate::text::locale::Locale;

    #[test]
    fn a_path_is_a_run_with_the_figures_loss() {
        let mut race = crate::figure("race", Locale::default()).expect("the race");
        let fields = [("loss", "x**4 - y**2"), ("rules", "gd"), ("path", "1,0;0.5,0.5;0.25,1")];
        assert!(race.start(&fields).problems.is_empty());
        let runs = race.snapshot().runs;
        let path = &runs[1];
        assert_eq!((&*path.name, path.rule), ("path", "own"));
        assert_eq!(path.iterates, [[1.0, 0.0], [0.5, 0.5], [0.25, 1.0]]);
        assert_eq!(path.losses, [1.0, 0.0625 - 0.25, 1.0 / 256.0 - 1.0]);
        assert_eq!(path.gradients[1], [0.5, -1.0]);
        assert_eq!(path.outcome.name(), "exhausted");
        assert!(race.csv().contains("\npath,2,0.25,1,-0.99609375,0.0625,-2\n"), "{}", race.csv());
        let rows = race.rows(0, 9);
        assert_eq!(rows[1][..3], ["Your path", "its own", "1"]);
        let _ = race.apply(&Input::Seek(2));
        let row = race.rows(1, 2).swap_remove(0);
        assert_eq!((&*row[2], &*row[4]), ("−0.9961", "not converged after 2"));
        // It is the reader's own data: no part of events, but of the state.
        assert!(race.spec().iter().all(|(name, _)| *name != "path"));
        assert!(race.state().iter().any(|(name, _)| *name == "path"));
        let _ = race.apply(&Input::Set("path", ""));
        assert_eq!(race.snapshot().runs.len(), 1);
        assert_eq!(race.value("path"), Some(Value::Points(Vec::new())));
    }

    #[test]
    fn a_path_that_leaves_ends_where_it_does() {
        for (points, end) in [
            ("1,1;0.5,0.5;-1,1;0.2,0.2", ("undefined", 2)),
            ("1,1;2,2;9e9,1;1,1", ("diverged", 2)),
            ("2,2;1,1", ("converged", 1)),
        ] {
            let mut race = crate::figure("race", Locale::default()).expect("the race");
            let fields = [("loss", "x - ln(x) + (y-1)^2"), ("rules", "gd"), ("path", points)];
            assert!(race.start(&fields).problems.is_empty());
            let outcome = race.snapshot().runs[1].outcome;
            assert_eq!((outcome.name(), outcome.k()), end, "{points}");
        }
    }

    #[test]
    fn what_is_no_path_is_refused_in_a_short_sentence() {
        let mut race = crate::figure("race", Locale::default()).expect("the race");
        let long = "0.125,0.25;".repeat(5000);
        assert!(race.apply(&Input::Set("path", &long)).problems.is_empty());
        for (text, end) in [
            ("1,2,3", "The points from before stay."),
            ("nan,1", "The points from before stay."),
            (&"1,1;".repeat(10_002), "The points from before stay."),
            ("1,1;1e300,2", "The nearest allowed points are used."),
        ] {
            let said = race.apply(&Input::Set("path", text)).problems.swap_remove(0).message;
            assert!(said.starts_with("path must be one to 10001 points such as "), "{said}");
            assert!(said.ends_with(end) && said.len() < 250, "{said}");
        }
    }
}
