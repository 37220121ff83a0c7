//! The shapes of a pane's overlay.

use super::frame::Frame;
use super::palette::ColorRole;

/// The horizontal alignment of a text at its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// One shape of the overlay. All positions and sizes are CSS pixels of the pane.
#[derive(Clone, Debug, PartialEq)]
pub enum OverlayShape {
    /// A filled disc with an outline that sets it off from its background.
    Disc {
        /// The centre.
        at: (f64, f64),
        /// The radius.
        radius: f64,
        /// The colour inside.
        fill: ColorRole,
        /// The colour of the outline.
        outline: ColorRole,
    },
    /// An open line through points.
    Path {
        /// The points, in order.
        points: Vec<(f64, f64)>,
        /// The colour.
        role: ColorRole,
        /// The line's width.
        width: f64,
        /// Whether the line is dotted.
        dashed: bool,
        /// The opacity, from 0 to 1.
        opacity: f64,
    },
    /// Small discs of equal size.
    Dots {
        /// The centres.
        points: Vec<(f64, f64)>,
        /// The radius of each.
        radius: f64,
        /// The colour.
        role: ColorRole,
    },
    /// A line with an arrowhead at its end.
    Arrow {
        /// The tail.
        from: (f64, f64),
        /// The tip of the head.
        to: (f64, f64),
        /// The colour.
        role: ColorRole,
        /// The shaft's width.
        width: f64,
    },
    /// Shapes clipped to a rectangle.
    Window {
        /// The rectangle's upper left corner.
        corner: (f64, f64),
        /// Its width and height.
        size: (f64, f64),
        /// The shapes.
        marks: Vec<Self>,
    },
    /// A short text with a halo in the background colour.
    Label {
        /// The position of the text; its vertical centre is at the point.
        at: (f64, f64),
        /// The text.
        text: String,
        /// The colour.
        role: ColorRole,
        /// The alignment of the text.
        align: Align,
    },
}

impl OverlayShape {
    /// Clips these shapes to a frame.
    pub(crate) const fn within(frame: &Frame, marks: Vec<Self>) -> Self {
        let corner = (frame.left_px, frame.top_px);
        Self::Window { corner, size: (frame.width_px, frame.height_px), marks }
    }

    /// The triangle that marks a minimizer.
    #[must_use]
    pub fn minimizer_mark(at: (f64, f64)) -> [Self; 2] {
        let (x, y) = at;
        let outline = vec![
            (x - 6.0, y + 4.0),
            (x, y - 7.0),
            (x + 6.0, y + 4.0),
            (x - 6.0, y + 4.0),
            (x, y - 7.0),
        ];
        [
            Self::Path {
                points: outline,
                role: ColorRole::Ink,
                width: 1.5,
                dashed: false,
                opacity: 1.0,
            },
            Self::Dots { points: vec![at], radius: 1.5, role: ColorRole::Ink },
        ]
    }

    /// The three corners of an arrowhead at `to`; `None` for an arrow of length zero.
    #[must_use]
    pub fn arrow_head(from: (f64, f64), to: (f64, f64), width: f64) -> Option<[(f64, f64); 3]> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt();
        if length < 1.0 {
            return None;
        }
        let (ux, uy) = (dx / length, dy / length);
        let full = 4.0 + 2.5 * width;
        let size = if full < length { full } else { length };
        let (bx, by) = (to.0 - size * ux, to.1 - size * uy);
        let half = size * 0.5;
        Some([to, (bx - half * uy, by + half * ux), (bx + half * uy, by - half * ux)])
    }
}
