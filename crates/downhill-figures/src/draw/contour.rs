//! Contour lines and colour bands of a loss over the plane, by marching squares.
//!
//! Where a level crosses an edge of the grid is computed on the loss itself, not by linear
//! interpolation between corners, so lines are accurate even in a narrow ravine.
//!
//! Source: Lorensen, Cline, *Marching cubes* (1987), in two dimensions.

use downhill::sorting::{MANY, sort};

use super::bisection::bisect;
use super::frame::{Axis, Frame, between};
use super::palette::ColorRole;
use super::scene::{Scene, Shape, units};

/// Grid cells along the longer and the shorter side, so fine that a chord differs from its arc by
/// less than a pixel.
const CELLS: (usize, usize) = (96, 72);

/// The number of contour lines; every fifth is an index contour.
const LEVELS: usize = 24;

/// A vertex closer than this to the line without it is dropped, in CSS pixels.
const SLACK_PX: f64 = 0.12;

/// Bounds that include all losses.
pub(crate) const WHOLE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

/// A closed ring of world points.
type Ring = Vec<(f64, f64)>;

/// The number of bisections that locate the boundary of the domain between two grid nodes.
const HALVINGS: u32 = 20;

/// A line between two holes with at most this many vertices is dropped.
const LONGEST_ISLET: usize = 6;

/// The level sets of a loss over a frame's world.
pub(crate) struct ContourMap {
    /// For each level, from the highest to the lowest, the rings around the region below it.
    levels: Vec<Vec<Ring>>,
    /// The rings around regions where the loss is undefined.
    holes: Vec<Ring>,
    /// The points where levels meet a hole, along which no line is drawn, as map keys.
    brink: Vec<(u64, u64)>,
}

impl ContourMap {
    /// Computes the level sets of `f` over the frame's ranges, for losses between the bounds.
    ///
    /// The levels are lowest + (highest − lowest)·(i/n)², so that on a quadratic the lines are
    /// evenly spaced in every direction.
    pub(crate) fn new(frame: &Frame, bounds: (f64, f64), f: &dyn Fn(f64, f64) -> f64) -> Self {
        let grid = Grid::sample(frame, &f);
        let (low, high) = grid.extent(bounds);
        let levels: Vec<Vec<Ring>> = (1..LEVELS)
            .rev()
            .map(|i| {
                let share = i as f64 / LEVELS as f64;
                grid.rings(low + (high - low) * share * share, &f)
            })
            .collect();
        let hollow = |x: f64, y: f64| f(x, y).is_nan();
        let (mut holes, mut brink) = (Vec::new(), Vec::new());
        if low > high {
            // Undefined everywhere.
            holes.push(corners(frame));
        } else if grid.hollow {
            let depth = |x: f64, y: f64| if hollow(x, y) { -1.0 } else { 1.0 };
            holes = Grid::sample(frame, &depth).rings(0.0, &depth);
            let (dx, dy) = (1e-4 * grid.cell.0, 1e-4 * grid.cell.1);
            let near = |&(x, y): &(f64, f64)| {
                [(dx, 0.0), (-dx, 0.0), (0.0, dy), (0.0, -dy)]
                    .iter()
                    .any(|(dx, dy)| hollow(x + dx, y + dy))
            };
            brink = levels.iter().flatten().flatten().filter(|p| near(p)).map(bits).collect();
            sort(&mut brink, MANY, |a, b| a > b);
        }
        Self { levels, holes, brink }
    }

    /// The contour lines in world coordinates, from the highest to the lowest, and whether each is
    /// an index contour.
    pub(crate) fn lines(&self, frame: &Frame) -> Vec<(bool, Ring)> {
        let count = self.levels.len();
        let mut all = Vec::new();
        for (from_top, rings) in self.levels.iter().enumerate() {
            let index = (count - 1 - from_top).is_multiple_of(5);
            for ring in rings {
                let at_hole = |point: &(f64, f64)| self.brink.binary_search(&bits(point)).is_ok();
                let lines = inner_lines(ring, frame, at_hole);
                all.extend(lines.into_iter().map(|line| (index, line)));
            }
        }
        all
    }
}

/// A point as a map key.
fn bits(&(x, y): &(f64, f64)) -> (u64, u64) {
    (x.to_bits(), y.to_bits())
}

/// The whole world of a frame.
fn corners(frame: &Frame) -> Ring {
    vec![
        (frame.x.from, frame.y.from),
        (frame.x.to, frame.y.from),
        (frame.x.to, frame.y.to),
        (frame.x.from, frame.y.to),
    ]
}

