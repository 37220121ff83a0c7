//! The pane of the plane: the rates as shades, the borders of the regimes, and the marker.

use super::{CELLS, Plane, STRIP_PX};
use crate::draw::{
    Align, ColorRole, Frame, OverlayShape, Raster, Scene, Shape, Tint, between, draw_axes, units,
};
use crate::framework::controls;
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::annotations::{beside_cross_hair, cross_hair};
use crate::text::locale::Locale;

/// Shades from the best rate to no convergence.
const SHADES: f64 = 12.0;

/// The rates of convergence over α and β.
pub(super) struct RatesPane<'a>(pub(super) &'a Plane);

impl PaneView for RatesPane<'_> {
    /// The borders of the regimes, the bowl's bands along β = 0, and the axes.
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let Self(plane) = self;
        let frame = plane.frame();
        let line = |points, width| Shape::Path(points, width);
        // Monotone where all roots are real and positive; divergent beyond 2 + 2β.
        let swings = plane.border(&frame, |beta| libm::pow(1.0 - beta.sqrt(), 2.0));
        scene.push(line(swings, 8), ColorRole::Muted, 1.0);
        scene.push(line(plane.border(&frame, |beta| 2.0 + 2.0 * beta), 16), ColorRole::Ink, 1.0);
        // The bowl with its bands is along β = 0.
        for band in plane.quadratic.bands() {
            let to = if band.to < frame.x.to { band.to } else { frame.x.to };
            let (left, right) = (frame.x_px(band.from), frame.x_px(to));
            let (bottom, top) = (frame.bottom_px(), frame.bottom_px() - STRIP_PX);
            // A single α is drawn wide enough to be visible.
            let margin = if band.from == band.to { 1.5 } else { 0.0 };
            let corners = [
                (left - margin, bottom),
                (right + margin, bottom),
                (right + margin, top),
                (left - margin, top),
            ];
            let corners = corners.map(|(x, y)| (units(x), units(y))).to_vec();
            scene.push(Shape::Polygon(corners), controls::regime_role(band.regime), 1.0);
        }
        for thumbnail in plane.thumbnails() {
            thumbnail.draw(scene);
        }
        let most = [frame.width_px / 64.0, frame.height_px / 36.0].map(|count| count as usize);
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        draw_axes(scene, &frame, most, &label, false);
    }

    /// The best pairs with and without momentum, the regimes' names, and the marker.
    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Self(plane) = self;
        let frame = plane.frame();
        let (alpha, beta) = plane.quadratic.best_momentum();
        let best = frame.point_px(alpha, beta);
        let mut shapes = OverlayShape::minimizer_mark(best).to_vec();
        let label = |at: (f64, f64), key, align| OverlayShape::Label {
            at,
            text: view.locale.get(key),
            role: ColorRole::Ink,
            align,
        };
        let right = best.0 < frame.right_px() - 60.0;
        let (aside, align) = if right { (12.0, Align::Start) } else { (-12.0, Align::End) };
        shapes.push(label((best.0 + aside, best.1), "plane-mark-best", align));
        for thumbnail in plane.thumbnails() {
            shapes.push(label(thumbnail.word_px, thumbnail.key, Align::Middle));
        }
        let plain = frame.point_px(plane.quadratic.best_alpha(), 0.0);
        shapes.push(OverlayShape::Disc {
            at: (plain.0, plain.1 - STRIP_PX / 2.0),
            radius: 4.0,
            fill: ColorRole::Panel,
            outline: ColorRole::Vanilla,
        });
        let (x, y) = frame.point_px(plane.alpha(), plane.runs.beta);
        let at = (between(x, frame.left_px, frame.right_px()), y);
        let line = |from, to| OverlayShape::Path {
            points: vec![from, to],
            role: ColorRole::Ink,
            width: 1.0,
            dashed: true,
            opacity: 0.6,
        };
        shapes.push(line(at, (at.0, frame.bottom_px())));
        shapes.push(line(at, (frame.left_px, at.1)));
        shapes.push(OverlayShape::Disc {
            at,
            radius: 7.5,
            fill: ColorRole::Momentum,
            outline: ColorRole::Panel,
        });
        if let Some((_, at)) = view.cursor.filter(|(pane, _)| *pane == 0) {
            let (alpha, beta) = frame.world(at.0, at.1);
            if frame.contains(alpha, beta) {
                let locale = view.locale;
                let rate = plane.quadratic.rate(alpha, beta);
                let rate = locale.digits.significant(rate, 4);
                let (alpha, beta) = (locale.short(alpha), locale.short(beta));
                let values = [("alpha", &*alpha), ("beta", &*beta), ("rate", &*rate)];
                let text = locale.format("plane-hover", &values);
                shapes.extend(cross_hair(at));
                shapes.push(beside_cross_hair(at, frame.left_px + frame.width_px / 2.0, text));
            }
        }
        shapes
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        let (alpha, beta) = self.0.frame().world(x_px, y_px);
        Place::Point { run: 0, at: vec![alpha, beta] }
    }

    fn cross_hair_start(&self, _k: u32) -> (f64, f64) {
        let Self(plane) = self;
        plane.frame().point_px(plane.alpha(), plane.runs.beta)
    }

    /// The rates, hatched where descent diverges.
    fn raster(&self, most: u32) -> Option<Raster> {
        let Self(plane) = self;
        let stride = CELLS.div_ceil(most.clamp(1, CELLS));
        let columns = CELLS / stride;
        // Digits gained per step, as a fraction of what the best pair gains.
        let best = -libm::log(plane.quadratic.best_momentum().1.sqrt());
        let mut cells = Vec::with_capacity((columns * columns) as usize);
        for row in (0..columns).rev() {
            for column in 0..columns {
                let rate = plane.rates.rate(column * stride, row * stride).unwrap_or(1.0);
                cells.push(if rate < 1.0 {
                    let gain = if best.is_finite() { -libm::log(rate) / best } else { 1.0 - rate };
                    let share = libm::round(gain.clamp(0.0, 1.0).sqrt() * SHADES) / SHADES;
                    Tint { role: ColorRole::Converged, share: (10.0 + 190.0 * share) as u8 }
                } else {
                    let hatch = (column + row) % 6 < 2;
                    Tint { role: ColorRole::Diverged, share: if hatch { 90 } else { 40 } }
                });
            }
        }
        Some(Raster::over(&plane.frame(), columns, cells))
    }
}

impl Plane {
    /// A line through the plane where αλmax = `at(β)`.
    fn border(&self, frame: &Frame, at: impl Fn(f64) -> f64) -> Vec<(i32, i32)> {
        (0..=48)
            .map(|i| {
                let beta = f64::from(i) / 48.0;
                let (x, y) = frame.point_px(at(beta) / self.quadratic.lambda_max(), beta);
                (units(x), units(y))
            })
            .collect()
    }
}
