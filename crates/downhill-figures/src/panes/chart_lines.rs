//! Lines across a chart over the steps: at the shown step, under the pointer, and where α changed.

use crate::draw::{Align, ColorRole, Frame, OverlayShape, between};
use crate::panes::labels::beside;
use crate::text::locale::Locale;

/// A point with the label beside it.
pub(crate) type Labelled = ((f64, f64), String, ColorRole);

/// A line from the lower to the upper edge.
fn upright(frame: &Frame, x_px: f64, role: ColorRole, dashed: bool) -> OverlayShape {
    let opacity = if role == ColorRole::Ink { 0.6 } else { 1.0 };
    let width = if dashed { 1.0 } else { 1.2 };
    let points = vec![(x_px, frame.top_px), (x_px, frame.bottom_px())];
    OverlayShape::Path { points, role, width, dashed, opacity }
}

/// The line at the shown step.
pub(crate) fn at_shown_step(frame: &Frame, x_px: f64) -> OverlayShape {
    upright(frame, x_px, ColorRole::Muted, true)
}

/// The line under the pointer: a dot on each curve with its value, and the step at the lower edge.
pub(crate) fn at_pointer(
    frame: &Frame,
    x_px: f64,
    values: Vec<Labelled>,
    step: String,
) -> Vec<OverlayShape> {
    let mut shapes = vec![upright(frame, x_px, ColorRole::Ink, true)];
    shapes.extend(values.iter().map(|&(at, _, outline)| OverlayShape::Disc {
        at,
        radius: 3.5,
        fill: ColorRole::Panel,
        outline,
    }));
    shapes.extend(beside(values, (frame.right_px(), frame.bottom_px())));
    let x = between(x_px, frame.left_px + 24.0, frame.right_px() - 24.0);
    shapes.push(OverlayShape::Label {
        at: (x, frame.bottom_px() - 9.0),
        text: step,
        role: ColorRole::Ink,
        align: Align::Middle,
    });
    shapes
}

/// Lines where α changed, each at the place of its step, and the new values at this height.
pub(crate) fn at_changes(
    frame: &Frame,
    changes: &[(u32, f64)],
    place: &dyn Fn(f64) -> f64,
    y_px: f64,
    locale: &Locale,
) -> [Vec<OverlayShape>; 2] {
    let (mut lines, mut places) = (Vec::new(), Vec::new());
    for &(k, alpha) in changes {
        let x = frame.x_px(place(f64::from(k)));
        if x > frame.right_px() {
            continue;
        }
        lines.push(upright(frame, x, ColorRole::Ink, false));
        let text = locale.format("mark-alpha", &[("alpha", &*locale.short(alpha))]);
        places.push(((x, y_px), text, ColorRole::Ink));
    }
    [lines, beside(places, (frame.right_px(), frame.bottom_px()))]
}
