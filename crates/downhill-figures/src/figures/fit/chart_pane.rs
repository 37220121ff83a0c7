//! The chart of the fit, over updates or epochs.

use super::choices::Per;
use super::training_run::TrainingRun;
use super::{Fit, window};
use crate::draw::{OverlayShape, Scene};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::loss_chart::{ChartPane, slopes};
use crate::text::locale::Locale;

/// The longest run whose slopes are drawn.
const LONGEST_SLOPES: usize = 5000;

impl Fit {
    /// The losses and slopes of a run as charted. A long run has no slopes: they would be a band, and
    /// take time while α is dragged.
    pub(super) fn losses_and_slopes(&self, course: &TrainingRun) -> (Vec<f64>, Vec<f64>) {
        let path = course.path();
        let all: Vec<f64> = path.iter().map(|iterate| iterate.loss).collect();
        let slopes = if path.len() > LONGEST_SLOPES { Vec::new() } else { slopes(path) };
        match self.per {
            Per::Epoch => {
                let ends = |all: &[f64]| {
                    course.epochs.iter().filter_map(|&k| all.get(k)).copied().collect()
                };
                (ends(&all), ends(&slopes))
            }
            Per::Update => (all, slopes),
        }
    }

    /// The number of updates or epochs that the chart has room for.
    pub(super) fn chart_steps(&self) -> u32 {
        if self.per == Per::Epoch {
            return self.epochs;
        }
        let runs = || self.other.iter().chain([&self.course]);
        let last = runs().map(TrainingRun::last).max().unwrap_or(0);
        let most = runs().map(|run| run.updates_in(self.epochs as usize)).max().unwrap_or(0);
        // If runs end early, the axis ends at a round number.
        let round = libm::round(window::round_up(last.max(10) as f64)) as usize;
        most.min(round).max(last) as u32
    }
}

/// The chart over epochs, of which there are fewer than iterates.
pub(super) struct EpochChart<'a> {
    pub(super) chart: ChartPane<'a>,
    pub(super) course: &'a TrainingRun,
}

impl PaneView for EpochChart<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        self.chart.static_layer(scene, locale);
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let position = self.course.epoch_at(view.position);
        self.chart.overlay(&ViewState { position, ..*view })
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        match self.chart.place(x_px, y_px) {
            Place::Iteration(epoch) => {
                Place::Iteration(self.course.position_of(f64::from(epoch)) as u32)
            }
            other => other,
        }
    }
}