/// A ring or line of the world in scene units.
fn outline(frame: &Frame, ring: &[(f64, f64)]) -> Vec<(i32, i32)> {
    let pixels: Vec<(f64, f64)> = ring.iter().map(|&(x, y)| frame.point_px(x, y)).collect();
    simplified(&pixels, SLACK_PX)
        .into_iter()
        .map(|(x_px, y_px)| (units(x_px), units(y_px)))
        .collect()
}

/// The lines along which `f` has this value, in world coordinates.
pub(crate) fn level_lines(frame: &Frame, level: f64, f: &dyn Fn(f64, f64) -> f64) -> Vec<Ring> {
    let rings = Grid::sample(frame, f).rings(level, f);
    rings.iter().flat_map(|ring| inner_lines(ring, frame, |_| false)).collect()
}

/// Draws colour bands and lines onto a scene, clipped to the frame.
pub(crate) fn draw_map(scene: &mut Scene, frame: &Frame, map: &ContourMap) {
    scene.push(Shape::Polygon(outline(frame, &corners(frame))), ColorRole::Tint7, 1.0);
    let count = map.levels.len();
    for (from_top, rings) in map.levels.iter().enumerate() {
        let height = count - 1 - from_top;
        let tint = ColorRole::TINTS[height * ColorRole::TINTS.len() / count];
        for ring in rings {
            scene.push(Shape::Polygon(outline(frame, ring)), tint, 1.0);
        }
    }
    for hole in &map.holes {
        scene.push(Shape::Polygon(outline(frame, hole)), ColorRole::Panel, 1.0);
    }
    draw_lines(scene, frame, map);
}

/// Draws only the lines, for a map over a [`Raster`](super::Raster).
pub(crate) fn draw_lines(scene: &mut Scene, frame: &Frame, map: &ContourMap) {
    for (index, line) in map.lines(frame) {
        let (role, width) =
            if index { (ColorRole::ContourIndex, 10) } else { (ColorRole::Contour, 6) };
        scene.push(Shape::Path(outline(frame, &line), width), role, 1.0);
    }
}

/// A line with fewer vertices that stays within this distance of the given one.
pub(crate) fn simplified(line: &[(f64, f64)], slack_px: f64) -> Vec<(f64, f64)> {
    let Some(&first) = line.first() else { return Vec::new() };
    let mut kept = vec![first];
    let mut from = 0;
    for to in 2..line.len() {
        let (a, b) = (line[from], line[to]);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).sqrt();
        let strays = line[from + 1..to].iter().any(|p| {
            let across = (p.0 - a.0) * dy - (p.1 - a.1) * dx;
            across.abs() > slack_px * length
        });
        if strays {
            from = to - 1;
            kept.push(line[from]);
        }
    }
    kept.extend(line.last().filter(|_| line.len() > 1));
    kept
}

/// The parts of a ring that follow neither the frame's border nor a hole.
fn inner_lines(ring: &Ring, frame: &Frame, at_hole: impl Fn(&(f64, f64)) -> bool) -> Vec<Ring> {
    let tolerance = 1e-9 * (frame.x.to - frame.x.from + frame.y.to - frame.y.from);
    let near = |a: f64, b: f64| (a - b).abs() <= tolerance;
    let along_border = |p: (f64, f64), q: (f64, f64)| {
        [frame.x.from, frame.x.to].iter().any(|&side| near(p.0, side) && near(q.0, side))
            || [frame.y.from, frame.y.to].iter().any(|&side| near(p.1, side) && near(q.1, side))
            || at_hole(&p) && at_hole(&q)
    };
    let count = ring.len();
    let edge = |i: usize| (ring[i % count], ring[(i + 1) % count]);
    // Starting after a border edge keeps a part that passes the ring's first point in one piece.
    let first = (0..count).find(|&i| along_border(edge(i).0, edge(i).1)).map_or(0, |i| i + 1);
    let mut lines = Vec::new();
    let mut line: Ring = Vec::new();
    for i in first..first + count {
        let (p, q) = edge(i);
        if along_border(p, q) {
            lines.extend((line.len() > 1).then(|| std::mem::take(&mut line)));
            line.clear();
        } else {
            if line.is_empty() {
                line.push(p);
            }
            line.push(q);
        }
    }
    lines.extend((line.len() > 1).then_some(line));
    // Where the loss falls so steeply into a hole that only single nodes are in between, the line
    // is meaningless.
    let islet = |line: &Ring| {
        line.len() <= LONGEST_ISLET && at_hole(&line[0]) && at_hole(&line[line.len() - 1])
    };
    lines.retain(|line| !islet(line));
    lines
}

