//! The pane that shows a loss of one variable as a curve, with the marble on it.

use downhill::Iterate;

use crate::descent::descent_1d::Descent1d;
use crate::draw::{
    Align, Axis, ColorRole, Frame, OverlayShape, SUBPIXEL, Scene, Shape, between, bisect,
    draw_axes, units,
};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::annotations::{alpha_marks, gone, guess_mark, tangent};
use crate::text::locale::Locale;
use crate::text::numbers::{lowered, to_decimals};

/// Sample points of the curve.
const SAMPLES: usize = 200;

/// The number of bisections that locate an end of the curve between two samples.
const HALVINGS: u32 = 24;

/// Half the length of the tangent in CSS pixels.
const TANGENT_PX: f64 = 70.0;

/// The most steps of a trail that are shown; older dots overlap anyway.
const LONGEST_TRAIL: usize = 400;

/// The loss of a descent as a curve, with the run on it.
pub(crate) struct CurvePane<'a> {
    descent: &'a Descent1d,
    width_px: f64,
    height_px: f64,
    /// What is drawn below the run, for a figure that compares it with others.
    below: Option<Below<'a>>,
}

type Below<'a> = Box<dyn Fn(&CurvePane<'_>, &ViewState<'_>) -> Vec<OverlayShape> + 'a>;

impl PaneView for CurvePane<'_> {
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let frame = self.frame();
        let most = [frame.width_px / 60.0, frame.height_px / 44.0].map(|count| count as usize);
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        draw_axes(scene, &frame, most, &label, true);
        let bottom = units(frame.bottom_px());
        for piece in pieces(&frame, |x| self.descent.f(x)) {
            let points: Vec<(i32, i32)> =
                piece.into_iter().map(|(x_px, y_px)| (units(x_px), units(y_px))).collect();
            let mut ground = points.clone();
            ground.extend(points.last().map(|last| (last.0, bottom)));
            ground.extend(points.first().map(|first| (first.0, bottom)));
            scene.push(Shape::Polygon(ground), ColorRole::Tint1, 0.55);
            scene.push(Shape::Path(points, 2 * SUBPIXEL as u32), ColorRole::Curve, 1.0);
        }
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let mut shapes = self.below.as_ref().map_or_else(Vec::new, |below| below(self, view));
        self.run(&view.up_to(self.descent.last()), &mut shapes);
        shapes
    }

    /// The x below the point, within the view.
    fn place(&self, x_px: f64, y_px: f64) -> Place {
        let frame = self.frame();
        let (x, _) = frame.world(x_px, y_px);
        // A finger is accurate to a few hundredths of the view, not to sixteen digits.
        Place::Point { run: 0, at: vec![round_to(frame.x.nearest(x), frame.x)] }
    }

    fn cross_hair_start(&self, k: u32) -> (f64, f64) {
        let x = self.descent.iterate(k).x[0];
        let (x_px, y_px) = on_ground(&self.frame(), x, self.descent.f(x));
        (between(x_px, 0.0, self.width_px), between(y_px, 0.0, self.height_px))
    }
}

impl<'a> CurvePane<'a> {
    /// The curve of a descent alone, in a pane of this size.
    pub(crate) const fn new(descent: &'a Descent1d, (width_px, height_px): (f64, f64)) -> Self {
        Self { descent, width_px, height_px, below: None }
    }

