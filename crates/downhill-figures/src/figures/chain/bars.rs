//! The pane of the chain: a bar for each layer, and the backward pass along their tops.

use downhill::GradientFlow;

use super::Chain;
use crate::draw::{
    Align, Axis, ColorRole, Frame, OverlayShape, SUBPIXEL, Scene, Shape, draw_axes, units,
};
use crate::framework::pane_view::PaneView;
use crate::framework::view_state::ViewState;
use crate::panes::labels::set_apart;
use crate::text::locale::Locale;

/// The decades around 1 that are always shown, more than count as healthy.
const LEAST_DECADES: f64 = 4.0;

/// The axis stays while it has less than this many times the decades that are needed.
const SPACIOUS: f64 = 2.5;

/// The spacing of bars in CSS pixels from which the factors between them are written.
const FACTOR_PX: f64 = 52.0;

/// The width of a number such as 1.16 × 10⁻¹², in CSS pixels.
const LABEL_PX: f64 = 84.0;

/// The bars.
pub(super) struct BarsView<'a>(pub(super) &'a Chain);

impl PaneView for BarsView<'_> {
    /// The axes, the healthy band and the bars.
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let Self(chain) = self;
        let (frame, gradients) = (chain.frame(), chain.gradients());
        let [across, up] = [frame.width_px / 36.0, frame.height_px / 30.0].map(|n| n as usize);
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        let corners = |left: f64, right: f64, top: f64, bottom: f64| {
            let all = [(left, bottom), (right, bottom), (right, top), (left, top)];
            Shape::Polygon(all.map(|(x, y)| (units(x), units(y))).to_vec())
        };
        let (left, right) = (frame.left_px, frame.right_px());
        let healthy = corners(
            left,
            right,
            frame.y_px(GradientFlow::BAND),
            frame.y_px(1.0 / GradientFlow::BAND),
        );
        scene.push(healthy, ColorRole::Converged, 0.13);
        draw_axes(scene, &frame, [across.min(gradients.len()), up], &label, false);
        scene.rule((left, frame.y_px(1.0)), (right, frame.y_px(1.0)), ColorRole::Rule);
        let half = chain.half_px(&frame);
        for (layer, &size) in gradients.iter().enumerate() {
            let (x, top) = chain.top(&frame, layer);
            if size >= frame.y.from {
                let bar = corners(x - half, x + half, top, frame.bottom_px());
                scene.push(bar, ColorRole::Gradient, if size.is_finite() { 0.8 } else { 1.0 });
            } else {
                // The gradient is 0 by underflow, or NaN.
                let role = if size.is_nan() { ColorRole::Diverged } else { ColorRole::Muted };
                let stub = corners(x - half, x + half, frame.bottom_px() - 2.0, frame.bottom_px());
                scene.push(stub, role, 1.0);
            }
        }
        // The bars before the last change, as lines across.
        for (layer, &size) in chain.before.iter().enumerate().take(gradients.len()) {
            let (x, y) = chain.place(&frame, layer, size);
            let line =
                [(x - half - 2.0, y), (x + half + 2.0, y)].map(|(x, y)| (units(x), units(y)));
            scene.push(Shape::Path(line.to_vec(), 2 * SUBPIXEL as u32), ColorRole::Muted, 1.0);
        }
    }

    /// The selected bar with its gradient norm, and the path of the backward pass to it.
    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let (Self(chain), locale) = (self, view.locale);
        let (frame, present) = (chain.frame(), chain.present());
        let tops: Vec<(f64, f64)> =
            (present..chain.gradients().len()).map(|layer| chain.top(&frame, layer)).collect();
        let at = tops[0];
        let half = chain.half_px(&frame) + 2.0;
        let (left, right, bottom) = (at.0 - half, at.0 + half, frame.bottom_px());
        let path = |points, width, dashed| OverlayShape::Path {
            points,
            role: ColorRole::Ink,
            width,
            dashed,
            opacity: 1.0,
        };
        let around = vec![
            (left, bottom),
            (left, at.1 - 2.0),
            (right, at.1 - 2.0),
            (right, bottom),
            (left, bottom),
        ];
        let mut shapes = vec![path(around, 1.5, false)];
        // The backward pass: from the last layer, factor by factor, to this one.
        let mut way = tops.clone();
        way.reverse();
        if way.len() > 1 {
            let dots = way.clone();
            shapes.push(path(way, 1.25, true));
            shapes.push(OverlayShape::Dots { points: dots, radius: 2.0, role: ColorRole::Ink });
            shapes.push(OverlayShape::Arrow {
                from: tops[1],
                to: at,
                role: ColorRole::Ink,
                width: 1.25,
            });
        }
        // Labelled at the side where the bars are lower.
        let (x, align) = if chain.gradients()[0] < 1.0 {
            (frame.left_px + 6.0, Align::Start)
        } else {
            (frame.right_px() - 6.0, Align::End)
        };
        let band = OverlayShape::Label {
            at: (x, frame.y_px(GradientFlow::BAND) + 9.0),
            text: locale.format("chain-band", &[("band", &*locale.full(GradientFlow::BAND))]),
            role: ColorRole::Ink,
            align,
        };
        // What can move comes last.
        let mut labels = vec![chain.size_label(&frame, present, half, locale)];
        if let Some(&size) = chain.before.first() {
            let (x, y) = chain.place(&frame, 0, size);
            let at = (x - chain.half_px(&frame) + 2.0, y - 9.0);
            let text = locale.get("mark-before");
            labels.push(OverlayShape::Label {
                at,
                text,
                role: ColorRole::Muted,
                align: Align::Start,
            });
        }
        chain.write_factors(&tops, locale, &mut labels);
        labels.push(band);
        set_apart(&mut labels);
        shapes.extend(labels);
        shapes
    }
}

