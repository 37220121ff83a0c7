//! The small ravine of the plane: plain descent and momentum with the chosen α and β, to their ends.

use downhill::{Loss, Outcome};

use crate::draw::{Align, ColorRole, OverlayShape, Scene};
use crate::figures::ravine::Comparison;
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::{ContourPane, Walk};
use crate::text::locale::Locale;

/// Both runs on one map.
pub(super) struct RunsPane<'a> {
    pub(super) runs: &'a Comparison,
    pub(super) map: &'a ContourPane,
}

impl RunsPane<'_> {
    fn value(&self, x: f64, y: f64) -> f64 {
        self.runs.ground.value([x, y])
    }

    /// A run's name with how it ended.
    fn end(&self, run: usize, locale: &Locale) -> String {
        let trajectory = self.runs.trajectory(run);
        let last = self.runs.last(run);
        let name = locale.get(["run-vanilla", "run-momentum"][run]);
        let loss = locale.short(self.runs.iterate(run, last).loss);
        let key = match trajectory.outcome {
            Outcome::Diverged { .. } | Outcome::Undefined { .. } => "plane-run-diverges",
            Outcome::Converged { .. } => "plane-run-arrives",
            _ => "plane-run-ends",
        };
        locale.format(key, &[("name", &*name), ("k", &*last.to_string()), ("loss", &*loss)])
    }
}

impl PaneView for RunsPane<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        self.map.still(scene, &|x, y| self.value(x, y), locale);
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Self { runs, map } = *self;
        let frame = map.frame();
        let mut shapes = map.minimizer_marks(&[runs.quadratic().minimizer]);
        for (run, role) in [ColorRole::Vanilla, ColorRole::Momentum].into_iter().enumerate() {
            let iterates = &runs.trajectory(run).iterates;
            let (k, runs_away) = (runs.last(run), runs.runs_away(run));
            let to_end = ViewState { k, position: f64::from(k), whole: true, ..*view };
            let walk =
                Walk { run, iterates, role, runs_away, name: "", faint: true, second: false };
            shapes.extend(map.walk(&walk, &to_end));
            // Where the runs begin is what is least crowded at the other side.
            let left = runs.start[0] > 0.0;
            let (x, align) = if left {
                (frame.left_px + 8.0, Align::Start)
            } else {
                (frame.right_px() - 8.0, Align::End)
            };
            let y = if run == 0 { frame.top_px + 11.0 } else { frame.bottom_px() - 11.0 };
            let text = self.end(run, view.locale);
            shapes.push(OverlayShape::Label { at: (x, y), text, role, align });
        }
        if let Some((_, at)) = view.cursor.filter(|(pane, _)| *pane == 1) {
            shapes.extend(map.cross_hair(at, Some(&|x, y| self.value(x, y)), view.locale));
        }
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        Place::Custom(self.map.world(x_px, y_px).to_vec())
    }

    fn cross_hair_start(&self, _k: u32) -> (f64, f64) {
        self.map.place_of(self.runs.start)
    }
}