    /// The same beside other runs on this curve, with the whole path of this one drawn faintly.
    pub(crate) fn beside(self, others: Vec<(&'a [Iterate<1>], ColorRole)>) -> Self {
        let below: Below<'_> = Box::new(move |curve, view| {
            // The path ahead would give away the prediction.
            let mut shapes = Vec::from_iter((!view.predicting).then(|| curve.path()));
            let others = others.iter();
            shapes.extend(others.map(|(iterates, role)| curve.trail(iterates, *role, view)));
            shapes
        });
        Self { below: Some(below), ..self }
    }

    fn frame(&self) -> Frame {
        let (left_px, top_px) = (46.0, 10.0);
        let view = self.descent.view();
        Frame {
            left_px,
            top_px,
            width_px: self.width_px - left_px - 12.0,
            height_px: self.height_px - top_px - 26.0,
            x: view.x,
            y: view.y,
        }
    }

    /// Draws the trail, the tangent, the step and the marble.
    fn run(&self, view: &ViewState<'_>, shapes: &mut Vec<OverlayShape>) {
        let (frame, descent) = (self.frame(), self.descent);
        // Where the loss is undefined, a point is shown on the x axis.
        let on_curve = |x: f64| on_ground(&frame, x, descent.f(x));
        let mut inside = Vec::new();
        if let Some(quadratic) = descent.quadratic().filter(|q| q.lambda_min() > 0.0) {
            shapes.extend(OverlayShape::minimizer_mark(within(on_curve(quadratic.minimizer[0]))));
        }
        let position = view.position;
        let behind = f64::floor(position) as usize;
        let iterates = descent.iterates();
        let end = view.drawn_to(iterates.len() - 1);
        let first = (end + 1).saturating_sub(LONGEST_TRAIL);
        let visited = iterates.get(first..=end).unwrap_or_default();
        // A point far outside is moved to where a canvas still draws accurately.
        let trail: Vec<(f64, f64)> =
            visited.iter().map(|iterate| within(on_curve(iterate.x[0]))).collect();
        inside.push(OverlayShape::Path {
            points: trail.clone(),
            role: ColorRole::Step,
            width: 1.2,
            dashed: true,
            opacity: 0.75,
        });
        let seen = visited.iter().zip(&trail).filter(|(iterate, _)| frame.x.contains(iterate.x[0]));
        let seen = seen.map(|(_, &point)| point).collect();
        inside.push(OverlayShape::Dots { points: seen, radius: 3.0, role: ColorRole::Step });

        let here = descent.iterate(behind as u32);
        let next = descent.iterate(behind as u32 + 1);
        let x = here.x[0] + (position - f64::floor(position)) * (next.x[0] - here.x[0]);
        let marble = within(on_curve(x));
        let resting = position == f64::floor(position);
        if resting && frame.x.contains(x) {
            if here.has_value() {
                inside.push(tangent(&frame, marble, here.gradient[0], TANGENT_PX));
            }
            // The arrow would give away the prediction.
            if !view.predicting && next.x != here.x {
                let to = within(on_curve(next.x[0]));
                inside.push(OverlayShape::Arrow {
                    from: marble,
                    to,
                    role: ColorRole::Step,
                    width: 2.2,
                });
            }
            // A step that leaves the domain ends where there is no curve.
            if let Some(x) = descent.beyond(behind).filter(|_| !view.predicting) {
                let to = within(on_curve(x));
                inside.push(OverlayShape::Arrow {
                    from: marble,
                    to,
                    role: ColorRole::Diverged,
                    width: 2.2,
                });
                let locale = view.locale;
                let value = descent.f(x);
                let text =
                    if value.is_finite() { locale.get("no-slope") } else { locale.full(value) };
                let at = (between(to.0, 60.0, self.width_px - 60.0), to.1 - 14.0);
                let align = Align::Middle;
                inside.push(OverlayShape::Label { at, text, role: ColorRole::Diverged, align });
            }
        }
        shapes.push(OverlayShape::within(&frame, inside));
        let mark = |k: usize| {
            let x = descent.iterate(k as u32).x[0];
            frame.x.contains(x).then(|| within(on_curve(x)))
        };
        let corner = (frame.right_px(), frame.bottom_px());
        let changes = descent.plan().changes;
        shapes.extend(alpha_marks(changes.list(), end, &mark, corner, view.locale));
        shapes.extend(self.guess(&frame, view));
        let nowhere = !descent.f(x).is_finite();
        if frame.contains(x, descent.f(x)) || nowhere && frame.x.contains(x) {
            shapes.push(OverlayShape::Disc {
                at: marble,
                radius: 7.0,
                fill: ColorRole::Marble,
                outline: ColorRole::Panel,
            });
            if resting {
                let mut text = format!("x{}", lowered(view.k));
                if nowhere {
                    text.push_str(": ");
                    text.push_str(&view.locale.digits.exact(f64::NAN));
                }
                let above = if marble.1 > 40.0 { -18.0 } else { 20.0 };
                let room = if nowhere { 80.0 } else { 24.0 };
                let at = (between(marble.0, room, self.width_px - room), marble.1 + above);
                shapes.push(OverlayShape::Label {
                    at,
                    text,
                    role: ColorRole::Ink,
                    align: Align::Middle,
                });
            }
        } else {
            // Of the iterate it is at or on its way to: between two of them it has no number.
            let to = descent.iterate(view.k).x[0];
            let text = format!("x{} = {}", lowered(view.k), view.locale.short(to));
            shapes.extend(gone(&frame, to > frame.x.to, text));
        }
        shapes.extend(self.cross_hair(&frame, view));
    }

    /// Another run on the same curve, up to the current iteration: its path, its iterates and its
    /// marble.
    fn trail(
        &self,
        iterates: &[Iterate<1>],
        role: ColorRole,
        view: &ViewState<'_>,
    ) -> OverlayShape {
        let frame = self.frame();
        let last = (view.k as usize).min(iterates.len() - 1);
        let end = if view.whole { iterates.len() - 1 } else { last };
        let visited = &iterates[(end + 1).saturating_sub(LONGEST_TRAIL)..=end];
        let places = visited.iter().filter(|iterate| frame.x.contains(iterate.x[0]));
        let points: Vec<(f64, f64)> =
            places.map(|iterate| within(on_ground(&frame, iterate.x[0], iterate.loss))).collect();
        let mut marks = vec![OverlayShape::Path {
            points: points.clone(),
            role,
            width: 1.0,
            dashed: false,
            opacity: 0.5,
        }];
        let marble = iterates[last];
        if frame.x.contains(marble.x[0]) {
            let at = within(on_ground(&frame, marble.x[0], marble.loss));
            marks.push(OverlayShape::Disc {
                at,
                radius: 5.5,
                fill: role,
                outline: ColorRole::Panel,
            });
        }
        marks.push(OverlayShape::Dots { points, radius: 2.4, role });
        OverlayShape::within(&frame, marks)
    }

    /// The whole path of the run, drawn faintly.
    fn path(&self) -> OverlayShape {
        let frame = self.frame();
        let iterates = self.descent.iterates();
        let first = &iterates[..iterates.len().min(LONGEST_TRAIL)];
        let pixels = |iterate: &Iterate<1>| within(on_ground(&frame, iterate.x[0], iterate.loss));
        let path = OverlayShape::Path {
            points: first.iter().map(pixels).collect(),
            role: ColorRole::Step,
            width: 1.2,
            dashed: false,
            opacity: 0.3,
        };
        let seen = first.iter().filter(|iterate| frame.x.contains(iterate.x[0]));
        let dots = OverlayShape::Dots {
            points: seen.map(pixels).collect(),
            radius: 1.6,
            role: ColorRole::Step,
        };
        OverlayShape::within(&frame, vec![path, dots])
    }

    fn guess(&self, frame: &Frame, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let guess = view.guess.or(view.verdict.map(|verdict| &verdict.guess));
        let Some(&x) = guess.and_then(|guess| guess.at.first()) else { return Vec::new() };
        let at = on_ground(frame, x, self.descent.f(x));
        vec![
            OverlayShape::Path {
                points: vec![(at.0, frame.top_px), (at.0, frame.bottom_px())],
                role: ColorRole::Guess,
                width: 1.2,
                dashed: true,
                opacity: 1.0,
            },
            guess_mark(at),
        ]
    }

    fn cross_hair(&self, frame: &Frame, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Some((_, (x_px, y_px))) = view.cursor.filter(|(pane, _)| *pane == 0) else {
            return Vec::new();
        };
        let (x, _) = frame.world(x_px, y_px);
        if !frame.x.contains(x) {
            return Vec::new();
        }
        let f = self.descent.f(x);
        let at = on_ground(frame, x, f);
        let locale = view.locale;
        let key = if f.is_finite() { "hover-curve" } else { "hover-curve-none" };
        let text = locale.format(key, &[("x", &*locale.short(x)), ("f", &*locale.short(f))]);
        let align = if at.0 > self.width_px / 2.0 { Align::End } else { Align::Start };
        let aside = if align == Align::End { -10.0 } else { 10.0 };
        let label = ((at.0 + aside), if at.1 < 24.0 { at.1 + 16.0 } else { at.1 - 6.0 });
        let line = vec![(at.0, frame.bottom_px()), at];
        vec![
            OverlayShape::Path {
                points: line,
                role: ColorRole::Muted,
                width: 1.0,
                dashed: true,
                opacity: 1.0,
            },
            OverlayShape::Disc { at, radius: 4.0, fill: ColorRole::Panel, outline: ColorRole::Ink },
            OverlayShape::Label { at: label, text, role: ColorRole::Muted, align },
        ]
    }
}

