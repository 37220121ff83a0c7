//! What a figure has computed: its runs, or other data.

use downhill::Outcome;

use crate::framework::field::Value;
use crate::framework::snapshot::Run;
use crate::text::locale::Locale;

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RunEnd {
    /// The run's name in words.
    pub(crate) name: String,
    /// How it ended.
    pub(crate) outcome: Outcome,
    /// The index of its last iterate.
    pub(crate) last: u32,
}

/// The results of a figure, for snapshots, exports and announcements.
pub(crate) trait Results {
    /// The runs, for snapshots and predictions.
    fn runs(&self) -> Vec<Run> {
        Vec::new()
    }

    /// How each run ended.
    fn run_ends(&self, _locale: &Locale) -> Vec<RunEnd> {
        Vec::new()
    }

    /// The loss after k iterations of the run that is heard.
    fn heard(&self, _k: u32) -> f64 {
        f64::NAN
    }

    /// The results as CSV.
    fn csv(&self) -> String {
        String::new()
    }

    /// What a snapshot has besides the runs.
    fn data(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }
}