/// Samples of the loss, with a rim outside the frame that counts as above every level, so that
/// every level set is closed.
struct Grid {
    columns: usize,
    rows: usize,
    xs: Vec<f64>,
    ys: Vec<f64>,
    values: Vec<f64>,
    /// Whether the loss is undefined at some node.
    hollow: bool,
    /// The size of a cell.
    cell: (f64, f64),
}

/// An edge of the grid: twice the index of its lower left node, plus one if it is vertical.
type Edge = usize;

impl Grid {
    fn sample(frame: &Frame, f: &dyn Fn(f64, f64) -> f64) -> Self {
        let wide = frame.width_px >= frame.height_px;
        let (across, up) = if wide { CELLS } else { (CELLS.1, CELLS.0) };
        let nodes = |from: f64, to: f64, cells: usize| -> Vec<f64> {
            let mut at: Vec<f64> =
                (0..=cells).map(|i| from + (to - from) * i as f64 / cells as f64).collect();
            at.insert(0, from);
            at.push(to);
            at
        };
        let xs = nodes(frame.x.from, frame.x.to, across);
        let ys = nodes(frame.y.from, frame.y.to, up);
        let (columns, rows) = (xs.len(), ys.len());
        let mut values = vec![f64::INFINITY; columns * rows];
        let mut hollow = false;
        for row in 1..rows - 1 {
            for column in 1..columns - 1 {
                let value = f(xs[column], ys[row]);
                hollow |= value.is_nan();
                values[row * columns + column] = if value.is_nan() { f64::INFINITY } else { value };
            }
        }
        let size = |axis: Axis, cells: usize| (axis.to - axis.from) / cells as f64;
        let cell = (size(frame.x, across), size(frame.y, up));
        Self { columns, rows, xs, ys, values, hollow, cell }
    }

    fn extent(&self, bounds: (f64, f64)) -> (f64, f64) {
        let mut extent = (f64::INFINITY, f64::NEG_INFINITY);
        for &value in self.values.iter().filter(|value| value.is_finite()) {
            let value = between(value, bounds.0, bounds.1);
            extent = (
                if value < extent.0 { value } else { extent.0 },
                if value > extent.1 { value } else { extent.1 },
            );
        }
        extent
    }

    fn point(&self, node: usize) -> (f64, f64) {
        (self.xs[node % self.columns], self.ys[node / self.columns])
    }

