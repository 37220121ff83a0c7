//! Places labels beside their points so that none covers another.

use crate::draw::{Align, ColorRole, OverlayShape};

/// The smallest distance between the centres of two lines in CSS pixels.
const APART_PX: f64 = 14.0;

/// The approximate width of a letter in CSS pixels.
const LETTER_PX: f64 = 8.0;

/// Moves labels that would overlap below each other.
pub(crate) fn set_apart(shapes: &mut [OverlayShape]) {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for shape in shapes {
        if let OverlayShape::Label { at, text, align, .. } = shape {
            let width = LETTER_PX * text.chars().count() as f64;
            let left = match align {
                Align::Start => at.0,
                Align::Middle => at.0 - width / 2.0,
                Align::End => at.0 - width,
            };
            let right = left + width;
            while taken.iter().any(|(other_left, other_right, y)| {
                left < *other_right && *other_left < right && (y - at.1).abs() < APART_PX
            }) {
                at.1 += APART_PX;
            }
            taken.push((left, right, at.1));
        }
    }
}

/// Places labels to the right of their points, or to the left near the right border (the corner's
/// first coordinate); labels that would overlap are moved down, but not below the corner.
pub(crate) fn beside(
    mut places: Vec<((f64, f64), String, ColorRole)>,
    (right_px, bottom_px): (f64, f64),
) -> Vec<OverlayShape> {
    let mut marks = Vec::new();
    let mut taken: Vec<(f64, f64)> = Vec::new();
    // From the top down.
    while let Some(next) =
        (0..places.len()).min_by(|a, b| places[*a].0.1.total_cmp(&places[*b].0.1))
    {
        let ((x, y), text, role) = places.remove(next);
        let width = LETTER_PX * text.chars().count() as f64;
        let align = if x + width + 12.0 > right_px { Align::End } else { Align::Start };
        let left = if align == Align::End { x - 10.0 - width } else { x + 10.0 };
        let mut at = y;
        for &(other_left, other) in &taken {
            if (other_left - left).abs() < 90.0 && at < other + APART_PX {
                at = other + APART_PX;
            }
        }
        taken.push((left, at));
        let x = if align == Align::End { x - 10.0 } else { x + 10.0 };
        if at < bottom_px {
            marks.push(OverlayShape::Label { at: (x, at), text, role, align });
        }
    }
    marks
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
