//! The pane of the hill: a solid for a renderer, flat shapes, or a map.

use std::rc::Rc;

use downhill::{Loss, Outcome, Rule};

use super::Hill;
use super::annotations::Drawing;
use super::height_field::{FLOOR, HEIGHT, LEVELS};
use super::trails::{self, Beads};
use crate::descent::numbered::RUN_NAMES;
use crate::draw::{Align, Bead, ColorRole, Mesh, OverlayShape, ReliefMode, Scene, Solid};
use crate::framework::pane_view::{PaneView, Place};
use crate::framework::view_state::ViewState;
use crate::panes::annotations::guess_mark;
use crate::panes::contour_map::{Walk as MapWalk, hover_words, left_words};
use crate::panes::labels::set_apart;
use crate::text::locale::Locale;

/// The radius of the surface that a blindfolded walker feels, in the hill's world.
const PATCH: f64 = 0.17;

/// The length of the gradient's arrow, in the hill's world.
const GRADIENT: f64 = 0.2;

/// The landscape with the marbles on it.
pub(super) struct HillPane<'a>(pub(super) &'a Hill);

impl PaneView for HillPane<'_> {
    /// Labels and floor; the surface itself only where it is drawn flat or as a map, and under the
    /// blindfold the patch that is felt.
    fn static_layer(&self, scene: &mut Scene, locale: &Locale) {
        let Self(hill) = self;
        let map = Some(&hill.map).filter(|_| hill.relief_mode == ReliefMode::Map);
        let drawing = Drawing { camera: hill.camera, relief: &hill.height_field, map };
        let felt = hill.walk.as_ref().filter(|_| hill.blindfold);
        match (map, felt) {
            (Some(map), None) => map.still(scene, &|x, y| hill.surface.value([x, y]), locale),
            (Some(map), Some(_)) => map.axes(scene, locale),
            (None, _) => {
                // Over a hole the numbers would float.
                if hill.height_field.holes && felt.is_none() {
                    drawing.front_edges(scene);
                }
                drawing.numbers(scene, locale);
            }
        }
        #[cfg(feature = "paper")]
        if felt.is_none() && hill.relief_mode == ReliefMode::Drawn {
            drawing.solid(scene);
        }
        if let Some(walk) = felt {
            if map.is_none() {
                drawing.frame(scene);
            }
            drawing.patch(scene, walk.here().x, PATCH);
        }
    }

    fn overlay(&self, view: &ViewState<'_>) -> Vec<OverlayShape> {
        let Self(hill) = self;
        let mut marks =
            if hill.relief_mode == ReliefMode::Map { on_map(hill, view) } else { Vec::new() };
        if hill.relief_mode == ReliefMode::Drawn
            || (hill.relief_mode == ReliefMode::Lit && hill.blindfold)
        {
            let height =
                |u, v| if hill.blindfold { f64::NAN } else { hill.height_field.height(u, v) };
            marks.extend(trails::marks(&beads(hill, view), &hill.camera, &height));
        }
        if let Some(walk) = hill.walk.as_ref().filter(|_| hill.blindfold) {
            marks.extend(ahead(hill, walk));
            return marks;
        }
        if hill.relief_mode == ReliefMode::Map {
            return marks;
        }
        marks.extend(numbers(hill, view));
        marks.extend(slope(hill, view));
        if hill.runs.len() > 1 && (view.predicting || view.cursor.is_some()) {
            marks.push(ring(hill.place_px(hill.marble(hill.selected, view.position)), 12.0));
        }
        let guess = view.guess.or(view.verdict.map(|verdict| &verdict.guess));
        if let Some(&[x, y]) = guess.map(|guess| &guess.at[..]) {
            let at = hill.place_px([x, y]);
            marks.push(guess_mark(at));
        }
        if let Some((_, at_px)) = view.cursor {
            marks.extend(cross_hair(hill, at_px, view.locale));
        }
        marks
    }

    fn place(&self, x_px: f64, y_px: f64) -> Place {
        let Self(hill) = self;
        hill.ground_at((x_px, y_px))
            .map_or(Place::None, |at| Place::Point { run: hill.selected, at: at.to_vec() })
    }

    fn cross_hair_start(&self, k: u32) -> (f64, f64) {
        let Self(hill) = self;
        hill.place_px(hill.marble(hill.selected, f64::from(k)))
    }

    fn solid(&self, view: &ViewState<'_>) -> Option<Solid> {
        let Self(hill) = self;
        // Under the blindfold the surface is hidden.
        if hill.relief_mode != ReliefMode::Lit || hill.blindfold {
            return None;
        }
        let mesh = hill.mesh.get_or_init(|| Rc::new(Mesh::new(&hill.height_field)));
        let beads = beads(hill, view);
        let single = |vector: [f64; 3]| vector.map(|coordinate| coordinate as f32);
        let [half_u, half_v] = hill.height_field.half();
        Some(Solid {
            mesh: Rc::clone(mesh),
            version: hill.version,
            matrix: hill.camera.matrix(),
            light: single(hill.camera.light()),
            eye: single(hill.camera.direction([0.0, 0.0, 1.0])),
            size: [half_u as f32, half_v as f32, HEIGHT as f32, FLOOR as f32],
            levels: LEVELS as f32,
            pixel: (1.0 / hill.camera.scale_px()) as f32,
            beads,
        })
    }
}

