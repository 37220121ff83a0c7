//! The map of the starts: the basins below, the runs on top.

use downhill::{Loss, Outcome};

use super::runs::letter;
use super::{MOST_LISTED, Starts};
use crate::draw::{Align, ColorRole, OverlayShape, Raster, Scene};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::Walk;
use crate::panes::labels::beside;
use crate::text::locale::Locale;

/// The landscape with all runs.
pub(super) struct MapPane<'a>(pub(super) &'a Starts);

impl MapPane<'_> {
    fn value(&self, x: f64, y: f64) -> f64 {
        self.0.runs.loss.value([x, y])
    }
}

impl PaneView for MapPane<'_> {
    /// The contours; the colours come from the basins, if these are shown.
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let f = |x, y| self.value(x, y);
        if self.0.basins {
            self.0.map.lines(scene, &f, locale);
        } else {
            self.0.map.still(scene, &f, locale);
        }
    }

    /// The minimizers with their letters, then the runs with their starts.
    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Self(Starts { runs, map, chosen, .. }) = self;
        let frame = map.frame();
        let bottoms = runs.bottoms();
        let listed = &bottoms[..bottoms.len().min(MOST_LISTED)];
        let mut shapes = map.minimizer_marks(listed);
        for (bottom, at) in listed.iter().enumerate() {
            if frame.contains(at[0], at[1]) {
                let (x_px, y_px) = frame.point_px(at[0], at[1]);
                let (text, at) = (letter(bottom), (x_px + 10.0, y_px));
                shapes.push(OverlayShape::Label {
                    at,
                    text,
                    role: ColorRole::Ink,
                    align: Align::Start,
                });
            }
        }
        let mut numbers = Vec::new();
        // The selected run is drawn last, on top of the others.
        let others = (0..runs.runs().len()).filter(|run| run != chosen);
        for run in others.chain([*chosen]) {
            let trajectory = &runs.runs()[run];
            let walk = Walk {
                run,
                iterates: &trajectory.iterates,
                role: ColorRole::Vanilla,
                runs_away: matches!(trajectory.outcome, Outcome::Diverged { .. }),
                name: "",
                faint: run != *chosen,
                second: false,
            };
            shapes.extend(map.walk(&walk, view));
            let [x, y] = runs.starts[run];
            let at = frame.point_px(x, y);
            let (radius, outline) =
                if walk.faint { (4.5, ColorRole::Vanilla) } else { (6.0, ColorRole::Ink) };
            shapes.push(OverlayShape::Disc { at, radius, fill: ColorRole::Panel, outline });
            numbers.push((at, (run + 1).to_string(), ColorRole::Ink));
        }
        // What is said of a start names its number.
        if numbers.len() > 1 {
            shapes.extend(beside(numbers, (frame.right_px(), frame.bottom_px())));
        }
        if let Some((_, at)) = view.cursor {
            shapes.extend(map.cross_hair(at, Some(&|x, y| self.value(x, y)), view.locale));
        }
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        let Self(starts) = self;
        let at = starts.runs.inside(starts.map.world(x_px, y_px));
        Place::Point { run: starts.chosen, at: at.to_vec() }
    }

    fn cross_hair_start(&self, _k: u32) -> (f64, f64) {
        let Self(starts) = self;
        starts.map.place_of(starts.runs.starts[starts.chosen])
    }

    fn raster(&self, most: u32) -> Option<Raster> {
        self.0.basin_map.raster(&self.0.map.frame(), most)
    }
}