impl Chain {
    /// The decades shown: those of before while they suffice and are not far too many, so that bars
    /// can be compared from one setting to the next.
    pub(super) fn steady_decades(&self) -> (f64, f64) {
        let (now, needed) = (self.decades, self.decades_needed());
        // Until the pane has a size no axis has been seen.
        let suffices = self.width_px >= 1.0 && now.0 <= needed.0 && needed.1 <= now.1;
        if suffices && now.1 - now.0 < SPACIOUS * (needed.1 - needed.0) { now } else { needed }
    }

    /// The decades that show all bars, in steps of two.
    fn decades_needed(&self) -> (f64, f64) {
        let (mut low, mut high) = (-LEAST_DECADES, LEAST_DECADES);
        let all = self.gradients().iter().chain(&self.before);
        for size in all.filter(|size| size.is_finite() && **size > 0.0) {
            let decade = libm::log10(*size);
            // The number of the highest bar is above it.
            let (down, up) =
                (2.0 * f64::floor(decade / 2.0), 2.0 * f64::ceil((decade + 1.0) / 2.0));
            low = if down < low { down } else { low };
            high = if up > high { up } else { high };
        }
        // An axis is limited to the range of f64.
        (if low < -306.0 { -306.0 } else { low }, if high > 306.0 { 306.0 } else { high })
    }

    pub(super) fn frame(&self) -> Frame {
        let (left_px, top_px) = (52.0, 14.0);
        let (low, high) = self.decades;
        Frame {
            left_px,
            top_px,
            width_px: self.width_px - left_px - 14.0,
            height_px: self.height_px - top_px - 28.0,
            x: Axis::linear(0.5, self.gradients().len() as f64 + 0.5),
            y: Axis::log(libm::pow(10.0, low), libm::pow(10.0, high)),
        }
    }

    /// The top of a layer's bar.
    fn top(&self, frame: &Frame, layer: usize) -> (f64, f64) {
        self.place(frame, layer, self.gradients()[layer])
    }

    /// Where a gradient of this size at a layer is drawn.
    fn place(&self, frame: &Frame, layer: usize, size: f64) -> (f64, f64) {
        let shown = if !size.is_finite() || size > frame.y.to {
            frame.y.to
        } else if size < frame.y.from {
            frame.y.from
        } else {
            size
        };
        frame.point_px(layer as f64 + 1.0, shown)
    }

    /// Half the width of a bar: most of a layer's spacing, but not too wide.
    fn half_px(&self, frame: &Frame) -> f64 {
        let half = 0.36 * self.pitch_px(frame);
        if half > 22.0 { 22.0 } else { half }
    }

    /// The horizontal space per layer.
    fn pitch_px(&self, frame: &Frame) -> f64 {
        frame.width_px / self.gradients().len() as f64
    }

    pub(super) fn layer_at(&self, x_px: f64) -> usize {
        let layers = self.gradients().len();
        let at = f64::floor(self.frame().world(x_px, 0.0).0 - 0.5);
        if at > 0.0 { (at as usize).min(layers - 1) } else { 0 }
    }

    /// Writes the factors between the bars on the way back, where there is room.
    fn write_factors(&self, tops: &[(f64, f64)], locale: &Locale, marks: &mut Vec<OverlayShape>) {
        let first = self.gradients().len() - tops.len();
        for (index, pair) in tops.windows(2).enumerate() {
            let (a, b) = (pair[0], pair[1]);
            if b.0 - a.0 < FACTOR_PX {
                return;
            }
            let Some(factor) = self.factor(first + index) else { continue };
            let higher = if a.1 < b.1 { a.1 } else { b.1 };
            let mut text = String::from("× ");
            text.push_str(&locale.digits.significant(factor, 2));
            let at = (0.5 * (a.0 + b.0), higher - 14.0);
            marks.push(OverlayShape::Label {
                at,
                text,
                role: ColorRole::Muted,
                align: Align::Middle,
            });
        }
    }

    /// The gradient norm at a layer, above its bar and clear of the path of the backward pass.
    fn size_label(&self, frame: &Frame, layer: usize, half: f64, locale: &Locale) -> OverlayShape {
        let at = self.top(frame, layer);
        let (align, x) = if at.0 < frame.left_px + 0.5 * LABEL_PX {
            (Align::Start, at.0 - half)
        } else if at.0 > frame.right_px() - 0.5 * LABEL_PX {
            (Align::End, at.0 + half)
        } else {
            (Align::Middle, at.0)
        };
        let reach = if align == Align::Start { x + LABEL_PX } else { at.0 + 0.5 * LABEL_PX };
        let mut y = at.1;
        for other in layer..self.gradients().len() {
            let top = self.top(frame, other);
            if top.0 <= reach && top.1 < y {
                y = top.1;
            }
        }
        let text = Self::size(self.gradients()[layer], locale);
        let lift = if self.pitch_px(frame) < FACTOR_PX { 13.0 } else { 30.0 };
        let highest = frame.top_px + 4.0;
        let y = if y - lift < highest { highest } else { y - lift };
        OverlayShape::Label { at: (x, y), text, role: ColorRole::Ink, align }
    }
}