/// Rounds a value to a thousandth of the axis's decade: what was pointed at, in few digits.
pub(crate) fn round_to(value: f64, axis: Axis) -> f64 {
    to_decimals(value, 3.0 - f64::floor(libm::log10(axis.to - axis.from)))
}

/// Where a point is drawn: on the curve, or on the x axis if the loss is undefined there.
fn on_ground(frame: &Frame, x: f64, f: f64) -> (f64, f64) {
    let (x_px, y_px) = frame.point_px(x, f);
    (x_px, if f.is_finite() { y_px } else { frame.bottom_px() })
}

/// The curve in pixels, in pieces: it is broken where the loss is undefined, where it leaves the
/// pane, and at a pole, where it goes up on one side and comes from below on the other.
fn pieces(frame: &Frame, f: impl Fn(f64) -> f64) -> Vec<Vec<(f64, f64)>> {
    let (top, bottom) = (0.0, frame.bottom_px());
    let shown = |y_px: f64| y_px >= top && y_px <= bottom;
    let sample = |i: f64| {
        let x = frame.x.from + (frame.x.to - frame.x.from) * i / SAMPLES as f64;
        frame.point_px(x, f(x))
    };
    let mut all = Vec::new();
    let mut piece: Vec<(f64, f64)> = Vec::new();
    let mut before = (0.0, f64::NAN);
    for i in 0..=SAMPLES {
        let here = sample(i as f64);
        // The end of the curve is between two samples.
        let edge = |inner: f64, outer: f64| {
            sample(bisect(inner, outer, HALVINGS, &|at| shown(sample(at).1)))
        };
        let (was, is) = (shown(before.1), shown(here.1));
        let index = i as f64;
        if is && !was && i > 0 {
            piece.push(edge(index, index - 1.0));
        } else if was && !is {
            piece.push(edge(index - 1.0, index));
        }
        if is {
            piece.push(here);
        } else if !piece.is_empty() {
            all.push(std::mem::take(&mut piece));
        }
        before = here;
    }
    all.extend((!piece.is_empty()).then_some(piece));
    all
}

