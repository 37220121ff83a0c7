//! What moves: plain shapes in CSS pixels of a pane.

use super::color_role::ColorRole;
use super::frame::Frame;

/// Where a text stands from its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The text begins at the point.
    Start,
    /// The text is centred on the point.
    Middle,
    /// The text ends at the point.
    End,
}

/// One shape of the moving layer. All positions and sizes are CSS pixels of the pane.
#[derive(Clone, Debug, PartialEq)]
pub enum OverlayShape {
    /// A filled disc with an outline that sets it off from its ground.
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
        /// From 0, invisible, to 1.
        opacity: f64,
    },
    /// Small discs of one size.
    Dots {
        /// The centres.
        points: Vec<(f64, f64)>,
        /// The radius of each.
        radius: f64,
        /// The colour.
        role: ColorRole,
    },
    /// A line with a head at its end.
    Arrow {
        /// The tail.
        from: (f64, f64),
        /// The head's tip.
        to: (f64, f64),
        /// The colour.
        role: ColorRole,
        /// The shaft's width.
        width: f64,
    },
    /// Marks of which only what lies in a rectangle is seen.
    Window {
        /// The rectangle's upper left corner.
        corner: (f64, f64),
        /// Its width and height.
        size: (f64, f64),
        /// The marks.
        marks: Vec<Self>,
    },
    /// A word or two, set off from the ground by a halo of paper.
    Label {
        /// Where the text stands; its middle line runs through the point.
        at: (f64, f64),
        /// The words.
        text: String,
        /// The colour.
        role: ColorRole,
        /// Where the text stands from its point.
        align: Align,
    },
}

impl OverlayShape {
    /// These marks, cut off at the border of a frame.
    pub(crate) const fn within(frame: &Frame, marks: Vec<Self>) -> Self {
        let corner = (frame.left_px, frame.top_px);
        Self::Window { corner, size: (frame.width_px, frame.height_px), marks }
    }

    /// The triangle of a survey mark, for a minimizer.
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

    /// The three corners of an arrow's head at `to`, or none where the arrow has no length.
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
