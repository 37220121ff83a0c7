//! A contour map of a loss of two variables, with marbles and their trails.

use downhill::{Iterate, NamedLoss};

use crate::draw::{
    Align, Axis, ColorRole, ContourMap, Frame, OverlayShape, Scene, WHOLE, between, draw_axes,
    draw_lines, draw_map,
};
use crate::framework::view_state::ViewState;
use crate::panes::annotations::{alpha_marks, beside_cross_hair, cross_hair, guess_mark};
use crate::panes::color_range::ColorRange;
use crate::panes::curve::{round_to, within};
use crate::panes::labels::LETTER_PX;
use crate::text::locale::Locale;

/// The most iterates of a trail that are drawn as dots.
const MOST_DOTS: usize = 600;

/// The margin for tick labels in CSS pixels.
const LEFT_PX: f64 = 34.0;
const BOTTOM_PX: f64 = 24.0;

/// The margin on the other sides.
const EDGE_PX: f64 = 8.0;

/// The view of a typed formula.
const USUAL_VIEW: [[f64; 2]; 2] = [[-5.0, 5.0]; 2];

/// The view of a loss: its landscape's own, if it has one.
pub(crate) fn view_of(loss: &NamedLoss<2>) -> [[f64; 2]; 2] {
    loss.landscape().map_or(USUAL_VIEW, |landscape| landscape.view)
}

/// A map in its pane.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContourPane {
    width_px: f64,
    height_px: f64,
    /// The range of each coordinate.
    pub(crate) view: [[f64; 2]; 2],
    /// The range of losses covered by the colours.
    bulk: ColorRange,
}

/// A run as shown on a map.
pub(crate) struct Walk<'a> {
    /// The index of the run.
    pub(crate) run: usize,
    /// Its iterates; never empty.
    pub(crate) iterates: &'a [Iterate<2>],
    /// Its colour.
    pub(crate) role: ColorRole,
    /// Whether it diverges, so that its trail is not drawn beyond where it leaves the map.
    pub(crate) runs_away: bool,
    /// Its name, where several runs may leave the map; else empty.
    pub(crate) name: &'a str,
    /// Whether it is one of many and drawn faintly behind the selected one.
    pub(crate) faint: bool,
    /// Whether it is the second run of a rule, told from the first of the same colour by a dashed
    /// trail and a hollow marble.
    pub(crate) second: bool,
}

impl ContourPane {
    /// A map of this part of the plane, in a pane whose size is still unknown.
    pub(crate) const fn new(view: [[f64; 2]; 2]) -> Self {
        let bulk = ColorRange { bounds: WHOLE, holes: false };
        Self { width_px: 0.0, height_px: 0.0, view, bulk }
    }

    pub(crate) fn resize(&mut self, width_px: f64, height_px: f64) {
        (self.width_px, self.height_px) = (width_px, height_px);
    }

    /// Height divided by width of the map within its axes, if the pane has a size.
    pub(crate) fn ratio(&self) -> Option<f64> {
        let Frame { width_px, height_px, .. } = self.frame();
        (width_px >= 1.0 && height_px >= 1.0).then(|| height_px / width_px)
    }

    pub(crate) fn frame(&self) -> Frame {
        let [x, y] = self.view;
        Frame {
            left_px: LEFT_PX,
            top_px: EDGE_PX,
            width_px: self.width_px - LEFT_PX - EDGE_PX,
            height_px: self.height_px - EDGE_PX - BOTTOM_PX,
            x: Axis::linear(x[0], x[1]),
            y: Axis::linear(y[0], y[1]),
        }
    }

    /// Samples a loss before it is drawn for the first time.
    pub(crate) fn sample(&mut self, f: &dyn Fn(f64, f64) -> f64) {
        self.bulk = ColorRange::of(self.view, f);
    }

    /// The parts of the loss that the map does not show as they are, in words.
    pub(crate) fn caveat(&self, locale: &Locale) -> String {
        let mut text = String::new();
        if self.bulk.cuts() {
            let (low, high) = (locale.short(self.bulk.bounds.0), locale.short(self.bulk.bounds.1));
            text = locale.format("map-cut", &[("low", &*low), ("high", &*high)]);
        }
        if self.bulk.holes {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(&locale.get("map-holes"));
        }
        text
    }

    /// Draws colour bands, contours and axes.
    ///
    /// The page's module is cut here: see `crates/xtask/src/dist/split.rs`.
    #[inline(never)]
    pub(crate) fn still(&self, scene: &mut Scene, f: &dyn Fn(f64, f64) -> f64, locale: &Locale) {
        let frame = self.frame();
        draw_map(scene, &frame, &ContourMap::new(&frame, self.bulk.bounds, f));
        self.axes(scene, locale);
    }

    /// Draws contours and axes, leaving the colours to a raster below.
    pub(crate) fn lines(&self, scene: &mut Scene, f: &dyn Fn(f64, f64) -> f64, locale: &Locale) {
        let frame = self.frame();
        draw_lines(scene, &frame, &ContourMap::new(&frame, self.bulk.bounds, f));
        self.axes(scene, locale);
    }

