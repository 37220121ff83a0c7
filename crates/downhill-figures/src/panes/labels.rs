//! Places labels beside their points so that none covers another.

use downhill::sorting::{FEW, sort_by_key};

use crate::draw::{Align, ColorRole, OverlayShape};

/// The smallest distance between the centres of two lines in CSS pixels.
const APART_PX: f64 = 14.0;

/// The approximate width of a letter in CSS pixels.
pub(crate) const LETTER_PX: f64 = 8.0;

/// Where a label lies: its left and right ends, and its height.
fn extent(label: &OverlayShape) -> Option<(f64, f64, f64)> {
    let OverlayShape::Label { at, text, align, .. } = label else { return None };
    let width = LETTER_PX * text.chars().count() as f64;
    let left = match align {
        Align::Start => at.0,
        Align::Middle => at.0 - width / 2.0,
        Align::End => at.0 - width,
    };
    Some((left, left + width, at.1))
}

fn meet(a: (f64, f64, f64), b: (f64, f64, f64)) -> bool {
    a.0 < b.1 && b.0 < a.1 && (a.2 - b.2).abs() < APART_PX
}

/// Adds the first of these labels that overlaps none that is there; none if all do.
pub(crate) fn push_apart(shapes: &mut Vec<OverlayShape>, places: Vec<OverlayShape>) {
    let taken: Vec<_> = shapes.iter().filter_map(extent).collect();
    let free = |label: &OverlayShape| {
        extent(label).is_some_and(|here| !taken.iter().any(|other| meet(*other, here)))
    };
    shapes.extend(places.into_iter().find(free));
}

/// Moves labels that would overlap below each other.
pub(crate) fn set_apart(shapes: &mut [OverlayShape]) {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for shape in shapes {
        let Some(mut here) = extent(shape) else { continue };
        while taken.iter().any(|other| meet(*other, here)) {
            here.2 += APART_PX;
        }
        if let OverlayShape::Label { at, .. } = shape {
            at.1 = here.2;
        }
        taken.push(here);
    }
}

/// Places labels to the right of their points, or to the left near the right border (the corner's
/// first coordinate); labels that would overlap are moved down, and up again from the corner's lower
/// border, so that none is left out.
pub(crate) fn beside(
    mut places: Vec<((f64, f64), String, ColorRole)>,
    (right_px, bottom_px): (f64, f64),
) -> Vec<OverlayShape> {
    // From the top down.
    sort_by_key(&mut places, FEW, |place| place.0.1);
    let mut lines: Vec<Line> =
        places.into_iter().map(|place| Line::beside(place, right_px)).collect();
    for line in 1..lines.len() {
        for above in 0..line {
            let least = lines[above].y + APART_PX;
            if lines[above].meets(&lines[line]) && lines[line].y < least {
                lines[line].y = least;
            }
        }
    }
    for line in (0..lines.len()).rev() {
        let mut most = bottom_px - APART_PX / 2.0;
        for below in line + 1..lines.len() {
            let limit = lines[below].y - APART_PX;
            if lines[below].meets(&lines[line]) && limit < most {
                most = limit;
            }
        }
        if lines[line].y > most {
            lines[line].y = most;
        }
    }
    lines.into_iter().map(Line::label).collect()
}

/// A label in its place across, and for now in that down.
struct Line {
    left: f64,
    right: f64,
    y: f64,
    align: Align,
    text: String,
    role: ColorRole,
}

impl Line {
    fn beside(((x, y), text, role): ((f64, f64), String, ColorRole), right_px: f64) -> Self {
        let width = LETTER_PX * text.chars().count() as f64;
        let align = if x + width + 12.0 > right_px { Align::End } else { Align::Start };
        let left = if align == Align::End { x - 10.0 - width } else { x + 10.0 };
        // Where neither side has room, the label lies over its point.
        let left = if left < 2.0 { 2.0 } else { left };
        Self { left, right: left + width, y, align, text, role }
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right
    }

    fn label(self) -> OverlayShape {
        let Self { left, right, y, align, text, role } = self;
        let x = if align == Align::End { right } else { left };
        OverlayShape::Label { at: (x, y), text, role, align }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_one_place_are_set_apart() {
        let label = |text: &str, x: f64| OverlayShape::Label {
            at: (x, 20.0),
            text: text.to_owned(),
            role: ColorRole::Ink,
            align: Align::Start,
        };
        let mut labels = [label("Adam left", 50.0), label("Nadam left", 52.0), label("1", 300.0)];
        set_apart(&mut labels);
        let heights = labels.map(|label| match label {
            OverlayShape::Label { at, .. } => at.1,
            _ => 0.0,
        });
        assert_eq!(heights, [20.0, 34.0, 20.0]);
    }

    /// The lowest line of a chart of losses is the one that leads.
    #[test]
    fn no_label_is_left_out_at_the_lower_border() {
        let places = (0..4_u32).map(|i| {
            let y = 90.0 + f64::from(i);
            ((40.0, y), format!("Rule {i}"), ColorRole::Ink)
        });
        let heights: Vec<f64> = beside(places.collect(), (300.0, 100.0))
            .into_iter()
            .map(|label| match label {
                OverlayShape::Label { at, .. } => at.1,
                _ => f64::NAN,
            })
            .collect();
        assert_eq!(heights, [51.0, 65.0, 79.0, 93.0]);
    }

    #[test]
    fn labels_on_both_sides_of_their_points_are_set_apart() {
        let place = |x, text: &str| ((x, 80.0), text.to_owned(), ColorRole::Ink);
        let labels = beside(
            vec![place(60.0, "one of them"), place(250.0, "and another one")],
            (300.0, 100.0),
        );
        let [OverlayShape::Label { at: one, .. }, OverlayShape::Label { at: other, .. }] =
            &labels[..]
        else {
            panic!("{labels:?}")
        };
        assert!((one.1 - other.1).abs() >= APART_PX, "{labels:?}");
    }

    #[test]
    fn labels_that_meet_from_both_sides_are_set_apart() {
        let label = |x, y, align| OverlayShape::Label {
            at: (x, y),
            text: "twelve chars".to_owned(),
            role: ColorRole::Ink,
            align,
        };
        let mut labels = [label(180.0, 20.0, Align::End), label(20.0, 26.0, Align::Start)];
        set_apart(&mut labels);
        assert!(matches!(&labels[1], OverlayShape::Label { at: (_, y), .. } if *y == 40.0));
    }
}
