//! The points, and what the network makes of the plane, or the curve through them.

use downhill::Samples;

use super::Net;
use crate::draw::{
    ColorRole, Frame, OverlayShape, Raster, SUBPIXEL, Scene, Shape, draw_axes, units,
};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::annotations::cross_hair;
use crate::panes::curve::{round_to, within};
use crate::text::locale::Locale;

/// Half the size of a point in CSS pixels.
const HALF_PX: f64 = 3.0;

/// The pane of the points.
pub(super) struct DataPane<'a>(pub(super) &'a Net);

/// The role of a class, which has a shape of its own too.
pub(super) const fn class_role(target: f64) -> ColorRole {
    if target > 0.0 { ColorRole::Kept1 } else { ColorRole::Vanilla }
}

impl DataPane<'_> {
    /// Draws points: those of class −1 as discs, those of class 1 as squares, those held out hollow.
    fn points(scene: &mut Scene, frame: &Frame, samples: &Samples, is_held_out: bool) {
        for sample in samples.list() {
            let has_classes = samples.has_classes();
            let y = if has_classes { sample.x[1] } else { sample.target };
            let (x_px, y_px) = within(frame.point_px(sample.x[0], y));
            let at = (units(x_px), units(y_px));
            let size = |px: f64| units(px).unsigned_abs();
            let pen = 10;
            if !has_classes {
                let outline = is_held_out.then_some(pen);
                scene.push(Shape::Circle(at, size(HALF_PX), outline), ColorRole::Ink, 0.9);
                continue;
            }
            let role = class_role(sample.target);
            let half = if is_held_out { HALF_PX - 0.4 } else { HALF_PX };
            let square = |half: f64| {
                let [left, right, top, bottom] =
                    [x_px - half, x_px + half, y_px - half, y_px + half].map(units);
                vec![(left, top), (right, top), (right, bottom), (left, bottom)]
            };
            match (sample.target > 0.0, is_held_out) {
                (false, false) => {
                    scene.push(Shape::Circle(at, size(half + 1.0), None), ColorRole::Panel, 0.8);
                    scene.push(Shape::Circle(at, size(half), None), role, 1.0);
                }
                (false, true) => scene.push(Shape::Circle(at, size(half), Some(pen)), role, 0.8),
                (true, false) => {
                    scene.push(Shape::Polygon(square(half + 0.6)), ColorRole::Panel, 0.8);
                    scene.push(Shape::Polygon(square(half - 0.4)), role, 1.0);
                }
                (true, true) => {
                    let mut around = square(half - 0.4);
                    around.push(around[0]);
                    scene.push(Shape::Path(around, pen), role, 0.8);
                }
            }
        }
    }
}

impl PaneView for DataPane<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let Self(net) = self;
        let frame = net.plot.frame();
        let most = [frame.width_px / 48.0, frame.height_px / 36.0].map(|count| count as usize);
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        draw_axes(scene, &frame, most, &label, false);
        if let Some(training) = net.run.training() {
            if let Some(held_out) = training.held_out() {
                Self::points(scene, &frame, held_out, true);
            }
            Self::points(scene, &frame, training.samples(), false);
        } else {
            for sample in &net.settings.own.list {
                let (x_px, y_px) = within(frame.point_px(sample.x[0], sample.x[1]));
                let circle = Shape::Circle((units(x_px), units(y_px)), 3 * SUBPIXEL as u32, None);
                scene.push(circle, class_role(sample.target), 1.0);
            }
        }
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Self(net) = self;
        let frame = net.plot.frame();
        let mut shapes = Vec::new();
        if let Some(map) = &net.playhead.map {
            let line = |points: &[(f64, f64)], role, width| OverlayShape::Path {
                points: points.iter().map(|&(x, y)| within(frame.point_px(x, y))).collect(),
                role,
                width,
                dashed: false,
                opacity: 1.0,
            };
            let lines = if map.key.is_plane {
                map.border().iter().map(|points| line(points, ColorRole::Ink, 1.5)).collect()
            } else {
                vec![line(&map.curve(), net.role(), 2.2)]
            };
            shapes.push(OverlayShape::within(&frame, lines));
        }
        if let Some((super::DATA, at)) = view.cursor {
            shapes.extend(cross_hair(at));
        }
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        let frame = self.0.plot.frame();
        let (x, y) = frame.world(x_px, y_px);
        let inside = |value: f64, axis: crate::draw::Axis| round_to(axis.nearest(value), axis);
        Place::Custom(vec![inside(x, frame.x), inside(y, frame.y)])
    }

    fn cross_hair_start(&self, _k: u32) -> (f64, f64) {
        let frame = self.0.plot.frame();
        (frame.left_px + frame.width_px / 2.0, frame.top_px + frame.height_px / 2.0)
    }

    fn raster(&self, _most: u32) -> Option<Raster> {
        self.0.playhead.map.as_ref()?.raster()
    }
}