    /// Draws only the axes.
    pub(crate) fn axes(&self, scene: &mut Scene, locale: &Locale) {
        let frame = self.frame();
        let most = [frame.width_px / 48.0, frame.height_px / 36.0].map(|count| count as usize);
        let label = |value: f64, decimals: usize| locale.digits.fixed(value, decimals);
        draw_axes(scene, &frame, most, &label, false);
    }

    /// The trail of a run up to the current position, the reader's guess and the marble.
    pub(crate) fn walk(&self, walk: &Walk<'_>, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let frame = self.frame();
        let pixel = |at: [f64; 2]| within(frame.point_px(at[0], at[1]));
        let iterates = walk.iterates;
        let last = iterates.len() - 1;
        let position = between(view.position, 0.0, last as f64);
        let behind = f64::floor(position) as usize;
        let share = position - f64::floor(position);
        let (here, next) = (iterates[behind].x, iterates[(behind + 1).min(last)].x);
        let marble: [f64; 2] = std::array::from_fn(|i| here[i] + share * (next[i] - here[i]));

        // A diverging run is drawn up to where it leaves.
        let drawn = view.drawn_to(last);
        let end = if walk.runs_away { drawn.min(out_since(&frame, iterates)) } else { drawn };
        let visited = &iterates[..=end];
        let mut trail: Vec<(f64, f64)> = visited.iter().map(|iterate| pixel(iterate.x)).collect();
        let dots = trail[trail.len().saturating_sub(MOST_DOTS)..].to_vec();
        if visited.len() == behind + 1 {
            trail.push(pixel(marble));
        }
        let line = |points, role, width, dashed, opacity| OverlayShape::Path {
            points,
            role,
            width,
            dashed,
            opacity,
        };
        let width = match walk {
            Walk { second: true, .. } => 2.0,
            Walk { faint: true, .. } => 1.0,
            _ => 1.4,
        };
        let mut inside = vec![
            // A halo separates the trail from contours of a similar colour.
            line(trail.clone(), ColorRole::Panel, 4.0, false, 0.6),
            line(trail, walk.role, width, walk.second, if walk.second { 1.0 } else { 0.7 }),
        ];
        // Dots close together would fill the gaps between dashes.
        if !walk.second {
            inside.push(OverlayShape::Dots {
                points: dots,
                radius: if walk.faint { 1.3 } else { 2.2 },
                role: walk.role,
            });
        }
        let mut marks = vec![OverlayShape::within(&frame, inside)];
        marks.extend(guess(&frame, walk.run, view));
        let at = pixel(marble);
        if frame.contains(marble[0], marble[1]) {
            let radius = if walk.faint { 4.0 } else { 6.5 };
            let (fill, outline) = if walk.second {
                (ColorRole::Panel, walk.role)
            } else {
                (walk.role, ColorRole::Panel)
            };
            marks.push(OverlayShape::Disc { at, radius, fill, outline });
        } else if !walk.faint || !walk.name.is_empty() {
            let k = out_since(&frame, &iterates[..=behind]);
            let way = [k.saturating_sub(1), k].map(|k| pixel(iterates[k].x));
            marks.extend(gone(&frame, way, (walk.name, k, walk.role), view.locale));
        }
        marks
    }

    /// Where α changed on a run, as far as it is drawn.
    pub(crate) fn alpha_marks(
        &self,
        changes: &[(u32, f64)],
        iterates: &[Iterate<2>],
        view: &ViewState<'_>,
    ) -> Vec<OverlayShape> {
        let frame = self.frame();
        let place = |k: usize| {
            let [x, y] = iterates[k].x;
            frame.contains(x, y).then(|| frame.point_px(x, y))
        };
        let end = view.drawn_to(iterates.len() - 1);
        let corner = (frame.right_px(), frame.bottom_px());
        alpha_marks(changes, end, &place, corner, view.locale)
    }

    /// Minimizer marks at these points.
    pub(crate) fn minimizer_marks(&self, places: &[[f64; 2]]) -> Vec<OverlayShape> {
        let frame = self.frame();
        let seen = places.iter().filter(|at| frame.contains(at[0], at[1]));
        seen.flat_map(|at| OverlayShape::minimizer_mark(frame.point_px(at[0], at[1]))).collect()
    }

    /// The cross-hair, with coordinates, and the loss if `f` is given.
    pub(crate) fn cross_hair(
        &self,
        (x_px, y_px): (f64, f64),
        f: Option<&dyn Fn(f64, f64) -> f64>,
        locale: &Locale,
    ) -> Vec<OverlayShape> {
        let frame = self.frame();
        let (x, y) = frame.world(x_px, y_px);
        if !frame.contains(x, y) {
            return Vec::new();
        }
        let mut marks = cross_hair((x_px, y_px)).to_vec();
        if let Some(f) = f {
            let text = hover_words([x, y], f(x, y), locale);
            marks.push(beside_cross_hair((x_px, y_px), self.width_px / 2.0, text));
        }
        marks
    }

