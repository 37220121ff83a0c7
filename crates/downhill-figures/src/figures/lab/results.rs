//! The results of the lab: the current run, the saved ones, and the sweep.

use downhill::{Outcome, SweepPoint};

use super::Lab;
use crate::framework::field::Value;
use crate::framework::results::{Results, RunEnd};
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

impl Results for Lab {
    fn heard(&self, k: u32) -> f64 {
        self.descent.heard(k)
    }

    fn runs(&self) -> Vec<Run> {
        let mut runs = self.descent.runs();
        for kept in self.saved_runs.runs() {
            runs.extend(
                kept.descent.runs().into_iter().map(|run| Run { name: kept.plain_name(), ..run }),
            );
        }
        for (run, (descent, _)) in runs.iter_mut().zip(self.descents()) {
            run.settings = descent.settings();
        }
        runs
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        vec![self.descent.ending(locale)]
    }

    fn csv(&self) -> String {
        let kept = self.saved_runs.runs().iter();
        let named: Vec<_> =
            kept.map(|kept| (kept.plain_name(), kept.descent.trajectory())).collect();
        let mut runs = vec![("gd", self.descent.trajectory())];
        runs.extend(named.iter().map(|(name, run)| (&**name, *run)));
        downhill::csv::trajectories(&runs)
    }

    /// The data of the sweep.
    fn data(&self) -> Vec<(&'static str, Value)> {
        let points = self.alpha_sweep.points();
        let list = |of: fn(&SweepPoint) -> f64| Value::Point(points.iter().map(of).collect());
        let outcomes = points.iter().filter_map(|point| point.outcome.name().chars().next());
        let now = match self.point.outcome {
            Outcome::Converged { k } => Value::Number(k as f64),
            outcome => Value::Text(outcome.name().to_owned()),
        };
        vec![
            ("iterations-to-converge", now),
            ("alphas", list(|point| point.alpha)),
            ("iterations", list(|point| point.outcome.k() as f64)),
            ("outcomes", Value::Text(outcomes.collect())),
        ]
    }
}
