//! The map of one run of the ravine.

use downhill::Loss;

use super::comparison::Comparison;
use crate::draw::{ColorRole, OverlayShape, Scene};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::{ContourPane, Walk};
use crate::text::locale::Locale;

/// The pane of a run, which has the same index.
pub(super) struct MapPane<'a> {
    pub(super) comparison: &'a Comparison,
    pub(super) run: usize,
    pub(super) map: &'a ContourPane,
}

impl MapPane<'_> {
    fn value(&self, x: f64, y: f64) -> f64 {
        self.comparison.ground.value([x, y])
    }
}

impl PaneView for MapPane<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        self.map.still(scene, &|x, y| self.value(x, y), locale);
    }

    /// The minimizer, the run, and the cross-hair, which both maps show because the start is
    /// shared.
    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Self { comparison, run, map } = *self;
        let role = [ColorRole::Vanilla, ColorRole::Momentum][run];
        let iterates = &comparison.trajectory(run).iterates;
        let runs_away = comparison.runs_away(run);
        let mut shapes = map.minimizer_marks(&[comparison.quadratic().minimizer]);
        shapes.extend(map.walk(
            &Walk { run, iterates, role, runs_away, name: "", faint: false, second: false },
            view,
        ));
        let changes = comparison.changes_of(run);
        shapes.extend(map.alpha_marks(changes.list(), iterates, view));
        if let Some((pane, at)) = view.cursor.filter(|(pane, _)| *pane < 2) {
            let f = |x, y| self.value(x, y);
            let f: Option<&dyn Fn(f64, f64) -> f64> = if pane == run { Some(&f) } else { None };
            shapes.extend(map.cross_hair(at, f, view.locale));
        }
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        Place::Point { run: self.run, at: self.map.world(x_px, y_px).to_vec() }
    }

    fn cross_hair_start(&self, k: u32) -> (f64, f64) {
        self.map.place_of(self.comparison.iterate(self.run, k).x)
    }
}