    /// The world point under a point of the pane, clamped to the view.
    pub(crate) fn world(&self, x_px: f64, y_px: f64) -> [f64; 2] {
        let frame = self.frame();
        let (x, y) = frame.world(x_px, y_px);
        let inside = |value: f64, axis: Axis| round_to(axis.nearest(value), axis);
        [inside(x, frame.x), inside(y, frame.y)]
    }

    /// Where a point is drawn, clamped to the pane.
    pub(crate) fn place_of(&self, at: [f64; 2]) -> (f64, f64) {
        let (x_px, y_px) = self.frame().point_px(at[0], at[1]);
        (between(x_px, 0.0, self.width_px), between(y_px, 0.0, self.height_px))
    }
}

/// A point with the loss there, or that it is undefined.
pub(crate) fn hover_words([x, y]: [f64; 2], f: f64, locale: &Locale) -> String {
    let key = if f.is_finite() { "hover-map" } else { "hover-map-none" };
    let (x, y, f) = (locale.short(x), locale.short(y), locale.short(f));
    locale.format(key, &[("x", &*x), ("y", &*y), ("f", &*f)])
}

/// Since which of these iterates the walk has been out of the frame.
fn out_since(frame: &Frame, iterates: &[Iterate<2>]) -> usize {
    let inside = |iterate: &Iterate<2>| frame.contains(iterate.x[0], iterate.x[1]);
    let since = iterates.iter().rposition(inside).map_or(0, |last| last + 1);
    since.min(iterates.len() - 1)
}

/// When a marble left the map.
pub(crate) fn left_words(name: &str, k: usize, locale: &Locale) -> String {
    let key = if name.is_empty() { "mark-left" } else { "mark-left-run" };
    locale.format(key, &[("k", &*k.to_string()), ("n", name)])
}

/// A marble that has left: an arrow where its trail crosses the border, in the trail's colour.
///
/// `from` and `to` are the last iterate within the frame and the next one; where the start lies outside,
/// both are the same.
fn gone(
    frame: &Frame,
    [from, to]: [(f64, f64); 2],
    (name, k, role): (&str, usize, ColorRole),
    locale: &Locale,
) -> [OverlayShape; 2] {
    let (right, bottom) = (frame.right_px(), frame.bottom_px());
    // The share of the way at which the first of the borders is crossed.
    let crossing = |from: f64, to: f64, low: f64, high: f64| {
        let border = if to > high { high } else { low };
        if (low..=high).contains(&to) || to == from { 1.0 } else { (border - from) / (to - from) }
    };
    let across = crossing(from.0, to.0, frame.left_px, right);
    let up = crossing(from.1, to.1, frame.top_px, bottom);
    let share = between(if across < up { across } else { up }, 0.0, 1.0);
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let edge = (
        between(from.0 + share * dx, frame.left_px, right),
        between(from.1 + share * dy, frame.top_px, bottom),
    );
    let length = libm::hypot(dx, dy);
    // From a start outside, inwards from the border is all that is known.
    let (dx, dy) = if length > 0.0 { (dx / length, dy / length) } else { (0.0, -1.0) };
    let tail = (edge.0 - 30.0 * dx, edge.1 - 30.0 * dy);
    let text = left_words(name, k, locale);
    // At the side where there is room, else at the arrow's tail.
    let width = LETTER_PX * text.chars().count() as f64;
    let fits = [tail.0 - 12.0 - width > frame.left_px, tail.0 + 12.0 + width < right];
    let (align, x) = match fits {
        [true, true] if tail.0 < frame.left_px + frame.width_px / 2.0 => {
            (Align::Start, tail.0 + 12.0)
        }
        [true, _] => (Align::End, tail.0 - 12.0),
        [false, true] => (Align::Start, tail.0 + 12.0),
        [false, false] => {
            (Align::Middle, between(tail.0, frame.left_px + width / 2.0, right - width / 2.0))
        }
    };
    let aside = match align {
        Align::Middle if dy < 0.0 => 12.0,
        Align::Middle => -12.0,
        _ => 0.0,
    };
    // Along the border that it crossed: a low map has its minimizer right behind the arrow.
    let y = edge.1 - 12.0 * dy + aside;
    let beside = (x, between(y, frame.top_px + 10.0, bottom - 10.0));
    [
        OverlayShape::Arrow { from: tail, to: edge, role, width: 3.0 },
        OverlayShape::Label { at: beside, text, role, align },
    ]
}

/// The reader's guess about a run.
fn guess(frame: &Frame, run: usize, view: &ViewState<'_>) -> Option<OverlayShape> {
    let guess = view.guess.or(view.verdict.map(|verdict| &verdict.guess))?;
    (guess.run == run && guess.at.len() == 2).then(|| {
        let at = frame.point_px(guess.at[0], guess.at[1]);
        guess_mark(at)
    })
}
