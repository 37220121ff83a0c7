//! The chart of the fit, over updates or epochs.

use super::choices::Per;
use super::training_run::TrainingRun;
use super::{Fit, window};
use crate::draw::{OverlayShape, Scene};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::loss_chart::ChartPane;
use crate::text::locale::Locale;

impl Fit {
    /// The losses of a run as charted.
    pub(super) fn losses(&self, course: &TrainingRun) -> Vec<f64> {
        match self.per {
            Per::Epoch => course.epochs.iter().map(|&k| course.iterate(k).loss).collect(),
            Per::Update => course.path().iter().map(|iterate| iterate.loss).collect(),
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