impl Hill {
    /// The colour of the marbles and their trails, which is that of the rule.
    pub(super) const fn role(&self) -> ColorRole {
        match self.rule {
            Rule::GradientDescent => ColorRole::Vanilla,
            _ => ColorRole::Momentum,
        }
    }
}

/// The position of a marble. The descent that is compared with a walk under the blindfold is shown
/// whole until it is released.
fn shown_position(hill: &Hill, run: usize, view: &ViewState<'_>) -> f64 {
    let compared = hill.walk.is_some() && run == hill.selected && view.k == 0;
    match hill.runs.get(run) {
        Some(run) if compared => run.last_k() as f64,
        _ => view.position,
    }
}

/// The marbles with their trails, with the selected one last.
fn beads(hill: &Hill, view: &ViewState<'_>) -> Vec<Bead> {
    let mut beads = Beads::new(&hill.height_field, &hill.camera);
    let shown = |run: usize| if hill.blindfold { run == hill.selected } else { true };
    let count = hill.runs.len();
    let order = (0..count).filter(|run| *run != hill.selected).chain([hill.selected]);
    let walked = hill.walk.as_ref();
    for run in order.filter(|run| shown(*run)) {
        let Some(trajectory) = hill.runs.get(run) else { continue };
        let position = shown_position(hill, run, view);
        if let Some(walk) = walked.filter(|_| run == hill.selected) {
            beads.trail(&walk.iterates, walk.steps() as f64, ColorRole::Guess, 1);
            beads.ball(walk.here().x, ColorRole::Guess);
            if hill.blindfold {
                continue;
            }
        }
        let end = if view.whole { trajectory.last_k() as f64 } else { position };
        beads.trail(&trajectory.iterates, end, hill.role(), count);
        beads.ball(trails::place_at(&trajectory.iterates, position), hill.role());
    }
    beads.all()
}

/// The marbles and trails on the contour map.
///
/// The page's module is cut here: see `crates/xtask/src/dist/split.rs`.
#[inline(never)]
fn on_map(hill: &Hill, view: &ViewState<'_>) -> Vec<OverlayShape> {
    let mut marks = Vec::new();
    if let Some(walk) = hill.walk.as_ref() {
        let iterates = &walk.iterates;
        let end = ViewState { position: walk.steps() as f64, guess: None, verdict: None, ..*view };
        let run = hill.selected;
        marks.extend(hill.map.walk(
            &MapWalk {
                run,
                iterates,
                role: ColorRole::Guess,
                runs_away: false,
                name: "",
                faint: false,
                second: false,
            },
            &end,
        ));
        if hill.blindfold {
            return marks;
        }
    }
    if let Some(landscape) = hill.surface.landscape() {
        marks.extend(hill.map.minimizer_marks(landscape.minimizers));
    }
    for (run, trajectory) in hill.runs.iter().enumerate() {
        let iterates = &trajectory.iterates;
        let runs_away = matches!(trajectory.outcome, Outcome::Diverged { .. });
        let position = shown_position(hill, run, view);
        let k = if position > view.position { trajectory.last_k() as u32 } else { view.k };
        marks.extend(hill.map.walk(
            &MapWalk {
                run,
                iterates,
                role: hill.role(),
                runs_away,
                name: "",
                faint: run != hill.selected,
                second: false,
            },
            &ViewState { k, position, ..*view },
        ));
    }
    marks.extend(slope(hill, view));
    if let Some((_, at)) = view.cursor {
        let f = |x, y| hill.surface.value([x, y]);
        marks.extend(hill.map.cross_hair(at, Some(&f), view.locale));
    }
    marks
}

