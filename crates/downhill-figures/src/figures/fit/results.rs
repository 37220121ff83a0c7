//! The results of the fit: its runs, and what is known of the loss.

use super::Fit;
use super::choices::Per;
use super::training_run::TrainingRun;
use crate::framework::field::Value;
use crate::framework::results::{Results, RunEnd};
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

impl Results for Fit {
    fn heard(&self, k: u32) -> f64 {
        self.course.iterate(k as usize).loss
    }

    fn runs(&self) -> Vec<Run> {
        // There is no regime of batches, nor of a learning rate that changes.
        let one = self.plan().is_whole(self.data.points().len()) && self.changes.list().is_empty();
        let regime = self.valley.regime.filter(|_| one).map(downhill::Regime::name);
        let mut all = vec![self.course.snapshot(regime)];
        all.extend(self.other.iter().map(|other| other.snapshot(None)));
        all
    }

    fn run_ends(&self, locale: &Locale) -> Vec<RunEnd> {
        let ending = |course: &TrainingRun, last: f64| RunEnd {
            name: locale.get(course.kind().name_key()),
            outcome: course.outcome(),
            last: last as u32,
        };
        let mut all = vec![ending(&self.course, self.course.last() as f64)];
        all.extend(self.other.iter().map(|other| {
            let end = other.last() as f64;
            let last = match self.per {
                Per::Epoch => f64::ceil(self.course.position_of(other.epoch_at(end))),
                Per::Update => end,
            };
            ending(other, last)
        }));
        all
    }

    fn csv(&self) -> String {
        TrainingRun::csv(&self.course, self.other.as_ref())
    }

    fn data(&self) -> Vec<(&'static str, Value)> {
        let parameters = self.model.parameters();
        let epochs = self.course.epochs.iter().map(|&k| k as f64).collect();
        let mut all = vec![
            ("points", Value::Points(self.data.points().to_vec())),
            ("curvature", Value::Number(self.valley.curvatures[1])),
            ("stable-alpha", Value::Number(self.valley.stable.unwrap_or(f64::INFINITY))),
            ("epoch-ends", Value::Point(epochs)),
        ];
        if let Some(at) = self.valley.minimizer {
            all.push(("minimizer", Value::Point(at[..parameters].to_vec())));
        }
        all
    }
}