/// Clamps a pixel position to what a canvas can draw.
pub(crate) fn within((x_px, y_px): (f64, f64)) -> (f64, f64) {
    let bound = |value: f64| if value.is_nan() { 0.0 } else { value.clamp(-20_000.0, 20_000.0) };
    (bound(x_px), bound(y_px))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame() -> Frame {
        Frame {
            left_px: 0.0,
            top_px: 10.0,
            width_px: 200.0,
            height_px: 90.0,
            x: Axis::linear(-2.0, 2.0),
            y: Axis::linear(-3.0, 3.0),
        }
    }

    #[test]
    fn a_curve_ends_where_the_loss_has_no_value() {
        let frame = frame();
        let [root] = &pieces(&frame, f64::sqrt)[..] else { panic!("one piece") };
        let (x, y) = frame.world(root[0].0, root[0].1);
        assert!(x.abs() < 1e-5 && y.abs() < 1e-2, "{x} {y}");
        assert!(pieces(&frame, |_| f64::NAN).is_empty());
        assert_eq!(pieces(&frame, |x| x).len(), 1);
        let gap = pieces(&frame, |x| (x * x - 1.0).sqrt());
        assert_eq!(gap.len(), 2, "nothing joins the two sides of a hole");
    }

    #[test]
    fn a_pole_splits_the_curve_and_nothing_is_drawn_outside_the_pane() {
        let frame = frame();
        let pole = pieces(&frame, |x| 1.0 / x);
        assert_eq!(pole.len(), 2);
        for &(_, y_px) in pole.iter().flatten() {
            assert!((0.0..=frame.bottom_px()).contains(&y_px), "{y_px}");
        }
    }
}