/// The gradient at the selected marble and its next step, while everything is at rest before a
/// step. The gradient's arrow has a fixed length, because it only shows the direction.
fn slope(hill: &Hill, view: &ViewState<'_>) -> Vec<OverlayShape> {
    let still = f64::floor(view.position) == view.position;
    let Some(run) = hill.run().filter(|_| still && hill.walk.is_none()) else { return Vec::new() };
    let k = view.k as usize;
    let (Some(here), Some(next)) = (run.iterates.get(k), run.iterates.get(k + 1)) else {
        return Vec::new();
    };
    let [dx, dy] = here.gradient;
    let length = (dx * dx + dy * dy).sqrt();
    if !(hill.height_field.shows(here.x) && length > 0.0 && length.is_finite()) {
        return Vec::new();
    }
    let [[left, right], _] = hill.height_field.view;
    let [half_u, _] = hill.height_field.half();
    let reach = GRADIENT * 0.5 * (right - left) / half_u;
    let [x, y] = here.x;
    let uphill = [x + reach * dx / length, y + reach * dy / length];
    let from = hill.place_px(here.x);
    let arrow = |to, role| OverlayShape::Arrow { from, to: hill.place_px(to), role, width: 2.5 };
    let mut arrows = vec![arrow(uphill, ColorRole::Gradient)];
    if hill.height_field.shows(next.x) {
        arrows.push(arrow(next.x, ColorRole::Step));
    }
    arrows
}

/// The next step of a blindfolded walker, along the tangent plane.
fn ahead(hill: &Hill, walk: &super::Walk) -> Vec<OverlayShape> {
    let here = walk.here().x;
    let (from, to) = if hill.relief_mode == ReliefMode::Map {
        (hill.map.place_of(here), hill.map.place_of(walk.ahead()))
    } else {
        let [u, v] = hill.height_field.to_uv(here);
        let [height, rise_u, rise_v] = hill.height_field.height_and_slope(u, v);
        let [to_u, to_v] = hill.height_field.to_uv(walk.ahead());
        let there = [to_u, to_v, height + rise_u * (to_u - u) + rise_v * (to_v - v)];
        let pixel = |point: [f64; 3]| crate::panes::curve::within(hill.camera.project(point).0);
        (pixel([u, v, height]), pixel(there))
    };
    vec![OverlayShape::Arrow { from, to, role: ColorRole::Step, width: 3.0 }]
}

fn ring((x, y): (f64, f64), radius: f64) -> OverlayShape {
    let points = (0..=24_u32)
        .map(|i| f64::from(i) * std::f64::consts::TAU / 24.0)
        .map(|angle| (x + radius * libm::cos(angle), y + radius * libm::sin(angle)))
        .collect();
    OverlayShape::Path { points, role: ColorRole::Focus, width: 2.0, dashed: false, opacity: 0.9 }
}

