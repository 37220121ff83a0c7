//! The pane of the data: points, the model's line, and the residuals.

use super::scatter::Held;
use super::window::{name_axes, tick_counts, tick_label};
use super::{DATA, Fit};
use crate::draw::{ColorRole, Frame, OverlayShape, SUBPIXEL, Scene, Shape, draw_axes, units};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::annotations::{beside_cross_hair, cross_hair};
use crate::panes::curve::within;
use crate::text::locale::Locale;

/// With more points than this, only the residuals of the batch are drawn.
const MOST_RESIDUALS: usize = 300;

/// With more points than this, each is drawn as a small dot.
const MOST_DISCS: usize = 300;

/// The points with the lines of the runs.
pub(super) struct DataPane<'a>(pub(super) &'a Fit);

impl PaneView for DataPane<'_> {
    /// Axes and points, without the point that is being dragged.
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let Self(Fit { scatter, data, held, .. }) = self;
        let frame = scatter.window.frame();
        draw_axes(scene, &frame, tick_counts(&frame), &tick_label(locale), true);
        name_axes(scene, &frame, "x", "y");
        let many = data.points().len() > MOST_DISCS;
        let (radius, alpha) = match data.points().len() {
            ..40 => (4 * SUBPIXEL, 1.0),
            _ if !many => (3 * SUBPIXEL, 0.8),
            _ => (14, 0.55),
        };
        let columns = frame.width_px as usize / 2 + 1;
        let mut drawn =
            vec![false; if many { columns * (frame.height_px as usize / 2 + 1) } else { 0 }];
        for (index, &[x, y]) in data.points().iter().enumerate() {
            let (x_px, y_px) = frame.point_px(x, y);
            // Dots on top of dots cost time and show nothing.
            let column = ((x_px - frame.left_px) / 2.0) as usize;
            let cell = column + columns * ((y_px - frame.top_px) / 2.0) as usize;
            let is_new = drawn.get_mut(cell).is_none_or(|drawn| !std::mem::replace(drawn, true));
            if Some(Held::Point(index)) != *held && (!many || is_new) {
                let circle = Shape::Circle((units(x_px), units(y_px)), radius.unsigned_abs(), None);
                scene.push(circle, ColorRole::Ink, alpha);
            }
        }
    }

    /// Residuals, lines with their handles, the selected point and the cross-hair.
    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Self(fit) = self;
        let Fit { scatter, data, course, .. } = fit;
        let frame = scatter.window.frame();
        let walkers = fit.walkers(view.position);
        let Some(present) = walkers.first() else { return Vec::new() };
        let (line, role) = (present.line(), course.role());
        let batch = course.batch(view.k as usize);
        let points = data.points();
        let mut inside = Vec::new();
        let mut looked_at = Vec::new();
        let [w, b] = line;
        let mut residual = |index: usize, opacity: f64| {
            let Some(&[x, y]) = points.get(index) else { return };
            let ends = [y, w * x + b].map(|y| within(frame.point_px(x, y))).to_vec();
            inside.push(OverlayShape::Path {
                points: ends,
                role: ColorRole::Gradient,
                width: if opacity < 1.0 { 1.4 } else { 2.4 },
                dashed: false,
                opacity,
            });
        };
        if points.len() <= MOST_RESIDUALS {
            let opacity = if batch.is_empty() { 0.75 } else { 0.35 };
            (0..points.len()).for_each(|index| residual(index, opacity));
        }
        for &index in batch.iter().take(MOST_RESIDUALS) {
            residual(index as usize, 1.0);
            let point = points.get(index as usize);
            looked_at.extend(point.map(|&[x, y]| within(frame.point_px(x, y))));
        }
        // The run for comparison is drawn below.
        for walker in walkers.iter().rev() {
            let [w, b] = walker.line();
            let ends = [frame.x.from, frame.x.to].map(|x| within(frame.point_px(x, w * x + b)));
            inside.push(OverlayShape::Path {
                points: ends.to_vec(),
                role: walker.course.role(),
                width: 2.4,
                dashed: false,
                opacity: 1.0,
            });
        }
        inside.push(OverlayShape::Dots { points: looked_at, radius: 5.0, role });
        if let Some((_, [x, y])) = fit.home.filter(|(of, home)| points.get(*of) != Some(home)) {
            let (fill, outline) = (ColorRole::Panel, ColorRole::Muted);
            let at = within(frame.point_px(x, y));
            inside.push(OverlayShape::Disc { at, radius: 3.5, fill, outline });
        }
        let mut shapes = vec![OverlayShape::within(&frame, inside)];
        let [left, middle, right] = scatter.handles(line);
        let handles = if fit.has_b() { [left, middle, right] } else { [left, None, right] };
        for at in handles.into_iter().flatten() {
            shapes.push(OverlayShape::Disc {
                at,
                radius: 5.0,
                fill: ColorRole::Panel,
                outline: role,
            });
        }
        let chosen = fit.chosen.or(fit.lists_points().then_some(0));
        if let Some(&[x, y]) = chosen.and_then(|index| points.get(index)) {
            // One that is pulled out of the view stays in sight at its edge, with its coordinates.
            let at = frame.point_px(frame.x.nearest(x), frame.y.nearest(y));
            if !frame.contains(x, y) {
                let middle_px = frame.left_px + frame.width_px / 2.0;
                let text = coordinates([x, y], view.locale);
                shapes.push(beside_cross_hair(at, middle_px, text));
            }
            shapes.push(OverlayShape::Disc {
                at,
                radius: 7.5,
                fill: ColorRole::Panel,
                outline: ColorRole::Ink,
            });
            shapes.push(OverlayShape::Dots { points: vec![at], radius: 4.0, role: ColorRole::Ink });
        }
        if let Some((DATA, at)) = view.cursor
            && fit.held.is_none()
        {
            shapes.extend(self.cross_hair(&frame, at, view.locale));
        }
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        Place::Custom(self.0.scatter.world(x_px, y_px).to_vec())
    }

    /// The selected point, or the middle.
    fn cross_hair_start(&self, _k: u32) -> (f64, f64) {
        let Self(Fit { scatter, data, chosen, .. }) = self;
        let frame = scatter.window.frame();
        let middle = (frame.left_px + frame.width_px / 2.0, frame.top_px + frame.height_px / 2.0);
        let point = chosen.and_then(|index| data.points().get(index));
        scatter.window.inside(point.map_or(middle, |&[x, y]| frame.point_px(x, y)))
    }
}

impl DataPane<'_> {
    /// The cross-hair with its coordinates.
    fn cross_hair(&self, frame: &Frame, at: (f64, f64), locale: &Locale) -> Vec<OverlayShape> {
        let (x, y) = frame.world(at.0, at.1);
        if !frame.contains(x, y) {
            return Vec::new();
        }
        named_cross_hair(frame, at, coordinates(self.0.scatter.world(at.0, at.1), locale))
    }
}

fn coordinates(at: [f64; 2], locale: &Locale) -> String {
    let [x, y] = at.map(|coordinate| locale.short(coordinate));
    locale.format("fit-hover", &[("x", &*x), ("y", &*y)])
}

/// A cross-hair with a text beside it.
pub(crate) fn named_cross_hair(frame: &Frame, at: (f64, f64), text: String) -> Vec<OverlayShape> {
    let mut marks = cross_hair(at).to_vec();
    marks.push(beside_cross_hair(at, frame.left_px + frame.width_px / 2.0, text));
    marks
}
