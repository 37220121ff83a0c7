//! Overlay shapes shared by several panes: a guess, a tangent, a cross-hair, and a marble that has
//! left the view.

use crate::draw::{Align, ColorRole, Frame, OverlayShape};
use crate::panes::labels::beside;
use crate::text::locale::Locale;

/// The reader's guess.
pub(crate) const fn guess_mark(at: (f64, f64)) -> OverlayShape {
    OverlayShape::Disc { at, radius: 6.0, fill: ColorRole::Panel, outline: ColorRole::Guess }
}

/// The tangent through a point of a curve, `half_px` to each side; vertical for a slope that is not
/// finite.
pub(crate) fn tangent(frame: &Frame, at: (f64, f64), slope: f64, half_px: f64) -> OverlayShape {
    let dx = frame.width_px / (frame.x.to - frame.x.from);
    let dy = -slope * frame.height_px / (frame.y.to - frame.y.from);
    let length = (dx * dx + dy * dy).sqrt();
    let (ux, uy) = if length.is_finite() {
        (half_px * dx / length, half_px * dy / length)
    } else {
        (0.0, -half_px * slope.signum())
    };
    let points = vec![(at.0 - ux, at.1 - uy), (at.0 + ux, at.1 + uy)];
    OverlayShape::Path {
        points,
        role: ColorRole::Gradient,
        width: 2.0,
        dashed: false,
        opacity: 1.0,
    }
}

/// A marble that has left the view: an arrow at the edge where it went, with a label.
pub(crate) fn gone(frame: &Frame, right: bool, text: String) -> [OverlayShape; 2] {
    let (edge, inward, align) = if right {
        (frame.right_px(), -1.0, Align::End)
    } else {
        (frame.left_px, 1.0, Align::Start)
    };
    let y_px = frame.top_px + 22.0;
    let role = ColorRole::Diverged;
    [
        OverlayShape::Arrow {
            from: (edge + 40.0 * inward, y_px),
            to: (edge + 6.0 * inward, y_px),
            role,
            width: 3.0,
        },
        OverlayShape::Label { at: (edge + 48.0 * inward, y_px), text, role, align },
    ]
}

/// Where α changed on the way, up to iterate `end`: a ring with the new α at each `place`, which is
/// `None` outside the view.
pub(crate) fn alpha_marks(
    changes: &[(u32, f64)],
    end: usize,
    place: &dyn Fn(usize) -> Option<(f64, f64)>,
    corner: (f64, f64),
    locale: &Locale,
) -> Vec<OverlayShape> {
    let (mut marks, mut places) = (Vec::new(), Vec::new());
    for &(k, alpha) in changes {
        let Some(at) = Some(k as usize).filter(|k| *k <= end).and_then(place) else { continue };
        let (fill, outline) = (ColorRole::Panel, ColorRole::Ink);
        marks.push(OverlayShape::Disc { at, radius: 5.0, fill, outline });
        places.push((
            at,
            locale.format("mark-alpha", &[("alpha", &*locale.short(alpha))]),
            outline,
        ));
    }
    marks.extend(beside(places, corner));
    marks
}

/// A cross-hair.
pub(crate) fn cross_hair((x, y): (f64, f64)) -> [OverlayShape; 2] {
    [((x - 9.0, y), (x + 9.0, y)), ((x, y - 9.0), (x, y + 9.0))].map(|(from, to)| {
        OverlayShape::Path {
            points: vec![from, to],
            role: ColorRole::Ink,
            width: 1.0,
            dashed: false,
            opacity: 0.6,
        }
    })
}

/// The label of a cross-hair, placed towards the middle of the pane.
pub(crate) fn beside_cross_hair((x, y): (f64, f64), middle_px: f64, text: String) -> OverlayShape {
    let (aside, align) = if x > middle_px { (-12.0, Align::End) } else { (12.0, Align::Start) };
    let at = (x + aside, if y < 30.0 { y + 16.0 } else { y - 12.0 });
    OverlayShape::Label { at, text, role: ColorRole::Ink, align }
}