/// Labels of the marbles: their numbers, where there are several, and when one left the map.
fn numbers(hill: &Hill, view: &ViewState<'_>) -> Vec<OverlayShape> {
    let mut labels = Vec::new();
    let height = |u, v| hill.height_field.height(u, v);
    let several = hill.runs.len() > 1;
    for (run, name) in RUN_NAMES.iter().enumerate().take(hill.runs.len()) {
        let position = shown_position(hill, run, view);
        let at = hill.marble(run, position);
        labels.push(if !hill.height_field.shows(at) {
            gone(hill, run, at, view.locale)
        } else if several && hill.camera.sees(hill.height_field.point(at), &height) {
            let (x, y) = hill.place_px(at);
            let (at, text) = ((x + 11.0, y - 10.0), (*name).to_owned());
            OverlayShape::Label { at, text, role: ColorRole::Ink, align: Align::Start }
        } else {
            continue;
        });
    }
    set_apart(&mut labels);
    labels
}

/// A marble that has left the map: a label at the edge where it went.
fn gone(hill: &Hill, run: usize, at: [f64; 2], locale: &Locale) -> OverlayShape {
    let (x, y) = hill.place_px(hill.height_field.nearest(at));
    let iterates = hill.runs.get(run).map_or(&[][..], |run| &run.iterates);
    let left = iterates.iter().position(|iterate| !hill.height_field.shows(iterate.x)).unwrap_or(0);
    let name = if hill.runs.len() > 1 { RUN_NAMES[run] } else { "" };
    let text = left_words(name, left, locale);
    let end = x > 0.5 * hill.camera.size_px.0;
    let (align, aside) = if end { (Align::End, -13.0) } else { (Align::Start, 13.0) };
    OverlayShape::Label { at: (x + aside, y), text, role: ColorRole::Diverged, align }
}

/// The cross-hair on the surface under a pixel, with coordinates and loss.
fn cross_hair(hill: &Hill, at_px: (f64, f64), locale: &Locale) -> Vec<OverlayShape> {
    let line = |points| OverlayShape::Path {
        points,
        role: ColorRole::Ink,
        width: 1.2,
        dashed: false,
        opacity: 0.8,
    };
    let Some([x, y]) = hill.ground_at(at_px) else {
        let (x, y) = at_px;
        return vec![
            line(vec![(x - 5.0, y), (x + 5.0, y)]),
            line(vec![(x, y - 5.0), (x, y + 5.0)]),
        ];
    };
    let [u, v] = hill.height_field.to_uv([x, y]);
    let reach = 14.0 / hill.camera.scale_px();
    let along = |du: f64, dv: f64| {
        let way = (-4..=4_i32).map(|i| reach * f64::from(i) / 4.0);
        let points = way.filter_map(|share| {
            let (u, v) = (u + share * du, v + share * dv);
            let height = hill.height_field.height(u, v);
            height.is_finite().then(|| hill.camera.project([u, v, height]).0)
        });
        line(points.collect())
    };
    let text = hover_words([x, y], hill.surface.value([x, y]), locale);
    let end = at_px.0 > 0.5 * hill.camera.size_px.0;
    let (align, aside) = if end { (Align::End, -16.0) } else { (Align::Start, 16.0) };
    let above = if at_px.1 < 30.0 { 18.0 } else { -16.0 };
    let at = (at_px.0 + aside, at_px.1 + above);
    vec![
        along(1.0, 0.0),
        along(0.0, 1.0),
        OverlayShape::Label { at, text, role: ColorRole::Ink, align },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::hill::camera::Camera;
    use crate::figures::hill::height_field::HeightField;
    use downhill::NamedLoss;

    #[test]
    fn all_valleys_of_the_first_hill_are_seen_into() {
        let surface = NamedLoss::<2>::named("himmelblau").expect("a landscape");
        let relief = HeightField::new(&surface);
        let height = |u, v| relief.height(u, v);
        for size_px in [(800.0, 480.0), (400.0, 280.0)] {
            let camera = Camera { size_px, ..Hill::default().camera };
            let mut beads = Beads::new(&relief, &camera);
            for minimizer in surface.landscape().expect("it is named").minimizers {
                beads.ball(*minimizer, ColorRole::Ink);
            }
            let seen: Vec<bool> =
                beads.all().iter().map(|bead| camera.sees(bead.at, &height)).collect();
            assert_eq!(seen, [true; 4]);
        }
    }
}
