//! The hill over a plane through the weights, with the walk on it.

use super::Net;
use super::hill::HillMap;
use crate::draw::{Align, ColorRole, OverlayShape, Scene};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::contour_map::ContourPane;
use crate::panes::curve::within;
use crate::text::locale::Locale;

/// The pane of the hill.
pub(super) struct HillPane<'a> {
    net: &'a Net,
    map: Option<&'a HillMap>,
    contours: ContourPane,
}

impl<'a> HillPane<'a> {
    pub(super) fn new(net: &'a Net, (width_px, height_px): (f64, f64)) -> Self {
        let map = net.hill_map();
        let mut contours = ContourPane::new(map.map_or([[-1.0, 1.0]; 2], |map| map.view));
        contours.resize(width_px, height_px);
        if let Some(map) = map {
            contours.sample(&|x, y| map.height(x, y));
        }
        Self { net, map, contours }
    }
}

impl PaneView for HillPane<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        match self.map {
            Some(map) => self.contours.still(scene, &|x, y| map.height(x, y), locale),
            None => self.contours.axes(scene, locale),
        }
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let frame = self.contours.frame();
        let Some(map) = self.map else {
            return vec![OverlayShape::Label {
                at: (frame.left_px + frame.width_px / 2.0, frame.top_px + frame.height_px / 2.0),
                text: view.locale.get("net-hill-waits"),
                role: ColorRole::Muted,
                align: Align::Middle,
            }];
        };
        let pixel = |at: [f64; 2]| within(frame.point_px(at[0], at[1]));
        // Over the hill of an earlier α there is no walk until the new one is known.
        if map.key.generation != self.net.run.generation() {
            return Vec::new();
        }
        let here = f64::from(view.k);
        let until = map.walk.partition_point(|(k, _)| *k <= here);
        let mut past: Vec<(f64, f64)> =
            map.walk[..until].iter().map(|(_, at)| pixel(*at)).collect();
        let weights = self.net.playhead.weights(&self.net.run);
        let now = weights.map(|weights| pixel(map.plane.coordinates(weights)));
        let Some(now) = now.or(past.last().copied()) else { return Vec::new() };
        past.push(now);
        let ahead = map.walk[until..].iter().map(|(_, at)| pixel(*at));
        let ahead: Vec<(f64, f64)> = std::iter::once(now).chain(ahead).collect();
        let role = self.net.role();
        let line = |points, role, width, opacity| OverlayShape::Path {
            points,
            role,
            width,
            dashed: false,
            opacity,
        };
        let inside = vec![
            line(past.clone(), ColorRole::Panel, 4.0, 0.6),
            line(ahead, role, 1.4, 0.4),
            line(past.clone(), role, 1.8, 0.9),
            OverlayShape::Dots { points: past, radius: 2.0, role },
            OverlayShape::Disc { at: now, radius: 6.0, fill: role, outline: ColorRole::Panel },
        ];
        vec![OverlayShape::within(&frame, inside)]
    }

    fn place(&self, _x_px: f64, _y_px: f64) -> Place {
        Place::Custom(Vec::new())
    }
}