    /// The point where the level crosses an edge, by a few steps of false position on the loss.
    fn crossing(&self, edge: Edge, level: f64, f: &dyn Fn(f64, f64) -> f64) -> (f64, f64) {
        let node = edge / 2;
        let other = if edge.is_multiple_of(2) { node + 1 } else { node + self.columns };
        let (a, b) = (self.point(node), self.point(other));
        let at = |t: f64| (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
        let (mut low, mut high) =
            ((0.0, self.values[node] - level), (1.0, self.values[other] - level));
        if !(low.1.is_finite() && high.1.is_finite()) {
            // At the rim both ends are the same border point; otherwise it is the boundary of the
            // domain.
            let below = low.1 < 0.0;
            let (inner, outer) = if below { (0.0, 1.0) } else { (1.0, 0.0) };
            if a == b || !self.hollow {
                return a;
            }
            return at(bisect(inner, outer, HALVINGS, &|t| {
                let (x, y) = at(t);
                f(x, y) < level
            }));
        }
        for _ in 0..6 {
            let t = low.0 + (high.0 - low.0) * low.1 / (low.1 - high.1);
            let (x, y) = at(t);
            let off = f(x, y) - level;
            if (off < 0.0) == (low.1 < 0.0) {
                // The Illinois variant: a retained end counts half, so that both ends converge.
                low = (t, off);
                high.1 *= 0.5;
            } else {
                high = (t, off);
                low.1 *= 0.5;
            }
            if off == 0.0 {
                break;
            }
        }
        at(if low.1.abs() < high.1.abs() { low.0 } else { high.0 })
    }

    /// Closed rings around the regions below a level, each with the region on its left.
    fn rings(&self, level: f64, f: &dyn Fn(f64, f64) -> f64) -> Vec<Ring> {
        let mut next: Vec<Option<Edge>> = vec![None; 2 * self.values.len()];
        let mut order = Vec::new();
        for row in 0..self.rows - 1 {
            for column in 0..self.columns - 1 {
                let node = row * self.columns + column;
                let corners = [node, node + 1, node + self.columns + 1, node + self.columns];
                let below = corners.map(|corner| self.values[corner] < level);
                let sides = [2 * node, 2 * (node + 1) + 1, 2 * (node + self.columns), 2 * node + 1];
                // Going around the cell, the region is entered at one side and left at another.
                for side in 0..4 {
                    if below[side] && !below[(side + 1) % 4] {
                        let entered = (1..4)
                            .map(|back| (side + 4 - back) % 4)
                            .find(|&s| !below[s] && below[(s + 1) % 4]);
                        if let Some(entered) = entered {
                            next[sides[side]] = Some(sides[entered]);
                            order.push(sides[side]);
                        }
                    }
                }
            }
        }
        let mut rings = Vec::new();
        for start in order {
            let mut ring = Ring::new();
            let mut edge = start;
            while let Some(following) = next[edge].take() {
                let point = self.crossing(edge, level, f);
                if ring.last() != Some(&point) {
                    ring.push(point);
                }
                edge = following;
            }
            if ring.len() > 2 {
                rings.push(ring);
            }
        }
        rings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    fn frame() -> Frame {
        Frame {
            left_px: 0.0,
            top_px: 0.0,
            width_px: 400.0,
            height_px: 300.0,
            x: Axis::linear(-2.0, 2.0),
            y: Axis::linear(-1.5, 1.5),
        }
    }

    #[test]
    fn every_vertex_lies_on_its_level() {
        let f = |x: f64, y: f64| 0.5 * (x * x + 100.0 * y * y);
        let grid = Grid::sample(&frame(), &f);
        let rings = grid.rings(0.3, &f);
        assert_eq!(rings.len(), 1);
        for &(x, y) in &rings[0] {
            assert!((f(x, y) - 0.3).abs() < 1e-3, "f({x}, {y}) = {}", f(x, y));
        }
    }

    #[test]
    fn a_level_set_cut_by_the_border_is_closed_along_it() {
        let f = |x: f64, _: f64| x;
        let grid = Grid::sample(&frame(), &f);
        let rings = grid.rings(0.5, &f);
        assert_eq!(rings.len(), 1);
        let area: f64 = (0..rings[0].len())
            .map(|i| {
                let (p, q) = (rings[0][i], rings[0][(i + 1) % rings[0].len()]);
                0.5 * (p.0 * q.1 - q.0 * p.1)
            })
            .sum();
        assert!((area.abs() - 2.5 * 3.0).abs() < 1e-9, "area {area}");
        let lines = inner_lines(&rings[0], &frame(), |_| false);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].iter().all(|p| (p.0 - 0.5).abs() < 1e-9));
    }

    #[test]
    fn undefined_regions_are_holes_without_outlines() {
        // Defined only inside the unit circle.
        let f = |x: f64, y: f64| (1.0 - x * x - y * y).sqrt();
        let map = ContourMap::new(&frame(), WHOLE, &f);
        assert!(!map.holes.is_empty());
        for (_, line) in map.lines(&frame()) {
            for (x, y) in line {
                assert!(f(x, y).is_finite(), "a line at {x}, {y}");
            }
        }
        let mut longest = 0;
        for (_, line) in map.lines(&frame()) {
            let at_edge = |p: &&(f64, f64)| libm::hypot(p.0, p.1) > 1.0 - 1e-6;
            longest = longest.max(line.iter().filter(at_edge).count());
        }
        assert!(longest <= 2, "{longest} vertices of a line lie on the brink");
        let nothing = ContourMap::new(&frame(), WHOLE, &|_, _| f64::NAN);
        assert_eq!((nothing.holes.len(), nothing.lines(&frame()).len()), (1, 0));
    }

    #[test]
    fn a_simplified_line_keeps_its_shape() {
        let circle: Vec<(f64, f64)> = (0..=720)
            .map(|i| {
                let angle = f64::from(i) * std::f64::consts::PI / 360.0;
                (100.0 * libm::cos(angle), 100.0 * libm::sin(angle))
            })
            .collect();
        let simple = simplified(&circle, SLACK_PX);
        assert!(simple.len() < 100, "{} vertices", simple.len());
        for pair in simple.windows(2) {
            let middle = ((pair[0].0 + pair[1].0) / 2.0, (pair[0].1 + pair[1].1) / 2.0);
            let radius = (middle.0 * middle.0 + middle.1 * middle.1).sqrt();
            assert!(100.0 - radius <= SLACK_PX + 1e-9, "{radius}");
        }
    }

    #[test]
    fn two_valleys_have_two_rings() {
        let f = |x: f64, y: f64| (x * x - 1.0) * (x * x - 1.0) + y * y;
        let grid = Grid::sample(&frame(), &f);
        assert_eq!(grid.rings(0.5, &f).len(), 2);
        assert_eq!(grid.rings(1.2, &f).len(), 1);
    }
}
